"""Invents a dialogue of a few turns in the group's voice, and goes on with one. Knows nothing of ONNX or Discord.

Of several draws of a turn, which all follow what was said before, it takes one that is likely as a whole, its end among
it, and that says little again. No turn comes twice, nor what must not come out. Who speaks are letters, dealt anew for
each dialogue: nobody of the group is meant.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from bot.bundle import END, LETTERS, START, Bundle, Tokenizer, VerbatimFilter
from bot.bundle.verbatim import Spelling
from bot.inference.batching import Job, Question
from bot.inference.decoder import Aim, Decoder
from bot.inference.dialogue import DialogueNetwork, open_dialogue
from bot.inference.draw import Beginning, Draw
from bot.inference.lines import echoes
from bot.inference.reader import Logits, Row
from bot.inference.refusals import Guard, Guards
from bot.inference.seeds import seed_or_any
from bot.inference.session import Provider
from bot.inference.speaker import one_of, rngs, typed_beginning

SPEAKERS = 3
"""In one dialogue, at most."""
LONGEST = 20
"""Morphemes of a turn, at most."""
DRAWS = 8
"""So many are drawn where one turn is said."""

_ATTEMPTS = 2
"""So often a turn is drawn where none could be said."""
_LIVELY = 0.6
"""The temperature of another attempt, at least: the likeliest turn alone could be one that must not come."""
_ROOM = 2 * LONGEST
"""Ids that are free for the next turn: rare morphemes are spelt in several."""
_CHOICE = 0.15
"""Nats of what a draw is worth: how boldly one of the draws is chosen."""
_ECHO = 1.0
"""What a turn is worth less (nats) most of whose words stand in one turn before."""
_STUTTER = 1.0
"""What one is worth less that says a word twice."""


class Turn(NamedTuple):
    """What somebody says: the first to speak is 0."""

    speaker: int
    text: str


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Turns, the seed that repeats them, and what was typed and never seen."""

    turns: tuple[Turn, ...]
    seed: int
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Plan:
    """How turns are drawn: how boldly, without what, by which seed, and with which letters."""

    temperature: float
    guard: Guard
    seed: int
    letters: tuple[int, ...]


