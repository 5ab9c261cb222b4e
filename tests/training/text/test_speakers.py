"""Members who agreed: who they are, that the voice sounds like them and as the group, and that chance offers nobody."""

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
import torch
from rich.console import Console

from bot.bundle import SPECIALS, START, Tokenizer, VerbatimFilter
from bot.bundle.verbatim import Held
from bot.inference.models import open_models
from export.text import export_text
from export.write import finish
from training.common.errors import ChatError, ConfigError
from training.common.progress import Stages
from training.common.run_folder import write_json
from training.text.config import TextConfig
from training.text.consent.agreement import Standing
from training.text.corpus.corpus import Corpus, read_corpus
from training.text.dataset import Ids, rows_of, with_start
from training.text.evaluate import NetworkModel
from training.text.message import UNDATED, Message
from training.text.module import batch_loss
from training.text.networks import build_network, config_of
from training.text.networks.network import TextNetwork
from training.text.pipeline import Training
from training.text.run import TextRun, load_text
from training.text.speakers import FEWEST_MESSAGES, find_speakers, measure, start_of

WORDS = 12
TOKENIZER = Tokenizer([*SPECIALS, *(f"▁말{number}" for number in range(WORDS))], range(1, WORDS + 4))
VOCABULARY = len(TOKENIZER)
NAMES = ("윤혜", "정훈")


def corpus(**counts: int) -> Corpus:
    messages = [Message(UNDATED, who, "응") for who, count in counts.items() for _ in range(count)]
    names = {who: frozenset({who, f"{who}🌱"}) for who in counts} | {
        "하람2": frozenset({"하람"}),
        "하람3": frozenset({"하람"}),
    }
    return Corpus(tuple(messages), (0,), None, 0, names)  # type: ignore[arg-type] - no report is asked for


def test_they_are_found_by_any_of_their_names() -> None:
    chat = corpus(윤혜=FEWEST_MESSAGES, 정훈=FEWEST_MESSAGES, 다빈=3)
    assert find_speakers(["정훈🌱", "윤혜"], chat) == {"정훈": 0, "윤혜": 1}
    assert find_speakers([], chat) == {}


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        (["윤해"], "Nobody in these files is called '윤해': give --as one of 다빈, "),
        (["다빈"], "wrote 499 messages that can be learnt, and 500 are needed"),
        (["윤혜", "윤혜🌱"], "are one person"),
        (["하람"], "2 people in these files are called '하람'"),
        (["윤혜\n"], "no name that can be chosen on Discord"),
        (["ㅋ" * 33], "no name that can be chosen on Discord"),
    ],
)
def test_whom_it_cannot_sound_like_is_said_in_a_sentence(wanted: list[str], why: str) -> None:
    with pytest.raises(ChatError) as refused:
        find_speakers(wanted, corpus(윤혜=FEWEST_MESSAGES, 다빈=FEWEST_MESSAGES - 1))
    assert why in str(refused.value)


@pytest.mark.parametrize(
    ("standing", "why"),
    [
        (Standing.WITHDREW, "'윤혜' withdrew: leave out that --as"),
        (Standing.NO, "'윤혜' has not agreed"),
        (Standing.UNKNOWN, "'윤혜' has not agreed"),
    ],
)
def test_it_cannot_sound_like_who_did_not_agree_to_be_learnt_from(standing: Standing, why: str) -> None:
    chat = replace(corpus(윤혜=FEWEST_MESSAGES), standings={"윤혜": standing})
    with pytest.raises(ChatError, match=why):
        find_speakers(["윤혜"], chat)


def test_a_network_that_knows_no_speakers_takes_none(monkeypatch: pytest.MonkeyPatch) -> None:
    from training.text.networks import NETWORKS, NetworkSpec

    monkeypatch.setattr("training.text.networks.NETWORKS", {**NETWORKS, "deaf": NetworkSpec("nowhere:deaf")})
    with pytest.raises(ConfigError, match="--as does not go with --network deaf"):
        config_of({"network": "deaf", "speakers": ("윤혜",)})
    assert config_of({"network": "gru", "speakers": ["윤혜"]}).speakers == ("윤혜",)


def said_by(speaker: int, count: int, rng: np.random.Generator) -> list[Ids]:
    """Return messages in which one of two people says half of the words nine times of ten."""
    own = lambda: 3 + int(rng.integers(6)) + 6 * (speaker if rng.random() < 0.9 else 1 - speaker)  # noqa: E731
    return rows_of(([own() for _ in range(4)] for _ in range(count)), longest=9)


def trained(network: str, rows: Sequence[Ids]) -> TextNetwork:
    torch.manual_seed(1)
    config = TextConfig(network=network, embedding=8, hidden=8, dropout=0, word_dropout=0, speakers=NAMES)
    built = build_network(config, VOCABULARY)
    optimizer = torch.optim.AdamW(built.parameters(), lr=0.03)
    for _ in range(60):
        optimizer.zero_grad()
        batch_loss(built, built.collate(rows)).backward()
        optimizer.step()
    return built.eval()


