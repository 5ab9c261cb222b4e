"""Local time: from a day and an hour in a zone to a moment in UTC, and back. Pure: takes every "now" as given."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_SECOND = timedelta(seconds=1)


def due(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the moment, in UTC, of wall time ``at`` on ``day`` in ``zone``.

    A wall time that comes twice is taken the first time. One that a change of the clocks skips, be it an hour in March
    or the whole of 30 December 2011 in Apia, becomes the first moment after it that exists.
    """
    wall = datetime.combine(day, at.replace(tzinfo=None, fold=0, microsecond=0))
    late = _utc(wall, zone, fold=0)
    if _wall(late, zone) == wall:
        return late
    return _first_at_or_after(wall, _utc(wall, zone, fold=1), late, zone)


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    """Return the day it is in ``zone`` at ``moment``, an aware datetime."""
    return moment.astimezone(zone).date()


def _first_at_or_after(wall: datetime, early: datetime, late: datetime, zone: ZoneInfo) -> datetime:
    # PEP 495: in a gap, fold 1 gives a moment before the change and fold 0 one after it. Changes are at whole seconds.
    while late - early > _SECOND:
        middle = early + timedelta(seconds=(late - early) // _SECOND // 2)
        early, late = (early, middle) if _wall(middle, zone) >= wall else (middle, late)
    return late


def _utc(wall: datetime, zone: ZoneInfo, *, fold: int) -> datetime:
    return wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)


def _wall(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)
