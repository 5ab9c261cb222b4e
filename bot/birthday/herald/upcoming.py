"""Who celebrates when in some days to come, for lists, plans and digests. Pure."""

from collections.abc import Iterable
from datetime import date

from bot.birthday.herald.messenger import Celebrated
from bot.birthday.herald.planning import within
from bot.birthday.kept.birthdays import Member


def upcoming(members: Iterable[Member], first: date, last: date) -> tuple[Celebrated, ...]:
    """Return every occurrence from ``first`` to ``last``, by day and then name; lunar ones as far as they are known."""
    found = [
        Celebrated(member, occurrence) for member in members for occurrence in within(member.birthday.rule, first, last)
    ]
    return tuple(sorted(found, key=lambda each: (each.occurrence.date, each.member.name, each.member.user_id)))
