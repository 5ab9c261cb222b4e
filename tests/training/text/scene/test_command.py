"""``python -m training scene`` as its owner meets it: what it cannot learn from, it says in one sentence."""

import shlex
from pathlib import Path

from typer.testing import CliRunner

from tests.training.text.exports import in_turn, write_export
from tests.training.text.finished import finished_words
from training.text.base.voice import BaseVoice
from training.text.cli import app
from training.text.scene.run import SceneRun, load_scenes


def chat(folder: Path, messages: int, people: int = 2) -> Path:
    lines = (f"밥 {number % 7}" for number in range(messages))
    return write_export(folder / "KakaoTalk_Chat_room.csv", in_turn(lines, ("윤혜", "정훈", "다빈")[:people]))


def told(file: Path, run: Path, *options: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["scene", str(file), "--text", str(run), *options])
    return result.exit_code, " ".join(result.output.split())


def test_a_room_of_twelve_messages_and_one_in_which_nobody_answers_are_refused(tmp_path: Path) -> None:
    run = finished_words(tmp_path / "text", chat(tmp_path, 600, people=1))
    code, said = told(chat(tmp_path, 12), run.folder, "--everyone-agreed")
    assert code
    assert "Too few messages are left to learn from (12" in said
    code, said = told(chat(tmp_path, 600, people=1), run.folder, "--everyone-agreed")
    assert code
    assert "Too few turns to learn scenes from: 0 times" in said
    assert not (run.folder / "scene").exists()


def test_nobody_is_learnt_from_who_did_not_agree(tmp_path: Path) -> None:
    code, said = told(chat(tmp_path, 600), finished_words(tmp_path / "text", chat(tmp_path, 600)).folder)
    assert code
    assert "agreed" in said


def test_the_words_must_be_there_and_be_of_the_same_messages(tmp_path: Path) -> None:
    file = chat(tmp_path, 600)
    code, said = told(file, tmp_path / "nothing", "--everyone-agreed")
    assert code
    assert "There is no training run in" in said
    run = finished_words(tmp_path / "text", chat(tmp_path, 500))
    code, said = told(chat(tmp_path, 600), run.folder, "--everyone-agreed")
    assert code
    assert "were learnt from other messages" in said


def test_what_is_learnt_says_what_context_is_worth_and_is_not_learnt_twice_unasked(tmp_path: Path) -> None:
    file = chat(tmp_path, 600)
    run = finished_words(tmp_path / "text", file)
    tiny = shlex.split("--width 8 --layers 1 --heads 1 --hidden 8 --context 16 --epochs 1 --batch 64")
    code, said = told(file, run.folder, "--everyone-agreed", *tiny, "--cache", str(tmp_path / "cache"))
    assert code == 0, said
    assert "The base voice is of another width" in said
    assert "so scenes are not exported" in said
    scenes = load_scenes(run, 4)
    assert scenes is not None
    assert not scenes.context_helps
    assert scenes.metrics["held_out_messages"] == scenes.metrics["held_out_messages_of_new"]
    assert "epoch 1" in SceneRun.beside(run).samples.read_text(encoding="utf-8")
    code, said = told(file, run.folder, "--everyone-agreed", *tiny)
    assert code
    assert "is finished" in said


def test_a_base_voice_of_another_width_is_left_aside() -> None:
    import torch

    from training.text.scene.config import SceneConfig
    from training.text.scene.network import SceneNetwork

    base = BaseVoice.open()
    weights = {name: torch.from_numpy(base.weights[name]) for name in ("embedding.weight", "bias")}
    config = SceneConfig(width=24, layers=1, heads=2, hidden=8)
    assert not SceneNetwork(len(base.tokenizer), config).begin_with(weights)
    same = SceneNetwork(len(base.tokenizer), SceneConfig(layers=1, heads=2, hidden=8))
    assert same.begin_with(weights)
    assert torch.equal(same.embedding.weight[:20], weights["embedding.weight"][:20])
