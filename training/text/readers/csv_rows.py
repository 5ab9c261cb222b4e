"""CSV read as it streams, with the number of lines that each row took.

Knows nothing of what the columns mean.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from training.common.errors import ChatError


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, the lines it stands on, and whether the file ends inside its quotes."""

    cells: list[str]
    lines: int
    is_cut: bool


def rows_of(name: str, lines: Iterable[str], separator: str = ",") -> Iterator[Row]:
    """Yield the rows of a CSV file (RFC 4180), its heading among them.

    Raises:
        ChatError: a quotation mark is opened and never closed.
    """
    quotes = 0

    def watched() -> Iterator[str]:
        nonlocal quotes
        for line in lines:
            quotes += line.count('"')
            yield line.removeprefix("\ufeff") if table.line_num == 0 else line.replace("\r\n", "\n")

    table = csv.reader(watched(), delimiter=separator)
    before = 0
    try:
        for cells in table:
            yield Row(cells, table.line_num - before, is_cut=quotes % 2 == 1)
            before, quotes = table.line_num, 0
    except csv.Error as error:
        raise ChatError(
            f"{name} breaks off in line {before + 1}, where a quotation mark never closes: give it as it was exported."
        ) from error
