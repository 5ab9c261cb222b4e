"""A face is found wherever it is and however it is turned, with its eyes; where there is none, none is found."""

import math
from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from bot.photos import EYES, Located, crop, find, has_large_face, lay_back, read
from training.faces.drawing import Identity, portrait

SITTERS = (7, 13)
LIGHT, DARK = 245, 25


def photo(sitter: int, share: float = 0.6, ground: int = 200) -> tuple[np.ndarray, Located]:
    """Return an invented face, as high as a share of the photo, on a plain ground, and where its eyes are."""
    size = round(share * 600)
    pixels = np.full((600, 800, 3), ground, np.uint8)
    left, top = 400 - size // 2, 300 - size // 2
    pixels[top : top + size, left : left + size] = portrait(Identity.of(sitter), {"Black_Hair": True}, size)
    (left_x, left_y), (right_x, right_y) = EYES
    eyes = [(left + x * size - 0.5, top + y * size - 0.5) for x, y in ((left_x, left_y), (right_x, right_y))]
    return pixels, Located(*eyes)


def turned(pixels: np.ndarray, eyes: Located, angle: float) -> tuple[np.ndarray, Located]:
    """Return the photo and its eyes turned about its middle, with room for all of it."""
    height, width = pixels.shape[:2]
    side = math.ceil(math.hypot(height, width))
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), angle, 1)
    matrix[:, 2] += (side - width) / 2, (side - height) / 2
    at = [tuple(matrix @ (*point, 1)) for point in (eyes.left, eyes.right)]
    ground = tuple(int(value) for value in pixels[0, 0])
    return cv2.warpAffine(pixels, matrix, (side, side), borderValue=ground), Located(*at)


def away(found: Located, eyes: Located) -> float:
    """Return how far the eyes that were found are from where they are, in distances of the eyes."""
    return max(math.dist(found.left, eyes.left), math.dist(found.right, eyes.right)) / eyes.distance


@pytest.mark.parametrize("angle", [*range(0, 360, 45), 25, 205])
def test_a_turned_face_is_found_with_its_own_left_and_right_eye(angle: int) -> None:
    for sitter in SITTERS:
        pixels, eyes = turned(*photo(sitter), angle)
        (found,) = find(pixels)
        assert away(found, eyes) < 0.15


@pytest.mark.parametrize("ground", [LIGHT, DARK])
@pytest.mark.parametrize("share", [0.2, 0.4, 0.9])
def test_the_ground_behind_a_face_and_its_size_do_not_matter(share: float, ground: int) -> None:
    for sitter in SITTERS:
        pixels, eyes = photo(sitter, share, ground)
        (found,) = find(pixels)
        assert away(found, eyes) < 0.15


@pytest.mark.parametrize("light", [(1.0, 0.15, 0.2), (0.5, 0.2, 1.0), (0.25, 0.25, 0.25)])
def test_a_face_in_coloured_or_little_light_is_found(light: tuple[float, float, float]) -> None:
    for sitter in SITTERS:
        pixels, eyes = photo(sitter)
        (found,) = find((pixels * light).astype(np.uint8))
        assert away(found, eyes) < 0.15


def test_a_face_upside_down_is_cut_out_upright_and_laid_back_upside_down() -> None:
    upright, _ = photo(13)
    pixels = np.ascontiguousarray(upright[::-1, ::-1])
    (found,) = find(pixels)
    (before,) = find(upright)
    cut = crop(pixels, found, 128)
    assert np.abs(cut.astype(int) - crop(upright, before, 128))[24:-24, 24:-24].mean() < 8
    cut[85:105, 40:88] = (255, 0, 0)
    back = lay_back(pixels, found, cut)
    red = np.argwhere((back[..., 0] > 200) & (back[..., 1] < 60))
    eyes_y = (found.left[1] + found.right[1]) / 2
    assert len(red) > 0
    assert red[:, 0].max() < eyes_y


