"""The report of smiles in photos: tables of what was measured and of what was asked for, contact sheets, and the page.

The faces are inside the page, which is for its owner's eyes only. Knows nothing of how anything is measured.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bot.photos import resized
from training.card import Card, Section
from training.card.figures import Picture, Table
from training.faces.smiles.edits import SAME_PERSON, EditFigures
from training.faces.smiles.judges import Crops, SmileJudge

USUAL = 2.0
"""The strength at which aims are set, and methods and groups compared: a grin."""
_SEEN, _SEEN_POSED, _DISTANCE, _SAME = 0.95, 0.80, 0.24, 0.99
"""What was asked for at the usual strength: seen smiling in everyday photos by every judge, in posed ones (who smiles
there smiles gently) by the strictest, how far a face may go, and how many stay near enough."""
_BETWEEN_GROUPS, _FEWEST = 0.05, 10
"""How far groups of so many people may differ."""
_TILE, _LABEL = 120, 22
_SHOWN_ON_PAGE, _ACROSS = 48, 2
_LARGEST_SHEET = 600_000
"""Bytes: a page that shows it should open on a phone."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured on one sort of photos: by method, at each strength."""

    title: str
    about: str
    before: Crops
    by_method: Mapping[str, Sequence[EditFigures]]

    def usual(self) -> EditFigures:
        """Return the figures of the first method at the usual strength."""
        return next(figures for figures in next(iter(self.by_method.values())) if figures.strength == USUAL)


def edits_table(measured: Measured, judges: Sequence[SmileJudge]) -> Table:
    """Return a column for every method and strength, and in it what became of the faces."""
    columns = [(method, figures) for method, strengths in measured.by_method.items() for figures in strengths]
    heads = ["", *(f"{method} {_signed(figures.strength)}" for method, figures in columns)]
    cells = [
        [*(f"{figures.seen_by(judge):.0%}" for judge in judges), *_kept(figures).values()] for _, figures in columns
    ]
    names = [*map(_smiles_for, judges), *_kept(columns[0][1])]
    return Table(measured.title, heads, [list(row) for row in zip(names, *cells, strict=True)], measured.about)


def _kept(figures: EditFigures) -> dict[str, str]:
    """Return how far the faces went, and what else changed."""
    distance, other = figures.distance, figures.other
    return {
        "distance, median": f"{np.median(distance):.3f}",
        "… 95 % below": f"{np.quantile(distance, 0.95):.3f}",
        f"… under {SAME_PERSON}": f"{figures.same_person:.0%}",
        "change above the eyes, of 255": f"{figures.above:.2f}",
        "pixels changed around the face": "–" if np.isnan(figures.outside) else f"{figures.outside:.2%}",
        **({} if other is None else {"most other change": f"{other[0]} {other[1]:.0%}"}),
    }


def groups_table(measured: Measured, judges: Sequence[SmileJudge], groups: Mapping[str, Sequence[str]]) -> Table:
    """Return how the first method works at the usual strength for each group of people."""
    figures, rows = measured.usual(), []
    for column, cells in groups.items():
        for value in sorted({*cells} - {""}):
            among = np.array([cell == value for cell in cells])
            seen = [_share(figures.seen[judge.name][among]) for judge in judges]
            rows.append([f"{column}: {value}", str(among.sum()), *seen, f"{np.median(figures.distance[among]):.3f}"])
    heads = ["group", "people", *map(_smiles_for, judges), "distance"]
    return Table(f"By group, at {_signed(USUAL)}", heads, rows, "± is the standard error.")


def aims_table(
    measured: Measured,
    judges: Sequence[SmileJudge],
    groups: Mapping[str, Sequence[str]],
    already: Measured | None,
    *,
    posed: bool,
) -> Table:
    """Return what was asked for beside what was measured, of the first method at the usual strength."""
    figures, independent = measured.usual(), [judge for judge in judges if not judge.labelled]
    rows = []
    if independent:
        stricter, asked = min(independent, key=figures.seen_by), _SEEN_POSED if posed else _SEEN
        least = _share(figures.seen[stricter.name])
        reached = figures.seen_by(stricter) >= asked
        rows.append(_aim("seen smiling, by the stricter judge", least, f"≥ {asked:.0%}", reached))
        for column, cells in groups.items():
            if widest := _widest(figures, independent, cells):
                apart, error = widest
                asked_of = f"≤ {_BETWEEN_GROUPS:.0%}"
                what = f"{apart:.1%} ± {100 * error:.0f}"
                rows.append(_aim(f"groups of {column} differ by", what, asked_of, apart <= _BETWEEN_GROUPS))
    median = float(np.median(figures.distance))
    rows.append(_aim("distance, median", f"{median:.3f}", f"≤ {_DISTANCE}", median <= _DISTANCE))
    same = figures.same_person
    rows.append(_aim(f"distance under {SAME_PERSON}", f"{same:.0%}", f"≥ {_SAME:.0%}", same >= _SAME))
    if not np.isnan(figures.outside):
        rows.append(_aim("pixels changed around the face", f"{figures.outside:.2%}", "0", figures.outside == 0))
    if already is not None:
        hardly = float(np.median(already.usual().distance))
        rows.append(["who smiles already, distance", f"{hardly:.3f}", "hardly changed", "–"])
    return Table(f"Asked for, at {_signed(USUAL)}", ["", "measured", "asked for", "reached"], rows)


