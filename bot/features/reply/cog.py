"""``/reply``, its 🔁, and “Answer in our voice” in the context menu of messages, on Discord."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.bundle import normalise
from bot.features.buttons import StatefulButton, row
from bot.features.calls.words import say_something, words_of
from bot.features.commands import MessageMenu, everywhere
from bot.features.feature import FeatureClient, Services
from bot.features.interactions import place_of
from bot.features.reply.formatting import formatted, quoted
from bot.features.reply.request import CUSTOM_ID, custom_id, of_button
from bot.features.reply.texts import ReplyTexts
from bot.groups.group import Group, Place
from bot.i18n import UserFacingError, texts_for
from bot.inference.answerer import Answer
from bot.markdown import unescaped

LONGEST = 2000


class Answers:
    """The way from words to an answer of the model, for all who ask for one."""

    def __init__(self, services: Services, client: FeatureClient) -> None:
        """Take the groups with the worker of their words, who is served, and who knows the lines that are refused."""
        self.group_at = services.group_at
        self._worker = services.workers.words
        self._refused = client.refused_lines

    async def answer(  # noqa: PLR0913 - what an answer hangs on
        self, words: str, name: str, place: Place, group: Group, *, may_be_silent: bool = False, previous: str = ""
    ) -> Answer | None:
        """Return a group's answer to ``words`` of somebody called ``name``, or None where none is good enough.

        After a ``previous`` one it is another.

        Raises:
            Busy, Slow, StoreBusy: too many are asking at once, or this takes too long.
        """
        refused = await self._refused(place.id)
        answerer, temperature = group.models.answerer, group.settings.temperature
        return await self._worker.run(
            answerer.answering(
                words, name, temperature, refused=refused, may_be_silent=may_be_silent, previous=previous
            )
        )

    async def sure_line(self, words: str, place: Place, group: Group) -> Answer | None:
        """Return a line of a group that surely answers ``words``, or None.

        Raises:
            Busy, Slow, StoreBusy: as above.
        """
        refused = await self._refused(place.id)
        answerer = group.models.answerer
        return await self._worker.run(lambda: answerer.sure_line(words, refused=refused))


class Reply(MessageMenu, commands.Cog):
    """Answers what somebody gives it to answer."""

    def __init__(self, answers: Answers, tree: app_commands.CommandTree[Any]) -> None:
        """Take where answers come from, and the tree to which the context menu's command is added."""
        self._answers = answers
        super().__init__(tree, "Answer in our voice", self.answer_message)

    @app_commands.command(name="reply", description="Answer a sentence the way this group talks")
    @app_commands.describe(sentence="What to answer, such as 영화 볼 사람")
    @everywhere
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
        group = await self._answers.group_at(place)
        answer = await self._answers.answer(words, name, place, group, previous=previous)
        if answer is None:
            raise UserFacingError(ReplyTexts, "no_answer")
        await interaction.response.send_message(
            formatted(answer, group, interaction.locale.value, above),
            view=again(words),
            suppress_embeds=True,
        )


class AnswerAgain(StatefulButton, template=CUSTOM_ID):
    """The 🔁 under an answer: it carries what is answered."""

    cog_name = Reply.__cog_name__

    async def press(self, interaction: discord.Interaction[Any], cog: Reply) -> None:
        """Answer the same with another draw."""
        words = of_button(self.custom_id)
        under = interaction.message.content if interaction.message else ""
        await cog.answer(interaction, words, quoted(words), unescaped(words_of(under)))


def again(words: str) -> discord.ui.View:
    """Return the 🔁 for an answer to ``words``, or no button where they are too long to remember."""
    remembered = custom_id(words)
    return row(AnswerAgain(remembered, emoji="🔁")) if remembered else row()


async def reply_with(
    message: discord.Message, answer: Answer, group: Group, language: str, view: discord.ui.View
) -> None:
    """Reply to a message with a group's answer, pinging nobody.

    Raises:
        HTTPException: Discord does not take it.
    """
    await message.reply(
        formatted(answer, group, language),
        view=view,
        suppress_embeds=True,
        # Discord takes no second message with it for some minutes, also from another process.
        nonce=message.id,
    )
