"""Photos become paintings of their own size, in the bundle's styles, in mixtures of them, or as another picture."""

import json
from pathlib import Path

import numpy as np
import pytest

from bot.bundle import Bundle, BundleError, Role
from bot.bundle.manifest import MANIFEST
from bot.default_bundle import DEMO_BUNDLE
from bot.inference.painter import Painter, open_painter
from tests import styles_bundle
from tests.styles_bundle import checks, edit_styles


@pytest.fixture(scope="module")
def painter() -> Painter:
    opened = open_painter(Bundle.open(DEMO_BUNDLE), "cpu")
    assert opened is not None
    return opened


def off(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.abs(one.astype(int) - other).mean())


def test_the_bundle_that_ships_has_26_styles_with_names_of_their_own_in_both_languages(painter: Painter) -> None:
    assert len(painter.styles) == 26
    assert painter.reads_any
    for language in ("ko", "en"):
        assert len({style.names[language] for style in painter.styles}) == 26


def test_each_style_paints_another_picture(painter: Painter) -> None:
    photo = checks(64)
    paintings = [painter.painted(photo, {style.key: 1.0}) for style in painter.styles]
    assert all(off(painting, photo) > 10 for painting in paintings)
    pairs = [(one, other) for at, one in enumerate(paintings) for other in paintings[:at]]
    assert min(off(*pair) for pair in pairs) > 5


@pytest.mark.parametrize(("width", "height"), [(1, 1), (3, 40), (33, 35), (1000, 2), (128, 96)])
def test_a_painting_is_of_the_photos_size_whatever_that_is(painter: Painter, width: int, height: int) -> None:
    photo = checks(width, height)
    assert painter.painted(photo, {"starry": 1.0}).shape == photo.shape
    assert painter.painted_as(photo, checks(50, 30)).shape == photo.shape


def test_a_mixture_lies_between_its_styles(painter: Painter) -> None:
    photo = checks(96)
    one, other, both = (painter.painted(photo, mixture) for mixture in ({"wave": 1}, {"pop": 1}, {"wave": 1, "pop": 1}))
    assert max(off(both, one), off(both, other)) < off(one, other)


def test_what_is_weaker_is_nearer_to_the_photo(painter: Painter) -> None:
    photo, style = checks(128), checks(64, cells=20)
    assert off(painter.painted_as(photo, style, 0.25), photo) < off(painter.painted_as(photo, style), photo)


def test_a_style_that_is_not_there_cannot_be_painted_in(painter: Painter) -> None:
    with pytest.raises(ValueError, match="oil"):
        painter.painted(checks(32), {"oil": 1.0})


def test_a_bundle_without_a_reader_paints_in_its_own_styles_alone(tmp_path: Path) -> None:
    painter = open_painter(Bundle.open(styles_bundle.make(tmp_path / "b", (Role.STYLES,))), "cpu")
    assert painter is not None
    assert not painter.reads_any
    with pytest.raises(ValueError, match="no picture"):
        painter.painted_as(checks(32), checks(32))


def test_half_of_what_reads_and_paints_any_style_is_refused(tmp_path: Path) -> None:
    bundle = styles_bundle.make(tmp_path / "b", (Role.STYLES, Role.STYLE_READER))
    with pytest.raises(BundleError, match="export it again"):
        open_painter(Bundle.open(bundle), "cpu")


@pytest.mark.parametrize(
    "text",
    ["{}", "[1]", "nonsense", "[]", json.dumps([{"key": "a", "names": {"en": "A"}}] * 26), "[" * 99_999],
)
def test_names_that_are_damaged_are_refused_in_a_sentence(tmp_path: Path, text: str) -> None:
    bundle = styles_bundle.make(tmp_path / "b", (Role.STYLES,))
    edit_styles(bundle, "styles.json", text)
    with pytest.raises(BundleError, match=r"styles\.json .*export the bundle again"):
        open_painter(Bundle.open(bundle), "cpu")


def test_a_graph_with_another_signature_is_refused(tmp_path: Path) -> None:
    bundle = styles_bundle.make(tmp_path / "b", (Role.STYLES,))
    content = json.loads((bundle / MANIFEST).read_text(encoding="utf-8"))
    content["models"]["styles"]["inputs"][1]["name"] = "mixture"
    (bundle / MANIFEST).write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(BundleError, match="weights"):
        open_painter(Bundle.open(bundle), "cpu")
