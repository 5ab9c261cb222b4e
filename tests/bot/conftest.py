"""A real bundle, small enough to write in a test: a random Bi-GRU of ONNX's own operators over a few dozen pieces."""

import json
import shutil
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from bot.bundle import (
    BEGIN,
    LETTERS,
    SPECIALS,
    File,
    Manifest,
    Model,
    Role,
    Tokenizer,
    VerbatimFilter,
    fill_signature,
    scene_signature,
    sha256_of,
    text_signature,
)
from bot.bundle.verbatim import Held, Spelling
from bot.client.client import Dantok
from bot.client.serving import first_of, running
from bot.clock import Clock, QuietHours, SystemClock
from bot.features.feature import Services
from bot.groups.group import Groups, OneGroup
from bot.groups.served_bundle import ServedBundle
from bot.groups.settings import GroupSettings
from bot.inference.worker import Worker, Workers
from bot.remote.engine import Engine
from bot.remote.models import RemoteGroups, remote_workers
from bot.store.address import FILE, address
from bot.store.store import Store
from playground import Answer, Playground
from playground.world.clock import AdjustableClock
from tests.patience import patient_workers

WORDS = (
    *("윤혜", "생일", "축하", "오늘", "밥", "먹으러", "가자", "어디", "쪽", "나", "지금", "시험", "망했다"),
    *("내일", "술", "한잔", "할래", "누구", "와", "진짜", "대박", "아니", "근데", "왜", "과제", "언제", "까지"),
)
TAILS = ("야", "해", "는", "이", "가", "을", "로", "에", "도", "ㅋㅋ", "ㅠㅠ", "!", "?", "~", "🎉", "요")
PIECES = (*SPECIALS, *(BEGIN + word for word in WORDS), *TAILS, BEGIN + "ㅋㅋㅋ", BEGIN + "😂", BEGIN + "@")

WriteBundle = Callable[..., Path]


def random_gru(
    vocabulary: int, inputs: str = "ids", outputs: str = "logits", *, size: int = 8, seed: int = 7, more: int = 0
) -> bytes:
    """Return a graph ``ids[batch, time] → logits[batch, vocabulary]``: embedding, Bi-GRU, linear.

    It knows so many ``more`` ids than can come out.
    """
    draw = np.random.default_rng(seed)
    shapes = {
        "embedding": (vocabulary + more, size),
        "w": (2, 3 * size, size),
        "r": (2, 3 * size, size),
        "b": (2, 6 * size),
        "out": (2 * size, vocabulary),
    }
    weights = [
        numpy_helper.from_array(draw.normal(0, 1, shape).astype(np.float32), name) for name, shape in shapes.items()
    ]
    shape = numpy_helper.from_array(np.array([-1, 2 * size]), "shape")
    nodes = [
        helper.make_node("Transpose", [inputs], ["by_time"], perm=[1, 0]),
        helper.make_node("Gather", ["embedding", "by_time"], ["x"]),
        helper.make_node(
            "GRU", ["x", "w", "r", "b"], ["", "h"], hidden_size=size, direction="bidirectional", linear_before_reset=1
        ),
        helper.make_node("Transpose", ["h"], ["by_row"], perm=[1, 0, 2]),
        helper.make_node("Reshape", ["by_row", "shape"], ["flat"]),
        helper.make_node("MatMul", ["flat", "out"], [outputs]),
    ]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info(inputs, TensorProto.INT64, ["batch", "time"])],
        [helper.make_tensor_value_info(outputs, TensorProto.FLOAT, ["batch", vocabulary])],
        [*weights, shape],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    onnx.checker.check_model(model)
    return model.SerializeToString()