class SceneWriter:
    """One group's dialogues: a network of scenes and the tokenizer it was trained with."""

    def __init__(self, network: DialogueNetwork, tokenizer: Tokenizer, verbatim: VerbatimFilter | None = None) -> None:
        """Take both, and the filter of what is somebody's own, if there is one."""
        self._network, self._tokenizer = network, tokenizer
        self._guards = Guards(tokenizer, verbatim)
        self._decoder = Decoder(network, tokenizer)

    def writing(
        self, word: str, n: int, temperature: float, seed: int | None = None, *, refused: frozenset[str] = frozenset()
    ) -> Job[Dialogue]:
        """Invent a dialogue of ``n`` turns that begins with ``word``; a seed is drawn where none is given.

        There are fewer turns only where everything that is likely at all is held back.

        Raises:
            ValueError: nothing visible is left of ``word``.
        """
        plan = self._plan(temperature, seed, refused)
        first, unknown = typed_beginning(word, self._tokenizer, (START, plan.letters[0]))
        # Whoever types a whole sentence has opened the scene with it, if the network finds so.
        aim = Aim(LONGEST, temperature, plan.guard, ends_itself=True, least=0)
        opening = yield from self._turn(first, aim, (plan.seed, 0), [])
        if opening is None:
            return Dialogue((), plan.seed, unknown)
        said = [Turn(0, opening.now.text.strip())]
        return Dialogue((yield from self._further(said, n - 1, plan)), plan.seed, unknown)

    def going_on(
        self,
        turns: Sequence[Turn],
        n: int,
        temperature: float,
        seed: int | None = None,
        *,
        refused: frozenset[str] = frozenset(),
    ) -> Job[Dialogue]:
        """Return ``turns`` and ``n`` more; fewer only where everything that is likely at all is held back."""
        plan = self._plan(temperature, seed, refused)
        return Dialogue((yield from self._further(list(turns), n, plan)), plan.seed)

    def _plan(self, temperature: float, seed: int | None, refused: frozenset[str]) -> _Plan:
        seed = seed_or_any(seed)
        deal = np.random.default_rng(seed).permutation(LETTERS)
        letters = tuple(len(self._tokenizer) + int(letter) for letter in deal)
        return _Plan(temperature, self._guards.of(refused), seed, letters)

    def _further(self, turns: list[Turn], n: int, plan: _Plan) -> Job[tuple[Turn, ...]]:
        """Say ``n`` more turns."""
        for _ in range(n):
            seed = (plan.seed, len(turns))
            read = self._read(turns, plan)
            speaker = self._speaker((yield Question(self._network.letters, [read]))[0], turns, plan, seed)
            said = Spelling.of(" ".join(turn.text for turn in turns))
            beginning = Beginning((*read, plan.letters[speaker]), "", "", said)
            aim = Aim(LONGEST, plan.temperature, plan.guard, ends_itself=True)
            turn = yield from self._turn(beginning, aim, seed, turns)
            if turn is None:
                break
            turns.append(Turn(speaker, turn.now.text.strip()))
        return tuple(turns)

    def _read(self, turns: Sequence[Turn], plan: _Plan) -> Row:
        """Return the ids of the last turns that can be read at once, each with its letter and its end."""
        rows = [(plan.letters[turn.speaker], *self._tokenizer.encode(turn.text), END) for turn in turns]
        row: Row = ()
        for place in reversed(range(len(rows))):
            if len(rows[place]) + len(row) + _ROOM > self._network.context and row:
                return row
            row = (*rows[place], *row)
        return (START, *row)

    def _speaker(self, logits: Logits, turns: Sequence[Turn], plan: _Plan, seed: tuple[int, ...]) -> int:
        """Draw who speaks next: another one than last, who spoke before or is the next to come in."""
        spoke = 1 + max(turn.speaker for turn in turns)
        first = len(self._tokenizer)
        worth = [float(logits[plan.letters[speaker] - first]) for speaker in range(spoke)]
        if spoke < SPEAKERS:
            # Whoever has not spoken yet may be any of the letters that are left.
            left = [float(logits[letter - first]) for letter in plan.letters[spoke:]]
            worth.append(float(np.logaddexp.reduce(left)))
        worth[turns[-1].speaker] = -np.inf
        chances = np.exp(np.array(worth) - max(worth))
        return int(np.random.default_rng((*seed, 0)).choice(len(worth), p=chances / chances.sum()))

    def _turn(self, beginning: Beginning, aim: Aim, seed: tuple[int, ...], before: Sequence[Turn]) -> Job[Draw | None]:
        """Return a turn that is new, of those with a likely end one of the likelier ones; None where there is none."""
        new: list[Draw] = []
        for attempt in range(_ATTEMPTS):
            bold = replace(aim, temperature=max(aim.temperature, _LIVELY)) if attempt else aim
            draws = yield from self._decoder.draws(beginning, bold, rngs((*seed, 1, attempt), DRAWS), only_whole=True)
            new += [draw for draw in draws if _is_new(draw, before)]
            if whole := [draw for draw in new if draw.is_whole]:
                return one_of(whole, [_worth(draw, before) for draw in whole], seed, _CHOICE)
        return max(new, key=lambda draw: (not draw.was_cut, draw.score), default=None)


def _is_new(draw: Draw, before: Sequence[Turn]) -> bool:
    """Say whether a draw says anything, and nothing that was said letter by letter."""
    spelling = Spelling.of(draw.now.text)
    said = {_compared(Spelling.of(turn.text)) for turn in before}
    return bool(spelling.signs) and _compared(spelling) not in said


def _compared(spelling: Spelling) -> str:
    return spelling.letters or spelling.signs


def _worth(draw: Draw, before: Sequence[Turn]) -> float:
    """Return how well a turn reads (nats)."""
    text = draw.now.text
    words = [spelt for word in text.split() if len(spelt := Spelling.of(word).letters) > 1]
    stutters = len(words) > len(set(words))
    says_again = any(echoes(text, Spelling.of(turn.text)) for turn in before)
    return draw.smoothness - _STUTTER * stutters - _ECHO * says_again


def open_scenes(
    bundle: Bundle, tokenizer: Tokenizer, verbatim: VerbatimFilter | None, provider: Provider = "auto"
) -> SceneWriter | None:
    """Open what the bundle invents dialogues with, or return None where it has nothing.

    Raises:
        BundleError: its graph cannot be opened, breaks the contract, or has another vocabulary than the voice.
        ProviderError: the GPU was asked for by name and is not in use.
    """
    network = open_dialogue(bundle, len(tokenizer), provider)
    return SceneWriter(network, tokenizer, verbatim) if network else None
