"""The picker: two towers that tell which answer belongs to a message, and what both have in common, word by word.

Knows nothing of chats or of how it is trained. Towers that meet in a dot product: Henderson et al. 2017,
arXiv:1705.00652.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from bot.bundle.hashed_ngrams import BUCKETS

WIDTH = 64
_DROPOUT = 0.3
_SCALE = 10.0
"""Of the cosine at the beginning of training; it is learnt."""


class Picker(nn.Module):
    """Numbers of n-grams (:mod:`bot.bundle.hashed_ngrams`), 0 where a row has no more, to scores.

    ``rarity`` ``[BUCKETS + 1]`` is how rare each n-gram is (nats), 0 for padding; ``overlap`` how much it weighs that
    both have one.
    """

    rarity: Tensor
    overlap: Tensor

    def __init__(self, rarity: Tensor, overlap: float = 0.0) -> None:
        super().__init__()
        self.embedding = nn.Embedding(BUCKETS + 1, WIDTH, padding_idx=0)
        nn.init.normal_(self.embedding.weight, std=0.1)
        with torch.no_grad():
            self.embedding.weight[0] = 0
        self.dropout = nn.Dropout(_DROPOUT)
        self.message_tower = nn.Linear(WIDTH, WIDTH)
        self.answer_tower = nn.Linear(WIDTH, WIDTH)
        self.scale = nn.Parameter(torch.tensor(_SCALE).log())
        self.register_buffer("rarity", rarity)
        self.register_buffer("overlap", torch.tensor(overlap))

    def message_vectors(self, messages: Tensor) -> Tensor:
        """Return a vector of length 1 for each row of ``messages[batch, time]``."""
        return functional.normalize(self.message_tower(self._mean(messages)), dim=1)

    def answer_vectors(self, answers: Tensor) -> Tensor:
        """Return a vector of length 1 for each row of ``answers[batch, time]``."""
        return functional.normalize(self.answer_tower(self._mean(answers)), dim=1)

    def _mean(self, rows: Tensor) -> Tensor:
        count = (rows != 0).sum(1, keepdim=True).clamp(min=1)
        summed: Tensor = self.dropout(self.embedding(rows)).sum(1)
        return summed / count

    def matches(self, messages: Tensor, answers: Tensor) -> Tensor:
        """Return the scaled cosines ``[messages, answers]`` of each with each."""
        return self.message_vectors(messages) @ self.answer_vectors(answers).T * self.scale.exp()

    def in_common(self, message: Tensor, answers: Tensor) -> Tensor:
        """Return the cosine, by rarity, of the n-grams of ``message[time]`` and of each row of ``answers``."""
        own, theirs = self.rarity[message], self.rarity[answers]
        norm = (own.square().sum() * theirs.square().sum(1)).clamp(min=1e-6).sqrt()
        return (theirs.square() * self.present(message, answers)).sum(1) / norm

    def present(self, message: Tensor, answers: Tensor) -> Tensor:
        """Return 1 for each n-gram of ``answers[batch, time]`` that stands in ``message[time]``, else 0."""
        ones = torch.ones_like(message, dtype=torch.float32)
        present = torch.zeros_like(self.rarity).scatter(0, message, ones)
        return present.index_select(0, answers.flatten()).view_as(answers)

    def forward(self, message: Tensor, answers: Tensor) -> Tensor:
        """Return how well each row of ``answers[batch, time]`` answers ``message[time]``: ``[batch]``."""
        towers = self.matches(message[None], answers)[0]
        return towers + self.overlap * self.in_common(message, answers)


class PickerOfLines(nn.Module):
    """A picker with the lines of its room, whose scores it gives beside those of other answers.

    What of theirs does not hang on the message is computed once: a picker is asked for them several times an answer.
    """

    lines: Tensor
    vectors: Tensor
    weights: Tensor

    def __init__(self, picker: Picker, lines: Tensor) -> None:
        """Take a trained picker and the n-grams of its ``lines[lines, time]``."""
        super().__init__()
        self.picker = picker
        # Without it nothing has to be looked for in a message, and the lines' n-grams stay out of the graph.
        self.has_overlap = bool(picker.overlap)
        with torch.no_grad():
            self.register_buffer("vectors", picker.answer_vectors(lines) * picker.scale.exp())
            if self.has_overlap:
                squares = picker.rarity[lines].square()
                norm = squares.sum(1, keepdim=True).clamp(min=1e-6).sqrt()
                self.register_buffer("lines", lines.to(torch.int16))  # a fourth of the file, and BUCKETS fit
                self.register_buffer("weights", picker.overlap * squares / norm)

    def forward(self, message: Tensor, answers: Tensor) -> tuple[Tensor, Tensor]:
        """Return how well ``answers[batch, time]`` answer ``message[time]``, and each of the lines: ``[lines]``."""
        scores = (self.picker.message_vectors(message[None]) @ self.vectors.T)[0]
        if self.has_overlap:
            norm = self.picker.rarity[message].square().sum().clamp(min=1e-6).sqrt()
            scores = scores + (self.weights * self.picker.present(message, self.lines.long())).sum(1) / norm
        return self.picker(message, answers), scores
