"""An engine's bundles: each found by what is in it, opened once however many ask, and none that must not be served."""

import asyncio
import os
from pathlib import Path

import pytest

from bot.bundle import Bundle
from bot.inference.models import LoadedModels
from bot.remote.calls import bundle_id
from serving import bundles
from serving.answering import NoBundle
from serving.bundles import Bundles
from tests.bot.conftest import write_bundle_to


def _id(folder: Path) -> str:
    return bundle_id(Bundle.open(folder).manifest)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Two servers' bundles, and a folder that is none."""
    for server, seed in (("11", 1), ("22", 2)):
        write_bundle_to(tmp_path / server, seed=seed)
    (tmp_path / "notes").mkdir()
    return tmp_path


def test_a_bundle_is_found_among_all_and_later_ones_too(place: Path, bundle: Path) -> None:
    engine = Bundles(bundle, place, "cpu")
    for folder in (bundle, place / "11", place / "22"):
        assert engine.open(_id(folder)).bundle.folder == folder
    later = write_bundle_to(place / "33", seed=3)
    assert engine.open(_id(later)).bundle.folder == later


def test_what_is_not_here_or_must_not_be_served_is_no_bundle(place: Path, bundle: Path) -> None:
    engine = Bundles(bundle, place, "cpu")
    with pytest.raises(NoBundle):
        engine.open("../../etc")
    damaged = _id(place / "11")
    (place / "11" / "text.onnx").write_bytes(b"something else")
    with pytest.raises(NoBundle):
        engine.open(damaged)
    replaced = _id(place / "22")
    assert engine.open(replaced)
    write_bundle_to(place / "22", seed=9)
    with pytest.raises(NoBundle):
        engine.open(replaced)
    moved = write_bundle_to(place / "44", seed=2)
    assert engine.open(replaced).bundle.folder == moved


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders")
def test_a_pipe_among_the_bundles_holds_up_no_other(place: Path, bundle: Path) -> None:
    os.mkfifo(write_bundle_to(place / "33") / "pipe")
    (place / "33" / "pipe").replace(place / "33" / "manifest.json")
    assert Bundles(bundle, place, "cpu").open(_id(place / "22"))


async def test_it_goes_on_opening_for_who_asks_next(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = list[str]()
    may_end = asyncio.Event()
    loop = asyncio.get_running_loop()
    real = bundles.open_models

    def slowly(folder: Path, provider: str) -> LoadedModels:
        opened.append(folder.name)
        asyncio.run_coroutine_threadsafe(may_end.wait(), loop).result()
        return real(folder, "cpu")

    monkeypatch.setattr(bundles, "open_models", slowly)
    engine = Bundles(bundle, None, "cpu")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(engine.opened(_id(bundle)), 0.01)
    may_end.set()
    assert (await engine.opened(_id(bundle))).bundle.folder == bundle
    assert opened == [bundle.name]