@pytest.mark.parametrize("network", ["gru", "bigru"])
def test_where_people_differ_the_right_one_is_told_and_by_chance_nobody_is(network: str) -> None:
    rng = np.random.default_rng(2)
    starts = [start_of(VOCABULARY, number) for number in range(2)]
    learnt = [with_start(row, starts[who]) for who in range(2) for row in said_by(who, 100, rng)]
    others = [row for who in range(2) for row in said_by(who, 50, rng)]
    held_out = {name: said_by(who, 40, rng) for who, name in enumerate(NAMES)}
    likeness = measure(NetworkModel(trained(network, learnt + others), TOKENIZER), held_out, VOCABULARY)
    for name in NAMES:
        assert likeness[name]["right"] < likeness[name]["group"] < likeness[name]["wrong"]
        assert likeness[name]["right"] < 0.8 * likeness[name]["wrong"]
        assert likeness[name]["is_offered"]
        assert likeness[name]["group"] < VOCABULARY

    dealt = [with_start(row, starts[int(rng.integers(2))]) for row in learnt]
    both = [row for rows in held_out.values() for row in rows]
    by_chance = {name: both[number::2] for number, name in enumerate(NAMES)}
    likeness = measure(NetworkModel(trained(network, dealt + others), TOKENIZER), by_chance, VOCABULARY)
    assert not any(likeness[name]["is_offered"] for name in NAMES)


def test_who_said_nothing_held_out_is_not_offered() -> None:
    network = NetworkModel(trained("gru", said_by(0, 4, np.random.default_rng(1))), TOKENIZER)
    assert not measure(network, {"윤혜": [], "정훈": []}, VOCABULARY)["윤혜"]["is_offered"]


def test_who_is_not_offered_is_in_no_bundle_and_who_is_speaks_there_as_the_network_does(tmp_path: Path) -> None:
    torch.manual_seed(1)
    config = TextConfig(network="gru", embedding=6, hidden=6, speakers=NAMES)
    run = TextRun(tmp_path / "run")
    run.begin_with("these messages", config, resumed=False)
    run.checkpoints.mkdir()
    network = build_network(config, VOCABULARY)
    for weight in network.parameters():
        torch.nn.init.normal_(weight, std=0.5)
    torch.save({"state_dict": {f"network.{name}": value for name, value in network.state_dict().items()}}, run.best)
    run.tokenizer.write_text(TOKENIZER.to_json(), encoding="utf-8")
    run.verbatim.write_bytes(VerbatimFilter.of(Held()).to_bytes())
    likeness = {"윤혜": {"is_offered": False}, "정훈": {"is_offered": True}}
    write_json(run.report, {"metrics": {}, "made": {}, "speakers": likeness})

    loaded = load_text(run.folder)
    assert loaded.speakers == {"정훈": VOCABULARY + 1}
    group, unheard, heard = (
        loaded.network(torch.tensor([[start, 4]])) for start in (START, VOCABULARY, VOCABULARY + 1)
    )
    assert torch.equal(unheard, group)
    assert not torch.allclose(heard, group)

    from bot.bundle import Manifest

    (tmp_path / "bundle").mkdir()
    exported = export_text(loaded, tmp_path / "bundle", lambda step: None)
    finish(tmp_path / "bundle", Manifest({}, {"text": exported.model}), open_models)
    models = open_models(tmp_path / "bundle", "cpu")
    assert [*models.members] == ["정훈"]
    assert models.members["정훈"].score("말3 말4") != models.speaker.score("말3 말4")


def test_a_training_goes_all_the_way_with_them(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    words = {"윤혜": ("밥", "과제", "시험"), "정훈": ("술", "게임", "커피"), "현지": ("밥", "술", "먹자")}
    rows = [
        f'{datetime(2025, 3, 1) + timedelta(minutes=9 * at)},"{who}","{" ".join(rng.choice(said, 4))}"'
        for at in range(1710)
        for who, said in [[*words.items()][at % 3]]
    ]
    (tmp_path / "chat.csv").write_text("\n".join(["Date,User,Message", *rows]), encoding="utf-8")
    small = {"epochs": 1, "embedding": 4, "hidden": 4, "vocabulary": 20, "batch": 64}
    config, run = config_of({**small, "speakers": ("정훈", "윤혜")}), TextRun(tmp_path / "run")
    console = Console(file=io.StringIO(), width=200)
    training = Training(run, config, tmp_path / "cache", console, answers=False, leaks=False)
    training.start(read_corpus([tmp_path / "chat.csv"]), Stages(console), resumed=False)
    assert isinstance(console.file, io.StringIO)
    assert "perplexity by speaker" in console.file.getvalue()
    assert [*run.read_report()["speakers"]] == ["정훈", "윤혜"]
    trained = load_text(run.folder)
    start = start_of(len(trained.tokenizer), 1)
    assert trained.network(torch.tensor([[start, 3]])).shape == (1, len(trained.tokenizer))
    assert run.infilling.is_file()
