"""What the terminal shows: a job's bar with the time left and what it says meanwhile, and the table of a chat."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn
from rich.table import Table
from rich.text import Text

from bot.i18n import owner_locale, texts_for
from owner.chat import Reading
from owner.errors import CommandError, Interrupted
from owner.jobs import Job, JobState
from owner.texts import OwnerTexts
from training.text.corpus.texts import CorpusTexts

_PAUSE = 0.3
_LISTED = 12


def follow(job: Job, console: Console, samples: Callable[[], Sequence[str]] = tuple) -> None:
    """Show how far a job is until it ends, and what ``samples`` returns whenever that is something else.

    Raises:
        StepError, CommandError: it failed.
        Interrupted: the owner pressed Ctrl-C; the job is stopped.
    """
    texts, shown = texts_for(OwnerTexts, owner_locale()), samples()
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    with Progress(*columns, TextColumn("{task.fields[left]}"), console=console, transient=True) as bar:
        task = bar.add_task("", total=1, left="")
        try:
            while (state := job.state()).status == "running":
                _show(bar, task, state, texts)
                if (lines := samples()) != shown:
                    shown = lines
                    for line in lines:
                        bar.console.print(Text(f"    {line}", "dim"))
                time.sleep(_PAUSE)
        except KeyboardInterrupt:
            job.stop()
            raise Interrupted from None
    if state.status == "stopped":
        raise Interrupted
    if isinstance(state.error, Exception):
        raise state.error
    if state.error is not None:
        raise CommandError(state.error)


def _show(bar: Progress, task: TaskID, state: JobState, texts: OwnerTexts) -> None:
    stage = texts.stages.get(state.stage or "", state.label)
    left = "" if state.seconds_left is None else texts.left.format(time=_duration(state.seconds_left, texts))
    bar.update(task, completed=state.fraction, description=stage, left=left)


def _duration(seconds: float, texts: OwnerTexts) -> str:
    if seconds < 90:
        return texts.seconds.format(seconds=round(seconds))
    return texts.minutes.format(minutes=round(seconds / 60))


def table_of(reading: Reading, texts: OwnerTexts) -> Table:
    """Return the table of what was read, what was left out and why, and who is there."""
    report, names, counted = reading.report, texts.report, texts_for(CorpusTexts, owner_locale())
    table = Table(show_header=False, title=", ".join(sorted({str(file["format"]) for file in report["files"]})))
    table.add_column("")
    table.add_column("", justify="right")
    for name in ("messages", "people", "days", "kept"):
        table.add_row(names[name], f"{report[name]:,}")
    for section in ("not_messages", "removed", "dropped"):
        if report[section] or section == "removed":  # that there was no personal data is worth a line
            _add(table, names[section], _rows(report[section], counted))
    more = reading.people[_LISTED:]
    listed = [(person.name, person.messages) for person in reading.people[:_LISTED]]
    rest = [(names["others"], sum(person.messages for person in more))] if more else []
    _add(table, names["who"], [*listed, *rest])
    return table


def _rows(counts: Mapping[str, int], names: CorpusTexts) -> list[tuple[str, int]]:
    return [(names.name(reason), count) for reason, count in sorted(counts.items(), key=lambda each: -each[1])]


def _add(table: Table, title: str, rows: Iterable[tuple[str, int]]) -> None:
    rows = list(rows)
    table.add_section()
    table.add_row(Text(title, "bold"), f"{sum(count for _, count in rows):,}")
    for name, count in rows:
        table.add_row(Text(f"  {name}"), f"{count:,}")
