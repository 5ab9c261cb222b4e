"""What was freed is given back to the system."""

import sys
from pathlib import Path

import pytest

from bot.memory import run_and_trim

_BLOCK, _BLOCKS = 100_000, 800
_ALL = _BLOCK * _BLOCKS


def resident() -> int:
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * 4096


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nobody can be asked")
def test_what_a_photo_took_is_given_back_although_something_small_behind_it_stays() -> None:
    kept = []

    def takes_much() -> int:
        much = [bytes([index % 7]) * _BLOCK for index in range(_BLOCKS)]
        kept.append(b"x" * _BLOCK)  # the C library shrinks its heap from the end alone
        return len(much)

    before = resident()
    assert run_and_trim(takes_much) == _BLOCKS
    assert resident() - before < _ALL / 2


def test_what_fails_fails_all_the_same() -> None:
    with pytest.raises(ZeroDivisionError):
        run_and_trim(lambda: 1 // 0)
