"""The picker of answers of a bundle: one graph that scores answers to a message, and the lines that it may pick."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import nn

from bot.bundle import Model, Role, Signature, picker_signature
from bot.bundle.hashed_ngrams import ngrams
from export.graph import Array, compare, file_of, opened, write_graph
from training.text.answers.picker import PickerOfLines
from training.text.answers.run import TrainedAnswers

NAME = "picker"
MOST_OFF = 2e-2
"""How far a score may differ; weights of 16 bits. Scores go over some ten."""
_MESSAGES = ("오늘 뭐 먹지", "시험 망했다 ㅠㅠ", "진짜? 대박", "ㅋㅋ")
_OTHERS = ("치킨 먹자", "괜찮아 다음에 잘 보면 돼", "ㅇㅈ")


def export_answers(trained: TrainedAnswers, folder: Path, progress: Callable[[str], None]) -> dict[str, Model]:
    """Write the graph and the lines into ``folder``, prove the graph equal to the network, and return the entry.

    Raises:
        ExportError: the graph is not the network.
        BundleError: the bot's own reader refuses the graph.
    """
    progress("answers: writing the graph")
    network, signature = with_lines(trained)
    example, lines = (torch.arange(1, 4), torch.ones(2, 5, dtype=torch.int64)), folder / "lines.json"
    graph = write_graph(network, example, signature, folder / f"{NAME}.onnx")
    lines.write_text(json.dumps(trained.lines, ensure_ascii=False) + "\n", encoding="utf-8")
    exchanges = folder / "exchanges.json"
    exchanges.write_text(trained.exchanges.to_json(), encoding="utf-8")
    metrics = trained.measured.metrics()
    model = Model(Role.PICKER, graph, *signature, metrics, lines=file_of(lines), data=file_of(exchanges))
    progress("answers: comparing it with the network")
    rows = _rows([*_OTHERS, *trained.lines])
    examples = ((np.array(ngrams(message), np.int64), rows) for message in _MESSAGES)
    compare(NAME, opened(folder, NAME, model), network, examples, MOST_OFF)
    return {NAME: model}


def with_lines(trained: TrainedAnswers) -> tuple[nn.Module, Signature]:
    """Return the network that is exported, and its signature: the picker with its lines, where there are any."""
    if not trained.lines:
        return trained.picker, picker_signature()
    lines = torch.from_numpy(_rows(trained.lines))
    return PickerOfLines(trained.picker, lines).eval(), picker_signature(len(lines))


def _rows(texts: Sequence[str]) -> Array:
    """Return the n-grams of each text, those of shorter ones filled up with 0."""
    numbers = [ngrams(text) for text in texts]
    rows = np.zeros((len(texts), max(map(len, numbers))), np.int64)
    for row, own in zip(rows, numbers, strict=True):
        row[: len(own)] = own
    return rows
