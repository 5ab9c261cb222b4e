"""``python -m owner.reading PROJECT``: a project's exports are read into its ``chat.json`` and ``people.toml``."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import typer

from bot.bundle.files import write_whole
from owner import chat
from owner.project import Project
from training.common.cli_errors import cli_errors
from training.common.events import EventsOption, owner_console
from training.common.progress import Stages
from training.common.signals import stoppable
from training.text.consent.people import NOBODY
from training.text.consent.people_file import read_people, write_people
from training.text.corpus.corpus import Corpus, read_corpus

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
@cli_errors()
def read(folder: Path, *, events: EventsOption = False) -> None:  # noqa: ARG001 - its callback has it
    """Read the exports of the project in FOLDER."""
    project, stages = Project(folder), Stages(owner_console())
    files = tuple(chat.fingerprints(project))
    with stoppable(), stages.stage("reading") as progress:
        corpus = read_corpus(chat.exports(project).files, progress=progress)
    known = read_people(project.people) if project.people.is_file() else NOBODY
    write_people(corpus.people(known), project.people)
    write_whole(project.reading, json.dumps(_content(corpus, files), ensure_ascii=False), private=True)


def _content(corpus: Corpus, files: tuple[str, ...]) -> dict[str, Any]:
    counts = Counter(message.who for message in corpus.messages)
    people = [
        {"name": who, "names": sorted(names), "messages": counts[who]} for who, names in sorted(corpus.names.items())
    ]
    people.sort(key=lambda person: -counts[str(person["name"])])
    return {"report": corpus.report.to_json(), "people": people, "files": files}


if __name__ == "__main__":
    app()
