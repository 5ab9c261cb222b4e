"""Words that were cut before, and how: a small database on disk, so that a second run need not ask again.

It holds what people wrote, word by word, so only its owner may read it. Knows nothing of who cuts the words.
"""

import os
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

_TABLE = "CREATE TABLE IF NOT EXISTS cuts (maker TEXT, word TEXT, pieces TEXT, PRIMARY KEY (maker, word)) WITHOUT ROWID"
_BETWEEN = "\x1f"
_NOT_OURS = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR)


def read(path: Path, maker: str) -> dict[str, tuple[str, ...]]:
    """Return the pieces of every word that ``maker`` cut; a store that is absent or damaged has none."""
    if not path.exists():
        return {}
    try:
        with closing(sqlite3.connect(path)) as database:
            rows = database.execute("SELECT word, pieces FROM cuts WHERE maker = ?", (maker,)).fetchall()
            cuts = {word: tuple(pieces.split(_BETWEEN)) for word, pieces in rows}
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode not in _NOT_OURS:
            raise
        path.unlink()
        return {}
    return {word: pieces for word, pieces in cuts.items() if "".join(pieces) == word}


def add(path: Path, maker: str, cuts: Mapping[str, Iterable[str]]) -> None:
    """Keep how ``maker`` cut these words: all of them or, if the process is killed meanwhile, none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    rows = [(maker, word, _BETWEEN.join(pieces)) for word, pieces in cuts.items()]
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(_TABLE)
        database.executemany("INSERT OR REPLACE INTO cuts VALUES (?, ?, ?)", rows)
