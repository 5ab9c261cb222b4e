"""The step Faces, which may be left out: photos are added, faces found in them, labelled by clicks, and learnt.

Without photos the faces that ship serve. Needs numpy, but no torch, until something is learnt.
"""

import io
import shutil
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from PIL import Image

from owner.environment import require_training
from owner.errors import StepError
from owner.jobs import Command, Job
from owner.learn import export_command, has_accepted_leaks
from owner.project import Project
from owner.uploads import Uploads
from training.common.errors import FacesError
from training.common.own_photos import PHOTO_SUFFIXES
from training.faces.data.dataset import LABELS, Faces
from training.faces.data.labels import ATTRIBUTES, labels_of, write_labels

SIZE = 128
"""Side of a face in pixels; the appearance model, which is fitted in minutes without a GPU, takes that."""
_FILLED = "labels.filled.csv"
_STEPS, _EVERY, _WIDTH = 400, 100, 10
_MOST_LATENT, _LEAST_LATENT, _FACES_A_NUMBER = 80, 4, 3
STAGES = {
    "faces": 0,
    "labeller": 15,
    "judge": 15,
    "training": 30,
    "directions": 10,
    "judging them": 15,
    "measuring": 10,
    "export": 5,
}
"""The stages of the training in their order, with about the share of the time that each takes."""
FEWEST = 20
"""Labels of one attribute, about, from which on the helper is of use."""


@dataclass(frozen=True, slots=True)
class LabelTable:
    """What is known of each face: ``values[name][attribute]`` is 1, -1 or 0 where nobody has said it yet."""

    names: tuple[str, ...]
    attributes: tuple[str, ...]
    values: dict[str, dict[str, int]]


def photos(project: Project) -> Uploads:
    """Return the photos."""
    return Uploads(project.photos, PHOTO_SUFFIXES)


def remove_photos(project: Project) -> None:
    """Take away the photos, the faces and labels from them, and what was learnt of those; the bundle is as it was."""
    for job in (preparing_job, labelling_job, training_job):
        job(project).stop()
        shutil.rmtree(job(project).folder, ignore_errors=True)
    photos(project).clear()
    for learnt in (project.faces, project.drawer):
        shutil.rmtree(learnt, ignore_errors=True)


def preparing_job(project: Project) -> Job:
    """Return the job that finds the faces; a photo it refuses is one of its lines, ``refused: …``."""
    return Job(project.jobs / "prepare")


def start_preparing(project: Project, table: Path | None = None) -> Job:
    """Find the face in every photo and cut it out; labels that were given stay, and those of a ``table`` are taken.

    Raises:
        StepError: there are no photos, what finds them is not installed, or it runs already.
    """
    require_training()
    if not photos(project).files:
        raise StepError("no_photos")
    words = ["training", "--events", "faces", "prepare", str(project.photos), "--size", str(SIZE)]
    words += ["--out", str(project.faces), *([] if table is None else ["--labels", str(table.absolute())])]
    job, about = preparing_job(project), {"photos": [file.name for file in photos(project).files]}
    command = Command(name="prepare", words=words)
    job.start([command], {"prepare": 0, "finding faces": 1}, about=about, working_folder=project.folder)
    return job


def is_prepared(project: Project) -> bool:
    """Say whether the photos that there are now have been looked through."""
    job = preparing_job(project)
    return job.about().get("photos") == [file.name for file in photos(project).files] and job.state().status == "done"


def has_labels(project: Project) -> bool:
    """Say whether something is labelled."""
    return bool(_open(project).labels.any())


def sheets(project: Project) -> dict[str, Path]:
    """Return the contact sheets that there are: ``kept``, ``refused``, and ``uncertain`` of the helper."""
    places = {name: project.faces / f"{name}.png" for name in ("kept", "refused", "uncertain")}
    return {name: place for name, place in places.items() if place.is_file()}


def labels(project: Project) -> LabelTable:
    """Return the labels so far.

    Raises:
        StepError: no faces are prepared.
    """
    faces = _open(project)
    values = {
        name: dict(zip(ATTRIBUTES, map(int, row), strict=True))
        for name, row in zip(faces.names, faces.labels, strict=True)
    }
    return LabelTable(faces.names, ATTRIBUTES, values)


