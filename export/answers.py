"""The picker of answers of a bundle: one graph that scores answers to a message, and the lines that it may pick."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch

from bot.bundle import Bundle, File, Manifest, Model, Role, picker_signature, sha256_of
from bot.bundle.ngrams import ngrams
from bot.inference.session import open_graph
from export.convert import store_weights_as_fp16, to_onnx
from export.errors import ExportError
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
    inputs, outputs = picker_signature()
    graph, lines = folder / f"{NAME}.onnx", folder / "lines.json"
    to_onnx(trained.picker, (torch.arange(1, 4), torch.ones(2, 5, dtype=torch.int64)), inputs, outputs, graph)
    store_weights_as_fp16(graph)
    lines.write_text(json.dumps(trained.lines, ensure_ascii=False) + "\n", encoding="utf-8")
    files = (File(path.name, sha256_of(path)) for path in (graph, lines))
    model = Model(Role.PICKER, next(files), inputs, outputs, trained.measured.metrics(), lines=next(files))
    progress("answers: comparing it with the network")
    _check(Bundle(folder, Manifest({}, {NAME: model})), trained)
    return {NAME: model}


def _check(bundle: Bundle, trained: TrainedAnswers) -> None:
    graph = open_graph(bundle, bundle.model(NAME), "cpu")
    texts = [*_OTHERS, *trained.lines]
    numbers = [ngrams(text) for text in texts]
    answers = np.zeros((len(texts), max(map(len, numbers))), np.int64)
    for row, own in zip(answers, numbers, strict=True):
        row[: len(own)] = own
    for message in _MESSAGES:
        asked = np.array(ngrams(message), np.int64)
        with torch.inference_mode():
            expected = trained.picker(torch.from_numpy(asked), torch.from_numpy(answers)).numpy()
        off = float(np.abs(graph.run_all(asked, answers)[0] - expected).max())
        if not off <= MOST_OFF:
            raise ExportError(f"{NAME} differs from its network by {off:.2g}, more than {MOST_OFF:g}.")
