"""What a run found, scored against gold.

``score`` gives all figures, ``compare`` tests whether two runs differ, `pipeline.scoring.differences` lists errors.
A claim that gold marks as optional is neither rewarded nor punished: with the found claim that answers it, it leaves
every count, and nobody has to find it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TypeVar, get_args

from pipeline.records import THEMES, Claim, Document, Record, SourceType, Span, Speaker, Style
from pipeline.scoring.matching import (
    AlignedReport,
    Alignment,
    Attributed,
    Item,
    align,
    align_report,
    overlaps,
    same_ends,
    shared,
)
from pipeline.scoring.scores import (
    FEW_REPORTS,
    MISSED,
    RIGHT,
    SPURIOUS,
    Accuracy,
    Comparison,
    Figure,
    Outcome,
    Row,
    Scores,
    Tally,
    comparisons,
    figures,
)

R = TypeVar("R")
Parts = Callable[[R], tuple[str, ...]]

SPANS = ("persons", "roles", "countries", "demonyms", "cues")
ATTRIBUTES = ("role", "country", "gender", "sector")
# Radar de Parité: a quotation is found when it shares more than this part of the gold one
RADAR = {"loose": 0.3, "tight": 0.8}

LAYERS: tuple[Row, ...] = (
    *(Row(layer, measure) for layer in SPANS[:4] for measure in ("exact", "overlap")),
    Row("speakers"),
    *(Row(f"speaker {attribute}", "accuracy") for attribute in ATTRIBUTES),
    *(
        Row(layer, measure)
        for layer in ("cues", "claims", "attribution", "attribution resolved")
        for measure in ("exact", "overlap")
    ),
    *(Row(layer, measure) for layer in ("themes", "themes of claims") for measure in ("micro", "macro")),
)
BREAKDOWN: tuple[Row, ...] = (
    *(
        Row(layer, measure, part)
        for layer in ("claims", "attribution")
        for part in (*(f"style {style}" for style in get_args(Style)), *(f"source {t}" for t in get_args(SourceType)))
        for measure in ("exact", "overlap")
    ),
    *(Row(layer, "micro", theme) for layer in ("themes", "themes of claims") for theme in THEMES),
)
RADAR_ROWS: tuple[Row, ...] = tuple(
    row
    for reach in RADAR
    for row in (
        Row("radar quotations", reach),
        Row(f"radar sources {reach}", "accuracy"),
        Row(f"radar cues {reach}", "accuracy"),
    )
)

SECTIONS = {
    "layers": LAYERS,
    "by style, source type and theme": BREAKDOWN,
    "for comparison only, the measure of Radar de Parité": RADAR_ROWS,
}


def score(documents: Mapping[str, Document], gold: Mapping[str, Document]) -> Scores:
    """Return all figures of a run over the reports of `gold`, both given by doc_id.

    A report that `documents` lacks counts as one in which nothing was found; one that `gold` lacks is ignored.
    """
    tally = _tally(documents, gold)
    rows = (*LAYERS, *(row for row in BREAKDOWN if row in tally.counts), *RADAR_ROWS)
    return Scores(
        reports=len(gold),
        unit="report" if len(gold) >= FEW_REPORTS else "paragraph",
        units=len(tally.place),
        figures=figures(tally, rows),
    )


def compare(
    documents: Mapping[str, Document], others: Mapping[str, Document], gold: Mapping[str, Document]
) -> dict[str, Comparison]:
    """Compare two runs over the reports of `gold`, each layer with a paired permutation test."""
    return comparisons(_tally(documents, gold), _tally(others, gold), LAYERS)


def sections(scores: Scores) -> Iterator[tuple[str, dict[str, Figure | Accuracy]]]:
    """Yield (title, figures by name): the layers, their parts, and the measure that others use."""
    for title, rows in SECTIONS.items():
        yield title, {row.name: scores.figures[row.name] for row in rows if row.name in scores.figures}


def beside_gold(documents: Mapping[str, Document], gold: Mapping[str, Document]) -> Iterator[tuple[Document, Document]]:
    """Yield (gold, found) of each report of `gold`, in the order of their ids; an empty record where none was found."""
    nothing: dict[str, list[Record]] = {
        "paragraphs": [],
        "speakers": [],
        "mentions": [],
        "countries": [],
        "claims": [],
        "themes": [],
    }
    for doc_id, wanted in sorted(gold.items()):
        yield wanted, documents[doc_id] if doc_id in documents else wanted.model_copy(update=nothing)


def right_attributes(gold: Speaker, found: Speaker) -> dict[str, bool]:
    """Say of each attribute whether it is right for a speaker who was found.

    A function is right when one that was found overlaps one of gold, or neither has any.
    """
    roles = any(overlaps(g, f) for g in gold.roles for f in found.roles)
    return {
        "role": roles or not (gold.roles or found.roles),
        "country": gold.country == found.country,
        "gender": gold.gender == found.gender,
        "sector": gold.sector == found.sector,
    }


def same_claim_ends(gold: Item[Attributed], found: Item[Attributed]) -> bool:
    """Say whether the claims of two sources have the same content."""
    return same_ends(gold.record.claim.content, found.record.claim.content)


def _tally(documents: Mapping[str, Document], gold: Mapping[str, Document]) -> Tally:
    """Count all outcomes, each in its report or in the paragraph of gold that it stands in or after."""
    starts = {
        d: sorted(p.start for p in wanted.paragraphs) if len(gold) < FEW_REPORTS else [] for d, wanted in gold.items()
    }
    tally = Tally((doc_id, number) for doc_id in sorted(gold) for number in range(max(1, len(starts[doc_id]))))
    for wanted, found in beside_gold(documents, gold):
        doc_id = wanted.doc_id
        for row, place, kind in outcomes(align_report(wanted, found)):
            tally.add(row, (doc_id, max(0, bisect_right(starts[doc_id], place) - 1)), kind)
    return tally


def outcomes(report: AlignedReport) -> Iterator[Outcome]:
    """Yield what became of every item of a report, row by row."""
    for layer, spans in report.spans.items():
        yield from _span_outcomes(layer, spans)
    yield from _speaker_outcomes(report.speakers)
    yield from _span_outcomes("claims", report.claims, parts=_claim_parts)
    yield from _span_outcomes("attribution", report.attribution, same_claim_ends, _source_parts)
    yield from _span_outcomes("attribution resolved", report.resolved, same_claim_ends)
    yield from _theme_outcomes("themes", report.paragraphs, unmatched=True)
    yield from _theme_outcomes("themes of claims", report.claims, unmatched=False)
    yield from _radar_outcomes(report.claims)


def _whole(_: object) -> tuple[str, ...]:
    return ("",)


def _claim_parts(claim: Claim) -> tuple[str, ...]:
    return ("", f"style {claim.style}", *sorted({f"source {source.type}" for source in claim.sources}))


def _source_parts(attributed: Attributed) -> tuple[str, ...]:
    return ("", f"style {attributed.claim.style}", f"source {attributed.source.type}")


def _span_outcomes(
    layer: str,
    alignment: Alignment[R],
    exact: Callable[[Item[R], Item[R]], bool] = same_ends,
    parts: Parts = _whole,
) -> Iterator[Outcome]:
    """Yield the outcomes of a layer: by overlap, and by `exact`, where a pair of other ends is both miss and find."""

    def each(measure: str, item: Item[R], kind: int) -> Iterator[Outcome]:
        return (Outcome(Row(layer, measure, part), item.start, kind) for part in parts(item.record))

    for gold, found in alignment.pairs:
        if gold.optional:
            continue
        yield from each("overlap", gold, RIGHT)
        if exact(gold, found):
            yield from each("exact", gold, RIGHT)
        else:
            yield from each("exact", gold, MISSED)
            yield from each("exact", found, SPURIOUS)
    for measure in ("exact", "overlap"):
        for gold in alignment.missed:
            if not gold.optional:
                yield from each(measure, gold, MISSED)
        for found in alignment.spurious:
            yield from each(measure, found, SPURIOUS)


def _speaker_outcomes(speakers: Alignment[Speaker]) -> Iterator[Outcome]:
    row = Row("speakers")
    for gold, found in speakers.pairs:
        yield Outcome(row, gold.start, RIGHT)
        for attribute, right in right_attributes(gold.record, found.record).items():
            yield Outcome(Row(f"speaker {attribute}", "accuracy"), gold.start, RIGHT if right else SPURIOUS)
    yield from (Outcome(row, gold.start, MISSED) for gold in speakers.missed)
    yield from (Outcome(row, found.start, SPURIOUS) for found in speakers.spurious)


def _theme_outcomes(layer: str, alignment: Alignment, *, unmatched: bool) -> Iterator[Outcome]:
    def each(item: Item, themes: set[str], kind: int) -> Iterator[Outcome]:
        return (Outcome(Row(layer, "micro", part), item.start, kind) for theme in themes for part in ("", theme))

    for gold, found in alignment.pairs:
        if not gold.optional:
            wanted, given = set(gold.record.themes), set(found.record.themes)
            yield from each(gold, wanted & given, RIGHT)
            yield from each(gold, wanted - given, MISSED)
            yield from each(gold, given - wanted, SPURIOUS)
    if unmatched:
        for gold in alignment.missed:
            yield from each(gold, set(gold.record.themes), MISSED)
        for found in alignment.spurious:
            yield from each(found, set(found.record.themes), SPURIOUS)


def _radar_outcomes(claims: Alignment[Claim]) -> Iterator[Outcome]:
    """Yield the outcomes by the measure of Radar de Parité, in which a quotation is right by its content alone."""
    gold = [g for g, _ in claims.pairs] + claims.missed
    found = [f for _, f in claims.pairs] + claims.spurious
    for reach, least in RADAR.items():
        quotations = align(gold, found, partial(_shares_more, least), _share)
        for g, f in quotations.pairs:
            if not g.optional:
                yield Outcome(Row("radar quotations", reach), g.start, RIGHT)
                for layer, spans in (("sources", _source_spans), ("cues", _cue_spans)):
                    right = _touch(spans(g.record), spans(f.record))
                    yield Outcome(Row(f"radar {layer} {reach}", "accuracy"), g.start, RIGHT if right else SPURIOUS)
        yield from (
            Outcome(Row("radar quotations", reach), g.start, MISSED) for g in quotations.missed if not g.optional
        )
        yield from (Outcome(Row("radar quotations", reach), f.start, SPURIOUS) for f in quotations.spurious)


def _shares_more(least: float, gold: Item, found: Item) -> bool:
    return _share(gold, found) > least


def _share(gold: Item, found: Item) -> float:
    return shared(gold, found) / (gold.end - gold.start)


def _source_spans(claim: Claim) -> list[Span]:
    return [source.span for source in claim.sources if source.span]


def _cue_spans(claim: Claim) -> list[Span]:
    return [claim.cue] if claim.cue else []


def _touch(gold: list[Span], found: list[Span]) -> bool:
    """Say whether any two spans share a character, or there are none on either side."""
    return any(shared(g, f) for g in gold for f in found) or not (gold or found)
