"""A bundle's network for reactions that a test can foretell: each word that it knows votes for one emoji."""

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from bot.bundle import Bundle, File, Manifest, Model, Role, Tokenizer, reactions_signature, sha256_of
from bot.bundle.signs import kind_of
from bot.inference.reactions import ReactionClasses

EMOJI = ("😂", "😭", "👍", "❤", "🤣")
VOTES = {"한잔": "😂", "망했다": "😭", "가자": "👍", "축하": "❤", "대박": "🤣"}
CLASSES = ReactionClasses(EMOJI, tuple(map(kind_of, EMOJI)), 0.5, 8)


def voting_graph(tokenizer: Tokenizer, votes: Mapping[str, str]) -> bytes:
    """Return a graph ``ids[batch, time] → probabilities[batch, classes]``; without a vote all are nearly alike."""
    table = np.full((len(tokenizer), len(EMOJI)), 0.0, np.float32)
    table[:, 0] = 0.01
    for word, emoji in votes.items():
        table[tokenizer.encode(word), EMOJI.index(emoji)] = 5
    nodes = [
        helper.make_node("Gather", ["table", "ids"], ["votes"]),
        helper.make_node("ReduceSum", ["votes", "time"], ["logits"], keepdims=0),
        helper.make_node("Softmax", ["logits"], ["probabilities"], axis=1),
    ]
    graph = helper.make_graph(
        nodes,
        "voting",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, ["batch", "time"])],
        [helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, ["batch", len(EMOJI)])],
        [numpy_helper.from_array(table, "table"), numpy_helper.from_array(np.array([1], np.int64), "time")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    onnx.checker.check_model(model)
    return model.SerializeToString()


def add_reactor(folder: Path, votes: Mapping[str, str] = VOTES, classes: ReactionClasses = CLASSES) -> Path:
    """Add such a network to the bundle in ``folder``."""
    bundle = Bundle.open(folder)
    tokenizer = Tokenizer.open(folder / "tokenizer.json")
    (folder / "reactions.onnx").write_bytes(voting_graph(tokenizer, votes))
    (folder / "reactions.json").write_text(json.dumps(classes.to_dict()), encoding="utf-8")
    graph, data = (File(name, sha256_of(folder / name)) for name in ("reactions.onnx", "reactions.json"))
    model = Model(Role.REACTIONS, graph, *reactions_signature(len(EMOJI)), {}, data=data)
    manifest = Manifest(bundle.manifest.made, {**bundle.manifest.models, "reactions": model})
    (folder / "manifest.json").write_text(manifest.to_json(), encoding="utf-8")
    return folder
