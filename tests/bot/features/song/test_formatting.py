"""A song is read again from its message, whatever was sung."""

import pytest

from bot.features.song.formatting import message_of, song_in
from bot.inference.songwriter import Song

VERSES = (("나는 지금 집에 가", "오늘은 밥 먹자"), ("> 인용 아니야", "**굵게** _기울여_"))


@pytest.mark.parametrize("refrain", [("라면 먹자 *진짜*",), ("-# 라면 먹자", "# 둘이 가자")])
@pytest.mark.parametrize("verses", [VERSES, VERSES[:1], (("하나",), ("둘",), ("♪ 셋",))])
def test_a_song_comes_back_from_its_message(refrain: tuple[str, ...], verses: tuple[tuple[str, ...], ...]) -> None:
    song = Song("**라면** @everyone", refrain, verses, 77)
    assert song_in(message_of(song, "모델이 지었어요"), 77) == song


@pytest.mark.parametrize("content", ["", "아무 말", "**♪ 제목**", "**♪ 제목**\n한 줄\n-# 🎲 3", "한 줄\n> 후렴"])
def test_what_is_no_song_is_none(content: str) -> None:
    assert song_in(content, 1) is None
