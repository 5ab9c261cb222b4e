"""Modals filled in: the fields with the values, in the shape in which Discord's client sends them back.

Knows nothing of interactions. Source: Discord's reference, "Modal Submit Data Structure" and "Text Input".
"""

from collections.abc import Mapping
from typing import Any

from playground.interactions.phrases import TypedError
from playground.world.message_rules import SELECTS, TEXT_INPUT, walk
from playground.world.wire import JSON

LONGEST = 4000


def filled_in(modal: JSON, values: Mapping[str, Any]) -> list[JSON]:
    """Return the components of a submitted modal; ``values`` by custom_id or label.

    What is not named stays as it was.
    """
    return [_filled(component, values, component.get("label")) for component in modal["components"]]


def _filled(component: JSON, values: Mapping[str, Any], label: str | None) -> JSON:
    same = {"type": component["type"], "id": component.get("id", 0)}
    if "component" in component:
        return same | {"component": _filled(component["component"], values, component.get("label"))}
    if "components" in component:
        return same | {"components": [_filled(one, values, one.get("label")) for one in component["components"]]}
    if "custom_id" not in component:
        return same
    custom_id = component["custom_id"]
    key, kind, before = ("values", list, []) if component["type"] in SELECTS else ("value", str, "")
    given = values.get(custom_id, values.get(label or "", component.get(key, before)))
    if not isinstance(given, kind) or not all(isinstance(part, str) for part in given):
        raise TypeError(f"{custom_id} takes a {kind.__name__}")
    return same | {"custom_id": custom_id, key: given}


def values_of(filled: list[JSON]) -> JSON:
    """Return the values by custom_id of a form as a client sends it back, whatever else stands in it."""
    fields = [part for _, part in walk(filled) if isinstance(part.get("custom_id"), str)]
    return {part["custom_id"]: part["values"] if "values" in part else part.get("value", "") for part in fields}


def check_filled(modal: JSON, filled: list[JSON], locale: str) -> None:
    """Raise TypedError for the first text field that is empty but needed, too short or too long."""
    given = {part["custom_id"]: part.get("value") or "" for _, part in walk(filled) if "custom_id" in part}
    label = ""
    for _, part in walk(modal["components"]):
        label = part.get("label") or label
        if part["type"] == TEXT_INPUT:
            _check_text(part, str(given.get(part["custom_id"], "")), label, locale)


def _check_text(field: JSON, text: str, label: str, locale: str) -> None:
    needed = field.get("required") is not False
    least = max(field.get("min_length") or 0, int(needed)) if needed or text else 0
    most = field.get("max_length") or LONGEST
    if len(text) < least:
        raise TypedError(locale, "too_short", name=label, limit=least)
    if len(text) > most:
        raise TypedError(locale, "too_long", name=label, limit=most)