def _widest(figures: EditFigures, judges: Sequence[SmileJudge], cells: Sequence[str]) -> tuple[float, float] | None:
    """Return how far two groups of enough people differ for a judge at most, with the standard error of that.

    None where there are no two.
    """
    among = [np.array([cell == value for cell in cells]) for value in {*cells} - {""}]
    apart = []
    for judge in judges:
        seen = [figures.seen[judge.name][group] for group in among if group.sum() >= _FEWEST]
        if len(seen) > 1:
            most, least = max(seen, key=np.mean), min(seen, key=np.mean)
            apart.append((float(most.mean() - least.mean()), float(np.hypot(_error(most), _error(least)))))
    return max(apart, default=None)


def _share(seen: NDArray[np.bool_]) -> str:
    return f"{seen.mean():.0%} ± {100 * _error(seen):.0f}"


def _error(seen: NDArray[np.bool_]) -> float:
    """Return the standard error of a share."""
    share = float(seen.mean())
    return float(np.sqrt(share * (1 - share) / len(seen)))


def _aim(what: str, measured: str, asked: str, reached: bool) -> list[str]:
    return [what, measured, asked, "yes" if reached else "no"]


def _smiles_for(judge: SmileJudge) -> str:
    return f"smiles for {judge.name}{' (labelled)' if judge.labelled else ''}"


def _signed(strength: float) -> str:
    return f"{strength:g}".replace("-", "−")


def contact_sheet(measured: Measured, most: int, across: int = 1) -> NDArray[np.uint8]:
    """Return the first faces, a row each, before and at each strength of the first method; ``across`` such blocks."""
    strengths = next(iter(measured.by_method.values()))
    names = ["before", *(_signed(figures.strength) for figures in strengths)]
    columns = [measured.before[:most], *(figures.crops[:most] for figures in strengths)]
    tiles = np.stack([[resized(crop, _TILE) for crop in column] for column in columns], axis=1)
    high = -(-len(tiles) // across)
    blocks = [tiles[start : start + high] for start in range(0, len(tiles), high)]
    return np.concatenate([_block(block, names, high) for block in blocks], axis=1)


def _block(tiles: NDArray[np.uint8], names: Sequence[str], high: int) -> NDArray[np.uint8]:
    """Return a row of ``tiles [n, columns, s, s, 3]`` each under the ``names``, filled up with paper."""
    from PIL import Image, ImageDraw, ImageFont

    count, columns, side, *_ = tiles.shape
    sheet = np.full((_LABEL + high * side, columns * side + _LABEL // 2, 3), 255, np.uint8)
    pictures = tiles.transpose(0, 2, 1, 3, 4).reshape(count * side, columns * side, 3)
    sheet[_LABEL : _LABEL + count * side, : columns * side] = pictures
    image = Image.fromarray(sheet)
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(15)
    for index, name in enumerate(names):
        draw.text(((index + 0.5) * side, _LABEL / 2), name.replace("−", "-"), fill=(20, 20, 24), font=font, anchor="mm")
    return np.asarray(image)


def sheet_jpeg(sheet: NDArray[np.uint8]) -> bytes:
    """Return a contact sheet as a JPEG of 600 KB at most, as good as that allows."""
    from PIL import Image

    for quality in (90, 85, 80, 70, 60, 45, 30):
        stream = io.BytesIO()
        Image.fromarray(sheet).save(stream, "JPEG", quality=quality)
        if stream.tell() <= _LARGEST_SHEET:
            break
    return stream.getvalue()


def photo_page(title: str, tables: Sequence[Table], measured: Sequence[Measured]) -> str:
    """Return the page: all tables, and of each sort of photos the first faces of every method."""
    sheets = [
        Picture(_sheet(replace(each, by_method={method: figures})), "jpg", f"{each.title}: {method}")
        for each in measured
        for method, figures in each.by_method.items()
    ]
    sections = [Section("What was measured", tables), Section("The first faces, before and after", sheets)]
    return Card("en", title, "Photos of people are on this page, so keep it to yourself.", [], sections, "").html()


def _sheet(measured: Measured) -> bytes:
    return sheet_jpeg(contact_sheet(measured, _SHOWN_ON_PAGE, _ACROSS))
