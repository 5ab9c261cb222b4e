"""The training command as its owner meets it: a whole small run, a kill in the middle of one, and bad input."""

import html
import json
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.bundle.verbatim import Spelling
from tests.training.commands import run
from training.text.run import TextRun, load_text

NAMES = ("윤혜", "정훈", "다빈", "현지")
THINGS = ("밥", "커피", "영화", "시험", "회식", "수업")
ENDS = ("먹자", "어때", "망했다 ㅋㅋㅋ", "언제야?", "가자!", "싫어 ㅠㅠ")
AGREED = ["--everyone-agreed"]
SMALL = ["--epochs", "3", "--embedding", "8", "--hidden", "8", "--batch", "32", "--vocabulary", "60"]


@pytest.fixture(scope="module")
def chat(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rng = random.Random(1)
    lines = [f"{rng.choice(NAMES)}야 {rng.choice(THINGS)} {rng.choice(THINGS)} {rng.choice(ENDS)}" for _ in range(400)]
    path = tmp_path_factory.mktemp("chat") / "chat.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def command(*arguments: str | Path, cache: Path) -> list[str]:
    return ["text", *map(str, arguments), *AGREED, *SMALL, "--cache", str(cache)]


def start(arguments: list[str]) -> subprocess.Popen[str]:
    """Start a process of its own, to be stopped: what runs to its end runs here."""
    line = [sys.executable, "-m", "training", *arguments]
    return subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finish(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=240)
    return process.returncode, out, err


@pytest.fixture(scope="module")
def whole(chat: Path) -> tuple[Path, str]:
    """One run from start to end, and what it told its owner."""
    out = chat.parent / "whole"
    code, _, told = run("training", *command(chat, "--out", out, cache=chat.parent / "cache"))
    assert code == 0, told
    return out, told


def wait_for(condition: Path, process: subprocess.Popen[str], epochs: int) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        if condition.is_file() and len(json.loads(condition.read_text(encoding="utf-8"))) >= epochs:
            return
        time.sleep(0.01)
    pytest.fail(f"no epoch was finished: {process.communicate()}")


def test_a_run_ends_with_a_table_beside_the_4_gram(whole: tuple[Path, str]) -> None:
    out, told = whole
    for part in (
        "perplexity",
        "Kneser-Ney 4-gram",
        "bits a character",
        "distinct-2",
        "unknown pieces",
        "from both sides",
    ):
        assert part in told
    assert re.search(r"360 messages to learn from, 40 held out\. Of those \d+ were said before", told)
    report = json.loads(TextRun(out).report.read_text(encoding="utf-8"))
    assert {"reading", "morphemes", "training", "measuring"} <= set(report["seconds"])
    models = [*report["models"].values(), *report["infilling"]["models"].values()]
    assert all(value > 1 for value in (model["perplexity"] for model in models))
    assert report["repeated"] == 0, "of forty too few are new"


def test_a_network_of_other_sizes_than_the_base_voice_learns_from_nothing_and_says_so(whole: tuple[Path, str]) -> None:
    out, told = whole
    assert "does not fit this network and its sizes: it learns from nothing" in told
    assert TextRun(out).read_report()["made"]["base"] == "none"


def test_a_finished_run_loads_for_export(whole: tuple[Path, str]) -> None:
    trained = load_text(whole[0])
    assert trained.network.embedding.num_embeddings == len(trained.tokenizer)
    assert not trained.network.training
    assert trained.metrics["perplexity"] > 1
    assert all(re.fullmatch(r"\w+", name) for name in trained.metrics)
    assert trained.made["network"] == "bigru"
    assert trained.verbatim.is_message(Spelling.of("윤혜야 밥 커피 언제야?"))


def test_a_run_leaves_a_card_that_only_its_owner_can_reach_and_that_repeats_nobody(
    whole: tuple[Path, str], chat: Path
) -> None:
    out, told = whole
    run = TextRun(out)
    page = run.card.read_text(encoding="utf-8")
    assert f"Look at {run.card}" in " ".join(told.split())
    assert '<html lang="ko">' in page
    assert "메시지 400개" in page
    said = re.findall(r"<dd>(.*?)</dd>", page)
    messages = {Spelling.of(line).letters for line in chat.read_text(encoding="utf-8").splitlines()}
    assert not messages & {Spelling.of(html.unescape(line)).letters for line in said}


def test_inspect_shows_settings_losses_table_and_lines(whole: tuple[Path, str]) -> None:
    code, told, _ = run("training", "inspect", whole[0])
    assert code == 0
    for part in ("held_out", "epoch", "Kneser-Ney 4-gram", "0.8  "):
        assert part in told


def test_a_kill_loses_at_most_one_epoch(whole: tuple[Path, str], chat: Path) -> None:
    out = chat.parent / "killed"
    again = command(chat, "--out", out, cache=chat.parent / "cache")
    process = start(again)
    wait_for(TextRun(out).history, process, epochs=1)
    time.sleep(0.2)
    process.kill()
    finish(process)
    assert not TextRun(out).is_finished

    code, _, told = run("training", *again)
    assert code == 0, told
    assert "Going on" in told
    assert told.count("epoch  ") <= 3
    histories = [json.loads(TextRun(folder).history.read_text(encoding="utf-8")) for folder in (whole[0], out)]
    losses = [[(epoch["train_loss"], epoch["held_out_loss"]) for epoch in history] for history in histories]
    assert losses[0] == losses[1]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_says_how_to_go_on(whole: tuple[Path, str], chat: Path, number: signal.Signals) -> None:
    out = chat.parent / f"stopped{number}"
    process = start(command(chat, "--out", out, cache=chat.parent / "cache"))
    wait_for(TextRun(out).history, process, epochs=1)
    process.send_signal(number)
    code, _, told = finish(process)
    assert code == 128 + number
    assert "The same command continues" in told
    assert "Traceback" not in told


def test_a_finished_run_is_not_trained_over(whole: tuple[Path, str], chat: Path) -> None:
    code, _, told = run("training", *command(chat, "--out", whole[0], cache=chat.parent / "cache"))
    assert code == 1
    assert "finished" in told


@pytest.mark.parametrize(
    ("content", "names"),
    [
        (b"", "chat.txt"),
        (bytes(range(256)) * 40, "chat.txt"),
        ("안녕\n밥 먹자\n".encode(), "Too few messages"),
        (b"hello there\nhow are you\n" * 100, "Korean"),
    ],
)
def test_bad_input_is_one_sentence_and_leaves_nothing(tmp_path: Path, content: bytes, names: str) -> None:
    bad, out = tmp_path / "chat.txt", tmp_path / "run"
    bad.write_bytes(content)
    code, _, told = run("training", *command(bad, "--out", out, cache=tmp_path / "cache"))
    assert code == 1
    assert names in told.splitlines()[-1]
    assert "Traceback" not in told
    assert not out.exists()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, chat: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    code, _, told = run("training", *command(chat, "--out", tmp_path / "file" / "run", cache=tmp_path / "cache"))
    assert code == 1
    assert re.fullmatch(r".*/file\S* cannot be written or read: .+", told.splitlines()[-1])


def test_dry_run_as_json_prints_one_object_and_nothing_else(chat: Path) -> None:
    code, out, _ = run("training", *command(chat, "--dry-run", "--json", cache=chat.parent / "cache"))
    assert code == 0
    assert json.loads(out)["messages"] == 400


@pytest.mark.parametrize(
    ("arguments", "flag"),
    [(["--dropout", "2"], "--dropout"), (["--network", "mlp"], "--network"), ([], "--out"), (["--json"], "--json")],
)
def test_a_wrong_flag_is_named(chat: Path, arguments: list[str], flag: str) -> None:
    code, _, told = run("training", "text", chat, *arguments)
    assert code == 2
    assert flag in told
