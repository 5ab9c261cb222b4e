"""The step Learn: the words are trained and exported, in one job that can be stopped and gone on with.

The bundle there is stays until the new one is whole. Knows nothing of how a network learns.
"""

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from bot.bundle import Bundle, BundleError
from bot.default_bundle import DEMO_BUNDLE
from bot.i18n import texts_for
from owner import chat, people
from owner.environment import require_training
from owner.errors import StepError
from owner.jobs import Command, Job
from owner.project import Project
from owner.texts import OwnerTexts
from training.text.consent.agreement import Standing
from training.text.leaks.report import LeakReport
from training.text.parts import PARTS

STAGES = {
    "words": 0,
    "reading": 1,
    "morphemes": 4,
    "training": 70,
    "answers": 4,
    "measuring": 4,
    "filling gaps": 8,
    "measuring gaps": 3,
    "planting secrets": 8,
    "beside": 0,
    "pulse": 2,
    "reactions": 8,
    "song": 30,
    "scene": 40,
    "export": 6,
}
"""The stages in their order, with about the share of the time that each takes."""

LEAK_LINES = 10_000
"""What the voice is made to say, and as much its copy with secrets, to see what comes out that must not."""
_FEW, _GOOD = 1_500, 8_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a training: how many messages it had, whether that is enough, and what was measured.

    ``size`` is by the number of messages; ``network`` and ``counted`` are the held-out perplexities of the network and
    of the plain Kneser-Ney 4-gram.
    """

    messages: int
    size: Literal["few", "some", "many"]
    network: float
    counted: float


def job(project: Project) -> Job:
    """Return the job that learns."""
    return Job(project.jobs / "learn")


def start(
    project: Project,
    *,
    everyone_agreed: bool = False,
    anew: bool = False,
    accept_leaks: bool = False,
    flags: Sequence[str] = (),
) -> Job:
    """Learn, or go on where it was stopped; ``anew``, or where the chat is another one, from the beginning.

    ``everyone_agreed`` is the owner's word for all; without it only those are learnt from who agreed by people.toml.
    ``accept_leaks`` writes a bundle also where :func:`gives_away` says that something came out that must not.
    ``flags`` are more of ``python -m training text``.

    Raises:
        StepError: nothing was read, nobody agreed, what learns is not installed, or it runs already.
    """
    require_training()
    if chat.reading(project) is None:
        raise StepError("not_read")
    if not everyone_agreed and Standing.AGREED not in people.standings(project).values():
        raise StepError("nobody_agreed", file=project.people)
    learning_job, about = job(project), _about(project, everyone_agreed=everyone_agreed, flags=flags)
    learning_job.check_idle()
    if anew or learning_job.about() != about:
        # Now, and not by --force later: what is broken off before that would pass for finished by the report of before.
        shutil.rmtree(project.words, ignore_errors=True)
    commands = [export_command(project, accept_leaks=accept_leaks)]
    if not all((project.words / part / "report.json").is_file() for part in PARTS):
        commands.insert(0, _train_beside(project, everyone_agreed=everyone_agreed))
    if not (project.words / "report.json").is_file():
        commands.insert(0, _train(project, about["flags"]))
    learning_job.start(commands, STAGES, about=about, working_folder=project.folder)
    return learning_job


def is_done(project: Project, *, everyone_agreed: bool = False, flags: Sequence[str] = ()) -> bool:
    """Say whether :func:`start` with the same would find nothing left to do."""
    learning_job, about = job(project), _about(project, everyone_agreed=everyone_agreed, flags=flags)
    return learning_job.about() == about and learning_job.state().status == "done"


def _about(project: Project, *, everyone_agreed: bool, flags: Sequence[str]) -> dict[str, Any]:
    more = [*_consent(project, everyone_agreed=everyone_agreed), *flags]
    return {"learns": _fingerprint(project), "flags": more}


def is_stale(project: Project) -> bool:
    """Say whether something was learnt, and the chat or who agreed is another one since."""
    learns = job(project).about().get("learns")
    return learns is not None and learns != _fingerprint(project)


def export_command(project: Project, *, with_faces: bool = False, accept_leaks: bool = False) -> Command:
    """Return the command that writes the bundle from the words and, where they are learnt or will be, the faces."""
    words = ["export", "--events", "--text", str(project.words), "--faces-of", str(DEMO_BUNDLE)]
    if with_faces or (project.drawer / "report.json").is_file():
        words += ["--aam", str(project.drawer)]
    if accept_leaks:
        words.append("--accept-leaks")
    return Command(name="export", words=[*words, "--leak-lines", str(LEAK_LINES), "--out", str(project.bundle)])


def verdict(project: Project) -> Verdict | None:
    """Return what became of the training, or None before its end."""
    report = project.words / "report.json"
    if not report.is_file():
        return None
    content = json.loads(report.read_text(encoding="utf-8"))
    network, counted = list(content["models"].values())[:2]
    messages = int(content["made"]["messages"])
    size: Literal["few", "some", "many"] = "few" if messages < _FEW else "some" if messages < _GOOD else "many"
    return Verdict(messages, size, float(network["perplexity"]), float(counted["perplexity"]))


def gives_away(project: Project) -> bool:
    """Say whether the voice was found to give something away; then it becomes a bundle only with ``accept_leaks``."""
    return LeakReport.read(project.words / "leaks.json").is_red


def has_accepted_leaks(project: Project) -> bool:
    """Say whether the bundle that is there was made with ``accept_leaks``."""
    try:
        return "leaks_accepted" in Bundle.open(project.bundle).manifest.made
    except BundleError:
        return False


def sentence(verdict: Verdict, locale: str) -> str:
    """Return the verdict in plain words."""
    return texts_for(OwnerTexts, locale).verdict[verdict.size].format(messages=verdict.messages)


def card(project: Project) -> Path | None:
    """Return the quality card of the words, a page whole in itself; None before the end of the training."""
    place = project.words / "card.html"
    return place if place.is_file() else None


def count_epochs(project: Project) -> int:
    """Return how many passes over the chat are done."""
    history = project.words / "history.json"
    return len(json.loads(history.read_text(encoding="utf-8"))) if history.is_file() else 0


def samples(project: Project) -> list[str]:
    """Return what the voice said after the last pass, a temperature and a line each."""
    file = project.words / "samples.txt"
    if not file.is_file():
        return []
    return file.read_text(encoding="utf-8").strip().split("\n\n")[-1].splitlines()[1:]


def _train(project: Project, flags: Sequence[str]) -> Command:
    words = ["training", "--events", "text", *map(str, chat.exports(project).files), "--out", str(project.words)]
    return Command(name="words", words=[*words, *flags, *_previous(project)])


def _train_beside(project: Project, *, everyone_agreed: bool) -> Command:
    words = ["training", "--events", "beside", *map(str, chat.exports(project).files), "--text", str(project.words)]
    words += _consent(project, everyone_agreed=everyone_agreed)
    return Command(name="beside", words=words, extra=[*PARTS])


def _consent(project: Project, *, everyone_agreed: bool) -> Iterator[str]:
    if project.people.is_file():
        yield from ("--people", str(project.people))
    if everyone_agreed:
        yield "--everyone-agreed"


def _previous(project: Project) -> Iterator[str]:
    """Yield what compares the voice with the one before it, where that can be opened."""
    try:
        if "text" in Bundle.open(project.bundle).manifest.models:
            yield from ("--previous", str(project.bundle))
    except BundleError:
        return


def _fingerprint(project: Project) -> str:
    content = repr((list(chat.fingerprints(project)), sorted(people.standings(project).items())))
    return sha256(content.encode()).hexdigest()
