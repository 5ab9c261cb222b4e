"""Discord's markdown, undone: people's text is shown as they typed it, and nothing in it acts.

Discord's own rule is used: a backslash before a punctuation sign shows that sign. Sentence signs that mean nothing
to it are left alone. Knows nothing of where the text comes from.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable

LIMIT = 2000
"""Characters in one message."""

_ACTS = re.compile(r"[\\`*_~|<>\[\]()#@:/+-]|(?<=^\d)\.|(?<=^\d\d)\.|(?<=\w)\.(?=\w)", re.MULTILINE)
_ESCAPED = re.compile(r"\\([^\w\s]|_)")
SONG_TITLE, SONG_TITLE_END, REFRAIN = "**♪ ", "**", "> "
"""What stands around the title of a song, and before each line of its refrain."""
_SONG = re.compile(rf"^{re.escape(SONG_TITLE)}.*{re.escape(SONG_TITLE_END)}$", re.MULTILINE)
_TURN = re.compile(r"\*\*(?P<who>[A-Z])\*\* (?P<text>.+)")


def escaped(text: str) -> str:
    """Return markdown that shows the lines of ``text`` exactly: no styles, links, invitations, mentions or lists."""
    return _ACTS.sub(r"\\\g<0>", text)


def unescaped(markdown: str) -> str:
    """Return what a member sees of :func:`escaped`'s markdown."""
    return _ESCAPED.sub(r"\1", markdown)


def small(text: str) -> str:
    """Return ``text`` as a line in Discord's small print."""
    return f"-# {text}"


def pages(lines: Iterable[str], room: int = LIMIT) -> list[str]:
    """Return whole lines as few texts of at most ``room`` characters; one that is longer is a text of its own."""
    texts: list[str] = []
    for line in lines:
        if texts and len(texts[-1]) + 1 + len(line) <= room:
            texts[-1] += f"\n{line}"
        else:
            texts.append(line)
    return texts


def turn(who: str, text: str) -> str:
    """Return a line of a dialogue, for the capital that speaks; :func:`turns_in` reads it again."""
    return f"**{who}** {escaped(text)}"


def turns_in(markdown: str) -> list[tuple[str, str]]:
    """Return who speaks and what is said of each line that :func:`turn` made."""
    found = map(_TURN.fullmatch, markdown.splitlines())
    return [(match["who"], unescaped(match["text"])) for match in found if match]


def sung_in(markdown: str) -> tuple[str, list[str]]:
    """Return what stands before a song in a message, and what is sung, each line once; without one, it all and none."""
    if (title := _SONG.search(markdown)) is None:
        return markdown, []
    lines = (line for line in markdown[title.end() :].splitlines() if line and not line.startswith(small("")))
    sung = (unescaped(line.removeprefix(REFRAIN)) for line in lines)
    return markdown[: title.start()], [*dict.fromkeys(sung)]


def cut(text: str, room: int) -> str:
    """Return ``text`` or as much of it as fits into ``room`` characters of markdown."""
    if len(escaped(text)) <= room:
        return text
    ends = range(len(text) + 1)
    end = bisect_right(ends, room - 1, key=lambda end: len(escaped(text[:end]))) - 1
    return text[:end] + "…"
