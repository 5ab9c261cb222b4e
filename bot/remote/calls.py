"""The wire protocol between a bot and an inference engine: methods of a bundle's models, as bytes.

A message is the length of a JSON text, that text, and after it the raw numbers of arrays, which the text names by where
they begin. Nothing in it is code, and what comes is checked against the annotations of the method. Small networks are
not among the methods: there the way would take longer than the network; and for a smile the photo stays where it is.

Knows neither HTTP nor Ray.
"""

import hashlib
import inspect
import json
import math
import struct
from collections.abc import AsyncIterable, Callable, Generator, Mapping
from dataclasses import asdict, dataclass, is_dataclass
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple, Self, get_args, get_origin, get_type_hints

import numpy as np
from numpy.typing import NDArray
from pydantic import ConfigDict, TypeAdapter

from bot import __version__
from bot.bundle import Manifest
from bot.inference.answerer import Answerer
from bot.inference.artist import Artist
from bot.inference.dreamer import Dreamer
from bot.inference.features import FeatureNetwork
from bot.inference.filler import Filler
from bot.inference.models import LoadedModels
from bot.inference.painter import Painter
from bot.inference.scene import SceneWriter
from bot.inference.songwriter import Songwriter
from bot.inference.speaker import Speaker

MOST_BYTES = 32 * 1024 * 1024
"""Of one message: a photo of 1,024 pixels has 3 MB, a dream of twenty frames 6 MB."""
_MOST_TEXT_BYTES = 1024 * 1024
"""Of its JSON, which takes thirty times that in memory, and the event loop reads it: numbers go beside it."""
BUNDLE_HEADER = "serve_multiplexed_model_id"
"""The HTTP header by which Ray Serve picks a replica that has the bundle loaded."""


class RemoteModel(NamedTuple):
    """Which methods of a part of ``LoadedModels`` may be called, and of which type it is."""

    kind: type
    methods: tuple[str, ...]
    of_pictures: bool = False
    """It works in the pictures' lane."""
    takes_seconds: bool = False
    """Members were told to wait for it."""


METHODS: Mapping[str, RemoteModel] = {
    "speaker": RemoteModel(Speaker, ("saying",)),
    "answerer": RemoteModel(Answerer, ("answering",)),
    "filler": RemoteModel(Filler, ("filling",)),
    "scenes": RemoteModel(SceneWriter, ("writing", "going_on")),
    "songwriter": RemoteModel(Songwriter, ("writing", "adding")),
    "artist": RemoteModel(Artist, ("draw", "varied", "smiling", "encode", "redrawn", "change"), of_pictures=True),
    "painter": RemoteModel(Painter, ("painted", "painted_as"), of_pictures=True, takes_seconds=True),
    "dreamer": RemoteModel(Dreamer, ("dreaming", "falling"), of_pictures=True, takes_seconds=True),
    "features": RemoteModel(FeatureNetwork, ("of",), of_pictures=True),
}
"""What may be called, by the part's name."""

_DTYPES = frozenset({"uint8", "int64", "float32"})
_ARRAY = "__array__"
_ANY = ConfigDict(arbitrary_types_allowed=True)


class Problem(StrEnum):
    """Why a call got no result."""

    TOKEN = "token"  # noqa: S105 - it names a problem
    VERSION = "version"
    WRONG = "wrong"
    """It is no call, or too large."""
    BUNDLE = "bundle"
    """The engine has another bundle, or none."""
    BUSY = "busy"
    SLOW = "slow"
    FAILED = "failed"
    """The job raised something."""


STATUS: Mapping[Problem, int] = {
    Problem.TOKEN: 401,
    Problem.VERSION: 409,
    Problem.WRONG: 400,
    Problem.BUNDLE: 404,
    Problem.BUSY: 503,
    Problem.SLOW: 504,
    Problem.FAILED: 500,
}
"""The HTTP status of each."""


class WrongCall(Exception):  # noqa: N818 - it is what came, not what failed
    """What came is no message of this protocol."""


