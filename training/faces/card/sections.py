"""The sections of a card of faces, each from the files of its run. Knows nothing of torch."""

import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.bundle import BundleError, Directions
from bot.bundle.faces import Direction
from training.card import Card, Fact, Figure, Section
from training.card.figures import Bar, Bars, Picture, Table
from training.common.errors import RunError
from training.common.run_folder import read_json
from training.faces.card import en, ko
from training.faces.card.texts import FacesCardTexts
from training.faces.data.labels import ATTRIBUTES
from training.faces.run import FacesRun

TEXTS: Mapping[str, FacesCardTexts] = {"ko": ko.TEXTS, "en": en.TEXTS}
_COPIES_BELOW = 0.8
"""A made-up face this much nearer to a photo than strangers are is taken for a copy."""
_SEEN, _IN_PHOTOS, _OTHERS = "flips_2", "carry_flips_2", "others_2"
_WIDEST, _QUALITY = 1200, 85


def faces_card(run: FacesRun, language: str) -> Card:
    """Return the card of a finished run.

    Raises:
        RunError: it is not finished, or damaged.
    """
    parts = _Parts(run, TEXTS[language], "")
    return Card(language, parts.title(), parts.texts.lead, [*parts.facts()], [*parts.sections()], parts.foot())


def faces_sections(run: FacesRun, language: str, name: str) -> list[Section]:
    """Return the sections alone, to stand beside others; each title begins with the ``name`` of the generator.

    Raises:
        RunError: it is not finished, or damaged.
    """
    return [*_Parts(run, TEXTS[language], f"{name}: ").sections()]


class _Parts:
    """A run, and each part of its card; titles begin with a ``prefix``."""

    def __init__(self, run: FacesRun, texts: FacesCardTexts, prefix: str) -> None:
        self.run, self.texts, self.prefix = run, texts, prefix
        self.report: Mapping[str, Any] = run.read_report()
        self.metrics: Mapping[str, float] = self.report["metrics"]
        self.directions = _directions_of(run)

    @property
    def is_copying(self) -> bool:
        return self.metrics.get("nearest_ratio", 1.0) < _COPIES_BELOW

    def title(self) -> str:
        count = sum(direction.drawn for direction in self.directions.values())
        return self.texts.title.format(count=count) if count else self.texts.title_none

    def facts(self) -> Iterator[Fact]:
        texts, directions = self.texts, self.directions.values()
        yield Fact(f"{read_json(self.run.about)['size']}", texts.fact_size)
        yield Fact(f"{sum(direction.drawn for direction in directions)}", texts.fact_drawn)
        yield Fact(f"{sum(direction.photos for direction in directions)}", texts.fact_photos)
        if "nearest_ratio" in self.metrics:
            yield Fact(f"{self.metrics['nearest_ratio']:.2f}", texts.fact_distance, is_bad=self.is_copying)

    def foot(self) -> str:
        config = self.run.read_config()
        made = " · ".join(self.report["made"].values())
        return self.texts.foot.format(kind=config.kind, steps=config.steps, batch=config.batch, made=made)

    def sections(self) -> Iterator[Section]:
        texts = self.texts
        ratio = f"{self.metrics.get('nearest_ratio', 1.0):.2f}"
        title = texts.copied if self.is_copying else texts.new_faces
        fresh = self._pictures({"fresh.png": texts.fresh})
        yield self._section(title, fresh, [texts.distance_note.format(ratio=ratio)], is_bad=self.is_copying)
        yield self._of_changes()
        if again := self._pictures({"reconstructions.png": texts.reconstructions}):
            yield self._section(texts.again, again, [texts.again_note])
        measures = [[texts.measures.get(name, name), f"{value:.3g}"] for name, value in self.metrics.items()]
        figures = [*self._pictures({"curves.png": texts.curves}), Table(texts.all_measures, [], measures)]
        yield self._section(texts.learning, figures, [texts.learning_note])

    def _section(self, title: str, figures: Sequence[Figure], notes: Sequence[str], *, is_bad: bool = False) -> Section:
        return Section(f"{self.prefix}{title}", figures, notes, is_bad)

    def _of_changes(self) -> Section:
        texts = self.texts
        seen = {name: direction.measured.get(_SEEN, 0.0) for name, direction in self.directions.items()}
        missing = ", ".join(texts.attributes[name] for name in ATTRIBUTES if name not in self.directions)
        notes = [texts.missing.format(names=missing)] if missing else []
        if not seen:
            return self._section(texts.no_changes, [], notes, is_bad=True)
        best = max(seen, key=seen.__getitem__)
        ordered = sorted(seen.items(), key=lambda entry: -entry[1])
        bars = [
            Bar(self._name(name), share, f"{share:.0%}", is_ours=self.directions[name].drawn) for name, share in ordered
        ]
        rows = [self._row(name, direction) for name, direction in self.directions.items()]
        figures = [
            Bars(texts.seen, bars),
            *self._pictures({"strips.png": texts.strips}),
            Table(texts.table, texts.heads, rows),
        ]
        title = texts.changes.format(best=self._name(best), share=f"{100 * seen[best]:.0f}")
        return self._section(title, figures, [texts.changes_note, *notes])

    def _name(self, attribute: str) -> str:
        return self.texts.attributes.get(attribute, attribute.replace("_", " "))

    def _row(self, name: str, direction: Direction) -> list[str]:
        measured = (direction.measured.get(key) for key in (_SEEN, _IN_PHOTOS, _OTHERS))
        offered = self.texts.yes if direction.drawn or direction.photos else self.texts.no
        return [self._name(name), *("–" if share is None else f"{share:.0%}" for share in measured), offered]

    def _pictures(self, captions: Mapping[str, str]) -> list[Figure]:
        """Return those of the run's pictures that there are."""
        paths = ((self.run.folder / name, caption) for name, caption in captions.items())
        return [Picture(_jpeg(path), "jpg", caption) for path, caption in paths if path.is_file()]


def _directions_of(run: FacesRun) -> Mapping[str, Direction]:
    if not run.directions.is_file():
        return {}
    try:
        return Directions.open(run.directions).by_attribute
    except BundleError as error:
        raise RunError(f"The run in {run.folder} is damaged ({error}): measure it again.") from error


def _jpeg(path: Path) -> bytes:
    """Return a picture, no larger than a page shows it: several of a run as PNG would be megabytes."""
    from PIL import Image

    stream = io.BytesIO()
    image = Image.open(path).convert("RGB")
    image.thumbnail((_WIDEST, image.height))
    image.save(stream, "JPEG", quality=_QUALITY)
    return stream.getvalue()
