"""What invents scenes: ``scene.onnx``, beside the voice whose tokenizer it shares."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch

from bot.bundle import LETTERS, Model, Role, Tokenizer, scene_signature
from bot.inference.dialogue import CONTEXT
from bot.inference.session import Graph
from export.convert import round_to_int8, store_weights_as_int8
from export.graph import Array, compare, file_of, largest_share, opened, write_graph
from export.parity import TOLERANCE
from training.text.run import TextRun
from training.text.scene.network import SceneNetwork
from training.text.scene.run import SceneRun, load_scenes

NAME = "scene"
# No shape is the example's: a frozen axis shows at once.
_EXAMPLE = ((2, 5), 7)
_SHAPES = (((1, 1), 0), ((1, 9), 0), ((8, 1), 33), ((3, 12), 1), ((2, 4), 120))


def export_scene(run: Path, folder: Path, progress: Callable[[str], None]) -> dict[str, Model]:
    """Write the graph into ``folder``, prove it equal to the network, and return its entry.

    There is none where a run has no scenes, or what was said before does not help them.

    Raises:
        ExportError: the graph is not the network.
        BundleError: the bot's own reader refuses the graph.
        RunError: the scenes are not finished, damaged, or of other words.
    """
    words = TextRun(run)
    if not SceneRun.beside(words).config.is_file():
        return {}
    tokenizer = Tokenizer.open(words.tokenizer)
    trained = load_scenes(words, len(tokenizer))
    if trained is None or not trained.context_helps:
        return {}
    progress("scenes: writing the graph")
    network, pieces = trained.network, folder / "tokenizer.json"
    round_to_int8(network)
    signature = scene_signature(len(tokenizer), network.depth)
    example = torch.full(_EXAMPLE[0], 3), torch.zeros(_EXAMPLE[1], network.depth)
    graph = write_graph(network, example, signature, folder / f"{NAME}.onnx", store_weights_as_int8)
    # The voice's own file, by its hash: beside words with other pieces the bundle is refused.
    pieces.write_text(tokenizer.to_json(), encoding="utf-8")
    metrics = trained.metrics | {CONTEXT: float(trained.config.context)}
    model = Model(Role.SCENE, graph, *signature, metrics, tokenizer=file_of(pieces))
    progress("scenes: comparing them with the network")
    _check(opened(folder, NAME, model), network, len(tokenizer))
    return {NAME: model}


def _check(graph: Graph, network: SceneNetwork, vocabulary: int) -> None:
    examples = (_example(network, vocabulary, *each) for each in _SHAPES)
    compare(NAME, graph, network, examples, TOLERANCE, off=largest_share)


def _example(network: SceneNetwork, vocabulary: int, shape: tuple[int, int], length: int) -> tuple[Array, Array]:
    """Return random ids, and what is kept of so many others before them."""
    rng = np.random.default_rng((*shape, length))
    ids, earlier = (rng.integers(0, vocabulary + LETTERS, size) for size in (shape, (1, length)))
    nothing = torch.zeros(0, network.depth)
    with torch.inference_mode():
        before = network(torch.from_numpy(earlier), nothing)[1][0] if length else nothing
    return ids, before.numpy()
