"""Everything about a member, asked of every feature: what is kept in words, as one file, and forgotten. Knows none."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from bot.features.feature import Feature
from bot.features.privacy.texts import PrivacyTexts
from bot.groups.group import Group
from bot.i18n import texts_for
from bot.markdown import pages, small

NameOf = Callable[[int], str | None]
"""Returns what a server is called, None where the bot is not on it any more."""


def explained(features: Sequence[Feature], locale: str, group: Group | None, url: str | None) -> list[str]:
    """Return what is kept where a group answers, in a line or two for each feature, and where more stands: messages."""
    texts = texts_for(PrivacyTexts, locale)
    more = texts.ask_the_owner if url is None else texts.more_at.format(url=url)
    lines = [f"- {line}" for feature in features for line in feature.privacy_lines(locale, group)]
    return pages([f"**{texts.heading}**", *lines, small(f"{texts.of_the_model} {more}")])


async def exported(features: Sequence[Feature], user_id: int) -> dict[str, object]:
    """Return all that is kept of a user."""
    kept: dict[str, object] = {}
    for feature in features:
        kept |= await feature.export_user(user_id)
    return kept


def as_file(kept: Mapping[str, object], user_id: int, now: datetime, name_of: NameOf) -> bytes:
    """Return a JSON file for people and programs: what is kept, and what the servers in it are called."""
    names = {guild_id: name_of(int(guild_id)) for guild_id in sorted(set(_guilds(kept)))}
    servers = {guild_id: name for guild_id, name in names.items() if name}
    whole = {"user_id": str(user_id), "exported_at": now.isoformat(), "servers": servers, "kept": kept}
    return json.dumps(whole, ensure_ascii=False, indent=2).encode("utf-8", "replace")


async def forget(features: Sequence[Feature], user_id: int) -> None:
    """Have every feature forget a user, also after one could not, whose error is raised at the end."""
    errors = [error for feature in features if (error := await _error_of(feature, user_id))]
    for error in errors:
        raise error


async def _error_of(feature: Feature, user_id: int) -> Exception | None:
    try:
        await feature.forget_user(user_id)
    except Exception as error:  # noqa: BLE001 - it is raised when the others have forgotten
        return error
    return None


def _guilds(value: object) -> Iterator[str]:
    """Yield every ``guild_id`` in a value of JSON."""
    if isinstance(value, Mapping):
        if value.get("guild_id"):
            yield str(value["guild_id"])
        for part in value.values():
            yield from _guilds(part)
    elif isinstance(value, list):
        for part in value:
            yield from _guilds(part)
