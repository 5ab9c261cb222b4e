"""A fresh clone next year is the same product: all it asks for is pinned, for every platform, in requirements/."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
DECLARED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT, BUILD = DECLARED["project"], DECLARED["build-system"]["requires"]
EXTRAS = PROJECT["optional-dependencies"]
ASKED = {
    "bot": [*PROJECT["dependencies"], *EXTRAS["demo"]],
    "gpu": [*PROJECT["dependencies"], *EXTRAS["gpu"]],
    "serve": [*PROJECT["dependencies"], *EXTRAS["serve"]],
    "train": [*PROJECT["dependencies"], *EXTRAS["train"]],
    "dev": [*PROJECT["dependencies"], *EXTRAS["train"], *(one for one in EXTRAS["dev"] if "dantok" not in one)],
}


def content(environment: str) -> str:
    return (ROOT / "requirements" / f"{environment}.txt").read_text(encoding="utf-8")


def pins(environment: str) -> list[Requirement]:
    lines = (line.rstrip(" \\") for line in content(environment).splitlines())
    return [Requirement(line) for line in lines if re.match(r"\w", line)]


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("environment", ASKED)
def test_all_that_is_asked_for_is_pinned_within_what_is_asked(environment: str) -> None:
    pinned: dict[str, list[str]] = {}
    for pin in pins(environment):
        pinned.setdefault(plain(pin.name), []).append(str(pin.specifier).removeprefix("=="))
    for asked in map(Requirement, ASKED[environment]):
        versions = pinned.get(plain(asked.name), [])
        assert versions, f"make requirements: {asked.name} is not in {environment}.txt"
        assert all(asked.specifier.contains(version) for version in versions), asked


@pytest.mark.parametrize("asked", [*ASKED["dev"], *EXTRAS["gpu"], *EXTRAS["serve"], *BUILD])
def test_nothing_is_asked_for_without_an_upper_bound(asked: str) -> None:
    assert not Requirement(asked).specifier.contains("9999")


def test_the_image_is_built_on_one_digest() -> None:
    bases = re.findall(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(set(bases)) == 1
    assert re.fullmatch(r"python:3\.11-slim@sha256:[0-9a-f]{64}", bases[0])


@pytest.mark.parametrize("environment", ["bot", "gpu", "serve"])
def test_every_pin_of_the_bot_has_hashes(environment: str) -> None:
    blocks = re.split(r"\n(?=\w)", content(environment))[1:]
    assert len(blocks) == len(pins(environment))
    assert all("--hash=sha256:" in block for block in blocks)


def test_the_bots_pins_are_the_developers_too() -> None:
    # By name and version: what one needs on some platforms only, another may need on all.
    named = {
        environment: {(pin.name, str(pin.specifier)) for pin in pins(environment)}
        for environment in ("bot", "gpu", "dev")
    }
    assert named["bot"] <= named["dev"]
    # On a GPU it is the same bot: all else that the image for one brings is CUDA's.
    assert all(re.match("nvidia-", name) for name, _ in named["gpu"] - named["bot"])


@pytest.mark.parametrize("environment", ASKED)
def test_no_package_index_is_named(environment: str) -> None:
    assert "://" not in content(environment)
    assert "index" not in content(environment)


def test_what_checks_the_page_is_pinned_with_hashes_and_names_no_index() -> None:
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    installed = {name.removeprefix("node_modules/"): one for name, one in lock.items() if name}
    assert wanted.items() <= {name: one["version"] for name, one in installed.items()}.items()
    assert all(one["integrity"].startswith("sha512-") for one in installed.values())
    assert not any("resolved" in one for one in installed.values())
