"""Nobody hears another group's words, however often and whatever else happens meanwhile."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from bot.groups.bundle_cache import BundleCache
from bot.groups.group import Place
from bot.groups.many import ManyGroups
from bot.groups.memberships import Memberships
from bot.i18n import UserFacingError
from bot.inference.worker import Workers
from tests.bot.groups.conftest import STAND_IN, heard, write_group

APPLE, RIVER, NONE = 101, 102, 103
"""Servers; the last has no bundle."""
OF_APPLE, OF_RIVER, OF_BOTH, OF_NONE = 201, 202, 203, 204
PLACES = {
    Place(APPLE, OF_APPLE): "apple",
    Place(RIVER, OF_RIVER): "river",
    Place(NONE, OF_BOTH): STAND_IN,
    Place(None, OF_APPLE): "apple",
    Place(None, OF_RIVER): "river",
    Place(None, OF_NONE): STAND_IN,
    # Of those who are in both, what they chose decides; elsewhere the place alone.
    Place(None, OF_BOTH): "river",
    Place(APPLE, OF_BOTH): "apple",
}

_ANSWERS = 5
"""To one who asks."""


async def _is_member(server: int, person: int) -> bool:
    return person in {APPLE: {OF_APPLE, OF_BOTH}, RIVER: {OF_RIVER, OF_BOTH}}[server]


async def _choice(person: int) -> int | None:
    # Whoever is not in a group may have chosen it all the same.
    return {OF_BOTH: RIVER, OF_APPLE: RIVER, OF_NONE: APPLE}.get(person)


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    lanes = Workers.of(512)
    yield lanes
    lanes.close()


@pytest.fixture
def cache(tmp_path: Path, workers: Workers) -> BundleCache:
    write_group(tmp_path / "bundles" / str(APPLE), "apple")
    write_group(tmp_path / "bundles" / str(RIVER), "river")
    return BundleCache(tmp_path / "bundles", write_group(tmp_path / "stand-in", STAND_IN), workers)


async def _said(groups: ManyGroups, workers: Workers, place: Place) -> list[str]:
    speaker = (await groups.at(place, deferred=True)).models.speaker
    draws = await workers.words.run(partial(speaker.draw, "1", 1, 1.0, count=_ANSWERS), deferred=True)
    return [draw.text for draw in draws]


async def test_ten_thousand_answers_and_no_word_of_another_group(
    cache: BundleCache, workers: Workers, tmp_path: Path
) -> None:
    groups = ManyGroups(cache, Memberships(_is_member), _choice, stands_in=True)
    draw, places, wrong, count = random.Random(7), list(PLACES), Counter[str](), 0

    async def ask(place: Place) -> None:
        nonlocal count
        for text in await _said(groups, workers, place):
            voices = heard(text)
            wrong[PLACES[place]] += not voices <= {PLACES[place]}
            count += bool(voices)

    for round_ in range(22):
        # A bundle is changed over, and now and then each lets go of all others, while a hundred are answered.
        server, name = draw.choice([(APPLE, "apple"), (RIVER, "river")])
        write_group(tmp_path / "bundles" / str(server), name, seed=round_ + 2)
        cache._most_bytes = 0 if round_ % 10 == 9 else 1e9
        reload = groups.reload(server, workers)
        await asyncio.gather(reload, *(ask(draw.choice(places)) for _ in range(100)))
    assert not +wrong
    assert count > 9_000  # of 11,000; the others were a laugh alone


async def test_where_nothing_stands_in_a_server_without_a_bundle_hears_nobody(
    cache: BundleCache,
) -> None:
    groups = ManyGroups(cache, Memberships(_is_member), _choice, stands_in=False)
    for place, key in ((Place(NONE, OF_APPLE), "no_voice"), (Place(None, OF_NONE), "no_voice_of_yours")):
        with pytest.raises(UserFacingError) as error:
            await groups.at(place)
        assert error.value.key == key
    assert (await groups.at(Place(APPLE, OF_NONE))).server == APPLE


async def test_who_is_in_several_groups_chooses_and_hears_none_before(cache: BundleCache) -> None:
    async def nothing(person: int) -> None:
        del person

    groups = ManyGroups(cache, Memberships(_is_member), nothing, stands_in=True)
    with pytest.raises(UserFacingError) as error:
        await groups.at(Place(None, OF_BOTH))
    assert error.value.key == "choose_first"
    assert (await groups.at(Place(None, OF_APPLE))).server == APPLE
