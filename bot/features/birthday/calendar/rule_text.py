"""Rules as text, stored and compared, ``solar-03-05``, ``lunar-05-03-leap``; and every rule there is."""

from functools import cache

from bot.features.birthday.calendar import lunar
from bot.features.birthday.calendar.rules import LeapDay, Lunar, Rule, Solar
from bot.features.birthday.errors import RuleError

_LEAP = "leap"


def text_of(rule: Rule) -> str:
    """Return the text of ``rule``; equal rules have equal texts."""
    day = f"{rule.month:02}-{rule.day:02}"
    if isinstance(rule, Lunar):
        return f"lunar-{day}-{_LEAP}" if rule.leap else f"lunar-{day}"
    return f"solar-{day}-{rule.leap_day}" if rule.on_leap_day else f"solar-{day}"


def rule_of(text: str) -> Rule:
    """Return the rule whose text this is.

    Raises:
        ValueError: it is none of ours.
    """
    calendar, month, day, *rest = text.split("-", 3)
    if calendar == "lunar":
        return Lunar(int(month), int(day), rest == [_LEAP])
    return Solar(int(month), int(day), LeapDay(rest[0]) if rest else LeapDay.FEB_28)


@cache
def every_rule() -> tuple[Rule, ...]:
    """Return the thousand rules that any birthday follows."""
    solar = [_known(Solar, month, day, choice) for month, day in _days(31) for choice in LeapDay]
    plain = [Lunar(month, day) for month, day in _days(lunar.MOST_DAYS)]
    leap = [Lunar(month, day, True) for month, day in _days(lunar.MOST_DAYS) if month in lunar.LEAP_MONTHS]
    return tuple({rule: None for rule in (*solar, *plain, *leap) if rule})


def _known(kind: type[Solar], month: int, day: int, choice: LeapDay) -> Rule | None:
    try:
        return kind(month, day, choice)
    except RuleError:
        return None


def _days(most: int) -> list[tuple[int, int]]:
    return [(month, day) for month in range(1, 13) for day in range(1, most + 1)]
