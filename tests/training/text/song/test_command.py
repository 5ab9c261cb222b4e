"""``python -m training song``, what it leaves beside the words, and what no song says: lines of messages or lyrics."""

import json
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.bundle import Manifest, Tokenizer, VerbatimFilter
from bot.bundle.verbatim import Spelling
from bot.inference.batching import alone
from bot.inference.models import open_models
from bot.inference.songwriter import Songwriter
from export.parts import export_parts
from export.song import export_song
from tests.bot.conftest import write_bundle_to
from tests.training.commands import run
from tests.training.text.exports import in_turn, write_export
from tests.training.text.finished import finished_words
from training.text.corpus.corpus import read_corpus
from training.text.run import TextRun
from training.text.song.run import SongRun, load_song
from training.text.tokenization import morphemes

WHO, WHAT = ("우리", "너희", "친구", "언니"), ("바다", "라면", "노래", "시험", "사진", "커피")
HOW = ("보러 가자", "먹고 싶다", "생각난다", "좋아한다", "어디 있어", "언제 끝나")
WHEN = ("오늘", "내일", "아침", "저녁", "새벽", "주말")
LYRICS = (
    "푸른 물결 위에 노래가 있어",
    "우리 다시 바다 보러 가자 저녁 노래",
    "보러 가자",
    "커피 생각난다 새벽 바다 생각난다",
)
EPOCHS = 4
SMALL = ("--hidden", 24, "--epochs", EPOCHS, "--batch", 32, "--rate", 0.03, "--dropout", 0, "--word-dropout", 0)


def _said() -> list[str]:
    rng = random.Random(4)
    every = [f"{when} {who} {what} {how}" for when in WHEN for who in WHO for what in WHAT for how in HOW]
    return [line + rng.choice(("", " ㅋㅋㅋ", " ㅠㅠ", " 🎉")) for line in rng.sample(every, 420)]


def _export_of(path: Path, lines: Sequence[str]) -> Path:
    return write_export(path, in_turn(lines, ("윤혜", "정훈"), minutes=9))


def _words(folder: Path, chat: Path, cache: Path) -> TextRun:
    """Return a run of text as far as songs need one: its words, and which messages it learnt from."""
    lines = morphemes.cut([message.text for message in read_corpus([chat]).messages], cache=cache)
    return finished_words(folder, chat, lines)


class Room:
    """A chat, its words, and how songs are learnt from it."""

    def __init__(self, folder: Path, lines: Sequence[str]) -> None:
        self.chat, self.cache = _export_of(folder / "KakaoTalk_Chat_room.csv", lines), folder / "cache"
        self.words = _words(folder / "text", self.chat, self.cache)
        self.lyrics = folder / "lyrics.txt"
        self.lyrics.write_text("\n".join(LYRICS), encoding="utf-8")

    def learn(self, *more: object, chat: Path | None = None) -> tuple[int, str]:
        asked = ("training", "song", chat or self.chat, "--text", self.words.folder, "--cache", self.cache)
        code, _, said = run(*asked, "--everyone-agreed", *SMALL, *more)
        return code, " ".join(said.split())


@pytest.fixture(scope="module")
def learnt(tmp_path_factory: pytest.TempPathFactory) -> tuple[Room, str]:
    room = Room(tmp_path_factory.mktemp("room"), _said())
    code, said = room.learn("--lyrics", room.lyrics)
    assert code == 0, said
    return room, said


def test_both_networks_are_measured_and_the_better_one_writes(learnt: tuple[Room, str]) -> None:
    room, said = learnt
    report = json.loads((room.words.folder / "song" / "report.json").read_text(encoding="utf-8"))
    lstm, gru, shared, counts = (report["models"][name]["loss"] for name in report["models"])
    assert [*report["models"]] == ["lstm-2", "gru-2", "shared 4-grams", "Kneser-Ney 4-gram"]
    assert report["metrics"]["loss"] == min(lstm, gru)
    assert report["is_better"] == (min(lstm, gru) < shared)
    assert counts < shared
    better = "lstm-2" if lstm < gru else "gru-2"
    assert report["made"]["network"] == better
    assert f"{better} writes them" in said
    song = load_song(room.words.folder)
    assert song is not None
    best = SongRun.beside(room.words) if better == "lstm-2" else SongRun.beside(room.words).rival()
    assert song.network.recurrence.hidden_size == best.read_config().hidden
    assert (best.folder / "samples.txt").read_text(encoding="utf-8").count("epoch") == EPOCHS


def test_the_rival_has_as_many_weights_and_the_same_budget(learnt: tuple[Room, str]) -> None:
    run_of_songs = SongRun.beside(learnt[0].words)
    own, rival = run_of_songs.read_config(), run_of_songs.rival().read_config()
    assert own.differences(rival) == [
        "--network lstm-2 there, gru-2 here",
        f"--hidden {own.hidden} there, {rival.hidden} here",
    ]


