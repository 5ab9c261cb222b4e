"""``/birthday wish`` and ``wishes``: what members write beforehand, in a form, and who may see of it what.

Its author alone reads a letter until the bot hands it over; from then on it is read in ``letter_pages``.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot import error_reply
from bot.features.birthday.calendar import lunar
from bot.features.birthday.discord_ui.buttons import ID, button
from bot.features.birthday.discord_ui.context import BirthdayServices
from bot.features.birthday.discord_ui.letter_pages import embed_of, show_own
from bot.features.birthday.discord_ui.members import members_one_by_one
from bot.features.birthday.discord_ui.replies import check_manager, server_of, tell, texts_of
from bot.features.birthday.errors import BirthdayError, Reason
from bot.features.birthday.model import BirthdayRecord, Celebrated, GuildSettings
from bot.features.birthday.storage.letters import Letter
from bot.features.birthday.text import formatting
from bot.features.birthday.texts import BirthdayTexts
from bot.features.birthday.upcoming import next_of
from bot.features.buttons import row
from bot.features.interactions import data_of, in_time, place_of
from bot.i18n import UserFacingError
from bot.markdown import cut, escaped, small

LONGEST = 2000
"""Characters of a letter: with all of its signs made harmless, they fit into an embed."""
FORM = re.compile(f"birthday:letter:(?P<guild>{ID})-(?P<who>{ID})")
_EMPTY_LINES = re.compile(r"\n{3,}")
_FIELD = "text"
_LONGEST_NAME = 20
_MOST_NAMED = 40


class LetterCommands(commands.Cog):
    """``wish`` and ``wishes``, and the form of a letter, which outlives a restart."""

    services: BirthdayServices

    @app_commands.command(name="wish", description="Write a wish that I hand over on the day; nobody reads it before")
    @app_commands.describe(who="Whose birthday")
    async def wish(self, interaction: discord.Interaction, who: discord.Member) -> None:
        """Bring up the form, with what was written before."""
        if who.bot:
            raise UserFacingError(BirthdayTexts, "no_bots")
        await _offer_form(interaction, self.services, server_of(interaction), who.id)

    @app_commands.command(name="wishes", description="Wishes that were written for you; managers: who wrote to whom")
    @app_commands.describe(
        who="Managers: to whom", author="Managers: whose waiting wish to delete, without anybody reading it"
    )
    async def wishes(
        self,
        interaction: discord.Interaction,
        who: discord.Member | None = None,
        author: discord.User | None = None,
    ) -> None:
        """Show what came last with a wish of one's own, or to managers who has written to somebody."""
        if who is None and author is None:
            await show_own(interaction, self.services)
            return
        server, texts = check_manager(interaction), texts_of(interaction)
        whom = who or interaction.user
        if whom.id == interaction.user.id:
            raise UserFacingError(BirthdayTexts, "letters_to_oneself")
        if author is None:
            await tell(interaction, await _waiting(self.services, server, whom, texts))
        else:
            was_there = await self.services.letters.withdraw(server.id, whom.id, author.id)
            await tell(interaction, texts.letter_removed if was_there else texts.letter_gone)

    @commands.Cog.listener("on_interaction")
    async def submitted(self, interaction: discord.Interaction[Any]) -> None:
        """Keep what was written in a form, be it one of before a restart."""
        data = data_of(interaction)
        is_form = interaction.type is discord.InteractionType.modal_submit
        match = FORM.fullmatch(str(data.get("custom_id"))) if is_form else None
        if match:
            try:
                await interaction.client.services.access.check(place_of(interaction))
                with in_time(interaction):
                    await self._keep(interaction, match, data)
            except Exception as error:  # noqa: BLE001 - an outermost door, as that of the buttons
                await error_reply.answer(interaction, error)

    async def _keep(self, interaction: discord.Interaction, match: re.Match[str], data: Mapping[str, Any]) -> None:
        server = await _server(interaction, int(match["guild"]))
        text = _tidy("".join(_values(data.get("components"))))
        await keep_letter(interaction, self.services, server, int(match["who"]), text)


