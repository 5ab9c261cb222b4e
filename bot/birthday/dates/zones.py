"""IANA time zones, found by what people call their cities. Pure: knows no Discord and no clock."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

from bot.birthday.dates.cities import CITIES
from bot.birthday.dates.reasons import BirthdayError, Reason

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
    """Return the zone of that IANA name or of that city, in either language; case and spaces do not matter.

    Raises:
        ZoneError: there is none.
    """
    known = _by_name().get(_folded(text))
    if known is None:
        raise ZoneError(Reason.NO_SUCH_ZONE, zone=text)
    return ZoneInfo(known)


def place_of(zone: str) -> Place:
    """Return the zone of that IANA name under the city that people know best; under its own name where we know none."""
    return next((place for place in _places() if place.zone == zone), Place(zone, zone, zone))


def suggestions(typed: str, most: int = MOST_SUGGESTIONS) -> tuple[Place, ...]:
    """Return places whose names begin with, or else contain, what was typed; the likeliest places for nothing typed."""
    wanted = _folded(typed)
    begin, contain = [], []
    for place, names in _searchable():
        if any(name.startswith(wanted) for name in names):
            begin.append(place)
        elif any(wanted in name for name in names):
            contain.append(place)
    return tuple((begin + contain)[:most])


@cache
def _searchable() -> tuple[tuple[Place, tuple[str, ...]], ...]:
    return tuple(
        (place, tuple(map(_folded, (place.korean, place.english, place.zone, *place.zone.split("/")[1:]))))
        for place in _places()
    )


@cache
def _by_name() -> dict[str, str]:
    names = {_folded(name): place.zone for place in reversed(_places()) for name in (place.korean, place.english)}
    return names | {_folded(zone): zone for zone in _zones()}


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


def _folded(text: str) -> str:
    # Hangul is left in its letters: a half-typed 서우 already finds 서울.
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in plain if not unicodedata.combining(char) and char not in " _-'")
