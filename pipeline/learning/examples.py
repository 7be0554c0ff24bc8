"""Fitting the learned decisions of the claims stage on annotated reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from spacy.tokens import Doc

from pipeline.claims import known_of, read
from pipeline.layers import Place
from pipeline.learning.fit import Decision, fit
from pipeline.learning.ranker import Ranker
from pipeline.records import Claim, Document, Source
from pipeline.scoring.matching import dice, overlaps
from pipeline.speech import cues, kinds
from pipeline.speech.content_features import Counts, Features
from pipeline.speech.contents import Content
from pipeline.speech.coreference import features as antecedent_features
from pipeline.speech.drafts import Draft
from pipeline.speech.places import Cue
from pipeline.speech.rankers import Rankers
from pipeline.speech.resolve import Resolver
from pipeline.speech.sources import Candidate, SourceFeatures
from pipeline.speech.view import View, views

NOTHING = Ranker({})


@dataclass
class Examples:
    """Decisions that people made, by the table that learns from them."""

    cues: list[Decision] = field(default_factory=list)
    contents: list[Decision] = field(default_factory=list)
    sources: list[Decision] = field(default_factory=list)
    kinds: list[Decision] = field(default_factory=list)


class Report(NamedTuple):
    """An annotated report: its gold, what the stages before the claims found in it, and the decisions made in it."""

    gold: Document
    doc: Doc
    examples: Examples


def place_of(view: View, first: int, last: int) -> Place:
    """Return the code points of the words from `first` to before `last`."""
    return Place(*view.slice(first, last), "")


def paired(view: View, found: Sequence[Cue], gold: Document) -> list[tuple[Cue, Claim]]:
    """Return the cues of a paragraph that were annotated, each with its claim."""
    pairs = []
    left = [c for c in gold.claims if c.cue and view.start[0] <= c.cue.start < view.end[-1]]
    for cue in found:
        here = place_of(view, cue.first, cue.last)
        touching = [c for c in left if c.cue and dice(here, c.cue) > 0]
        if touching:
            best = max(touching, key=lambda c: dice(here, c.cue) if c.cue else 0)
            left.remove(best)
            pairs.append((cue, best))
    return pairs


def content_decision(features: Features, view: View, claim: Claim) -> Decision:
    target = view.within(claim.content.start, claim.content.end)
    pairs = features.candidates()
    first = {s: features.start(s) for s in {s for s, _ in pairs}}
    last = {e: features.end(e) for e in {e for _, e in pairs}}
    rows = [first[s] + last[e] + features.pair(s, e) for s, e in pairs]
    return Decision(rows, [n for n, pair in enumerate(pairs) if pair == target])


def right_source(weighed: SourceFeatures, view: View, source: Source) -> int | None:
    """Return the index of the candidate that was annotated as the source."""
    if source.span is None:
        return len(weighed.found) - 1
    place = view.within(source.span.start, source.span.end)
    if place is None:
        return None
    first, last = place
    over = [n for n, c in enumerate(weighed.found) if c.kind != "implicit" and c.first < last and first < c.last]
    inside = [n for n in over if first <= weighed.found[n].head < last]
    tops = {n for n in range(first, last) if not first <= view.head[n] < last or view.head[n] == n}
    main = [n for n in inside if weighed.found[n].kind != "phrase" or weighed.found[n].head in tops]
    return next(iter([*main, *inside, *over]), None)


def kind_of(source: Source) -> str:
    """Return the annotated kind of a source, as `pipeline.speech.kinds` has it."""
    return "speaker" if source.speaker_id else source.type


def cue_decisions(view: View, found: Sequence[Cue], gold: Document) -> Iterator[Decision]:
    """Yield for each word that may carry a cue whether it was annotated as one; optional cues say nothing."""
    heads = {cue.head for cue in found}
    annotated = [c for c in gold.claims if c.cue and view.start[0] <= c.cue.start < view.end[-1]]
    right: set[int] = set()
    unsaid: set[int] = set()
    for claim in annotated:
        place = view.within(claim.cue.start, claim.cue.end) if claim.cue else None
        if place is not None:
            right |= set() if claim.optional else {cues.main_word(view, *place)}
            unsaid |= set(range(*place))
    for n in cues.carriers(view):
        if n in right or n not in unsaid:
            yield Decision([cues.features(view, n, heads), ()], [0 if n in right else 1])


def first_pass(doc: Doc, gold: Document, models: Path) -> Examples:
    """Return the decisions on cues, contents, sources and kinds that were made in a report."""
    examples = Examples()
    known = known_of(doc)
    resolver = Resolver(known, NOTHING, NOTHING)
    for view in views(doc, models):
        named, counts = known.named(view), Counts(view)
        resolver.enter(view, named)
        names = frozenset(named.person_at) | frozenset(named.role_at)
        found = cues.marked(view, doc)
        examples.cues.extend(cue_decisions(view, found, gold))
        earlier: Candidate | None = None
        for cue, claim in paired(view, found, gold):
            examples.contents.append(content_decision(Features(view, cue, found, counts, names), view, claim))
            place = view.within(claim.content.start, claim.content.end)
            content = Content(*place, 1.0, "") if place else None
            weighed = SourceFeatures(view, cue, found, named, content=content, earlier=earlier)
            right = right_source(weighed, view, claim.sources[0])
            if right is None:
                continue
            rows = [weighed.features(n) for n in range(len(weighed.found))]
            examples.sources.append(Decision(rows, [right]))
            chosen = weighed.found[right]
            if chosen.kind != "implicit":
                earlier = chosen
            if chosen.kind in ("role", "country", "phrase"):
                facts = resolver.describe(chosen)
                label = kinds.KINDS.index(kind_of(claim.sources[0]))
                examples.kinds.append(Decision(kinds.features(facts), [label]))
    return examples


def same_speakers(known_spans: Sequence[tuple[str, int, int]], gold: Document) -> dict[str, str]:
    """Return the annotated speaker of each person found, by their mentions."""
    where = {(m.start, m.end): m.speaker_id for m in gold.mentions if m.label == "Person" and m.speaker_id}
    votes: dict[str, list[str]] = {}
    for person, start, end in known_spans:
        votes.setdefault(person, []).extend(s for (a, b), s in where.items() if a < end and start < b)
    return {person: max(sorted(set(v)), key=v.count) for person, v in votes.items() if v}


def second_pass(doc: Doc, gold: Document, models: Path, kind: Ranker) -> Iterator[Decision]:
    """Yield the decisions on antecedents that were made in a report, each after the annotated ones before it."""
    known = known_of(doc)
    same = same_speakers([(m.speaker_id or "", m.start, m.end) for m in known.persons], gold)
    resolver = Resolver(known, kind, NOTHING)
    for view in views(doc, models):
        named = known.named(view)
        resolver.enter(view, named)
        found = cues.marked(view, doc)
        for cue, claim in paired(view, found, gold):
            weighed = SourceFeatures(view, cue, found, named, content=None, earlier=None)
            right = right_source(weighed, view, claim.sources[0])
            if right is None or weighed.found[right].kind == "implicit":
                continue
            yield from _antecedent(resolver, weighed.found[right], claim.sources[0], same)


def _antecedent(resolver: Resolver, one: Candidate, source: Source, same: dict[str, str]) -> Iterator[Decision]:
    """Yield the decision for whom a source stands, if it is a pronoun or function, and note that it spoke."""
    span = source.span
    if span is None:
        return
    resolver.catch_up(resolver.view.start[one.first])
    refers = one.kind == "pronoun" or (one.kind in ("role", "phrase") and source.speaker_id is not None)
    entities = resolver.discourse.before(resolver.view.start[one.first])
    keys = [e.key for e in entities if agrees(e.kind, e.speaker_id, e.iso3, source, same)]
    if refers and span.start not in resolver.said and not resolver.known.role_at.get(resolver.view.start[one.first]):
        resolver.said[span.start] = (source, 1.0)
        anaphor = resolver.anaphor(span, one, function=one.kind != "pronoun")
        rows = antecedent_features(anaphor, entities, resolver.discourse.last_source)
        right = [n for n, e in enumerate(entities) if e.key in keys]
        if source.type != "person":  # of several of a kind, the one that was mentioned last
            right = right[:1]
        yield Decision(rows, right or [len(rows) - 1])
    mine = next((k for k, v in same.items() if v == source.speaker_id), None)
    key = mine or (keys[0] if keys else None)
    if key is None and one.kind in ("phrase", "country"):
        entity = resolver.entity(one)
        resolver.discourse.mention(entity)
        key = entity.key
    resolver.discourse.attribute(key)


def agrees(kind: str, speaker_id: str | None, iso3: str | None, source: Source, same: dict[str, str]) -> bool:
    """Say whether an entity is what an annotated source names."""
    if source.speaker_id:
        return speaker_id is not None and same.get(speaker_id) == source.speaker_id
    return kind == source.type and speaker_id is None and (source.type != "country" or iso3 == source.iso3)


def is_right(view: View, draft: Draft, gold: Document) -> bool | None:
    """Say whether a draft is an annotated claim; None where it is an optional one."""
    content = place_of(view, draft.content.first, draft.content.last)
    cue = place_of(view, draft.cue.first, draft.cue.last) if draft.cue else None
    for claim in sorted(gold.claims, key=lambda c: c.optional):
        touches = claim.cue is None if cue is None else claim.cue is not None and dice(cue, claim.cue) > 0
        if touches and (claim.optional or overlaps(content, claim.content)):
            return None if claim.optional else True
    return False


def third_pass(doc: Doc, gold: Document, models: Path, rankers: Rankers) -> Iterator[Decision]:
    """Yield decisions on whole claims of a report, found by rankers that were fitted on others."""
    for view, drafts, _ in read(doc, rankers, models):
        for draft in drafts:
            right = is_right(view, draft, gold)
            if right is not None:
                yield Decision([draft.facts, ()], [0 if right else 1])


def fit_parts(reports: Sequence[Report], models: Path) -> Rankers:
    """Fit all decisions but the last."""
    own = [report.examples for report in reports]
    kind = fit((d for e in own for d in e.kinds), strength=2.0, rare=2)
    antecedents = [d for report in reports for d in second_pass(report.doc, report.gold, models, kind)]
    return Rankers(
        cues=fit(d for e in own for d in e.cues),
        contents=fit((d for e in own for d in e.contents), strength=2.0, rare=2, steps=300),
        sources=fit((d for e in own for d in e.sources), strength=3.0, rare=2),
        kinds=kind,
        antecedents=fit(antecedents, rare=2),
        claims=NOTHING,
    )


class Fitted(NamedTuple):
    """The decisions learned from all reports, and those that have not seen the reports of each fold."""

    whole: Rankers
    folds: list[Rankers]


def fit_all(folds: Sequence[Sequence[tuple[Document, Doc]]], models: Path) -> Fitted:
    """Fit all decisions; the last on claims that were found by rankers fitted on the other folds."""
    read_folds = [[Report(gold, doc, first_pass(doc, gold, models)) for gold, doc in fold] for fold in folds]
    parts: list[Rankers] = []
    weighed: list[list[Decision]] = []
    for n, held_out in enumerate(read_folds):
        parts.append(fit_parts([r for m, fold in enumerate(read_folds) if m != n for r in fold], models))
        weighed.append([d for r in held_out for d in third_pass(r.doc, r.gold, models, parts[n])])
    whole = fit_parts([report for fold in read_folds for report in fold], models)
    return Fitted(
        replace(whole, claims=fit(d for fold in weighed for d in fold)),
        [
            replace(part, claims=fit(d for m, fold in enumerate(weighed) if m != n for d in fold))
            for n, part in enumerate(parts)
        ],
    )
