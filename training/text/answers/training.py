"""Trains a picker on pairs, and measures it: the true answer found among ten. Knows nothing of chats."""

import math
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import torch
from torch import Tensor
from torch.nn import functional
from torch.nn.utils.rnn import pad_sequence

from bot.bundle.hashed_ngrams import BUCKETS, ngrams
from training.text.answers.evaluate import AMONG, SELDOM, Measured
from training.text.answers.pairs import Pair
from training.text.answers.picker import Picker

_BATCH, _EPOCHS, _RATE, _WEIGHT_DECAY = 256, 12, 4e-3, 1e-2
_PATIENCE = 3
_OVERLAPS = (0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0)
"""Weights of what both have in common that are tried."""
_WRONG = 400
"""Messages, each with so many answers of others."""
_SURE, _SUREST, _SILENT = 0.995, 0.999, 0.5
"""Shares of wrong answers that score less than what is said surely, also unasked, and than what is said at all."""

Rows = Sequence[Tensor]


def fit(pairs: Sequence[Pair], held_out: Sequence[Pair], seed: int) -> tuple[Picker, Measured]:
    """Return a picker that learnt from ``pairs``, and how good it is on pairs whose answers it has not seen.

    One half of those stops the training and chooses the weight of the overlap, the other half is measured on.
    """
    torch.manual_seed(seed)
    seen = {pair.answer for pair in pairs}
    new = [pair for pair in held_out if pair.answer not in seen]
    validation, measured_on = new[::2], new[1::2]
    picker = Picker(_rarity(pairs))
    best: tuple[float, dict[str, Tensor]] | None = None
    worse = 0
    candidates = CandidateSets(validation, seed)
    for _ in _epochs(picker, pairs, seed):
        share = right(candidates.towers(picker))
        # Of two that are equally good the later one, which was learnt at a lower rate.
        if best is None or share >= best[0]:
            best, worse = (share, {name: value.clone() for name, value in picker.state_dict().items()}), 0
        else:
            worse += 1
        if worse == _PATIENCE:
            break
    if best is not None:
        picker.load_state_dict(best[1])
    picker.overlap.fill_(_overlap(candidates, picker))
    return picker.eval(), CandidateSets(measured_on, seed).measure(picker)


class CandidateSets:
    """For each pair the true answer among nine of other pairs."""

    def __init__(self, pairs: Sequence[Pair], seed: int) -> None:
        self._messages = pad([_row(pair.message) for pair in pairs])
        self._answers = pad([_row(pair.answer) for pair in pairs])
        rng = random.Random(seed)
        sets = [[place, *_others(pairs, place, rng)] for place in range(len(pairs))]
        self._sets = torch.tensor(sets, dtype=torch.int64).reshape(-1, AMONG)

    def __len__(self) -> int:
        return len(self._sets)

    @torch.inference_mode()
    def towers(self, picker: Picker) -> Tensor:
        """Return the scores ``[pairs, AMONG]`` by the towers, the true answer's first: each side is read once."""
        picker.eval()
        messages, answers = (
            torch.cat([vectors_of(some) for some in torch.split(rows, _BATCH)])
            for vectors_of, rows in ((picker.message_vectors, self._messages), (picker.answer_vectors, self._answers))
        )
        return torch.einsum("pw,paw->pa", messages, answers[self._sets]) * picker.scale.exp()

    @torch.inference_mode()
    def in_common(self, picker: Picker) -> Tensor:
        """Return the scores ``[pairs, AMONG]`` by what both sides have in common, whatever has been learnt."""
        sets = zip(self._messages, self._sets, strict=True)
        return _stacked([picker.in_common(message, self._answers[places]) for message, places in sets])

    @torch.inference_mode()
    def _wrong(self, picker: Picker) -> Tensor:
        """Return the scores of messages with answers of others."""
        some = self._answers[:_WRONG]
        scores = [
            torch.cat([all_scores[:place], all_scores[place + 1 :]])
            for place, message in enumerate(self._messages[:_WRONG])
            for all_scores in [picker(message, some)]
        ]
        return torch.cat(scores) if scores else torch.zeros(0)

    def measure(self, picker: Picker) -> Measured:
        """Return what a finished picker is worth."""
        towers, overlap = self.towers(picker), self.in_common(picker)
        wrong = self._wrong(picker)
        sure, silent = (float(wrong.quantile(share)) if len(wrong) else 0.0 for share in (_SURE, _SILENT))
        both = towers + picker.overlap * overlap
        return Measured(right(both), right(towers), right(overlap), len(self), sure, silent)


