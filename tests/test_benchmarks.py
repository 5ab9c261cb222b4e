"""What was measured is kept topic by topic, shown in the page, and compared with another commit's."""

from pathlib import Path

import pytest

from benchmarks import results
from benchmarks.figure import Figure, at_most


@pytest.fixture
def page(tmp_path: Path) -> Path:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{results.BEGIN}old\n{results.END}after\n", encoding="utf-8")
    return page


def _measured(value: float | None) -> dict[str, object]:
    figures = [results.kept_of(Figure("an answer", value, "ms", "< 20", at_most(20), "as a note"))]
    return results.machine() | {"figures": figures}


def test_a_topic_that_is_measured_anew_replaces_itself_and_no_other(page: Path) -> None:
    results.write(page, {"words": _measured(30), "faces": _measured(1234)})
    kept = results.read(page.with_suffix(".json"))
    results.write(page, kept | {"words": _measured(12)})
    text = page.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "| an answer | 12 ms | < 20 | yes | as a note |" in text
    assert "| an answer | 1,234 ms | < 20 | no | as a note |" in text
    assert "30 ms" not in text
    assert "old" not in text


def test_two_commits_are_compared_by_what_both_have_measured() -> None:
    before, now = {"words": _measured(30), "faces": _measured(None)}, {"words": _measured(15), "faces": _measured(1)}
    *_, row = results.compared(before, now)
    assert row == "| words: an answer | 30 ms | 15 ms | 0.50 |"
