"""The words of a bundle: a trained text network as ``text.onnx`` and its vocabulary as ``tokenizer.json``."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import torch

from bot.bundle import Bundle, File, Manifest, Model, Role, Signature, text_signature
from bot.inference.mixture import NgramTable
from bot.inference.text_session import open_text
from export.convert import store_weights_as_fp16, to_onnx
from export.graph import file_of
from export.parity import Parity, check_speakers, check_text
from training.text.networks.network import Stepper
from training.text.run import TrainedText

NAME = "text"
EXAMPLE_SHAPE = (2, 5)


@dataclass(frozen=True, slots=True)
class Exported:
    """The manifest's entry for a model, and the proof that comes with it."""

    model: Model
    parity: Parity


def export_text(trained: TrainedText, folder: Path, progress: Callable[[str], None]) -> Exported:
    """Write the graph and the tokenizer into ``folder`` and prove them equal to the network.

    Raises:
        ExportError: the graph is not the network.
        BundleError: the bot's own reader refuses the graph.
    """
    # The graph keeps its weights in 16 bits: the network that it has to equal has the same.
    trained.network.round_to_fp16()
    stepper = trained.network.stepper()
    inputs, outputs = signature_of(stepper, len(trained.tokenizer))
    graph, tokenizer, verbatim = (folder / name for name in ("text.onnx", "tokenizer.json", "verbatim.bin"))
    progress("writing the graph")
    ids = torch.full(EXAMPLE_SHAPE, 3)
    example = ids if stepper is None else stepper.example(ids)
    to_onnx(stepper or trained.network, example, inputs, outputs, graph)
    # The graph adds it to everybody's start mark, if the exporter has not: only the sum is what 16 bits can hold.
    store_weights_as_fp16(graph, except_for=("speakers",))
    tokenizer.write_text(trained.tokenizer.to_json(), encoding="utf-8")
    verbatim.write_bytes(trained.verbatim.to_bytes())
    table = _ngrams(trained, folder / "ngrams.bin")
    files = (file_of(tokenizer), file_of(verbatim), table)
    model = Model(Role.TEXT, file_of(graph), inputs, outputs, trained.metrics, *files)
    model = replace(model, speakers=trained.speakers)
    progress("comparing it with the network")
    session = open_text(Bundle(folder, Manifest(trained.made, {NAME: model})), "cpu")
    check_speakers(session, trained.network, trained.speakers)
    return Exported(model, check_text(session, trained.network, trained.tokenizer))


def signature_of(stepper: Stepper | None, vocabulary: int) -> Signature:
    """Return the inputs and outputs of a network that goes on from a state by ``stepper``, or keeps none."""
    return text_signature(vocabulary, stepper.width, rereads=stepper.rereads) if stepper else text_signature(vocabulary)


def _ngrams(trained: TrainedText, path: Path) -> File | None:
    """Write the table of shared n-grams, where the run has one, and read it as the bot will."""
    if trained.ngrams is None:
        return None
    path.write_bytes(trained.ngrams)
    NgramTable.open(path, len(trained.tokenizer))
    return file_of(path)
