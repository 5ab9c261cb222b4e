"""Continues a typed word in the group's voice, by so many morphemes. Knows nothing of ONNX or Discord.

Of several draws, which go through the network together, it says one that the network finds likely as a whole: its end
counts, for a number of morphemes alone would cut sentences anywhere. Beside the draws stands what several people of
the room say. Where more is wanted than a sentence, what they answered to it follows, or lines that everybody says.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from zlib import crc32

import numpy as np

from bot.bundle import BEGIN, END, START, Tokenizer, VerbatimFilter, normalise
from bot.bundle.verbatim import Spelling
from bot.inference.batching import Job, alone
from bot.inference.decoder import Aim, Decoder
from bot.inference.draw import Beginning, Choice, Draw
from bot.inference.lines import Line, Lines
from bot.inference.quotes import Quotes
from bot.inference.reader import NextPieces
from bot.inference.refusals import Guard, Guards
from bot.inference.seeds import seed_or_any

DRAWS = 16
"""So many are drawn where one is said."""
SEVERAL_LINES = 10
"""From so many morphemes on an answer has a line a sentence, as people write in a chat."""
LONGEST = 30
"""Morphemes of a sentence, at most, that ends where the network ends it."""

_SHORTEST = 3
"""Morphemes of the first sentence, and what is left for a last one, without lines: fewer are no whole sentence."""
_SHORTEST_BETWEEN = 2
_CHOICE = 0.08
"""Of a softmax over what the draws are worth: how boldly one of them is chosen."""
_GOOD, _BROKEN = (2.9, 0.92), (-3.2, -0.57)
"""By what a draw's likelihood (nats) tells how likely people call it good, or broken: 411 marked draws, logistic."""
_QUOTED = (0.9, 0.01)
"""How likely people call a line good, or broken, that several people of the room say: 48 marks."""
_QUOTES = 8
"""Of the lines that begin with what was typed so many stand beside the draws."""
_TIRED = 1 / 3
"""How often the voice speaks by itself where there is but one of them: that would always be the same."""
_BELONGS = (-0.95, 0.165)
"""By what the worth of a line tells how likely people say that it belongs to a draw: 520 marked pairs, logistic."""
_ANOTHER = 0.28
"""Another sentence of the voice is taken to belong to one as often as those lines did."""
_ANSWERED, _UNANSWERED = 0.85, 0.45
"""How likely what follows a message belongs to it, where people answered so, and where a line is found for it."""
_IN_ONE_LINE = 0.6
"""An answer that people gave reads worse in the line of what it answered."""
_ATTEMPTS = 2
"""So often sentences are drawn where none came to a likely end."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """The whole text; the further morphemes, marked; the seed that repeats it; what was typed and never seen.

    ``score`` is the mean log probability (nats) of a further morpheme, the end among them where it came to one;
    ``end`` is that of the last sentence's end alone. What is ``everybodys`` several people of the room have said, line
    by line.
    """

    text: str
    pieces: tuple[str, ...]
    seed: int
    unknown: tuple[str, ...]
    score: float
    end: float = 0.0
    everybodys: bool = False


class Speaker:
    """One voice: a text network and the tokenizer it was trained with.

    With a filter of what is somebody's own, it turns aside before it would repeat that word for word. With lines that
    everybody says, those are what follows a sentence. With quotes it says them too, and what people answered to them.
    """

    def __init__(
        self,
        network: NextPieces,
        tokenizer: Tokenizer,
        verbatim: VerbatimFilter | None = None,
        lines: Lines | None = None,
        quotes: Quotes | None = None,
    ) -> None:
        self._tokenizer = tokenizer
        self._lines = lines
        self._quotes = quotes
        self._guards = Guards(tokenizer, verbatim)
        self._decoder = Decoder(network, tokenizer)

    def frequent_words(self, number: int) -> list[str]:
        """Return words that the group says most often, for somebody who does not know what to begin with."""
        return self._tokenizer.frequent_words(number)

    def say(
        self,
        word: str,
        n: int | None,
        temperature: float = 0.0,
        seed: int | None = None,
        *,
        refused: frozenset[str] = frozenset(),
    ) -> Utterance:
        """Return what :meth:`saying` does, with nothing beside it."""
        return alone(self.saying(word, n, temperature, seed, refused=refused))

    def saying(
        self,
        word: str,
        n: int | None,
        temperature: float = 0.0,
        seed: int | None = None,
        *,
        refused: frozenset[str] = frozenset(),
    ) -> Job[Utterance]:
        """Continue ``word`` by exactly ``n`` morphemes; a seed is drawn where none is given.

        Without ``n`` it is one sentence that ends where the network ends it, after at most ``LONGEST``. A row of the
        same sign (🎉🎉) is one morpheme. Where the network would end the sentence long before ``n``, another one
        follows; from ``SEVERAL_LINES`` on each has a line. There are fewer morphemes only where everything that is
        likely at all is held back: by the filter, or because it would repeat one of the ``refused`` lines, whole or by
        a run of its pieces.

        Raises:
            ValueError: nothing visible is left of ``word``.
        """
        seed, guard = seed_or_any(seed), self._guards.of(refused)
        beginning, unknown = typed_beginning(word, self._tokenizer)
        if n is None:
            aim = Aim(LONGEST, temperature, guard, ends_itself=True, least=_SHORTEST_BETWEEN)
            sentences = [(yield from self._sentence(beginning, aim, (seed, 0)))]
        else:
            sentences = yield from self._sentences(beginning, n, temperature, guard, seed)
        between = "\n" if (n or 0) >= SEVERAL_LINES else " "
        log_probs = [log_prob for sentence in sentences for log_prob in sentence.log_probs]
        return Utterance(
            between.join(text for sentence in sentences if (text := sentence.now.text.strip())),
            tuple(morpheme for sentence in sentences for morpheme in sentence.morphemes()),
            seed,
            unknown,
            sum(log_probs) / max(len(log_probs), 1),
            sentences[-1].end_log_prob if sentences else 0.0,
            bool(sentences) and all(self._is_quote(sentence) for sentence in sentences),
        )

    def draw(
        self,
        word: str,
        n: int | None,
        temperature: float,
        seed: int | None = None,
        *,
        count: int = DRAWS,
    ) -> list[Utterance]:
        """Return what :meth:`drawing` does, with nothing beside it."""
        return alone(self.drawing(word, n, temperature, seed, count=count))

    def drawing(  # noqa: PLR0913 - as say
        self,
        word: str,
        n: int | None,
        temperature: float,
        seed: int | None = None,
        *,
        count: int = DRAWS,
        refused: frozenset[str] = frozenset(),
    ) -> Job[list[Utterance]]:
        """Return ``count`` ways to continue ``word`` by one sentence, the likeliest first; one at temperature 0.

        Without ``n`` each ends where the network ends it, after at most ``LONGEST`` morphemes.

        Raises:
            ValueError: nothing visible is left of ``word``.
        """
        seed = seed_or_any(seed)
        beginning, unknown = typed_beginning(word, self._tokenizer)
        aim = Aim(n or LONGEST, temperature, self._guards.of(refused), ends_itself=n is None)
        draws = _best_first(
            (yield from self._decoder.draws(beginning, aim, rngs((seed,), count if temperature else 1)))
        )
        return [
            Utterance(draw.now.text, draw.morphemes(), seed, unknown, draw.score, draw.end_log_prob) for draw in draws
        ]

    def may_say(self, text: str, refused: frozenset[str] = frozenset()) -> bool:
        """Say whether a whole text repeats neither what is somebody's nor any of the ``refused`` lines."""
        guard, said = self._guards.of(refused), Spelling("", "")
        for piece in self._tokenizer.split(text):
            spelling = Spelling.of(piece.text.removeprefix(BEGIN))
            if guard.ends_passage(said, spelling):
                return False
            said = said.then(spelling)
        return not guard.is_message(said, said)

    def score(self, text: str) -> float:
        """Return the mean log probability (nats) of the known morphemes of ``text`` and of its end."""
        return self.scores([text])[0]

    def scores(self, texts: Sequence[str]) -> list[float]:
        """Return :meth:`score` of each of ``texts``; prefixes of one length go through the network together."""
        return self._decoder.scores([(START, *self._tokenizer.encode(text), END) for text in texts])

    def _sentences(self, beginning: Beginning, n: int, temperature: float, guard: Guard, seed: int) -> Job[list[Draw]]:
        """Return sentences of ``n`` morphemes together. What follows the first hangs on what was said, too."""
        least, rest = (_SHORTEST, _SHORTEST) if self._lines is None else (_SHORTEST_BETWEEN, self._lines.shortest)
        sentences = [(yield from self._sentence(beginning, Aim(n, temperature, guard, True, least, rest), (seed, 0)))]
        left = n - sentences[0].now.count
        while left > 0 and not sentences[-1].was_cut:
            said = sentences[-1].now.said
            after = (seed, len(sentences), crc32(said.letters.encode()))
            first = {sentence.row[1] for sentence in sentences[1:]}
            aim = Aim(left, temperature, guard, True, _SHORTEST_BETWEEN, _SHORTEST, first)
            following = Beginning((START,), "", "", said)
            line = self._answer(following, sentences[-1].now.text, aim, after)
            line = line or self._line(following, " ".join(sentence.now.text for sentence in sentences), aim, after)
            sentences.append(line or (yield from self._sentence(following, aim, after)))
            left -= sentences[-1].now.count
        return sentences

    def _quotes_of(self, beginning: Beginning, aim: Aim, seed: tuple[int, ...]) -> list[Draw]:
        """Return lines of several people that go on from what was typed, as many as may stand beside the draws."""
        if self._quotes is None or not beginning.line or not aim.temperature:
            return []
        rng = np.random.default_rng(seed)
        left = aim.most if aim.rest else None  # without a number it ends where it likes
        lines = self._quotes.going_on(beginning.line, left, rng)
        quoted = _quoted(lines, beginning, rng, aim.guard)
        quotes = list(islice((draw for draw in quoted if 0 < draw.now.count <= aim.most), _QUOTES))
        return [] if len(quotes) == 1 and rng.random() < _TIRED else quotes

    def _answer(self, beginning: Beginning, message: str, aim: Aim, seed: tuple[int, ...]) -> Draw | None:
        """Return what several people answered to a message, if that makes up what is left to say; else None."""
        if self._quotes is None:
            return None
        rng = np.random.default_rng(seed)
        answers = self._quotes.answers(message, aim.most, rng)
        new = (line for line in answers if "".join(line.words) not in beginning.before.letters)
        return next(_quoted(new, beginning, rng, aim.guard), None)

    def _line(self, beginning: Beginning, said: str, aim: Aim, seed: tuple[int, ...]) -> Draw | None:
        """Return a line of everybody's that fits what was ``said`` and repeats nobody; None where there is none."""
        if self._lines is None:
            return None
        rng = np.random.default_rng(seed)
        lines = self._lines.after(said, aim.most, aim.temperature, rng)
        return next(_quoted(lines, beginning, rng, aim.guard), None)

    def _sentence(self, beginning: Beginning, aim: Aim, seed: tuple[int, ...]) -> Job[Draw]:
        """Return one of ``DRAWS`` sentences, of those with a likely end the likelier ones rather.

        More are drawn where none of these comes to such an end.
        """
        drawn, quotes = list[Draw](), self._quotes_of(beginning, aim, seed)
        for attempt in range(_ATTEMPTS if aim.temperature else 1):
            own = rngs((*seed, attempt), DRAWS if aim.temperature else 1)
            drawn += yield from self._decoder.draws(beginning, aim, own, only_whole=True)
            drawn = _best_first(drawn)
            if whole := [*quotes, *(draw for draw in drawn if draw.is_whole)]:
                return one_of(whole, [self._worth(draw, aim) for draw in whole], seed, _CHOICE)
        return drawn[0]

    def _worth(self, draw: Draw, aim: Aim) -> float:
        """Return how much likelier people call a draw good than broken, what follows it in its line being a part."""
        good, broken = (_logistic(weights, draw.likelihood) for weights in (_GOOD, _BROKEN))
        if self._is_quote(draw):
            good, broken = _QUOTED
        left = aim.most - draw.now.count
        return good * (self._belongs(draw.now.text, left, aim) if left and aim.rest else 1) - broken

    def _is_quote(self, draw: Draw) -> bool:
        return self._quotes is not None and draw.now.text in self._quotes

    def _belongs(self, text: str, left: int, aim: Aim) -> float:
        """Return how likely what follows a text belongs to it, where so many morphemes are left."""
        has_messages = aim.most >= SEVERAL_LINES
        if self._quotes is not None and self._quotes.makes_up(text, left):
            return _ANSWERED if has_messages else _IN_ONE_LINE
        if has_messages or self._lines is None:
            return _UNANSWERED if has_messages else _ANOTHER
        return _logistic(_BELONGS, self._lines.best_after(text, left))


