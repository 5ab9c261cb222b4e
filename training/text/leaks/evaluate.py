"""Measures a voice for leaks: plants secrets in a copy of its room, and how well the copy of the voice knows them.

What the copy and the voice say through the bot's own speaker is measured at export; what that needs is kept in the run.
Knows nothing of how a voice is trained.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import numpy as np
import torch

from bot.bundle import BEGIN, START, UNKNOWN, Tokenizer, normalise
from training.common.errors import RunError
from training.common.run_folder import write_json
from training.text import ngrams, verbatim
from training.text.config import TextConfig
from training.text.corpus.corpus import Corpus
from training.text.dataset import Ids, rows_of
from training.text.evaluation.kneser_ney import KneserNey
from training.text.held_out import first_held_out
from training.text.leaks import canaries as planting
from training.text.leaks.canaries import Canary, Floats, NextPiece, exposure_of
from training.text.leaks.own import Own
from training.text.leaks.report import Exposure, LeakReport
from training.text.message import Message
from training.text.networks.network import TextNetwork
from training.text.ngrams import ORDER
from training.text.run import TextRun, load_text

_COMMON, _USUAL = 2_000, 400
"""So many of the room's usual words are typed to make it speak, and of so many that are one piece secrets are made."""
_ROWS_A_BATCH = 512


@dataclass(frozen=True, slots=True)
class LeakFolder:
    """``leaks/`` in a run: the copy with secrets, the secrets, what is somebody's own, and what is typed to see."""

    folder: Path

    @classmethod
    def of(cls, run: TextRun) -> "LeakFolder":
        """Return that of a run."""
        return cls(run.folder / "leaks")

    @property
    def copy(self) -> TextRun:
        """The shortened copy of the run."""
        return TextRun(self.folder / "copy")

    @property
    def own(self) -> Path:
        """What is somebody's own, hashed."""
        return self.folder / "own.npz"

    @property
    def setup(self) -> Path:
        """Secrets and words."""
        return self.folder / "setup.json"

    def write(self, words: Sequence[str], secrets: Sequence[Canary], own: Own) -> None:
        """Keep what is needed to measure lines."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        write_json(self.setup, {"words": list(words), "secrets": [asdict(canary) for canary in secrets]})
        own.write(self.own)

    def read(self) -> tuple[list[str], list[Canary]]:
        """Return the words and the secrets.

        Raises:
            RunError: they are damaged or missing.
        """
        try:
            content = json.loads(self.setup.read_text(encoding="utf-8"))
            secrets = [
                Canary(each["times"], each["opening"], tuple(each["words"]), tuple(each["secret"]))
                for each in content["secrets"]
            ]
            return list(content["words"]), secrets
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise RunError(f"{self.setup} is damaged or missing: train again with --force.") from error


def plant(
    run: TextRun, corpus: Corpus, lines: Sequence[Sequence[str]], tokenizer: Tokenizer, config: TextConfig
) -> Corpus | None:
    """Prepare the measuring of a run, and return the copy of its room with secrets in it; None where it is too small.

    ``lines`` are the morphemes of every message.
    """
    words = _usual_words(corpus)
    cut = {word: line for text, line in zip(corpus.messages, lines, strict=True) for word, line in _words(text, line)}
    singles = [word for word in words if _is_one_piece(tokenizer.ids_of(cut.get(word, ())))]
    secrets = planting.canaries(singles[:_USUAL], config.seed)
    numbered = enumerate(zip(corpus.messages, lines, strict=True))
    utterances = [verbatim.Utterance(message.who, place, line) for place, (message, line) in numbered]
    LeakFolder.of(run).write(words, secrets, Own.of(verbatim.own_texts(utterances)))
    return planting.planted(corpus, secrets, config.seed, config.held_out)


def measure(run: TextRun, planted: Corpus, lines: Sequence[Sequence[str]]) -> LeakReport:
    """Return how well the finished copy of a run knows the secrets in its room, and what its shared phrases tell.

    ``lines`` are the morphemes of every message of that room.
    """
    copy = LeakFolder.of(run).copy
    _, secrets = LeakFolder.of(run).read()
    trained, config = load_text(copy.folder), copy.read_config()
    network = _network(trained.network)
    shared = _shared(planted, lines, trained.tokenizer, config)
    models: dict[str, NextPiece] = {"network": network, "ngrams": partial(_log_of, shared)}
    exposures = {name: dict[str, list[float]]() for name in models}
    for canary in secrets:
        opening, *words = (trained.tokenizer.encode(word) for word in (canary.opening, *canary.words))
        known = [at for at, ids in enumerate(words) if _is_one_piece(ids)]
        if not set(canary.secret) <= set(known):
            continue  # a word that was one piece in the room is spelt in its copy
        pieces, secret = [words[at][0] for at in known], [known.index(at) for at in canary.secret]
        for name, model in models.items():
            bits = exposure_of(model, [START, *opening], pieces, secret)
            exposures[name].setdefault(str(canary.times), []).append(bits)
    means = {name: {times: float(np.mean(values)) for times, values in by.items()} for name, by in exposures.items()}
    counts = (len(planted.messages), config.epochs, len(secrets))
    return LeakReport(exposure=Exposure(planting.BITS, *counts, means["network"], means["ngrams"]))


def _usual_words(corpus: Corpus) -> list[str]:
    counts = Counter(word for message in corpus.messages for word in normalise(message.text).split())
    return sorted(counts, key=lambda word: (-counts[word], word))[:_COMMON]


def _words(message: Message, line: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield each word of a message with its morphemes."""
    parts: list[list[str]] = []
    for morpheme in line:
        if morpheme.startswith(BEGIN) or not parts:
            parts.append([])
        parts[-1].append(morpheme)
    yield from zip(normalise(message.text).split(), parts, strict=False)


def _is_one_piece(ids: Sequence[int]) -> bool:
    return len(ids) == 1 and ids[0] != UNKNOWN


def _network(network: TextNetwork) -> NextPiece:
    @torch.no_grad()
    def following(prefixes: Ids, words: Sequence[int]) -> Floats:
        parts = [network(torch.from_numpy(part)) for part in np.array_split(prefixes, _batches(len(prefixes)))]
        log_probs: Floats = torch.cat(parts).double().log_softmax(dim=-1)[:, list(words)].numpy()
        return log_probs

    return following


def _batches(rows: int) -> int:
    return max(1, rows // _ROWS_A_BATCH)


def _shared(corpus: Corpus, lines: Sequence[Sequence[str]], tokenizer: Tokenizer, config: TextConfig) -> KneserNey:
    """Return the n-grams of a room that a bundle would hold, whether that pays or not."""
    learnt = first_held_out(len(corpus.messages), corpus.sessions, config.held_out)
    ids = [tokenizer.ids_of(line) for line in lines[:learnt]]
    counts = KneserNey(len(tokenizer), ORDER).fit(rows_of(ids, config.longest))
    voices = verbatim.voices_of(
        verbatim.Utterance(message.who, at, ()) for at, message in enumerate(corpus.messages[:learnt])
    )
    return ngrams.shared(counts, ids, voices, config.longest)


def _log_of(counts: KneserNey, prefixes: Ids, words: Sequence[int]) -> Floats:
    with np.errstate(divide="ignore"):
        return np.log(np.stack([counts.next_piece(prefix[-ORDER + 1 :].tolist(), words) for prefix in prefixes]))
