"""Where a run differs from gold: every error, with what gold has beside what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Literal, NamedTuple, TypeVar

from pipeline.evaluation import beside_gold, right_attributes
from pipeline.records import Claim, Document, Paragraph, Source, Span, Speaker
from pipeline.scoring.matching import Alignment, Item, align, align_report, align_sources, overlaps, same_ends, shared

R = TypeVar("R")
Themed = TypeVar("Themed", Claim, Paragraph)
Kind = Literal[
    "missed", "spurious", "wrong ends", "wrong code", "wrong cue", "wrong source", "wrong value", "wrong themes"
]
Place = tuple[int, int]
NONE = "–"


class Side(NamedTuple):
    """What gold or the run has: the spans to show, in code points of the raw text, and a description."""

    spans: tuple[Place, ...]
    text: str


class Difference(NamedTuple):
    """An error; `gold` is none for what is spurious, `found` for what was missed."""

    doc_id: str
    layer: str
    kind: Kind
    gold: Side | None
    found: Side | None

    @property
    def spans(self) -> tuple[Place, ...]:
        """The spans of both sides."""
        return tuple(place for side in (self.gold, self.found) if side for place in side.spans)


Row = tuple[str, Kind, Side | None, Side | None]


def differences(documents: Mapping[str, Document], gold: Mapping[str, Document]) -> list[Difference]:
    """Return all errors of a run over the reports of `gold`: by report, layer, and place in the text.

    The arguments are those of `pipeline.evaluation.score`. What gold marks as optional is no error either way.
    """
    return [
        Difference(wanted.doc_id, *row)
        for wanted, found in beside_gold(documents, gold)
        for row in _report_differences(wanted, found)
    ]


def _report_differences(gold: Document, found: Document) -> Iterator[Row]:
    report = align_report(gold, found)
    for layer, spans in report.spans.items():
        yield from _span_differences(layer, spans, _span_side, "wrong code")
    yield from _speaker_differences(report.speakers)
    yield from _span_differences("claims", report.claims, _claim_side, "wrong cue")
    for claim, answer in report.claims.pairs:
        sources = align_sources(Alignment([(claim, answer)]), gold, found)
        if sources.missed or sources.spurious:
            yield "attribution", "wrong source", _source_side(claim.record), _source_side(answer.record)
    yield from _theme_differences("themes", report.paragraphs, _paragraph_themes)
    yield from _theme_differences("themes of claims", Alignment(report.claims.pairs), _claim_themes)


def _span_differences(
    layer: str, alignment: Alignment[R], side: Callable[[R], Side], disagreement: Kind
) -> Iterator[Row]:
    """Yield pairs with other ends, and what has no partner; a miss and a find that touch share a row."""
    rest = align([g for g in alignment.missed if not g.optional], alignment.spurious, _touch)
    pairs: list[tuple[Kind, Item[R], Item[R]]] = [
        ("wrong ends", g, f) for g, f in alignment.pairs if not g.optional and not same_ends(g, f)
    ]
    pairs += [(disagreement if overlaps(g, f) else "wrong ends", g, f) for g, f in rest.pairs]
    rows: list[tuple[int, Row]] = [(g.start, (layer, kind, side(g.record), side(f.record))) for kind, g, f in pairs]
    rows += [(g.start, (layer, "missed", side(g.record), None)) for g in rest.missed]
    rows += [(f.start, (layer, "spurious", None, side(f.record))) for f in rest.spurious]
    yield from (row for _, row in sorted(rows, key=lambda row: row[0]))


def _speaker_differences(speakers: Alignment[Speaker]) -> Iterator[Row]:
    yield from (("speakers", "missed", _speaker_side(g, g.record.name), None) for g in speakers.missed)
    yield from (("speakers", "spurious", None, _speaker_side(f, f.record.name)) for f in speakers.spurious)
    for gold, found in speakers.pairs:
        for attribute, right in right_attributes(gold.record, found.record).items():
            if not right:
                wanted, given = (_speaker_side(item, _attribute(item.record, attribute)) for item in (gold, found))
                yield f"speaker {attribute}", "wrong value", wanted, given


def _theme_differences(layer: str, alignment: Alignment[Themed], side: Callable[[Themed], Side]) -> Iterator[Row]:
    for gold, found in alignment.pairs:
        if not gold.optional and set(gold.record.themes) != set(found.record.themes):
            yield layer, "wrong themes", side(gold.record), side(found.record)
    yield from ((layer, "missed", side(g.record), None) for g in alignment.missed if g.record.themes)
    yield from ((layer, "spurious", None, side(f.record)) for f in alignment.spurious if f.record.themes)


def _touch(gold: Item, found: Item) -> bool:
    return shared(gold, found) > 0


def _places(*spans: Span | None) -> tuple[Place, ...]:
    return tuple((span.start, span.end) for span in spans if span)


def _span_side(span: Span) -> Side:
    code = getattr(span, "iso3", None)
    return Side(_places(span), f"{span.text} ({code})" if code else span.text)


def _speaker_side(item: Item[Speaker], text: str) -> Side:
    return Side(((item.start, item.end),) if item.end else (), text)


def _attribute(speaker: Speaker, attribute: str) -> str:
    if attribute == "role":
        return f"{speaker.name}: {'; '.join(role.text for role in speaker.roles) or NONE}"
    return f"{speaker.name}: {getattr(speaker, attribute) or NONE}"


def _claim_side(claim: Claim) -> Side:
    cue = f"{claim.cue.text} | " if claim.cue else ""
    return Side(_places(claim.cue, claim.content), f"{cue}{claim.content.text}")


def _source_side(claim: Claim) -> Side:
    sources = "; ".join(_source(source) for source in claim.sources)
    return Side(_places(claim.cue, *(source.span for source in claim.sources)), sources or NONE)


def _source(source: Source) -> str:
    """Return a source as it stands in the text, its type, and whom or what it was taken to be."""
    surface = source.span.text if source.span else ""
    identity = source.iso3 if source.type == "country" else source.name
    return f"{surface} ({' '.join(filter(None, (source.type, identity)))})".strip()


def _paragraph_themes(paragraph: Paragraph) -> Side:
    return Side(_places(paragraph), ", ".join(sorted(paragraph.themes)) or NONE)


def _claim_themes(claim: Claim) -> Side:
    return Side(_places(claim.content), ", ".join(sorted(claim.themes)) or NONE)
