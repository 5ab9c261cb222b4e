"""Anything at all is read or refused by what reads bytes from anybody; ``make fuzz`` tries more, and more cleverly."""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS

FEW = settings(
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "25")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
_PIECES = st.one_of(
    st.binary(max_size=12),
    st.sampled_from(["\0", "\u202e", "\ud7ff", "١", "²", "𝟗", "é", "İ", "\x85", "\u2028", "🙂", "NaN", "1e999"]).map(
        lambda text: text.encode("utf-8", "surrogatepass")
    ),
    st.sampled_from([b"[" * 200, b"9" * 5000, b'"', b",", b"\n", b"\r", b"-1", b"{}", b"null", b"\xff\xfe"]),
)


@st.composite
def changed(draw: st.DrawFn, examples: list[bytes]) -> bytes:
    """Return one of the examples with some pieces of it replaced, repeated or left out."""
    data = draw(st.sampled_from(examples))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        until = min(len(data), at + draw(st.sampled_from([0, 0, 1, 2, 8, 64])))
        data = data[:at] + draw(st.one_of(_PIECES, st.just(data[at:until] * 3))) + data[until:]
    return data


@pytest.mark.parametrize("name", TARGETS)
def test_whatever_is_given_it_is_read_or_refused(name: str) -> None:
    target = TARGETS[name]

    @FEW
    @given(data=st.one_of(changed([*target.examples()]), st.binary(max_size=200)))
    def holds(data: bytes) -> None:
        target(data)

    holds()


@pytest.mark.parametrize("name", TARGETS)
def test_what_others_are_made_from_is_taken(name: str) -> None:
    for example in TARGETS[name].examples():
        TARGETS[name].read(example)
