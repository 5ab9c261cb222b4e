"""What several people of a room said word for word, and what several answered to it: the file of a bundle that has it.

Knows nothing of who said it, nor of what is made of it.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from bot.bundle.manifest import BundleError, parsed

MOST_MORE, MOST_ANSWERS = 10_000, 100_000
LONGEST_LINE = 200
"""Letters of a line, at most."""


@dataclass(frozen=True, slots=True)
class Exchanges:
    """Lines that are ``more`` than a picker's, and ``answers``: pairs of places among both, a line and its answer.

    The picker's lines have the first places.
    """

    more: tuple[str, ...] = ()
    answers: tuple[tuple[int, int], ...] = ()

    def to_json(self) -> str:
        """Return the text of the file."""
        content = {"more": self.more, "answers": self.answers}
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"

    @classmethod
    def read(cls, path: Path, lines: int) -> Self:
        """Read the file beside a picker of so many ``lines``.

        Raises:
            BundleError: it cannot be read, or is no such file.
        """
        try:
            content = parsed(path.read_text(encoding="utf-8"))
            more, answers = tuple(content["more"]), tuple((one, other) for one, other in content["answers"])
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise BundleError(f"{path.name} cannot be read ({error!r}): export the bundle again.") from error
        places = range(lines + len(more))
        is_whole = len(more) <= MOST_MORE and len(answers) <= MOST_ANSWERS and all(map(is_line, more))
        if not is_whole or not all(type(place) is int and place in places for pair in answers for place in pair):
            raise BundleError(f"{path.name} is no list of lines and answers: export the bundle again.")
        return cls(more, answers)


def is_line(line: object) -> bool:
    """Say whether it is a text that may be said as it is."""
    return isinstance(line, str) and 0 < len(line.strip()) <= LONGEST_LINE
