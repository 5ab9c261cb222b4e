"""The text of a song: its title, verses, and the refrain as a quote; and a song read again from its message.

Knows nothing of Discord but its markdown.
"""

from itertools import groupby

from bot.inference.songwriter import Song
from bot.markdown import plain, shown, small

MOST_VERSES = 5
_TITLE, _TITLE_END, _REFRAIN = "**♪ ", "**", "> "
_SMALL = small("")


def text_of(song: Song) -> str:
    """Return the markdown of a song, in which nothing acts."""
    refrain = [f"{_REFRAIN}{plain(line)}" for line in song.refrain]
    stanzas = ["\n".join([*map(plain, verse), *refrain]) for verse in song.verses]
    return "\n".join([f"{_TITLE}{plain(song.title)}{_TITLE_END}", "\n\n".join(stanzas)])


def message_of(song: Song, note: str) -> str:
    """Return the whole message: the song, and the small print with its seed."""
    return f"{text_of(song)}\n{small(f'🎲 {song.seed} · {note}')}"


def song_in(markdown: str, seed: int) -> Song | None:
    """Return the song that :func:`message_of` wrote; None where there is none."""
    title, *lines = markdown.splitlines() or [""]
    if not (title.startswith(_TITLE) and title.endswith(_TITLE_END)):
        return None
    sung = [line for line in lines if line and not line.startswith(_SMALL)]
    parts = [(is_refrain, [*group]) for is_refrain, group in groupby(sung, lambda line: line.startswith(_REFRAIN))]
    verses = tuple(tuple(map(shown, group)) for is_refrain, group in parts if not is_refrain)
    refrain = next((tuple(shown(line.removeprefix(_REFRAIN)) for line in group) for is_it, group in parts if is_it), ())
    if not verses or not refrain:
        return None
    return Song(shown(title.removeprefix(_TITLE).removesuffix(_TITLE_END)), refrain, verses, seed)
