"""Signs of feeling: found in any spelling, and taken out of what a network reads."""

import pytest

from bot.bundle.signs import USUAL, Kind, for_discord, is_emoji, kind_of, signs, without_signs

LAUGHS, CRIES, STARES, NODS = (USUAL[kind] for kind in (Kind.LAUGHING, Kind.CRYING, Kind.SURPRISED, Kind.AGREEING))


@pytest.mark.parametrize(
    ("text", "emoji", "rest"),
    [
        ("뭐야ㅋㅋㅋㅋ 진짜", [LAUGHS], "뭐야 진짜"),
        ("ㅋㅋㅠㅠ 시험 망함", [LAUGHS, CRIES], "시험 망함"),
        ("어떡해 ㅜㅜㅜ", [CRIES], "어떡해"),
        ("헐 대박", [STARES], "대박"),
        ("ㄹㅇ배고프다 ㅇㅈㅇㅈ", [NODS, NODS, NODS], "배고프다"),
        ("haha ok LOL", [LAUGHS, LAUGHS], "ok"),
        ("좋아 👍🏽❤️", ["👍", "❤"], "좋아"),
        ("가족 👨‍👩‍👧 1️⃣", ["👨‍👩‍👧", "1⃣"], "가족"),
        ("사랑해♡", ["❤"], "사랑해"),
        ("😭😭", [CRIES, CRIES], ""),
    ],
)
def test_signs_are_found_and_taken_out(text: str, emoji: list[str], rest: str) -> None:
    assert [sign.emoji for sign in signs(text)] == emoji
    assert without_signs(text) == rest


@pytest.mark.parametrize("text", ["ㅎㅇ", "헐렁한 옷", "lollipop", "ㄱㅅ", "오후 3시 12분", "", "…!?"])
def test_what_only_looks_like_one_is_none(text: str) -> None:
    assert list(signs(text)) == []
    assert without_signs(text) == text


def test_only_emoji_that_every_server_has_can_be_given() -> None:
    assert all(map(is_emoji, ("😂", "❤", "✨", "🫠", *USUAL.values())))
    assert not any(map(is_emoji, ("👨‍👩‍👧", "🇰", "☆", "1⃣", "가", ":단톡:", "")))
    assert [for_discord(emoji) for emoji in ("😂", "✨", "❤")] == ["😂", "✨", "❤\ufe0f"]
    assert kind_of("🤣") == Kind.LAUGHING
    assert kind_of("🌧") == "🌧"
