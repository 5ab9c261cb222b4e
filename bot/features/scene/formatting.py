"""The text of a scene: its turns, and the small print under them; and a scene read again from its message."""

from bot.features.scene.texts import SceneTexts
from bot.groups.group import Group
from bot.i18n import texts_for
from bot.inference.scene import SPEAKERS, Dialogue, Turn
from bot.markdown import LIMIT, cut, escaped, small, turn, turns_in

MOST_TURNS = 20
"""In one message."""
_FIRST = ord("A")
_MOST_IN_A_TURN = 150
_MOST_UNKNOWN = 150


def formatted(dialogue: Dialogue, group: Group, locale: str, how: str = "") -> str:
    """Return the message for a dialogue, in which nothing acts; ``how`` is what the small print says of its making."""
    lines = [turn(chr(_FIRST + speaker), cut(text, _MOST_IN_A_TURN)) for speaker, text in dialogue.turns]
    return "\n".join([*lines, *_notes(dialogue, group, locale, how)])


def turns_of(content: str) -> tuple[Turn, ...]:
    """Return the turns of a scene's message."""
    turns = (Turn(ord(who) - _FIRST, text) for who, text in turns_in(content))
    return tuple(each for each in turns if each.speaker < SPEAKERS)


def may_go_on(content: str, further: int) -> bool:
    """Say whether so many turns more have room in a message."""
    return len(turns_of(content)) + further <= MOST_TURNS and len(content) <= LIMIT - further * 2 * _MOST_IN_A_TURN


def _notes(dialogue: Dialogue, group: Group, locale: str, how: str) -> list[str]:
    texts = texts_for(SceneTexts, locale)
    about = small(" · ".join(filter(None, (texts.nobody, how, group.note(locale)))))
    if not dialogue.unknown:
        return [about]
    words = cut(", ".join(dict.fromkeys(dialogue.unknown)), _MOST_UNKNOWN)
    return [small(texts.never_seen.format(words=escaped(words))), about]
