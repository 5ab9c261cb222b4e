"""``python -m training beside``: all that goes beside the words, as far as the room is large enough for it."""

from pathlib import Path

from tests.training import commands
from tests.training.text.exports import in_turn, write_export
from tests.training.text.finished import finished_words
from training.text.parts import PARTS
from training.text.song.config import SongConfig
from training.text.song.run import SongRun


def _chat(folder: Path, messages: int) -> Path:
    lines = (f"밥 {number % 9}" for number in range(messages))
    return write_export(folder / "KakaoTalk_Chat_room.csv", in_turn(lines, ("윤혜", "정훈")))


def test_what_a_room_is_too_small_for_is_said_and_the_rest_is_learnt(tmp_path: Path) -> None:
    chat = _chat(tmp_path, 200)
    words = finished_words(tmp_path / "text", chat)
    SongRun.beside(words).begin(SongConfig(epochs=1))
    code, _, said = commands.run("training", "beside", chat, "--text", words.folder, "--everyone-agreed")
    assert code == 0, said
    finished = {name for name, part in PARTS.items() if part.run(words).is_finished}
    assert all(f"{name}: " in said for name in PARTS.keys() - finished)
    assert finished != PARTS.keys()
    assert "song: The stopped run" in said  # and what comes after it was not kept from its turn


def test_the_words_come_first(tmp_path: Path) -> None:
    code, _, said = commands.run("training", "beside", _chat(tmp_path, 200), "--text", tmp_path, "--everyone-agreed")
    assert code == 1
    assert "There is no training run in" in " ".join(said.split())