def right(scores: Tensor) -> float:
    """Return how often the true answer scores most of ``scores[pairs, AMONG]``, ties lost."""
    return float((scores[:, :1] > scores[:, 1:]).all(1).float().mean()) if len(scores) else 0.0


def _stacked(rows: Rows) -> Tensor:
    return torch.stack(list(rows)) if rows else torch.zeros(0, AMONG)


@torch.inference_mode()
def with_lines(picker: Picker, measured: Measured, messages: Sequence[str], lines: Sequence[str]) -> Measured:
    """Return what a picker is worth with the bars for ``lines``, the usual first: hardly any answers any message."""
    if not lines or not messages:
        return measured
    rows, places = pad([_row(line) for line in lines]), torch.arange(len(lines)).log1p()
    scores = torch.cat([picker(_row(message), rows) - SELDOM * places for message in messages[:_WRONG]])
    sure, surest = (float(scores.quantile(share)) for share in (_SURE, _SUREST))
    return replace(measured, sure_line=sure, surest_line=surest)


def _overlap(candidates: CandidateSets, picker: Picker) -> float:
    """Return the least weight that is as good as the best to within its error: words in common are no understanding."""
    towers, overlap = candidates.towers(picker), candidates.in_common(picker)
    shares = {weight: right(towers + weight * overlap) for weight in _OVERLAPS}
    best = max(shares.values())
    error = math.sqrt(best * (1 - best) / max(len(candidates), 1))
    return next(weight for weight in _OVERLAPS if shares[weight] >= best - error)


def pad(rows: Rows) -> Tensor:
    """Return ``rows`` as one ``[batch, time]``, filled up with 0."""
    return pad_sequence(list(rows), batch_first=True) if rows else torch.zeros(0, 1, dtype=torch.int64)


def _row(text: str) -> Tensor:
    return torch.tensor(ngrams(text) or [0])


def _others(pairs: Sequence[Pair], place: int, rng: random.Random) -> list[int]:
    """Return pairs with other answers; the same ones where there are too few."""
    drawn = rng.sample(range(len(pairs)), min(len(pairs), 4 * AMONG))
    others = [other for other in drawn if pairs[other].answer != pairs[place].answer]
    return (others + [place] * AMONG)[: AMONG - 1]


def _rarity(pairs: Sequence[Pair]) -> Tensor:
    counts = Counter(number for pair in pairs for number in {*ngrams(pair.message), *ngrams(pair.answer)})
    rarity = torch.tensor([math.log((len(pairs) + 1) / (counts[number] + 1)) for number in range(BUCKETS + 1)])
    rarity[0] = 0
    return rarity.clamp(min=0)


def _epochs(picker: Picker, pairs: Sequence[Pair], seed: int) -> Iterator[int]:
    """Train, and yield after each epoch (in-batch softmax, both ways)."""
    messages, answers = [_row(pair.message) for pair in pairs], [_row(pair.answer) for pair in pairs]
    numbers = {answer: number for number, answer in enumerate(dict.fromkeys(pair.answer for pair in pairs))}
    same = torch.tensor([numbers[pair.answer] for pair in pairs])
    optimiser = torch.optim.AdamW(picker.parameters(), _RATE, weight_decay=_WEIGHT_DECAY, fused=True)
    steps = max(1, math.ceil(len(pairs) / _BATCH)) * _EPOCHS
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)
    generator = torch.Generator().manual_seed(seed)
    for epoch in range(_EPOCHS):
        picker.train()
        for batch in _batches(len(pairs), generator):
            loss = _loss(picker, [messages[place] for place in batch], [answers[place] for place in batch], same[batch])
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
        yield epoch


def _batches(count: int, generator: torch.Generator) -> Iterator[list[int]]:
    order: list[int] = torch.randperm(count, generator=generator).tolist()
    return (order[start : start + _BATCH] for start in range(0, count, _BATCH))


def _loss(picker: Picker, messages: Rows, answers: Rows, same: Tensor) -> Tensor:
    """Return the cross entropy of each message's own answer among the batch's, and of each answer's own message."""
    scores = picker.matches(pad(messages), pad(answers))
    alike = (same[:, None] == same[None]) & ~torch.eye(len(same), dtype=torch.bool)
    scores = scores.masked_fill(alike, -torch.inf)
    own = torch.arange(len(same))
    return (functional.cross_entropy(scores, own) + functional.cross_entropy(scores.T, own)) / 2
