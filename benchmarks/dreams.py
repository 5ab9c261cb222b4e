"""Dreams of a picture, on one core: how long a member waits for a still and for the fall, and what a step takes."""

import time
from collections.abc import Callable, Iterator
from functools import partial

from benchmarks.figure import Figure, at_most
from bot.bundle import DEPTHS, Bundle
from bot.default_bundle import DEMO_BUNDLE
from bot.inference.batching import alone
from bot.inference.dreamer import SIDE, Dream, Dreamer, Picture, open_dreamer
from bot.photos import animation
from training.faces.drawing import Identity, portrait

_REPEATED = 3
_SITTER = 15


def measure() -> Iterator[Figure]:
    opened = _seconds(lambda: open_dreamer(Bundle.open(DEMO_BUNDLE), "cpu"))
    dreamer = open_dreamer(Bundle.open(DEMO_BUNDLE), "cpu")
    assert dreamer is not None
    face = portrait(Identity.of(_SITTER), {"Black_Hair": True}, SIDE)
    for depth in DEPTHS:
        still = _seconds(partial(_dreamt, dreamer, face, depth))
        yield Figure(f"/dream at {SIDE} × {SIDE}: {depth}", still, "s of the CPU", "< 2", at_most(2))
    fall = _seconds(lambda: animation(alone(dreamer.falling(face, Dream())), 4.0))
    yield Figure("… the fall into it, and the GIF", fall, "s of the CPU")
    yield Figure("opening it, with all hashes of the bundle", opened, "s of the CPU")


def _dreamt(dreamer: Dreamer, picture: Picture, depth: str) -> Picture:
    return alone(dreamer.dreaming(picture, Dream(depth)))


def _seconds(job: Callable[[], object]) -> float:
    """Return the least of some times: the CPU's own, since others may be at work."""
    job()
    times = []
    for _ in range(_REPEATED):
        began = time.process_time()
        job()
        times.append(time.process_time() - began)
    return min(times)
