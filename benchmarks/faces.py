"""Faces as the bot draws and changes them, on one core: what that costs, and what ONNX Runtime saves.

Milliseconds are the CPU's: other work on the machine hardly counts.
"""

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
_PHOTOS = (((1024, 768), 1, 150), ((4000, 3000), 1, 200), ((4000, 3000), 5, 1_400))
"""Width and height of a photo, faces in it, and milliseconds that it may take."""


def measure() -> Iterator[Figure]:
    torch.set_num_threads(1)
    artist = open_models(DEMO_BUNDLE, "cpu").artist
    assert artist is not None
    fresh = _milliseconds(lambda: rendering.drawn(artist, 7, artist.usual, "Smiling", 1.5))
    yield Figure("/face smile: drawn before and after, and the PNG", fresh, "ms", "< 40", at_most(40))
    service = FaceService(artist, photos=True)
    for size, faces, most in _PHOTOS:
        pixels = _photo(size, faces)
        photo, smile = photos.jpeg(pixels), PhotoRequest((("Smiling", 2.0),), EVERY)
        changed = _milliseconds(partial(service.change_photo, photo, smile, Labels("before", "after")), 5)
        found = _milliseconds(partial(photos.find, pixels), 5)
        what = f"/face smile with a photo of {size[0]:,} × {size[1]:,} and {faces} face{'s' * (faces > 1)}, all changed"
        note = f"{found / changed:.0%} of it looks for faces"
        yield Figure(what, changed, "ms", f"< {most}", at_most(most), note)
    decoder = "vae"
    latents = artist.latent(7, decoder)
    runtime = _milliseconds(lambda: artist.draw(latents, decoder))
    signature = Bundle.open(DEMO_BUNDLE).model(decoder)
    eager = _milliseconds(_eager(int(signature.inputs[0].shape[1]), artist.size(decoder)))
    yield Figure("the VAE's decoder in ONNX Runtime against torch eager", eager / runtime, "×", "≥ 3", at_least(3))


def _eager(latent: int, size: int) -> Callable[[], object]:
    """Return the demo's decoder in torch, with other weights: they cost the same."""
    decoder, z = Decoder(size, 16, latent).eval(), torch.randn(1, latent)

    def draw() -> object:
        with torch.inference_mode():
            scaled = ((decoder(z) + 1) * 127.5).round().clamp(0, 255)
            return scaled.permute(0, 2, 3, 1).to(torch.uint8).numpy()

    return draw


def _photo(size: tuple[int, int], faces: int) -> np.ndarray:
    """Return a photo with faces beside each other, each a third of it high or as wide as there is room."""
    width, height = size
    side = min(round(0.34 * height), round(0.95 * width / faces))
    face = portrait(Identity.of(_SITTER), {"Black_Hair": True}, side)
    wall = np.full((height, width, 3), 200, np.uint8)
    for at in range(faces):
        left = (2 * at + 1) * width // (2 * faces) - side // 2
        wall[height // 4 : height // 4 + side, left : left + side] = face
    return wall


def _milliseconds(job: Callable[[], object], repeated: int = _REPEATED) -> float:
    job()
    times = []
    for _ in range(repeated):
        began = time.process_time()
        job()
        times.append(1000 * (time.process_time() - began))
    return statistics.median(times)
