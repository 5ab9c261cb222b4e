"""The table that marks tests names what there is: a file that moves must not become a unit in silence."""

import re

import pytest

from tests.conftest import MARKERS, REPOSITORY

CODE = "\n".join(path.read_text(encoding="utf-8") for path in (REPOSITORY / "tests").rglob("*.py"))


@pytest.mark.parametrize("place", [place for need in MARKERS.values() for place in need.places])
def test_every_place_exists(place: str) -> None:
    assert (REPOSITORY / place).exists()


@pytest.mark.parametrize("name", [name for need in MARKERS.values() for name in need.imports])
def test_every_import_is_somebodys(name: str) -> None:
    assert re.search(rf"^ *(?:from|import) .*\b{name}\b", CODE, re.MULTILINE)


@pytest.mark.parametrize("name", [name for need in MARKERS.values() for name in need.fixtures])
def test_every_fixture_is_somebodys(name: str) -> None:
    assert re.search(rf"^(?:async )?def {name}\(", CODE, re.MULTILINE)


def test_every_marker_is_explained() -> None:
    explained = re.findall(r"^\| `(\w+)` \|", (REPOSITORY / "tests" / "README.md").read_text("utf-8"), re.MULTILINE)
    assert set(explained) == set(MARKERS)
