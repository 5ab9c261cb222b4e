"""IANA time zones, found by what people call their cities. Pure: knows no Discord and no clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

from bot.features.birthday.calendar import zone_names
from bot.features.birthday.calendar.cities import CITIES
from bot.features.birthday.calendar.zone_names import zone_key
from bot.features.birthday.errors import BirthdayError, Reason

USUAL = "Asia/Seoul"
MOST_SUGGESTIONS = 25
"""As many as Discord shows."""
_NOT_PLACES = {"Etc", "SystemV", "US"}


class ZoneError(BirthdayError):
    """No such zone."""


@dataclass(frozen=True, slots=True)
class Place:
    """A zone under one of its cities; the Korean name is the English one where we have none."""

    zone: str
    korean: str
    english: str


def zone_of(text: str) -> ZoneInfo:
    """Return the zone of that IANA name, city, country or abbreviation, in either language, or so far from Greenwich.

    Case and spaces do not matter.

    Raises:
        ZoneError: there is none, or it may be one of several.
    """
    if candidates := zone_names.several(text):
        raise ZoneError(Reason.SEVERAL_ZONES, zone=text, zones=" ".join(candidates))
    zone = zone_names.alias(text) or _by_name().get(zone_key(text))
    if zone is None:
        raise ZoneError(Reason.NO_SUCH_ZONE, zone=text)
    return ZoneInfo(zone)


def place_of(zone: str) -> Place:
    """Return the zone of that IANA name under the city that people know best; under its own name where we know none."""
    name = zone_names.offset_name(zone) or zone
    return next((place for place in _places() if place.zone == zone), Place(zone, name, name))


def suggestions(typed: str, most: int = MOST_SUGGESTIONS) -> tuple[Place, ...]:
    """Return places whose names begin with, or else contain, what was typed; the likeliest places for nothing typed."""
    key = zone_key(typed)
    meant = zone_names.several(typed) or tuple(filter(None, [zone_names.alias(typed)]))
    begin, contain = [place_of(zone) for zone in meant], []
    for place, names in _searchable():
        if place in begin:
            continue
        if any(name.startswith(key) for name in names):
            begin.append(place)
        elif any(key in name for name in names):
            contain.append(place)
    return tuple((begin + contain)[:most])


@cache
def _searchable() -> tuple[tuple[Place, tuple[str, ...]], ...]:
    return tuple(
        (place, tuple(map(zone_key, (place.korean, place.english, place.zone, *place.zone.split("/")[1:]))))
        for place in _places()
    )


@cache
def _by_name() -> dict[str, str]:
    names = {zone_key(name): place.zone for place in reversed(_places()) for name in (place.korean, place.english)}
    return names | {zone_key(zone): zone for zone in _zones()}


@cache
def _places() -> tuple[Place, ...]:
    cities = [Place(*line.split("|")) for line in CITIES.split("\n") if line]
    named = {place.zone for place in cities}
    return (*cities, *_others(named))


def _others(named: set[str]) -> Iterator[Place]:
    for zone in sorted(_zones()):
        area, _, city = zone.partition("/")
        if city and zone not in named and area not in _NOT_PLACES:
            name = city.split("/")[-1].replace("_", " ")
            yield Place(zone, name, name)


@cache
def _zones() -> frozenset[str]:
    # The package's list, not the system's: the same everywhere, and without its "posix/" and "right/" twins.
    return frozenset(resources.files("tzdata").joinpath("zones").read_text("utf-8").split()) - {"Factory"}
