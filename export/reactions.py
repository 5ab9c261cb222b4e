"""The network for reactions of a bundle: ``reactions.onnx``, and its emoji in ``reactions.json``."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch

from bot.bundle import Model, Role, Tokenizer, reactions_signature
from bot.bundle.signs import kind_of
from bot.inference.reactions import ReactionClasses
from bot.inference.session import Graph
from export.graph import compare, file_of, opened, write_graph
from export.parity import TOLERANCE
from training.text.reactions.network import ReactionNetwork
from training.text.reactions.run import ReactionsRun, load_reactions
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
    trained = load_reactions(run / ReactionsRun.FOLDER, vocabulary)
    if trained is None:
        return {}
    progress("reactions: writing the graph")
    signature, data = reactions_signature(len(trained.emoji)), folder / f"{NAME}.json"
    # The graph keeps its weights in 16 bits: the network that it has to equal has the same.
    network = trained.network.half().float()
    graph = write_graph(network, torch.full(_EXAMPLE, 3), signature, folder / f"{NAME}.onnx")
    classes = ReactionClasses(trained.emoji, tuple(map(kind_of, trained.emoji)), trained.threshold, trained.longest)
    data.write_text(json.dumps(classes.to_dict(), ensure_ascii=False) + "\n", encoding="utf-8")
    # The words' own tokenizer is named: with another the graph would read nonsense, and is refused.
    tokenizer, about = file_of(pieces), file_of(data)
    model = Model(Role.REACTIONS, graph, *signature, trained.metrics, tokenizer=tokenizer, data=about)
    progress("reactions: comparing it with the network")
    _check(opened(folder, NAME, model), network, vocabulary)
    return {NAME: model}


def _check(graph: Graph, network: ReactionNetwork, vocabulary: int) -> None:
    examples = ((np.random.default_rng(shape).integers(0, vocabulary, shape, np.int64),) for shape in _SHAPES)
    compare(NAME, graph, network, examples, TOLERANCE)
