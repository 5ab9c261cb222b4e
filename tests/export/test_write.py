"""A bundle folder is whole or absent, whenever the export stops."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from bot.bundle import Bundle, Manifest
from bot.bundle.manifest import MANIFEST
from export.errors import ExportError
from export.write import finish, staged
from tests.full_disk import room_for


def _export(out: Path, made: str) -> None:
    with staged(out) as folder:
        finish(folder, Manifest({"by": made}, {}), Bundle.open)


def _made_by(out: Path) -> str:
    return Bundle.open(out).manifest.made["by"]


def test_the_new_bundle_takes_the_old_ones_place_and_leaves_nothing_beside(tmp_path: Path) -> None:
    out = tmp_path / "bundle"
    _export(out, "first")
    _export(out, "second")
    assert _made_by(out) == "second"
    assert [path.name for path in tmp_path.iterdir()] == ["bundle"]


def test_a_failed_export_keeps_the_old_bundle(tmp_path: Path) -> None:
    out = tmp_path / "bundle"
    _export(out, "first")
    with pytest.raises(RuntimeError), staged(out) as folder:
        (folder / MANIFEST).write_text("half")
        raise RuntimeError
    assert _made_by(out) == "first"
    assert [path.name for path in tmp_path.iterdir()] == ["bundle"]


def test_a_disk_that_fills_up_keeps_the_old_bundle_and_the_same_export_works_once_there_is_room(tmp_path: Path) -> None:
    out = tmp_path / "bundle"
    _export(out, "first")
    with room_for(2_000), pytest.raises(OSError, match="File too large"):
        _export(out, "x" * 5_000)
    assert _made_by(out) == "first"
    assert [path.name for path in tmp_path.iterdir()] == ["bundle"]
    _export(out, "x" * 5_000)
    assert _made_by(out) == "x" * 5_000


def test_a_failed_first_export_leaves_no_bundle(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), staged(tmp_path / "bundle"):
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_other_things_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(ExportError, match="other files than a bundle"), staged(tmp_path):
        pass
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


@pytest.mark.parametrize("manifest", ['{"manifest_version": 3, "name": "a browser\'s"}', "[1]", "7", "no json"])
def test_a_folder_with_somebody_elses_manifest_is_not_overwritten(tmp_path: Path, manifest: str) -> None:
    (tmp_path / MANIFEST).write_text(manifest)
    with pytest.raises(ExportError, match="other files than a bundle"), staged(tmp_path):
        pass
    assert (tmp_path / MANIFEST).read_text() == manifest


@pytest.mark.parametrize("stop_after", ["write", "first rename"])
def test_a_kill_leaves_the_old_bundle_or_brings_it_back(tmp_path: Path, stop_after: str) -> None:
    out = tmp_path / "bundle"
    _export(out, "first")
    _export_and_die(out, stop_after)
    assert not out.exists() or _made_by(out) == "first"
    with pytest.raises(RuntimeError), staged(out):
        assert _made_by(out) == "first"
        raise RuntimeError
    _export(out, "third")
    assert _made_by(out) == "third"
    assert [path.name for path in tmp_path.iterdir()] == ["bundle"]


def _export_and_die(out: Path, stop_after: str) -> None:
    """Run an export in a process of its own that is killed where ``stop_after`` says."""
    script = textwrap.dedent("""
        import os, pathlib, signal, sys
        from bot.bundle import Bundle, Manifest
        from export import write
        out, stop_after = pathlib.Path(sys.argv[1]), sys.argv[2]
        die = lambda: os.kill(os.getpid(), signal.SIGKILL)
        if stop_after == "first rename":
            rename = pathlib.Path.rename
            pathlib.Path.rename = lambda self, target: (rename(self, target), die())
        with write.staged(out) as folder:
            write.finish(folder, Manifest({"by": "second"}, {}), Bundle.open)
            if stop_after == "write":
                die()
    """)
    done = subprocess.run([sys.executable, "-c", script, out, stop_after], check=False, env=os.environ)
    assert done.returncode == -signal.SIGKILL
