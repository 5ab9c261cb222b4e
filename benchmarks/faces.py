"""Faces as the bot draws and changes them, on one core: how long a member waits, and what ONNX Runtime saves."""

import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import torch

from benchmarks.figure import Figure, at_least, at_most
from bot import photos
from bot.bundle import Bundle
from bot.default_bundle import DEMO_BUNDLE
from bot.features.face import rendering
from bot.features.face.photo_request import EVERY, PhotoRequest
from bot.features.face.rendering import Labels
from bot.features.face.service import FaceService
from bot.inference.models import open_models
from training.faces.drawing import Identity, portrait
from training.faces.models.networks import Decoder

_REPEATED = 30
_SITTER = 15


def measure() -> Iterator[Figure]:
    torch.set_num_threads(1)
    artist = open_models(DEMO_BUNDLE, "cpu").artist
    assert artist is not None
    fresh = _milliseconds(lambda: rendering.drawn(artist, 7, artist.usual, "Smiling", 1.5))
    yield Figure("/face smile: drawn before and after, and the PNG", fresh, "ms", "< 40", at_most(40))
    service = FaceService(artist, photos=True)
    for faces in (1, 5):
        photo = photos.jpeg(_large_photo(faces))
        smile = PhotoRequest((("Smiling", 2.0),), EVERY)
        changed = _milliseconds(partial(service.change_photo, photo, smile, Labels("before", "after")), 5)
        what = f"/face smile with a photo of 12 megapixels and {faces} face{'s' * (faces > 1)}, all changed"
        most = 400 + 200 * faces
        yield Figure(what, changed, "ms", f"< {most}", at_most(most))
    decoder = artist.of_photos
    latents = artist.latent(7, decoder)
    runtime = _milliseconds(lambda: artist.draw(latents, decoder))
    signature = Bundle.open(DEMO_BUNDLE).model(decoder)
    eager = _milliseconds(_eager(int(signature.inputs[0].shape[1]), artist.size(decoder)))
    yield Figure("the decoder in ONNX Runtime against torch eager", eager / runtime, "×", "≥ 3", at_least(3))


def _eager(latent: int, size: int) -> Callable[[], object]:
    """Return the demo's decoder in torch, with other weights: they cost the same."""
    decoder, z = Decoder(size, 16, latent).eval(), torch.randn(1, latent)

    def draw() -> object:
        with torch.inference_mode():
            scaled = ((decoder(z) + 1) * 127.5).round().clamp(0, 255)
            return scaled.permute(0, 2, 3, 1).to(torch.uint8).numpy()

    return draw


def _large_photo(faces: int) -> np.ndarray:
    side = 1024 if faces == 1 else 760
    face = portrait(Identity.of(_SITTER), {"Black_Hair": True}, side)
    wall = np.full((3000, 4000, 3), 200, np.uint8)
    for at in range(faces):
        left = (2 * at + 1) * 4000 // (2 * faces) - side // 2
        wall[800 : 800 + side, left : left + side] = face
    return wall


def _milliseconds(job: Callable[[], object], repeated: int = _REPEATED) -> float:
    job()
    times = []
    for _ in range(repeated):
        began = time.perf_counter()
        job()
        times.append(1000 * (time.perf_counter() - began))
    return statistics.median(times)
