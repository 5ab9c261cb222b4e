"""Parts that are learnt beside the words of a run, from the same messages: each a line in the table.

A part lies in the run of the words, and is exported with them where it is worth it.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer
from rich.console import Console

from bot.bundle import Tokenizer
from bot.bundle.files import write_whole
from training.common.config import RunConfig
from training.common.progress import Stages
from training.common.run_folder import RunFolder
from training.text.pulse.config import PulseConfig
from training.text.pulse.run import PulseRun
from training.text.reactions.config import ReactionsConfig
from training.text.reactions.run import ReactionsRun
from training.text.run import TextRun
from training.text.scene.config import SceneConfig
from training.text.scene.run import SceneRun
from training.text.song.config import SongConfig
from training.text.song.run import SongRun

if TYPE_CHECKING:
    from training.text.corpus.corpus import Corpus


@dataclass(frozen=True, slots=True)
class TrainingJob:
    """What a part is learnt from, how, and where it says how far it is; ``more`` are options of its own."""

    words: TextRun
    corpus: "Corpus"
    config: Any
    cache: Path
    console: Console
    stages: Stages
    resumed: bool
    more: Mapping[str, Any] = field(default_factory=dict)


class Part(NamedTuple):
    """One that is learnt: what it is, its flags, where it lies, how it is learnt, and options of its own."""

    help: str
    config: type[RunConfig]
    run: Callable[[TextRun], RunFolder[Any]]
    learn: Callable[[TrainingJob], object]
    options: tuple[inspect.Parameter, ...] = ()


def _learn_pulse(job: TrainingJob) -> None:
    from training.text.pulse.pipeline import PulseLearning

    learning = PulseLearning(PulseRun.beside(job.words), job.config, job.console)
    learning.learn(job.corpus, job.stages, resumed=job.resumed)


def _learn_reactions(job: TrainingJob) -> None:
    from training.text.reactions.pipeline import learn

    run, tokenizer = ReactionsRun.beside(job.words), Tokenizer.open(job.words.tokenizer)
    learn(job.corpus, tokenizer, job.config, run, job.console, resumed=job.resumed)


def _learn_scene(job: TrainingJob) -> None:
    from training.text.scene.pipeline import SceneLearning

    learning = SceneLearning(job.words, job.config, job.cache, job.console)
    learning.learn(job.corpus, job.stages, resumed=job.resumed)


def _learn_song(job: TrainingJob) -> None:
    from training.text.song.lyrics import Lyrics
    from training.text.song.pipeline import SongLearning

    lyrics = Lyrics.read(job.more.get("lyrics", []))
    learning = SongLearning(job.words, job.config, job.cache, job.console)
    learning.learn(job.corpus, lyrics, job.stages, resumed=job.resumed)


_LYRICS = inspect.Parameter(
    "lyrics",
    inspect.Parameter.KEYWORD_ONLY,
    default=None,
    annotation=Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Lyrics to learn from, too; no line of them comes out. May be given often."),
    ],
)

PARTS = {
    "pulse": Part(
        "Learn when the room of FILE... gets lively, from counts of its hours alone, and its years in counts.",
        PulseConfig,
        PulseRun.beside,
        _learn_pulse,
    ),
    "reactions": Part(
        "Learn from the emoji, ㅋㅋ and ㅠㅠ in FILE... which one the room would give a message, in minutes.",
        ReactionsConfig,
        ReactionsRun.beside,
        _learn_reactions,
    ),
    "song": Part(
        "Learn to write songs in the words of the chat in FILE..., with a refrain and rhymes.",
        SongConfig,
        SongRun.beside,
        _learn_song,
        (_LYRICS,),
    ),
    "scene": Part(
        "Learn to invent scenes, short dialogues that know what was said before, from the chat in FILE...",
        SceneConfig,
        SceneRun.beside,
        _learn_scene,
    ),
}
"""The parts by their commands, those that take minutes first."""


def learn(part: Part, job: TrainingJob) -> None:
    """Learn a part, and bring the card of the words up to date.

    Raises:
        ChatError: the messages are too few for it, or lack what it learns from.
        RunError: the run that is to go on was made from other messages.
    """
    part.learn(job)
    words = job.words
    if words.card.is_file():
        from training.text.card import text_card

        write_whole(words.card, text_card(words, words.read_report()["language"]).html())
