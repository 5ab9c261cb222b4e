"""Formatting of dates, rules, ages, names and refusals in a member's language.

Pure: knows no Discord but its markdown and mentions, and no database.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import cast

from bot.features.birthday.calendar.ages import AgeStyle, age_at
from bot.features.birthday.calendar.rules import Birthday, Occurrence, Rule, Solar
from bot.features.birthday.calendar.zones import place_of
from bot.features.birthday.errors import BirthdayError, Reason, Value
from bot.features.birthday.model import Celebrated
from bot.features.birthday.text.particles import particle
from bot.features.birthday.texts import BirthdayTexts
from bot.i18n import UserFacingError
from bot.markdown import cut, escaped

_LONGEST_VALUE = 100
_LONGEST_NAME = 40

Names = Mapping[int, str]
"""What people are called on the server at this moment, by user id; who is missing is called by the stored name."""


def day(day: date, texts: BirthdayTexts) -> str:
    """Return ``2027년 3월 5일(금)``."""
    return texts.full_date.format(
        year=day.year, month=texts.months[day.month - 1], day=day.day, weekday=texts.weekdays[day.weekday()]
    )


def month_and_day(day: date, texts: BirthdayTexts) -> str:
    """Return ``3월 5일``."""
    return texts.date.format(month=texts.months[day.month - 1], day=day.day)


def rule(rule: Rule, texts: BirthdayTexts) -> str:
    """Return ``3월 5일`` or ``음력 윤5월 3일``."""
    if isinstance(rule, Solar):
        return texts.date.format(month=texts.months[rule.month - 1], day=rule.day)
    return (texts.lunar_leap if rule.leap else texts.lunar).format(month=rule.month, day=rule.day)


def birthday(birthday: Birthday, texts: BirthdayTexts, *, to_all: bool = True) -> str:
    """Return the rule, with the year where it is known and, ``to_all``, not hidden."""
    words = rule(birthday.rule, texts)
    if birthday.year is None or (to_all and birthday.hidden):
        return words
    return texts.with_year.format(rule=words, year=birthday.year)


def notes(occurrence: Occurrence, texts: BirthdayTexts) -> str:
    """Return why the day is not the very one of its rule; nothing where it is."""
    return ", ".join(texts.notes[note.value] for note in occurrence.notes)


def age(celebrated: Celebrated, style: AgeStyle, texts: BirthdayTexts) -> str:
    """Return ``27살``; nothing where no age is to be told."""
    birthday = celebrated.record.birthday
    age = age_at(celebrated.occurrence, birthday.rule, birthday.year, style, hidden=birthday.hidden)
    return "" if age is None else texts.age.format(age=age)


def shown_name(celebrated: Celebrated, names: Names) -> str:
    """Return what someone is called, on one line and not endlessly."""
    return cut_name(names.get(celebrated.record.user_id, celebrated.record.name))


def cut_name(name: str) -> str:
    """Return a name on one line and not endlessly."""
    return cut(" ".join(name.split()), _LONGEST_NAME)


def mention(people: Iterable[Celebrated]) -> str:
    """Return the marks that call these people."""
    return " ".join(f"<@{celebrated.record.user_id}>" for celebrated in people)


def zone(name: str, texts: BirthdayTexts) -> str:
    """Return ``서울`` for ``Asia/Seoul``."""
    place = place_of(name)
    return texts.zone.format(korean=place.korean, english=place.english)


def moment(when: datetime, style: str) -> str:
    """Return ``when`` as a mark that Discord shows in each reader's own time; ``R`` is "in 3 days"."""
    return f"<t:{int(when.timestamp())}:{style}>"


def reason(reason: Reason, values: Mapping[str, Value], texts: BirthdayTexts) -> str:
    """Return the sentence for a refusal, in which what a member typed does nothing."""
    words = {name: day(value, texts) if isinstance(value, date) else _word(value) for name, value in values.items()}
    cities = ", ".join(escaped(zone(key, texts)) for key in str(values.get("zones", "")).split())
    placeholders = ", ".join(f"{{{spelling}}}" for spelling in texts.placeholders.values())
    return texts.reasons[reason.value].format(**words, cities=cities, placeholders=placeholders)


class RefusalError(UserFacingError):
    """A :class:`BirthdayError` as the member is told it."""

    def __init__(self, error: BirthdayError) -> None:
        super().__init__(BirthdayTexts, "reasons", error.reason.value, **error.values)
        self._error = error

    def worded(self, texts: object) -> str:
        """Return the sentence in the words of one language; what a member typed does nothing in it."""
        return reason(self._error.reason, self._error.values, cast(BirthdayTexts, texts))


class _Typed(str):
    """What somebody typed, harmless; in a sentence that asks for a pair of particles, quoted and with the right one."""

    __slots__ = ()

    def __format__(self, pair: str) -> str:
        return f"‘{self!s}’{particle(str(self), pair)}" if pair else str(self)


def _word(value: int | str) -> str:
    # A year or an id wants no thousands separators; a limit reads well without.
    return str(value) if isinstance(value, int) else _Typed(escaped(cut(" ".join(value.split()), _LONGEST_VALUE)))
