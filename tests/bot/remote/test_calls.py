"""What crosses the wire: plain data, checked against what each method takes, and the same after the way as before."""

import contextlib
import json
import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.bundle import Bundle
from bot.inference.speaker import Utterance
from bot.remote.calls import METHODS, Call, OtherVersion, WrongCall, bundle_id, packed, unpacked
from tests.bot.conftest import write_bundle_to

SAYING = Call(
    "speaker", "saying", {"word": "윤혜", "n": 4, "temperature": 0.8, "seed": 3, "refused": frozenset({"밥"})}
)


def _message(content: object) -> bytes:
    text = json.dumps(content).encode()
    return struct.pack(">I", len(text)) + text


@pytest.mark.parametrize(
    ("part", "method"), [(part, method) for part, model in METHODS.items() for method in model.methods]
)
def test_every_method_that_may_be_called_says_what_it_takes_and_returns(part: str, method: str) -> None:
    """Else the bot would compute it by itself for ever, in silence."""
    with pytest.raises(WrongCall, match="no result"):
        Call(part, method, {}).result(packed({"result": "none of its type"}))


def test_a_call_arrives_as_it_was_sent() -> None:
    assert Call.unpacked(SAYING.packed(deferred=True)) == (SAYING, True)
    by_place = Call.of("speaker", "saying", ("윤혜", 4, 0.8), {"seed": 3, "refused": frozenset({"밥"})}, None)
    assert by_place == SAYING


def test_a_result_arrives_as_it_was_returned() -> None:
    said = Utterance("윤혜 밥", ("밥",), 3, ("윤혜",), -1.5, -0.25)
    assert SAYING.result(packed({"result": said})) == said
    pixels = np.arange(24, dtype=np.uint8).reshape(2, 4, 3)
    frames = Call("dreamer", "falling", {}).result(packed({"result": [pixels, pixels + 1]}))
    assert [frame.tolist() for frame in frames] == [pixels.tolist(), (pixels + 1).tolist()]
    frames[0][0, 0] = 9  # what a model drew may be drawn on


@pytest.mark.parametrize(
    "change",
    [
        {"part": "bundle", "method": "model"},
        {"part": {}},
        {"method": []},
        {"method": "__init__"},
        {"method": "frequent_words"},
        {"arguments": {"word": ["윤혜"], "n": 1}},
        {"arguments": {"word": "윤혜", "n": 1, "more": 1}},
        {"arguments": None},
        {"member": 5},
    ],
)
def test_nothing_else_can_be_called(change: dict[str, object]) -> None:
    content = unpacked(SAYING.packed(deferred=False))
    with pytest.raises(WrongCall):
        Call.unpacked(_message(content | change))


def test_another_version_is_told_apart_before_anything_is_read() -> None:
    with pytest.raises(OtherVersion):
        Call.unpacked(
            _message({"version": "0.0.1", "part": "?", "method": "?", "member": None, "arguments": {}, "deferred": 0})
        )


@pytest.mark.parametrize(
    "array",
    [
        *([0, "object", 1], [0, "uint8", 10**9], [-1, "uint8", 1], [0, "uint8", -1], ["", "uint8"], []),
        *([0, "uint8", 10**30], [10**30, "uint8", 1], [0, "uint8", 2**40, 2**40], [0, "uint8", *[1] * 80]),
    ],
)
def test_an_array_is_numbers_that_are_there(array: list[object]) -> None:
    with pytest.raises(WrongCall):
        unpacked(_message({"x": {"__array__": array}}) + b"1234")


def test_a_text_that_would_fill_the_memory_and_hold_up_everybody_is_not_read() -> None:
    with pytest.raises(WrongCall, match="too large"):
        unpacked(_message({"result": [{}] * 400_000}))


@given(some.binary(max_size=200))
def test_any_bytes_are_a_message_or_refused(message: bytes) -> None:
    with contextlib.suppress(WrongCall):
        assert isinstance(unpacked(message), dict)
    for read in (Call.unpacked, SAYING.result):
        with pytest.raises(WrongCall):
            read(message)


def test_a_bundle_is_known_by_what_is_in_it(tmp_path: Path) -> None:
    here, there, other = (write_bundle_to(tmp_path / str(at), seed=seed) for at, seed in enumerate((1, 1, 2)))
    ids = [bundle_id(Bundle.open(folder).manifest) for folder in (here, there, other)]
    assert ids[0] == ids[1] != ids[2]