def test_no_line_of_a_song_is_a_message_or_of_the_lyrics_given(learnt: tuple[Room, str]) -> None:
    room, _ = learnt
    songs = _singer(room)
    held_back = {Spelling.of(line).letters for line in (*_said(), *LYRICS)}
    sung = [song for seed in range(4) for song in [alone(songs.writing("바다", 8, seed))] if song]
    lines = {Spelling.of(line).letters for song in sung for line in song.lines}
    assert len(lines) > 8
    assert not lines & held_back
    assert not any(Spelling.of(LYRICS[0]).letters in line for line in lines)


def test_the_filter_holds_every_line_of_the_lyrics_and_runs_of_six_of_them(learnt: tuple[Room, str]) -> None:
    room, _ = learnt
    verbatim = VerbatimFilter.open(SongRun.beside(room.words).verbatim)
    assert all(verbatim.is_message(Spelling.of(line)) for line in (*_said(), *LYRICS))
    cut = morphemes.cut([LYRICS[1]], cache=room.cache)[0]
    within = "오늘은 " + "".join(cut[:6]).replace("▁", " ")
    assert verbatim.ends_passage(Spelling.of(within[:-1]), Spelling.of(within[-1:]))
    assert not verbatim.is_message(Spelling.of("아무도 안 한 말"))


def _singer(room: Room) -> Songwriter:
    """Return the writer as the bot opens it, with the words of a bundle around it."""
    tokenizer = Tokenizer.open(room.words.tokenizer)
    folder = write_bundle_to(room.words.folder / "bundle", pieces=tokenizer.pieces)
    (folder / "tokenizer.json").write_bytes(room.words.tokenizer.read_bytes())
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    models = export_parts(room.words.folder, folder, lambda step: None)
    text = models["song"].tokenizer
    assert text is not None
    manifest["models"]["text"]["tokenizer"] = {"name": text.name, "sha256": text.sha256}
    whole = Manifest.from_json(json.dumps(manifest))
    (folder / "manifest.json").write_text(Manifest(whole.made, {**whole.models, **models}).to_json(), encoding="utf-8")
    songwriter = open_models(folder, "cpu").songwriter
    assert songwriter is not None
    return songwriter


def test_a_finished_one_is_not_learnt_again_and_a_stopped_one_goes_on(learnt: tuple[Room, str], tmp_path: Path) -> None:
    room, _ = learnt
    code, told = room.learn("--lyrics", room.lyrics)
    assert code == 1
    assert "is finished" in told
    other = Room(tmp_path, _said())
    assert other.learn("--lyrics", other.lyrics)[0] == 0
    run_of_songs = SongRun.beside(other.words)
    whole = run_of_songs.read_report()["metrics"]
    run_of_songs.report.unlink()
    code, told = other.learn()
    assert code == 1
    assert "learns from other messages" in told
    assert other.learn("--lyrics", other.lyrics)[0] == 0
    assert run_of_songs.read_report()["metrics"] == whole


def test_other_messages_than_those_of_the_words_are_refused(learnt: tuple[Room, str], tmp_path: Path) -> None:
    room, _ = learnt
    other = _export_of(tmp_path / "KakaoTalk_Chat_other.csv", [*_said(), "하나 더"])
    code, told = room.learn("--force", chat=other)
    assert code == 1
    assert "were learnt from other messages" in told


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ([f"오늘 {number}시에 봐" for number in range(12)], "Too few messages are left to learn from (12"),
        (["ㅋㅋㅋ", "밥 먹자", "응"] * 60, "Songs need 300 different lines of two words or more"),
    ],
    ids=["twelve messages", "hardly a line"],
)
def test_a_room_with_too_little_to_sing_of_is_told_so(tmp_path: Path, lines: list[str], sentence: str) -> None:
    code, told = Room(tmp_path, lines).learn()
    assert code == 1
    assert sentence in told


def test_a_room_without_songs_and_one_whose_songs_are_worth_nothing_export_none(
    learnt: tuple[Room, str], tmp_path: Path
) -> None:
    room, _ = learnt
    assert export_song(tmp_path, tmp_path, lambda step: None) == {}
    report = SongRun.beside(room.words).report
    before = report.read_text(encoding="utf-8")
    report.write_text(json.dumps(json.loads(before) | {"is_better": False}), encoding="utf-8")
    try:
        assert export_song(room.words.folder, tmp_path, lambda step: None) == {}
        assert not list(tmp_path.iterdir())
    finally:
        report.write_text(before, encoding="utf-8")
