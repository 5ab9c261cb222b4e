"""Continues a typed word in the group's voice, by so many morphemes. Knows nothing of ONNX or Discord.

Of several draws, which go through the network together, it says one that the network finds likely as a whole: its end
counts, for a number of morphemes alone would cut sentences anywhere. Where more is wanted than a sentence, lines that
everybody says follow it.
"""

import math
import secrets
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Protocol
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.bundle import BEGIN, END, START, UNKNOWN, Tokenizer, VerbatimFilter, normalise
from bot.bundle.verbatim import Spelling
from bot.inference.draw import Beginning, Choice, Draw
from bot.inference.lines import Line, Lines
from bot.inference.pieces import Ids, Mask, Pieces, sign_of
from bot.inference.refusals import Refusals, Refused
from bot.inference.sampling import likeliest, next_piece

SEEDS = 2**32
"""A seed is a whole number below this."""
DRAWS = 8
"""So many are drawn where one is said."""
SEVERAL_LINES = 10
"""From so many morphemes on an answer has a line a sentence, as people write in a chat."""
LONGEST = 30
"""Morphemes of a sentence, at most, that ends where the network ends it."""

_MOST_TRIES = 300
"""Pieces tried before an answer ends early, because each would repeat somebody's words."""
_LAST_PIECES = 8
"""So many last pieces are tried for how likely the sentence ends after them."""
_SHORTEST = 3
"""Morphemes of the first sentence, and what is left for a last one, without lines: fewer are no whole sentence."""
_SHORTEST_BETWEEN = 2
_CHOICE = 0.15
"""Nats of a draw's smoothness: how boldly one of the draws is chosen."""
_AS_LONG = 0.5
"""What a sentence of at most ``_SHORT`` morphemes is worth more (nats) that needs no other one after it."""
_SHORT = 5
_WOULD_END = math.log(0.5)
"""Where the end was as likely and the draw went on, it went on past its end."""
_WORTH_SPELLING = math.log(0.1)
"""A last morpheme that is less likely is spelt only where nothing else will do: each is read on its own."""
_ATTEMPTS = 2
"""So often sentences are drawn where none came to a likely end."""

_Logits = NDArray[np.float32]
_Filters = Sequence[VerbatimFilter | Refused]


