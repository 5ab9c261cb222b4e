"""The voice's aims: what was measured beside what is asked."""

import io

from rich.console import Console

from export.aims import Aim, table_of


def test_a_figure_reaches_its_aim_or_does_not() -> None:
    assert [Aim("a", value, most=2).reached for value in (1.9, 2, 2.1)] == ["yes", "yes", "no"]
    assert [Aim("a", value, least=0.9).reached for value in (0.8, 0.9)] == ["no", "yes"]
    assert Aim("a", 5).reached == "–"


def test_the_table_has_every_figure_with_what_is_asked() -> None:
    printed = io.StringIO()
    Console(file=printed, width=100).print(table_of([Aim("perplexity", 81.25), Aim("exposure", 1.5, most=2)]))
    assert all(part in printed.getvalue() for part in ("perplexity", "81.25", "exposure", "at most 2", "yes"))
