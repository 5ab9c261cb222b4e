"""The manifest: which files a bundle holds, their hashes, what each model is for, and the signature of every graph.

All that serving depends on stands here or in a file named here, and nowhere else. Knows nothing of ONNX: whether a
graph keeps its promised signature is asked by whoever opens it.
"""

import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from bot.bundle.copies import Copies
from bot.errors import OwnerError

SCHEMA_VERSION = 4
_READABLE = (3, SCHEMA_VERSION)
"""In schema 3 every vocabulary was closed; nothing else was other."""
MANIFEST = "manifest.json"
MOST_BYTES, _MOST_MANIFEST_BYTES = 4 * 2**30, 16 * 2**20
"""Of all files of a bundle, and of its manifest: who made it may be anybody, and its hashes are read first of all."""
PHOTO = "photo"
"""No model's name: where a generator is named, it means the photo that is at hand."""
_GENERATOR = re.compile(r"[a-z][a-z0-9-]{0,15}")
"""Buttons remember a generator and an attribute by their names, and have little room."""
_ATTRIBUTE = re.compile(r"\w{1,30}")
SPEAKER = re.compile(r"\S(?:.{0,30}\S)?")
"""Members choose one by name."""
_NEAREST_EYES = 0.05


class BundleError(OwnerError):
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


class Role(StrEnum):
    """What a model is for."""

    TEXT = "text"
    FILL = "fill"
    """Fills a gap in a text, by the tokenizer of the text model."""
    GENERATOR = "generator"
    """Draws faces from latents."""
    ENCODER = "encoder"
    """Takes a photo's face to the latent of a generator."""
    EDITOR = "editor"
    """Makes a photo's face smile where it is."""
    CLEANER = "cleaner"
    """Takes noise and blur off a small face, and tells when one is of no kind that it knows."""
    PICKER = "picker"
    """Tells how well something answers a message."""
    REACTIONS = "reactions"
    """Tells which emoji the room would give a message, by the tokenizer of the text model."""
    PULSE = "pulse"
    """Foretells how many messages the hours of a day have."""
    DREAM = "dream"
    """Tells how a picture is to be changed for a network to see more in it."""
    FEATURES = "features"
    """Sees in a picture what things are told apart by."""
    SCENE = "scene"
    """Goes on with an invented dialogue, by the tokenizer of the text model."""
    STYLES = "styles"
    """Paints a photo in one of its own styles, or in a mixture of them."""
    STYLE_READER = "style-reader"
    """Reads the style of any picture."""
    STYLE_PAINTER = "style-painter"
    """Paints a photo in a style that was read."""
    SONG = "song"
    """Foretells the next piece of a song from all its lines, by the tokenizer of the text model."""


WORDS = frozenset({Role.TEXT, Role.FILL, Role.PICKER, Role.REACTIONS, Role.PULSE, Role.SCENE, Role.SONG})
"""What is learnt from a room; all others are of pictures."""


class LearntFrom(StrEnum):
    """What the faces were that a model has seen."""

    DRAWN = "drawn"
    PHOTOS = "photos"


Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Crop:
    """How the faces were cut out that an encoder has seen: one that sees other crops sees nothing.

    ``eyes`` are where they lie, as shares of the crop's side, first the left one as the upright face is seen. Another
    ``version`` turns, scales or blends otherwise.
    """

    version: int
    eyes: tuple[Point, Point]

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {"version": self.version, "eyes": [list(eye) for eye in self.eyes]}

    @classmethod
    def from_dict(cls, entry: Mapping[str, Any]) -> Self:
        """Read what :meth:`to_dict` wrote.

        Raises:
            KeyError, TypeError, ValueError: it is no crop of a face.
        """
        (left_x, left_y), (right_x, right_y) = entry["eyes"]
        eyes = (float(left_x), float(left_y)), (float(right_x), float(right_y))
        inside = all(0 < share < 1 for eye in eyes for share in eye)
        if not inside or not eyes[1][0] - eyes[0][0] >= _NEAREST_EYES:
            raise ValueError(f"no face has its eyes at {eyes}")
        return cls(int(entry["version"]), eyes)


