"""A bundle put together: each part exported or taken over, written whole or not at all, and what is to be said of it.

Knows nothing of the command line.
"""

import platform
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from bot import __version__
from bot.bundle import Bundle, Manifest, Model
from bot.default_bundle import DEMO_BUNDLE
from bot.inference.models import open_models
from export.answers import export_answers
from export.card import add_faces
from export.cleaner import export_cleaner
from export.editor import export_editor
from export.errors import ExportError
from export.existing_bundle import open_of_any_schema, take_cleaner, take_editor, take_faces, take_pictures, take_words
from export.faces import drop_encoders, export_faces, made_by_name
from export.infilling import NAME as GAPS
from export.infilling import export_infilling
from export.leaks import complete, refuse
from export.lines import said
from export.parts import export_parts, finished, unfinished
from export.pictures import export_pictures
from export.sources import Sources
from export.styles import export_own
from export.text import NAME, export_text
from export.write import finish, staged
from training.common.events import owner_console
from training.faces.cleaner.run import load_cleaner
from training.faces.data.labels import ATTRIBUTES
from training.faces.editor.run import load_editor
from training.faces.run import TrainedFaces, load_faces
from training.terminal.translation import in_owners_language
from training.text.answers.run import FOLDER, AnswersRun
from training.text.consent.agreement import refuse_withdrawn
from training.text.consent.people import People, Person
from training.text.consent.people_file import read_people
from training.text.consent.withdrawals import read_withdrawals, usual_withdrawals
from training.text.infilling.run import load_infilling
from training.text.leaks.report import LeakReport
from training.text.run import TextRun, TrainedText, load_text


class _Part(NamedTuple):
    """Some models of a bundle, and what made them."""

    models: dict[str, Model]
    made: dict[str, str]
    new: tuple[str, ...] = ()
    """Those that are of a run, and not of another bundle."""


def export_bundle(sources: Sources, out: Path, leak_lines: int, *, accept_leaks: bool) -> None:
    """Turn ``sources`` into the folder ``out``, which replaces an older bundle there at the end, and say what it is.

    ``leak_lines`` are said by a new voice to see what comes out that must not.

    Raises:
        ExportError: a graph is not its network, a run is of another kind, or a voice gives away what it must not.
        BundleError: a bundle that is taken over, or what was made, must not be served.
        RunError, ChatError: a run is damaged, or learnt from somebody who withdrew since.
    """
    trained = None if sources.text is None else load_text(sources.text)  # what is not there is said at once
    if sources.text:
        refuse(LeakReport.read(TextRun(sources.text).leaks), is_accepted=accept_leaks)
    with staged(out) as folder, owner_console().status(in_owners_language("exporting")) as status:

        def progress(step: str) -> None:
            status.update(in_owners_language(step))

        faces, attributes = _faces(sources, folder, progress)
        editor = _editor(sources.editor, folder, progress) if faces.models else _Part({}, {})
        cleaner = _cleaner(sources.cleaner, folder, progress) if faces.models else _Part({}, {})
        beside = _beside(sources.words, folder, progress)
        # What was learnt anew and is not worth it leaves no older one in its place.
        replaced = finished(sources.words) if sources.words else ()
        words, about_words = _words(trained, sources, folder, progress, without=replaced)
        _refuse_withdrawn(sources, words)
        answers = _answers(sources, folder, progress)
        pictures = _pictures(sources, folder, progress)
        parts = (words, beside, answers, faces, editor, cleaner, pictures)
        models = {name: model for part in parts for name, model in part.models.items()}
        drop_encoders(models, sources.without_encoder or (), folder)
        now = _made_now()
        made = {key: value for part in parts for key, value in part.made.items() if key not in now}
        manifest = Manifest(made | now, models, attributes)
        finish(folder, manifest, open_models)
        leaks: dict[str, str] = {}
        if sources.text:
            leaks = _leaks(sources.text, folder, leak_lines, progress, is_accepted=accept_leaks)
            finish(folder, replace(manifest, made={**manifest.made, **leaks}), open_models)
    size = sum(path.stat().st_size for path in out.iterdir()) / 1e6
    _say(f"{out}: {size:.1f} MB: {about_words}.")
    _tell_of_faces(faces, sources.faces_of)
    _tell(sources, answers, editor, leaks)
    _say(f"Try it: python -m bot say 아니 2 --bundle {out}")


