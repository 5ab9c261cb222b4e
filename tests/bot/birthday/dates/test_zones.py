"""Zones by the names of cities."""

from zoneinfo import ZoneInfo

import pytest

from bot.birthday.dates.cities import CITIES
from bot.birthday.dates.reasons import Reason
from bot.birthday.dates.zones import MOST_SUGGESTIONS, USUAL, ZoneError, suggestions, zone_of


def test_every_city_has_a_zone_that_exists() -> None:
    for line in CITIES.strip().split("\n"):
        zone = line.split("|")[0]
        assert ZoneInfo(zone).key == zone


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Asia/Seoul", "Asia/Seoul"),
        ("asia/seoul", "Asia/Seoul"),
        (" 서울 ", "Asia/Seoul"),
        ("부산", "Asia/Seoul"),
        ("베이징", "Asia/Shanghai"),
        ("new york", "America/New_York"),
        ("샌프란시스코", "America/Los_Angeles"),
        ("Sao Paulo", "America/Sao_Paulo"),
        ("pacific/chatham", "Pacific/Chatham"),
        ("utc", "UTC"),
    ],
)
def test_a_zone_is_found_by_its_name_or_by_a_city(typed: str, zone: str) -> None:
    assert zone_of(typed) == ZoneInfo(zone)


@pytest.mark.parametrize("typed", ["Asia/Busan", "", "../../etc/passwd", "/etc/localtime", "달나라", "Asia/Seoul\0"])
def test_a_zone_that_does_not_exist_is_refused_by_name(typed: str) -> None:
    with pytest.raises(ZoneError) as refused:
        zone_of(typed)
    assert (refused.value.reason, refused.value.values) == (Reason.NO_SUCH_ZONE, {"zone": typed})


def test_nothing_typed_suggests_the_usual_one_first() -> None:
    places = suggestions("")
    assert places[0].zone == USUAL
    assert len(places) == MOST_SUGGESTIONS


@pytest.mark.parametrize(
    ("typed", "zone"),
    [("뉴", "America/New_York"), ("york", "America/New_York"), ("서우", "Asia/Seoul"), ("katmandu", "Asia/Katmandu")],
)
def test_a_part_of_a_name_is_enough(typed: str, zone: str) -> None:
    assert zone in [place.zone for place in suggestions(typed)]


def test_names_that_begin_so_come_before_names_that_contain_it() -> None:
    names = [place.english for place in suggestions("san", 100)]
    assert names[0] == "San Francisco"
    assert names.index("San Diego") < names.index("Busan")


def test_nothing_is_suggested_for_what_is_nowhere() -> None:
    assert suggestions("없는도시") == ()
