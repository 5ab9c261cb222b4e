"""The measuring of smiles in photos, from the photos to the page: the stages, one after the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn.functional import pdist

from bot.bundle.files import whole, write_whole
from training.card.figures import Table
from training.common.errors import FacesError
from training.common.progress import Stages
from training.faces.attributes.judges import judge_of
from training.faces.data.dataset import Faces
from training.faces.smiles.edits import AttributeJudge, EditFigures, Panel, edit_figures
from training.faces.smiles.judges import SmileJudge, expression_judge, fer_judge, own_judge
from training.faces.smiles.methods import Method, methods_of
from training.faces.smiles.options import MeasureOptions
from training.faces.smiles.photos import PhotoSet, groups_in, read_photos
from training.faces.smiles.recognition import Recognition, identities
from training.faces.smiles.report import (
    USUAL,
    Measured,
    aims_table,
    contact_sheet,
    edits_table,
    groups_table,
    photo_page,
    sheet_jpeg,
)

STRENGTHS = (1.0, USUAL, 3.0, -USUAL)
"""A member's: a hint, a grin, the most there is, and a smile taken away."""
_FEWEST = 2
_MOST_ALREADY = 40
_ON_SHEET, _ACROSS = 20, 2
"""People on a sheet of its own, and in how many blocks."""


@dataclass(frozen=True, slots=True)
class PhotoMeasure:
    """What is measured on which photos, and where the page and a contact sheet of its own are written."""

    subject: Path
    photos: Path
    package: Path
    options: MeasureOptions
    stages: Stages

    def start(self) -> Sequence[Table]:
        """Measure, write the page, and return its tables.

        Raises:
            FacesError: something that was named is not there, or nobody in the photos could be made to smile.
        """
        methods = methods_of(self.subject)
        panel = self._panel(labelled=methods[0].labelled)
        with self.stages.stage("finding faces") as progress:
            photos = read_photos(self.photos, self.options.most, progress, everyone=self.options.everyone)
        neutral, smiling = _parted(photos, panel.judges)
        groups = self._groups(neutral)
        measured = self._measured("Who does not smile", methods, neutral, panel)
        already = None if smiling is None else self._measured("Who smiles already", methods[:1], smiling, panel)
        tables = [
            aims_table(measured, panel.judges, groups, already, posed=bool(photos.smiling)),
            edits_table(measured, panel.judges),
            *([edits_table(already, panel.judges)] if already else []),
            *([groups_table(measured, panel.judges, groups)] if groups else []),
            _who_judges(photos, panel.judges),
            _who_is_who(photos, panel.recognition),
        ]
        self._write(tables, [measured, *([already] if already else [])])
        return tables

    def _panel(self, *, labelled: bool) -> Panel:
        judges = [own_judge(data, self.stages) for data in self.options.judge or ()]
        judges += [] if self.options.fer is None else [fer_judge(self.options.fer)]
        judges.append(expression_judge(self.package, labelled=labelled))
        attributes = None
        if self.options.attributes is not None:
            faces = Faces.open(self.options.attributes)
            attributes = AttributeJudge(
                judge_of(self.options.attributes, faces, self.stages), faces.size, faces.crop.eyes
            )
        return Panel(judges, Recognition(self.package).eval(), attributes)

    def _measured(self, title: str, methods: Sequence[Method], photos: PhotoSet, panel: Panel) -> Measured:
        by_method = self._edits(methods, photos, panel)
        return Measured(title, f"{len(photos.photos)} faces, {photos.about}", photos.crops, by_method)

    def _edits(self, methods: Sequence[Method], photos: PhotoSet, panel: Panel) -> dict[str, list[EditFigures]]:
        """Return what each method does: the first at every strength, the others beside it at the usual one."""
        figures: dict[str, list[EditFigures]] = {}
        for method in methods:
            strengths = [*dict.fromkeys([*(self.options.at or STRENGTHS), USUAL])] if method is methods[0] else [USUAL]
            figures[method.name] = []
            for strength in strengths:
                with self.stages.stage(f"{method.name} at {strength:g}, {len(photos.photos)} faces") as progress:
                    figures[method.name].append(edit_figures(method, photos, strength, panel, progress))
        return figures

    def _groups(self, photos: PhotoSet) -> Mapping[str, Sequence[str]]:
        if self.options.groups is None:
            return {}
        return groups_in(self.options.groups, [photo.name for photo in photos.photos], self.options.by or ())

    def _write(self, tables: Sequence[Table], measured: Sequence[Measured]) -> None:
        self.options.out.parent.mkdir(parents=True, exist_ok=True)
        page = photo_page(f"Smiles by {self.subject.name}", tables, measured)
        write_whole(self.options.out, page, private=True)  # real faces are inside
        if self.options.sheet is not None:
            with whole(self.options.sheet) as beside:
                beside.write_bytes(sheet_jpeg(contact_sheet(measured[0], _ON_SHEET, _ACROSS)))


def _parted(photos: PhotoSet, judges: Sequence[SmileJudge]) -> tuple[PhotoSet, PhotoSet | None]:
    """Return those who do not smile, and those who do already: as the pairs say, or all the judges.

    Raises:
        FacesError: there are too few who do not.
    """
    if photos.smiling:
        return PhotoSet(photos.photos, about=photos.about), PhotoSet(photos.smiling, about=photos.about)
    seen = np.stack([judge.sees(photos.crops) for judge in judges])
    neutral, smiling = photos.only(seen.sum(0) == 0), photos.only(seen.sum(0) == len(judges)).first(_MOST_ALREADY)
    if len(neutral.photos) < _FEWEST:
        raise FacesError(f"Of {len(photos.photos)} people in the photos only {len(neutral.photos)} do not smile.")
    return neutral, smiling if len(smiling.photos) >= _FEWEST else None


def _who_judges(photos: PhotoSet, judges: Sequence[SmileJudge]) -> Table:
    """Return who the judges are, and how many real smiles they see: what nobody can be asked to exceed."""
    own = PhotoSet(photos.smiling).crops if photos.smiling else None
    rows = [
        [
            judge.name,
            judge.note,
            f"{judge.sees(photos.crops).mean():.0%}",
            "–" if own is None else f"{judge.sees(own).mean():.0%}",
        ]
        for judge in judges
    ]
    heads = ["judge", "", "sees smiling before", "of people's own smiles"]
    return Table("Who judges", heads, rows, photos.about)


def _who_is_who(photos: PhotoSet, recognition: Recognition) -> Table:
    """Return how far photos of one person and of strangers lie apart, to read the other distances by."""
    points = identities(recognition, photos.crops)
    between = pdist(torch.from_numpy(points)).numpy()
    rows = [["strangers", f"{np.median(between):.3f}", f"{np.quantile(between, 0.01):.3f}", "–"]]
    if photos.smiling:
        own = np.linalg.norm(points - identities(recognition, PhotoSet(photos.smiling).crops), axis=1)
        rows.insert(
            0, ["one person, neutral and smiling", f"{np.median(own):.3f}", "–", f"{np.quantile(own, 0.95):.3f}"]
        )
    return Table("Who is who: distances", ["", "median", "1 % below", "95 % below"], rows)