async def keep_letter(
    interaction: discord.Interaction, services: BirthdayServices, server: discord.Guild, to_id: int, text: str
) -> None:
    """Keep what who asks has written, or delete it where they left the form empty.

    Raises:
        UserFacingError: nothing can be written to that person, or not now, or so much.
    """
    texts = texts_of(interaction)
    celebrated = await _addressee(interaction, services, server, to_id)
    if not text:
        was_there = await services.letters.withdraw(server.id, to_id, interaction.user.id)
        await tell(interaction, texts.letter_removed if was_there else texts.letter_empty)
        return
    if len(text) > LONGEST:
        raise UserFacingError(BirthdayTexts, "letter_too_long", length=len(text), limit=LONGEST)
    letter = Letter(to_id, interaction.user.id, await _author_name(interaction, server), text)
    if not await services.letters.write(server.id, letter):
        raise UserFacingError(BirthdayTexts, "letter_too_late")
    settings = await services.settings.get(server.id)
    await tell(
        interaction,
        _kept(celebrated, settings, texts),
        embed=embed_of(letter),
        view=row(
            button("write", f"{server.id}-{to_id}", label=texts.letter_edit, emoji="✍️"),
            button("unwrite", f"{server.id}-{to_id}", label=texts.letter_remove, style=discord.ButtonStyle.danger),
        ),
    )


async def _author_name(interaction: discord.Interaction, server: discord.Guild) -> str:
    """Return what who asks is called on the server, also where they write from a private message."""
    author = interaction.user
    if not isinstance(author, discord.Member):
        author = (await members_one_by_one(server, [author.id])).get(author.id, author)
    return author.display_name


async def write(interaction: discord.Interaction, services: BirthdayServices, what: str) -> None:
    """Bring up the form, from a button: under one's own letter, or in a private reminder."""
    guild_id, to_id = _ids(what)
    await _offer_form(interaction, services, await _server(interaction, guild_id), to_id)


async def unwrite(interaction: discord.Interaction, services: BirthdayServices, what: str) -> None:
    """Delete one's own letter."""
    guild_id, to_id = _ids(what)
    was_there = await services.letters.withdraw(guild_id, to_id, interaction.user.id)
    texts = texts_of(interaction)
    text = texts.letter_removed if was_there else texts.letter_gone
    await interaction.response.edit_message(content=text, embeds=[], view=None)


async def _offer_form(
    interaction: discord.Interaction, services: BirthdayServices, server: discord.Guild, to_id: int
) -> None:
    celebrated = await _addressee(interaction, services, server, to_id)
    before = await services.letters.open_letter(server.id, to_id, interaction.user.id)
    texts = texts_of(interaction)
    form = _Form(
        title=texts.letter_title.format(name=cut(celebrated.record.name, _LONGEST_NAME)),
        custom_id=f"birthday:letter:{server.id}-{to_id}",
    )
    field: discord.ui.TextInput[_Form] = discord.ui.TextInput(
        label=texts.letter_label_again if before else texts.letter_label,
        custom_id=_FIELD,
        style=discord.TextStyle.paragraph,
        placeholder=texts.letter_hint,
        default=before.text if before else None,
        required=before is None,
        max_length=LONGEST,
    )
    await interaction.response.send_modal(form.add_item(field))