def _logistic(weights: tuple[float, float], x: float) -> float:
    return math.exp(-np.logaddexp(0, -weights[0] - weights[1] * x))


def typed_beginning(
    word: str, tokenizer: Tokenizer, read: tuple[int, ...] = (START,)
) -> tuple[Beginning, tuple[str, ...]]:
    """Return what to go on from after a typed word, and what of it was never seen; ``read`` stands before it.

    Raises:
        ValueError: nothing visible is left of ``word``.
    """
    typed = normalise(word)
    if not typed:
        raise ValueError("nothing visible was typed")
    pieces = tokenizer.split(typed)
    row = (*read, *(index for piece in pieces for index in piece.ids))
    unknown = tuple(piece.text.removeprefix(BEGIN) for piece in pieces if not piece.is_known)
    return Beginning(row, typed, pieces[-1].text, Spelling("", "")), unknown


def rngs(seed: tuple[int, ...], count: int) -> list[np.random.Generator]:
    """Return a generator a draw: what one says does not hang on how many there are."""
    return [np.random.default_rng((*seed, number)) for number in range(count)]


def _best_first(draws: Sequence[Draw]) -> list[Draw]:
    return sorted(draws, key=lambda draw: (draw.was_cut, -draw.score))


def one_of(draws: Sequence[Draw], worth: Sequence[float], seed: tuple[int, ...], boldness: float) -> Draw:
    """Choose by a softmax of what each is worth (nats): the best alone would be the same for nearly every seed."""
    chances = np.exp((np.array(worth) - max(worth)) / boldness)
    return draws[int(np.random.default_rng(seed).choice(len(draws), p=chances / chances.sum()))]


def _quoted(lines: Iterable[Line], beginning: Beginning, rng: np.random.Generator, guard: Guard) -> Iterator[Draw]:
    """Yield what says a line after a beginning, of those that would repeat nobody."""
    for line in lines:
        if draw := _quoting(line, Draw(beginning, rng), guard):
            yield draw


def _quoting(line: Line, draw: Draw, guard: Guard) -> Draw | None:
    """Return ``draw`` after it has said a line; None where that would repeat somebody."""
    for piece, spelling in zip(line.pieces, line.spellings, strict=True):
        if guard.ends_passage(draw.now.said, spelling):
            return None
        draw.take(Choice(piece.ids, 0.0), piece.text, spelling)
    if guard.is_message(draw.now.said, draw.now.line):
        return None
    draw.is_over = draw.is_quoted = True
    return draw
