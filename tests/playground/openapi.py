"""Compares what went over the wire with Discord's OpenAPI description, where that file and jsonschema are at hand.

Nothing else here imports this. Source: github.com/discord/discord-api-spec.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from jsonschema import Draft202012Validator, ValidationError  # type: ignore[import-untyped]

from playground.server.rest import Exchange
from playground.world.wire import JSON


class Description:
    """Discord's description of its REST API."""

    def __init__(self, path: Path) -> None:
        self._whole: JSON = json.loads(path.read_text(encoding="utf-8"))
        # Discord itself always writes ids as text, but takes numbers too, and discord.py sends them.
        schemas = self._whole["components"]["schemas"]
        lenient = {"SnowflakeType": {"type": ["string", "integer"]}}
        self._components = {"answer": {"schemas": schemas}, "request": {"schemas": schemas | lenient}}
        self._validators: dict[str, Draft202012Validator] = {}

    def wrongs(self, exchanges: Iterable[Exchange]) -> list[str]:
        """Return a sentence for each request or answer in which ``exchanges`` go against the description."""
        return [wrong for exchange in exchanges for wrong in self._wrongs_of(exchange)]

    def _wrongs_of(self, exchange: Exchange) -> Iterator[str]:
        route = exchange.route
        if exchange.path.endswith("/@original"):
            route = route.removesuffix("{message_id}") + "@original"
        operation = self._whole["paths"].get(route, {}).get(exchange.method.lower())
        if operation is None:
            yield f"{exchange.method} {route}: Discord describes no such route"
            return
        where = f"{exchange.method} {route}"
        if exchange.status < 300 and exchange.json:
            yield from self._against(operation["requestBody"], exchange.json, where, "request")
        expected = operation["responses"].get(str(exchange.status))
        if exchange.status < 300 and expected is None:
            yield f"{where}: Discord never answers {exchange.status}"
        elif exchange.status < 300 and exchange.answer is not None:
            yield from self._against(expected, exchange.answer, where, "answer")

    def _against(self, described: JSON, value: object, where: str, side: str) -> Iterator[str]:
        schema = described["content"]["application/json"]["schema"]
        key = side + json.dumps(schema)
        if key not in self._validators:
            self._validators[key] = Draft202012Validator(schema | {"components": self._components[side]})
        for error in self._validators[key].iter_errors(value):
            deepest = _deepest(error)
            yield f"{where} {side}: {deepest.json_path}: {deepest.message[:300]}"


def _deepest(error: ValidationError) -> ValidationError:
    """Return what lies deepest below ``error``: where one of many forms was nearly met, that says most."""
    while error.context:
        error = min(error.context, key=lambda one: (-len(one.absolute_path), str(one.validator)))
    return error