class _Form(discord.ui.Modal):
    """The form of a letter. What is sent with it, the cog takes: this object does not outlive the process."""

    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Leave it to the cog."""


async def _addressee(
    interaction: discord.Interaction, services: BirthdayServices, server: discord.Guild, to_id: int
) -> Celebrated:
    """Return whom a letter is to, and the day on which it would be handed over.

    Raises:
        UserFacingError: who asks cannot write to them, or not now.
    """
    if to_id == interaction.user.id:
        raise UserFacingError(BirthdayTexts, "letters_to_oneself")
    record = await services.birthdays.get(server.id, to_id)
    if record is None:
        raise UserFacingError(BirthdayTexts, "letter_nobody")
    if record.left_at is not None:
        record = await _seen_again(services, server, record)
    today = services.today(await services.settings.get(server.id))
    if record.birthday.hidden:
        raise UserFacingError(BirthdayTexts, "letter_unwanted")
    if record.is_just_wished(today):
        raise UserFacingError(BirthdayTexts, "letter_too_late")
    coming = next_of(record, today)
    if coming is None:
        raise formatting.RefusalError(BirthdayError(Reason.BEYOND_TABLES, first=lunar.FIRST, last=lunar.LAST))
    return coming


async def _seen_again(services: BirthdayServices, server: discord.Guild, record: BirthdayRecord) -> BirthdayRecord:
    """Return the birthday of somebody who had left and is back.

    Raises:
        UserFacingError: they are not.
    """
    if not await members_one_by_one(server, [record.user_id]):
        raise UserFacingError(BirthdayTexts, "refusals", "member-gone")
    await services.birthdays.note_present(server.id, record.user_id)
    return replace(record, left_at=None)


async def _server(interaction: discord.Interaction, guild_id: int) -> discord.Guild:
    """Return the server that a button or a form is about: it may be in a private message.

    Raises:
        UserFacingError: who asks is not on it any more, or the bot is not.
    """
    if interaction.guild_id == guild_id:
        return server_of(interaction)
    try:
        # Private messages come to the process with the first shard, which need not have the server's.
        server = interaction.client.get_guild(guild_id) or await interaction.client.fetch_guild(guild_id)
    except (discord.NotFound, discord.Forbidden):
        raise UserFacingError(BirthdayTexts, "refusals", "guild-gone") from None
    if not await members_one_by_one(server, [interaction.user.id]):
        raise UserFacingError(BirthdayTexts, "letter_not_yours")
    return server


async def _waiting(
    services: BirthdayServices, server: discord.Guild, whom: discord.Member | discord.User, texts: BirthdayTexts
) -> str:
    """Return who has written to somebody; what, nobody reads before the day."""
    letters = await services.letters.open_letters(server.id, whom.id)
    name = escaped(cut(whom.display_name, _LONGEST_NAME))
    if not letters:
        return texts.letters_waiting_none.format(name=name)
    authors = " ".join(f"<@{letter.author_id}>" for letter in letters[:_MOST_NAMED])
    more = "…" if len(letters) > _MOST_NAMED else ""
    return f"{texts.letters_waiting.format(name=name, count=len(letters))}\n{authors}{more}"


def _kept(coming: Celebrated, settings: GuildSettings, texts: BirthdayTexts) -> str:
    day = formatting.day(coming.occurrence.date, texts)
    name = escaped(cut(coming.record.name, _LONGEST_NAME))
    lines = [texts.letter_kept.format(name=name, date=day)]
    lines += [small(texts.no_channel_yet)] if settings.channel_id is None else []
    return "\n".join(lines)


def _ids(what: str) -> tuple[int, int]:
    guild_id, _, user_id = what.partition("-")
    return int(guild_id), int(user_id)


def _values(parts: object) -> Iterator[str]:
    """Yield what was typed into the fields of a form, as Discord nests them."""
    for part in parts if isinstance(parts, list) else []:
        if part.get("custom_id") == _FIELD:
            yield str(part.get("value") or "")
        yield from _values([*part.get("components", []), *filter(None, [part.get("component")])])


def _tidy(text: str) -> str:
    """Return what was typed without blanks around it, more than one empty line in a row, and what nobody can type."""
    known = text.replace("\0", "").encode(errors="ignore").decode()
    return _EMPTY_LINES.sub("\n\n", "\n".join(map(str.rstrip, known.split("\n")))).strip()