@dataclass(frozen=True, slots=True)
class Model:
    """One graph with its role, its signature and its measured quality.

    A text network has its ``tokenizer``, and ``verbatim``: what its training messages said only once; where that pays,
    also ``ngrams``: phrases that several people of the room share. ``speakers`` are members whom it can sound like
    alone, each with the id to begin with instead of the start mark. A generator is of a ``family``, such as ``vae``,
    draws squares of ``size`` pixels, and may have ``directions``: where an attribute lies in its latent space. An
    encoder names its ``generator``, and the ``crop`` that it takes, as large as what that draws; an editor has a
    ``crop``, too, and one that works ``both_ways`` also takes a smile back. ``learnt_from`` is None where nobody noted
    what the faces were. A picker may have ``lines``: what three people or more have said. ``data`` is a JSON file of
    what else serving needs of a model, in a form that whoever opens the model checks.
    """

    role: Role
    graph: File
    inputs: tuple[Tensor, ...]
    outputs: tuple[Tensor, ...]
    metrics: Mapping[str, float]
    tokenizer: File | None = None
    verbatim: File | None = None
    ngrams: File | None = None
    family: str | None = None
    size: int | None = None
    directions: File | None = None
    generator: str | None = None
    crop: Crop | None = None
    learnt_from: LearntFrom | None = None
    both_ways: bool = False
    lines: File | None = None
    data: File | None = None
    speakers: Mapping[str, int] = field(default_factory=dict)

    def files(self) -> tuple[File, ...]:
        """Return every file this model needs."""
        files = (self.graph, self.tokenizer, self.verbatim, self.ngrams, self.directions, self.lines, self.data)
        return tuple(file for file in files if file is not None)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a bundle says of itself. ``made`` tells who made it: versions, date, data fingerprint.

    ``models`` are by free names, of which members see those of generators; ``attributes`` are what its faces were
    labelled with, by CelebA's names, in the order in which they are offered.
    """

    made: Mapping[str, str]
    models: Mapping[str, Model]
    attributes: tuple[str, ...] = ()

    def of_role(self, role: Role) -> dict[str, Model]:
        """Return the models of a role by their names, the first written first."""
        return {name: model for name, model in self.models.items() if model.role is role}

    def to_json(self) -> str:
        """Return the text of ``manifest.json``."""
        content = {"schema_version": SCHEMA_VERSION, **asdict(self)}
        return json.dumps(content, ensure_ascii=False, indent=2) + "\n"

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read the manifest in ``folder``.

        Raises:
            BundleError: there is none, or as :meth:`from_json`.
        """
        try:
            _check_place(folder, MANIFEST, _MOST_MANIFEST_BYTES)
            text = (folder / MANIFEST).read_text(encoding="utf-8")
        except OSError as error:
            raise BundleError(
                f"There is no bundle in {folder}: {MANIFEST} cannot be read ({error.strerror})."
            ) from error
        except UnicodeDecodeError as error:
            raise BundleError(f"{MANIFEST} is damaged: it is no text.") from error
        return cls.from_json(text)

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
        if version not in _READABLE:
            raise BundleError(
                f"The bundle has schema {version}, this bot reads schema {SCHEMA_VERSION}: export the same runs again, "
                "with `python -m export` of the bot's own version."
            )
        try:
            made = {str(key): str(value) for key, value in content["made"].items()}
            models = {str(name): _model(str(name), entry) for name, entry in content["models"].items()}
            attributes = tuple(_named(_ATTRIBUTE, name) for name in content["attributes"])
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
            raise BundleError(f"{MANIFEST} is damaged: {error!r}.") from error
        return cls(made, models, attributes)


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle whose files were all there and unchanged; with ``copies`` of them its graphs stay so."""

    folder: Path
    manifest: Manifest
    copies: Copies | None = field(default=None, compare=False, repr=False)

    @classmethod
    def open(cls, folder: Path, copies: Copies | None = None) -> Self:
        """Read the manifest in ``folder`` and check the hash of every file that it names; put them into ``copies``.

        Raises:
            BundleError: no bundle there, another schema, a missing file, or a file with other bytes.
            OSError: a file cannot be read, or there is no room for its copy.
        """
        return cls.checked(folder, Manifest.read(folder), copies)

    @classmethod
    def checked(cls, folder: Path, manifest: Manifest, copies: Copies | None = None) -> Self:
        """Return the bundle that ``manifest`` describes, after checking the hash of every file that it names.

        Raises:
            BundleError: a missing file, or one with other bytes.
            OSError: as :meth:`open`.
        """
        left = MOST_BYTES
        for file in dict.fromkeys(file for model in manifest.models.values() for file in model.files()):
            left -= _check(folder, file, left, copies)
        return cls(folder, manifest, copies)

    def model(self, name: str) -> Model:
        """Return the model called ``name``.

        Raises:
            BundleError: the bundle has no such model.
        """
        try:
            return self.manifest.models[name]
        except KeyError:
            names = ", ".join(sorted(self.manifest.models)) or "none"
            raise BundleError(f"The bundle in {self.folder} has no model {name!r} (it has: {names}).") from None

    def path(self, file: File) -> Path:
        """Return where ``file`` lies."""
        return self.folder / file.name

    def read(self, file: File) -> bytes:
        """Return the bytes of ``file``, where there are copies as they were when the bundle was opened.

        Raises:
            OSError: it cannot be read any more.
        """
        return self.path(file).read_bytes() if self.copies is None else self.copies.read(file.sha256)


def parsed(text: str) -> Any:  # noqa: ANN401 - it is any JSON
    """Return the content of a JSON text.

    Raises:
        ValueError: it is none, or nested more deeply than Python can follow.
    """
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def sha256_of(path: Path) -> str:
    """Return the hexadecimal SHA-256 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _check(folder: Path, file: File, most: int, copies: Copies | None) -> int:
    """Check one file, and return its size in bytes, of which there may be so many."""
    if Path(file.name).name != file.name:
        raise BundleError(f"{MANIFEST} names {file.name!r}, which is not a file beside it.")
    path = folder / file.name
    if not path.is_file():
        raise BundleError(f"The bundle in {folder} is missing {file.name}: copy the whole folder again.")
    size = _check_place(folder, file.name, most)
    if (sha256_of(path) if copies is None else copies.take(path, file.sha256)) != file.sha256:
        raise BundleError(f"{file.name} in {folder} is not the file that was exported (its hash differs).")
    return size


