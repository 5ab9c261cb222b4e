"""Whether an ONNX file leads to other files: its weights may be "external data", any bytes of this machine.

A walk over the wire format, since the bot has no ONNX library. What is not as an exporter writes it is refused, so that
no other reader can see more in it. Sources: onnx.proto (IR 13); Protocol Buffers, "Encoding".
"""

from collections.abc import Iterator, Mapping

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_DEEPEST = 100
"""Messages inside messages: Protocol Buffers itself reads no deeper."""

_Fields = Mapping[int, str]
_PARTS: Mapping[str, _Fields] = {
    "Model": {7: "Graph", 20: "Training", 25: "Function"},
    "Training": {1: "Graph", 2: "Graph"},
    "Function": {7: "Node", 11: "Attribute"},
    "Graph": {1: "Node", 5: "Tensor", 15: "SparseTensor"},
    "Node": {5: "Attribute"},
    "Attribute": {5: "Tensor", 6: "Graph", 10: "Tensor", 11: "Graph", 22: "SparseTensor", 23: "SparseTensor"},
    "SparseTensor": {1: "Tensor", 2: "Tensor"},
    "Tensor": {},
}
"""Where a tensor can be: of each message, the fields that lead to one."""
_EXTERNAL_DATA, _DATA_LOCATION = 13, 14


def leads_elsewhere(data: bytes) -> bool:
    """Return whether any tensor in an ONNX file has its data outside.

    Raises:
        ValueError: this is no ONNX file.
    """
    return _in_message(memoryview(data), "Model", _DEEPEST)


def _in_message(data: memoryview, kind: str, depth: int) -> bool:
    if depth == 0:
        raise ValueError("it is nested too deeply")
    parts = _PARTS[kind]
    for field, content in _fields(data):
        if kind == "Tensor" and (field == _EXTERNAL_DATA or (field == _DATA_LOCATION and content != 0)):
            return True
        if field in parts and isinstance(content, memoryview) and _in_message(content, parts[field], depth - 1):
            return True
    return False


def _fields(data: memoryview) -> Iterator[tuple[int, int | memoryview]]:
    """Yield each field's number, and its content: a number, or bytes."""
    at = 0
    while at < len(data):
        tag, at = _varint(data, at)
        if tag >> 32:
            raise ValueError("a field has no number")
        if tag & 7 == _VARINT:
            value, at = _varint(data, at)
            yield tag >> 3, value
            continue
        length, at = _length(data, at, tag & 7)
        if at + length > len(data):
            raise ValueError("it breaks off")
        yield tag >> 3, data[at : at + length]
        at += length


def _length(data: memoryview, at: int, wire_type: int) -> tuple[int, int]:
    if wire_type == _BYTES:
        return _varint(data, at)
    if wire_type in (_FIXED64, _FIXED32):
        return (8 if wire_type == _FIXED64 else 4), at
    raise ValueError("a field is of no kind")


def _varint(data: memoryview, at: int) -> tuple[int, int]:
    value = 0
    for index in range(10):
        if at + index >= len(data):
            break
        byte = data[at + index]
        value |= (byte & 0x7F) << 7 * index
        if byte < 0x80:
            return value, at + index + 1
    raise ValueError("a number has no end")
