"""Events in a server's list, by Discord's own: an external one that lasts the whole day where the server is.

The text says what one can do for the day; nobody is named in it but the one whose birthday it is.
"""

import discord

from bot.features.birthday.delivery.messenger import Done, Sent, ServerEvent
from bot.features.birthday.text.formatting import cut_name
from bot.features.birthday.texts import BirthdayTexts
from bot.i18n import texts_for

_LONGEST_PLACE = 100
_GONE = 10070


async def put_event(server: discord.Guild, event: ServerEvent) -> Sent:
    """Make the event, or change the one there is.

    Raises:
        discord.HTTPException: Discord does not want it.
    """
    texts = texts_for(BirthdayTexts, event.settings.language)
    name, place = _title(event), _place(server, event)
    if event.event_id is None:
        made = await server.create_scheduled_event(
            name=name,
            description=texts.event_text,
            start_time=event.starts_at,
            end_time=event.ends_at,
            entity_type=discord.EntityType.external,
            privacy_level=discord.PrivacyLevel.guild_only,
            location=place,
        )
        return Sent(made.id)
    there = await server.fetch_scheduled_event(event.event_id, with_counts=False)
    await there.edit(name=name, start_time=event.starts_at, end_time=event.ends_at, location=place)
    return Sent(event.event_id)


async def find_event(server: discord.Guild, event: ServerEvent, known: frozenset[int]) -> int:
    """Return the id of an event of the bot's own with that name and beginning, but none of ``known``; 0 of none."""
    for each in await server.fetch_scheduled_events(with_counts=False):
        is_own = each.creator_id == server.me.id and each.id not in known
        if is_own and (each.name, each.start_time) == (_title(event), event.starts_at):
            return each.id
    return 0


async def remove_event(server: discord.Guild, event_id: int) -> Done:
    """Take an event away; it may be gone."""
    try:
        there = await server.fetch_scheduled_event(event_id, with_counts=False)
        await there.delete()
    except discord.NotFound as error:
        if error.code != _GONE:
            raise
    return Done()


def why_no_event(server: discord.Guild, texts: BirthdayTexts) -> str | None:
    """Return what the bot lacks to make events; None if it can."""
    return None if server.me.guild_permissions.create_events else texts.event_forbidden


def _title(event: ServerEvent) -> str:
    texts = texts_for(BirthdayTexts, event.settings.language)
    return texts.event_name.format(name=cut_name(event.name))


def _place(server: discord.Guild, event: ServerEvent) -> str:
    channel = server.get_channel(event.settings.channel_id or 0)
    return (f"#{channel.name}" if channel else server.name)[:_LONGEST_PLACE]