def _check_place(folder: Path, name: str, most: int) -> int:
    """Check that a file lies in the folder itself, wherever that may be, and is no larger; return its size in bytes.

    Raises:
        OSError: there is none.
    """
    path = Path(os.path.realpath(folder / name, strict=True))
    if not path.is_relative_to(os.path.realpath(folder)):
        raise BundleError(f"{name} in {folder} is a link that leads out of the bundle: copy the file itself.")
    if not path.is_file():
        # Whoever read a pipe would wait for ever.
        raise BundleError(f"{name} in {folder} is not a file: copy the whole folder again.")
    size = path.stat().st_size
    if size > most:
        raise BundleError(f"{name} in {folder} is too large for a bundle: export it again.")
    return size


def check_generator_name(name: str) -> None:
    """Raise ValueError where a generator cannot be called so."""
    if name == PHOTO or not _GENERATOR.fullmatch(name):
        raise ValueError(
            f"a generator cannot be called {name!r}: small letters, digits and hyphens, at most 16, and not {PHOTO!r}"
        )


def _model(name: str, entry: Mapping[str, Any]) -> Model:
    role = Role(entry["role"])
    if role is Role.GENERATOR:
        check_generator_name(name)
    return Model(
        role,
        graph=_file(entry["graph"]),
        inputs=tuple(_tensor(tensor) for tensor in entry["inputs"]),
        outputs=tuple(_tensor(tensor) for tensor in entry["outputs"]),
        metrics={str(name): float(value) for name, value in entry["metrics"].items()},
        tokenizer=_file(entry["tokenizer"]) if entry["tokenizer"] else None,
        verbatim=_file(entry["verbatim"]) if entry["verbatim"] else None,
        # Bundles from before there were any do not name it.
        ngrams=_file(entry["ngrams"]) if entry.get("ngrams") else None,
        family=_named(_GENERATOR, entry["family"]) if role is Role.GENERATOR else None,
        size=int(entry["size"]) if role is Role.GENERATOR else None,
        directions=_file(entry["directions"]) if entry["directions"] else None,
        generator=str(entry["generator"]) if role is Role.ENCODER else None,
        crop=Crop.from_dict(entry["crop"]) if role in {Role.ENCODER, Role.EDITOR, Role.CLEANER} else None,
        learnt_from=LearntFrom(entry["learnt_from"]) if entry["learnt_from"] else None,
        lines=_file(entry["lines"]) if entry.get("lines") else None,
        data=_file(entry["data"]) if entry.get("data") else None,
        speakers={_named(SPEAKER, name): int(start) for name, start in (entry.get("speakers") or {}).items()},
        both_ways=entry.get("both_ways") is True,
    )


def _named(shape: re.Pattern[str], name: Any) -> str:  # noqa: ANN401 - it is any JSON
    if not isinstance(name, str) or not shape.fullmatch(name):
        raise ValueError(f"{name!r} is no name")
    return name


def _file(entry: Mapping[str, Any]) -> File:
    return File(str(entry["name"]), str(entry["sha256"]))


def _tensor(entry: Mapping[str, Any]) -> Tensor:
    shape = tuple(size if isinstance(size, int) else str(size) for size in entry["shape"])
    return Tensor(str(entry["name"]), str(entry["dtype"]), shape)
