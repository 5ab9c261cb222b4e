"""The sections of a voice's card, each from the small files of its run. Knows nothing of torch."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from training.card import Card, Fact, Figure, Section
from training.card.figures import Bar, Bars, Columns, Curves, Lines, Table
from training.common.run_folder import read_json
from training.text.answers.evaluate import CHANCE
from training.text.answers.run import FOLDER, AnswersRun
from training.text.card import en, ko
from training.text.card.chat import ChatFigures
from training.text.card.leaks import leak_facts, leak_section
from training.text.card.texts import TextCardTexts
from training.text.corpus.report import COUNTED
from training.text.corpus.texts import CorpusTexts
from training.text.curves import best_of, read_epochs
from training.text.held_out import repeats_itself
from training.text.leaks.report import LeakReport
from training.text.run import TextRun

TEXTS: Mapping[str, TextCardTexts] = {"ko": ko.TEXTS, "en": en.TEXTS}
_GOOD, _BAD, _ALIKE = 0.9, 1.1, 0.01
"""Shares of the 4-gram's perplexity: so far a voice is good, from here on bad; and a difference that is none."""
_NAMED = 12
"""People with a bar of their own."""
_HOURS_NAMED = (0, 6, 12, 18, 23)
_BITS, _DISTINCT = "bits a character", "distinct-2"
_BITS_OF_BUNDLE = "bits_a_character"


def text_card(run: TextRun, language: str) -> Card:
    """Return the card of a finished run.

    Raises:
        RunError: it is not finished, or damaged.
    """
    parts = _Parts(run, TEXTS[language], COUNTED[language])
    return Card(language, parts.title(), parts.texts.lead, [*parts.facts()], [*parts.sections()], parts.foot())


