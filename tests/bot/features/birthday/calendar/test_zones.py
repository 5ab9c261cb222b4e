"""Zones by the names of cities."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.features.birthday.calendar.cities import CITIES
from bot.features.birthday.calendar.zones import MOST_SUGGESTIONS, USUAL, ZoneError, place_of, suggestions, zone_of
from bot.features.birthday.errors import Reason


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
        ("KST", "Asia/Seoul"),
        ("한국", "Asia/Seoul"),
        ("한국 시간", "Asia/Seoul"),
        ("GMT+9", "Asia/Seoul"),
        ("UTC+9", "Asia/Seoul"),
        ("utc +09:00", "Asia/Seoul"),
        ("+9", "Asia/Seoul"),
        ("JST", "Asia/Tokyo"),
        ("일본", "Asia/Tokyo"),
        ("UTC+5:30", "Asia/Kolkata"),
        ("E.S.T.", "America/New_York"),
        ("pdt", "America/Los_Angeles"),
        ("CET", "Europe/Berlin"),
        ("영국", "Europe/London"),
        ("뉴욕 시간", "America/New_York"),
        ("서울시각", "Asia/Seoul"),
        ("한국표준시간", "Asia/Seoul"),
        ("London time", "Europe/London"),
        ("Eastern Standard Time", "America/New_York"),
        ("Pacific Daylight Time", "America/Los_Angeles"),
        ("Central European Summer Time", "Europe/Berlin"),
        ("Korean Standard Time", "Asia/Seoul"),
        ("LA", "America/Los_Angeles"),
        ("NYC", "America/New_York"),
        ("로스엔젤레스", "America/Los_Angeles"),
        ("동경", "Asia/Tokyo"),
        ("싱가폴", "Asia/Singapore"),
        ("München", "Europe/Berlin"),
        ("스웨덴", "Europe/Stockholm"),
        ("UTC−5", "Etc/GMT+5"),
    ],
)
def test_a_zone_is_found_by_its_name_or_by_a_city(typed: str, zone: str) -> None:
    assert zone_of(typed) == ZoneInfo(zone)


@pytest.mark.parametrize("typed", ["EST", "CET", "MST", "PST8PDT", "EET", "WET", "MET", "AEDT", "NZST"])
def test_letters_that_name_a_clock_with_summer_time_mean_that_clock(typed: str) -> None:
    hours = {datetime(2027, month, 4, tzinfo=zone_of(typed)).utcoffset() for month in (1, 7)}
    assert len(hours) == 2


@pytest.mark.parametrize("hours", range(-12, 15))
def test_so_many_hours_from_greenwich_are_so_many_all_the_year(hours: int) -> None:
    for typed in (f"UTC{hours:+}", f"GMT {hours:+}", f"{hours:+03}:00"):
        offsets = {datetime(2027, month, 4, tzinfo=zone_of(typed)).utcoffset() for month in (1, 7)}
        assert offsets == {timedelta(hours=hours)}
    shown = place_of(zone_of(f"UTC{hours:+}").key)
    assert shown.korean in {f"UTC{hours:+}", "서울", "협정 세계시"}


@pytest.mark.parametrize("typed", ["CST", "IST", "미국", "USA", "호주"])
def test_what_may_be_several_clocks_is_a_question_that_names_them(typed: str) -> None:
    with pytest.raises(ZoneError) as refused:
        zone_of(typed)
    assert refused.value.reason is Reason.SEVERAL_ZONES
    zones = str(refused.value.values["zones"]).split()
    assert len(zones) > 1
    assert {place.zone for place in suggestions(typed)} >= set(zones)
    assert all(zone_of(zone) for zone in zones)


@pytest.mark.parametrize("typed", ["UTC+15", "GMT-13", "+9:07", "9"])
def test_hours_that_are_nowhere_are_refused(typed: str) -> None:
    with pytest.raises(ZoneError):
        zone_of(typed)


def test_what_was_understood_is_suggested_first() -> None:
    for typed, zone in (("KST", "Asia/Seoul"), ("est", "America/New_York"), ("utc-5", "Etc/GMT+5")):
        assert suggestions(typed)[0].zone == zone


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
