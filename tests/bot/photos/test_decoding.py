"""Photos come from anybody: every kind is read right, and what is none is refused before it costs anything."""

import contextlib
import io
import os
import struct
import subprocess
import sys
import time
import zlib

import numpy as np
import psutil
import pytest
from PIL import Image

from bot.photos import PhotoError, PhotoProblem, jpeg, read, size
from bot.photos.decoding import MOST_DECODED


def encoded(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, kind, **options)
    return stream.getvalue()


def corners() -> Image.Image:
    """Red above left, green above right, blue below left, white below right; wider than high."""
    pixels = np.zeros((20, 40, 3), np.uint8)
    pixels[:10, :20], pixels[:10, 20:], pixels[10:, :20], pixels[10:, 20:] = (255, 0, 0), (0, 255, 0), (0, 0, 255), 255
    return Image.fromarray(pixels)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
@pytest.mark.parametrize("mode", ["RGB", "L", "P", "CMYK", "RGBA", "I;16"])
def test_every_kind_and_colour_comes_out_right(kind: str, mode: str) -> None:
    source = corners()
    if mode == "I;16" and kind != "PNG":
        pytest.skip(f"there is no {kind} of 16 bits")
    if mode == "I;16":
        source = Image.fromarray((np.asarray(source.convert("L")).astype(np.uint16)) * 257)
    elif mode != "RGB":
        source = source.convert(mode)
    try:
        data = encoded(source, kind)
    except (OSError, ValueError):
        pytest.skip(f"there is no {kind} of {mode}")
    expected = np.asarray(corners().convert("L" if mode in ("L", "I;16") else "RGB").convert("RGB")).astype(int)
    found = read(data)
    assert found.shape == expected.shape
    assert np.abs(found[2:8, 4:16] - expected[2:8, 4:16]).max() < 40
    assert np.abs(found[12:18, 24:36] - expected[12:18, 24:36]).max() < 40


def test_what_is_transparent_becomes_white() -> None:
    clear = Image.new("RGBA", (8, 8), (0, 0, 0, 0))
    assert (read(encoded(clear)) == 255).all()


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_the_orientation_that_a_phone_writes_is_applied(kind: str, orientation: int) -> None:
    turns = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    turn = turns[orientation]
    stored = corners() if turn is None else corners().transpose(turn)
    exif = Image.Exif()
    exif[0x0112] = orientation
    found = read(encoded(stored, kind, exif=exif)).astype(int)
    assert found.shape == (20, 40, 3)
    assert np.abs(found[5, 10] - (255, 0, 0)).max() < 40
    assert np.abs(found[15, 10] - (0, 0, 255)).max() < 40


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_nonsense_in_the_metadata_costs_no_photo(kind: str, seed: int) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x8769] = 6, "a camera", {0x9003: "2026:11:21"}
    block = bytearray(exif.tobytes())
    chance = np.random.default_rng(seed)
    for _ in range(4):
        block[int(chance.integers(6, len(block)))] = int(chance.integers(0, 256))
    assert sorted(read(encoded(corners(), kind, exif=bytes(block))).shape) == [3, 20, 40]


def test_of_an_animation_the_first_picture_is_taken() -> None:
    red, blue = (Image.new("RGB", (8, 8), colour) for colour in ("red", "blue"))
    assert (read(encoded(red, "GIF", save_all=True, append_images=[blue]))[0, 0] == (255, 0, 0)).all()


@pytest.mark.parametrize("how", [{}, {"progressive": True}, {"subsampling": 0}, {"quality": 30}])
def test_a_jpeg_has_the_pixels_that_pillow_sees_in_it(how: dict[str, int]) -> None:
    picture = Image.fromarray(np.random.default_rng(5).integers(0, 256, (70, 100, 3), np.uint8)).resize((200, 140))
    data = encoded(picture, "JPEG", **how)
    assert (read(data) == np.asarray(Image.open(io.BytesIO(data)))).all()


@pytest.mark.parametrize("cut", [0.3, 0.9])
def test_a_jpeg_that_ends_early_is_broken_and_one_with_a_film_behind_it_is_not(cut: float) -> None:
    data = encoded(Image.effect_noise((200, 200), 80).convert("RGB"), "JPEG")
    with pytest.raises(PhotoError) as refused:
        read(data[: int(cut * len(data))])
    assert refused.value.problem is PhotoProblem.BROKEN
    assert (read(data + b"ftypmp42" + data[:100]) == read(data)).all()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_photo_a_little_too_large_is_brought_to_the_side_that_is_asked(kind: str) -> None:
    down, across = np.meshgrid(np.linspace(0, 255, 300), np.linspace(0, 255, 400), indexing="ij")
    slope = np.stack([across, down, 0 * down + 90], -1).astype(np.uint8)
    found = read(encoded(Image.fromarray(slope), kind), longest_side=310).astype(int)
    expected = np.asarray(Image.fromarray(slope).resize((310, 232), Image.Resampling.BOX)).astype(int)
    assert np.abs(found - expected).max() < 6


