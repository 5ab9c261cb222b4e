"""Lists of the coming birthdays: a page, and the plan of a year. Pure but for Discord's markdown."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from bot.features.birthday.calendar.rules import Lunar, last_known
from bot.features.birthday.model import BirthdayRecord, Celebrated, GuildSettings
from bot.features.birthday.text import formatting
from bot.features.birthday.texts import BirthdayTexts
from bot.features.birthday.upcoming import AHEAD, upcoming
from bot.markdown import small

_ON_A_PAGE = 10
_YEAR = timedelta(days=364)


def coming(records: Iterable[BirthdayRecord], today: date) -> tuple[Celebrated, ...]:
    """Return everyone's next birthday from ``today`` on, the nearest first; who has none in the tables is left out."""
    first: dict[int, Celebrated] = {}
    for celebrated in upcoming(records, today, today + AHEAD):
        first.setdefault(celebrated.record.user_id, celebrated)
    return tuple(first.values())


def pages(count: int) -> int:
    """Return on how many pages ``count`` birthdays stand."""
    return -(-count // _ON_A_PAGE)


def page(people: Sequence[Celebrated], number: int, settings: GuildSettings, today: date, texts: BirthdayTexts) -> str:
    """Return one page, from 0 on."""
    some = people[number * _ON_A_PAGE : (number + 1) * _ON_A_PAGE]
    foot = texts.page.format(page=number + 1, pages=pages(len(people)), total=len(people))
    return "\n".join(
        [f"**{texts.coming}**", *(_line(celebrated, settings, today, texts) for celebrated in some), small(foot)]
    )


def plan(records: Sequence[BirthdayRecord], today: date, texts: BirthdayTexts) -> list[str]:
    """Return a heading and a line a date for the 12 months from ``today`` on, each with the rule that made it.

    No markdown: it may become a file.
    """
    last = today + _YEAR
    lines = [texts.plan.format(first=formatting.day(today, texts), last=formatting.day(last, texts))]
    lines += [_planned(celebrated, texts) for celebrated in upcoming(records, today, last)] or [texts.plan_none]
    if last > last_known() and any(isinstance(record.birthday.rule, Lunar) for record in records):
        lines.append(end_of_tables(texts))
    return lines


def end_of_tables(texts: BirthdayTexts) -> str:
    """Return that lunar birthdays are not known for ever."""
    return texts.plan_end.format(last=formatting.day(last_known(), texts))


def _line(celebrated: Celebrated, settings: GuildSettings, today: date, texts: BirthdayTexts) -> str:
    rule, when = celebrated.record.birthday.rule, celebrated.occurrence.date
    parts = [
        f"<@{celebrated.record.user_id}>",
        formatting.rule(rule, texts) if isinstance(rule, Lunar) or celebrated.occurrence.notes else "",
        formatting.age(celebrated, settings.ages, texts),
    ]
    day = texts.today if when == today else formatting.day(when, texts)
    return f"**{day}** " + " · ".join(filter(None, parts))


def _planned(celebrated: Celebrated, texts: BirthdayTexts) -> str:
    notes = formatting.notes(celebrated.occurrence, texts)
    return texts.plan_line.format(
        date=formatting.day(celebrated.occurrence.date, texts),
        name=celebrated.record.name,
        rule=formatting.rule(celebrated.record.birthday.rule, texts),
        note=f" ({notes})" if notes else "",
    )
