"""Which found item answers which gold item: overlap of spans, one-to-one pairs, names and sources.

Offsets are code points into the raw text, end exclusive, so spans that only stand side by side share nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from pipeline.records import Claim, Document, Mention, Paragraph, Source, Span, Speaker

R = TypeVar("R")
ENOUGH = 0.5
UNRESOLVED = ("implicit", "collective")


@dataclass(frozen=True)
class Item(Generic[R]):
    """Something to be found: where it is, what must agree besides its place (`key`), and the record behind it."""

    start: int
    end: int
    record: R
    key: str = ""
    optional: bool = False


class Attributed(NamedTuple):
    """A source together with the claim that it is a source of."""

    claim: Claim
    source: Source


@dataclass
class Alignment(Generic[R]):
    """Gold items beside found ones: pairs (gold, found), and what has no partner on the other side."""

    pairs: list[tuple[Item[R], Item[R]]] = field(default_factory=list)
    missed: list[Item[R]] = field(default_factory=list)
    spurious: list[Item[R]] = field(default_factory=list)


@dataclass(frozen=True)
class AlignedReport:
    """A report's gold beside what was found in it, layer by layer.

    `spans` holds persons, roles, countries, demonyms and cues. In `attribution` and `resolved` nothing is left of
    optional claims and of the found claims that answer them.
    """

    spans: dict[str, Alignment[Span]]
    speakers: Alignment[Speaker]
    claims: Alignment[Claim]
    attribution: Alignment[Attributed]
    resolved: Alignment[Attributed]
    paragraphs: Alignment[Paragraph]


def shared(a: Item | Span, b: Item | Span) -> int:
    """Return the number of code points that two spans have in common."""
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def dice(a: Item | Span, b: Item | Span) -> float:
    """Return the overlap of two spans, 2·|A∩B| / (|A|+|B|); 0 where neither has a length."""
    length = a.end - a.start + b.end - b.start
    return 2 * shared(a, b) / length if length else 0.0


def overlaps(a: Item | Span, b: Item | Span) -> bool:
    """Say whether two spans overlap enough to be the same find."""
    return dice(a, b) >= ENOUGH


def same_ends(a: Item | Span, b: Item | Span) -> bool:
    """Say whether two spans are equal."""
    return (a.start, a.end) == (b.start, b.end)


def fold(name: str) -> str:
    """Return a name without case and accents, hyphens and runs of white space as one space."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub(r"[\s\u2010-\u2015\u2212-]+", " ", plain).strip().casefold()


def align(
    gold: Sequence[Item[R]],
    found: Sequence[Item[R]],
    same: Callable[[Item[R], Item[R]], bool],
    overlap: Callable[[Item, Item], float] = dice,
) -> Alignment[R]:
    """Pair items one-to-one, best overlap first, then by start, among those for which `same` holds."""
    candidates = sorted(
        (-overlap(g, f), g.start, f.start, i, j) for i, g in enumerate(gold) for j, f in enumerate(found) if same(g, f)
    )
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for *_, i, j in candidates:
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    return Alignment(
        pairs=[(g, found[partner[i]]) for i, g in enumerate(gold) if i in partner],
        missed=[g for i, g in enumerate(gold) if i not in partner],
        spurious=[f for j, f in enumerate(found) if j not in taken],
    )


def align_report(gold: Document, found: Document) -> AlignedReport:
    """Align all layers of a report."""
    claims = align(_claims(gold), _claims(found), _same_claim)
    return AlignedReport(
        spans={
            "persons": _align_mentions(gold, found, "Person"),
            "roles": _align_mentions(gold, found, "Role"),
            "countries": _align_mentions(gold, found, "Country"),
            "demonyms": _align_mentions(gold, found, "Demonym"),
            "cues": align(_cues(gold.claims), _cues(found.claims), overlaps),
        },
        speakers=align(_speakers(gold), _speakers(found), _same_key),
        claims=claims,
        attribution=align_sources(claims, gold, found),
        resolved=align_sources(claims, gold, found, leave_out=UNRESOLVED),
        paragraphs=align(_paragraphs(gold), _paragraphs(found), overlaps),
    )