def _tell(sources: Sources, answers: _Part, editor: _Part, leaks: Mapping[str, str]) -> None:
    """Say what the new parts of a bundle are worth, and fill in the card of its words."""
    if leaks:
        _say(f"What it gives away: {leaks['leaks']}.")
    for part in unfinished(sources.words) if sources.words else ():
        _say(f"Left out, for its training was stopped half way: {part}. `python -m training {part}` goes on with it.")
    if answers.models:
        _say(f"Answers are picked: the true one among ten in {_right_of_ten(answers):.0%} (chance 10%).")
    if editor.models:
        _say(f"The editor is {'the shipped one' if sources.editor is None else f'that of {sources.editor}'}.")
    if sources.text and (card := add_faces(sources.text, {**sources.by_kind, **sources.by_name})):
        _say(f"What it is worth: {card}")


def _refuse_withdrawn(sources: Sources, words: _Part) -> None:
    """Refuse words of somebody who withdrew since they were learnt, or that may sound like them.

    Raises:
        ChatError: so it is.
    """
    withdrawals = usual_withdrawals() if sources.withdrawals is None else read_withdrawals(sources.withdrawals)
    speakers = {name: Person(name) for model in words.models.values() for name in model.speakers}
    refuse_withdrawn(People(tuple(speakers.values())), withdrawals)
    if sources.words and (learnt_from := TextRun(sources.words).people).is_file():
        refuse_withdrawn(read_people(learnt_from), withdrawals)


def _leaks(
    run: Path, bundle: Path, lines: int, progress: Callable[[str], None], *, is_accepted: bool
) -> dict[str, str]:
    """Measure what a bundle says that it must not, and return what its manifest says of it.

    Raises:
        ExportError: it said something, and that is not accepted.
    """
    report = complete(TextRun(run), partial(said, bundle), lines, progress)
    add_faces(run, {})  # what is red is so in its card, too, where nothing is exported
    refuse(report, is_accepted=is_accepted)
    accepted = {"leaks_accepted": "by the owner"} if report.is_red else {}
    return {"leaks": report.in_words(), **accepted}


def _words(
    trained: TrainedText | None,
    sources: Sources,
    folder: Path,
    progress: Callable[[str], None],
    without: Collection[str],
) -> tuple[_Part, str]:
    """Return the words, ``without`` some parts where they are taken over, and what is to be said of them."""
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
        sentence = f"{sentence}, and gaps are filled"
    return _Part(models, dict(trained.made)), sentence


def _beside(run: Path | None, folder: Path, progress: Callable[[str], None]) -> _Part:
    """Return what lies beside the words of a run."""
    return _Part(export_parts(run, folder, progress) if run else {}, {})


def _pictures(sources: Sources, folder: Path, progress: Callable[[str], None]) -> _Part:
    """Return what every group's pictures are made with, anew or as Dantok comes with it, and the owner's own styles."""
    if sources.pictures:
        models, made = export_pictures(folder, progress), dict[str, str]()
    else:
        models, made = take_pictures(Bundle.open(DEMO_BUNDLE), folder)
    return _Part(models | export_own(sources.styles, folder, progress), made)


def _faces(sources: Sources, folder: Path, progress: Callable[[str], None]) -> tuple[_Part, tuple[str, ...]]:
    """Return generators and encoders, and the attributes that they were labelled with."""
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
    if run is None:
        return _Part(*take_editor(Bundle.open(DEMO_BUNDLE), folder))
    trained = load_editor(run)
    return _Part(export_editor(trained, folder, progress), trained.made)


def _cleaner(run: Path | None, folder: Path, progress: Callable[[str], None]) -> _Part:
    """Return the cleaner of a run, or the one that Dantok comes with."""
    if run is None:
        return _Part(*take_cleaner(Bundle.open(DEMO_BUNDLE), folder))
    trained = load_cleaner(run)
    return _Part(export_cleaner(trained, folder, progress), trained.made)


def _answers(sources: Sources, folder: Path, progress: Callable[[str], None]) -> _Part:
    """Return the picker of answers that is named, or that lies in the run of the words, if there is one.

    Raises:
        ExportError: what is named holds none, or one that tells nothing.
    """
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


def _tell_of_faces(faces: _Part, taken_from: Path | None) -> None:
    if faces.new:
        _say(f"Faces: {', '.join(faces.new)}, each equal to its network to a step of 255.")
    if old := [name for name in faces.models if name not in faces.new]:
        _say(f"Faces as in {taken_from}: {', '.join(old)}.")


def _of_kind(kind: str, folder: Path) -> TrainedFaces:
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
