"""What is said of an outlook and of a year: which hour, how sure, from when. Knows neither Discord nor pictures."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import numpy as np

from bot.bundle.pulse import DAY, PulseCounts, YearCounts
from bot.features.pulse.texts import PulseTexts
from bot.inference.pulse import Outlook

_QUIET = 0.5
"""Messages an hour below which nothing is called lively."""
_LOUDER, _QUIETER = 1.25, 0.8
"""Times as many messages as usual in all, from which on it is said."""

_SOME_DAYS = 3


def peak(outlook: Outlook) -> int:
    """Return the place of the liveliest hour: by it and half of those beside it, so that no single one stands out."""
    around = np.convolve(np.pad(outlook.expected, 1, mode="edge"), [0.25, 0.5, 0.25], mode="valid")
    return int(around.argmax())


def forecast(outlook: Outlook, texts: PulseTexts) -> str:
    """Return the sentence on when it gets lively, and whether more than usual."""
    place = peak(outlook)
    when = _when(outlook, place, texts)
    if outlook.expected.max() < _QUIET:
        return texts.quiet.format(when=when)
    if len(outlook.expected) > DAY:
        said = texts.lively_week.format(when=when)
    else:
        said = texts.lively_now if place == 0 else texts.lively.format(when=when)
    share = float(outlook.expected.sum()) / max(float(outlook.usual.sum()), 1e-6)
    more = texts.louder_than_usual if share >= _LOUDER else texts.quieter_than_usual if share <= _QUIETER else ""
    return " ".join(filter(None, (said, more)))


def _when(outlook: Outlook, place: int, texts: PulseTexts) -> str:
    moment = outlook.hour(place)
    hour = texts.hours[moment.hour]
    if len(outlook.expected) > DAY:
        return texts.on_weekday.format(weekday=texts.weekdays[moment.weekday()], hour=hour)
    day = texts.today if moment.date() == outlook.begin.date() else texts.tomorrow
    return day.format(hour=hour)


def about_forecast(outlook: Outlook, counts: PulseCounts, texts: PulseTexts) -> Iterator[str]:
    """Yield what the small print says: what is shown, by what means, from counts of how long ago."""
    yield texts.bars if outlook.is_usual else texts.bars_and_line
    if not counts.reach:
        yield texts.by_mean.format(weeks=counts.weeks)
    else:
        yield texts.too_old if outlook.is_usual else texts.by_network
    last = (counts.end - timedelta(hours=1)).date()
    yield texts.counted_until.format(date=full_date(last, texts), age=age(last, outlook.begin, texts))
    yield texts.counts_alone


def age(last: date, now: datetime, texts: PulseTexts) -> str:
    """Return how long ago a day was, in days up to two weeks, then in weeks, months and years."""
    days = (now.date() - last).days
    if days <= 0:
        return texts.same_day
    for unit, length, until in (
        (texts.days_ago, 1, 14),
        (texts.weeks_ago, 7, 60),
        (texts.months_ago, 30.4, 730),
        (texts.years_ago, 365, None),
    ):
        if until is None or days < until:
            number = int(days / length)
            return unit[number != 1].format(number=number)
    raise AssertionError  # the last of them has no end


def review(counts: YearCounts, texts: PulseTexts) -> Iterator[str]:
    """Yield the lines on a year."""
    yield texts.review.format(year=counts.first.year)
    first, last = (day_of_year(day, texts) for day in (counts.first, counts.last))
    yield texts.review_messages.format(messages=f"{counts.messages:,}", first=first, last=last)
    whole = _whole_months(counts)
    if len(whole) > 1:
        loud, quiet = (choose(whole, key=lambda month: counts.months[month]) for choose in (max, min))
        months = {"loud": texts.months[loud], "quiet": texts.months[quiet]}
        yield texts.review_months.format(**months, count=f"{counts.months[loud]:,}")
    busiest = day_of_year(counts.busiest_day, texts)
    yield texts.review_day.format(date=busiest, count=f"{counts.busiest_day_count:,}")
    yield texts.review_hours.format(
        weekday=texts.weekdays[counts.busiest_weekday],
        loud=texts.hours[counts.busiest_hour],
        quiet=texts.hours[counts.quietest_hour],
    )
    if counts.silent_days:
        yield texts.review_silent.format(days=counts.silent_days)


def _whole_months(counts: YearCounts) -> range:
    """Return the months, January as 0, that the counts have from beginning to end, or but for some days."""
    begins, ends = counts.first.day <= _SOME_DAYS, (counts.last + timedelta(days=_SOME_DAYS)).month != counts.last.month
    return range(counts.first.month - begins, counts.last.month - (not ends))


def day_of_year(day: date, texts: PulseTexts) -> str:
    """Return a day with its weekday, without its year."""
    return texts.date.format(month=texts.months[day.month - 1], day=day.day, weekday=texts.weekdays[day.weekday()])


def full_date(day: date, texts: PulseTexts) -> str:
    """Return a day with its year."""
    return texts.full_date.format(year=day.year, month=texts.months[day.month - 1], day=day.day)
