"""Message builder: turns what the bot sends into the parts of a message, checked, files kept, pings computed.

Knows nothing of routes or interactions.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from playground.world.attachments import Upload
from playground.world.mentions import pings
from playground.world.message_rules import check_message, check_not_empty, texts, walk
from playground.world.messages import EPHEMERAL
from playground.world.validation import ValidationErrors
from playground.world.wire import JSON
from playground.world.world import World

SENDABLE_FLAGS = (1 << 2) | EPHEMERAL | (1 << 12) | (1 << 15)
SHOWN = "attachment://"


@dataclass(frozen=True, slots=True)
class Draft:
    """What the bot wants to send to a channel; or, with ``old``, to change of a message there.

    ``replied_to`` is the id of the user whose message it answers.
    """

    channel_id: str
    body: JSON
    files: Sequence[Upload] = ()
    old: JSON | None = None
    replied_to: str | None = None


def compose(world: World, draft: Draft, errors: ValidationErrors | None = None) -> JSON:
    """Return the parts of the message that ``draft`` makes; of an edit, only what changes.

    Raises ApiError 400 for what Discord would refuse; ``errors`` is where it is noted.
    """
    errors, body, old = errors or ValidationErrors(), draft.body, draft.old or {}
    check_message(body, errors, files=len(draft.files))
    errors.check()
    parts: JSON = {key: body[key] or _empty(key) for key in ("content", "embeds", "components", "tts") if key in body}
    parts["flags"] = _flags(body, draft.old)
    check_not_empty(old | parts | ({"attachments": draft.files} if draft.files else {}))
    _attach(world, draft, parts)
    _number(parts.get("components") or [])
    return parts | _mentioned(world, draft, old | parts)


def _empty(key: str) -> object:
    return {"content": "", "tts": False}.get(key, [])


def _flags(body: JSON, old: JSON | None) -> int:
    if old is None:
        return int(body.get("flags") or 0) & SENDABLE_FLAGS
    settable = SENDABLE_FLAGS & ~EPHEMERAL
    flags = old["flags"] if body.get("flags") is None else old["flags"] & ~settable | body["flags"] & settable
    return int(flags)


def _attach(world: World, draft: Draft, parts: JSON) -> None:
    """Keep the files, point ``attachment://`` at them, and list the rest as attachments."""
    body, ephemeral = draft.body, bool(parts["flags"] & EPHEMERAL)
    listed = {str(entry.get("id")): entry for entry in body.get("attachments") or []}
    uploaded = [world.attachments.keep(upload, draft.channel_id, ephemeral=ephemeral) for upload in draft.files]
    for index, attachment in enumerate(uploaded):
        if description := listed.get(str(index), {}).get("description"):
            attachment["description"] = description
    if not draft.files and "attachments" not in body:
        return
    before = draft.old["attachments"] if draft.old else []
    remaining = [attachment for attachment in before if "attachments" not in body or attachment["id"] in listed]
    shown = _show({attachment["filename"]: attachment for attachment in [*remaining, *uploaded]}, parts)
    parts["attachments"] = [attachment for attachment in [*remaining, *uploaded] if attachment["filename"] not in shown]


def _show(by_name: dict[str, JSON], parts: JSON) -> set[str]:
    """Replace ``attachment://name`` in embeds and components by the file's URL; return the names so used."""
    used: set[str] = set()
    media = [
        embed[key]
        for embed in parts.get("embeds", [])
        for key in ("image", "thumbnail", "footer", "author")
        if key in embed
    ]
    for _, component in walk(parts.get("components", [])):
        media += [component[key] for key in ("media", "file") if key in component]
        media += [item["media"] for item in component.get("items", [])]
    for medium in media:
        for key in ("url", "icon_url"):
            name = str(medium.get(key, "")).removeprefix(SHOWN)
            if str(medium.get(key, "")).startswith(SHOWN) and name in by_name:
                medium[key] = by_name[name]["url"]
                medium |= {side: by_name[name][side] for side in ("width", "height") if side in by_name[name]}
                used.add(name)
    return used


def _number(components: list[JSON]) -> None:
    """Give every component its number in the message, as Discord does."""
    numbers = {component.get("id") for _, component in walk(components)}
    free = (number for number in range(1, 200) if number not in numbers)
    for _, component in walk(components):
        if not component.get("id"):
            component["id"] = next(free)


def _mentioned(world: World, draft: Draft, message: JSON) -> JSON:
    pinged = pings(texts(message), draft.body.get("allowed_mentions"), replied_to=draft.replied_to)
    users = [world.members[user_id]["user"] for user_id in pinged.users if user_id in world.members]
    return {"mentions": users, "mention_roles": list(pinged.roles), "mention_everyone": pinged.everyone}
