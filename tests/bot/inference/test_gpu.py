"""A GPU says and draws for a seed what a CPU does. Where there is none, these are skipped."""

import numpy as np
import pytest

from bot.default_bundle import DEMO_BUNDLE
from bot.inference.batching import alone
from bot.inference.models import LoadedModels, open_models
from bot.inference.session import ProviderError
from tests.styles_bundle import checks

WORDS = ("오늘", "나는", "밥", "주말에", "생일", "오늘 뭐")


@pytest.fixture(scope="module")
def both() -> tuple[LoadedModels, LoadedModels]:
    """Open what ships on the GPU and on the CPU."""
    try:
        return open_models(DEMO_BUNDLE, "cuda"), open_models(DEMO_BUNDLE, "cpu")
    except ProviderError:
        pytest.skip("there is no GPU here")


@pytest.mark.parametrize("n", [None, 4, 12])
def test_the_same_words_come_of_a_seed(both: tuple[LoadedModels, LoadedModels], n: int | None) -> None:
    on_gpu, on_cpu = ([models.speaker.say(word, n, 0.7, 5).text for word in WORDS] for models in both)
    assert on_gpu == on_cpu


def test_answers_scenes_and_songs_are_the_same(both: tuple[LoadedModels, LoadedModels]) -> None:
    def of(models: LoadedModels) -> list[object]:
        assert models.scenes is not None
        assert models.songwriter is not None
        answer = alone(models.answerer.answering("주말에 뭐해?", "민지", 0.7, 3))
        scene = alone(models.scenes.writing("집 갈 사람", 4, 0.7, 3))
        song = alone(models.songwriter.writing("라면", 6, 3))
        return [answer and answer.text, [turn.text for turn in scene.turns], song and song.lines]

    assert of(both[0]) == of(both[1])


@pytest.mark.parametrize("side", [64, 150])
def test_paintings_and_faces_are_the_same(both: tuple[LoadedModels, LoadedModels], side: int) -> None:
    def of(models: LoadedModels) -> list[np.ndarray]:
        assert models.painter is not None
        assert models.artist is not None
        faces = (models.artist.draw(models.artist.latent(7, each), each) for each in models.artist.labels)
        return [models.painter.painted(checks(side), {"starry": 1.0}), *faces]

    for on_gpu, on_cpu in zip(*map(of, both), strict=True):
        assert np.abs(on_gpu.astype(int) - on_cpu).mean() < 1
