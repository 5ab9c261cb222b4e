"""The text of an answer: what it answers, what was said, small print. Knows nothing of Discord but its markdown."""

from bot.groups.group import Group
from bot.inference.answerer import Answer, Kind
from bot.markdown import LIMIT, cut, escaped, small

_SIGN = "↪"
_MOST_QUOTED = 120


def quoted(words: str) -> str:
    """Return the beginning of what is answered, for above an answer that stands under no message."""
    return escaped(cut(words, _MOST_QUOTED))


def formatted(answer: Answer, group: Group, locale: str, above: str = "") -> str:
    """Return the message for a group's answer, at most 2,000 characters, in which nothing acts.

    ``above`` is markdown that says what is answered; "" where Discord shows it.
    """
    before = small(f"{_SIGN} {above}") + "\n" if above else ""
    below = "\n" + small(group.note(locale, picked=answer.kind is Kind.LINE))
    return before + escaped(cut(answer.text, LIMIT - len(before) - len(below))) + below
