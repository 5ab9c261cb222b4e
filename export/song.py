"""The writer of songs of a bundle: ``song.onnx``, and the filter of the lines that it learnt from."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import torch

from bot.bundle import Bundle, Manifest, Model, Role
from bot.inference.text_session import open_network
from export.convert import store_weights_as_int8, to_onnx
from export.errors import ExportError
from export.graph import file_of
from export.parity import TOLERANCE, check_text
from export.text import signature_of
from training.text.run import TextRun
from training.text.song.run import TrainedSong, load_song

NAME = "song"
MOST_OFF = 0.05
"""How far a logit may be off, as a share of the largest, with weights of 8 bits; of 32 bits it is the usual."""
# No shape is the example's: a frozen axis shows at once.
_EXAMPLE = (2, 5)


def export_song(run: Path, folder: Path, progress: Callable[[str], None]) -> dict[str, Model]:
    """Write the songs of a run of text into ``folder``, prove the graph equal to its network, and return the entry.

    There is none where the run has no songs, or they are not worth it.

    Raises:
        ExportError: the graph is not the network.
        BundleError: the bot's own reader refuses the graph.
    """
    trained = load_song(run)
    if trained is None:
        return {}
    progress("songs: writing the graph")
    stepper = trained.network.stepper()
    if stepper is None:
        raise ExportError("the writer of songs cannot go on from a state: train it anew.")
    signature = signature_of(stepper, len(trained.tokenizer))
    graph, verbatim = folder / f"{NAME}.onnx", folder / f"{NAME}.verbatim.bin"
    to_onnx(stepper, stepper.example(torch.full(_EXAMPLE, 3)), *signature, graph)
    verbatim.write_bytes(trained.verbatim.to_bytes())
    # The words' own tokenizer is named: with another the graph would say nonsense, and is refused.
    tokenizer, held_back = map(file_of, (TextRun(run).tokenizer, verbatim))
    exact = Model(Role.SONG, file_of(graph), *signature, trained.metrics, tokenizer, held_back)
    progress("songs: comparing the graph with the network")
    _check(exact, trained, folder, TOLERANCE)
    store_weights_as_int8(graph)
    model = replace(exact, graph=file_of(graph))
    _check(model, trained, folder, MOST_OFF)
    return {NAME: model}


def _check(model: Model, trained: TrainedSong, folder: Path, tolerance: float) -> None:
    bundle = Bundle(folder, Manifest({}, {NAME: model}))
    session = open_network(bundle, model, trained.tokenizer, "cpu")
    check_text(session, trained.network, trained.tokenizer, tolerance)
