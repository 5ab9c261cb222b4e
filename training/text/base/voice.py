"""The base voice as it ships: its vocabulary and weights, and how the embedding of a room's vocabulary begins from it.

Its files are ``base.json``, which says what they are, ``tokenizer.json`` and ``network.npz`` (fp16). Knows nothing of
how it was learnt, nor of torch.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np

from bot.bundle import GOES_ON, SPECIALS, Tokenizer
from training.text.base.shipped import SHIPPED, Floats, ShippedWeights

_FILES = ShippedWeights("base voice", "base.json", "network.npz", version=1)
"""Another version has other pieces or another network."""
_TOKENIZER = "tokenizer.json"
_EMBEDDING, _BIAS = "embedding.weight", "bias"

_STRANGER = 1.0
"""A piece that the base has not is less likely by so much (nats) than the rarest that spells it."""


@dataclass(frozen=True, slots=True)
class BaseVoice:
    """A one-way GRU: its words, its weights by their names in the network, and what is known of it."""

    tokenizer: Tokenizer
    weights: Mapping[str, Floats]
    about: Mapping[str, Any]

    @property
    def name(self) -> str:
        """What a run that goes on from it says of it: its version, and the beginning of its network's hash."""
        return f"version {self.about['version']}, {self.about['sha256'][:16]}"

    @property
    def pieces(self) -> Sequence[str]:
        """Its pieces, without the special ones."""
        return self.tokenizer.pieces[len(SPECIALS) :]

    @classmethod
    def open(cls, folder: Path = SHIPPED) -> Self:
        """Read a base voice.

        Raises:
            BaseVoiceError: there is none, it is damaged, or of another version.
        """
        about, weights = _FILES.open(folder)
        with _FILES.naming_damage(folder):
            return cls(Tokenizer.open(folder / _TOKENIZER), weights, about)

    def write(self, folder: Path) -> None:
        """Write the files, the one that says what they are last."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _TOKENIZER).write_text(self.tokenizer.to_json(), encoding="utf-8")
        _FILES.write(folder, self.weights, self.about)

    def weights_for(self, tokenizer: Tokenizer) -> dict[str, Floats]:
        """Return the weights with a row of the embedding, and a bias, for each piece of ``tokenizer``.

        Those of a piece that both have are copied; another one begins as the mean of the base's pieces that spell it.
        """
        spelt = [self._spelt(index, piece) for index, piece in enumerate(tokenizer.pieces)]
        embedding, bias = self.weights[_EMBEDDING], self.weights[_BIAS]
        rows = np.stack([embedding[ids].mean(axis=0) for ids in spelt])
        own = [bias[ids].min() - _STRANGER * (len(ids) > 1) for ids in spelt]
        return {**self.weights, _EMBEDDING: rows, _BIAS: np.array(own, dtype=np.float32)}

    def shares(self, tokenizer: Tokenizer) -> float:
        """Return the share of the pieces of ``tokenizer`` that the base has."""
        return len({*tokenizer.pieces} & {*self.tokenizer.pieces}) / len(tokenizer)

    def _spelt(self, index: int, piece: str) -> list[int]:
        """Return the ids of the pieces that spell a piece: one where it is the base's own."""
        if index < len(SPECIALS):
            return [index]
        if (own := self.tokenizer.id_of(piece)) is not None:
            return [own]
        ids = self.tokenizer.ids_of([piece.removesuffix(GOES_ON)])
        if piece.endswith(GOES_ON):
            # What goes on is spelt by what goes on, where the base has its last part so.
            ids[-1] = self.tokenizer.id_of(self.tokenizer.pieces[ids[-1]] + GOES_ON) or ids[-1]
        return ids
