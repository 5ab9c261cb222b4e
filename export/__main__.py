"""``python -m export``: run folders in, one checked bundle out."""

import inspect
import platform
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from bot import __version__
from bot.bundle import Bundle, BundleError, Manifest, Model, Role, check_generator_name
from bot.usage import OwnersCommand
from export.errors import ExportError
from training.common.cli_errors import cli_errors
from training.common.events import EventsOption, owner_console
from training.common.flags import with_options
from training.faces.models import GENERATORS

if TYPE_CHECKING:
    from training.faces.run import TrainedFaces
    from training.text.run import TrainedText

_OTHERS = tuple(role.value for role in Role)
"""Models of a bundle that are called the same in each are called as what they are for."""
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


_RUN_OF_FACES = "The run folder that `python -m training faces train` wrote."


def _parameter(kind: str) -> str:
    return kind.replace("-", "_")


_RUNS = [
    inspect.Parameter(
        _parameter(kind),
        inspect.Parameter.KEYWORD_ONLY,
        default=None,
        annotation=Annotated[Path | None, typer.Option(f"--{kind}", help=_RUN_OF_FACES)],
    )
    for kind in GENERATORS
]


@app.command(cls=OwnersCommand)
@with_options("runs", *_RUNS)
def bundle(
    *,
    text: Annotated[Path | None, typer.Option(help="The run folder that `python -m training text` wrote.")] = None,
    out: Annotated[Path, typer.Option(help="The bundle folder; an older bundle there is replaced at the end.")],
    runs: Mapping[str, Path],
    generator: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=RUN", help="A run under a name of your own, for a second of one kind: vae-128=RUN."),
    ] = None,
    faces_of: Annotated[
        Path | None,
        typer.Option(help="A bundle whose faces are taken over, but for those of the runs given beside it."),
    ] = None,
    words_of: Annotated[
        Path | None, typer.Option(help="A bundle whose words are taken over, where only the faces are new.")
    ] = None,
    beside: Annotated[
        Path | None,
        typer.Option(
            help="A run folder of words, of which only what lies beside them is exported; with --words-of a bundle."
        ),
    ] = None,
    answers: Annotated[
        Path | None,
        typer.Option(help="The folder that `python -m training answers` wrote; else what lies in that of the words."),
    ] = None,
    withdrawals: Annotated[
        Path | None,
        typer.Option(help="Who withdrew on Discord: the words may be of none of them; else data/withdrawals.tsv."),
    ] = None,
    editor: Annotated[
        Path | None,
        typer.Option(help="The run folder that `python -m training faces train-editor` wrote; else the shipped one."),
    ] = None,
    leak_lines: Annotated[
        int, typer.Option(min=0, help="Lines said to see what comes out that must not, twice; 0: not measured.")
    ] = 10_000,
    accept_leaks: Annotated[
        bool, typer.Option("--accept-leaks", help="Export a voice that gave something away; the bundle says so.")
    ] = False,
    without_encoder: Annotated[
        list[str] | None,
        typer.Option(help="A generator whose encoder is left out, since photos go through another's. May be repeated."),
    ] = None,
    events: EventsOption = False,  # noqa: ARG001 - its callback has it
) -> None:
    """Turn trained runs into the folder that the bot loads: words, and faces if there are any.

    Every graph is compared with its network before the folder appears: a bundle is whole or absent.
    """
    by_kind = {kind: runs[_parameter(kind)] for kind in GENERATORS if _parameter(kind) in runs}
    named = _named(generator or [], by_kind)
    if (text is None) == (words_of is None):
        raise typer.BadParameter("give the run of the words, or --words-of a bundle.", param_hint="--text")
    with cli_errors(ExportError, BundleError):
        bundles = (faces_of, editor, answers, withdrawals)
        sources = _Sources(text, words_of, text or beside, by_kind, named, *bundles, without_encoder or [])
        _export(sources, out, leak_lines, accept_leaks=accept_leaks)


@dataclass(frozen=True, slots=True)
class _Sources:
    """Where each part of a bundle comes from: runs, and bundles that it is taken over from."""

    text: Path | None
    words_of: Path | None
    beside: Path | None
    """The run of which what lies beside the words is exported."""
    by_kind: Mapping[str, Path]
    by_name: Mapping[str, Path]
    faces_of: Path | None
    editor: Path | None
    answers: Path | None
    withdrawals: Path | None
    without_encoders: Sequence[str]


def _named(given: Sequence[str], taken: Collection[str]) -> dict[str, Path]:
    """Return the runs of ``NAME=RUN`` by their names.

    Raises:
        typer.BadParameter: one is not so, or its name cannot be or is taken.
    """
    named: dict[str, Path] = {}
    for entry in given:
        name, _, run = entry.partition("=")
        if why := _why_not(name, run, {*taken, *named, *_OTHERS}):
            raise typer.BadParameter(f"{entry!r}: {why}.", param_hint="--generator")
        named[name] = Path(run)
    return named


