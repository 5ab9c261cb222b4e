"""What the page shows of each step, as JSON. Knows nothing of HTTP, and changes nothing."""

from collections.abc import Mapping, Set

from bot.errors import OwnerError
from bot.features.face.texts import FaceTexts
from bot.i18n import LANGUAGES, texts_for
from owner import chat, discord, faces, learn, people
from owner.errors import StepError
from owner.jobs import Job
from owner.page.server import JSON
from owner.project import STEPS, Project
from owner.texts import OwnerTexts
from owner.translation import translated
from training.common.errors import TrainingError
from training.text.consent.agreement import Standing
from training.text.consent.people import NOBODY
from training.text.consent.request import REQUESTS
from training.text.corpus.texts import CorpusTexts

_ALL = 1 - 1e-9
_LOG_LINES = 40
_OPTIONAL = {"faces"}


def sentence(error: OwnerError | StepError | str) -> JSON:
    """Return what an error says, by language."""
    if isinstance(error, StepError):
        return {language: error.sentence(language) for language in LANGUAGES}
    return {language: translated(str(error), language) for language in LANGUAGES}


def steps_view(project: Project, *, somebody_agreed: bool) -> JSON:
    """Return how far each step is: what is at work or has failed comes before what was done."""
    jobs = {
        "chat": [chat.job(project)],
        "learn": [learn.job(project)],
        "faces": _faces_jobs(project),
    }
    done = {step for step, state in project.steps().items() if state == "done"}
    if not somebody_agreed:
        done.discard("people")
    return {
        step: {
            "status": _status({job.state().status for job in jobs.get(step, [])}, is_done=step in done),
            "may_go_on": step in done or step in _OPTIONAL,
        }
        for step in STEPS
    }


def _status(jobs: Set[str], *, is_done: bool) -> str:
    if "running" in jobs:
        return "busy"
    if "failed" in jobs:
        return "problem"
    return "done" if is_done else "todo"


def job_view(job: Job, weights: Mapping[str, float]) -> JSON | None:
    """Return how far a job is: each of its stages, and the time left; None where there never was one."""
    state = job.state()
    if state.status == "none":
        return None
    return {
        "state": state.status,
        "stages": _stages(state.fraction, {name: weight for name, weight in weights.items() if weight}),
        "left": state.seconds_left,
        "problem": None if state.error is None else sentence(state.error),
    }


def _stages(fraction: float, weights: Mapping[str, float]) -> list[JSON]:
    """Return each stage by how much of the whole is done: those before are done, one is at work, the others wait."""
    stages, gone = list[JSON](), fraction * sum(weights.values())
    for name, weight in weights.items():
        share = min(1.0, gone / weight)
        is_done, is_next = share > _ALL, all(stage["state"] == "done" for stage in stages)
        named = {language: texts_for(OwnerTexts, language).stages.get(name, name) for language in LANGUAGES}
        state = "done" if is_done else "running" if is_next else "waiting"
        stages.append({"name": named, "state": state, "share": round(max(0.0, share), 3)})
        gone -= weight
    return stages


def chat_view(project: Project) -> JSON:
    """Return the exports and what was read in them."""
    reading = chat.reading(project)
    return {
        "files": [{"name": file.name, "size": file.stat().st_size} for file in chat.exports(project).files],
        "report": None if reading is None else _worded(reading.report),
        "job": job_view(chat.job(project), {"reading": 1}),
    }


def _worded(report: JSON) -> JSON:
    """Return a report whose warnings, and what it counts, are in words by language."""
    counted = {name for section in ("not_messages", "removed", "dropped") for name in report[section]}
    words = {language: texts_for(CorpusTexts, language) for language in LANGUAGES}
    return {
        **report,
        "warnings": [sentence(warning) for warning in report["warnings"]],
        "words": {name: {each: texts.name(name) for each, texts in words.items()} for name in {*counted, "left_out"}},
    }