@dataclass(frozen=True)
class _Parts:
    """A run, and each part of its card."""

    run: TextRun
    texts: TextCardTexts
    counted: CorpusTexts

    @cached_property
    def report(self) -> Mapping[str, Any]:
        return self.run.read_report()

    @cached_property
    def chat(self) -> ChatFigures:
        return ChatFigures.read(self.run.chat)

    @cached_property
    def by_name(self) -> dict[str, Mapping[str, float]]:
        """What was measured of each model, first of what a bundle speaks with."""
        measured = [*self.report["models"].values()]
        if len(measured) == 2:
            return {self.texts.network: measured[0], self.texts.counts: measured[1]}
        alone, counted, served = measured
        return {self.texts.network: served, self.texts.network_alone: alone, self.texts.counts: counted}

    @property
    def served(self) -> Mapping[str, float]:
        """The measures of what a bundle speaks with."""
        return self.by_name[self.texts.network]

    @property
    def share(self) -> float:
        """How puzzled the voice is, as a share of the 4-gram's puzzlement."""
        return self.served["perplexity"] / self.by_name[self.texts.counts]["perplexity"]

    @property
    def _repeats(self) -> bool:
        return repeats_itself(self.report.get("repeated", 0.0))

    @property
    def _is_bad(self) -> bool:
        return self.share > _BAD and not self._repeats

    @cached_property
    def leaks(self) -> LeakReport:
        return LeakReport.read(self.run.leaks)

    @property
    def removed(self) -> Mapping[str, int]:
        removed: Mapping[str, int] = self.chat.report["removed"]
        return removed

    def title(self) -> str:
        texts = self.texts
        few = texts.title_repeating if self._repeats else texts.title_few
        enough = texts.title_enough if self.share <= 1 else few
        sentence = texts.title_good if self.share <= _GOOD else enough
        return sentence.format(messages=f"{self.chat.kept:,}")

    def facts(self) -> Iterator[Fact]:
        texts, better = self.texts, self.share <= 1
        yield Fact(f"{self.chat.kept:,}", texts.fact_messages)
        yield Fact(f"{len(self.chat.people) or '–'}", texts.fact_people)
        yield Fact(f"{abs(1 - self.share):.0%}", texts.fact_better if better else texts.fact_worse, is_bad=self._is_bad)
        yield Fact(f"{self.served[_DISTINCT]:.0%}", texts.fact_variety)
        yield Fact(f"{sum(self.removed.values()):,}", texts.fact_removed)
        yield from leak_facts(self.leaks, texts)

    def foot(self) -> str:
        return self.texts.foot.format(**{"base": "none", **self.report["made"]})

    def sections(self) -> Iterator[Section]:
        yield self._of_chat()
        yield self._of_learning()
        yield self._of_worth()
        yield self._of_lines()
        yield self._of_scrubbing()
        yield leak_section(self.leaks, self.texts)
        yield self._of_more()

    def _of_chat(self) -> Section:
        texts, chat = self.texts, self.chat
        counts = {name: f"{chat.report[name]:,}" for name in ("kept", "days", "sessions", "left_out")}
        notes = [texts.chat_note.format(**counts)]
        if chat.report["left_out"]:
            notes.append(texts.chat_left_out.format(**counts))
        if not chat.months:
            return Section(texts.chat_untimed, [*self._by_person()], notes)
        month = max(chat.months, key=chat.months.__getitem__)
        hour = max(range(24), key=chat.hours.__getitem__)
        months = [(_spelt(name, texts), count) for name, count in chat.months.items()]
        hours = [(texts.hour.format(hour=hour), chat.hours[hour]) for hour in range(24)]
        figures = [
            Columns(texts.by_month, months, sorted({0, len(months) - 1}), texts.messages),
            Columns(texts.by_hour, hours, _HOURS_NAMED, texts.messages),
        ]
        return Section(
            texts.chat_title.format(month=_spelt(month, texts), hour=hour), [*figures, *self._by_person()], notes
        )

    def _by_person(self) -> Iterator[Figure]:
        people = [*self.chat.people.items()]
        bars = [Bar(name, count, f"{count:,}") for name, count in people[:_NAMED]]
        if rest := people[_NAMED:]:
            count = sum(count for _, count in rest)
            bars.append(Bar(self.texts.others.format(count=len(rest)), count, f"{count:,}", is_ours=False))
        if bars:
            yield Bars(self.texts.by_person, bars)

    def _of_learning(self) -> Section:
        texts, epochs = self.texts, read_epochs(self.run.history)
        # Drawn as losses, which are the logarithms of perplexities: those fall steeply at first.
        held_out = [epoch.held_out_loss for epoch in epochs]
        training = [epoch.train_loss for epoch in epochs]
        best, last = best_of(epochs).number, len(epochs)
        title = texts.learning_to_the_end if best == last else texts.learning_title
        curves = Curves(
            texts.curves,
            {texts.held_out: held_out, texts.training: training},
            range(1, last + 1),
            texts.epochs,
            (best - 1, texts.best.format(best=best)),
            lambda loss: f"{math.exp(loss):,.0f}",
            texts.learning_note,
        )
        return Section(title.format(best=best, last=last), [curves])

    def _of_worth(self) -> Section:
        texts, change = self.texts, 1 - self.share
        share = f"{abs(change):.0%}"
        worse = texts.worth_repeating if self._repeats else texts.worth_worse
        alike = texts.worth_alike if abs(change) <= _ALIKE else worse
        title = (texts.worth_better if change > _ALIKE else alike).format(share=share)
        base, bits = self._bars("perplexity", "{:.1f}", self._base()), "{:.2f}" + texts.bits_unit
        figures = [
            Bars(texts.perplexity, base, texts.perplexity_note),
            Bars(texts.bits, self._bars(_BITS, bits, self._previous(_BITS_OF_BUNDLE)), texts.bits_note + self._since()),
            Bars(texts.variety, self._bars(_DISTINCT, "{:.0%}", self._previous("distinct_2")), texts.variety_note),
            self._all_measures(),
        ]
        return Section(title, figures, [texts.worth_note], is_bad=self._is_bad)

    def _bars(self, measure: str, shown: str, others: Mapping[str, float]) -> list[Bar]:
        ours = {name: values[measure] for name, values in self.by_name.items()}
        counted = self.texts.counts
        bars = [Bar(name, value, shown.format(value), is_ours=name != counted) for name, value in ours.items()]
        return bars + [Bar(name, value, shown.format(value), is_ours=False) for name, value in others.items()]

    def _base(self) -> dict[str, float]:
        return {self.texts.base: self.report["base"]["perplexity"]} if "base" in self.report else {}

    def _previous(self, measure: str) -> dict[str, float]:
        previous: Mapping[str, float] = self.report.get("previous", {})
        return {self.texts.previous: previous[measure]} if measure in previous else {}

    def _since(self) -> str:
        """Return the sentence on the voice before, if there was one."""
        for before in self._previous(_BITS_OF_BUNDLE).values():
            change = 1 - self.served[_BITS] / before
            worse = self.texts.since_worse if change < -_ALIKE else self.texts.since_alike
            return " " + (self.texts.since_better if change > _ALIKE else worse).format(share=f"{abs(change):.0%}")
        return ""

    def _all_measures(self) -> Figure:
        measures = self.by_name[self.texts.network]
        rows = [
            [self.texts.measures.get(name, name), *(_number(values.get(name)) for values in self.by_name.values())]
            for name in measures
        ]
        return Table(self.texts.all_measures, ["", *self.by_name], rows)

    def _of_lines(self) -> Section:
        said = self.report["said"]
        groups = {self.texts.temperatures[name]: lines for name, lines in said["by_temperature"].items()}
        title = self.texts.lines_title.format(count=sum(map(len, groups.values())))
        return Section(title, [Lines(groups)], [self.texts.lines_note.format(**said)])

    def _of_scrubbing(self) -> Section:
        texts, report = self.texts, self.chat.report
        count = sum(self.removed.values())
        others = [*_largest_first(report["not_messages"]), *_largest_first(report["dropped"])]
        figures: list[Figure] = []
        if self.removed:
            kinds = [(self.counted.name(kind), number) for kind, number in _largest_first(self.removed)]
            figures.append(Bars(texts.by_kind, [Bar(name, number, f"{number:,}") for name, number in kinds]))
        if others:
            rows = [[self.counted.name(reason), f"{number:,}"] for reason, number in others]
            figures.append(Table(texts.not_messages, [], rows))
        title = texts.scrubbed_title.format(count=f"{count:,}") if count else texts.scrubbed_none
        return Section(title, figures, [texts.scrubbed_note])

    def _of_more(self) -> Section:
        rows = [
            *self._picking(),
            *self._filling(),
            *self._reacting(),
            *self._singing(),
            *self._inventing(),
            *self._pulsing(),
            *self._speakers(),
        ]
        texts = self.texts
        groups = {
            f"{what}: {texts.is_offered if is_offered else texts.is_not_offered}": [how_well]
            for what, how_well, is_offered in rows
        }
        title = texts.more_title if any(is_offered for *_, is_offered in rows) else texts.more_none
        return Section(title, [Lines(groups)])

    def _picking(self) -> Iterator[tuple[str, str, bool]]:
        answers = AnswersRun(self.run.folder / FOLDER)
        if answers.report.is_file():
            measured = answers.measured()
            picked = self.texts.picked.format(right=f"{measured.right:.0%}", chance=f"{CHANCE:.0%}")
            yield self.texts.picking, picked, measured.beats_chance

    def _filling(self) -> Iterator[tuple[str, str, bool]]:
        if infilling := self.report.get("infilling"):
            both, left, *_ = (f"{values['perplexity']:.1f}" for values in infilling["models"].values())
            yield self.texts.filling, self.texts.filled.format(both=both, left=left), infilling["is_better"]

    def _reacting(self) -> Iterator[tuple[str, str, bool]]:
        if self.run.reactions.is_file():
            report = read_json(self.run.reactions)
            figures = {name: f"{report['metrics'][name]:.0%}" for name in ("balanced", "chance")}
            yield self.texts.reacting, self.texts.reacted.format(**figures), bool(report["is_better"])

    def _singing(self) -> Iterator[tuple[str, str, bool]]:
        if self.run.songs.is_file():
            report = read_json(self.run.songs)
            perplexities = {name: f"{values['perplexity']:.1f}" for name, values in report["models"].items()}
            lstm, gru, shared, *_ = perplexities.values()
            how_well = self.texts.sung.format(lstm=lstm, gru=gru, shared=shared)
            yield self.texts.singing, how_well, bool(report["is_better"])

    def _pulsing(self) -> Iterator[tuple[str, str, bool]]:
        if not self.run.pulse.is_file():
            return
        metrics, texts = read_json(self.run.pulse)["metrics"], self.texts
        if "mae" not in metrics:
            yield texts.pulsing, texts.pulsed_unmeasured, True
            return
        names = {"network": "mae", "last_week": "mae_same_hour_last_week", "usual": "mae_usual_week"}
        text = texts.pulsed if metrics["reach_days"] else texts.pulsed_by_mean
        yield texts.pulsing, text.format(**{name: f"{metrics[key]:.2f}" for name, key in names.items()}), True

    def _inventing(self) -> Iterator[tuple[str, str, bool]]:
        if self.run.scenes.is_file():
            report = read_json(self.run.scenes)
            metrics = report["metrics"]
            alone = min(metrics["perplexity_alone"], metrics["perplexity_after_another_conversation"])
            figures = {"context": f"{metrics['perplexity_in_context']:.1f}", "alone": f"{alone:.1f}"}
            yield self.texts.inventing, self.texts.invented.format(**figures), bool(report["context_helps"])

    def _speakers(self) -> Iterator[tuple[str, str, bool]]:
        for name, likeness in self.report.get("speakers", {}).items():
            figures = {start: _number(likeness[start]) for start in ("right", "group")}
            yield (
                self.texts.speaking_as.format(name=name),
                self.texts.spoken_as.format(**figures),
                likeness["is_offered"],
            )


def _spelt(month: str, texts: TextCardTexts) -> str:
    return texts.month.format(date.fromisoformat(f"{month}-01"))


def _largest_first(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: -item[1])


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,.3g}"
