"""The network of scenes: a causal Transformer over pieces and the letters of who speaks.

Blocks and places as in :mod:`training.text.networks.transformer`. Beside them one attention leads straight from the
words of the turns before to what comes next: a room has too few of them for blocks alone to learn that what was said
comes again (a pointer, as Merity et al. 2016, arXiv:1609.07843, to whole vectors instead of single words). Its graph
goes on from what it has read, so that a scene is read once. Knows nothing of text, of the loss, or of what trains it.
"""

import math
from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional
from typing_extensions import override

from bot.bundle import LETTERS
from training.text.networks.transformer import Block
from training.text.scene.config import SceneConfig

_RECALLED = 0.3
"""What a word adds of itself in the beginning where it is recalled."""
_NONE = 2.0
"""The score in the beginning of recalling none."""


class SceneNetwork(nn.Module):
    """Foretells the next piece, the end of a turn or who speaks next. ``network(ids, before)`` serves.

    Ids below ``vocabulary`` are pieces, those from there on letters. The output shares the embedding's weights.
    """

    def __init__(self, vocabulary: int, config: SceneConfig) -> None:
        """Make an untrained network."""
        super().__init__()
        self.embedding = nn.Embedding(vocabulary + LETTERS, config.width)
        nn.init.normal_(self.embedding.weight, std=config.width**-0.5)
        # The words of a voice are longer than those of a fresh network, and blocks would hardly be heard beside them.
        self.heard = nn.LayerNorm(config.width)
        blocks = [Block(config.width, config.heads, config.hidden, config.dropout) for _ in range(config.layers)]
        self.blocks = nn.ModuleList(blocks)
        self.norm = nn.LayerNorm(config.width)
        self.narrow = nn.Linear(config.width, config.width)
        self.recall = Recall(config.width, config.dropout)
        self.bias = nn.Parameter(torch.zeros(vocabulary + LETTERS))
        self.dropout = nn.Dropout(config.dropout)
        self.word_dropout = config.word_dropout
        self.depth = sum(2 * block.inner for block in blocks) + 2 * config.width
        """Numbers that are kept of each id that was read."""

    @override
    def forward(self, ids: Tensor, before: Tensor) -> tuple[Tensor, Tensor]:
        """Return the logits float32[batch, vocabulary + LETTERS] of what follows, and what is to be kept of each id.

        ``ids`` int64[batch, time] are one turn, or its beginning, after what was kept of the turns ``before``
        float32[before, depth], the same for all rows. That is float32[batch, time, depth].
        """
        states = words = self.heard(self.embedding(ids))
        for_blocks = self.depth - 2 * words.shape[2]
        of_blocks, recalled = before[:, :for_blocks], before[:, for_blocks:]
        read = []
        parts = of_blocks.expand(ids.shape[0], -1, -1).chunk(len(self.blocks), dim=2)
        for block, part in zip(self.blocks, parts, strict=True):
            states, own = block(states, part)
            read.append(own)
        states = self.norm(states[:, -1])
        output = self.narrow(states) + self.recall(states, recalled)
        logits = functional.linear(output, self.embedding.weight, self.bias)
        return logits, torch.cat((*read, self.recall.read(words)), dim=2)

    def log_probs_of(self, ids: Tensor) -> Tensor:
        """Return the log probabilities (nats) float32[batch, time, vocabulary + LETTERS] after each of ``ids``."""
        states = words = self.heard(self.embedding(ids))
        if self.training and self.word_dropout:
            is_heard = torch.rand(ids.shape, device=ids.device) >= self.word_dropout
            states = states * (is_heard | (ids >= self.first_letter))[:, :, None]
        for block in self.blocks:
            states, _ = block(states)
        states = self.dropout(self.norm(states))
        turns = (ids >= self.first_letter).cumsum(1)
        recalled = self.recall(states, self.recall.read(words), turns[:, :, None] > turns[:, None, :])
        output = self.narrow(states) + recalled
        return functional.linear(output, self.embedding.weight, self.bias).log_softmax(2)

    @property
    def first_letter(self) -> int:
        """The id of the first letter."""
        return len(self.bias) - LETTERS

    @torch.no_grad()
    def begin_with(self, weights: Mapping[str, Tensor]) -> bool:
        """Begin with the words of a voice over the same pieces, by its names; say whether they are as wide as these."""
        words, bias = weights["embedding.weight"], weights["bias"]
        if words.shape[1] != self.embedding.embedding_dim:
            return False
        self.embedding.weight[: len(words)] = words
        self.bias[: len(bias)] = bias
        return True


class Recall(nn.Module):
    """Attention to the words of the turns before, as they are and not as blocks have read them; it may attend to none.

    What it adds is nothing where no turn came before.
    """

    def __init__(self, width: int, dropout: float) -> None:
        """Begin with words that are recalled as themselves; a share of them is not there in training."""
        super().__init__()
        self.query = nn.Linear(width, width)
        self.keys_values = nn.Linear(width, 2 * width)
        self.none = nn.Parameter(torch.full((1,), _NONE))
        self.missing = dropout
        with torch.no_grad():
            self.keys_values.weight[width:] = _RECALLED * torch.eye(width)

    def read(self, words: Tensor) -> Tensor:
        """Return keys and values [batch, time, 2 · width] of words [batch, time, width]."""
        kept: Tensor = self.keys_values(words)
        return kept

    @override
    def forward(self, states: Tensor, read: Tensor, seen: Tensor | None = None) -> Tensor:
        """Return what is recalled [..., width] at states [..., width] of what was ``read`` [..., before, 2 · width].

        ``seen`` bool[..., before]: what stands in a turn before; all where it is None.
        """
        keys, values = read.chunk(2, dim=-1)
        scores = self.query(states) @ keys.transpose(-1, -2) / math.sqrt(keys.shape[-1])
        if seen is not None:
            if self.training:
                seen = seen & (torch.rand(len(seen), 1, seen.shape[2], device=seen.device) >= self.missing)
            scores = scores.masked_fill(~seen, -torch.inf)
        weights = torch.cat((self.none.expand(*scores.shape[:-1], 1), scores), dim=-1).softmax(-1)
        return weights @ functional.pad(values, (0, 0, 1, 0))
