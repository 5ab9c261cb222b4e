"""Lines that can be sung, in stanzas, and their rows."""

from pathlib import Path

import pytest

from bot.bundle import END, START
from training.common.errors import ChatError
from training.text.song.lyrics import Lyrics
from training.text.song.stanzas import rows_of_stanzas, stanzas_of, sung


@pytest.mark.parametrize(
    ("morphemes", "line"),
    [
        (("▁밥", "▁먹자", "ㅋㅋ", "!"), ("▁밥", "▁먹자")),
        (("▁ㅋㅋㅋ", "▁ㅠㅠ"), ()),
        (("▁🎉", "▁생일", "▁3", "시"), ("▁생일", "▁3", "시")),
        (("▁ㅇㅈ", "▁hello"), ("▁hello",)),
    ],
)
def test_laughter_and_signs_are_not_sung(morphemes: tuple[str, ...], line: tuple[str, ...]) -> None:
    assert sung(morphemes) == line


def test_stanzas_follow_the_talk_and_have_each_line_once() -> None:
    lines = [("▁하나", f"▁{number}") for number in range(6)]
    lines = [*lines, ("▁하나", "▁2"), ("▁혼자",), ("▁둘", "▁셋")]
    assert stanzas_of(lines, {0, 5}) == [lines[:4], lines[4:5], [lines[5], lines[8]]]
    assert stanzas_of(lines, {0}, {"하나0", "하나1"}) == [lines[2:6], [lines[8]]]


def test_a_row_has_an_end_mark_after_each_line_and_none_too_long() -> None:
    rows = rows_of_stanzas([[[5, 6], [7]], [[8], [9] * 9, [5, 5]], [[9] * 9]], longest=4)
    assert [row.tolist() for row in rows] == [
        [START, 5, 6, END, 7, END],
        [START, 8, END],
        [START, 5, 5, END],
    ]


def test_lyrics_are_read_in_stanzas_and_what_is_none_is_refused(tmp_path: Path) -> None:
    first, second, empty, picture = (tmp_path / name for name in ("가.txt", "나.txt", "빈.txt", "그림.png"))
    first.write_text("푸른 물결 위로\n돛을 올려라\n\n바람아 불어라\n", encoding="cp949")
    second.write_bytes("\ufeff다시 만나리\r\n".encode())
    lyrics = Lyrics.read([first, second])
    assert lyrics.lines == ("푸른 물결 위로", "돛을 올려라", "바람아 불어라", "다시 만나리")
    assert lyrics.begins == {0, 2, 3}
    assert lyrics.digest() != Lyrics.read([first]).digest()
    empty.write_text(" \n\n", encoding="utf-8")
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    for wrong, sentence in ((empty, "no line of lyrics"), (picture, "picture"), (tmp_path / "fehlt", "cannot be read")):
        with pytest.raises(ChatError, match=sentence):
            Lyrics.read([wrong])
