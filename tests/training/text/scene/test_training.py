"""Training of scenes: what was said before is learnt where it tells something, and a stop changes nothing."""

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from rich.console import Console

from bot.bundle import LETTERS, SPECIALS, Tokenizer
from training.text.callbacks import Prompts
from training.text.curves import Epoch
from training.text.scene.config import SceneConfig
from training.text.scene.evaluate import evaluate
from training.text.scene.network import SceneNetwork
from training.text.scene.run import SceneRun, open_network
from training.text.scene.training import SceneModule, Split, fit
from training.text.scene.turns import SceneBatch, Turns, Windows, collate

WORDS = 12
TOKENIZER = Tokenizer([*SPECIALS, *(f"▁말{number}" for number in range(WORDS))], range(1, WORDS + 4))
CONFIG = SceneConfig(width=16, layers=1, heads=2, hidden=16, context=24, epochs=3, batch=8, rate=0.02, seed=5)


def room(count: int, *, answers: bool) -> Turns:
    """Pairs of messages: the second says a word of the first again, or any."""
    rng = np.random.default_rng(3)
    pieces = list[list[int]]()
    for _ in range(count // 2):
        word, other = (3 + int(number) for number in rng.integers(WORDS, size=2))
        pieces += [[word], [word if answers else other]]
    begins = np.arange(count) % 2 == 0
    return Turns(pieces, np.arange(count) % 2, begins, np.ones(count, np.bool_))


def split(*, answers: bool = True) -> Split:
    turns, sizes = room(340, answers=answers), (len(TOKENIZER), CONFIG.context, CONFIG.seed)
    return Split(*(Windows(turns.part(*part), *sizes) for part in ((0, 200), (200, 240), (240, 340))))


def trained(folder: Path, config: SceneConfig = CONFIG, *, answers: bool = True) -> list[Epoch]:
    run = SceneRun(folder)
    run.checkpoints.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(config.seed)
    network = SceneNetwork(len(TOKENIZER), config)
    prompts = Prompts([[]], TOKENIZER, config.seed)
    return fit(network, split(answers=answers), prompts, config, run, console=Console(file=io.StringIO()))


def losses(epochs: list[Epoch]) -> list[tuple[int, float, float]]:
    return [(epoch.number, epoch.train_loss, epoch.held_out_loss) for epoch in epochs]


def test_going_on_after_a_stop_ends_as_if_never_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = trained(tmp_path / "whole")

    def power_cut(module: SceneModule, batch: SceneBatch, index: int) -> None:
        if module.current_epoch == 1 and index == 3:
            raise RuntimeError("power cut")

    with monkeypatch.context() as patched:
        patched.setattr(SceneModule, "on_train_batch_start", power_cut)
        with pytest.raises(RuntimeError, match="power cut"):
            trained(tmp_path / "stopped")
    assert losses(trained(tmp_path / "stopped")) == losses(whole)
    samples = [(tmp_path / name / "samples.txt").read_text(encoding="utf-8") for name in ("whole", "stopped")]
    assert samples[0] == samples[1]
    assert samples[0].count("epoch") == 3


@pytest.mark.parametrize("answers", [True, False])
def test_context_helps_where_people_answer_each_other_and_is_said_not_to_where_they_do_not(
    tmp_path: Path, answers: bool
) -> None:
    config = replace(CONFIG, epochs=5, patience=5, dropout=0, word_dropout=0)
    trained(tmp_path, config, answers=answers)
    network = open_network(SceneRun(tmp_path), config, len(TOKENIZER))
    measured = evaluate(network, split(answers=answers).held_out, range(100), 1, lambda done, total: None)
    assert measured.context_helps is answers
    assert measured.messages == 100
    if answers:
        assert measured.perplexity < 0.9 * measured.perplexity_alone


def test_a_batch_in_which_nothing_counts_teaches_nothing_and_harms_nothing() -> None:
    turns = Turns([[3]] * 2, np.arange(2), np.arange(2) == 0, np.zeros(2, np.bool_))
    windows = Windows(turns, len(TOKENIZER), CONFIG.context, CONFIG.seed)
    module = SceneModule(SceneNetwork(len(TOKENIZER), CONFIG), CONFIG, steps=1)
    module.log = lambda *_, **__: None  # type: ignore[assignment]
    assert module.validation_step(collate([windows[0]]), 0).item() == 0


def test_what_serves_says_what_was_trained() -> None:
    """The graph reads a turn after what is kept of the turns before; training reads a window at once."""
    torch.manual_seed(1)
    network = SceneNetwork(len(TOKENIZER), CONFIG).eval()
    letter = len(TOKENIZER)
    turns = [[1], [letter, 4, 5, 2], [letter + 3, 6, 2], [letter, 7, 8]]
    whole = torch.tensor([[index for turn in turns for index in turn]])
    with torch.no_grad():
        expected = network.log_probs_of(whole)[0, -1]
        before = torch.zeros(0, network.depth)
        for turn in turns:
            logits, read = network(torch.tensor([turn]), before)
            before = torch.cat((before, read[0]))
    torch.testing.assert_close(logits[0].log_softmax(0), expected, rtol=1e-4, atol=1e-5)
    assert logits.shape == (1, len(TOKENIZER) + LETTERS)
