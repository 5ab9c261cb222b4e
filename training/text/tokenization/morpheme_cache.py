"""The cache of how words were cut: a small database on disk, so that a second run need not ask again.

It holds what people wrote, word by word, so only its owner may read it. Knows nothing of who cuts the words.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from training.common.errors import CacheError

_TABLE = "CREATE TABLE IF NOT EXISTS cuts (maker TEXT, word TEXT, pieces TEXT, PRIMARY KEY (maker, word)) WITHOUT ROWID"
_BETWEEN = "\x1f"


def read(path: Path, maker: str) -> dict[str, tuple[str, ...]]:
    """Return the pieces of every word that ``maker`` cut; a store that is absent or empty has none.

    Raises:
        CacheError: the file is something else, or damaged. It is left as it is: it may be precious.
    """
    if not path.exists():
        return {}
    with _opened(path) as database:
        if not database.execute("SELECT 1 FROM sqlite_master").fetchone():
            return {}
        rows = database.execute("SELECT word, pieces FROM cuts WHERE maker = ?", (maker,)).fetchall()
    cuts = {word: tuple(pieces.split(_BETWEEN)) for word, pieces in rows}
    return {word: pieces for word, pieces in cuts.items() if "".join(pieces) == word}


def add(path: Path, maker: str, cuts: Mapping[str, Iterable[str]]) -> None:
    """Keep how ``maker`` cut these words: all of them or, if the process is killed meanwhile, none.

    Raises:
        CacheError: they cannot be written there.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    rows = [(maker, word, _BETWEEN.join(pieces)) for word, pieces in cuts.items()]
    with _opened(path) as database, database:
        database.execute(_TABLE)
        database.executemany("INSERT OR REPLACE INTO cuts VALUES (?, ?, ?)", rows)


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(path)) as database:
            yield database
    except sqlite3.Error as error:
        raise CacheError(
            f"The words that were cut cannot be kept in {path} ({error}): give another --cache, or delete that file."
        ) from error
