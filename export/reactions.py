"""The network for reactions of a bundle: ``reactions.onnx``, and its emoji in ``reactions.json``."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch

from bot.bundle import Bundle, File, Manifest, Model, Role, Tokenizer, reactions_signature, sha256_of
from bot.bundle.signs import kind_of
from bot.inference.reactions import ReactionClasses
from bot.inference.session import Graph, open_graph
from export.convert import store_weights_as_fp16, to_onnx
from export.errors import ExportError
from export.parity import TOLERANCE
from training.text.reactions.network import ReactionNetwork
from training.text.reactions.run import FOLDER, load_reactions
from training.text.run import TextRun

NAME = "reactions"
# No shape is the example's: a frozen axis shows at once.
_EXAMPLE = (2, 5)
_SHAPES = ((1, 1), (1, 2), (3, 7), (1, 66))


def export_reactions(run: Path, folder: Path, progress: Callable[[str], None]) -> dict[str, Model]:
    """Write the graph and the emoji into ``folder``, prove the graph equal to the network, and return the entry.

    There is none where the run has no reactions, or such as are no better than the most frequent.

    Raises:
        ExportError: the graph is not the network.
        BundleError: the bot's own reader refuses the graph.
        RunError: the training of them was stopped half way, or a file is damaged.
    """
    pieces = TextRun(run).tokenizer
    vocabulary = len(Tokenizer.open(pieces))
    trained = load_reactions(run / FOLDER, vocabulary)
    if trained is None:
        return {}
    progress("reactions: writing the graph")
    inputs, outputs = reactions_signature(len(trained.emoji))
    graph, data = folder / f"{NAME}.onnx", folder / f"{NAME}.json"
    # The graph keeps its weights in 16 bits: the network that it has to equal has the same.
    network = trained.network.half().float()
    to_onnx(network, torch.full(_EXAMPLE, 3), inputs, outputs, graph)
    store_weights_as_fp16(graph)
    classes = ReactionClasses(trained.emoji, tuple(map(kind_of, trained.emoji)), trained.threshold, trained.longest)
    data.write_text(json.dumps(classes.to_dict(), ensure_ascii=False) + "\n", encoding="utf-8")
    # The words' own tokenizer is named: with another the graph would read nonsense, and is refused.
    files = [File(path.name, sha256_of(path)) for path in (graph, pieces, data)]
    model = Model(Role.REACTIONS, files[0], inputs, outputs, trained.metrics, tokenizer=files[1], data=files[2])
    progress("reactions: comparing it with the network")
    _check(open_graph(Bundle(folder, Manifest({}, {NAME: model})), model, "cpu"), network, vocabulary)
    return {NAME: model}


def _check(graph: Graph, network: ReactionNetwork, vocabulary: int) -> None:
    for shape in _SHAPES:
        ids = np.random.default_rng(shape).integers(0, vocabulary, shape, np.int64)
        with torch.inference_mode():
            expected = network(torch.from_numpy(ids)).numpy()
        off = float(np.abs(graph.run(ids) - expected).max())
        if not off <= TOLERANCE:
            raise ExportError(f"the graph for reactions is off its network by {off:.2g}, more than {TOLERANCE:g}.")
