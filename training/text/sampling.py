"""Sampling from a network, piece by piece: what it would say after the first words of a message.

Knows nothing of how the network was trained; the bot has a speaker of its own, on the exported graph.
"""

from collections import Counter
from collections.abc import Sequence

import torch
from torch import Tensor, nn

from bot.bundle import BEGIN, END, START, UNKNOWN, Tokenizer

TEMPERATURES = (0.5, 0.8, 1.0, 1.2)


@torch.no_grad()
def sample_lines(
    network: nn.Module,
    starts: Sequence[Sequence[int]],
    *,
    temperature: float,
    seed: int,
    longest: int = 30,
) -> list[list[int]]:
    """Return for each of ``starts``, which are equally long, its ids and what follows, up to the end mark.

    Neither an unknown piece nor the start mark is ever drawn. The same seed draws the same lines.
    """
    generator = torch.Generator().manual_seed(seed)
    device = next(network.parameters()).device
    rows = torch.tensor([[START, *start] for start in starts], device=device)
    open_rows = torch.arange(len(starts), device=device)
    sequences = [list(start) for start in starts]
    while len(open_rows) and rows.shape[1] <= longest:
        pieces = _sample_next(network(rows), temperature, generator)
        for row, piece in zip(open_rows.tolist(), pieces.tolist(), strict=True):
            if piece != END:
                sequences[row].append(piece)
        going = pieces != END
        rows = torch.cat((rows[going], pieces[going, None]), dim=1)
        open_rows = open_rows[going]
    return sequences


def _sample_next(logits: Tensor, temperature: float, generator: torch.Generator) -> Tensor:
    logits[:, [UNKNOWN, START]] = -torch.inf
    probabilities = (logits / temperature).softmax(dim=1).cpu()
    return torch.multinomial(probabilities, 1, generator=generator)[:, 0].to(logits.device)


def usual_prompts(messages: Sequence[Sequence[str]], tokenizer: Tokenizer, count: int) -> list[list[int]]:
    """Return the ids of the ``count`` Korean words of two letters or more that most often open a message."""
    openings = Counter(_first_word(pieces) for pieces in messages if pieces)
    words = (word for word, _ in openings.most_common() if _is_korean("".join(word).removeprefix(BEGIN)))
    prompts = ([*ids] for ids in map(tokenizer.ids_of, words) if UNKNOWN not in ids)
    return [ids for ids, _ in zip(prompts, range(count), strict=False)]


def _first_word(pieces: Sequence[str]) -> tuple[str, ...]:
    after = next((at for at, piece in enumerate(pieces) if at and piece.startswith(BEGIN)), len(pieces))
    return tuple(pieces[:after])


def _is_korean(word: str) -> bool:
    return len(word) >= 2 and all("가" <= letter <= "힣" for letter in word)
