"""Letters as they are read under the wish that brought them: page by page, by whoever presses there.

Each stands in an embed, as it was typed, and calls nobody. Knows nothing of how they are written.
"""

import discord

from bot.features.birthday.discord_ui.buttons import ASK_TEAR, LETTERS, TEAR, button
from bot.features.birthday.discord_ui.context import BirthdayServices
from bot.features.birthday.discord_ui.replies import server_of, tell, texts_of
from bot.features.birthday.storage.letters import Letter
from bot.features.buttons import row
from bot.features.interactions import check_manages_server, manages_server
from bot.markdown import cut, escaped

_LONGEST_NAME = 40


async def read(interaction: discord.Interaction, services: BirthdayServices, what: str) -> None:
    """Show the letters that came with a wish: the first one to who presses under it, others in the same message."""
    nonce, _, page = what.partition("-")
    text, embed, view = await _page(interaction, services, nonce, int(page or 0))
    if page:
        await interaction.response.edit_message(content=text, embeds=[embed] if embed else [], view=view)
    else:
        await tell(interaction, text, embed=embed, view=view)


async def ask_tear(interaction: discord.Interaction, services: BirthdayServices, what: str) -> None:
    """Ask whether to delete the letter that is shown: it is a friend's, and there is no other."""
    del services
    nonce, author_id, _ = what.split("-")
    _check_may_tear(interaction, int(author_id))
    texts = texts_of(interaction)
    yes = button(TEAR, what, label=texts.letter_remove, style=discord.ButtonStyle.danger)
    no = button(LETTERS, f"{nonce}-0", label=texts.keep)
    await interaction.response.edit_message(content=texts.letter_ask, view=row(yes, no))


async def tear(interaction: discord.Interaction, services: BirthdayServices, what: str) -> None:
    """Delete a letter that came with a wish; its author may, and who manages the server."""
    nonce, author_id, to_id = what.split("-")
    _check_may_tear(interaction, int(author_id))
    await services.letters.withdraw(server_of(interaction).id, int(to_id), int(author_id), nonce)
    text, embed, view = await _page(interaction, services, nonce, 0)
    await interaction.response.edit_message(content=text, embeds=[embed] if embed else [], view=view)


def _check_may_tear(interaction: discord.Interaction, author_id: int) -> None:
    if author_id != interaction.user.id:
        check_manages_server(interaction)


async def show_own(interaction: discord.Interaction, services: BirthdayServices) -> None:
    """Show what came last with a wish of one's own."""
    server, texts = server_of(interaction), texts_of(interaction)
    nonce = await services.letters.newest_for(server.id, interaction.user.id)
    if nonce is None:
        await tell(interaction, texts.letters_none)
        return
    text, embed, view = await _page(interaction, services, nonce, 0)
    await tell(interaction, text, embed=embed, view=view)


async def _page(
    interaction: discord.Interaction, services: BirthdayServices, nonce: str, number: int
) -> tuple[str, discord.Embed | None, discord.ui.View | None]:
    """Return one letter of a wish, the last one for a number too high; a sentence where none is kept any more."""
    texts, letters = texts_of(interaction), await services.letters.handed_over(server_of(interaction).id, nonce)
    if not letters:
        return texts.letters_over, None, None
    number = min(number, len(letters) - 1)
    letter = letters[number]
    buttons = [
        button(LETTERS, f"{nonce}-{max(number - 1, 0)}", emoji="◀️", disabled=number == 0),
        button(LETTERS, f"{nonce}-{number + 1}", emoji="▶️", disabled=number == len(letters) - 1),
    ] * (len(letters) > 1)
    if letter.author_id == interaction.user.id or manages_server(interaction):
        what = f"{nonce}-{letter.author_id}-{letter.to_id}"
        buttons.append(button(ASK_TEAR, what, label=texts.letter_remove))
    foot = texts.letter_page.format(page=number + 1, pages=len(letters))
    embed = embed_of(letter).set_footer(text=foot)
    return texts.letter_to.format(mark=f"<@{letter.to_id}>"), embed, row(*buttons)


def embed_of(letter: Letter) -> discord.Embed:
    """Return a letter as it is shown: as it was typed, with its author's name, calling nobody."""
    return discord.Embed(description=escaped(letter.text)).set_author(name=cut(letter.name, _LONGEST_NAME))
