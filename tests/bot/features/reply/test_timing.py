"""The timing gate: when something may be said that nobody asked for."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.clock import QuietHours
from bot.features.reply.timing import MOST_A_MINUTE, MOST_AN_HOUR, PEOPLE_FIRST, SILENCE, TimingGate

SEOUL = ZoneInfo("Asia/Seoul")
NOON = datetime(2026, 11, 19, 12, tzinfo=SEOUL)
NEVER = QuietHours(0, 0, UTC)


def talk(
    gate: TimingGate, now: datetime, count: int = PEOPLE_FIRST, every: timedelta = timedelta(minutes=1)
) -> datetime:
    """Let people talk, and return the moment of their last word."""
    for number in range(count):
        gate.hear(1, now + number * every)
    return now + (count - 1) * every


def test_it_listens_first_and_has_something_to_say_once() -> None:
    gate = TimingGate(NEVER)
    now = talk(gate, NOON, PEOPLE_FIRST - 1)
    assert not gate.take(1, now)
    gate.hear(1, now + timedelta(minutes=1))
    assert gate.take(1, now + timedelta(minutes=1))
    assert not gate.take(1, now + timedelta(minutes=1))
    assert not gate.take(2, now + timedelta(minutes=1))


def test_after_a_line_of_its_own_it_is_silent_for_a_while_and_for_some_messages_whoever_asked() -> None:
    gate = TimingGate(NEVER)
    talk(gate, NOON)
    gate.speak(1, NOON)
    at_once = talk(gate, NOON, PEOPLE_FIRST, timedelta(seconds=30))
    assert at_once - NOON < SILENCE
    assert not gate.take(1, at_once)
    assert gate.take(1, NOON + SILENCE)
    assert not gate.take(1, NOON + SILENCE * 2)


def test_it_keeps_out_of_what_goes_too_fast() -> None:
    gate = TimingGate(NEVER)
    now = talk(gate, NOON, PEOPLE_FIRST, timedelta(seconds=60 / (MOST_A_MINUTE + 1)))
    assert not gate.take(1, now)
    slower = now + timedelta(minutes=2)
    gate.hear(1, slower)
    assert gate.take(1, slower)


def test_it_speaks_only_so_often_an_hour() -> None:
    gate, now, spoken = TimingGate(NEVER), NOON, []
    while now < NOON + timedelta(hours=3):
        gate.hear(1, now)
        if gate.take(1, now):
            spoken.append(now)
        now += timedelta(seconds=15)
    assert len(spoken) == MOST_AN_HOUR * 3
    for first, last in zip(spoken, spoken[MOST_AN_HOUR:], strict=False):
        assert last - first >= timedelta(hours=1)


@pytest.mark.parametrize(("hour", "minute", "may"), [(22, 59, True), (23, 0, False), (3, 0, False), (8, 0, True)])
def test_at_night_it_is_quiet_by_the_clocks_of_its_zone(hour: int, minute: int, may: bool) -> None:
    gate, now = TimingGate(QuietHours(23, 8, SEOUL)), NOON.replace(hour=hour, minute=minute)
    talk(gate, now - timedelta(minutes=PEOPLE_FIRST - 1))
    assert gate.take(1, now.astimezone(UTC)) is may


def test_hours_by_day_and_none_at_all() -> None:
    by_day = QuietHours(9, 18, SEOUL)
    assert [by_day.cover(NOON.replace(hour=hour)) for hour in (8, 9, 17, 18)] == [False, True, True, False]
    assert not any(NEVER.cover(NOON.replace(hour=hour)) for hour in range(24))


def test_many_channels_are_not_remembered_for_ever() -> None:
    gate = TimingGate(NEVER)
    for number in range(5_000):
        gate.hear(number, NOON)
    assert len(gate._channels) == 2_000
