"""Particles take the form that the last syllable asks for."""

import pytest

from training.samples.particles import attach


@pytest.mark.parametrize(
    ("word", "particle", "right"),
    [
        ("밥", "를", "밥을"),
        ("떡볶이", "을", "떡볶이를"),
        ("국밥", "이야", "국밥이야"),
        ("떡볶이", "이야", "떡볶이야"),
        ("라멘", "이었어", "라멘이었어"),
        ("파스타", "이었어", "파스타였어"),
        ("정문", "으로", "정문으로"),
        ("후문", "로", "후문으로"),
        ("교실", "으로", "교실로"),
        ("강릉", "이나", "강릉이나"),
        ("제주", "이나", "제주나"),
        ("감기", "인", "감기인"),
        ("동방", "에서", "동방에서"),
    ],
)
def test_the_particle_fits_the_last_syllable(word: str, particle: str, right: str) -> None:
    assert attach(word, particle) == right


def test_a_word_without_hangul_at_its_end_is_refused_rather_than_given_a_guess() -> None:
    with pytest.raises(ValueError, match="Hangul"):
        attach("PC", "을")
