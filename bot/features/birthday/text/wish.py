"""The words of a wish: its opening, and how what the speaker says is joined to it.

Pure: the speaker is whatever continues given words. Knows no Discord: what may ping is the messenger's business.
"""

from collections.abc import Callable, Sequence

from bot.features.birthday.text.particles import called

_CONGRATULATION = "생일 축하해"
_SILENT = " 🎉"
_BETWEEN = ", "

Continue = Callable[[str], str]
"""Takes the words so far and returns them with more, in the group's voice."""


def opening(*names: str) -> str:
    """Return ``윤혜야 생일 축하해``; several who share the day are named together: ``윤혜야, 다빈아 생일 축하해``."""
    people = _BETWEEN.join(called(name) for name in map(_one_line, names) if name)
    return f"{people} {_CONGRATULATION}".strip()


def wish(start: str, speak: Continue) -> str:
    """Return ``start`` and what ``speak`` adds to it on the same line; never less than ``start`` and a 🎉."""
    return start + (_added(start, speak(start)) or _SILENT)


def batches(names: Sequence[str], room: int) -> tuple[tuple[str, ...], ...]:
    """Return the names in order, in as few openings as fit into ``room`` characters each: nearly always one."""
    found: list[tuple[str, ...]] = []
    for name in names:
        if found and len(opening(*found[-1], name)) <= room:
            found[-1] = (*found[-1], name)
        else:
            found.append((name,))
    return tuple(found)


def _added(start: str, said: str) -> str:
    """Return what was added, with a leading space if it begins a word; the speaker may have respaced the start."""
    rest = _without(start, said)
    text = _one_line(rest)
    return f" {text}" if text and rest[:1].isspace() else text


def _without(start: str, said: str) -> str:
    position = 0
    for char in "".join(start.split()):
        while position < len(said) and said[position].isspace():
            position += 1
        if said[position : position + 1] != char:
            return f" {said}"
        position += 1
    return said[position:]


def _one_line(text: str) -> str:
    return " ".join(text.split())
