"""The text of a song: its title, verses, and the refrain as a quote; and a song read again from its message.

Knows nothing of Discord but its markdown.
"""

from itertools import groupby

from bot.inference.songwriter import Song
from bot.markdown import REFRAIN, SONG_TITLE, SONG_TITLE_END, escaped, small, unescaped

MOST_VERSES = 5
_SMALL = small("")


def text_of(song: Song) -> str:
    """Return the markdown of a song, in which nothing acts."""
    refrain = [f"{REFRAIN}{escaped(line)}" for line in song.refrain]
    stanzas = ["\n".join([*map(escaped, verse), *refrain]) for verse in song.verses]
    return "\n".join([f"{SONG_TITLE}{escaped(song.title)}{SONG_TITLE_END}", "\n\n".join(stanzas)])


def message_of(song: Song, note: str) -> str:
    """Return the whole message: the song, and the small print with its seed."""
    return f"{text_of(song)}\n{small(f'🎲 {song.seed} · {note}')}"


def song_in(markdown: str, seed: int) -> Song | None:
    """Return the song that :func:`message_of` wrote; None where there is none."""
    title, *lines = markdown.splitlines() or [""]
    if not (title.startswith(SONG_TITLE) and title.endswith(SONG_TITLE_END)):
        return None
    sung = [line for line in lines if line and not line.startswith(_SMALL)]
    parts = [(is_refrain, [*group]) for is_refrain, group in groupby(sung, lambda line: line.startswith(REFRAIN))]
    verses = tuple(tuple(map(unescaped, group)) for is_refrain, group in parts if not is_refrain)
    refrain = next(
        (tuple(unescaped(line.removeprefix(REFRAIN)) for line in group) for is_it, group in parts if is_it), ()
    )
    if not verses or not refrain:
        return None
    return Song(unescaped(title.removeprefix(SONG_TITLE).removesuffix(SONG_TITLE_END)), refrain, verses, seed)
