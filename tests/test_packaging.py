"""What is installed where: the image carries the bot alone, the demo's extra names all that the playground needs."""

import ast
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from zipfile import ZipFile

import discord
import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
_BUILD = "import sys; from setuptools import build_meta; print(build_meta.build_wheel(sys.argv[1]))"


def copied() -> list[Path]:
    """Return what the Dockerfile copies into the image's build, as far as .dockerignore lets it."""
    let_in = re.findall(r"^!(\S+)", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE)
    lines = re.findall(r"^COPY (?!--from)(.+)", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    named = [word for line in lines for word in shlex.split(line)[:-1]]
    return [ROOT / name for name in named if name in let_in]


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the bot from the files that the image is built from; return the folder it is installed into."""
    source, site = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("site")
    for path in copied():
        if path.is_dir():
            shutil.copytree(path, source / path.name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(path, source)
    build = [sys.executable, "-c", _BUILD, str(site)]
    wheel = subprocess.run(build, cwd=source, check=True, capture_output=True, text=True).stdout.splitlines()[-1]
    with ZipFile(site / wheel) as archive:
        archive.extractall(site)
    (site / wheel).unlink()
    return site


def run(site: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the bot of that folder, with what it depends on but with nothing else of this checkout."""
    # -S: no .pth file leads back into the checkout.
    path = os.pathsep.join([str(site), str(Path(discord.__file__).parents[1])])
    command = [sys.executable, "-S", "-m", "bot", *words]
    environment = os.environ | {"PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        command, check=False, cwd=site, capture_output=True, text=True, encoding="utf-8", env=environment
    )


def test_the_image_carries_the_bot_alone(image: Path) -> None:
    assert {path.name for path in image.iterdir() if not path.name.endswith(".dist-info")} == {"bot"}
    assert (image / "bot" / "demo_bundle" / "manifest.json").is_file()


def test_the_bot_alone_speaks(image: Path) -> None:
    said = run(image, "say", "윤혜", "5", "--seed", "1")
    assert said.returncode == 0, said.stderr
    assert said.stdout.startswith("윤혜")


def test_the_bot_alone_says_what_its_demo_lacks(image: Path) -> None:
    shown = run(image, "demo", "--no-browser")
    assert shown.returncode == 1
    assert len(shown.stderr.strip().splitlines()) == 1
    assert "make demo" in shown.stderr


def imported(package: str) -> set[str]:
    """Return the top-level modules that ``package`` imports."""
    names: set[str] = set()
    for file in (ROOT / package).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module.partition(".")[0])
    return names


def test_the_demos_extra_is_what_the_playground_imports() -> None:
    by_module = packages_distributions()
    foreign = imported("playground") - sys.stdlib_module_names - {"playground"}
    needed = {by_module[module][0].lower() for module in foreign}
    assert needed == {Requirement(asked).name.lower() for asked in EXTRAS["demo"]}
