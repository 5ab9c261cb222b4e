"""The messenger on Discord: sends, looks, asks who is there, gives roles, and tells who manages a server.

What an answer of Discord means is decided in ``outcomes``; what a message says, in ``composer``.
"""

from collections.abc import Awaitable, Callable, Collection

import aiohttp
import discord

from bot.features.attachments import file
from bot.features.birthday.delivery.messenger import (
    Done,
    Message,
    Notice,
    Refused,
    Reminder,
    Sent,
    ServerEvent,
    Unsure,
    Wish,
)
from bot.features.birthday.discord_ui import permissions
from bot.features.birthday.discord_ui.buttons import nonces, under
from bot.features.birthday.discord_ui.members import members_by_id, members_one_by_one
from bot.features.birthday.discord_ui.outcomes import outcome_of
from bot.features.birthday.discord_ui.server_events import find_event, put_event, remove_event
from bot.features.birthday.model import Refusal
from bot.features.birthday.text.composer import Composer, digest, notice_text, reminder
from bot.features.birthday.texts import BirthdayTexts
from bot.i18n import texts_for

RoleChange = Callable[[discord.Guild, int, int], Awaitable[Done]]

_FEW = 4
_MOST_FILES = 10
_GUILD_GONE = Refused(Refusal.GUILD_GONE)


class DiscordMessenger:
    """A :class:`~bot.features.birthday.delivery.messenger.Messenger`."""

    def __init__(self, client: discord.Client, composer: Composer, serves: Callable[[int], bool]) -> None:
        """Take the client, connected before anything is asked, the composer, and who says which servers are served.

        One that is served no more is like one that was left.
        """
        self._client = client
        self._serves = serves
        self._composer = composer

    async def newest(self, channel_id: int) -> int | Unsure | Refused:
        """Return the id of the channel's last message, 0 if it has none."""
        refusal = await self._why_not(channel_id)
        return await outcome_of(self._newest(channel_id)) if refusal is None else refusal

    async def send(self, message: Message) -> Sent | Unsure | Refused:
        """Send a message that calls only whose birthday it is."""
        return await outcome_of(self._send(message))

    async def private_channel(self, user_id: int) -> int | Unsure | Refused:
        """Return the id of the channel in which a user is written to privately."""
        return await outcome_of(self._private_channel(user_id))

    async def sent_since(self, channel_id: int, anchor: int) -> dict[str, int] | Unsure | Refused:
        """Return the ids of all own messages after ``anchor``, by the nonce in each one's button."""
        refusal = await self._why_not(channel_id)
        return await outcome_of(self._sent_since(channel_id, anchor)) if refusal is None else refusal

    async def present(self, guild_id: int, user_ids: frozenset[int]) -> frozenset[int] | Unsure | Refused:
        """Return those who are members now."""
        server = self._server(guild_id)
        return await outcome_of(_present(server, user_ids)) if isinstance(server, discord.Guild) else server

    async def give_role(self, guild_id: int, user_id: int, role_id: int) -> Done | Unsure | Refused:
        """Give a role."""
        return await self._change_role(_give, guild_id, user_id, role_id)

    async def take_role(self, guild_id: int, user_id: int, role_id: int) -> Done | Unsure | Refused:
        """Take a role back."""
        return await self._change_role(_take, guild_id, user_id, role_id)

    async def put_event(self, event: ServerEvent) -> Sent | Unsure | Refused:
        """Make or change an event in the server's list."""
        server = self._server(event.settings.guild_id)
        return await outcome_of(put_event(server, event)) if isinstance(server, discord.Guild) else server

    async def find_event(self, event: ServerEvent, known: frozenset[int]) -> int | Unsure | Refused:
        """Return the id of an own event as ``event``, 0 if there is none."""
        server = self._server(event.settings.guild_id)
        return await outcome_of(find_event(server, event, known)) if isinstance(server, discord.Guild) else server

    async def remove_event(self, guild_id: int, event_id: int) -> Done | Unsure | Refused:
        """Take an event away."""
        server = self._server(guild_id)
        return await outcome_of(remove_event(server, event_id)) if isinstance(server, discord.Guild) else server

    async def tell_admins(self, notice: Notice) -> Done | Unsure | Refused:
        """Tell the owner privately, or else a channel of the server that is for such things."""
        server = self._server(notice.settings.guild_id)
        if not isinstance(server, discord.Guild):
            return server
        text = notice_text(notice, server.name)
        outcome = await outcome_of(self._tell_owner(server, text))
        return await outcome_of(_tell_server(server, text)) if isinstance(outcome, Refused) else outcome

    async def _change_role(
        self, change: RoleChange, guild_id: int, user_id: int, role_id: int
    ) -> Done | Unsure | Refused:
        server = self._server(guild_id)
        if not isinstance(server, discord.Guild):
            return server
        if server.get_role(role_id) is None:
            return Refused(Refusal.ROLE_GONE)
        return await outcome_of(change(server, user_id, role_id))

    def _server(self, guild_id: int) -> discord.Guild | Unsure | Refused:
        server = self._client.get_guild(guild_id)
        if not self._client.is_ready():
            return Unsure("not connected")
        if server is None or not self._serves(guild_id):
            return _GUILD_GONE
        return Unsure("the server is down") if server.unavailable else server

    async def _why_not(self, channel_id: int) -> Unsure | Refused | None:
        """Return why nothing can be sent or looked for there, as far as Discord has told."""
        channel = self._client.get_channel(channel_id)
        if channel is None:
            # A server that is down has no channels; Discord itself knows whether this one is gone.
            channel_or_why = await outcome_of(self._client.fetch_channel(channel_id))
            return channel_or_why if isinstance(channel_or_why, Unsure | Refused) else None
        server = getattr(channel, "guild", None)
        if server is not None and not self._serves(server.id):
            return _GUILD_GONE
        if server is not None and server.me is not None and permissions.lacking(server, channel_id):
            return Refused(Refusal.FORBIDDEN)
        return None

    async def _private_channel(self, user_id: int) -> int:
        return (await self._client.create_dm(discord.Object(user_id))).id

    async def _newest(self, channel_id: int) -> int:
        channel = self._client.get_partial_messageable(channel_id)
        return max([message.id async for message in channel.history(limit=1)], default=0)

    async def _send(self, message: Message) -> Sent:
        server = self._client.get_guild(message.settings.guild_id)
        names = await self._names(server, message)
        language = message.language if isinstance(message, Reminder) else message.settings.language
        view = under(message, texts_for(BirthdayTexts, language))
        if isinstance(message, Wish):
            text = await self._composer.wish(message, names, server.name if server else "")
            mentioned = [discord.Object(celebrated.record.user_id) for celebrated in message.people]
        elif isinstance(message, Reminder):
            text, mentioned = reminder(message, names, server.name if server else ""), []
        else:
            text, mentioned = digest(message, names), []
        posted = await self._client.get_partial_messageable(message.channel_id).send(
            text,
            view=view,
            files=await self._face(server, message),
            nonce=message.nonce,
            allowed_mentions=discord.AllowedMentions(everyone=False, roles=False, users=mentioned),
            suppress_embeds=True,
        )
        return Sent(posted.id)

    async def _face(self, server: discord.Guild | None, message: Message) -> list[discord.File]:
        """Return smiling faces for a wish, people's own photos before nobody's; one without is better than none."""
        channel = server.get_channel(message.channel_id) if server else None
        if not isinstance(message, Wish) or channel is None or server is None or server.me is None:
            return []
        if not channel.permissions_for(server.me).attach_files:
            return []
        texts = texts_for(BirthdayTexts, message.settings.language)
        if message.photos:
            pictures = list(message.photos.values())[:_MOST_FILES]
            return [file(jpeg, f"photo-{number}.jpg", texts.photo_alt) for number, jpeg in enumerate(pictures, 1)]
        face = await self._composer.face(message)
        return [file(face, "face.png", texts.smiling_face)] if face else []

    async def _names(self, server: discord.Guild | None, message: Message) -> dict[int, str]:
        """Return what people are called now; a wish does not wait for it."""
        if server is None:
            return {}
        try:
            members = await _members(server, [celebrated.record.user_id for celebrated in message.people])
        except (TimeoutError, aiohttp.ClientError, discord.HTTPException):
            return {}
        return {user_id: member.display_name for user_id, member in members.items()}

    async def _sent_since(self, channel_id: int, anchor: int) -> dict[str, int]:
        channel = self._client.get_partial_messageable(channel_id)
        own = self._client.user.id if self._client.user else 0
        ids: dict[str, int] = {}
        async for message in channel.history(after=discord.Object(anchor), limit=None, oldest_first=True):
            if message.author.id == own:
                # Of two with one mark, the first is what Discord's nonce would have kept.
                ids = dict.fromkeys(nonces(message), message.id) | ids
        return ids

    async def _tell_owner(self, server: discord.Guild, text: str) -> Done:
        channel = await self._client.create_dm(discord.Object(server.owner_id or 0))
        await channel.send(text)
        return Done()


