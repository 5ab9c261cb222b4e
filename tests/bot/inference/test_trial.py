"""A bundle is tried before it serves: what is damaged, has learnt nothing or never ends is refused."""

import asyncio
import json
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp
import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from bot.bundle import BundleError, File, Model, Role, sha256_of, text_signature
from bot.client.health import health
from bot.inference import session
from bot.inference.models import open_models
from bot.inference.worker import Slow, Worker, Workers
from playground import Playground
from tests import faces_bundle
from tests.bot.conftest import PIECES

TRIAL_LENGTH = 50


def changed(graph: bytes, name: str, change: Callable[[Any], Any]) -> bytes:
    """Return the graph with its weight ``name`` changed."""
    model = onnx.load_from_string(graph)
    (weight,) = [each for each in model.graph.initializer if each.name == name]
    weight.CopyFrom(numpy_helper.from_array(change(numpy_helper.to_array(weight).copy()), name))
    return bytes(model.SerializeToString())


def endless(trips_at: Callable[[int], int] = lambda _: 10**12) -> bytes:
    """Return a text graph that goes round and round; ``trips_at`` of 50 and of any other length of a row."""
    body = helper.make_graph(
        [helper.make_node("Identity", ["go"], ["on"]), helper.make_node("Add", ["x", "table"], ["x2"])],
        "round",
        [
            helper.make_tensor_value_info("trip", TensorProto.INT64, []),
            helper.make_tensor_value_info("go", TensorProto.BOOL, []),
            helper.make_tensor_value_info("x", TensorProto.FLOAT, None),
        ],
        [
            helper.make_tensor_value_info("on", TensorProto.BOOL, []),
            helper.make_tensor_value_info("x2", TensorProto.FLOAT, None),
        ],
    )
    nodes = [
        helper.make_node("Shape", ["ids"], ["time"], start=1, end=2),
        helper.make_node("Equal", ["time", "fifty"], ["tried"]),
        helper.make_node("Where", ["tried", "few", "many"], ["trips"]),
        helper.make_node("Cast", ["ids"], ["f"], to=TensorProto.FLOAT),
        helper.make_node("ReduceSum", ["f", "one"], ["sum"], keepdims=1),
        helper.make_node("Add", ["sum", "table"], ["x0"]),
        helper.make_node("Loop", ["trips", "", "x0"], ["logits"], body=body),
    ]
    weights = [
        helper.make_tensor("fifty", TensorProto.INT64, [1], [TRIAL_LENGTH]),
        helper.make_tensor("few", TensorProto.INT64, [1], [trips_at(TRIAL_LENGTH)]),
        helper.make_tensor("many", TensorProto.INT64, [1], [trips_at(0)]),
        helper.make_tensor("one", TensorProto.INT64, [1], [1]),
        helper.make_tensor("table", TensorProto.FLOAT, [len(PIECES)], range(len(PIECES))),
    ]
    graph = helper.make_graph(
        nodes,
        "endless",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, ["batch", "time"])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", len(PIECES)])],
        weights,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    return bytes(model.SerializeToString())


def filled(value: float, at: Any = ...) -> Callable[[Any], Any]:
    def change(weight: Any) -> Any:
        weight[at] = value
        return weight

    return change


@pytest.mark.parametrize(
    ("weight", "change", "reason"),
    [
        ("out", filled(np.nan), "NaN"),
        ("out", filled(np.inf), "NaN"),
        ("out", filled(0.0), "learnt nothing"),
    ],
)
def test_words_from_damaged_weights_are_refused(
    weight: str, change: Any, reason: str, *, tmp_path: Path, write_bundle: Any, graph: Any
) -> None:
    folder = write_bundle(tmp_path / "bundle", graph=changed(graph(len(PIECES)), weight, change))
    with pytest.raises(BundleError, match=reason):
        open_models(folder)


