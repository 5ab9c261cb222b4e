"""What a wish and a digest say: the group's own template, or an opening that the speaker goes on from.

Knows Discord's markdown and mentions, and no messages. The same wish finds the same words however often it is tried.
"""

import logging
import zlib
from collections.abc import Callable, Mapping
from functools import partial

from bot import photos
from bot.features.birthday.delivery.messenger import Digest, Wish
from bot.features.birthday.model import Celebrated, GuildSettings
from bot.features.birthday.text import formatting
from bot.features.birthday.text.template import Template, TemplateValues, template_for
from bot.features.birthday.text.wish import opening, wish
from bot.features.birthday.texts import BirthdayTexts
from bot.i18n import CoreTexts, texts_for
from bot.inference.artist import Artist
from bot.inference.models import LoadedModels
from bot.inference.worker import Busy, Slow, Workers
from bot.logs import outline
from bot.markdown import LIMIT, cut, plain, small

_log = logging.getLogger(__name__)

_PIECES = 8
_TEMPERATURE = 0.5
_TEMPLATE_ROOM = 1500
_LONGEST_NAME = 40

Names = Mapping[int, str]
"""What people are called on the server at this moment, by user id; who is missing is called by the kept name."""


class Composer:
    """Finds the words."""

    def __init__(self, voice: Callable[[], LoadedModels], workers: Workers) -> None:
        """Take where to find the voice of the moment, and the door to it."""
        self._voice = voice
        self._workers = workers

    async def wish(self, message: Wish, names: Names, server: str) -> str:
        """Return the whole text of a wish, mentions included, within Discord's limit."""
        texts = texts_for(BirthdayTexts, message.settings.language)
        below = [small(texts.late.format(days=message.days_late))] if message.days_late else []
        if message.settings.templates:
            body = from_template(message, names, server, texts)
        else:
            body = plain(await self._spoken(message, names))
            below.append(small(texts_for(CoreTexts, message.settings.language).by_a_model))
        mentions = mention(message.people)
        head = [] if mentions in body else [f"🎂 {mentions}"]
        end = "".join(f"\n{line}" for line in below)
        return "\n".join([*head, body])[: LIMIT - len(end)] + end

    async def face(self, message: Wish) -> bytes | None:
        """Return a smiling face of nobody as a PNG, the same however often it is asked for; None if there is none."""
        artist = self._voice().artist
        if artist is None:
            return None
        try:
            return await self._workers.pictures.run(partial(_smile, artist, seed_of(message.people)), deferred=True)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with the face, the wish goes out
            _log.warning("The wish goes out without a face: %s", outline(error))
            return None

    async def _spoken(self, message: Wish, names: Names) -> str:
        start = opening(*(called(each, names) for each in message.people))
        seed = seed_of(message.people)
        try:
            return await self._workers.words.run(lambda: wish(start, partial(self._continued, seed)))
        except (Busy, Slow):
            # A wish does not wait for a queue of /say.
            return wish(start, _nothing_more)
        except Exception:  # noqa: BLE001 - whatever is wrong with the voice, the wish goes out
            _log.exception("The voice failed; the wish goes out without it.")
            return wish(start, _nothing_more)

    def _continued(self, seed: int, start: str) -> str:
        return self._voice().speaker.say(start, _PIECES, _TEMPERATURE, seed).text


def _smile(artist: Artist, seed: int) -> bytes | None:
    face = artist.smiling(seed)
    return None if face is None else photos.png(photos.enlarged(face))


def from_template(message: Wish, names: Names, server: str, texts: BirthdayTexts) -> str:
    """Return what the template whose turn it is becomes."""
    first = message.people[0]
    text = template_for(message.settings.templates, first.occurrence, first.record.user_id)
    filling = TemplateValues(
        tuple(plain(called(each, names)) for each in message.people),
        mention(message.people),
        _one_age(message.people, message.settings, texts),
        formatting.rule(first.record.birthday.rule, texts)
        if len(message.people) == 1
        else texts.date.format(month=texts.months[first.occurrence.date.month - 1], day=first.occurrence.date.day),
        plain(server),
    )
    return Template(text).filled(filling)[:_TEMPLATE_ROOM]


def digest(message: Digest, names: Names) -> str:
    """Return the whole text of a digest; it calls nobody."""
    texts = texts_for(BirthdayTexts, message.settings.language)
    lines = [
        f"**{texts.digest[message.settings.digest.value]}**" if message.settings.digest.value in texts.digest else ""
    ]
    for each in message.people:
        parts = [plain(called(each, names)), formatting.age(each, message.settings.ages, texts)]
        lines.append(f"{formatting.day(each.occurrence.date, texts)} " + " · ".join(filter(None, parts)))
    return within_limit(lines)


def within_limit(lines: list[str]) -> str:
    """Return as many of the lines as fit into one message, and an ellipsis where some are left out."""
    text = ""
    for line in filter(None, lines):
        if len(text) + len(line) + 3 > LIMIT:
            return f"{text}…"
        text += f"{line}\n"
    return text.rstrip("\n")


def mention(people: tuple[Celebrated, ...]) -> str:
    """Return the marks that call these people."""
    return " ".join(f"<@{each.record.user_id}>" for each in people)


def called(each: Celebrated, names: Names) -> str:
    """Return what someone is called, on one line and not endlessly."""
    return cut(" ".join(names.get(each.record.user_id, each.record.name).split()), _LONGEST_NAME)


def seed_of(people: tuple[Celebrated, ...]) -> int:
    """Return the seed of a wish: the same for the same people on the same occasion, in every process."""
    who = ",".join(f"{each.record.guild_id}:{each.record.user_id}:{each.occurrence.key}" for each in people)
    return zlib.crc32(who.encode())


def _nothing_more(start: str) -> str:
    return start


def _one_age(people: tuple[Celebrated, ...], settings: GuildSettings, texts: BirthdayTexts) -> str:
    return formatting.age(people[0], settings.ages, texts) if len(people) == 1 else ""
