"""The card's section on what a voice gives away, by its leak report. Knows nothing of how that was measured."""

from collections.abc import Iterator

from training.card import Fact, Figure, Section
from training.card.figures import Bar, Bars, Table
from training.text.card.texts import TextCardTexts
from training.text.leaks.report import Exposure, LeakReport


def leak_facts(report: LeakReport, texts: TextCardTexts) -> Iterator[Fact]:
    """Yield how many lines gave something away, where that was measured."""
    if report.extracted or report.said:
        yield Fact(f"{_came_out(report):,}", texts.fact_leaks, is_bad=report.is_red)


def leak_section(report: LeakReport, texts: TextCardTexts) -> Section:
    """Return the section; what was not measured is said to be so."""
    figures = [*_exposures(report.exposure, texts), *_said(report, texts)]
    why_not = {"skipped": texts.leaks_skipped, "small": texts.leaks_small}.get(report.not_measured or "")
    if not figures:
        return Section(texts.unmeasured_leaks, [], [why_not or texts.unmeasured_leaks_note])
    notes = [note for note in (why_not, None if report.said else texts.leaks_at_export) if note]
    return Section(_title(report, texts), figures, notes, is_bad=report.is_red)


def _title(report: LeakReport, texts: TextCardTexts) -> str:
    if report.is_red:
        return texts.leaks_red.format(count=f"{_came_out(report):,}")
    if report.exposure is None:
        return texts.leaks_none
    sentence = texts.leaks_low if report.exposure.is_low else texts.leaks_high
    return sentence.format(once=f"{report.exposure.network['1']:.1f}", bits=f"{report.exposure.bits:.0f}")


def _came_out(report: LeakReport) -> int:
    said, extracted = report.said, report.extracted
    return (extracted.secrets if extracted else 0) + (said.runs + said.messages + said.rare if said else 0)


def _exposures(exposure: Exposure | None, texts: TextCardTexts) -> Iterator[Figure]:
    if exposure is None:
        return
    by_source = ((exposure.network, texts.from_network), (exposure.ngrams, texts.from_phrases))
    bars = [
        Bar(source.format(times=times), bits, f"{bits:.1f}{texts.bits_unit}", is_ours=source == texts.from_network)
        for known, source in by_source
        for times, bits in known.items()
    ]
    note = texts.exposure_note.format(
        secrets=exposure.secrets,
        messages=f"{exposure.messages:,}",
        bits=f"{exposure.bits:.0f}",
        aim=f"{exposure.aim:g}",
    )
    yield Bars(texts.exposure, bars, note)


def _said(report: LeakReport, texts: TextCardTexts) -> Iterator[Figure]:
    rows = []
    if report.extracted:
        rows.append([texts.secrets_out, *_of(report.extracted.secrets, report.extracted.lines)])
    if report.said:
        counts = {
            texts.runs_out: report.said.runs,
            texts.messages_out: report.said.messages,
            texts.rare_out: report.said.rare,
            texts.short_out: report.said.short,
        }
        rows += [[name, *_of(count, report.said.lines)] for name, count in counts.items()]
    if rows:
        yield Table(texts.came_out, ["", *texts.came_out_heads], rows, texts.came_out_note)


def _of(count: int, lines: int) -> tuple[str, str]:
    return f"{count:,}", f"{lines:,}"