@pytest.mark.parametrize(
    ("model", "weight", "change", "reason"),
    [
        ("vae", "base", filled(1e6), "learnt nothing"),
        ("dcgan", "weights", filled(np.nan), "learnt nothing"),
        ("vae-encoder", "row", filled(np.nan), "NaN"),
    ],
)
def test_pictures_from_damaged_weights_are_refused(
    model: str, weight: str, change: Any, reason: str, *, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = faces_bundle.make(tmp_path / "bundle")
    path = folder / f"{model}.onnx"
    path.write_bytes(changed(path.read_bytes(), weight, change))
    faces_bundle.change_manifest(
        folder, lambda content: content["models"][model]["graph"].update(sha256=sha256_of(path))
    )
    with session.opened_at_once(), pytest.raises(BundleError, match=reason):
        open_models(folder)
    artist = open_models(folder).artist  # at a start only words are tried
    assert artist is not None
    with pytest.raises(BundleError, match=reason):
        artist.encode(np.zeros((1, 64, 64, 3), np.uint8))
        artist.draw(artist.latent(0, model), model)
    assert reason in caplog.text


def test_a_graph_that_never_ends_is_refused_in_time_and_ended(
    tmp_path: Path, write_bundle: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "TRIAL_SECONDS", 0.3)
    folder = write_bundle(tmp_path / "bundle", graph=endless())
    with pytest.raises(BundleError, match="come to an end"):
        open_models(folder)
    for _ in range(200):
        if not session._running:
            break
        time.sleep(0.05)
    assert not session._running


@pytest.mark.parametrize("damage", ["weights", "endless", "nested", "counts"])
async def test_a_reload_takes_nothing_damaged_in_the_place_of_a_good_voice(
    damage: str,
    tmp_path: Path,
    *,
    write_bundle: Any,
    graph: Any,
    play: Any,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    folder = write_bundle(tmp_path / "bundle")
    async with Playground() as playground, play(playground, folder) as stage:
        before = await playground.command("/say 오늘 5 seed:3")
        monkeypatch.setattr(session, "TRIAL_SECONDS", 0.3)
        shutil.rmtree(folder)
        if damage == "weights":
            write_bundle(folder, graph=changed(graph(len(PIECES)), "out", filled(np.nan)))
        elif damage == "endless":
            write_bundle(folder, graph=endless())
        else:
            write_bundle(folder)
            _spoil(folder, damage)
        assert not await stage.client.reload()
        assert "The old bundle goes on serving" in caplog.text
        assert "Traceback" not in caplog.text
        assert (await playground.command("/say 오늘 5 seed:3")).content == before.content


def _spoil(folder: Path, damage: str) -> None:
    if damage == "nested":
        (folder / "manifest.json").write_text("[" * 100_000, encoding="utf-8")
        return
    tokenizer, manifest = folder / "tokenizer.json", folder / "manifest.json"
    content = json.loads(tokenizer.read_text(encoding="utf-8"))
    tokenizer.write_text(json.dumps(content | {"counts": [float("inf")] * len(PIECES)}), encoding="utf-8")
    said = json.loads(manifest.read_text(encoding="utf-8"))
    said["models"]["text"]["tokenizer"]["sha256"] = sha256_of(tokenizer)
    manifest.write_text(json.dumps(said), encoding="utf-8")


async def test_a_graph_that_stops_ending_in_service_is_noticed_and_a_good_bundle_helps(
    tmp_path: Path, write_bundle: Any, play: Any, unused_tcp_port: int
) -> None:
    folder = write_bundle(tmp_path / "bundle", graph=endless(lambda length: 1 if length == TRIAL_LENGTH else 10**12))
    workers = Workers(*(Worker(8, patience=0.2, limit=0.5) for _ in range(3)))
    async with Playground(answer_within=5) as playground, play(playground, folder, workers=workers) as stage:
        slow = await playground.command("/say 오늘 5")
        assert slow.ephemeral
        assert "너무 오래" in slow.content
        await asyncio.sleep(0.5)
        async with health(stage.client, unused_tcp_port):
            assert await told_by(unused_tcp_port) == (503, "a model does not come to an end")
            write_bundle(folder)
            assert await stage.client.reload()
            assert (await playground.command("/say 오늘 5")).content.startswith("오늘")
            assert await told_by(unused_tcp_port) == (200, "connected")


async def told_by(port: int) -> tuple[int, str]:
    async with aiohttp.ClientSession() as http, http.get(f"http://127.0.0.1:{port}/health") as answer:
        return answer.status, await answer.text()


async def test_a_graph_is_ended_from_outside() -> None:
    worker = Worker(8, deferred_patience=0.1, limit=0.3)
    options = session._options(Role.TEXT)
    opened = onnxruntime.InferenceSession(endless(), options, providers=["CPUExecutionProvider"])
    graph = session.Graph(lambda: opened, Model(Role.TEXT, File("endless.onnx", "0" * 64), *text_signature(7), {}))
    with pytest.raises(Slow):
        await worker.run(lambda: graph.run(np.zeros((1, 3), np.int64)), deferred=True)
    for _ in range(200):
        if not session._running:
            break
        await asyncio.sleep(0.05)
    assert not session._running
    worker.close()


async def test_who_leaves_waits_until_a_graph_without_an_end_has_been_ended() -> None:
    worker = Worker(8, deferred_patience=0.1, limit=0.3)
    opened = onnxruntime.InferenceSession(endless(), session._options(Role.TEXT), providers=["CPUExecutionProvider"])
    graph = session.Graph(lambda: opened, Model(Role.TEXT, File("endless.onnx", "0" * 64), *text_signature(7), {}))
    others = {*threading.enumerate()}
    with pytest.raises(Slow):
        await worker.run(lambda: graph.run(np.zeros((1, 3), np.int64)), deferred=True)
    await asyncio.to_thread(worker.close)
    assert [thread.name for thread in {*threading.enumerate()} - others if thread.name == "inference"] == []
    assert not session._running
