"""The text of an answer: what it answers, what was said, small print. Knows nothing of Discord but its markdown."""

from bot.i18n import CoreTexts, texts_for
from bot.inference.answering import Answer, Kind
from bot.markdown import LIMIT, cut, plain, small

_SIGN = "↪"
_MOST_QUOTED = 120


def quoted(words: str) -> str:
    """Return the beginning of what is answered, for above an answer that stands under no message."""
    return plain(cut(words, _MOST_QUOTED))


def formatted(answer: Answer, locale: str, above: str = "") -> str:
    """Return the message for an answer, at most 2,000 characters, in which nothing acts.

    ``above`` is markdown that says what is answered; "" where Discord shows it.
    """
    texts = texts_for(CoreTexts, locale)
    before = small(f"{_SIGN} {above}") + "\n" if above else ""
    below = "\n" + small(texts.picked_by_a_model if answer.kind is Kind.LINE else texts.by_a_model)
    return before + plain(cut(answer.text, LIMIT - len(before) - len(below))) + below
