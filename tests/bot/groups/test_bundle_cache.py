"""Bundles within their memory: the ones used least recently go, what several have is loaded once."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.groups.bundle_cache import BundleCache
from bot.inference.worker import Workers
from tests.bot.groups.conftest import write_group


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    lanes = Workers.of(8)
    yield lanes
    lanes.close()


async def test_the_ones_used_least_recently_are_let_go_where_memory_ends(tmp_path: Path, workers: Workers) -> None:
    for server in (1, 2, 3):
        write_group(tmp_path / "all" / str(server), "apple", seed=server)
    cache = BundleCache(tmp_path / "all", tmp_path / "none", workers)
    first = await cache.get(1)
    cache._most_bytes = 2.5 * cache.bytes
    for server in (2, 1, 3):
        await cache.get(server)
    assert list(cache.loaded) == [1, 3]
    assert cache.bytes <= cache._most_bytes
    # Whoever was being answered by it still is, and it comes back.
    assert (await cache.get(1)) is first
    assert (await cache.get(2)).models.speaker.say("1", 2).text


async def test_a_file_that_several_have_is_loaded_and_counted_once(tmp_path: Path, workers: Workers) -> None:
    for server in (1, 2):
        write_group(tmp_path / "all" / str(server), "apple")
    cache = BundleCache(tmp_path / "all", tmp_path / "none", workers)
    await cache.get(1)
    one = cache.bytes
    models = [(await cache.get(server)).models for server in (1, 2)]
    assert cache.bytes == one
    assert models[0] is not models[1]


async def test_what_is_no_servers_bundle_is_left_alone(tmp_path: Path, workers: Workers) -> None:
    for name in ("007", "bundle", "-5", "٥", ".5", "0", "9" * 30):
        write_group(tmp_path / "all" / name, "apple")
    (tmp_path / "all" / "12").write_text("a file", encoding="utf-8")
    (tmp_path / "all" / "name.toml").write_text("x", encoding="utf-8")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "all" / "5.toml")  # whoever read it would wait for ever
    assert BundleCache(tmp_path / "all", tmp_path / "none", workers).known == frozenset()
    missing = BundleCache(tmp_path / "nowhere", tmp_path / "none", workers)
    assert missing.known == frozenset()
