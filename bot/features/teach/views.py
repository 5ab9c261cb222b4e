"""Views: what ``/teach`` and ``/what`` answer, and buttons that remember. Knows Discord, and no store."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import discord

from bot.features.attachments import file
from bot.features.buttons import StatefulButton, row
from bot.features.teach.classifier import FEWEST_THINGS, Guess, LeaveOneOut
from bot.features.teach.pictures import PictureFeatures, PictureProblem
from bot.features.teach.taught_pictures import MOST_PICTURES, Outcome
from bot.features.teach.texts import TeachTexts
from bot.features.teach.things import Thing
from bot.i18n import UnknownButtonError, UserFacingError, texts_for
from bot.markdown import escaped, small
from bot.photo_intake.texts import PhotoTexts
from bot.photos import PhotoProblem

COG = "Teach"
_PAGE = 5
_MOST_TEACHERS = 3
_ENOUGH = 5
"""Pictures of a thing, below which it is said what makes good ones."""
_LIST = re.compile(r"teach:(?P<page>0|[1-9][0-9]{0,2})(?::(?P<act>ask|drop):(?P<key>[0-9a-f]{32}))?", re.ASCII)
_SHOW = re.compile(r"what:show")


class Message(NamedTuple):
    """One message."""

    content: str
    view: discord.ui.View


@dataclass(frozen=True, slots=True)
class LessonResult:
    """What came of a lesson: how each picture looked, and what became of those that were fit, in their order.

    ``things`` are as many as the place has now; ``leave_one_out`` is None where it could not be measured.
    """

    name: str
    looks: Sequence[PictureFeatures]
    outcomes: Sequence[Outcome]
    count: int
    things: int
    leave_one_out: LeaveOneOut | None


def taught(learnt: LessonResult, locale: str) -> str:
    """Return what is said after a lesson: what was learnt, what not and why, and how well it is known now."""
    texts = texts_for(TeachTexts, locale)
    first = texts.learnt if Outcome.NEW in learnt.outcomes else texts.learnt_nothing
    lines = [first.format(name=escaped(learnt.name), count=learnt.count), *_problems(learnt, texts, locale)]
    if learnt.things < FEWEST_THINGS:
        lines.append(texts.now_another)
    elif (measured := learnt.leave_one_out) and measured.asked:
        percent = round(100 * measured.right / measured.asked)
        lines.append(texts.recognised.format(right=measured.right, asked=measured.asked, percent=percent))
    else:
        lines.append(texts.now_more_pictures)
    below = [texts.other_days] if learnt.count < _ENOUGH else []
    return "\n".join([*lines, *map(small, [*below, texts.only_numbers])])


def _problems(learnt: LessonResult, texts: TeachTexts, locale: str) -> list[str]:
    """Return a line for each picture that was not learnt, with its number where there are several."""
    outcomes = iter(learnt.outcomes)
    problems = [look.problem or next(outcomes) for look in learnt.looks]
    sentences = [_sentence(problem, texts, locale) for problem in problems]
    if len(sentences) == 1:
        return [sentence for sentence in sentences if sentence]
    return [
        texts.of_picture.format(number=number, problem=sentence)
        for number, sentence in enumerate(sentences, 1)
        if sentence
    ]


def _sentence(problem: PhotoProblem | PictureProblem | Outcome, texts: TeachTexts, locale: str) -> str:
    match problem:
        case PhotoProblem():
            return texts_for(PhotoTexts, locale).problems[problem]
        case PictureProblem():
            return texts.unfit[problem]
        case Outcome.NEW:
            return ""
    return texts.outcomes[problem].format(most=MOST_PICTURES)


def answered(guess: Guess, names: Sequence[str], locale: str, *, on_server: bool) -> Message:
    """Return what a picture shows, for who asked alone; on a server with a button that shows it to everybody."""
    texts = texts_for(TeachTexts, locale)
    known = (texts.shows if guess.is_clear else texts.perhaps).format(name=escaped(names[guess.thing]))
    show = [ShowButton(_SHOW.pattern, emoji="👀", label=texts.show)] if on_server else []
    return Message(f"{known if guess.is_sure else texts.unsure}\n{small(texts.only_you)}", row(*show))


def picture_file(jpeg: bytes, texts: TeachTexts) -> discord.File:
    """Return the picture that was asked about, small."""
    return file(jpeg, "picture.jpg", texts.picture)


def listed(things: Sequence[Thing], hidden: Collection[str], number: int, locale: str, asker: int | None) -> Message:
    """Return a page of the list, the last one for a number too high; those ``hidden``, by their keys, without a name.

    ``asker`` is whose own can be deleted, None where all can.
    """
    texts = texts_for(TeachTexts, locale)
    if not things:
        return Message(texts.nothing, row())
    pages = -(-len(things) // _PAGE)
    number = min(number, pages - 1)
    some = things[number * _PAGE : (number + 1) * _PAGE]
    lines = [_line(index, thing, texts, is_hidden=thing.key in hidden) for index, thing in enumerate(some, 1)]
    foot = texts.page.format(page=number + 1, pages=pages, total=len(things))
    buttons = [
        _button(number, "ask", thing.key, emoji="🗑️", label=str(index), disabled=not may_delete(thing, asker))
        for index, thing in enumerate(some, 1)
    ]
    turn = [
        _button(page, emoji=emoji, disabled=not 0 <= page < pages, row=1)
        for page, emoji in ((number - 1, "◀️"), (number + 1, "▶️"))
    ]
    content = "\n".join([f"**{texts.heading}**", *lines, small(f"{texts.how} {foot}")])
    return Message(content, row(*buttons, *(turn if pages > 1 else [])))


def _line(index: int, thing: Thing, texts: TeachTexts, *, is_hidden: bool) -> str:
    teachers = ", ".join(f"<@{user}>" for user in thing.teachers[:_MOST_TEACHERS])
    more = len(thing.teachers) - _MOST_TEACHERS
    name = texts.hidden_name if is_hidden else escaped(thing.name)
    line = texts.line.format(
        number=index,
        name=name,
        count=thing.pictures,
        teachers=f"{teachers} {texts.and_more.format(count=more)}" if more > 0 else teachers,
    )
    return line if thing.usable else f"{line} · {texts.is_old}"


def may_delete(thing: Thing, asker: int | None) -> bool:
    """Return whether the asker taught any of it, or may delete all (None)."""
    return asker is None or asker in thing.teachers


def asked(thing: Thing, count: int, number: int, texts: TeachTexts, *, is_hidden: bool) -> Message:
    """Return the question whether to delete so many pictures of a thing, of which page ``number`` is about."""
    name = texts.hidden_name if is_hidden else escaped(thing.name)
    yes = _button(number, "drop", thing.key, label=texts.delete, style=discord.ButtonStyle.danger)
    return Message(texts.sure.format(name=name, count=count), row(yes, _button(number, label=texts.keep)))


def _button(page: int, act: str = "", key: str = "", **look: Any) -> "ListButton":  # noqa: ANN401 - as discord.py takes it
    return ListButton(f"teach:{page}" + (f":{act}:{key}" if act else ""), **look)


class ListButton(StatefulButton, template=re.compile(r"teach:.*", re.DOTALL)):
    """Shows a page of the list, asks whether to delete a thing, or deletes it."""

    cog_name = COG

    async def press(self, interaction: discord.Interaction[Any], cog: Any) -> None:  # noqa: ANN401 - it imports this module
        """Do what the button is for."""
        match = _LIST.fullmatch(self.custom_id)
        if match is None:
            raise UnknownButtonError
        await cog.turn(interaction, int(match["page"]), match["act"], match["key"])


class ShowButton(StatefulButton, template=_SHOW):
    """👀 under an answer that only who asked sees."""

    cog_name = COG

    async def press(self, interaction: discord.Interaction[Any], cog: Any) -> None:  # noqa: ANN401 - as above
        """Show it to everybody."""
        await cog.show(interaction)

    def refuse(self) -> None:
        """Say that nothing here sees pictures.

        Raises:
            UserFacingError: always.
        """
        raise UserFacingError(TeachTexts, "gone")
