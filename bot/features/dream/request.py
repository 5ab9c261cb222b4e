"""What is dreamt of the picture that is at hand, and how a button remembers it. Knows no Discord."""

import re
from dataclasses import replace

from bot.bundle import DEPTHS
from bot.inference.dreamer import STRENGTHS, Dream

_DEPTHS = "|".join(DEPTHS)
CUSTOM_ID = re.compile(
    rf"dream:(?P<depth>{_DEPTHS}):(?P<strength>[{STRENGTHS[0]}-{STRENGTHS[-1]}]):(?P<act>{_DEPTHS}|more|less|fall|show)"
)
"""The act of a button for a depth is its name."""


def custom_id(dream: Dream, act: str) -> str:
    """Return the text by which a button remembers a dream and what it is to do."""
    return f"dream:{dream.depth}:{dream.strength}:{act}"


def of_button(match: re.Match[str]) -> Dream:
    """Return what a button remembers."""
    return Dream(match["depth"], int(match["strength"]))


def after(dream: Dream, act: str) -> Dream:
    """Return the dream that a press leads to."""
    if act in DEPTHS:
        return replace(dream, depth=act)
    strength = dream.strength + {"more": 1, "less": -1}.get(act, 0)
    return replace(dream, strength=min(STRENGTHS[-1], max(STRENGTHS[0], strength)))


def can(dream: Dream, act: str) -> bool:
    """Return whether a press would change anything, or show anything else."""
    return act in {"fall", "show"} or after(dream, act) != dream