def random_infilling(vocabulary: int, size: int = 8, seed: int = 7) -> bytes:
    """Return a graph ``left, right → logits[batch, vocabulary]``: last piece of one, first of the other, linear."""
    draw = np.random.default_rng(seed)
    shapes = {"embedding": (vocabulary, size), "from_left": (size, vocabulary), "from_right": (size, vocabulary)}
    weights = [
        numpy_helper.from_array(draw.normal(0, 1, shape).astype(np.float32), name) for name, shape in shapes.items()
    ]
    ends = [numpy_helper.from_array(np.array(at), name) for name, at in (("last", -1), ("first", 0))]
    nodes = [
        helper.make_node("Gather", ["left", "last"], ["left_id"], axis=1),
        helper.make_node("Gather", ["right", "first"], ["right_id"], axis=1),
        helper.make_node("Gather", ["embedding", "left_id"], ["x"]),
        helper.make_node("Gather", ["embedding", "right_id"], ["y"]),
        helper.make_node("MatMul", ["x", "from_left"], ["before"]),
        helper.make_node("MatMul", ["y", "from_right"], ["after"]),
        helper.make_node("Add", ["before", "after"], ["logits"]),
    ]
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", f"{name}_time"]) for name in ("left", "right")
    ]
    outputs = [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", vocabulary])]
    graph = helper.make_graph(nodes, "tiny", inputs, outputs, [*weights, *ends])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    onnx.checker.check_model(model)
    return model.SerializeToString()


def random_scenes(vocabulary: int, size: int = 8, seed: int = 7) -> bytes:
    """Return a graph ``ids, before → logits[batch, vocabulary + LETTERS], read``: last piece, and all that was said."""
    draw = np.random.default_rng(seed)
    shapes = {"embedding": (vocabulary + LETTERS, size), "out": (size, vocabulary + LETTERS)}
    weights = [
        numpy_helper.from_array(draw.normal(0, 0.7, shape).astype(np.float32), name) for name, shape in shapes.items()
    ]
    numbers = [numpy_helper.from_array(np.array(at), name) for name, at in (("last", -1), ("rows", [0]))]
    nodes = [
        helper.make_node("Gather", ["embedding", "ids"], ["read"]),
        helper.make_node("Gather", ["read", "last"], ["x"], axis=1),
        helper.make_node("ReduceSum", ["before", "rows"], ["said"], keepdims=1),
        helper.make_node("Tanh", ["said"], ["told"]),  # however much it is, the last piece counts as much
        helper.make_node("Add", ["x", "told"], ["both"]),
        helper.make_node("Tanh", ["both"], ["state"]),
        helper.make_node("MatMul", ["state", "out"], ["logits"]),
    ]
    types = {"int64": TensorProto.INT64, "float32": TensorProto.FLOAT}
    inputs, outputs = (
        [helper.make_tensor_value_info(tensor.name, types[tensor.dtype], tensor.shape) for tensor in tensors]
        for tensors in scene_signature(vocabulary, size)
    )
    graph = helper.make_graph(nodes, "tiny", inputs, outputs, [*weights, *numbers])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    onnx.checker.check_model(model)
    return model.SerializeToString()


def write_bundle_to(
    folder: Path,
    *,
    pieces: Sequence[str] = PIECES,
    graph: bytes | None = None,
    heard: Sequence[str] | None = None,
    seed: int = 7,
    fills: bool = False,
    scenes: bool = False,
    sings: bool = False,
    speakers: Sequence[str] = (),
    perplexity: float = 1e9,
) -> Path:
    """Write a whole bundle, as export would; with what ``fills`` gaps, ``scenes``, songs or single ``speakers``, too.

    Its voice has learnt nothing, and by its ``perplexity`` everybody knows.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer(pieces, [100] * len(pieces))
    (folder / "text.onnx").write_bytes(graph or random_gru(len(pieces), seed=seed, more=len(speakers)))
    (folder / "tokenizer.json").write_text(tokenizer.to_json(), encoding="utf-8")
    names = ["text.onnx", "tokenizer.json"]
    if heard is not None:
        passages = {Spelling.of(text).letters for text in heard}
        (folder / "verbatim.bin").write_bytes(VerbatimFilter.of(Held(passages)).to_bytes())
        names.append("verbatim.bin")
    files = [File(name, sha256_of(folder / name)) for name in names]
    inputs, outputs = text_signature(len(pieces))
    model = Model(Role.TEXT, files[0], inputs, outputs, {"perplexity": perplexity}, *files[1:])
    model = replace(model, speakers={name: len(pieces) + number for number, name in enumerate(speakers)})
    models = {"text": model}
    if fills:
        (folder / "fill.onnx").write_bytes(random_infilling(len(pieces), seed=seed))
        file = File("fill.onnx", sha256_of(folder / "fill.onnx"))
        models["fill"] = Model(Role.FILL, file, *fill_signature(len(pieces)), {"top_5": 0.5})
    if sings:
        (folder / "song.onnx").write_bytes(random_gru(len(pieces), seed=seed + 1))
        file = File("song.onnx", sha256_of(folder / "song.onnx"))
        models["song"] = Model(Role.SONG, file, *text_signature(len(pieces)), {"loss": 3.0})
    if scenes:
        (folder / "scene.onnx").write_bytes(random_scenes(len(pieces), seed=seed))
        file = File("scene.onnx", sha256_of(folder / "scene.onnx"))
        models["scene"] = Model(Role.SCENE, file, *scene_signature(len(pieces), 8), {}, tokenizer=files[1])
    manifest = Manifest({"dantok": "0.1.0", "data": "a test"}, models)
    (folder / "manifest.json").write_text(manifest.to_json(), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def write_bundle() -> WriteBundle:
    """Write a bundle into a folder; see :func:`write_bundle_to`."""
    return write_bundle_to


@pytest.fixture(scope="session")
def graph() -> Callable[..., bytes]:
    """Make a tiny graph with other names or another width; see :func:`random_gru`."""
    return random_gru


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a whole bundle that no test changes."""
    return write_bundle_to(tmp_path_factory.mktemp("bundles") / "bundle")


@pytest.fixture
def edit_manifest() -> Callable[[Path, Callable[[dict[str, Any]], None]], None]:
    """Change a bundle's manifest in place."""

    def edit(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
        path = folder / "manifest.json"
        content = json.loads(path.read_text(encoding="utf-8"))
        change(content)
        path.write_text(json.dumps(content), encoding="utf-8")

    return edit


@dataclass(frozen=True, slots=True)
class Stage:
    """A local Discord with the real client in it."""

    playground: Playground
    client: Dantok
    worker: Worker
    workers: Workers


@asynccontextmanager
async def played(
    playground: Playground,
    bundle: Path,
    *,
    queue_size: int = 64,
    temperature: float = 0.8,
    store: Store | None = None,
    clock: Clock | None = None,
    workers: Workers | None = None,
    unasked: QuietHours | None = None,
    withdrawals: Path | None = None,
    privacy_url: str | None = None,
    engine: Engine | None = None,
    copied_to: Path | None = None,
) -> AsyncIterator[Stage]:
    """Connect a bot that serves ``bundle`` to a running playground; with a store it keeps birthdays."""
    group: Groups = OneGroup(ServedBundle.open(bundle, copied_to=copied_to), GroupSettings(temperature))
    if engine is not None:
        workers, group = remote_workers(engine, queue_size), RemoteGroups(group, engine)
    workers = workers or patient_workers(queue_size)
    clock = clock or SystemClock()
    services = Services(group, workers, store, clock, withdrawals, unasked, privacy_url)
    client = Dantok(services, ready_timeout=0.01)
    with playground.redirect():
        async with running(client, playground.TOKEN) as bot:
            await first_of(bot, playground.wait_ready())
            await client.wait_until_ready()
            yield Stage(playground, client, workers.words, workers)


@pytest.fixture(scope="session")
def play() -> Callable[..., AbstractAsyncContextManager[Stage]]:
    """Connect a bot to a playground, once or again; see :func:`played`."""
    return played


@pytest.fixture
async def stage(bundle: Path) -> AsyncIterator[Stage]:
    """Yield a bot that is ready in a playground of its own."""
    async with Playground() as playground, played(playground, bundle) as ready:
        yield ready
        assert playground.unknown_routes == []
        assert _calling_by_words(playground) == []


def _calling_by_words(playground: Playground) -> list[object]:
    """Return the messages of the bot in which a name, a role or @everyone among the words would call somebody."""
    sent = (body for exchange in playground.requests if isinstance(body := exchange.json, dict))
    messages = (message for body in sent if (message := body.get("data") or body).get("content"))
    return [message for message in messages if message.get("allowed_mentions", {}).get("parse") != []]


def _turned() -> AdjustableClock:
    return AdjustableClock(datetime(2026, 11, 19, 3, 0, tzinfo=UTC))


@pytest.fixture(scope="session")
def turned() -> Callable[[], AdjustableClock]:
    """Make a clock to turn; it begins on Thursday, 19 November 2026, at noon in Seoul."""
    return _turned


@dataclass(frozen=True, slots=True)
class Room:
    """A playground with a bot in it that keeps birthdays."""

    playground: Playground
    client: Dantok
    clock: AdjustableClock

    async def __call__(self, text: str, **more: Any) -> Answer:
        """Type a command."""
        return await self.playground.command(text, **more)

    async def import_(self, data: bytes, **more: Any) -> Answer:
        """Import a sheet."""
        file = self.playground.upload("b.csv", data)
        return await self.playground.command("/birthday import", options={"file": file}, **more)

    def id_of(self, name: str) -> str:
        """Return somebody's id."""
        return str(self.playground.world.person_called(name)["id"])

    def downloaded(self, answer: Answer, name: str) -> bytes:
        """Return a file of an answer."""
        (file,) = [file for file in answer.attachments if file["filename"] == name]
        kept = self.playground.world.attachments.get(file["id"])
        assert kept
        return bytes(kept[1])


@pytest.fixture
async def room(bundle: Path, tmp_path: Path, tables: Path) -> AsyncIterator[Room]:
    """Yield a room on a database of its own, at the hour of ``turned``."""
    shutil.copy(tables, tmp_path / FILE)
    store, clock = await Store.open(address(None, tmp_path)), _turned()
    async with (
        Playground(finish_within=10, clock=clock) as playground,
        played(playground, bundle, store=store, clock=clock) as stage,
    ):
        yield Room(playground, stage.client, clock)
        assert playground.unknown_routes == []
        assert _calling_by_words(playground) == []
    await store.close()
