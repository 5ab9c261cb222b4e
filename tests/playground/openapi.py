"""Compares what went over the wire with Discord's OpenAPI description, or with the part of it that is kept here.

``python -m tests.playground.openapi FILE`` takes from the whole description (1.2 MB) what bots may send on the routes
of the playground, without its prose, into ``discord_requests.json``. Source: github.com/discord/discord-api-spec (MIT).
"""

import json
import sys
from bisect import bisect
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, ValidationError  # type: ignore[import-untyped]

from playground.server.rest import Exchange
from playground.server.routes import ROUTES
from playground.world.wire import JSON

KEPT = Path(__file__).with_name("discord_requests.json")
_PROSE = {"description", "title", "x-discord-union", "x-discord-base"}
_LENGTHS = (1, 2, 26, 33, 46, 65, 81, 101, 129, 153, 191, 257, 1025, 1522, 2001, 4001, 6001)
"""Below each of these is a limit of Discord's."""


class Description:
    """Discord's description of its REST API; of what is kept here, answers are not described."""

    def __init__(self, path: Path = KEPT) -> None:
        self._whole: JSON = json.loads(path.read_text(encoding="utf-8"))
        # Discord itself always writes ids as text, but takes numbers too, and discord.py sends them.
        schemas = self._whole["components"]["schemas"]
        lenient = {"SnowflakeType": {"type": ["string", "integer"]}}
        self._components = {"answer": {"schemas": schemas}, "request": {"schemas": schemas | lenient}}
        self._validators: dict[str, Draft202012Validator] = {}
        self._well: set[object] = set()

    def wrongs(self, exchanges: Iterable[Exchange]) -> list[str]:
        """Return a sentence for each request or answer in which ``exchanges`` go against the description."""
        return [wrong for exchange in exchanges for wrong in self._wrongs_of(exchange)]

    def wrong_requests(self, exchanges: Iterable[Exchange]) -> list[str]:
        """Return the same for the requests alone; one of the form of another that was well is passed over."""
        wrong = []
        for exchange in exchanges:
            form = (exchange.method, exchange.route, exchange.path.endswith("/@original"), _form(exchange.json))
            if form in self._well:
                continue
            found = [*self._wrongs_of(exchange, only_request=True)]
            wrong += found
            if not found:
                self._well.add(form)
        return wrong

    def _wrongs_of(self, exchange: Exchange, *, only_request: bool = False) -> Iterator[str]:
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
        if only_request:
            return
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


def _form(value: Any) -> object:
    """Return what two values have in common that the description cannot tell apart."""
    if isinstance(value, dict):
        return tuple((key, _form(each)) for key, each in sorted(value.items()))
    if isinstance(value, list):
        return tuple(map(_form, value))
    if isinstance(value, str):
        return "id" if value.isdecimal() else "text", bisect(_LENGTHS, len(value))
    return "number" if isinstance(value, int) and value > 1000 else (type(value).__name__, value)


def kept_of(whole: JSON) -> JSON:
    """Return what bots may send on the playground's routes, in the form of the whole description."""
    paths: JSON = {}
    for route in ROUTES:
        for path in (route.path, route.path.replace("{message_id}", "@original")):
            operation = whole["paths"].get(path, {}).get(route.method.lower())
            if operation is not None:
                content = operation.get("requestBody", {}).get("content", {}).get("application/json")
                body = {"requestBody": {"content": {"application/json": content}}} if content else {}
                paths.setdefault(path, {})[route.method.lower()] = _without_prose(body)
    schemas: JSON = {}
    _gather(paths, whole["components"]["schemas"], schemas)
    return {"paths": paths, "components": {"schemas": dict(sorted(schemas.items()))}}


def _gather(value: Any, known: JSON, into: JSON) -> None:
    """Put into ``into`` every schema that ``value`` leads to."""
    if isinstance(value, list):
        for each in value:
            _gather(each, known, into)
    if not isinstance(value, dict):
        return
    name = str(value.get("$ref", "")).rpartition("/")[2]
    if name and name not in into:
        into[name] = _without_prose(known[name])
        _gather(into[name], known, into)
    _gather(list(value.values()), known, into)


def _without_prose(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_prose(each) for each in value]
    if not isinstance(value, dict):
        return value
    # A property may be called "description", too.
    prose = {key for key in _PROSE & value.keys() if not isinstance(value[key], dict)}
    return {key: _without_prose(each) for key, each in value.items() if key not in prose}


if __name__ == "__main__":
    description = kept_of(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    KEPT.write_text(json.dumps(description, separators=(",", ":")) + "\n", encoding="utf-8")
