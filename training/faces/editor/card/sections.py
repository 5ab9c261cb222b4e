"""The sections of a card of an editor, each from the files of its run. Knows nothing of torch."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from training.card import Card, Fact, Section
from training.card.figures import Curves, Picture
from training.common.run_folder import read_json
from training.faces.editor.card import en, ko
from training.faces.editor.card.texts import EditorCardTexts
from training.faces.editor.run import EditorRun

TEXTS: Mapping[str, EditorCardTexts] = {"ko": ko.TEXTS, "en": en.TEXTS}
_GENTLE, _GRIN, _LESS = "labeller_sees_0.5", "labeller_sees_1", "labeller_sees_-1"
_FEW = 0.8
"""Fewer than this share of people smile where something is wrong with the photos."""
_AS_IN_PHOTOS, _OTHERS = ("pixels", "features", "pairs"), ("critic", "teacher")


def editor_card(run: EditorRun, language: str) -> Card:
    """Return the card of a finished run.

    Raises:
        RunError: it is not finished, or damaged.
    """
    texts, report, config = TEXTS[language], run.read_report(), run.read_config()
    metrics: Mapping[str, float] = report["metrics"]
    title = texts.title.format(share=f"{100 * metrics[_GRIN]:.0f}") if _GRIN in metrics else texts.title_none
    made = " · ".join(report["made"].values())
    foot = texts.foot.format(steps=config.steps, batch=config.batch, made=made)
    return Card(language, title, texts.lead, [*_facts(metrics, texts)], [*_sections(run, metrics, texts)], foot)


def _facts(metrics: Mapping[str, float], texts: EditorCardTexts) -> Iterator[Fact]:
    for name, about in ((_GENTLE, texts.fact_gentle), (_GRIN, texts.fact_grin), (_LESS, texts.fact_less)):
        if name in metrics:
            yield Fact(f"{100 * metrics[name]:.0f}", about, is_bad=name == _GRIN and metrics[name] < _FEW)
    yield Fact(f"{metrics.get('held_out', 0):.0f}", texts.fact_people)


def _sections(run: EditorRun, metrics: Mapping[str, float], texts: EditorCardTexts) -> Iterator[Section]:
    is_bad = metrics.get(_GRIN, 1.0) < _FEW
    sheets = ((run.more, texts.more), (run.less, texts.less))
    pictures = [Picture(path.read_bytes(), "jpg", caption) for path, caption in sheets if path.is_file()]
    yield Section(texts.too_few if is_bad else texts.people, pictures, [texts.people_note], is_bad)
    if run.history.is_file():
        history = read_json(run.history)
        curves = [_curves(history, _AS_IN_PHOTOS, texts.pixels, texts), _curves(history, _OTHERS, texts.others, texts)]
        yield Section(texts.learning, curves, [texts.learning_note])


def _curves(history: Mapping[str, Any], names: Sequence[str], caption: str, texts: EditorCardTexts) -> Curves:
    return Curves(caption, {name: history["values"][name] for name in names}, history["steps"], texts.steps)
