"""Discord's rules for a message that the bot sends, and for a modal.

Knows nothing of the world. Source: Discord's reference, "Create Message", "Embed Limits", "Component Reference".
"""

from collections.abc import Iterator
from typing import Any

from playground.world.errors import ApiError
from playground.world.validation import ValidationErrors
from playground.world.wire import JSON

ROW, BUTTON, STRING_SELECT, TEXT_INPUT, TEXT_DISPLAY, LABEL = 1, 2, 3, 4, 10, 18
SELECTS = (3, 5, 6, 7, 8)
LINK, PREMIUM = 5, 6
COMPONENTS_V2 = 1 << 15
EMBED_TEXTS = (("title", 256), ("description", 4096))
EMBED_TOTAL = 6000
MENTION_KINDS = ("roles", "users", "everyone")


def check_message(body: JSON, errors: ValidationErrors, *, files: int) -> None:
    """Note all that Discord would refuse in the message ``body``, which comes with ``files`` files."""
    errors.text("content", body.get("content"), high=2000)
    errors.text("nonce", None if body.get("nonce") is None else str(body["nonce"]), high=25)
    _check_embeds(body.get("embeds") or [], errors)
    check_components(body.get("components") or [], errors, limit=40 if _is_v2(body) else 5)
    _check_mentions(body.get("allowed_mentions") or {}, errors.at("allowed_mentions"))
    if max(files, len(body.get("attachments") or ())) > 10:
        errors.wrong("attachments", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer items.")
    if _is_v2(body) and (body.get("content") or body.get("embeds")):
        errors.wrong("content", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", "Use text displays instead.")


def check_not_empty(message: JSON) -> None:
    """Raise ApiError 50006 if ``message`` would show nothing at all."""
    if not any(message.get(part) for part in ("content", "embeds", "components", "attachments", "poll", "sticker_ids")):
        raise ApiError(400, 50006, "Cannot send an empty message")


def check_modal(data: JSON, errors: ValidationErrors) -> None:
    """Note all that Discord would refuse in a modal."""
    errors.text("custom_id", data.get("custom_id"), low=1, high=100)
    errors.text("title", data.get("title"), low=1, high=45)
    errors.length("components", data.get("components"), low=1, high=5)
    check_components(data.get("components") or [], errors, limit=5)


def check_components(components: list[JSON], errors: ValidationErrors, *, limit: int) -> None:
    """Note what is wrong with ``components``: too many, too full rows, ids that are too long or used twice."""
    errors.length("components", components, high=limit)
    custom_ids: set[str] = set()
    for path, component in walk(components):
        here = errors.at(path)
        if component.get("type") == ROW:
            here.length("components", component.get("components"), low=1, high=5)
        _check_component(component, here)
        custom_id = component.get("custom_id")
        if custom_id is not None and custom_id in custom_ids:
            here.wrong("custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
        custom_ids.add(custom_id or "")


def walk(components: list[JSON], path: str = "components") -> Iterator[tuple[str, JSON]]:
    """Yield every component with its path, outer before inner."""
    for index, component in enumerate(components):
        here = f"{path}.{index}"
        yield here, component
        yield from walk(component.get("components") or [], f"{here}.components")
        for inner in ("accessory", "component"):
            if isinstance(component.get(inner), dict):
                yield from ((f"{here}.{inner}{deeper[len(inner) + 2 :]}", child) for deeper, child in
                            walk([component[inner]], inner))  # fmt: skip


def texts(message: JSON) -> str:
    """Return all text of ``message`` in which a mention pings: its content and its text displays."""
    shown = [
        part.get("content", "") for _, part in walk(message.get("components") or []) if part["type"] == TEXT_DISPLAY
    ]
    return "\n".join([message.get("content") or "", *shown])


def _is_v2(body: JSON) -> bool:
    return bool((body.get("flags") or 0) & COMPONENTS_V2)


def _check_component(component: JSON, errors: ValidationErrors) -> None:
    kind = component.get("type")
    if kind == BUTTON:
        _check_button(component, errors)
    elif kind in SELECTS:
        _check_select(component, errors)
    elif kind == TEXT_INPUT:
        errors.text("custom_id", component.get("custom_id"), low=1, high=100)
        errors.text("label", component.get("label"), high=45)
        errors.text("placeholder", component.get("placeholder"), high=100)
    elif kind == LABEL:
        errors.text("label", component.get("label"), low=1, high=45)
    elif not isinstance(kind, int):
        errors.wrong("type", "BASE_TYPE_REQUIRED", "This field is required")


def _check_button(button: JSON, errors: ValidationErrors) -> None:
    style = button.get("style")
    errors.choice_of("style", style, range(1, 7))
    errors.text("label", button.get("label"), high=80)
    if style == LINK:
        errors.text("url", button.get("url"), low=1, high=512)
    elif style != PREMIUM:
        errors.text("custom_id", button.get("custom_id"), low=1, high=100)
    if style != PREMIUM and not button.get("label") and not button.get("emoji"):
        errors.wrong("", "BUTTON_COMPONENT_REQUIRED_LABEL_OR_EMOJI", "A button must have either a label or emoji set.")


def _check_select(select: JSON, errors: ValidationErrors) -> None:
    errors.text("custom_id", select.get("custom_id"), low=1, high=100)
    errors.text("placeholder", select.get("placeholder"), high=150)
    if select["type"] == STRING_SELECT:
        errors.length("options", select.get("options"), low=1, high=25)
        for index, option in enumerate(select.get("options") or []):
            errors.at("options", index).text("label", option.get("label"), low=1, high=100)
            errors.at("options", index).text("value", option.get("value"), low=1, high=100)


def _check_embeds(embeds: list[JSON], errors: ValidationErrors) -> None:
    errors.length("embeds", embeds, high=10)
    total = 0
    for index, embed in enumerate(embeds):
        total += _check_embed(embed, errors.at("embeds", index))
    if total > EMBED_TOTAL:
        errors.wrong("embeds", "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {EMBED_TOTAL}")


def _check_embed(embed: JSON, errors: ValidationErrors) -> int:
    texts: list[tuple[ValidationErrors, str, Any, int, int]] = [
        (errors, key, embed.get(key), 0, high) for key, high in EMBED_TEXTS
    ]
    texts += [(errors.at("footer"), "text", (embed.get("footer") or {}).get("text"), 0, 2048)]
    texts += [(errors.at("author"), "name", (embed.get("author") or {}).get("name"), 0, 256)]
    fields = embed.get("fields") or []
    errors.length("fields", fields, high=25)
    for index, field in enumerate(fields):
        here = errors.at("fields", index)
        texts += [(here, "name", field.get("name"), 1, 256), (here, "value", field.get("value"), 1, 1024)]
    for here, key, value, low, high in texts:
        here.text(key, value, low=low, high=high)
    return sum(len(value) for _, _, value, _, _ in texts if isinstance(value, str))


def _check_mentions(allowed: JSON, errors: ValidationErrors) -> None:
    parse = allowed.get("parse") or []
    for index, kind in enumerate(parse):
        errors.choice_of(f"parse.{index}", kind, MENTION_KINDS)
    for kind in ("users", "roles"):
        errors.length(kind, allowed.get(kind), high=100)
        if kind in parse and allowed.get(kind):
            errors.wrong(
                "parse",
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                f'parse:["{kind}"] and {kind}: [ids...] exclude each other.',
            )