def _why_not(name: str, run: str, taken: Collection[str]) -> str | None:
    if not run:
        return "give a name and a run folder, such as vae-128=runs/vae-128"
    if name in taken:
        return f"there is a model called {name} already; choose another name"
    try:
        check_generator_name(name)
    except ValueError as error:
        return str(error)
    return None


def _export(sources: _Sources, out: Path, leak_lines: int, *, accept_leaks: bool) -> None:
    # torch takes seconds to import: --help and a wrong flag need not wait for it.
    from bot.inference.models import open_models
    from export.card import add_faces
    from export.faces import drop_encoders
    from export.leaks import refuse
    from export.write import finish, staged
    from training.text.leaks.report import LeakReport
    from training.text.run import TextRun, load_text

    trained = None if sources.text is None else load_text(sources.text)  # what is not there is said at once
    if sources.text:
        refuse(LeakReport.read(TextRun(sources.text).leaks), is_accepted=accept_leaks)
    with staged(out) as folder, owner_console().status("exporting") as status:
        faces, attributes = _faces(sources, folder, status.update)
        editor = _editor(sources.editor, folder, status.update) if faces.models else _Part({}, {})
        beside = _beside(sources.beside, folder, status.update)
        words, about_words = _words(trained, sources, folder, status.update, without=beside.models)
        _refuse_withdrawn(sources, words)
        answers = _answers(sources, folder, status.update)
        parts = (words, beside, answers, faces, editor, _pictures(folder))
        models = {name: model for part in parts for name, model in part.models.items()}
        drop_encoders(models, sources.without_encoders, folder)
        now = _made_now()
        made = {key: value for part in parts for key, value in part.made.items() if key not in now}
        manifest = Manifest(made | now, models, attributes)
        finish(folder, manifest, open_models)
        if sources.text:
            leaks = _leaks(sources.text, folder, leak_lines, status.update, is_accepted=accept_leaks)
            finish(folder, replace(manifest, made={**manifest.made, **leaks}), open_models)
    card = add_faces(sources.text, {**sources.by_kind, **sources.by_name}) if sources.text else None
    size = sum(path.stat().st_size for path in out.iterdir()) / 1e6
    _say(f"{out}: {size:.1f} MB: {about_words}{_about_faces(faces, sources.faces_of)}")
    if sources.text:
        _say(f"What it gives away: {leaks['leaks']}.")
    if answers.models:
        _say(f"Answers are picked: the true one among ten in {_right_of_ten(answers):.0%} (chance 10%).")
    if editor.models:
        _say(f"The editor is {'the shipped one' if sources.editor is None else f'that of {sources.editor}'}.")
    if card is not None:
        _say(f"What it is worth: {card}")
    _say(f"Try it: python -m bot say 아니 2 --bundle {out}")


def _refuse_withdrawn(sources: _Sources, words: "_Part") -> None:
    """Refuse words of somebody who withdrew since they were learnt, or that may sound like them.

    Raises:
        ChatError: so it is.
    """
    from training.text.consent.agreement import refuse_withdrawn
    from training.text.consent.people import People, Person
    from training.text.consent.people_file import read_people
    from training.text.consent.withdrawals import read_withdrawals, usual_withdrawals
    from training.text.run import TextRun

    withdrawals = usual_withdrawals() if sources.withdrawals is None else read_withdrawals(sources.withdrawals)
    speakers = {name: Person(name) for model in words.models.values() for name in model.speakers}
    refuse_withdrawn(People(tuple(speakers.values())), withdrawals)
    if sources.beside and (learnt_from := TextRun(sources.beside).people).is_file():
        refuse_withdrawn(read_people(learnt_from), withdrawals)


def _leaks(
    run: Path, bundle: Path, lines: int, progress: Callable[[str], None], *, is_accepted: bool
) -> dict[str, str]:
    """Measure what a bundle says that it must not, and return what its manifest says of it.

    Raises:
        ExportError: it said something, and that is not accepted.
    """
    from bot.inference.models import open_models
    from export.card import add_faces
    from export.leaks import complete, refuse
    from training.text.run import TextRun

    report = complete(TextRun(run), open_models(bundle, "cpu").speaker, lines, progress)
    add_faces(run, {})  # what is red is so in its card, too, where nothing is exported
    refuse(report, is_accepted=is_accepted)
    accepted = {"leaks_accepted": "by the owner"} if report.is_red else {}
    return {"leaks": report.in_words(), **accepted}


class _Part(NamedTuple):
    """Some models of a bundle, and what made them."""

    models: dict[str, Model]
    made: dict[str, str]
    new: tuple[str, ...] = ()
    """Those that are of a run, and not of another bundle."""


