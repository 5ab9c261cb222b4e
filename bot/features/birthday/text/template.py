"""Templates, a group's own wishes: text with placeholders, checked when it is saved. Knows no database.

``{이름}`` or ``{name}`` and so on; ``{이름:은/는}`` adds the particle that fits what stands there; ``{{`` and ``}}``
are braces. What is not known is left out, and its particle with it. A part in square brackets with ``{나이}`` in it,
``[오늘로 {나이} 됐네]``, is left out whole where no age is known; other brackets are themselves.
"""

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Self, TypeVar

from bot.features.birthday.calendar.rules import Occurrence
from bot.features.birthday.delivery.messenger import Wish
from bot.features.birthday.errors import BirthdayError, Reason
from bot.features.birthday.text import formatting
from bot.features.birthday.text.formatting import Names, mention, shown_name
from bot.features.birthday.text.particles import CALL, ParticleError, called, particle
from bot.features.birthday.texts import BirthdayTexts
from bot.i18n import LANGUAGES, texts_for
from bot.markdown import LIMIT, escaped

LONGEST = 1000
"""Characters in a template."""
_BETWEEN = ", "

T = TypeVar("T")


class TemplateError(BirthdayError):
    """A template that cannot be used."""


@dataclass(frozen=True, slots=True)
class TemplateValues:
    """What the placeholders stand for; an empty text is nothing known. ``age`` and ``date`` are whole words: 27살.

    A placeholder is a field here, its value in :meth:`of`, and its spelling in every language's ``placeholders``.
    """

    name: tuple[str, ...]
    """Of everyone whose day it is."""
    mention: str = ""
    age: str = ""
    date: str = ""
    server: str = ""

    @classmethod
    def of(cls, message: Wish, names: Names, server: str, texts: BirthdayTexts) -> Self:
        """Return what they stand for in a wish, in the group's language."""
        people, first = message.people, message.people[0]
        is_alone = len(people) == 1
        return cls(
            name=tuple(escaped(shown_name(celebrated, names)) for celebrated in people),
            mention=mention(people),
            age=formatting.age(first, message.settings.ages, texts) if is_alone else "",
            date=formatting.rule(first.record.birthday.rule, texts)
            if is_alone
            else formatting.month_and_day(first.occurrence.date, texts),
            server=escaped(server),
        )


@cache
def spellings() -> Mapping[str, str]:
    """Return the field of each placeholder, by how it is spelt in any language."""
    of_languages = (texts_for(BirthdayTexts, language).placeholders for language in LANGUAGES)
    return {spelling: field for placeholders in of_languages for field, spelling in placeholders.items()}


_OPTIONAL = re.compile(r"\[(?P<part>[^\[\]]*)\]")
_PARTS = re.compile(r"\{\{|\}\}|\{(?P<inside>[^{}]*)\}|(?P<open>\{)")


@dataclass(frozen=True, slots=True)
class Template:
    """A checked text."""

    text: str

    @classmethod
    def checked(cls, text: str) -> Self:
        """Return the template, without blanks around it.

        Raises:
            TemplateError: it is empty or too long, or a placeholder is unknown, unclosed or has no such particle.
        """
        text = text.strip()
        if not text:
            raise TemplateError(Reason.TEMPLATE_EMPTY)
        if len(text) > LONGEST:
            raise TemplateError(Reason.TEMPLATE_TOO_LONG, length=len(text), limit=LONGEST)
        for part in _PARTS.finditer(text):
            _check(part, text)
        _check_brackets(text)
        return cls(text)

    @property
    def tells_age(self) -> bool:
        """Whether it says something else for whoever gave no year."""
        return _names_age(self.text)

    def filled(self, values: TemplateValues) -> str:
        """Return the message for ``values``, at most 2,000 characters."""
        text = _OPTIONAL.sub(lambda part: _optional(part, values), self.text)
        message = _PARTS.sub(lambda part: _replacement(part, values), text)
        # What was left out may leave two blanks where one was meant.
        message = re.sub(r"(?<=\S) {2,}", " ", message).strip()
        return message if len(message) <= LIMIT else message[: LIMIT - 1] + "…"


def previews(text: str, values: TemplateValues, *samples: str) -> tuple[str, ...]:
    """Return what ``text`` becomes for ``values``, and for each sample name in its place, to show particles.

    Raises:
        TemplateError: as :meth:`Template.checked`.
    """
    template = Template.checked(text)
    others = (replace(values, name=(name,), mention=name) for name in samples)
    return tuple(template.filled(filling) for filling in (values, *others))


def template_for(templates: Sequence[T], occurrence: Occurrence, whose: int) -> T:
    """Return the one whose turn it is: each year the next one for a person, and not the same for all of them.

    Raises:
        ValueError: there are none.
    """
    if not templates:
        raise ValueError("no template to take turns with")
    # User ids share their low bits; a checksum spreads them and, unlike hash(), is the same in every process.
    return templates[(occurrence.year + zlib.crc32(str(whose).encode())) % len(templates)]


def _check(part: re.Match[str], text: str) -> None:
    if part["open"]:
        raise TemplateError(Reason.UNCLOSED_PLACEHOLDER, text=text[part.start() : part.start() + 20])
    if part["inside"] is None:
        return
    name, pair = _name_and_pair(part["inside"])
    if name not in spellings():
        raise TemplateError(Reason.UNKNOWN_PLACEHOLDER, placeholder=part["inside"])
    try:
        _particle("", pair)
    except ParticleError as error:
        raise TemplateError(error.reason, **error.values) from None


def _check_brackets(text: str) -> None:
    """Refuse a bracket without its pair where an age is told: what is optional must be plain to see."""
    lone = re.search(r"[\[\]]", _OPTIONAL.sub(lambda part: " " * len(part[0]), text))
    if lone and _names_age(text):
        raise TemplateError(Reason.UNCLOSED_PART, text=text[lone.start() : lone.start() + 20])


def _names_age(text: str) -> bool:
    inside = (part["inside"] for part in _PARTS.finditer(text) if part["inside"] is not None)
    return any(spellings().get(_name_and_pair(placeholder)[0]) == "age" for placeholder in inside)


def _optional(part: re.Match[str], values: TemplateValues) -> str:
    if not _names_age(part["part"]):
        return part[0]
    return part["part"] if values.age else ""


def _replacement(part: re.Match[str], values: TemplateValues) -> str:
    if part["inside"] is None:
        return part[0][0]
    name, pair = _name_and_pair(part["inside"])
    field = spellings()[name]
    return _names(values.name, pair) if field == "name" else _word(field, values, pair)


def _names(names: tuple[str, ...], pair: str) -> str:
    if pair in (CALL, "야/아"):
        return _BETWEEN.join(map(called, names))
    return _with_particle(_BETWEEN.join(names), pair)


def _word(field: str, values: TemplateValues, pair: str) -> str:
    value: str = getattr(values, field)
    # A mention is shown as the name of whom it means.
    reading = values.name[-1] if field == "mention" and values.name else value
    return value + _particle(reading, pair) if value else ""


def _with_particle(text: str, pair: str) -> str:
    return text + _particle(text, pair) if text else ""


def _particle(reading: str, pair: str) -> str:
    return particle(reading, pair) if pair else ""


def _name_and_pair(inside: str) -> tuple[str, str]:
    name, _, pair = inside.partition(":")
    return name.strip().lower(), pair.strip()
