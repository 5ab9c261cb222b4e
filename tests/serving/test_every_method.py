"""Whatever may be called of the models gives the same by the wire as in the process."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.default_bundle import DEMO_BUNDLE
from bot.inference.batching import alone
from bot.inference.dreamer import Dream
from bot.inference.models import LoadedModels, open_models
from bot.inference.scene import Turn
from bot.inference.songwriter import Song
from bot.inference.worker import Workers
from bot.remote.calls import METHODS, Call
from serving.answering import answer
from tests import dreams_bundle
from tests.bot.conftest import write_bundle_to

PICTURE = np.random.default_rng(1).integers(0, 256, (64, 48, 3), np.uint8)
FACE = np.random.default_rng(2).integers(0, 256, (96, 96, 3), np.uint8)
SONG = Song("바다", ("바다 보고 싶어",), (("오늘도 바다",), ("내일도 바다",)), 4)
SMILE = ("Smiling", (0.0, 1.0))

ASKED: dict[tuple[str, str], tuple[Any, ...]] = {
    ("speaker", "saying"): ("오늘", 3, 0.8, 5),
    ("answerer", "answering"): ("밥 먹을 사람", "윤혜", 0.8, 5),
    ("filler", "filling"): (["오늘 ", " 먹자"], 0.8, 5),
    ("scenes", "writing"): ("오늘", 2, 0.8, 5),
    ("scenes", "going_on"): ([Turn(0, "오늘 뭐 해"), Turn(1, "집이야")], 1, 0.8, 5),
    ("songwriter", "writing"): ("바다", 4, 5),
    ("songwriter", "adding"): (SONG, 1),
    ("artist", "draw"): (np.zeros((1, 80), np.float32),),
    ("artist", "varied"): (5, *SMILE),
    ("artist", "smiling"): (5, 1.5),
    ("artist", "encode"): (FACE[None],),
    ("artist", "redrawn"): (FACE, [[("Smiling", 1.0)]]),
    ("artist", "change"): (FACE, *SMILE),
    ("painter", "painted"): (PICTURE,),
    ("painter", "painted_as"): (PICTURE, FACE, 0.5),
    ("dreamer", "dreaming"): (PICTURE, Dream("wave", 2)),
    ("dreamer", "falling"): (PICTURE, Dream("wave", 2)),
    ("features", "of"): ([PICTURE, FACE],),
}


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> LoadedModels:
    """Return what ships, with a dream that is a small one."""
    small: Path = dreams_bundle.add_to(write_bundle_to(tmp_path_factory.mktemp("dreams") / "bundle"))
    return dataclasses.replace(open_models(DEMO_BUNDLE, "cpu"), dreamer=open_models(small, "cpu").dreamer)


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    workers = Workers.of(4)
    yield workers
    workers.close()


def test_none_is_left_out() -> None:
    assert ASKED.keys() == {(part, method) for part, model in METHODS.items() for method in model.methods}


@pytest.mark.parametrize(("part", "method"), ASKED)
async def test_it_is_the_same_by_the_wire(part: str, method: str, models: LoadedModels, workers: Workers) -> None:
    given = ASKED[part, method]
    if method in ("draw", "varied"):
        assert models.artist is not None
        given = (*given, models.artist.usual)
    if method == "painted":
        assert models.painter is not None
        given = (*given, {models.painter.styles[0].key: 1.0})
    await _compare(Call.of(part, method, given, {}, None), models, workers)


async def test_a_member_is_the_same_by_the_wire(models: LoadedModels, workers: Workers) -> None:
    assert models.members
    for name in models.members:
        await _compare(Call.of("speaker", "saying", ("오늘", 3, 0.8, 5), {}, name), models, workers)


async def _compare(call: Call, models: LoadedModels, workers: Workers) -> None:
    async def opened() -> LoadedModels:
        return models

    status, body = await answer(call.packed(deferred=True), opened, workers)
    assert status == 200, body
    here = call.on(models)(**call.arguments)
    _same(call.result(body), alone(here) if call.is_job else here)


def _same(there: Any, here: Any) -> None:
    assert type(there) is type(here)
    if isinstance(here, np.ndarray):
        assert there.dtype == here.dtype
        np.testing.assert_array_equal(there, here)
    elif isinstance(here, list):
        assert len(there) == len(here)
        for each, own in zip(there, here, strict=True):
            _same(each, own)
    else:
        assert there == here
