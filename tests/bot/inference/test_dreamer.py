"""Dreams: any picture can be dreamt of, by the graph that ships and by one whose gradients are known."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bot.bundle import Bundle, BundleError
from bot.default_bundle import DEMO_BUNDLE
from bot.inference.batching import alone
from bot.inference.dreamer import FRAMES, Dream, Dreamer, open_dreamer
from bot.photos import animation
from tests import dreams_bundle, faces_bundle
from tests.bot.conftest import write_bundle_to


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return dreams_bundle.add_to(write_bundle_to(tmp_path_factory.mktemp("dreams") / "bundle"))


@pytest.fixture(scope="module")
def dreamer(folder: Path) -> Dreamer:
    dreamer = open_dreamer(Bundle.open(folder), "cpu")
    assert dreamer is not None
    return dreamer


def noise(*shape: int, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).integers(60, 200, (*shape, 3), np.uint8)


@pytest.mark.parametrize(
    ("shape", "dreamt"),
    [
        ((300, 200), (384, 256)),
        ((900, 600), (900, 600)),
        ((1500, 2000), (768, 1024)),
        ((8, 8), (384, 384)),
        ((1, 4000), (1, 1024)),
        ((4000, 1), (1024, 1)),
    ],
)
def test_a_picture_of_any_shape_is_dreamt_of(dreamer: Dreamer, shape: tuple[int, int], dreamt: tuple[int, int]) -> None:
    assert alone(dreamer.dreaming(noise(*shape), Dream("dream"))).shape == (*dreamt, 3)


def test_a_picture_of_one_colour_is_dreamt_of_by_what_ships() -> None:
    dreamer = open_dreamer(Bundle.open(DEMO_BUNDLE), "cpu")
    assert dreamer is not None
    plain = np.full((60, 96, 3), (40, 90, 160), np.uint8)
    assert alone(dreamer.dreaming(plain, Dream("dream"))).std() > 20


def test_a_stronger_dream_changes_more_and_the_same_dream_is_the_same(dreamer: Dreamer) -> None:
    picture = noise(96, 96)
    before = alone(dreamer.dreaming(picture, Dream("wave", 1))).astype(int)
    changes = [np.abs(alone(dreamer.dreaming(picture, Dream("wave", at))) - before).mean() for at in (1, 2, 5)]
    assert changes[0] == 0
    assert changes[0] < changes[1] < changes[2]


def test_a_fall_begins_with_the_picture_and_its_gif_is_small_enough_for_discord(dreamer: Dreamer) -> None:
    picture = noise(320, 320)
    frames = alone(dreamer.falling(picture, Dream("eye", 5)))
    assert len(frames) == FRAMES
    assert np.array_equal(frames[0], picture)
    data = animation(frames, 4.0)
    assert len(data) < 8_000_000  # noise, of which nothing can be spared
    assert Image.open(io.BytesIO(data)).size == (320, 320)


def test_a_dream_that_nobody_waits_for_ends_between_two_steps(dreamer: Dreamer) -> None:
    job = dreamer.dreaming(noise(384, 384), Dream())
    question = next(job)
    for _ in range(3):
        question = job.send(question.of(question.rows))
    job.close()
    with pytest.raises(StopIteration):
        next(job)


def test_a_graph_that_breaks_the_promise_is_refused(folder: Path, tmp_path: Path) -> None:
    def as_bytes(content: dict) -> None:
        content["models"]["dream"]["inputs"][0]["dtype"] = "uint8"

    broken = dreams_bundle.add_to(write_bundle_to(tmp_path / "bundle"))
    faces_bundle.change_manifest(broken, as_bytes)
    with pytest.raises(BundleError, match="picture"):
        open_dreamer(Bundle.open(broken), "cpu")