def people_view(project: Project) -> JSON:
    """Return the people, with the most busy first, and who withdrew on Discord and is nobody's here yet."""
    try:
        known, standing, problem = people.people_of(project), people.standings(project), None
    except TrainingError as error:  # the owner has mended the file by hand, and not well
        known, standing, problem = NOBODY, {}, sentence(str(error))
    friends = sorted(known, key=lambda person: -person.messages)
    learnt = [person.messages for person in friends if standing[person.name] is Standing.AGREED]
    return {
        "friends": [
            {
                "name": person.name,
                "aliases": person.aliases,
                "messages": person.messages,
                "consent": person.consent.value,
                "withdrew": standing[person.name] is Standing.WITHDREW,
            }
            for person in friends
        ],
        "untied": [str(each) for each in people.withdrawals_of(project).untied(known)],
        "learnt_from": sum(learnt),
        "agreed": len(learnt),
        "messages": sum(person.messages for person in friends),
        "request": dict(REQUESTS),
        "problem": problem,
    }


def learn_view(project: Project) -> JSON:
    """Return how far learning is, what it says meanwhile, and what became of it."""
    verdict = learn.verdict(project)
    return {
        "job": job_view(learn.job(project), learn.STAGES),
        "epoch": learn.count_epochs(project),
        "samples": [line.partition("  ")[2] for line in learn.samples(project)],
        "verdict": None if verdict is None else {each: learn.sentence(verdict, each) for each in LANGUAGES},
        "card": "card" if learn.card(project) else None,
        "is_stale": learn.is_stale(project),
        "gives_away": _gives_away(project),
        "leaks_accepted": learn.has_accepted_leaks(project),
    }


def _gives_away(project: Project) -> bool:
    try:
        return learn.gives_away(project)
    except TrainingError:  # a damaged report: export says so
        return False


def faces_view(project: Project, attribute: str) -> JSON:
    """Return the photos, and of each face what is known of one attribute."""
    try:
        table = faces.labels(project)
    except StepError:
        table = faces.LabelTable((), (), {})
    guesses = faces.guesses(project, attribute)
    jobs = [
        job_view(faces.preparing_job(project), {"finding faces": 1}),
        job_view(faces.labelling_job(project), {"filling in": 1}),
        job_view(faces.training_job(project), faces.STAGES),
    ]
    return {
        "photos": len(faces.photos(project).files),
        "jobs": [job for job in jobs if job is not None and job["state"] != "done"],
        "attribute": attribute,
        "attributes": [[each, _in_every_language(each)] for each in table.attributes],
        "sheet": [[name, values[attribute], guesses.get(name, 0)] for name, values in table.values.items()],
        "is_trained": (project.drawer / "report.json").is_file(),
    }


def _in_every_language(attribute: str) -> JSON:
    return {each: texts_for(FaceTexts, each).attributes[attribute] for each in LANGUAGES}


def listen_view(project: Project, url: str | None) -> JSON:
    """Return whether there is something to listen to, and where it is open."""
    return {"url": url, "bundle": (project.bundle / "manifest.json").is_file()}


def bot_view(
    project: Project, application: discord.Application | None, service: str | None, problem: OwnerError | None
) -> JSON:
    """Return the bot as Discord knows it, and whether it runs; never the token."""
    job = discord.job(project)
    state = job.state()
    return {
        "has_token": project.has_token(),
        "bot": None
        if application is None
        else {
            "name": application.name,
            "is_public": application.is_public,
            "servers": application.servers,
            "invite": application.install_link,
        },
        "run": state.status,
        "problem": None if problem is None else sentence(problem),
        "fault": None if state.error is None else sentence(state.error),
        "is_kept_running": service is not None,
        "said": _last_lines(job),
    }


def _last_lines(job: Job) -> list[str]:
    log = job.folder / "log.txt"
    return log.read_text(encoding="utf-8", errors="replace").splitlines()[-_LOG_LINES:] if log.is_file() else []


def _faces_jobs(project: Project) -> list[Job]:
    return [faces.preparing_job(project), faces.labelling_job(project), faces.training_job(project)]
