"""File permissions: what is kept belongs to its owner alone (0600, its folder 0700), also what older versions made.

Windows has no such modes; there a user's folders are theirs already. Knows nothing of databases.
"""

import contextlib
import os
import stat
from pathlib import Path

_SHARED = stat.S_IRWXG | stat.S_IRWXO


def make_private(file: Path) -> None:
    """Make ``file``, empty, unless it is there, and let nobody else read it.

    Raises:
        OSError: it cannot be made.
    """
    if not file.exists():
        file.touch(mode=0o600)
    tighten(file)


def tighten(path: Path) -> None:
    """Take from everybody else what rights they have in a file or folder, where that is ours to do.

    A folder in which we stand, or that all may write to (``/tmp``), is not the bot's alone.
    """
    with contextlib.suppress(OSError):
        status = path.stat()
        is_ours = hasattr(os, "getuid") and status.st_uid == os.getuid()
        is_open = path.is_dir() and (status.st_mode & stat.S_ISVTX or Path.cwd().is_relative_to(path.resolve()))
        if is_ours and status.st_mode & _SHARED and not is_open:
            path.chmod(stat.S_IMODE(status.st_mode) & ~_SHARED)
