"""Nobody's words come out again: rare runs are recognised, common and new ones are let through."""

import random
from pathlib import Path

import pytest

from bot.bundle import BundleError, VerbatimFilter
from bot.bundle.verbatim import COMMON, LENGTH


def _messages(number: int) -> list[list[int]]:
    chance = random.Random(7)
    return [[chance.randrange(3, 2003) for _ in range(chance.randrange(1, 20))] for _ in range(number)]


def test_every_rare_run_of_the_chat_is_recognised_after_a_trip_to_disk(tmp_path: Path) -> None:
    messages = _messages(500)
    path = tmp_path / "verbatim.bin"
    path.write_bytes(VerbatimFilter.of(messages).to_bytes())
    heard = VerbatimFilter.open(path)
    for ids in messages:
        for end in range(LENGTH, len(ids) + 1):
            assert heard.completes(ids[: end - 1], ids[end - 1])


def test_what_was_never_said_is_let_through() -> None:
    heard = VerbatimFilter.of(_messages(500))
    chance = random.Random(8)
    runs = [[chance.randrange(3, 2003) for _ in range(LENGTH)] for _ in range(20_000)]
    assert sum(heard.completes(run[:-1], run[-1]) for run in runs) < 60  # one in 2,000 is expected to be mistaken


def test_what_many_said_is_everybodys() -> None:
    common, rare = list(range(10, 20)), list(range(30, 40))
    heard = VerbatimFilter.of([common] * COMMON + [rare] * (COMMON - 1))
    assert not heard.completes(common[:-1], common[-1])
    assert heard.completes(rare[:-1], rare[-1])


def test_short_messages_are_free() -> None:
    short = list(range(10, 10 + LENGTH - 1))
    heard = VerbatimFilter.of([short])
    assert not heard.completes(short[:-1], short[-1])


def test_another_file_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "verbatim.bin"
    path.write_bytes(b"something else")
    with pytest.raises(BundleError, match=r"verbatim\.bin"):
        VerbatimFilter.open(path)