def align_sources(
    claims: Alignment[Claim], gold: Document, found: Document, leave_out: tuple[str, ...] = ()
) -> Alignment[Attributed]:
    """Pair the sources of claims that were paired; those of all other claims have no partner."""
    names, found_names = _names(gold), _names(found)
    whole: Alignment[Attributed] = Alignment()
    for claim, answer in claims.pairs:
        if not claim.optional:
            wanted = _sources(claim.record, names, leave_out)
            part = align(wanted, _sources(answer.record, found_names, leave_out), _same_source)
            whole.pairs += part.pairs
            whole.missed += part.missed
            whole.spurious += part.spurious
    for claim in claims.missed:
        if not claim.optional:
            whole.missed += _sources(claim.record, names, leave_out)
    for answer in claims.spurious:
        whole.spurious += _sources(answer.record, found_names, leave_out)
    return whole


def _align_mentions(gold: Document, found: Document, label: str) -> Alignment[Span]:
    return align(_mentions(gold.mentions, label), _mentions(found.mentions, label), _same_mention)


def _mentions(mentions: Iterable[Mention], label: str) -> list[Item[Span]]:
    """Return each span once: two speakers may share a function, a reader sees one."""
    items = {
        (m.start, m.end, m.iso3): Item[Span](m.start, m.end, m, m.iso3 or "") for m in mentions if m.label == label
    }
    return list(items.values())


def _cues(claims: Iterable[Claim]) -> list[Item[Span]]:
    """Return each cue once; it is optional where all its claims are."""
    items: dict[tuple[int, int], Item[Span]] = {}
    for claim in claims:
        if claim.cue:
            place = (claim.cue.start, claim.cue.end)
            optional = claim.optional and (place not in items or items[place].optional)
            items[place] = Item(*place, claim.cue, optional=optional)
    return list(items.values())


def _claims(document: Document) -> list[Item[Claim]]:
    return [Item(c.content.start, c.content.end, c, optional=c.optional) for c in document.claims]


def _paragraphs(document: Document) -> list[Item[Paragraph]]:
    return [Item(p.start, p.end, p) for p in document.paragraphs]


def _speakers(document: Document) -> list[Item[Speaker]]:
    items = []
    for speaker in document.speakers:
        first = min(speaker.mentions, key=lambda m: m.start, default=None)
        start, end = (first.start, first.end) if first else (0, 0)
        items.append(Item(start, end, speaker, fold(speaker.name)))
    return items


def _names(document: Document) -> dict[str | None, str]:
    return {speaker.speaker_id: speaker.name for speaker in document.speakers}


def _sources(claim: Claim, names: dict[str | None, str], leave_out: tuple[str, ...]) -> list[Item[Attributed]]:
    items = []
    for source in claim.sources:
        if source.type not in leave_out:
            place = (source.span.start, source.span.end) if source.span else (claim.content.start, claim.content.start)
            items.append(Item(*place, Attributed(claim, source), _identity(source, names)))
    return items


def _identity(source: Source, names: dict[str | None, str]) -> str:
    """Return what tells a source by itself; empty where only its place in the text does."""
    if source.type == "person":
        name = names.get(source.speaker_id) or source.name
        return f"person {fold(name)}" if name else ""
    if source.type == "country":
        return f"country {source.iso3}"
    return "implicit" if source.type == "implicit" else ""


def _same_key(gold: Item, found: Item) -> bool:
    return gold.key == found.key


def _same_mention(gold: Item[Span], found: Item[Span]) -> bool:
    return overlaps(gold, found) and gold.key == found.key


def _same_claim(gold: Item[Claim], found: Item[Claim]) -> bool:
    if not overlaps(gold, found):
        return False
    cue, answer = gold.record.cue, found.record.cue
    return shared(cue, answer) > 0 if cue and answer else cue is answer


def _same_source(gold: Item[Attributed], found: Item[Attributed]) -> bool:
    if gold.record.source.type != found.record.source.type or gold.key != found.key:
        return False
    return bool(gold.key) or overlaps(gold, found)
