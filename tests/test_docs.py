"""What the documents name exists: tests, files, headings."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = [
    path.relative_to(ROOT)
    for folder in (".", "docs", "tests", ".github")
    for path in sorted((ROOT / folder).glob("*.md"))
]


def anchors(document: Path) -> set[str]:
    """Return the anchors that GitHub gives the headings of a document."""
    headings = re.findall(r"^#+ (.*)", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", ["docs/security.md", "docs/reliability.md"])
def test_every_row_names_tests_that_exist(document: str) -> None:
    rows = [line for line in (ROOT / document).read_text(encoding="utf-8").splitlines() if re.match(r"\| [\d–]", line)]
    assert len(rows) > 10
    for row in rows:
        named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", row)
        assert named, row
        for file, test in named:
            code = (ROOT / file).read_text(encoding="utf-8")
            assert f"def {test}(" in code if test else code, row


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_links_lead_somewhere(document: Path) -> None:
    for link in re.findall(r"\]\((?!\w+:)([^)\s]+)\)", (ROOT / document).read_text(encoding="utf-8")):
        path, _, anchor = link.partition("#")
        target = (ROOT / document).parent / path if path else ROOT / document
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link