class NextPieceLogits(Protocol):
    """What a speaker needs of a text network."""

    def logits(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the logits ``[batch, vocab]`` of the piece after each row of ``ids[batch, time]``."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """The whole text; the further morphemes, marked; the seed that repeats it; what was typed and never seen.

    ``score`` is the mean log probability (nats) of a further morpheme, the end among them where it came to one;
    ``end`` is that of the last sentence's end alone.
    """

    text: str
    pieces: tuple[str, ...]
    seed: int
    unknown: tuple[str, ...]
    score: float
    end: float = 0.0


@dataclass(frozen=True, slots=True)
class _Aim:
    """What a sentence is to be: of ``most`` morphemes, or of fewer where it ``ends_itself``; how boldly, without what.

    Where it ends itself it has at least ``least`` morphemes, and leaves none of ``most`` or at least ``rest`` for
    another sentence. It does not begin with a piece of ``not_first``.
    """

    most: int
    temperature: float
    filters: _Filters
    ends_itself: bool = False
    least: int = 1
    rest: int = 0
    not_first: Set[int] = frozenset()

    def may_end_after(self, count: int) -> bool:
        """Say whether the network may end the sentence after so many."""
        return self.ends_itself and count >= self.least and self.most - count >= self.rest


class Speaker:
    """One voice: a text network and the tokenizer it was trained with.

    With a filter of what is somebody's own, it turns aside before it would repeat that word for word. With lines that
    everybody says, those are what follows a sentence.
    """

    def __init__(
        self,
        network: NextPieceLogits,
        tokenizer: Tokenizer,
        verbatim: VerbatimFilter | None = None,
        lines: Lines | None = None,
    ) -> None:
        self._network = network
        self._tokenizer = tokenizer
        self._verbatim = verbatim
        self._lines = lines
        self._refusals = Refusals(tokenizer)
        self._pieces = Pieces(tokenizer)

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
        """Continue ``word`` by exactly ``n`` morphemes; a seed is drawn where none is given.

        Without ``n`` it is one sentence that ends where the network ends it, after at most ``LONGEST``. A row of the
        same sign (🎉🎉) is one morpheme. Where the network would end the sentence long before ``n``, another one
        follows; from ``SEVERAL_LINES`` on each has a line. There are fewer morphemes only where everything that is
        likely at all is held back: by the filter, or because it would repeat one of the ``refused`` lines, whole or by
        a run of its pieces.

        Raises:
            ValueError: nothing visible is left of ``word``.
        """
        seed, filters = _seed(seed), self._filters(refused)
        beginning, unknown = self._beginning(word)
        if n is None:
            aim = _Aim(LONGEST, temperature, filters, ends_itself=True, least=_SHORTEST_BETWEEN)
            sentences = [self._sentence(beginning, aim, (seed, 0))]
        else:
            sentences = self._sentences(beginning, n, temperature, filters, seed)
        between = "\n" if (n or 0) >= SEVERAL_LINES else " "
        log_probs = [log_prob for sentence in sentences for log_prob in sentence.log_probs]
        return Utterance(
            between.join(text for sentence in sentences if (text := sentence.now.text.strip())),
            tuple(morpheme for sentence in sentences for morpheme in sentence.morphemes()),
            seed,
            unknown,
            sum(log_probs) / max(len(log_probs), 1),
            sentences[-1].end_log_prob if sentences else 0.0,
        )

    def draw(  # noqa: PLR0913 - as say
        self,
        word: str,
        n: int | None,
        temperature: float,
        seed: int | None = None,
        *,
        count: int = DRAWS,
        refused: frozenset[str] = frozenset(),
    ) -> list[Utterance]:
        """Return ``count`` ways to continue ``word`` by one sentence, the likeliest first; one at temperature 0.

        Without ``n`` each ends where the network ends it, after at most ``LONGEST`` morphemes.

        Raises:
            ValueError: nothing visible is left of ``word``.
        """
        seed = _seed(seed)
        beginning, unknown = self._beginning(word)
        aim = _Aim(n or LONGEST, temperature, self._filters(refused), ends_itself=n is None)
        draws = self._draws(beginning, aim, _rngs((seed,), count))
        return [
            Utterance(draw.now.text, draw.morphemes(), seed, unknown, draw.score, draw.end_log_prob) for draw in draws
        ]

    def may_say(self, text: str, refused: frozenset[str] = frozenset()) -> bool:
        """Say whether a whole text repeats neither what is somebody's nor any of the ``refused`` lines."""
        filters, said = self._filters(refused), Spelling("", "")
        for piece in self._tokenizer.split(text):
            spelling = Spelling.of(piece.text.removeprefix(BEGIN))
            if _ends_passage(said, spelling, filters):
                return False
            said = said.then(spelling)
        return not _is_message(said, said, filters)

    def score(self, text: str) -> float:
        """Return the mean log probability (nats) of the known morphemes of ``text`` and of its end."""
        return self.scores([text])[0]

    def scores(self, texts: Sequence[str]) -> list[float]:
        """Return :meth:`score` of each of ``texts``; prefixes of one length go through the network together."""
        rows = [[START, *self._tokenizer.encode(text), END] for text in texts]
        asked = [(at, number) for number, row in enumerate(rows) for at in range(1, len(row)) if row[at] != UNKNOWN]
        log_probs = self._log_probs([rows[number][:at] for at, number in asked])
        totals, counts = [0.0] * len(rows), [0] * len(rows)
        for (at, number), log_prob in zip(asked, log_probs, strict=True):
            totals[number] += float(log_prob[rows[number][at]])
            counts[number] += not self._pieces.goes_on[rows[number][at]]
        return [total / count for total, count in zip(totals, counts, strict=True)]

    def _sentences(self, beginning: Beginning, n: int, temperature: float, filters: _Filters, seed: int) -> list[Draw]:
        """Return sentences of ``n`` morphemes together. What follows the first hangs on what was said, too."""
        least, rest = (_SHORTEST, _SHORTEST) if self._lines is None else (_SHORTEST_BETWEEN, self._lines.shortest)
        sentences = [self._sentence(beginning, _Aim(n, temperature, filters, True, least, rest), (seed, 0))]
        left = n - sentences[0].now.count
        while left > 0 and not sentences[-1].was_cut:
            said = sentences[-1].now.said
            after = (seed, len(sentences), crc32(said.letters.encode()))
            first = {sentence.row[1] for sentence in sentences[1:]}
            aim = _Aim(left, temperature, filters, True, _SHORTEST_BETWEEN, _SHORTEST, first)
            following = Beginning((START,), "", "", said)
            line = self._line(following, " ".join(sentence.now.text for sentence in sentences), aim, after)
            sentences.append(line or self._sentence(following, aim, after))
            left -= sentences[-1].now.count
        return sentences

    def _line(self, beginning: Beginning, said: str, aim: _Aim, seed: tuple[int, ...]) -> Draw | None:
        """Return a line of everybody's that fits what was ``said`` and repeats nobody; None where there is none."""
        if self._lines is None:
            return None
        rng = np.random.default_rng(seed)
        lines = self._lines.after(said, aim.most, aim.temperature, rng)
        return next((draw for line in lines if (draw := self._quoted(line, Draw(beginning, rng), aim))), None)

    def _quoted(self, line: Line, draw: Draw, aim: _Aim) -> Draw | None:
        """Return ``draw`` after it has said a line; None where that would repeat somebody."""
        for piece in line.pieces:
            spelling = Spelling.of(piece.text.removeprefix(BEGIN))
            if _ends_passage(draw.now.said, spelling, aim.filters):
                return None
            draw.take(Choice(piece.ids, 0.0), piece.text, spelling)
        if _is_message(draw.now.said, draw.now.line, aim.filters):
            return None
        draw.is_over = draw.is_quoted = True
        return draw

    def _sentence(self, beginning: Beginning, aim: _Aim, seed: tuple[int, ...]) -> Draw:
        """Return one of ``DRAWS`` sentences, of those with a likely end the likelier ones rather.

        More are drawn where none of these comes to such an end.
        """
        drawn: list[Draw] = []
        for attempt in range(_ATTEMPTS if aim.temperature else 1):
            drawn = _best_first([*drawn, *self._draws(beginning, aim, _rngs((*seed, attempt), DRAWS))])
            if whole := [draw for draw in drawn if draw.is_whole]:
                return _one_of(whole, aim, seed)
        return drawn[0]

    def _beginning(self, word: str) -> tuple[Beginning, tuple[str, ...]]:
        """Return what to go on from, and what of it was never seen."""
        typed = normalise(word)
        if not typed:
            raise ValueError("nothing visible was typed")
        pieces = self._tokenizer.split(typed)
        row = (START, *(index for piece in pieces for index in piece.ids))
        unknown = tuple(piece.text.removeprefix(BEGIN) for piece in pieces if not piece.is_known)
        return Beginning(row, typed, pieces[-1].text, Spelling("", "")), unknown

    def _filters(self, refused: frozenset[str]) -> _Filters:
        filters = (self._verbatim, self._refusals.of(refused) if refused else None)
        return [each for each in filters if each is not None]

    def _draws(self, beginning: Beginning, aim: _Aim, rngs: Sequence[np.random.Generator]) -> list[Draw]:
        """Return a line for each generator, the likeliest first; all of them go through the network together."""
        draws = [Draw(beginning, rng) for rng in (rngs if aim.temperature else rngs[:1])]
        while going := [draw for draw in draws if not draw.is_over]:
            log_probs = self._log_probs([draw.row for draw in going])
            at_end = [draw.now.count == aim.most - 1 for draw in going]
            for draw, row, is_last in zip(going, log_probs, at_end, strict=True):
                if not is_last:
                    self._go_on(draw, row, aim)
            last = [pair for *pair, is_last in zip(going, log_probs, at_end, strict=True) if is_last]
            self._end([(draw, row) for draw, row in last if not _has_ended(draw, row, aim)], aim)
        return _best_first(draws)

    def _log_probs(self, rows: Sequence[Sequence[int]]) -> _Logits:
        """Return the log probabilities ``[batch, vocab]`` of what follows each of ``rows``.

        Equal ones are read once: draws begin alike. Those of one length are one batch.
        """
        distinct = list(dict.fromkeys(map(tuple, rows)))
        logits = np.empty((len(distinct), len(self._tokenizer)), dtype=np.float32)
        for length in {len(row) for row in distinct}:
            numbers = [number for number, row in enumerate(distinct) if len(row) == length]
            logits[numbers] = self._network.logits(np.array([distinct[number] for number in numbers], dtype=np.int64))
        logits -= logits.max(axis=1, keepdims=True)
        log_probs: _Logits = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
        places = {row: number for number, row in enumerate(distinct)}
        return log_probs[[places[tuple(row)] for row in rows]]

    def _go_on(self, draw: Draw, log_probs: _Logits, aim: _Aim) -> None:
        """Add a morpheme that repeats nobody, or the end; where none is likely, cut the draw short."""
        now = draw.now
        allowed = self._pieces.allowed_after(now.text, now.last, now.run)
        allowed[END] = aim.may_end_after(now.count)
        if not draw.pieces:
            allowed[list(aim.not_first)] = False
        for rest in self._by_preference(draw, log_probs, allowed):
            for _ in range(min(_MOST_TRIES, int(np.isfinite(rest).sum()))):
                chosen = next_piece(rest, aim.temperature, draw.rng)
                if chosen == END and not _is_message(now.said, now.line, aim.filters):
                    return draw.end(float(log_probs[END]))
                if chosen != END and (choice := self._spelt(draw, (chosen,), float(log_probs[chosen]), aim)):
                    draw.overran |= bool(log_probs[END] > _WOULD_END)
                    return self._take(draw, choice)
                rest[chosen] = -np.inf
        return _cut(draw, aim.filters)

    def _spelt(self, draw: Draw, begun: Ids, log_prob: float, aim: _Aim, *, is_last: bool = False) -> Choice | None:
        """Return the morpheme that has ``begun``, spelt to its end and repeating nobody; None where there is none."""
        if not self._pieces.goes_on[begun[-1]]:
            return None if self._repeats(draw, begun, aim.filters, is_last=is_last) else Choice(begun, log_prob)
        log_probs = self._log_probs([(*draw.row, *begun)])[0]
        inside = self._pieces.inside(begun)
        # With what is left of the chances it would spell what nobody says: so often it is another morpheme altogether.
        if (draw.rng.random() if aim.temperature else 0.5) > np.exp(log_probs[inside]).sum():
            return None
        rest = np.where(inside, log_probs, np.float32(-np.inf))
        for _ in range(min(_MOST_TRIES, int(np.isfinite(rest).sum()))):
            part = next_piece(rest, aim.temperature, draw.rng)
            choice = self._spelt(draw, (*begun, part), log_prob + float(log_probs[part]), aim, is_last=is_last)
            if choice is not None:
                return choice
            rest[part] = -np.inf
        return None

    def _end(self, last: Sequence[tuple[Draw, _Logits]], aim: _Aim) -> None:
        """Add the last morpheme to some draws: one that is likely, and after which the sentence is likely to end."""
        choices = [self._last_choices(draw, log_probs, aim) for draw, log_probs in last]
        rows = [(*draw.row, *choice.ids) for (draw, _), few in zip(last, choices, strict=True) for choice in few]
        ends = self._log_probs(rows)[:, END] if rows else np.zeros(0, np.float32)
        for (draw, _), few in zip(last, choices, strict=True):
            if not few:
                _cut(draw, aim.filters)
                continue
            end, ends = ends[: len(few)], ends[len(few) :]
            # The end is as likely as it is, however boldly the morpheme is chosen.
            together = np.array([choice.log_prob for choice in few], np.float32) + end * np.float32(
                aim.temperature or 1
            )
            at = next_piece(together, aim.temperature, draw.rng, top_p=1)
            self._take(draw, few[at])
            draw.end(float(end[at]))

    def _last_choices(self, draw: Draw, log_probs: _Logits, aim: _Aim) -> list[Choice]:
        """Return the likeliest morphemes that may be the last one and repeat nobody."""
        now = draw.now
        allowed = self._pieces.allowed_after(now.text, now.last, now.run) & ~self._pieces.of_sign(sign_of(now.last))
        for rest in self._by_preference(draw, log_probs, allowed):
            left = min(_MOST_TRIES, int(np.isfinite(rest).sum()))
            while left > 0:
                indices = likeliest(rest, aim.temperature, _LAST_PIECES).tolist()
                # To spell each that may be would cost more than all that went before.
                cheap = [at for at in indices if not self._pieces.goes_on[at] or log_probs[at] > _WORTH_SPELLING]
                for some in (cheap, indices):
                    spelt = (self._spelt(draw, (at,), float(log_probs[at]), aim, is_last=True) for at in some)
                    if choices := [choice for choice in spelt if choice]:
                        return choices
                rest[indices] = -np.inf
                left -= len(indices)
        return []

    def _by_preference(self, draw: Draw, log_probs: _Logits, allowed: Mask) -> Iterator[_Logits]:
        """Yield what may follow, the rest impossible; first a new word alone where the sentence would end but must not.

        So no tail is glued to the last word.
        """
        if not allowed[END] and log_probs[END] >= log_probs[allowed].max(initial=-np.inf):
            draw.overran = True
            yield np.where(allowed & self._pieces.begins, log_probs, np.float32(-np.inf))
        yield np.where(allowed, log_probs, np.float32(-np.inf))

    def _repeats(self, draw: Draw, morpheme: Ids, filters: _Filters, *, is_last: bool) -> bool:
        """Say whether a morpheme would make of what was said what must not come out."""
        spelling, now = self._pieces.spelling(morpheme), draw.now
        return _ends_passage(now.said, spelling, filters) or (
            is_last and _is_message(now.said.then(spelling), now.line.then(spelling), filters)
        )

    def _take(self, draw: Draw, choice: Choice) -> None:
        draw.take(choice, self._pieces.text(choice.ids), self._pieces.spelling(choice.ids))


def _seed(seed: int | None) -> int:
    return secrets.randbelow(SEEDS) if seed is None else seed


def _rngs(seed: tuple[int, ...], count: int) -> list[np.random.Generator]:
    """Return a generator a draw: what one says does not hang on how many there are."""
    return [np.random.default_rng((*seed, number)) for number in range(count)]


def _best_first(draws: Sequence[Draw]) -> list[Draw]:
    return sorted(draws, key=lambda draw: (draw.was_cut, -draw.score))


def _one_of(draws: Sequence[Draw], aim: _Aim, seed: tuple[int, ...]) -> Draw:
    """Choose by a softmax of how smooth each is: the likeliest alone would be the same for nearly every seed."""
    worth = np.array([draw.smoothness + _AS_LONG * (draw.now.count == aim.most <= _SHORT) for draw in draws])
    chances = np.exp((worth - worth.max()) / _CHOICE)
    return draws[int(np.random.default_rng(seed).choice(len(draws), p=chances / chances.sum()))]


def _ends_passage(said: Spelling, piece: Spelling, filters: _Filters) -> bool:
    return any(each.ends_passage(said, piece) for each in filters)


def _is_message(said: Spelling, line: Spelling, filters: _Filters) -> bool:
    return any(each.is_message(said) or (line != said and each.is_message(line)) for each in filters)


def _has_ended(draw: Draw, log_probs: _Logits, aim: _Aim) -> bool:
    """End a draw with one morpheme less than the most, where it may end there and most likely would."""
    now = draw.now
    ends = aim.may_end_after(now.count) and log_probs[END] == log_probs.max()
    if ends and not _is_message(now.said, now.line, aim.filters):
        draw.end(float(log_probs[END]))
    return draw.is_over


def _cut(draw: Draw, filters: _Filters) -> None:
    """End a draw before its time, where it is no message that is held back."""
    ends = range(len(draw.steps) - 1, 0, -1)
    draw.cut(next((end for end in ends if not _is_message(draw.steps[end].said, draw.steps[end].line, filters)), 0))
