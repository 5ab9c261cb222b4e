"""The composer: what a wish, a digest and a notice say, in the server's language.

A wish is the group's own template, or an opening that the speaker goes on from; the same one finds the same words
however often it is tried. Knows Discord's markdown and mentions, and no messages.
"""

import logging
import re
import zlib
from collections.abc import Awaitable, Callable, Iterable
from functools import partial

from bot import photos
from bot.features.birthday.delivery.messenger import Digest, Notice, Reminder, Wish
from bot.features.birthday.model import Celebrated
from bot.features.birthday.text import formatting
from bot.features.birthday.text.formatting import Names, mention, shown_name
from bot.features.birthday.text.particles import called
from bot.features.birthday.text.template import Template, TemplateValues, template_for
from bot.features.birthday.texts import BirthdayTexts
from bot.groups.group import Group, Groups, Place
from bot.i18n import CoreTexts, UserFacingError, texts_for
from bot.inference.artist import Artist
from bot.inference.worker import Busy, Slow, Workers
from bot.logs import outline
from bot.markdown import LIMIT, cut, escaped, small, unescaped
from bot.store.errors import StoreBusy

_log = logging.getLogger(__name__)

_PIECES = 8
_TEMPERATURE = 0.5
_TEMPLATE_ROOM = 1500
_NOTICE_ROOM = 600
_SONG_ROOM = 600
_SUNG_FOR = 2
"""People whom a song names: a refrain is short."""
_SONGS = 10
"""Songs that are written at most until one congratulates nobody else: a room's birthday lines name many people."""
_CONGRATULATION = "생일 축하해"
_BIRTHDAY = ("생일", "축하")
_BIRTHDAY_OR_CALL = re.compile(rf"{'|'.join(_BIRTHDAY)}|[가-힣][아야](?![가-힣])")
_SILENT = " 🎉"
_BETWEEN = ", "

Sing = Callable[[Place, str, int], Awaitable[str | None]]
"""Takes where a song is to be heard, how its refrain begins and a seed; returns it as markdown, or None."""
Continue = Callable[[str], str]
"""Takes the words so far and returns them with more, in the group's voice."""


class Composer:
    """Composes with the models of a server's group."""

    def __init__(
        self,
        groups: Groups,
        workers: Workers,
        refused: Callable[[int], Awaitable[frozenset[str]]],
        sing: Sing,
    ) -> None:
        """Take the groups, the workers that run their models, and the provider of what a server does not want said.

        ``refused`` takes the server's id and returns whole lines.
        """
        self._groups = groups
        self._workers = workers
        self._refused = refused
        self._sing = sing

    async def wish(self, message: Wish, names: Names, server: str) -> str:
        """Return the whole text of a wish, mentions included, within Discord's limit."""
        texts = texts_for(BirthdayTexts, message.settings.language)
        below = [small(texts.late.format(days=message.days_late))] if message.days_late else []
        song = await self._song(message, names)
        if message.settings.templates:
            body = from_template(message, names, server, texts)
            below += [small(texts_for(CoreTexts, message.settings.language).by_a_model) for _ in song]
        else:
            group, language = await self._group(message), message.settings.language
            spoken, picked = await self._spoken(message, names, group)
            body, by_a_model = escaped(spoken), texts_for(CoreTexts, language).by_a_model
            below.append(small(group.note(language, picked=picked) if group else by_a_model))
        mentions = mention(message.people)
        head = [] if mentions in body else [f"🎂 {mentions}"]
        end = "".join(f"\n{line}" for line in (*song, *below))
        return "\n".join([*head, body])[: LIMIT - len(end)] + end

    async def face(self, message: Wish) -> bytes | None:
        """Return a smiling face of nobody as a PNG, the same however often it is asked for; None if there is none."""
        try:
            group = await self._group(message)
            if group is None or (artist := group.models.artist) is None:
                return None
            return await self._workers.pictures.run(partial(_smile, artist, seed_of(message.people)), deferred=True)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with the face, the wish goes out
            _log.warning("The wish goes out without a face: %s", outline(error))
            return None

    async def _song(self, message: Wish, names: Names) -> list[str]:
        """Return a song and the blank line before it, the same however often it is asked for; nothing without one."""
        if not message.settings.songs:
            return []
        start = opening(*(shown_name(celebrated, names) for celebrated in message.people[:_SUNG_FOR]))
        place, seed = Place(message.settings.guild_id), seed_of(message.people)
        try:
            for number in range(_SONGS):
                song = await self._sing(place, start, seed + number)
                if not song:
                    break
                if len(song) <= _SONG_ROOM and not _congratulates_others(song, start):
                    return ["", song]
        except Exception as error:  # noqa: BLE001 - whatever is wrong with the song, the wish goes out
            _log.warning("The wish goes out without a song: %s", outline(error))
        return []

    async def _group(self, message: Wish) -> Group | None:
        """Return whose voice and faces are the server's; a wish waits for nobody's."""
        try:
            return await self._groups.at(Place(message.settings.guild_id), deferred=True)
        except (Busy, Slow, UserFacingError) as reason:
            _log.warning("A wish goes out without a voice: %s", outline(reason))
            return None

    async def _spoken(self, message: Wish, names: Names, group: Group | None) -> tuple[str, bool]:
        """Return what is said, and whether several people of the room say all of it."""
        start = opening(*(shown_name(celebrated, names) for celebrated in message.people))
        seed = seed_of(message.people)
        if group is None:
            return continued(start, _nothing_more), False
        try:
            refused = await self._refused(message.settings.guild_id)
            job = group.models.speaker.saying(start, _PIECES, _TEMPERATURE, seed, refused=refused)
            said = await self._workers.words.run(job)
            return continued(start, lambda _: said.text), said.everybodys
        except (Busy, Slow, StoreBusy):
            # A wish does not wait for a queue of /say, and says nothing of its own that may have been refused.
            return continued(start, _nothing_more), False
        except Exception:  # noqa: BLE001 - whatever is wrong with the voice, the wish goes out
            _log.exception("The voice failed; the wish goes out without it.")
            return continued(start, _nothing_more), False