def test_a_large_photo_is_decoded_small() -> None:
    found = read(encoded(Image.new("RGB", (6000, 4000), "green"), "JPEG"))
    assert max(found.shape) <= 4096
    assert found.shape[1] / found.shape[0] == pytest.approx(1.5, abs=0.01)


@pytest.mark.parametrize("mode", ["RGBA", "RGB", "P", "L", "I;16"])
def test_a_large_picture_is_made_small_before_it_is_copied(mode: str) -> None:
    large = Image.new("RGBA" if mode == "RGBA" else "L", (5000, 3000), 200 if mode != "RGBA" else (200, 0, 0, 255))
    if mode == "I;16":
        large = Image.fromarray(np.full((3000, 5000), 51_400, np.uint16))
    elif mode != "RGBA":
        large = large.convert(mode)
    found = read(encoded(large), longest_side=500)
    assert found.shape == (300, 500, 3)
    assert found[..., 0] == pytest.approx(200, abs=1)


def test_a_small_jpeg_of_thousands_of_scans_is_refused_at_once() -> None:
    data = encoded(Image.new("L", (1600, 1600), 100), "JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    bomb = data[:-2] + data[last:-2] * 2000 + data[-2:]
    began = time.monotonic()
    with pytest.raises(PhotoError):
        read(bomb)
    with pytest.raises(PhotoError):
        read(b"\xff\xd8" + b"\xff\xfe\x00\x02" * 2_000_000)
    assert time.monotonic() - began < 1
    assert read(data).shape == (1600, 1600, 3)


def test_a_film_that_a_phone_hangs_on_to_a_photo_is_passed_over() -> None:
    photo = encoded(Image.new("RGB", (3000, 2000), "green"), "JPEG", quality=60)
    film = np.random.default_rng(0).bytes(3_000_000) + b"\xff\xda" * 500
    assert read(photo + film).shape == (2000, 3000, 3)


def png_that_says(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    ending = chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + ending


REFUSED = {
    "nothing": (b"", PhotoProblem.NO_PICTURE),
    "a text": (b"hello" * 100, PhotoProblem.NO_PICTURE),
    "noise": (bytes(range(256)) * 10, PhotoProblem.NO_PICTURE),
    "an svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', PhotoProblem.OTHER_FORMAT),
    "a heic": (b"\x00\x00\x00\x18ftypheic" + bytes(64), PhotoProblem.OTHER_FORMAT),
    "an avif": (b"\x00\x00\x00\x1cftypavif" + bytes(64), PhotoProblem.OTHER_FORMAT),
    "a text about IBM": (b"IBM sells computers." * 9, PhotoProblem.NO_PICTURE),
    "a tiff": (encoded(Image.new("RGB", (8, 8)), "TIFF"), PhotoProblem.OTHER_FORMAT),
    "half a jpeg": (encoded(corners(), "JPEG")[:300], PhotoProblem.BROKEN),
    "half a png": (encoded(corners())[:60], PhotoProblem.BROKEN),
    "a bomb": (png_that_says(30_000, 30_000), PhotoProblem.TOO_MANY_PIXELS),
    "a larger bomb": (png_that_says(2**31 - 1, 2**31 - 1), PhotoProblem.TOO_MANY_PIXELS),
    "9 MB": (bytes(9 * 1024 * 1024), PhotoProblem.TOO_MANY_BYTES),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_photo_is_refused_by_what_it_is(name: str) -> None:
    data, problem = REFUSED[name]
    with pytest.raises(PhotoError) as refused:
        read(data)
    assert refused.value.problem is problem


def test_a_bomb_costs_neither_time_nor_memory() -> None:
    process = psutil.Process(os.getpid())
    before, began = process.memory_info().rss, time.monotonic()
    for _ in range(20):
        with pytest.raises(PhotoError):
            read(png_that_says(30_000, 30_000))
    assert process.memory_info().rss - before < 50_000_000
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("seed", range(60))
def test_damage_anywhere_is_a_photo_or_a_refusal_and_nothing_else(seed: int) -> None:
    chance = np.random.default_rng(seed)
    data = bytearray(encoded(corners(), ("PNG", "JPEG", "WEBP", "GIF")[seed % 4]))
    for _ in range(6):
        data[int(chance.integers(8, len(data)))] = int(chance.integers(0, 256))
    with contextlib.suppress(PhotoError):
        assert read(bytes(data)).ndim == 3


def plain_png(width: int, height: int, bits: int, colour: int) -> bytes:
    """Return a whole PNG of one colour: the smallest file for its pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    row = b"\0" + b"\x40" * (width * (bits // 8) * (3 if colour == 2 else 1))
    data = zlib.compress(row * height, 9)
    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("width", "height", "bits", "colour"),
    [(6300, 6300, 16, 0), (5200, 5200, 8, 2), (2, 1_000_000, 8, 2), (1_000_000, 2, 8, 0)],
)
def test_a_small_file_that_would_be_large_is_refused(width: int, height: int, bits: int, colour: int) -> None:
    data = plain_png(width, height, bits, colour)
    assert len(data) < 500_000
    with pytest.raises(PhotoError) as refused:
        read(data)
    assert refused.value.problem is PhotoProblem.TOO_MANY_PIXELS


@pytest.mark.parametrize(("side", "bits", "colour"), [(5000, 16, 0), (4800, 8, 2), (6300, 8, 0)])
def test_what_is_taken_costs_no_more_than_it_may(side: int, bits: int, colour: int) -> None:
    reading = (
        "import resource, sys, numpy; from bot import photos;"
        "photos.read(photos.png(numpy.zeros((9, 9, 3), 'u1')));"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; photos.read(sys.stdin.buffer.read());"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    data = plain_png(side, side, bits, colour)
    done = subprocess.run([sys.executable, "-c", reading], input=data, capture_output=True, check=True)
    unit = 1 if sys.platform == "darwin" else 1024
    assert int(done.stdout) * unit < 2 * MOST_DECODED


def test_a_large_photo_of_a_phone_is_decoded_smaller() -> None:
    data = encoded(Image.new("RGB", (8064, 6048), "teal"), "JPEG")
    assert read(data).shape == (3024, 4032, 3)
    assert size(data) == (8064, 6048)


def test_a_progressive_one_is_kept_whole_while_it_is_decoded_and_refused_earlier() -> None:
    large = io.BytesIO()
    Image.new("L", (6000, 4000)).save(large, "JPEG", progressive=True)
    with pytest.raises(PhotoError):
        read(large.getvalue())
    usual = io.BytesIO()
    Image.new("RGB", (3000, 2000)).save(usual, "JPEG", progressive=True)
    assert read(usual.getvalue()).shape == (2000, 3000, 3)


def test_a_photo_a_little_larger_than_asked_shows_the_same_smaller_and_whichever_way_the_camera_was_held() -> None:
    small = np.random.default_rng(3).integers(0, 256, (30, 40, 3), np.uint8)
    large = Image.fromarray(small).resize((1000, 750), Image.Resampling.BICUBIC)
    expected = np.asarray(large.resize((640, 480), Image.Resampling.BILINEAR)).astype(int)
    assert np.abs(read(encoded(large), longest_side=640) - expected).max() <= 4
    exif = Image.Exif()
    exif[0x0112] = 6
    stream = io.BytesIO()
    large.save(stream, "PNG", exif=exif)
    assert np.abs(np.rot90(read(stream.getvalue(), longest_side=640)) - expected).max() <= 4


def test_sixteen_bits_of_grey_keep_their_shades_when_they_are_shrunk() -> None:
    shades = np.linspace(0, 65535, 600 * 600).reshape(600, 600).astype(np.uint16)
    whole, small = read(encoded(Image.fromarray(shades))), read(encoded(Image.fromarray(shades)), longest_side=60)
    assert np.abs(whole[..., 0].astype(float) - shades / 257).max() <= 1
    assert np.abs(small.mean() - whole.mean()) < 1


def test_a_photo_that_would_be_too_large_to_send_is_saved_as_well_as_it_can_be() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (3000, 3000, 3), np.uint8)
    assert len(jpeg(noise)) < 8 * 1024 * 1024


@pytest.mark.parametrize(("sides", "is_read"), [((1, 20), True), ((1, 21), False), ((4000, 2), False), ((4, 4), True)])
def test_a_strip_of_which_nothing_could_be_seen_is_refused(sides: tuple[int, int], *, is_read: bool) -> None:
    with contextlib.nullcontext() if is_read else pytest.raises(PhotoError, match="narrow"):
        read(encoded(Image.new("RGB", sides)))
