"""Photos as paintings, on one core: how long a member waits, in a style of the bot's own and in that of any picture."""

import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from benchmarks.figure import Figure, at_most
from bot import photos
from bot.default_bundle import DEMO_BUNDLE
from bot.features.style import rendering
from bot.features.style.request import StyleRequest
from bot.inference.models import open_models
from training.faces.drawing import Identity, portrait

_REPEATED, _SITTER = 7, 15


def measure() -> Iterator[Figure]:
    painter = open_models(DEMO_BUNDLE, "cpu").painter
    assert painter is not None
    photo, starry = portrait(Identity.of(_SITTER), {"Black_Hair": True}, 512), {"starry": 1.0}
    for side, most in ((256, 100), (512, 300), (1024, 1_500)):
        at_that = photos.enlarged(photos.shrunk(photo, side), side)
        painted = _milliseconds(partial(painter.painted, at_that, starry))
        yield Figure(f"a painting of {side} × {side} pixels", painted, "ms", f"< {most}", at_most(most))
    like = np.ascontiguousarray(photo[::-1])
    as_another = _milliseconds(partial(painter.painted_as, photo, like))
    yield Figure("a painting of 512 × 512 pixels as another picture", as_another, "ms", "< 400", at_most(400))
    taken, _ = rendering.taken(photos.jpeg(photo))
    answer = partial(rendering.painted, painter, taken, StyleRequest(("starry",)), None)
    note = "with the face put back, and the JPEG"
    yield Figure("/style: a photo of 512 × 512 pixels", _milliseconds(answer), "ms", "< 400", at_most(400), note)
    gallery = _milliseconds(partial(rendering.painted, painter, taken, StyleRequest(), None))
    yield Figure("/style: the gallery of 26 styles", gallery, "ms", "< 2000", at_most(2_000))


def _milliseconds(job: Callable[[], object]) -> float:
    job()
    times = []
    for _ in range(_REPEATED):
        began = time.perf_counter()
        job()
        times.append(1000 * (time.perf_counter() - began))
    return statistics.median(times)
