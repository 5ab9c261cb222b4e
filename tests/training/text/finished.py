"""A finished run of text as far as what is learnt beside the words asks for one, without having learnt any."""

from collections.abc import Sequence
from pathlib import Path

from bot.bundle import SPECIALS, Tokenizer
from training.common.run_folder import write_json
from training.text.config import TextConfig
from training.text.consent.agreement import EVERYONE, Agreement
from training.text.corpus.corpus import read_corpus
from training.text.learning import fingerprint
from training.text.run import TextRun
from training.text.tokenization import vocabulary


def finished_words(
    folder: Path, chat: Path, lines: Sequence[Sequence[str]] = (), agreement: Agreement = EVERYONE
) -> TextRun:
    """Return one that learnt from ``chat`` what ``agreement`` allows; its vocabulary is of ``lines``, cut in pieces."""
    words = TextRun(folder)
    words.begin(TextConfig())
    tokenizer = vocabulary.build(lines, [""] * len(lines)) if lines else Tokenizer([*SPECIALS, "▁밥"], [1] * 4)
    words.tokenizer.write_text(tokenizer.to_json(), encoding="utf-8")
    words.data.write_text(fingerprint(read_corpus([chat], agreement=agreement)) + "\n", encoding="utf-8")
    write_json(words.report, {"made": {}, "metrics": {}})
    return words