@dataclass(frozen=True, slots=True)
class Call:
    """A method of a part of a bundle's models, with its arguments by name; ``member``: of the speaker of that name."""

    part: str
    method: str
    arguments: Mapping[str, Any]
    member: str | None = None

    @classmethod
    def of(cls, part: str, method: str, args: tuple[Any, ...], more: Mapping[str, Any], member: str | None) -> Self:
        """Return the call that ``method(*args, **more)`` is."""
        bound = inspect.signature(getattr(METHODS[part].kind, method)).bind(None, *args, **more).arguments
        return cls(part, method, dict(list(bound.items())[1:]), member)

    def packed(self, *, deferred: bool) -> bytes:
        """Return the message."""
        fields = {"part": self.part, "method": self.method, "arguments": self.arguments, "member": self.member}
        return packed({"version": __version__, "deferred": deferred, **fields})

    @classmethod
    def unpacked(cls, message: bytes) -> tuple[Self, bool]:
        """Return the call in a message, and whether nobody waits for it.

        Raises:
            WrongCall: it is none that may be made.
            OtherVersion: it is another version's.
        """
        content = unpacked(message)
        try:
            version, part, method, member = (content[name] for name in ("version", "part", "method", "member"))
            arguments, deferred = dict(content["arguments"]), bool(content["deferred"])
        except (KeyError, TypeError, ValueError) as error:
            raise WrongCall(repr(error)) from None
        if version != __version__:
            raise OtherVersion
        if not isinstance(part, str) or part not in METHODS or method not in METHODS[part].methods:
            raise WrongCall("no such method")
        if not isinstance(member, str | None):
            raise WrongCall("no such member")
        types = _signature(part, method).arguments
        try:
            checked = {name: types[name].validate_python(value) for name, value in arguments.items()}
        except (KeyError, ValueError) as error:  # pydantic's ValidationError is one; it would quote what was typed
            raise WrongCall(f"wrong arguments ({type(error).__name__})") from None
        return cls(part, method, checked, member), deferred

    def on(self, models: LoadedModels) -> Callable[..., Any]:
        """Return the method of these models.

        Raises:
            WrongCall: they have no such part.
        """
        part = models.members.get(self.member) if self.member is not None else getattr(models, self.part)
        if part is None:
            raise WrongCall("no such part")
        method: Callable[..., Any] = getattr(part, self.method)
        return method

    @property
    def is_job(self) -> bool:
        """Whether the method returns a job."""
        return _signature(self.part, self.method).is_job

    def result(self, message: bytes) -> Any:  # noqa: ANN401 - of whatever type the method has
        """Return the result that a message holds.

        Raises:
            WrongCall: it holds none.
        """
        try:
            return _signature(self.part, self.method).result.validate_python(unpacked(message)["result"])
        except (KeyError, TypeError, ValueError) as error:
            raise WrongCall(f"no result ({type(error).__name__})") from None


class OtherVersion(Exception):  # noqa: N818 - as above
    """A call of another version: its types may differ."""


def bundle_id(manifest: Manifest) -> str:
    """Return what stands for a bundle: the same wherever it lies, and another one for any other."""
    return hashlib.sha256(manifest.to_json().encode()).hexdigest()


def packed(content: Mapping[str, Any]) -> bytes:
    """Return a message."""
    numbers: list[bytes] = []

    def plain(value: object) -> object:
        if isinstance(value, np.ndarray):
            begin = sum(map(len, numbers))
            numbers.append(value.tobytes())
            return {_ARRAY: [begin, value.dtype.name, *value.shape]}
        if isinstance(value, frozenset | set):
            return sorted(value)
        if is_dataclass(value) and not isinstance(value, type):
            return asdict(value)
        if isinstance(value, np.generic):
            return value.item()
        raise TypeError(f"{type(value).__name__} cannot be sent")

    text = json.dumps(content, default=plain, ensure_ascii=False).encode()
    return b"".join([struct.pack(">I", len(text)), text, *numbers])


def unpacked(message: bytes) -> dict[str, Any]:
    """Return what a message holds.

    Raises:
        WrongCall: it is none.
    """
    try:
        (length,) = struct.unpack_from(">I", message)
        if length > _MOST_TEXT_BYTES:
            raise WrongCall("too large")
        numbers = memoryview(message)[4 + length :]
        text = message[4 : 4 + length].decode()
        content = json.loads(text, object_hook=lambda entry: _array(entry, numbers) if _ARRAY in entry else entry)
    except (struct.error, ValueError, TypeError, OverflowError, RecursionError) as error:
        raise WrongCall(type(error).__name__) from None
    if not isinstance(content, dict):
        raise WrongCall("no object")
    return content


async def whole(chunks: AsyncIterable[bytes]) -> bytes:
    """Return a message that comes in pieces.

    Raises:
        WrongCall: it is too large; no more of it is read.
    """
    message = bytearray()
    async for chunk in chunks:
        message += chunk
        if len(message) > MOST_BYTES:
            raise WrongCall("too large")
    return bytes(message)


def _array(entry: Mapping[str, Any], numbers: memoryview) -> NDArray[Any]:
    begin, dtype, *shape = entry[_ARRAY]
    if dtype not in _DTYPES or not all(isinstance(size, int) and size >= 0 for size in (begin, *shape)):
        raise ValueError("no array")
    # A copy: where it came from is read-only, and must not be kept for it.
    return np.frombuffer(numbers, dtype, math.prod(shape), begin).reshape(shape).copy()


@dataclass(frozen=True, slots=True)
class _Signature:
    arguments: Mapping[str, "TypeAdapter[Any]"]
    result: "TypeAdapter[Any]"
    is_job: bool


@cache
def _signature(part: str, method: str) -> _Signature:
    hints = get_type_hints(getattr(METHODS[part].kind, method))
    result = hints.pop("return")
    is_job = get_origin(result) is Generator
    return _Signature(
        {name: _adapter(hint) for name, hint in hints.items()},
        _adapter(get_args(result)[2] if is_job else result),
        is_job,
    )


def _adapter(hint: Any) -> "TypeAdapter[Any]":  # noqa: ANN401 - any annotation
    # A dataclass has its own configuration, and none of ours holds an array.
    return TypeAdapter(hint) if is_dataclass(hint) else TypeAdapter(hint, config=_ANY)
