"""What a report counts has words in every language, and nothing else has."""

from training.text.cleaning.personal_data import KINDS
from training.text.consent.agreement import Standing
from training.text.corpus import en, ko
from training.text.message import Reason


def test_everything_that_is_counted_has_words_in_both_languages() -> None:
    for texts in (ko.TEXTS, en.TEXTS):
        assert set(texts.kinds) == set(KINDS)
        others = {"links", "mentions", "names", "left_out", *(set(Standing) - {Standing.AGREED})}
        assert set(texts.reasons) == {reason.value for reason in Reason} | others
