"""The network of scenes: a causal Transformer over pieces and the letters of who speaks, in two halves.

Its blocks see the turn that is being said, and no other; they are learnt first, from single turns, and then stay as
they are. What was said before is heard by one attention to what the blocks made of the turns before, and by another
straight to their words: a room has too few turns for attention alone to learn that what was said comes again (a
pointer, as Merity et al. 2016, arXiv:1609.07843, to whole vectors instead of single words). So the second half is all
that context adds, and the network without it is one that has learnt from single turns. Its graph goes on from what it
has read, so that a scene is read once. Knows nothing of text, of the loss, or of what trains it.
"""

import math
from collections.abc import Iterator, Mapping

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
_FARTHER = 0.25
"""How much less what lies farther off counts than within a turn, as a share."""


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
        sizes = (config.width, config.heads, config.hidden, config.dropout)
        self.blocks = nn.ModuleList(Block(*sizes) for _ in range(config.layers))
        self.norm = nn.LayerNorm(config.width)
        self.narrow = nn.Linear(config.width, config.width)
        self.bias = nn.Parameter(torch.zeros(vocabulary + LETTERS))
        self.context = Context(*sizes)
        self.recall = Recall(config.width, config.dropout)
        self.dropout = nn.Dropout(config.dropout)
        self.word_dropout = config.word_dropout
        self.depth = 2 * self.context.inner + 2 * config.width
        """Numbers that are kept of each id that was read."""

    @override
    def forward(self, ids: Tensor, before: Tensor) -> tuple[Tensor, Tensor]:
        """Return the logits float32[batch, vocabulary + LETTERS] of what follows, and what is to be kept of each id.

        ``ids`` int64[batch, time] are one turn, or its beginning, after what was kept of the turns ``before``
        float32[before, depth], the same for all rows. That is float32[batch, time, depth].
        """
        states = words = self.heard(self.embedding(ids))
        for block in self.blocks:
            states = block(states)
        states = self.norm(states)
        of_context = 2 * self.context.inner
        come_to, recalled = before[:, :of_context], before[:, of_context:]
        away = (before.shape[0] - torch.arange(before.shape[0], device=ids.device) + ids.shape[1] - 1)[None, None]
        last = self.context(states[:, -1:], come_to.expand(ids.shape[0], -1, -1), away)
        logits = self._logits(self.narrow(last) + self.recall(last, recalled))[:, 0]
        return logits, torch.cat((self.context.read(states), self.recall.read(words)), dim=2)

    def log_probs_of(self, ids: Tensor, *, alone: bool = False) -> Tensor:
        """Return the log probabilities (nats) float32[batch, time, vocabulary + LETTERS] after each of ``ids``.

        ``alone`` each turn is foretold by its own words, as if nothing had been said before.
        """
        states = words = self.heard(self.embedding(ids))
        is_letter = ids >= self.first_letter
        if self.training and self.word_dropout:
            is_heard = torch.rand(ids.shape, device=ids.device) >= self.word_dropout
            states = states * (is_heard | is_letter)[:, :, None]
        turns = is_letter.cumsum(1)
        same, earlier = turns[:, :, None] == turns[:, None, :], turns[:, :, None] > turns[:, None, :]
        for block in self.blocks:
            states = block(states, same)
        states = self.norm(states)
        if alone:
            return self._logits(self.narrow(self.dropout(states))).log_softmax(2)
        place = torch.arange(ids.shape[1], device=ids.device)
        after = self.dropout(self.context(states, self.context.read(states), place[:, None] - place[None], earlier))
        recalled = self.recall(after, self.recall.read(words), earlier)
        return self._logits(self.narrow(after) + recalled).log_softmax(2)

    def _logits(self, output: Tensor) -> Tensor:
        return functional.linear(output, self.embedding.weight, self.bias)

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

    def keep_turns(self) -> None:
        """Keep what was learnt of single turns: from now on only what hears the turns before learns."""
        of_context = {id(weight) for weight in self._of_context()}
        for weight in self.parameters():
            weight.requires_grad_(id(weight) in of_context)

    def _of_context(self) -> Iterator[nn.Parameter]:
        yield from self.context.parameters()
        yield from self.recall.parameters()


