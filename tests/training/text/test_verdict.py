"""The verdict says by measured figures whether a room was large enough."""

from typing import Any

import pytest

from training.text.verdict import verdict


def _report(learnt: float, counted: float, *, pays: bool = False) -> dict[str, Any]:
    models = {
        "bigru": {"perplexity": learnt, "bits a character": 3.4},
        "Kneser-Ney 4-gram": {"perplexity": counted, "bits a character": 3.6},
    }
    if pays:
        models["bigru with shared n-grams"] = {"perplexity": learnt * 0.9, "bits a character": 3.3}
    return {"models": models, "mixing": {"pays": pays, "network": learnt, "mixed": learnt * 0.9}}


@pytest.mark.parametrize(
    ("learnt", "judged"), [(80, "large enough for this voice"), (98, "just large enough"), (130, "too small")]
)
def test_it_is_judged_against_the_4_gram(learnt: float, judged: str) -> None:
    sentence = verdict(_report(learnt, 100), "bigru")
    assert judged in sentence
    assert f"perplexity {learnt} against 100 of a plain 4-gram" in sentence
    assert sentence.count(".") == 1


def test_a_room_that_repeats_itself_is_not_told_that_it_is_too_small() -> None:
    lively = _report(35, 24)
    assert "mostly says what it said before" in verdict(lively | {"repeated": 0.9}, "bigru")
    assert "too small" in verdict(lively | {"repeated": 0.3}, "bigru")
    assert "large enough" in verdict(_report(20, 24) | {"repeated": 0.9}, "bigru")


def test_base_phrases_and_the_voice_before_are_told_where_they_are_known() -> None:
    report = _report(80, 100, pays=True) | {"base": {"perplexity": 210.4}}
    sentence = verdict(report, "bigru", {"bits_a_character": 3.5})
    assert "Before it had read the room, the base voice had 210." in sentence.splitlines()
    assert "10% better" in sentence
    assert "It is better than the voice before it: 3.30 bits a character, then 3.50" in sentence
    assert "worse than" in verdict(report, "bigru", {"bits_a_character": 3.1})
    assert "about as good as" in verdict(report, "bigru", {"bits_a_character": 3.3})
    assert "the voice before it" not in verdict(report, "bigru", {})
