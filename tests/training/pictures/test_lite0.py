"""The network of pictures, with the package's weights: it knows what it sees, and is seen in part, too."""

import math
from collections.abc import Callable

import pytest
import torch
from PIL import Image, ImageDraw
from torch.nn import functional

from training.pictures.lite0 import BLOCKS, FEATURES, Lite0, load_lite0


@pytest.fixture(scope="module")
def network() -> Lite0:
    return load_lite0()


def tensor(picture: Image.Image) -> torch.Tensor:
    small = picture.resize((224, 224), Image.Resampling.LANCZOS)
    return (
        torch.frombuffer(bytearray(small.tobytes()), dtype=torch.uint8).view(1, 224, 224, 3).permute(0, 3, 1, 2) / 255
    )


def clock() -> Image.Image:
    picture = Image.new("RGB", (448, 448), (205, 190, 170))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((60, 60, 388, 388), fill=(60, 40, 30))
    draw.ellipse((80, 80, 368, 368), fill=(250, 250, 245))
    for minute in range(60):
        _hand(draw, minute, 120 if minute % 5 == 0 else 130, 138, 6 if minute % 5 == 0 else 2)
    _hand(draw, 10, 0, 80, 10)
    _hand(draw, 50, 0, 115, 6)
    return picture


def _hand(draw: ImageDraw.ImageDraw, minute: int, start: int, end: int, width: int) -> None:
    x, y = math.sin(minute * math.pi / 30), -math.cos(minute * math.pi / 30)
    draw.line((224 + start * x, 224 + start * y, 224 + end * x, 224 + end * y), fill=(0, 0, 0), width=width)


def traffic_light() -> Image.Image:
    picture = Image.new("RGB", (448, 448), (120, 170, 220))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((215, 330, 233, 448), fill=(70, 70, 70))
    draw.rounded_rectangle((160, 60, 288, 350), 20, fill=(25, 25, 25))
    for index, colour in enumerate([(255, 30, 20), (70, 60, 10), (10, 60, 20)]):
        draw.ellipse((190, 80 + 88 * index, 258, 148 + 88 * index), fill=colour)
    return picture


@pytest.mark.parametrize(("picture", "imagenet_class"), [(clock, 409), (traffic_light, 920)])
def test_it_knows_a_drawn_thing(network: Lite0, picture: Callable[[], Image.Image], imagenet_class: int) -> None:
    assert network.classes(tensor(picture())).argmax().item() == imagenet_class


def test_two_pictures_of_one_thing_are_more_alike_than_of_two(network: Lite0) -> None:
    one, turned, other = (network(tensor(each)) for each in (clock(), clock().rotate(20), traffic_light()))
    assert one.shape == (1, FEATURES)
    assert functional.cosine_similarity(one, turned) > functional.cosine_similarity(one, other) + 0.2


def test_what_is_seen_after_some_blocks_comes_smallest_first(network: Lite0) -> None:
    seen = network.after(torch.rand(2, 3, 96, 64), (10, 0, 4, BLOCKS))
    assert [tuple(part.shape) for part in seen] == [(2, 32, 48, 32), (2, 40, 12, 8), (2, 112, 6, 4), (2, 320, 3, 2)]


def test_it_is_not_trained_but_gives_gradients_of_the_picture(network: Lite0) -> None:
    picture = torch.rand(1, 3, 64, 64, requires_grad=True)
    network.after(picture, (4,))[0].square().mean().backward()
    assert picture.grad is not None
    assert picture.grad.abs().max() > 0
    assert not any(weight.requires_grad for weight in network.parameters())
