"""Sampling from a network, piece by piece: what it would say after the first words of a message.

Knows nothing of how the network was trained; the bot has a speaker of its own, on the exported graph.
"""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

import torch
from torch import Tensor, nn

from bot.bundle import BEGIN, END, START, Tokenizer

TEMPERATURES = (0.5, 0.8, 1.0, 1.2)


@torch.no_grad()
def sample_lines(  # noqa: PLR0913 - a network and its words, and how to draw
    network: nn.Module,
    tokenizer: Tokenizer,
    starts: Sequence[Sequence[int]],
    *,
    temperature: float,
    seed: int,
    longest: int = 30,
) -> list[list[int]]:
    """Return for each of ``starts``, which are equally long, its ids and what follows, up to the end mark.

    No morpheme is drawn that the vocabulary has not, nor the start mark. The same seed draws the same lines.
    """
    generator = torch.Generator().manual_seed(seed)
    device = next(network.parameters()).device
    rows = torch.tensor([[START, *start] for start in starts], device=device)
    open_rows = torch.arange(len(starts), device=device)
    masks = _Masks(tokenizer)
    sequences = [list(start) for start in starts]
    while len(open_rows) and rows.shape[1] <= longest:
        logits = network(rows).masked_fill(~masks.of(rows).to(device), -torch.inf)
        pieces = _sample_next(logits, temperature, generator)
        for row, piece in zip(open_rows.tolist(), pieces.tolist(), strict=True):
            if piece != END:
                sequences[row].append(piece)
        going = pieces != END
        rows = torch.cat((rows[going], pieces[going, None]), dim=1)
        open_rows = open_rows[going]
    return sequences


def _sample_next(logits: Tensor, temperature: float, generator: torch.Generator) -> Tensor:
    probabilities = (logits / temperature).softmax(dim=1).cpu()
    return torch.multinomial(probabilities, 1, generator=generator)[:, 0].to(logits.device)


class _Masks:
    """What may follow rows of ids: what the tokenizer says and, where no morpheme is unfinished, the end."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._mask = lru_cache(maxsize=1 << 12)(self._after)

    def of(self, rows: Tensor) -> Tensor:
        """Return bool[rows, vocabulary]."""
        return torch.stack([self._mask(self._tokenizer.unfinished(row)) for row in rows.tolist()])

    def _after(self, unfinished: tuple[int, ...]) -> Tensor:
        mask = torch.zeros(len(self._tokenizer), dtype=torch.bool)
        mask[[*self._tokenizer.may_follow(unfinished)]] = True
        mask[END] = not unfinished
        return mask


def usual_prompts(messages: Sequence[Sequence[str]], tokenizer: Tokenizer, count: int) -> list[list[int]]:
    """Return the ids of the ``count`` Korean words of two letters or more that most often open a message."""
    openings = Counter(_first_word(pieces) for pieces in messages if pieces)
    words = (word for word, _ in openings.most_common() if _is_korean("".join(word).removeprefix(BEGIN)))
    known_words = (word for word in words if all(map(tokenizer.knows, word)))
    return [tokenizer.ids_of(word) for word in islice(known_words, count)]


def _first_word(pieces: Sequence[str]) -> tuple[str, ...]:
    after = next((at for at, piece in enumerate(pieces) if at and piece.startswith(BEGIN)), len(pieces))
    return tuple(pieces[:after])


def _is_korean(word: str) -> bool:
    return len(word) >= 2 and all("가" <= letter <= "힣" for letter in word)
