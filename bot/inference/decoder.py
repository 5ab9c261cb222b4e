"""Draws sentences morpheme by morpheme: what may follow, what is spelt in parts, and where one ends. No Discord.

Each draw is a job of its own with its own randomness; those of one answer go through the network together.
"""

import math
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

import numpy as np

from bot.bundle import END, UNKNOWN, Tokenizer
from bot.inference.batching import Job, together
from bot.inference.draw import Beginning, Choice, Draw
from bot.inference.pieces import Ids, Mask, pieces_of, sign_of
from bot.inference.reader import Logits, NextPieces, Reader
from bot.inference.refusals import Guard
from bot.inference.sampling import in_turn, likeliest, next_piece

_MOST_TRIES = 300
"""Pieces tried before an answer ends early, because each would repeat somebody's words."""
_LAST_PIECES = 8
"""So many last pieces are tried for how likely the sentence ends after them."""
_WOULD_END = math.log(0.5)
"""Where the end was as likely and the draw went on, it went on past its end."""
_HARDLY_SAID = -7.0
"""Nats of a morpheme that is so unlikely that the sentence around it is hardly ever a good one."""
_WORTH_SPELLING = math.log(0.1)
"""A last morpheme that is less likely is spelt only where nothing else will do: each is read on its own."""

_IMPOSSIBLE = np.float32(-np.inf)


@dataclass(frozen=True, slots=True)
class Aim:
    """What a sentence is to be: of ``most`` morphemes, or of fewer where it ``ends_itself``; how boldly, without what.

    Where it ends itself it has at least ``least`` morphemes, and leaves none of ``most`` or at least ``rest`` for
    another sentence. It does not begin with a piece of ``not_first``, and may be of ``only_words``.
    """

    most: int
    temperature: float
    guard: Guard
    ends_itself: bool = False
    least: int = 1
    rest: int = 0
    not_first: Set[int] = frozenset()
    only_words: bool = False

    def may_end_after(self, count: int) -> bool:
        """Say whether the network may end the sentence after so many."""
        return self.ends_itself and count >= self.least and self.most - count >= self.rest