class Context(nn.Module):
    """Attention to what blocks made of the turns before, and a feed-forward half; it may attend to nothing.

    It adds nothing at first.
    """

    slopes: Tensor

    def __init__(self, width: int, heads: int, hidden: int, dropout: float) -> None:
        """Make it for states of ``width``; a share of the turns before is not there in training."""
        super().__init__()
        self.heads, self.inner = heads, heads * max(1, width // heads)
        self.query_norm, self.read_norm, self.norm = (nn.LayerNorm(width) for _ in range(3))
        self.query, self.keys_values = nn.Linear(width, self.inner), nn.Linear(width, 2 * self.inner)
        self.attended = nn.Linear(self.inner, width)
        self.none = nn.Parameter(torch.zeros(heads, 1, 1))
        self.up, self.down = nn.Linear(width, hidden), nn.Linear(hidden, width)
        for adding in (self.attended, self.down):
            nn.init.zeros_(adding.weight)
            nn.init.zeros_(adding.bias)
        self.dropout, self.missing = nn.Dropout(dropout), dropout
        slopes = _FARTHER * 2.0 ** (-8 * torch.arange(1, heads + 1) / heads)
        self.register_buffer("slopes", slopes[:, None, None], persistent=False)

    def read(self, states: Tensor) -> Tensor:
        """Return keys and values [batch, time, 2 · inner] of the blocks' states [batch, time, width]."""
        kept: Tensor = self.keys_values(self.read_norm(states))
        return kept

    @override
    def forward(self, states: Tensor, read: Tensor, away: Tensor, seen: Tensor | None = None) -> Tensor:
        """Return ``states`` [batch, time, width] with what was ``read`` [batch, before, 2 · inner] in mind.

        ``away`` int64[..., time, before] is how far each lies back; ``seen`` as of :class:`Recall`.
        """
        keys, values = (self._by_head(part) for part in read.chunk(2, dim=2))
        queries = self._by_head(self.query(self.query_norm(states)))
        scores = queries @ keys.transpose(2, 3) / math.sqrt(queries.shape[3]) - self.slopes * away
        if seen is not None:
            scores = scores.masked_fill(~_thinned(seen, self.missing, training=self.training)[:, None], -torch.inf)
        weights = _with_none(scores, self.none).softmax(-1)
        heard = (weights @ functional.pad(values, (0, 0, 1, 0))).transpose(1, 2).flatten(2)
        states = states + self.dropout(self.attended(heard))
        fed: Tensor = self.dropout(self.down(functional.gelu(self.up(self.norm(states)))))
        return states + fed

    def _by_head(self, vectors: Tensor) -> Tensor:
        """Return vectors [batch, time, inner] as [batch, heads, time, of a head]."""
        by_head: Tensor = vectors.unflatten(2, (self.heads, -1))  # type: ignore[no-untyped-call]
        return by_head.transpose(1, 2)


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
            scores = scores.masked_fill(~_thinned(seen, self.missing, training=self.training), -torch.inf)
        weights = _with_none(scores, self.none).softmax(-1)
        return weights @ functional.pad(values, (0, 0, 1, 0))


def _thinned(seen: Tensor, missing: float, *, training: bool) -> Tensor:
    """Return what is seen bool[batch, time, before], in training without a share of what stands before."""
    if not training:
        return seen
    return seen & (torch.rand(len(seen), 1, seen.shape[2], device=seen.device) >= missing)


def _with_none(scores: Tensor, none: Tensor) -> Tensor:
    """Return scores [..., before] with that of attending to nothing in front."""
    return torch.cat((none.expand(*scores.shape[:-1], 1), scores), dim=-1)
