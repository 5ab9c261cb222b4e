"""``/birthday import``: birthdays from a CSV file, kept only after a confirmation; for managers."""

import asyncio
import io
from typing import Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.features.birthday.discord_ui import import_matching
from bot.features.birthday.discord_ui.buttons import button
from bot.features.birthday.discord_ui.context import BirthdayServices
from bot.features.birthday.discord_ui.replies import check_manager, refusals, tell, texts_of
from bot.features.birthday.exchange.csv_file import BadRow, example, read_sheet, write_sheet
from bot.features.birthday.text import formatting
from bot.features.birthday.text.composer import within_limit
from bot.features.birthday.texts import BirthdayTexts
from bot.features.buttons import row
from bot.i18n import UserFacingError
from bot.markdown import cut, escaped

MOST_BYTES = 2**20
_CHECKED = "birthdays.csv"
_ROWS_SHOWN = 8
_LONGEST_ROW = 40


class ImportCommand(commands.Cog):
    """``import`` alone."""

    services: BirthdayServices

    @app_commands.command(name="import", description="Managers: birthdays from a CSV file; without one, an example")
    @app_commands.describe(file="A CSV file of up to 1 MB", order="Only if the file does not show it: 1/2/2000 is …")
    @app_commands.choices(
        order=[
            app_commands.Choice(name="1 February (day first)", value="day"),
            app_commands.Choice(name="January 2 (month first)", value="month"),
        ]
    )
    async def import_(
        self,
        interaction: discord.Interaction,
        file: discord.Attachment | None = None,
        order: Literal["day", "month"] | None = None,
    ) -> None:
        """Read a file and ask whether to keep what is good in it."""
        server, texts = check_manager(interaction), texts_of(interaction)
        if file is None:
            sample = discord.File(io.BytesIO(example()), "birthdays-example.csv")
            await tell(interaction, texts.import_how, files=[sample])
            return
        if file.size > MOST_BYTES:
            raise UserFacingError(BirthdayTexts, "import_not_csv")
        await interaction.response.defer(ephemeral=True, thinking=True)
        today = self.services.today(await self.services.settings.get(server.id))
        with refusals():
            sheet = await asyncio.to_thread(read_sheet, await file.read(), today, order)
        good, unmatched = await import_matching.match(server, sheet.entries)
        before = {record.user_id for record in await self.services.birthdays.of_guild(server.id)}
        bad = sorted((*sheet.bad, *unmatched), key=lambda bad_row: bad_row.number)
        replaced = sum(entry.user_id in before for entry in good)
        lines = [texts.import_ready.format(count=len(good)) if good else texts.import_nothing]
        lines += [texts.import_replaces.format(count=replaced)] if replaced else []
        files = [discord.File(io.BytesIO(write_sheet(good)), _CHECKED)] if good else []
        if bad:
            lines += _bad_rows(bad, texts)
            files += _bad_rows_file(bad, texts)
        save = button("import", label=texts.import_save.format(count=len(good)), style=discord.ButtonStyle.success)
        view = row(save, button("keep", label=texts.keep)) if good else None
        await tell(interaction, within_limit(lines), files=files, view=view)


async def save_sheet(interaction: discord.Interaction, services: BirthdayServices, what: str) -> None:
    """Keep what is in the file under the message: it is what was shown, whatever has happened since."""
    del what
    server, texts = check_manager(interaction), texts_of(interaction)
    attachments = interaction.message.attachments if interaction.message else []
    file = next((attachment for attachment in attachments if attachment.filename == _CHECKED), None)
    if file is None:
        raise UserFacingError(BirthdayTexts, "import_lost")
    await interaction.response.defer()
    with refusals():
        sheet = read_sheet(await file.read(), services.today(await services.settings.get(server.id)))
    before = {record.user_id: record for record in await services.birthdays.of_guild(server.id)}
    birthdays = {
        entry.user_id: (entry.name, import_matching.with_known_year(entry.birthday, before.get(entry.user_id)))
        for entry in sheet.entries.values()
        if entry.user_id
    }
    records = await services.birthdays.set_many(server.id, birthdays)
    text = texts.import_saved.format(count=len(records))
    await interaction.edit_original_response(content=text, view=None, attachments=[])


def _bad_rows(bad: list[BadRow], texts: BirthdayTexts) -> list[str]:
    lines = [texts.import_bad.format(count=len(bad))]
    lines += [f"- {_row(bad_row, texts, is_shown=True)}" for bad_row in bad[:_ROWS_SHOWN]]
    if len(bad) > _ROWS_SHOWN:
        lines.append(texts.import_more_bad.format(count=len(bad) - _ROWS_SHOWN))
    return lines


def _bad_rows_file(bad: list[BadRow], texts: BirthdayTexts) -> list[discord.File]:
    if len(bad) <= _ROWS_SHOWN:
        return []
    lines = "\r\n".join(_row(bad_row, texts, is_shown=False) for bad_row in bad)
    return [discord.File(io.BytesIO(lines.encode("utf-8-sig", "replace")), "rows-not-taken.txt")]


def _row(bad: BadRow, texts: BirthdayTexts, *, is_shown: bool) -> str:
    text = cut(" ".join(bad.text.split()), _LONGEST_ROW)
    why = formatting.reason(bad.reason, bad.values, texts)
    return texts.import_bad_row.format(row=bad.number, text=escaped(text) if is_shown else text, why=why)
