"""Ages: how old a birthday makes someone, in the way a group counts. Pure: knows no words for it."""

from enum import StrEnum

from bot.features.birthday.calendar.rules import Occurrence, Rule, occurrence_in


class AgeStyle(StrEnum):
    """How a group counts ages, or that it does not."""

    INTERNATIONAL = "international"
    """만 나이: the birthdays since birth."""
    COUNTING = "counting"
    """세는 나이: one at birth, one more every New Year."""
    NONE = "none"


def age_at(
    occurrence: Occurrence, rule: Rule, year: int | None, style: AgeStyle, *, hidden: bool = False
) -> int | None:
    """Return the age that ``occurrence`` of ``rule`` brings; None where it is unknown, unwanted, hidden, or below one.

    ``year`` is that of the birth in the rule's own calendar. 만 나이 counts birthdays in that calendar too, which for a
    lunar one may be some weeks off the age in law. 세는 나이 grows with the solar year, as it does in daily life.
    """
    birth = None if hidden or year is None or style is AgeStyle.NONE else occurrence_in(rule, year)
    if birth is None:
        return None
    counting = style is AgeStyle.COUNTING
    age = occurrence.date.year - birth.date.year + 1 if counting else occurrence.year - birth.year
    return age if age >= 1 else None
