"""A graph is all in the file whose hash was checked: in whatever way it names another file, that file is not read."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest
from hypothesis import given
from hypothesis import strategies as st
from onnx import TensorProto, helper

from bot.bundle import BundleError
from bot.inference.external_data import leads_elsewhere
from bot.inference.models import open_models
from tests.bot.conftest import PIECES

SECRET = b"DANTOK_TOKEN=the.secret.token-of-this-bot"
WIDTH = 8


def elsewhere(name: str = "w", location: str = ".env") -> TensorProto:
    tensor = TensorProto(name=name, data_type=TensorProto.UINT8, dims=[WIDTH])
    tensor.data_location = TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value=location)
    tensor.external_data.add(key="length", value=str(WIDTH))
    return tensor


def sparse(values: TensorProto) -> onnx.SparseTensorProto:
    indices = helper.make_tensor("i", TensorProto.INT64, [WIDTH], range(WIDTH))
    return onnx.SparseTensorProto(values=values, indices=indices, dims=[WIDTH])


def model(nodes: list[Any], initializers: list[Any] = [], **more: Any) -> onnx.ModelProto:  # noqa: B006 - only read
    output = [helper.make_tensor_value_info("y", TensorProto.UINT8, [WIDTH])]
    graph = helper.make_graph(nodes, "g", [], output, initializers)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9, **more)


def ways() -> Iterator[Any]:
    same, constant = helper.make_node("Identity", ["w"], ["y"]), helper.make_node("Constant", [], ["y"])
    yield pytest.param(model([same], [elsewhere()]), id="weight")
    bare = elsewhere()
    bare.ClearField("data_location")
    yield pytest.param(model([same], [bare]), id="only the place")
    bare = elsewhere()
    del bare.external_data[:]
    yield pytest.param(model([same], [bare]), id="only the mark")
    yield pytest.param(model([helper.make_node("Constant", [], ["y"], value=elsewhere())]), id="constant")
    many = onnx.AttributeProto(name="many", type=onnx.AttributeProto.TENSORS, tensors=[elsewhere()])
    constant.attribute.append(many)
    yield pytest.param(model([constant]), id="list of constants")
    for attribute in (
        onnx.AttributeProto(name="v", type=onnx.AttributeProto.SPARSE_TENSOR, sparse_tensor=sparse(elsewhere())),
        onnx.AttributeProto(name="v", type=onnx.AttributeProto.SPARSE_TENSORS, sparse_tensors=[sparse(elsewhere())]),
    ):
        node = helper.make_node("Constant", [], ["y"])
        node.attribute.append(attribute)
        yield pytest.param(model([node]), id=f"sparse {attribute.type}")
    thin = model([same])
    thin.graph.sparse_initializer.append(sparse(elsewhere()))
    yield pytest.param(thin, id="sparse weight")
    indices = sparse(helper.make_tensor("w", TensorProto.UINT8, [WIDTH], bytes(WIDTH), raw=True))
    indices.indices.CopyFrom(elsewhere("i"))
    thin = model([same])
    thin.graph.sparse_initializer.append(indices)
    yield pytest.param(thin, id="sparse places")
    inner = model([same], [elsewhere()]).graph
    chosen = helper.make_node("If", ["c"], ["y"], then_branch=inner, else_branch=inner)
    yield pytest.param(model([chosen]), id="branch")
    deeper = helper.make_graph([chosen], "d", [], list(inner.output))
    yield pytest.param(model([helper.make_node("If", ["c"], ["y"], then_branch=deeper)]), id="branch of a branch")
    several = helper.make_node("X", [], ["y"])
    several.attribute.append(onnx.AttributeProto(name="gs", type=onnx.AttributeProto.GRAPHS, graphs=[inner]))
    yield pytest.param(model([several]), id="list of branches")
    body = [helper.make_node("Constant", [], ["y"], value=elsewhere())]
    function = helper.make_function("own", "F", [], ["y"], body, [helper.make_opsetid("", 18)])
    yield pytest.param(model([same], functions=[function]), id="function")
    function = helper.make_function("own", "F", [], ["y"], [same], [helper.make_opsetid("", 18)])
    function.attribute_proto.append(helper.make_attribute("t", elsewhere()))
    yield pytest.param(model([same], functions=[function]), id="function's own value")
    learns = model([same])
    learns.training_info.add().algorithm.CopyFrom(inner)
    yield pytest.param(learns, id="training")


@pytest.mark.parametrize("made", tuple(ways()))
def test_no_way_of_naming_another_file_is_missed(made: onnx.ModelProto) -> None:
    assert leads_elsewhere(made.SerializeToString())


def test_a_graph_that_is_whole_is_not_mistaken_for_one_that_is_not(graph: Callable[..., bytes]) -> None:
    assert not leads_elsewhere(graph(40))


@given(st.binary(max_size=200), st.integers(0, 400))
def test_whatever_the_bytes_are_the_answer_is_an_answer_or_that_they_are_no_graph(noise: bytes, at: int) -> None:
    whole = model([helper.make_node("Identity", ["w"], ["y"])], [elsewhere()]).SerializeToString()
    for data in (noise, whole[:at] + noise + whole[at:], whole[:at]):
        with contextlib.suppress(ValueError):
            assert leads_elsewhere(data) in {True, False}


def test_messages_without_end_are_no_graph() -> None:
    deep = b""
    for _ in range(300):
        deep = b"\x32" + _varint(len(deep)) + deep  # an attribute's graph …
        deep = b"\x2a" + _varint(len(deep)) + deep  # … of a node's attribute …
        deep = b"\x0a" + _varint(len(deep)) + deep  # … of a graph's node
    with pytest.raises(ValueError, match="nested"):
        leads_elsewhere(b"\x3a" + _varint(len(deep)) + deep)


def _varint(value: int) -> bytes:
    more, rest = value >> 7, value & 0x7F
    return bytes([rest | 0x80]) + _varint(more) if more else bytes([rest])


def speaks_of(location: str, vocabulary: int) -> bytes:
    """Return a text graph that says which bytes lie at ``location``: their sum is added to every logit."""
    weight = elsewhere(location=location)
    nodes = [
        helper.make_node("Cast", ["w"], ["f"], to=TensorProto.FLOAT),
        helper.make_node("ReduceSum", ["f"], ["s"], keepdims=0),
        helper.make_node("Cast", ["ids"], ["i"], to=TensorProto.FLOAT),
        helper.make_node("ReduceSum", ["i", "one"], ["b"], keepdims=1),
        helper.make_node("Add", ["b", "table"], ["t"]),
        helper.make_node("Add", ["t", "s"], ["logits"]),
    ]
    weights = [
        weight,
        helper.make_tensor("one", TensorProto.INT64, [1], [1]),
        helper.make_tensor("table", TensorProto.FLOAT, [vocabulary], range(vocabulary)),
    ]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, ["batch", "time"])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", vocabulary])],
        weights,
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    return bytes(made.SerializeToString())


@pytest.mark.parametrize("location", [".env", "./.env", "sub/../.env", "*/_ORT_MEM_ADDR_/*"])
def test_the_bytes_of_the_env_file_are_out_of_reach_of_a_bundle(
    location: str, tmp_path: Path, write_bundle: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sub").mkdir()
    (tmp_path / ".env").write_bytes(SECRET)
    folder = write_bundle(tmp_path / "bundle", graph=speaks_of(location, len(PIECES)))
    with pytest.raises(BundleError, match="another file") as refused:
        open_models(folder)
    assert "secret" not in str(refused.value)


def test_a_graph_in_the_runtimes_own_format_is_none(
    tmp_path: Path, write_bundle: Callable[..., Path], graph: Callable[..., bytes]
) -> None:
    options = onnxruntime.SessionOptions()
    options.optimized_model_filepath = str(tmp_path / "text.ort")
    options.add_session_config_entry("session.save_model_format", "ORT")
    onnxruntime.InferenceSession(graph(len(PIECES)), options, providers=["CPUExecutionProvider"])
    folder = write_bundle(tmp_path / "bundle", graph=(tmp_path / "text.ort").read_bytes())
    with pytest.raises(BundleError):
        open_models(folder)


def test_the_refused_graph_would_have_been_read_otherwise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_bytes(SECRET)
    made = model([helper.make_node("Identity", ["w"], ["y"])], [elsewhere()])
    session = onnxruntime.InferenceSession(made.SerializeToString(), providers=["CPUExecutionProvider"])
    assert bytes(np.asarray(session.run(None, {})[0])) == SECRET[:WIDTH]
