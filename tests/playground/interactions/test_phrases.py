"""The playground's own sentences."""

import re

import pytest

from playground.interactions.phrases import PHRASES, phrase


def holes(sentence: str) -> set[str]:
    return set(re.findall(r"{(\w+)", sentence))


@pytest.mark.parametrize("locale", PHRASES)
def test_every_language_says_everything_about_the_same_values(locale: str) -> None:
    for other in PHRASES.values():
        assert {key: holes(said) for key, said in PHRASES[locale].items()} == {
            key: holes(said) for key, said in other.items()
        }


def test_a_language_that_is_not_spoken_gets_english() -> None:
    assert phrase("fr", "disabled") == phrase("en-US", "disabled") != phrase("ko", "disabled")
