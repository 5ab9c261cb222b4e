"""The manifest: which files a bundle holds, their hashes, and the signature of every graph.

Knows nothing of ONNX: whether a graph keeps its promised signature is asked by whoever opens it.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

SCHEMA_VERSION = 2
MANIFEST = "manifest.json"


class BundleError(Exception):
    """A bundle that must not be served; the message is one sentence for the owner."""


@dataclass(frozen=True, slots=True)
class File:
    """A file beside the manifest, and what its bytes must hash to."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Tensor:
    """An input or output of a graph; a dimension is a number, or a name where it may vary."""

    name: str
    dtype: str
    shape: tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """One graph with its signature and its measured quality.

    One that reads words has its ``tokenizer``, and ``verbatim``: what its training messages said only once. One that
    draws may have ``directions``: where an attribute lies in its latent space; ``learnt_from`` is ``drawn`` where the
    faces it has seen were all drawn, ``photos`` where they were real, and None where nobody noted it.
    """

    graph: File
    inputs: tuple[Tensor, ...]
    outputs: tuple[Tensor, ...]
    metrics: Mapping[str, float]
    tokenizer: File | None = None
    verbatim: File | None = None
    directions: File | None = None
    learnt_from: str | None = None

    def files(self) -> tuple[File, ...]:
        """Return every file this model needs."""
        files = (self.graph, self.tokenizer, self.verbatim, self.directions)
        return tuple(file for file in files if file is not None)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a bundle says of itself. ``made`` tells who made it: versions, date, data fingerprint."""

    made: Mapping[str, str]
    models: Mapping[str, Model]

    def to_json(self) -> str:
        """Return the text of ``manifest.json``."""
        content = {"schema_version": SCHEMA_VERSION, **asdict(self)}
        return json.dumps(content, ensure_ascii=False, indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Parse the text of ``manifest.json``.

        Raises:
            BundleError: not JSON, another schema, or a field that is missing or of the wrong kind.
        """
        try:
            content = parsed(text)
            version = content["schema_version"]
        except (ValueError, KeyError, TypeError) as error:
            raise BundleError(f"{MANIFEST} is not a bundle's manifest: {error!r}.") from error
        if not isinstance(version, int):
            raise BundleError(f"{MANIFEST} is damaged: its schema is no number.")
        if version != SCHEMA_VERSION:
            raise BundleError(
                f"The bundle has schema {version}, this bot reads schema {SCHEMA_VERSION}: "
                "export it again with the same version of Dantok as the bot."
            )
        try:
            made = {str(key): str(value) for key, value in content["made"].items()}
            models = {str(name): _model(entry) for name, entry in content["models"].items()}
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
            raise BundleError(f"{MANIFEST} is damaged: {error!r}.") from error
        return cls(made=made, models=models)


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle whose files are all there and unchanged."""

    folder: Path
    manifest: Manifest

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Read the manifest in ``folder`` and check the hash of every file that it names.

        Raises:
            BundleError: no bundle there, another schema, a missing file, or a file with other bytes.
        """
        try:
            text = (folder / MANIFEST).read_text(encoding="utf-8")
        except OSError as error:
            raise BundleError(
                f"There is no bundle in {folder}: {MANIFEST} cannot be read ({error.strerror})."
            ) from error
        except UnicodeDecodeError as error:
            raise BundleError(f"{MANIFEST} is damaged: it is no text.") from error
        manifest = Manifest.from_json(text)
        for model in manifest.models.values():
            for file in model.files():
                _check(folder, file)
        return cls(folder, manifest)

    def model(self, name: str) -> Model:
        """Return the model called ``name``.

        Raises:
            BundleError: the bundle has no such model.
        """
        try:
            return self.manifest.models[name]
        except KeyError:
            known = ", ".join(sorted(self.manifest.models)) or "none"
            raise BundleError(f"The bundle in {self.folder} has no model {name!r} (it has: {known}).") from None

    def path(self, file: File) -> Path:
        """Return where ``file`` lies."""
        return self.folder / file.name


def parsed(text: str) -> Any:  # noqa: ANN401 - it is any JSON
    """Return the content of a JSON text.

    Raises:
        ValueError: it is none, or nested more deeply than Python can follow.
    """
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def text_signature(vocabulary: int) -> tuple[tuple[Tensor, ...], tuple[Tensor, ...]]:
    """Return the inputs and outputs of every text network: token ids in, logits of the next token out."""
    ids = Tensor("ids", "int64", ("batch", "time"))
    logits = Tensor("logits", "float32", ("batch", vocabulary))
    return (ids,), (logits,)


def sha256_of(path: Path) -> str:
    """Return the hexadecimal SHA-256 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _check(folder: Path, file: File) -> None:
    if Path(file.name).name != file.name:
        raise BundleError(f"{MANIFEST} names {file.name!r}, which is not a file beside it.")
    path = folder / file.name
    if not path.is_file():
        raise BundleError(f"The bundle in {folder} is missing {file.name}: copy the whole folder again.")
    if sha256_of(path) != file.sha256:
        raise BundleError(f"{file.name} in {folder} is not the file that was exported (its hash differs).")


def _model(entry: Mapping[str, Any]) -> Model:
    return Model(
        graph=_file(entry["graph"]),
        inputs=tuple(_tensor(tensor) for tensor in entry["inputs"]),
        outputs=tuple(_tensor(tensor) for tensor in entry["outputs"]),
        metrics={str(name): float(value) for name, value in entry["metrics"].items()},
        tokenizer=_file(entry["tokenizer"]) if entry["tokenizer"] else None,
        verbatim=_file(entry["verbatim"]) if entry["verbatim"] else None,
        directions=_file(entry["directions"]) if entry["directions"] else None,
        learnt_from=str(entry["learnt_from"]) if entry.get("learnt_from") else None,
    )


def _file(entry: Mapping[str, Any]) -> File:
    return File(str(entry["name"]), str(entry["sha256"]))


def _tensor(entry: Mapping[str, Any]) -> Tensor:
    shape = tuple(size if isinstance(size, int) else str(size) for size in entry["shape"])
    return Tensor(str(entry["name"]), str(entry["dtype"]), shape)
