"""docs/architecture.md draws the arrows that there are, has a line for every folder, and names files that exist."""

import re
from functools import cache
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
PACKAGES = ("bot", "playground", "training", "export", "owner", "serving")

Arrows = set[tuple[str, str]]


def drawn() -> Arrows:
    """Return the arrows of the picture, by the modules that its boxes stand for."""
    boxes = dict(re.findall(r"^ +(\w+)\[\"?([\w.]+)\"?\]", PAGE, re.MULTILINE))
    arrows = re.findall(r"^ +([\w &]+) --> ([\w &]+)$", PAGE, re.MULTILINE)
    return {
        (boxes[one], boxes[other])
        for left, right in arrows
        for one in left.split(" & ")
        for other in right.split(" & ")
    }


@cache
def imported() -> Arrows:
    """Return every arrow between the rooms of the picture, by the imports of their modules."""
    graph = grimp.build_graph(*PACKAGES)
    rooms = {room for arrow in drawn() for room in arrow}
    return {
        (one, other)
        for module in graph.modules
        for known in graph.find_modules_directly_imported_by(module)
        if (one := room_of(module, rooms)) and (other := room_of(known, rooms)) and one != other
    }


def room_of(module: str, rooms: set[str]) -> str | None:
    """Return the innermost room that a module lies in."""
    return max((room for room in rooms if f"{module}.".startswith(f"{room}.")), key=len, default=None)


def reachable(start: str, arrows: Arrows) -> set[str]:
    """Return the rooms that can be reached from one."""
    ahead = {other for one, other in arrows if one == start}
    return ahead.union(*(reachable(each, arrows) for each in ahead))


def test_the_picture_draws_every_arrow_that_there_is_and_no_other() -> None:
    arrows = imported()
    # What can be reached by a longer way is not drawn: the picture would be nothing but lines.
    direct = {
        (one, other)
        for one, other in arrows
        if not any(other in reachable(via, arrows) for start, via in arrows if start == one)
    }
    assert drawn() == direct
    assert len(direct) > 15


def test_no_arrow_leads_back() -> None:
    arrows = imported()
    assert not any(one in reachable(other, arrows) for one, other in arrows)


def test_every_folder_has_a_line() -> None:
    folders = {file.parent.relative_to(ROOT).as_posix() for name in PACKAGES for file in (ROOT / name).rglob("*.py")}
    described = set(re.findall(r"^\| `([\w/]+)/` \|", PAGE, re.MULTILINE))
    assert folders - described == set()


@pytest.mark.parametrize("named", sorted(set(re.findall(r"`([\w.]+/[\w./-]*)`", PAGE))))
def test_what_the_page_names_exists(named: str) -> None:
    assert (ROOT / named).exists()


@pytest.mark.parametrize(("file", "test"), sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE))))
def test_a_test_that_the_page_names_exists(file: str, test: str) -> None:
    assert f"def {test}(" in (ROOT / file).read_text(encoding="utf-8")
