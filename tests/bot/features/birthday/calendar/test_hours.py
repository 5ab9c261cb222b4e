"""Hours of the day as people type them."""

from datetime import time

import pytest

from bot.features.birthday.calendar.hours import HourError, read_hour


@pytest.mark.parametrize(
    ("typed", "hour"),
    [
        ("9:00", time(9)),
        ("9.30", time(9, 30)),
        ("21시 30분", time(21, 30)),
        ("아침 9시 반", time(9, 30)),
        ("9시에", time(9)),
        ("9 PM", time(21)),
        ("오전 12시", time(0)),
        ("오후 12시", time(12)),
        ("새벽 2시", time(2)),
        ("낮 11시", time(11)),
        ("낮 12시", time(12)),
        ("점심 1시", time(13)),
        ("저녁 7시", time(19)),
        ("밤 9시", time(21)),
        ("밤 12시", time(0)),
        ("밤 1시", time(1)),
        ("정오", time(12)),
        ("midnight", time(0)),
        ("\u2068오전 9시\u2069", time(9)),
    ],
)
def test_an_hour_may_be_written_in_many_ways(typed: str, hour: time) -> None:
    assert read_hour(typed) == hour


@pytest.mark.parametrize("typed", ["25:00", "9:60", "밤 13시", "0am", "언제든"])
def test_an_hour_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(HourError):
        read_hour(typed)
