"""The report of a run, as its owner sees it: its measures, its settings, its losses, and what it said.

Knows nothing of torch: everything is in the folder's small files.
"""

import math
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from rich.columns import Columns
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from training.text.curves import best_of, read_epochs
from training.text.run import TextRun


def shown(run: TextRun) -> RenderableType:
    """Return everything about a run, finished or not.

    Raises:
        RunError: there is no run.
    """
    config = run.read_config()
    parts: list[RenderableType] = [Columns([_pairs("settings", asdict(config)), _epochs(run)])]
    if run.is_finished:
        report = run.read_report()
        parts += [table_of(report), _pairs("made", report["made"])]
    else:
        parts.append(Text("Not finished: the same training command goes on with it.", style="yellow"))
    if run.samples.is_file():
        parts.append(Text(run.samples.read_text(encoding="utf-8").split("\n\n")[-1].strip()))
    return Group(*parts)


def table_of(report: Mapping[str, Any]) -> RenderableType:
    """Return the table at the end of a training: the network beside the Kneser-Ney 4-gram, and each stage's time."""
    seconds = {**report["seconds"], "all": sum(report["seconds"].values())}
    table_of_seconds = _pairs("seconds", {name: f"{duration:.1f}" for name, duration in seconds.items()})
    tables = [_table(report["models"], "held out: the last conversations")]
    if infilling := report.get("infilling"):
        worth = "" if infilling["is_better"] else ": not exported, for seeing both sides gains nothing here"
        tables.append(_table(infilling["models"], f"the morpheme in a gap, held out{worth}"))
    if speakers := report.get("speakers"):
        tables.append(_table_of_speakers(speakers))
    return Columns([*tables, table_of_seconds])


def _table_of_speakers(speakers: Mapping[str, Mapping[str, Any]]) -> Table:
    table = Table(
        "who", "messages", "as themselves", "as another", "as the group", "offered", title="perplexity by speaker"
    )
    for name, likeness in speakers.items():
        values = (_number(likeness[start]) for start in ("right", "wrong", "group"))
        table.add_row(
            name, str(likeness["messages"]), *values, "yes" if likeness["is_offered"] else "no: no difference"
        )
    return table


def _table(models: Mapping[str, Mapping[str, float]], title: str) -> Table:
    table = Table(title=title)
    table.add_column("measure")
    for model in models:
        table.add_column(model, justify="right")
    for measure in dict.fromkeys(name for values in models.values() for name in values):
        table.add_row(measure, *(_number(values.get(measure)) for values in models.values()))
    return table


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,.3f}"


def _pairs(title: str, values: Mapping[str, object]) -> Table:
    table = Table(title=title, show_header=False)
    for name, value in values.items():
        table.add_row(name, _short(value))
    return table


def _short(value: object) -> str:
    return f"{value:,.4g}" if isinstance(value, float) else str(value)


def _epochs(run: TextRun) -> Table:
    table = Table("epoch", "training", "held out", "s", title="perplexity")
    if not run.history.is_file():
        return table
    epochs = read_epochs(run.history)
    for epoch in epochs:
        losses = (f"{math.exp(loss):.2f}" for loss in (epoch.train_loss, epoch.held_out_loss))
        style = "green" if epoch is best_of(epochs) else None
        table.add_row(str(epoch.number), *losses, f"{epoch.seconds:.0f}", style=style)
    return table
