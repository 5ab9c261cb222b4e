"""A group's own wish: text with placeholders, checked when it is saved. Pure: knows no Discord but its message limit.

``{이름}`` or ``{name}`` and so on; ``{이름:은/는}`` adds the particle that fits what stands there; ``{{`` and ``}}``
are braces. Whoever fills it says what each placeholder becomes, in the group's language; what is not known is left
out, and its particle with it. A part in square brackets with ``{나이}`` in it, ``[오늘로 {나이} 됐네]``, is left out
whole where no age is known; other brackets are themselves.
"""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self, TypeVar

from bot.features.birthday.calendar.rules import Occurrence
from bot.features.birthday.errors import BirthdayError, Reason
from bot.features.birthday.text.particles import CALL, ParticleError, called, particle

LONGEST = 1000
"""Characters in a template."""
LONGEST_MESSAGE = 2000
_BETWEEN = ", "

T = TypeVar("T")


class TemplateError(BirthdayError):
    """A template that cannot be used."""


@dataclass(frozen=True, slots=True)
class TemplateValues:
    """What the placeholders stand for; an empty text is nothing known. ``age`` and ``date`` are whole words: 27살."""

    names: tuple[str, ...]
    mention: str = ""
    age: str = ""
    date: str = ""
    server: str = ""


PLACEHOLDERS = {"이름": "name", "멘션": "mention", "나이": "age", "날짜": "date", "서버": "server"}
"""Each placeholder in Korean and in English."""
_ENGLISH = {**PLACEHOLDERS, **{english: english for english in PLACEHOLDERS.values()}}

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

    def filled(self, filling: TemplateValues) -> str:
        """Return the message for ``filling``, at most 2,000 characters."""
        text = _OPTIONAL.sub(lambda part: _optional(part, filling), self.text)
        message = _PARTS.sub(lambda part: _replacement(part, filling), text)
        # What was left out may leave two blanks where one was meant.
        message = re.sub(r"(?<=\S) {2,}", " ", message).strip()
        return message if len(message) <= LONGEST_MESSAGE else message[: LONGEST_MESSAGE - 1] + "…"


def previews(text: str, filling: TemplateValues, *samples: str) -> tuple[str, ...]:
    """Return what ``text`` becomes for ``filling``, and for each sample name in its place, to show particles.

    Raises:
        TemplateError: as :meth:`Template.checked`.
    """
    template = Template.checked(text)
    others = (TemplateValues((name,), name, filling.age, filling.date, filling.server) for name in samples)
    return tuple(template.filled(each) for each in (filling, *others))


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
    if name not in _ENGLISH:
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
    return any(_ENGLISH.get(_name_and_pair(each)[0]) == "age" for each in inside)


def _optional(part: re.Match[str], filling: TemplateValues) -> str:
    if not _names_age(part["part"]):
        return part[0]
    return part["part"] if filling.age else ""


def _replacement(part: re.Match[str], filling: TemplateValues) -> str:
    if part["inside"] is None:
        return part[0][0]
    name, pair = _name_and_pair(part["inside"])
    field = _ENGLISH[name]
    return _names(filling.names, pair) if field == "name" else _word(field, filling, pair)


def _names(names: tuple[str, ...], pair: str) -> str:
    if pair in (CALL, "야/아"):
        return _BETWEEN.join(map(called, names))
    return _with_particle(_BETWEEN.join(names), pair)


def _word(field: str, filling: TemplateValues, pair: str) -> str:
    value: str = getattr(filling, field)
    # A mention is shown as the name of whom it means.
    read = filling.names[-1] if field == "mention" and filling.names else value
    return value + _particle(read, pair) if value else ""


def _with_particle(text: str, pair: str) -> str:
    return text + _particle(text, pair) if text else ""


def _particle(read: str, pair: str) -> str:
    return particle(read, pair) if pair else ""


def _name_and_pair(inside: str) -> tuple[str, str]:
    name, _, pair = inside.partition(":")
    return name.strip().lower(), pair.strip()
