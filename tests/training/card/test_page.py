"""A card is one file that loads nothing, runs nothing and takes no name for HTML."""

import re
from xml.etree import ElementTree

import pytest

from training.card import Card, Fact, Section
from training.card.figures import Bar, Bars, Columns, Curves, Lines, Picture, Table

EVIL = "<img src=x onerror=alert(1)>\"'&"
FIGURES = (
    Bars(EVIL, [Bar(EVIL, 3, EVIL), Bar("둘", 0, "0", is_ours=False)]),
    Columns(EVIL, [(EVIL, 1), ("2월", 0)], [0, 1], EVIL),
    Curves(EVIL, {EVIL: [3, 2, 1], "b": [2, 2, 2]}, [1, 2, 3], EVIL, (1, EVIL), note=EVIL),
    Table(EVIL, [EVIL], [[EVIL, "1"]]),
    Lines({EVIL: [EVIL]}),
    Picture(b"\x89PNG", "png", EVIL),
)
CARD = Card("ko", EVIL, EVIL, [Fact(EVIL, EVIL, is_bad=True)], [Section(EVIL, FIGURES, [EVIL], is_bad=True)], EVIL)


def elements(page: str) -> ElementTree.Element:
    """Return the body, parsed more strictly than a browser does."""
    body = re.search(r"<body>.*</body>", page, re.DOTALL)[0]
    return ElementTree.fromstring(re.sub(r"<(img[^>]*)>", r"<\1/>", body))


def test_a_name_is_never_html() -> None:
    body = elements(CARD.html())
    names = {element.tag for element in body.iter()}
    assert "script" not in names
    assert [element.get("src") for element in body.iter("img")] == ["data:image/png;base64,iVBORw=="]
    assert EVIL in [element.text for element in body.iter("dd")]
    assert not any(name.startswith("on") for element in body.iter() for name in element.attrib)


def test_nothing_is_loaded_and_nothing_may_run() -> None:
    page = CARD.html()
    assert "default-src 'none'" in page
    assert "<link" not in page
    assert not re.findall(r"(?:src|href)=[\"'](?!data:)", page)
    assert not re.findall(r"url\(|@import|https?://", page.replace(EVIL, ""))


@pytest.mark.parametrize("values", [[], [0.0], [0.0, 0.0]])
def test_a_plot_of_nothing_is_still_a_plot(values: list[float]) -> None:
    bars = Bars("", [Bar("a", value, "0") for value in values])
    columns = Columns("", [("a", value) for value in values], [0], "")
    curves = Curves("", {"a": values or [1.0]}, range(1, 1 + (len(values) or 1)), "")
    for figure in (bars, columns, curves):
        assert "nan" not in figure.html()
