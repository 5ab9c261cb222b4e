"""``/reply``, its 🔁, and “Answer in our voice” in the context menu of messages, on Discord."""

from collections.abc import Awaitable, Callable
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.bundle import normalise
from bot.features.buttons import StatefulButton, row
from bot.features.interactions import place_of
from bot.features.reply.formatting import formatted, quoted
from bot.features.reply.request import CUSTOM_ID, custom_id, of_button, say_something, words_of
from bot.features.reply.texts import ReplyTexts
from bot.i18n import UserFacingError, texts_for
from bot.inference.answering import Answer
from bot.inference.models import LoadedModels
from bot.inference.worker import Worker
from bot.markdown import shown

LONGEST = 2000
_NOBODY = discord.AllowedMentions.none()


class Answers:
    """The way from words to an answer of the model, for all who ask for one."""

    def __init__(
        self,
        models: Callable[[], LoadedModels],
        worker: Worker,
        temperature: float,
        refused: Callable[[int], Awaitable[frozenset[str]]],
    ) -> None:
        """Take the provider of the models of the moment, the worker that they run on, and the usual temperature.

        ``refused`` returns the lines that must not be said at a place.
        """
        self._models = models
        self._worker = worker
        self._temperature = temperature
        self._refused = refused

    async def answer(
        self, words: str, name: str, place: int, *, may_be_silent: bool = False, previous: str = ""
    ) -> Answer | None:
        """Return an answer to ``words`` of somebody called ``name``, or None where none is good enough.

        After a ``previous`` one it is another.

        Raises:
            Busy, Slow, StoreBusy: too many are asking at once, or this takes too long.
        """
        refused = await self._refused(place)
        answerer, temperature = self._models().answerer, self._temperature
        return await self._worker.run(
            lambda: answerer.answer(
                words, name, temperature, refused=refused, may_be_silent=may_be_silent, previous=previous
            )
        )


class Reply(commands.Cog):
    """Answers what somebody gives it to answer."""

    def __init__(self, answers: Answers, tree: app_commands.CommandTree[Any]) -> None:
        """Take where answers come from, and the tree to which the context menu's command is added."""
        self._answers = answers
        self._tree = tree
        self._menu = app_commands.ContextMenu(
            name="Answer in our voice",
            callback=self.answer_message,
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
        )

    async def cog_load(self) -> None:
        """Add what a cog does not add by itself."""
        self._tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        """Take it away again."""
        self._tree.remove_command(self._menu.name, type=self._menu.type)

    @app_commands.command(name="reply", description="Answer a sentence the way this group talks")
    @app_commands.describe(sentence="What to answer, such as 오늘 뭐 먹지")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def reply(self, interaction: discord.Interaction, sentence: app_commands.Range[str, 1, LONGEST]) -> None:
        """Answer ``sentence``.

        Raises:
            UserFacingError: there are no words in it, or there is no answer.
        """
        words = words_of(sentence)
        if not say_something(words):
            raise UserFacingError(ReplyTexts, "nothing_typed")
        await self.answer(interaction, words, quoted(normalise(sentence)))

    async def answer_message(self, interaction: discord.Interaction[Any], message: discord.Message) -> None:
        """Answer a message, whoever's it is.

        Raises:
            UserFacingError: there are no words in it, or there is no answer.
        """
        words = words_of(message.content)
        if not say_something(words):
            raise UserFacingError(ReplyTexts, "nothing_in_message")
        texts = texts_for(ReplyTexts, interaction.locale.value)
        await self.answer(interaction, words, f"[{texts.this_message}]({message.jump_url})")

    async def answer(self, interaction: discord.Interaction, words: str, above: str, previous: str = "") -> None:
        """Answer ``words`` with a new message that has its own 🔁; ``above`` it stands what is answered.

        The ``previous`` answer, if there is one, is not said again.

        Raises:
            UserFacingError: there is no answer.
            Busy, Slow: too many are asking at once, or this takes too long.
        """
        name, place = interaction.user.display_name, place_of(interaction)
        answer = await self._answers.answer(words, name, place, previous=previous)
        if answer is None:
            raise UserFacingError(ReplyTexts, "no_answer")
        await interaction.response.send_message(
            formatted(answer, interaction.locale.value, above),
            view=again(words),
            allowed_mentions=_NOBODY,
            suppress_embeds=True,
        )


class AnswerAgain(StatefulButton, template=CUSTOM_ID):
    """The 🔁 under an answer: it carries what is answered."""

    cog_name = Reply.__cog_name__

    async def press(self, interaction: discord.Interaction[Any], cog: Reply) -> None:
        """Answer the same with another draw."""
        words = of_button(self.custom_id)
        under = interaction.message.content if interaction.message else ""
        await cog.answer(interaction, words, quoted(words), shown(words_of(under)))


def again(words: str) -> discord.ui.View:
    """Return the 🔁 for an answer to ``words``, or no button where they are too long to remember."""
    remembered = custom_id(words)
    return row(AnswerAgain(remembered, emoji="🔁")) if remembered else row()