async def _members(server: discord.Guild, user_ids: Collection[int]) -> dict[int, discord.Member]:
    """Return who is there; a few are not asked after over the gateway, which a morning of many birthdays would fill."""
    ask = members_one_by_one if len(user_ids) <= _FEW else members_by_id
    return await ask(server, user_ids)


async def _present(server: discord.Guild, user_ids: frozenset[int]) -> frozenset[int]:
    here = frozenset(await _members(server, user_ids))
    # Nobody is left out of a congratulation because an answer was short: about who is missing, Discord is asked singly.
    back = {user_id for user_id in user_ids - here if await _is_there(server, user_id)}
    return here | back


async def _is_there(server: discord.Guild, user_id: int) -> bool:
    try:
        await server.fetch_member(user_id)
    except discord.NotFound:
        return False
    return True


async def _give(server: discord.Guild, user_id: int, role_id: int) -> Done:
    member = await server.fetch_member(user_id)
    if member.get_role(role_id) is None:
        await member.add_roles(discord.Object(role_id))
    return Done()


async def _take(server: discord.Guild, user_id: int, role_id: int) -> Done:
    member = await server.fetch_member(user_id)
    if member.get_role(role_id) is not None:
        await member.remove_roles(discord.Object(role_id))
    return Done()


async def _tell_server(server: discord.Guild, text: str) -> Done | Refused:
    # The first two are for who manages the server; the last is where Discord itself tells everybody things.
    for channel in (server.safety_alerts_channel, server.public_updates_channel, server.system_channel):
        if channel is not None and not permissions.lacking(server, channel.id):
            await channel.send(text)
            return Done()
    return Refused(Refusal.FORBIDDEN)
