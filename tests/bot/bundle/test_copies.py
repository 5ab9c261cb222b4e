"""What a bundle was when it was opened stays readable, whatever becomes of its folder."""

import gc
import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from bot.bundle import Bundle, File, sha256_of
from bot.bundle.copies import Copies
from tests.bot.conftest import write_bundle_to

_Usage = namedtuple("_Usage", "total used free")


def _graph(bundle: Bundle) -> File:
    return bundle.model("text").graph


def test_a_file_is_read_as_it_was_whatever_is_written_over_it(tmp_path: Path) -> None:
    folder = write_bundle_to(tmp_path / "bundle")
    before = (folder / "text.onnx").read_bytes()
    bundle = Bundle.open(folder, Copies(tmp_path))
    (folder / "text.onnx").write_bytes(before[:99])
    assert bundle.read(_graph(bundle)) == before
    shutil.rmtree(folder)
    assert bundle.read(_graph(bundle)) == before


def test_what_several_bundles_have_is_there_as_long_as_one_of_them(tmp_path: Path) -> None:
    folders = [write_bundle_to(tmp_path / name) for name in "ab"]
    data = (folders[0] / "text.onnx").read_bytes()
    first, second = (Bundle.open(folder, Copies(tmp_path)) for folder in folders)
    for folder in folders:
        shutil.rmtree(folder)
    del first
    gc.collect()
    assert second.read(_graph(second)) == data


def test_a_file_with_other_bytes_is_told_as_without_copies(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a")
    (tmp_path / "b").write_bytes(b"b")
    copies, own = Copies(tmp_path), sha256_of(tmp_path / "a")
    assert copies.take(tmp_path / "b", own) == sha256_of(tmp_path / "b") != own
    assert copies.take(tmp_path / "a", own) == own
    assert copies.take(tmp_path / "b", own) == sha256_of(tmp_path / "b")
    assert copies.read(own) == b"a"


def test_the_disks_last_room_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_bundle_to(tmp_path / "bundle", seed=20_261_127)  # of which there is no copy yet
    monkeypatch.setattr(shutil, "disk_usage", lambda _: _Usage(2**40, 2**40, 10**8))
    with pytest.raises(OSError, match="No space left"):
        Bundle.open(folder, Copies(tmp_path))
