"""From a day and an hour in some zone to one moment."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.features.birthday.calendar.local_time import due, local_day

ZONES = ["Asia/Seoul", "America/New_York", "Europe/London", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca"]


@pytest.mark.parametrize(
    ("zone", "wall", "moment"),
    [
        ("Asia/Seoul", "2027-03-05 09:00", "2027-03-05 00:00"),
        ("Asia/Seoul", "2027-03-05 00:00", "2027-03-04 15:00"),
        ("Asia/Kathmandu", "2027-03-05 09:00", "2027-03-05 03:15"),
        # 02:00 to 03:00 is skipped: the change itself.
        ("America/New_York", "2027-03-14 02:30", "2027-03-14 07:00"),
        ("America/New_York", "2027-03-14 02:00", "2027-03-14 07:00"),
        ("America/New_York", "2027-03-14 01:59", "2027-03-14 06:59"),
        ("America/New_York", "2027-03-14 03:00", "2027-03-14 07:00"),
        # 01:00 to 02:00 comes twice: the first.
        ("America/New_York", "2027-11-07 01:30", "2027-11-07 05:30"),
        # Midnight itself is skipped or comes twice.
        ("America/Sao_Paulo", "2018-11-04 00:00", "2018-11-04 03:00"),
        ("America/Havana", "2027-03-14 00:00", "2027-03-14 05:00"),
        ("America/Havana", "2027-11-07 00:30", "2027-11-07 04:30"),
        # Half an hour is skipped.
        ("Australia/Lord_Howe", "2027-10-03 02:15", "2027-10-02 15:30"),
        # The whole day is skipped: when the next one begins.
        ("Pacific/Apia", "2011-12-30 09:00", "2011-12-30 10:00"),
        ("Pacific/Apia", "2011-12-30 00:00", "2011-12-30 10:00"),
        ("Pacific/Apia", "2011-12-31 00:00", "2011-12-30 10:00"),
        # The whole day came twice.
        ("Pacific/Kwajalein", "1969-09-30 12:00", "1969-09-30 01:00"),
    ],
)
def test_a_wall_time_becomes_one_moment(zone: str, wall: str, moment: str) -> None:
    at = datetime.fromisoformat(wall)
    assert due(at.date(), at.time(), ZoneInfo(zone)) == datetime.fromisoformat(moment).replace(tzinfo=UTC)


@settings(deadline=None)
@given(st.dates(date(2000, 1, 1), date(2050, 12, 31)), st.times(), st.sampled_from(ZONES))
def test_it_is_never_before_its_hour_and_not_a_second_later_than_need_be(day: date, at: time, name: str) -> None:
    zone = ZoneInfo(name)
    wall = datetime.combine(day, at.replace(microsecond=0))
    moment = due(day, at, zone)
    assert moment.tzinfo is UTC
    assert moment.astimezone(zone).replace(tzinfo=None) >= wall
    assert (moment - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None) < wall


def test_later_days_are_never_due_earlier() -> None:
    zone = ZoneInfo("Pacific/Apia")
    days = [date(2011, 12, 25) + timedelta(days=offset) for offset in range(12)]
    moments = [due(day, time(9), zone) for day in days]
    assert moments == sorted(moments)


def test_the_local_day_is_the_one_on_the_wall_there() -> None:
    moment = datetime(2026, 12, 31, 15, 0, tzinfo=UTC)
    assert local_day(moment, ZoneInfo("Asia/Seoul")) == date(2027, 1, 1)
    assert local_day(moment, ZoneInfo("America/New_York")) == date(2026, 12, 31)
