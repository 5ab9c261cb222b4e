"""When reactions are worth it: what is measured is better than the most frequent by more than its uncertainty."""

from dataclasses import replace

import pytest

from training.text.reactions.evaluate import Measured

CLEAR = Measured(
    examples=300,
    top=3,
    found=0.8,
    found_error=0.02,
    frequent=0.7,
    balanced=0.5,
    balanced_error=0.03,
    chance=0.1,
    given=0.4,
    right=0.8,
    usual=0.5,
)


def test_what_is_clearly_better_is_worth_it() -> None:
    assert CLEAR.is_better


@pytest.mark.parametrize("change", [{"found": 0.73}, {"found_error": 0.06}, {"balanced": 0.15}, {"given": 0.0}])
def test_what_is_better_by_no_more_than_its_error_is_not(change: dict[str, float]) -> None:
    assert not replace(CLEAR, **change).is_better  # type: ignore[arg-type]