def guesses(project: Project, attribute: str) -> dict[str, int]:
    """Return what the helper takes for the likeliest of one attribute: 1 or -1 for each face it has filled in."""
    table = project.faces / _FILLED
    if not table.is_file() or attribute not in ATTRIBUTES:
        return {}
    faces = _open(project)
    column = labels_of(table, faces.names)[:, ATTRIBUTES.index(attribute)]
    return {name: int(value) for name, value in zip(faces.names, column, strict=True) if value}


def set_label(project: Project, name: str, attribute: str, value: int) -> None:
    """Say of a face that it has an attribute (1), has it not (-1), or that nobody knows (0).

    Raises:
        StepError: there is no such face or attribute, or no faces are prepared.
    """
    faces = _open(project)
    if name not in faces.names or attribute not in ATTRIBUTES or value not in {-1, 0, 1}:
        raise StepError("no_such_photo", photo=name)
    changed = np.array(faces.labels)
    changed[faces.names.index(name), ATTRIBUTES.index(attribute)] = value
    write_labels(project.faces / LABELS, faces.names, changed)


def picture(project: Project, name: str) -> bytes:
    """Return the PNG of a face that was cut out.

    Raises:
        StepError: there is none of that name.
    """
    faces = _open(project)
    if name not in faces.names:
        raise StepError("no_such_photo", photo=name)
    stream = io.BytesIO()
    Image.fromarray(np.array(faces.images[faces.names.index(name)])).save(stream, "PNG")
    return stream.getvalue()


def labelling_job(project: Project) -> Job:
    """Return the job of the helper that fills in labels."""
    return Job(project.jobs / "label")


def start_labelling(project: Project) -> Job:
    """Let the helper learn from the labels so far, and show with the sheet ``uncertain`` where it is least sure.

    Raises:
        StepError: no faces are prepared, what learns is not installed, or it runs already.
    """
    require_training()
    _open(project)
    job = labelling_job(project)
    words = ["training", "--events", "faces", "label", str(project.faces)]
    job.start(
        [Command(name="label", words=words)],
        {"label": 0, "labeller": 9, "filling in": 1},
        working_folder=project.folder,
    )
    return job


def training_job(project: Project) -> Job:
    """Return the job that learns the group's faces."""
    return Job(project.jobs / "faces")


def start_training(project: Project) -> Job:
    """Learn to draw faces like these, and write them into the bundle if there are words in it already.

    Raises:
        StepError: no faces are prepared or labelled, what learns is not installed, or it runs already.
    """
    require_training()
    faces = _open(project)
    if not faces.labels.any():
        raise StepError("no_labels")
    job, about = training_job(project), _about(faces)
    job.check_idle()
    if job.about() != about or job.state().status == "done":
        shutil.rmtree(project.drawer, ignore_errors=True)  # now: see owner.learn.start
    commands = [_train(project, len(faces.names))]
    if (project.drawer / "report.json").is_file():
        commands.clear()
    if (project.words / "report.json").is_file():
        # The words are the same: what their owner took upon themselves holds.
        accepted = has_accepted_leaks(project)
        commands.append(export_command(project, with_faces=True, accept_leaks=accepted))
    job.start(commands, STAGES, about=about, working_folder=project.folder)
    return job


def is_done(project: Project) -> bool:
    """Say whether these faces, with these labels, are learnt and in the bundle."""
    job = training_job(project)
    return job.about() == _about(_open(project)) and job.state().status == "done"


def _about(faces: Faces) -> dict[str, str]:
    return {"learns": sha256(faces.fingerprint.encode() + faces.labels.tobytes()).hexdigest()}


def _train(project: Project, count: int) -> Command:
    latent = max(_LEAST_LATENT, min(_MOST_LATENT, count // _FACES_A_NUMBER))
    sizes = {"--width": _WIDTH, "--latent": latent, "--steps": _STEPS, "--every": _EVERY}
    words = ["training", "--events", "faces", "train", "aam", str(project.faces), "--out", str(project.drawer)]
    return Command(name="faces", words=[*words, *(f"{name}={value}" for name, value in sizes.items())])


def _open(project: Project) -> Faces:
    try:
        return Faces.open(project.faces)
    except FacesError as error:
        raise StepError("no_faces") from error