def test_all_faces_are_found_the_largest_first() -> None:
    small, large = photo(10, 0.3)[0], photo(15, 0.7)[0]
    first, second = find(np.hstack([small, large]))
    assert first.distance > 2 * second.distance
    assert first.left[0] > 800 > second.right[0]


def test_a_large_photo_is_measured_in_its_own_pixels() -> None:
    pixels, eyes = photo(13)
    (found,) = find(cv2.resize(pixels, None, fx=5, fy=5, interpolation=cv2.INTER_CUBIC))
    assert away(found, Located(*[(5 * x + 2, 5 * y + 2) for x, y in (eyes.left, eyes.right)])) < 0.15


def without_a_face() -> dict[str, np.ndarray]:
    random = np.random.default_rng(5)
    noise = random.integers(0, 256, (24, 32, 3), np.uint8)
    text = Image.new("RGB", (640, 480), "white")
    for line in range(24):
        ImageDraw.Draw(text).text((20, 20 * line), "Nobody is in this picture, only words. " * 3, fill="black")
    y, x = np.indices((480, 640))
    hills = np.where(y > 300 + 40 * np.sin(x / 60) + 25 * np.sin(x / 23), 90, 220)
    face = portrait(Identity.of(13), {"Black_Hair": True}, 600)
    return {
        "wall": np.full((480, 640, 3), 128, np.uint8),
        "noise": cv2.resize(noise, (640, 480), interpolation=cv2.INTER_NEAREST),
        "blurred": cv2.resize(noise, (640, 480), interpolation=cv2.INTER_CUBIC),
        "text": np.asarray(text),
        "hills": np.stack([hills, hills // 2 + 60, 255 - hills // 2], -1).astype(np.uint8),
        "chess": np.repeat((np.indices((480, 640)) // 40).sum(0)[..., None] % 2 * 255, 3, 2).astype(np.uint8),
        "circles": np.repeat((np.hypot(x - 320, y - 240) % 60 < 20)[..., None] * 200, 3, 2).astype(np.uint8),
        "hair": face[:150],
        "shoulders": face[480:],
        "half": face[:, :210],
        "thread": np.full((1, 3000, 3), 128, np.uint8),
    }


@pytest.mark.parametrize("name", without_a_face())
def test_where_nobody_is_nobody_is_found(name: str) -> None:
    pixels = without_a_face()[name]
    assert find(pixels) == find(np.ascontiguousarray(pixels[::-1, ::-1])) == ()


@pytest.mark.parametrize(
    ("share", "angle", "large"), [(0.9, 0, True), (0.3, 0, True), (0.6, 180, True), (0.5, 90, True), (0.1, 0, False)]
)
def test_a_face_is_large_by_how_much_of_the_photo_it_fills(share: float, angle: int, large: bool) -> None:
    pixels, eyes = photo(SITTERS[0], share)
    assert has_large_face(turned(pixels, eyes, angle)[0], 0.04) == large


def test_of_several_faces_one_is_enough() -> None:
    pixels, _ = photo(SITTERS[0], 0.1)
    pixels[:240, :240] = portrait(Identity.of(SITTERS[1]), {"Black_Hair": True}, 240)
    assert has_large_face(pixels, 0.04)


def test_nobody_is_no_large_face() -> None:
    assert [name for name, pixels in without_a_face().items() if has_large_face(pixels, 0.04)] == []


def test_real_people_are_found_upside_down_and_aslant_as_upright(shared) -> None:
    import zipfile

    with zipfile.ZipFile(shared / "data" / "faces" / "london256.zip") as archive:
        for number, name in enumerate(sorted(archive.namelist())[:60:5]):
            pixels = read(archive.read(name))
            (upright,) = find(pixels)
            turned_pixels, eyes = turned(pixels, upright, 30 * number)
            (found,) = find(turned_pixels)
            assert away(found, eyes) < 0.1


def test_several_threads_find_what_one_finds() -> None:
    pictures = [turned(*photo(sitter), angle)[0] for sitter in SITTERS for angle in (0, 90)]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(find, pictures)) == [find(pixels) for pixels in pictures]