def _smile(artist: Artist, seed: int) -> bytes | None:
    face = artist.smiling(seed)
    return None if face is None else photos.png(photos.enlarged(face))


def from_template(message: Wish, names: Names, server: str, texts: BirthdayTexts) -> str:
    """Return what the template whose turn it is becomes."""
    first = message.people[0]
    text = template_for(message.settings.templates, first.occurrence, first.record.user_id)
    return Template(text).filled(TemplateValues.of(message, names, server, texts))[:_TEMPLATE_ROOM]


def opening(*names: str) -> str:
    """Return ``윤혜야 생일 축하해``; several who share the day are named together: ``윤혜야, 다빈아 생일 축하해``."""
    people = _BETWEEN.join(called(name) for name in map(_one_line, names) if name)
    return f"{people} {_CONGRATULATION}".strip()


def _congratulates_others(song: str, start: str) -> bool:
    """Say whether a line of a song is of a birthday, and calls or congratulates whom its ``start`` does not."""
    others = (
        line.replace(start, " ")
        for line in map(unescaped, song.splitlines())
        if any(word in line for word in _BIRTHDAY)
    )
    return any(_BIRTHDAY_OR_CALL.search(other) for other in others)


def continued(start: str, speak: Continue) -> str:
    """Return ``start`` and what ``speak`` adds to it on the same line; never less than ``start`` and a 🎉."""
    return start + (_added(start, speak(start)) or _SILENT)


def digest(message: Digest, names: Names) -> str:
    """Return the whole text of a digest; it calls nobody."""
    texts = texts_for(BirthdayTexts, message.settings.language)
    rhythm = message.settings.digest.value
    lines = [f"**{texts.digest[rhythm]}**" if rhythm in texts.digest else ""]
    for celebrated in message.people:
        parts = [escaped(shown_name(celebrated, names)), formatting.age(celebrated, message.settings.ages, texts)]
        lines.append(f"{formatting.day(celebrated.occurrence.date, texts)} " + " · ".join(filter(None, parts)))
    return within_limit(lines)


def reminder(message: Reminder, names: Names, server: str) -> str:
    """Return the whole text of a reminder, in the language of who reads it; it calls nobody."""
    texts = texts_for(BirthdayTexts, message.language)
    sentence = texts.reminder_tomorrow if message.days == 1 else texts.reminder
    line = sentence.format(
        days=message.days,
        date=formatting.day(message.celebrated.occurrence.date, texts),
        name=escaped(shown_name(message.celebrated, names)),
    )
    return "\n".join([f"🎂 {line}", small(texts.reminder_from.format(server=escaped(server)))])


def within_limit(lines: list[str]) -> str:
    """Return as many of the lines as fit into one message, and an ellipsis where some are left out."""
    text = ""
    for line in filter(None, lines):
        if len(text) + len(line) + 3 > LIMIT:
            return f"{text}…"
        text += f"{line}\n"
    return text.rstrip("\n")


def notice_text(notice: Notice, server: str) -> str:
    """Return the whole text of ``notice``."""
    texts = texts_for(BirthdayTexts, notice.settings.language)
    text = texts.notices[notice.about.value].format(
        server=escaped(server),
        names=_names_and_days(notice.people) or "–",
        reason=texts.refusals[notice.reason.value] if notice.reason else "",
    )
    unsure = _names_and_days(celebrated for celebrated in notice.people if celebrated.record.user_id in notice.unsure)
    return f"{text} {texts.notice_unsure.format(names=unsure)}"[:LIMIT] if unsure else text[:LIMIT]


def seed_of(people: tuple[Celebrated, ...]) -> int:
    """Return the seed of a wish: the same for the same people on the same occasion, in every process."""
    key = ",".join(
        f"{celebrated.record.guild_id}:{celebrated.record.user_id}:{celebrated.occurrence.key}" for celebrated in people
    )
    return zlib.crc32(key.encode())


def _nothing_more(start: str) -> str:
    return start


def _added(start: str, continuation: str) -> str:
    """Return what was added, with a leading space if it begins a word; the speaker may have respaced the start."""
    rest = _without(start, continuation)
    text = _one_line(rest)
    return f" {text}" if text and rest[:1].isspace() else text


def _without(start: str, continuation: str) -> str:
    position = 0
    for char in "".join(start.split()):
        while position < len(continuation) and continuation[position].isspace():
            position += 1
        if continuation[position : position + 1] != char:
            return f" {continuation}"
        position += 1
    return continuation[position:]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _names_and_days(people: Iterable[Celebrated]) -> str:
    names = ", ".join(f"{celebrated.record.name} ({celebrated.occurrence.date:%m-%d})" for celebrated in people)
    return escaped(cut(names, _NOTICE_ROOM)) if names else ""
