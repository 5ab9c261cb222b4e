"""The card of a bundle: the words' own card, with the faces that were exported beside them. Knows nothing of graphs."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from bot.bundle.files import write_whole
from training.faces.card import faces_sections
from training.faces.run import FacesRun
from training.text.card import ChatFigures, text_card
from training.text.run import TextRun


def add_faces(text: Path, faces: Mapping[str, Path]) -> Path | None:
    """Write the card of the run ``text`` again, with a part for each run of ``faces`` by the generator's name.

    Return where it is; None for a run from before there were cards. It stays in the run's folder, which is the owner's
    alone: nothing of it goes into the bundle.

    Raises:
        RunError: a run is damaged.
    """
    run = TextRun(text)
    if not run.chat.is_file():
        return None
    language = run.read_report().get("language") or ChatFigures.read(run.chat).language
    card = text_card(run, language)
    more = [section for name, folder in faces.items() for section in faces_sections(FacesRun(folder), language, name)]
    write_whole(run.card, replace(card, sections=[*card.sections, *more]).html())
    return run.card
