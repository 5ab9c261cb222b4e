"""Discord's answers, and its silence, as outcomes of a delivery. Knows no messages."""

from collections.abc import Awaitable
from typing import TypeVar

import aiohttp
import discord

from bot.features.birthday.delivery.messenger import Refused, Unsure
from bot.features.birthday.model import Refusal

# Source: Discord's reference, "JSON error codes".
_GONE = {
    10003: Refusal.CHANNEL_GONE,
    10004: Refusal.GUILD_GONE,
    10007: Refusal.MEMBER_GONE,
    10011: Refusal.ROLE_GONE,
    10013: Refusal.MEMBER_GONE,
    10070: Refusal.EVENT_GONE,
}

T = TypeVar("T")


async def outcome_of(request: Awaitable[T]) -> T | Unsure | Refused:
    """Return what comes of ``request``, or what it means that it failed."""
    try:
        return await request
    except discord.HTTPException as error:
        return _outcome(error)
    except (aiohttp.ClientError, OSError, TimeoutError, discord.DiscordException) as error:
        return Unsure(f"{type(error).__name__}: {error}")


def _outcome(error: discord.HTTPException) -> Unsure | Refused:
    if error.code in _GONE:
        return Refused(_GONE[error.code])
    if error.status == 403:
        return Refused(Refusal.FORBIDDEN)
    if error.status == 400:
        return Refused(Refusal.REJECTED)
    # 401, 404 of no kind that is known, 429, 5xx: on Discord's side, or passing.
    return Unsure(f"{error.status} ({error.code})")