def _words(
    trained: "TrainedText | None",
    sources: _Sources,
    folder: Path,
    progress: Callable[[str], None],
    without: Collection[str],
) -> tuple[_Part, str]:
    """Return the words, ``without`` some parts where they are taken over, and what is to be said of them."""
    from export.infilling import NAME as GAPS
    from export.infilling import export_infilling
    from export.old_schemas import open_of_any_schema
    from export.taking_over import take_words
    from export.text import NAME, export_text
    from training.text.infilling.trained import load_infilling

    if trained is None or sources.text is None:
        return _Part(
            *take_words(open_of_any_schema(sources.words_of or Path()), folder, without)
        ), f"text as in {sources.words_of}"
    exported = export_text(trained, folder, lambda step: progress(f"text: {step}"))
    parity = exported.parity
    sentence = f"text equals its network to {parity.largest_difference:.1g}, in {parity.prompts} sentences too"
    models = {NAME: exported.model}
    if infilling := load_infilling(sources.text, len(trained.tokenizer)):
        models[GAPS] = export_infilling(infilling, len(trained.tokenizer), folder, progress)
        sentence += ", and gaps are filled"
    return _Part(models, dict(trained.made)), sentence


def _beside(run: Path | None, folder: Path, progress: Callable[[str], None]) -> _Part:
    """Return what lies beside the words of a run."""
    from export.beside import export_beside

    return _Part(export_beside(run, folder, progress) if run else {}, {})


def _pictures(folder: Path) -> _Part:
    """Return what every group's pictures are made with, as Dantok comes with it."""
    from bot.default_bundle import DEMO_BUNDLE
    from export.taking_over import take_pictures

    return _Part(*take_pictures(Bundle.open(DEMO_BUNDLE), folder))


def _faces(sources: _Sources, folder: Path, progress: Callable[[str], None]) -> tuple[_Part, tuple[str, ...]]:
    """Return generators and encoders, and the attributes that they were labelled with."""
    from export.faces import export_faces, made_by_name
    from export.old_schemas import open_of_any_schema
    from export.taking_over import take_faces
    from training.faces.data.labels import ATTRIBUTES
    from training.faces.run import load_faces

    generators = {kind: _of_kind(kind, run) for kind, run in sources.by_kind.items()}
    generators |= {name: load_faces(run) for name, run in sources.by_name.items()}
    new = _Part({}, {})
    for name, faces in generators.items():
        new.models.update(export_faces(faces, name, folder, progress))
        new.made.update(made_by_name(faces, name))
    attributes = ATTRIBUTES if generators else ()
    if sources.faces_of is None:
        return new._replace(new=tuple(new.models)), attributes
    source = open_of_any_schema(sources.faces_of)
    models, made = take_faces(source, folder, without=generators)
    known = dict.fromkeys((*attributes, *source.manifest.attributes))
    return _Part(new.models | models, new.made | made, tuple(new.models)), tuple(known)


def _editor(run: Path | None, folder: Path, progress: Callable[[str], None]) -> _Part:
    """Return the editor of a run, or the one that Dantok comes with."""
    from bot.default_bundle import DEMO_BUNDLE
    from export.editor import export_editor
    from export.taking_over import take_editor
    from training.faces.editor.run import load_editor

    if run is None:
        return _Part(*take_editor(Bundle.open(DEMO_BUNDLE), folder))
    trained = load_editor(run)
    return _Part(export_editor(trained, folder, progress), trained.made)


def _answers(sources: _Sources, folder: Path, progress: Callable[[str], None]) -> _Part:
    """Return the picker of answers that is named, or that lies in the run of the words, if there is one.

    Raises:
        ExportError: what is named holds none, or one that tells nothing.
    """
    from export.answers import export_answers
    from training.text.answers.run import FOLDER, AnswersRun

    beside = sources.text / FOLDER if sources.text else None
    place = sources.answers or beside
    trained = AnswersRun(place).load() if place else None
    if trained is None:
        if sources.answers:
            raise ExportError(f"There is no picker of answers in {sources.answers}, or it told no more than chance.")
        return _Part({}, {})
    return _Part(export_answers(trained, folder, progress), {})


def _right_of_ten(answers: _Part) -> float:
    return next(iter(answers.models.values())).metrics["right_of_ten"]


def _about_faces(faces: _Part, taken_from: Path | None) -> str:
    if not faces.models:
        return "."
    if not faces.new:
        return f"; {', '.join(faces.models)} as in {taken_from}."
    new = f"; {', '.join(faces.new)} to a step of 255"
    old = [name for name in faces.models if name not in faces.new]
    return f"{new}; {', '.join(old)} as in {taken_from}." if old else f"{new}."


def _of_kind(kind: str, folder: Path) -> "TrainedFaces":
    from training.faces.run import load_faces

    trained = load_faces(folder)
    if trained.kind != kind:
        raise ExportError(f"The run in {folder} is a {trained.kind}: give it with --{trained.kind}, not --{kind}.")
    return trained


def _say(sentence: str) -> None:
    owner_console().print(sentence, markup=False, highlight=False, soft_wrap=True)


def _made_now() -> dict[str, str]:
    return {
        "exported": datetime.now(UTC).isoformat(timespec="seconds"),
        "dantok": __version__,
        "torch": version("torch"),
        "onnx": version("onnx"),
        "python": platform.python_version(),
    }


def main() -> None:
    """Run the command."""
    app()


if __name__ == "__main__":
    main()
