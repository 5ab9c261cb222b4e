"""The version stands once, and the newest release in the changelog is that version."""

import re
import tomllib
from itertools import pairwise
from pathlib import Path

import bot

ROOT = Path(__file__).parents[1]
RELEASES = re.findall(r"^## (\d+\.\d+\.\d+), (\d+ \w+ \d{4})$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)


def test_the_newest_release_in_the_changelog_is_this_version() -> None:
    assert RELEASES[0][0] == bot.__version__


def test_releases_come_newest_first() -> None:
    numbers = [tuple(map(int, version.split("."))) for version, _ in RELEASES]
    assert all(newer > older for newer, older in pairwise(numbers))


def test_the_package_takes_its_version_from_the_bot() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert declared["project"]["dynamic"] == ["version"]
    assert declared["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "bot.__version__"}
