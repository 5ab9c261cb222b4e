"""A scene plays on the days and at the hours that its heading names."""

from datetime import date
from pathlib import Path
from random import Random

import pytest

from training.samples.notation import Scene, read_scenes
from training.samples.year import Programme, days_of_year, slot_of


def _scene(tmp_path: Path, conditions: str) -> Scene:
    file = tmp_path / "scene.txt"
    file.write_text(f"## 장면 ({conditions})\n서진: ㅇㅇ\n", encoding="utf-8")
    return read_scenes(file)[0]


@pytest.mark.parametrize(
    ("conditions", "day", "plays"),
    [
        ("평일", date(2025, 5, 5), False),
        ("평일", date(2025, 5, 7), True),
        ("주말", date(2025, 10, 6), True),
        ("11-2월", date(2026, 1, 10), True),
        ("11-2월", date(2025, 6, 10), False),
        ("학기", date(2025, 8, 1), False),
        ("방학", date(2025, 8, 1), True),
        ("시험", date(2025, 10, 20), True),
        ("12/24~1/3", date(2026, 1, 2), True),
        ("학기, 금요일", date(2025, 9, 12), True),
    ],
)
def test_conditions_name_the_days(tmp_path: Path, conditions: str, day: date, plays: bool) -> None:
    assert (day in slot_of(_scene(tmp_path, conditions)).days) is plays


def test_a_condition_that_says_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="언젠가"):
        slot_of(_scene(tmp_path, "언젠가"))


def test_a_dated_scene_plays_on_its_day_and_no_other(tmp_path: Path) -> None:
    scene = _scene(tmp_path, "0-0시, 5/17")
    programme = Programme([scene], Random(1))
    assert [day for day in days_of_year() if programme.fixed(day)] == [date(2025, 5, 17)]
    assert programme.begin(scene, date(2025, 5, 17)).hour == 0
    assert list(programme.free(date(2025, 5, 17))) == []


def test_a_scene_rests_after_it_has_played(tmp_path: Path) -> None:
    scene = _scene(tmp_path, "2번")
    programme = Programme([scene], Random(1))
    programme.begin(scene, date(2025, 4, 1))
    assert list(programme.free(date(2025, 4, 12))) == []
    assert list(programme.free(date(2025, 4, 13))) == [scene]
    programme.begin(scene, date(2025, 4, 13))
    assert list(programme.free(date(2025, 8, 1))) == []