class Decoder:
    """Draws with one text network and the tokenizer it was trained with."""

    def __init__(self, network: NextPieces, tokenizer: Tokenizer) -> None:
        """Take both."""
        self._reader = Reader(network)
        self._pieces = pieces_of(tokenizer)

    def draws(
        self, beginning: Beginning, aim: Aim, rngs: Sequence[np.random.Generator], *, only_whole: bool = False
    ) -> Job[list[Draw]]:
        """Draw a sentence by each generator, or one at temperature 0.

        Where ``only_whole`` ones are wanted, those that went on past their end, or would go on with what is hardly
        said, are not drawn to an end, and are not among them; unless none is whole.
        """
        drawn = [Draw(beginning, rng) for rng in (rngs if aim.temperature else rngs[:1])]
        if only_whole:
            yield from together([self._drawn(draw, aim, least=_HARDLY_SAID) for draw in drawn])
        if not any(draw.is_whole for draw in drawn):
            yield from together([self._drawn(draw, aim) for draw in drawn])
        return [draw for draw in drawn if draw.is_over]

    def scores(self, rows: Sequence[Ids]) -> list[float]:
        """Return the mean log probability (nats) of the known morphemes of each row, which ends with the end."""
        asked = [(at, number) for number, row in enumerate(rows) for at in range(1, len(row)) if row[at] != UNKNOWN]
        log_probs = self._reader.log_probs([rows[number][:at] for at, number in asked])
        totals, counts = [0.0] * len(rows), [0] * len(rows)
        for (at, number), log_prob in zip(asked, log_probs, strict=True):
            totals[number] += float(log_prob[rows[number][at]])
            counts[number] += not self._pieces.goes_on[rows[number][at]]
        return [total / count for total, count in zip(totals, counts, strict=True)]

    def _drawn(self, draw: Draw, aim: Aim, *, least: float = -math.inf) -> Job[None]:
        """Draw one sentence to its end, or, where a morpheme has to be so likely at ``least``, until it is given up."""
        draw.least, draw.is_given_up = least, False
        while not (draw.is_over or draw.is_given_up):
            (log_probs,) = yield from self._reader.after([draw.row])
            if draw.now.count < aim.most - 1:
                yield from self._go_on(draw, log_probs, aim)
            elif not _has_ended(draw, log_probs, aim):
                yield from self._end(draw, log_probs, aim)

    def _go_on(self, draw: Draw, log_probs: Logits, aim: Aim) -> Job[None]:
        """Add a morpheme that repeats nobody, or the end; where none is likely, cut the draw short."""
        now = draw.now
        allowed = self._allowed(draw, aim)
        if aim.not_first and not draw.pieces:
            allowed = allowed.copy()
            allowed[list(aim.not_first)] = False
        for rest in self._by_preference(draw, log_probs, allowed, may_end=aim.may_end_after(now.count)):
            for chosen in in_turn(rest, aim.temperature, draw.rng, _MOST_TRIES):
                log_prob = float(log_probs[chosen])
                if chosen != END:
                    if choice := (yield from self._spelt(draw, (chosen,), log_prob, aim)):
                        # What somebody typed is often all that people say: it is to be gone on with.
                        if now.count and log_probs[END] > _WOULD_END:
                            draw.overrun()
                        return self._take(draw, choice)
                    if draw.is_given_up:
                        return None
                elif not aim.guard.is_message(now.said, now.line):
                    return draw.end(log_prob)
        return _cut(draw, aim.guard)

    def _allowed(self, draw: Draw, aim: Aim) -> Mask:
        """Return bool[vocabulary], true for what may begin the next morpheme. Nobody writes to the array."""
        allowed = self._pieces.allowed_after(draw.now.text, draw.now.last, draw.now.run)
        return allowed & self._pieces.words if aim.only_words else allowed

    def _spelt(self, draw: Draw, begun: Ids, log_prob: float, aim: Aim, *, is_last: bool = False) -> Job[Choice | None]:
        """Return the morpheme that has ``begun``, spelt to its end and repeating nobody; None where there is none.

        One that is less likely than the draw's least is not said: the draw is given up.
        """
        if log_prob < draw.least and not is_last:
            draw.is_given_up = True
            return None
        if not self._pieces.goes_on[begun[-1]]:
            return None if self._repeats(draw, begun, aim.guard, is_last=is_last) else Choice(begun, log_prob)
        (log_probs,) = yield from self._reader.after([(*draw.row, *begun)])
        inside = self._pieces.inside(begun)
        rest = log_probs[inside]
        # With what is left of the chances it would spell what nobody says: so often it is another morpheme altogether.
        if (draw.rng.random() if aim.temperature else 0.5) > np.exp(rest).sum():
            return None
        for at in in_turn(rest, aim.temperature, draw.rng, _MOST_TRIES):
            part = int(inside[at])
            spelt = self._spelt(draw, (*begun, part), log_prob + float(log_probs[part]), aim, is_last=is_last)
            if (choice := (yield from spelt)) or (draw.is_given_up and not is_last):
                return choice
        return None

    def _end(self, draw: Draw, log_probs: Logits, aim: Aim) -> Job[None]:
        """Add the last morpheme: one that is likely, and after which the sentence is likely to end."""
        choices = yield from self._last_choices(draw, log_probs, aim)
        if not choices:
            return _cut(draw, aim.guard)
        ends = (yield from self._reader.after([(*draw.row, *choice.ids) for choice in choices]))[:, END]
        # The end is as likely as it is, however boldly the morpheme is chosen.
        together = np.array([choice.log_prob for choice in choices], np.float32)
        together += ends * np.float32(aim.temperature or 1)
        at = next_piece(together, aim.temperature, draw.rng, top_p=1)
        self._take(draw, choices[at])
        return draw.end(float(ends[at]))

    def _last_choices(self, draw: Draw, log_probs: Logits, aim: Aim) -> Job[list[Choice]]:
        """Return the likeliest morphemes that may be the last one and repeat nobody."""
        now = draw.now
        allowed = self._allowed(draw, aim) & ~self._pieces.of_sign(sign_of(now.last))
        for rest in self._by_preference(draw, log_probs, allowed):
            left = min(_MOST_TRIES, int(np.isfinite(rest).sum()))
            while left > 0:
                indices = likeliest(rest, aim.temperature, _LAST_PIECES).tolist()
                # To spell each that may be would cost more than all that went before.
                cheap = [at for at in indices if not self._pieces.goes_on[at] or log_probs[at] > _WORTH_SPELLING]
                for some in (cheap, indices):
                    choices = yield from self._all_spelt(draw, log_probs, some, aim)
                    if choices:
                        return choices
                rest[indices] = -np.inf
                left -= len(indices)
        return []

    def _all_spelt(self, draw: Draw, log_probs: Logits, begun: Sequence[int], aim: Aim) -> Job[list[Choice]]:
        """Return the last morphemes that begin with a piece each, as far as there are any."""
        choices = list[Choice]()
        for piece in begun:
            if choice := (yield from self._spelt(draw, (piece,), float(log_probs[piece]), aim, is_last=True)):
                choices.append(choice)
        return choices

    def _by_preference(
        self, draw: Draw, log_probs: Logits, allowed: Mask, *, may_end: bool = False
    ) -> Iterator[Logits]:
        """Yield what may follow, the rest impossible; first a new word alone where the sentence would end but must not.

        So no tail is glued to the last word.
        """
        rest = np.where(allowed, log_probs, _IMPOSSIBLE)
        if may_end:
            rest[END] = log_probs[END]
        elif log_probs[END] >= rest.max():
            if draw.now.count:
                draw.overrun()
            yield np.where(self._pieces.begins, rest, _IMPOSSIBLE)
        yield rest

    def _repeats(self, draw: Draw, morpheme: Ids, guard: Guard, *, is_last: bool) -> bool:
        """Say whether a morpheme would make of what was said what must not come out."""
        spelling, now = self._pieces.spelling(morpheme), draw.now
        return guard.ends_passage(now.said, spelling) or (
            is_last and guard.is_message(now.said.then(spelling), now.line.then(spelling))
        )

    def _take(self, draw: Draw, choice: Choice) -> None:
        draw.take(choice, self._pieces.text(choice.ids), self._pieces.spelling(choice.ids))


def _has_ended(draw: Draw, log_probs: Logits, aim: Aim) -> bool:
    """End a draw with one morpheme less than the most, where it may end there and most likely would."""
    now = draw.now
    ends = aim.may_end_after(now.count) and log_probs[END] == log_probs.max()
    if ends and not aim.guard.is_message(now.said, now.line):
        draw.end(float(log_probs[END]))
    return draw.is_over


def _cut(draw: Draw, guard: Guard) -> None:
    """End a draw before its time, where it is no message that is held back."""
    ends = range(len(draw.steps) - 1, 0, -1)
    draw.cut(next((end for end in ends if not guard.is_message(draw.steps[end].said, draw.steps[end].line)), 0))
