"""claims: what the report says that somebody said: cue, sources and content, one record each.

The steps are kept apart: cues (`pipeline.cues`), contents (`pipeline.contents`), the source of each (`pipeline.sources`),
what is joined to it (`pipeline.joined`) and whom it names (`pipeline.resolve`); what no cue announces is found here by
rule: states in parentheses, quotations that go on. Last, a claim is weighed as a whole: its confidence, and whether it is
kept. Writes the group ``claims``: spans Cue, Content and Source whose ``id_`` is that of the claim.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from pipeline import contents, cues, sources
from pipeline.contents import Content, Counts, Cue, Features
from pipeline.joined import before_parenthesis, joined, named_beside, parenthesis, states_represented
from pipeline.layers import Place, store, stored
from pipeline.ranker import Ranker, probabilities
from pipeline.records import Claim, Mention, Source, Span, Speaker, Style
from pipeline.resolve import Known, Resolver
from pipeline.resources import ResourceError, models_dir
from pipeline.sources import Candidate, Named, SourceFeatures
from pipeline.view import CLOSING, OPENING, STRAIGHT, View, views

TABLES = ("cues", "contents", "sources", "kinds", "antecedents", "claims")
LEAST = 0.35  # a claim that is likelier wrong than this says is not kept; set on left-out reports of the train split
SHORTEST_QUOTE = 4  # words of a quotation that is a claim without a cue


@dataclass(frozen=True)
class Rankers:
    """The learned decisions, one table of weights each."""

    cues: Ranker
    contents: Ranker
    sources: Ranker
    kinds: Ranker
    antecedents: Ranker
    claims: Ranker

    @classmethod
    def read(cls, folder: Path) -> Rankers:
        """Read the tables of a folder; raise `ResourceError` where one is missing."""
        tables = {name: Ranker.from_file(folder / f"{name}.tsv.gz") for name in TABLES}
        missing = [name for name, table in tables.items() if table is None]
        if missing:
            raise ResourceError(f"{folder}: {missing[0]}.tsv.gz is missing; quidit train makes it")
        return cls(**{name: table for name, table in tables.items() if table is not None})


@dataclass(frozen=True)
class Draft:
    """A claim as positions in its paragraph, before it is weighed."""

    cue: Cue | None
    content: Content
    chosen: Candidate
    found: tuple[Source, ...]
    sure: float  # of the source and of whom it names
    rule: str
    style: Style
    facts: tuple[str, ...] = ()


def style_of(view: View, cue: Cue, content: Content, frame: str) -> Style:
    """Return how a claim is attributed, by the form of its cue and the guillemets of its content."""
    if frame.startswith("prep:"):
        return "according-to"
    if frame == "comme":
        return "as-noted"
    first, last = content.first, content.last
    quoted = [view.quote[n] >= 0 for n in range(first, last)]
    if not any(quoted):
        return "indirect"
    before = view.lower[first - 1] if first else ""
    whole = all(quoted) and (before in OPENING or before == STRAIGHT or view.text[first] in OPENING | {STRAIGHT})
    outside = first - 2 if before in OPENING or before == STRAIGHT else first - 1
    led = outside >= 0 and view.lower[outside] in ("que", "qu'", "de", "d'", "à")
    return "direct" if whole and not led else "mixed"


def trimmed(view: View, content: Content) -> Content:
    """Take off the guillemets at both ends of a content, where they are one pair, and a full stop inside them."""
    first, last = content.first, content.last
    while last - first > 2 and view.text[last - 1] in {".", ";", ":", ","}:
        last -= 1
    opened = view.text[first] in OPENING or (view.text[first] == STRAIGHT and view.quote[first] >= 0)
    closed = view.text[last - 1] in CLOSING or view.text[last - 1] == STRAIGHT
    if opened and closed and view.quote[first] == view.quote[last - 1] and last - first > 2:
        first, last = first + 1, last - 1
    while last - first > 1 and view.text[last - 1] == ".":
        last -= 1
    return content._replace(first=first, last=last)


class Paragraph:
    """Finds the claims of one paragraph."""

    def __init__(self, view: View, named: Named, found: list[Cue], rankers: Rankers, resolver: Resolver) -> None:
        self.view, self.named, self.cues, self.rankers, self.resolver = view, named, found, rankers, resolver
        self.counts = Counts(view)
        self.names = frozenset(self.named.person_at) | frozenset(self.named.role_at)

    def drafts(self) -> Iterator[Draft]:
        """Yield the claims that a cue announces, in the order of the text."""
        earlier: Candidate | None = None
        for cue in self.cues:
            features = Features(self.view, cue, self.cues, self.counts, self.names)
            content = contents.choose(features, self.rankers.contents)
            if content is None:
                continue
            weighed = SourceFeatures(self.view, cue, self.cues, self.named, content, earlier)
            choice = sources.choose(weighed, self.rankers.sources)
            if choice.candidate.kind != "implicit":
                earlier = choice.candidate
            yield self._draft(cue, content, weighed, choice)

    def _draft(self, cue: Cue, content: Content, weighed: SourceFeatures, choice: sources.Choice) -> Draft:
        one = self._settled(choice.candidate, weighed)
        source, sure = self.resolver.source(one)
        found = [source]
        if one.kind not in ("implicit", "pronoun"):
            found += [self.resolver.source(c)[0] for c in joined(self.view, one, weighed.found, cue, self.named)]
        if source.type == "collective":
            found += self._states(parenthesis(self.view, one.last, self.named))
        if (
            source.type in ("country", "collective")
            and one.kind == "phrase"
            and self.view.morph(one.head, "Number") == "Plur"
        ):
            states = states_represented(self.view, one, self.named)
            found = [*self._states(states), *found[1:]] if states else found
        content = trimmed(self.view, content)
        content, states = self._states_after(content)
        if states and source.type == "implicit":
            found = []
        found += states
        style = style_of(self.view, cue, content, weighed.frame)
        facts = self._facts(cue, content, weighed, choice, source, sure, style)
        return Draft(
            cue,
            content,
            choice.candidate,
            tuple(found),
            choice.probability * sure,
            f"content {content.reason}",
            style,
            facts,
        )

    def _settled(self, one: Candidate, weighed: SourceFeatures) -> Candidate:
        """Return the source where a rule knows better: the name beside a function, the group before its parenthesis."""
        if one.kind == "country":
            return before_parenthesis(self.view, one, weighed.found, self.named) or one
        if one.kind in ("phrase", "role"):
            return named_beside(self.view, one, self.named) or one
        return one

    def _states_after(self, content: Content) -> tuple[Content, list[Source]]:
        """Return the states in the parenthesis that closes a content, as sources, and the content without it."""
        view = self.view
        last = content.last
        if view.text[last - 1] == ")" and "(" in view.text[content.first : last]:
            last = max(n for n in range(content.first, last) if view.text[n] == "(")
        spans = parenthesis(view, last, self.named) if last > content.first and self._closes(last) else []
        if not spans:
            return content, []
        return content._replace(last=last), self._states(spans)

    def _states(self, spans: Sequence[tuple[int, int]]) -> list[Source]:
        return [self.resolver.source(Candidate(*span, span[0], "country"))[0] for span in spans]

    def references(self, sources: Sequence[Source]) -> Iterator[Mention]:
        """Yield the functions that stand alone for a speaker, besides those that are sources."""
        taken = {source.span.start: source.speaker_id for source in sources if source.span}
        for place in self.named.roles:
            start, end = self.view.slice(*place)
            if self.resolver.known.role_at.get(start):
                continue
            speaker = taken[start] if start in taken else self.resolver.holder(place)
            if speaker:
                text = self.view.raw[start:end]
                yield Mention(mention_id="", label="Role", start=start, end=end, text=text, speaker_id=speaker)

    def _closes(self, place: int) -> bool:
        """Say whether the parenthesis at a position closes a clause, rather than saying where a town or a person is from."""
        view = self.view
        if not 0 < place < len(view) or view.text[place] != "(" or ")" not in view.text[place:]:
            return False
        before = place - 1
        named = before in self.named.person_at or before in self.named.role_at or view.pos[before] == "PROPN"
        after = view.text.index(")", place) + 1
        ends = after >= len(view) or view.text[after] in (".", ";", ":") or view.sentence[after] != view.sentence[place]
        return ends and not named and not view.text[before][:1].isupper()

    def parentheses(self, taken: Sequence[Draft]) -> Iterator[Draft]:
        """Yield the sentences that nothing but states in parentheses attributes."""
        view = self.view
        for first, last in view.sentences:
            if any(d.cue is not None and first <= d.cue.first < last for d in taken):
                continue
            clause = first
            for n in range(first, last):
                if view.text[n] == ";":
                    clause = n + 1
                spans = parenthesis(view, n, self.named) if self._closes(n) else []
                if spans and any(view.pos[m] in ("VERB", "AUX") for m in range(clause, n)):
                    found = tuple(self._states(spans))
                    content = Content(clause, n, 1.0, "")
                    yield Draft(
                        None,
                        content,
                        Candidate(*spans[0], spans[0][0], "country"),
                        found,
                        1.0,
                        "parenthesis of states",
                        "parenthetical",
                        ("parenthetical",),
                    )

    def quotations(self, taken: Sequence[Draft], before: Source | None) -> Iterator[Draft]:
        """Yield the quotations that stand as sentences of their own and go on with the words of who spoke last."""
        view = self.view
        for first, last in view.spans_of_quotes.values():
            if last - first < SHORTEST_QUOTE + 2 or not (
                view.text[last - 1] in CLOSING or view.text[last - 1] == STRAIGHT
            ):
                continue
            if any(d.content.first < last and first < d.content.last for d in taken) or any(
                first <= c.first < last for c in self.cues
            ):
                continue
            opens = (
                first == 0
                or view.sentence[first] != view.sentence[first - 1]
                or view.text[first - 1] in (":", ".", "–", "—")
            )
            closes = (
                last >= len(view) or view.text[last] in (".", "…") or view.sentence[last] != view.sentence[last - 1]
            )
            finite = any(view.morph(n, "VerbForm") == "Fin" for n in range(first, last))
            earlier = [d for d in taken if d.content.first < first or (d.cue and d.cue.first < first)]
            source = earlier[-1].found[0] if earlier and earlier[-1].found else before
            if opens and closes and finite and source is not None and source.span is not None:
                content = trimmed(view, Content(first, last, 0.7, ""))
                yield Draft(
                    None,
                    content,
                    sources.IMPLICIT,
                    (source,),
                    0.7,
                    "quotation that goes on",
                    "direct",
                    ("quotation", f"quotation para={bool(earlier)}"),
                )

    def _facts(
        self,
        cue: Cue,
        content: Content,
        weighed: SourceFeatures,
        choice: sources.Choice,
        source: Source,
        sure: float,
        style: Style,
    ) -> tuple[str, ...]:
        """Return what the last weighing looks at."""
        view = self.view
        low, high = (cue.last, content.first) if content.first >= cue.last else (content.last, cue.first)
        words = view.words(cue.first, cue.last)
        first = view.lower[cue.first]
        subject = bool(weighed.subject)
        after = view.lower[cue.last] if cue.last < len(view) else "#"
        before = view.lower[cue.first - 1] if cue.first else "#"
        known = "+".join(sorted(cue.frames)) or "-"
        p, q = int(content.probability * 8), int(choice.probability * 8)
        quoted = view.quote[cue.head] >= 0
        facts = [
            f"p={p}",
            f"q={q}",
            f"s={int(sure * 5)}",
            f"lemma={cue.lemma}",
            f"words={words}" if cue.last - cue.first < 4 else "long",
            f"form={weighed.frame}",
            f"style={style}",
            f"kind={choice.candidate.kind}",
            f"type={source.type}",
            f"subj={subject}",
            f"after={after}",
            f"before={before}",
            f"known={known}",
            f"pos={view.pos[cue.head]}",
            f"quoted={quoted}",
            f"gap={min(high - low, 6)}",
            f"len={min((content.last - content.first) // 3, 8)}",
            f"form*p={weighed.frame}|{p // 2}",
            f"form*kind={weighed.frame}|{choice.candidate.kind}",
            f"known*after={known}|{after}",
            f"lemma*after={cue.lemma}|{after}",
            f"lemma*kind={cue.lemma}|{choice.candidate.kind}",
            f"size={min(cue.last - cue.first, 5)}",
            f"side={content.first >= cue.last}|{style}",
            f"first={first}|{source.type}",
            f"aux={any(view.pos[n] == 'AUX' for n in range(cue.first, cue.last))}",
            f"subj*form={subject}|{weighed.frame}",
            f"pos*known={view.pos[cue.head]}|{known == '-'}",
            f"inq={view.quote[content.first] >= 0}|{style}",
            f"dep={view.dep[cue.head]}",
        ]
        return tuple(facts)


def confidence(draft: Draft, ranker: Ranker) -> float:
    """Return how often such a claim is right: its content overlaps the annotated one, and it is one."""
    return round(probabilities([ranker.score(draft.facts), 0.0])[0], 3)


def merge(drafts: Sequence[Draft]) -> list[Draft]:
    """Return claims in the order of the text."""
    return sorted(
        drafts,
        key=lambda d: (
            min(d.content.first, d.cue.first if d.cue else d.content.first),
            d.content.first,
            d.content.last,
        ),
    )


def speech(drafts: Sequence[Draft]) -> Source | None:
    """Return who spoke last in a paragraph, if a quotation there may go on in the next."""
    quoted = [d for d in drafts if d.style in ("direct", "mixed") and d.found]
    return quoted[-1].found[0] if quoted else None


def known_of(doc: Doc) -> Known:
    """Return what the earlier stages left on a report."""
    mentions = doc.spans["people"].attrs.get("mentions", []) if "people" in doc.spans else []
    return Known.of(
        stored(doc, "people", Speaker), [Mention.model_validate(m) for m in mentions], stored(doc, "countries", Mention)
    )


class Finding(NamedTuple):
    """What a paragraph holds: drafts of claims in the order of the text, and functions that stand for a speaker."""

    view: View
    drafts: list[Draft]
    references: list[Mention]


def read(doc: Doc, rankers: Rankers) -> Iterator[Finding]:
    """Yield, paragraph by paragraph, all that may be a claim, before it is weighed."""
    known = known_of(doc)
    resolver = Resolver(known, rankers.kinds, rankers.antecedents)
    before: Source | None = None
    for view in views(doc):
        named = known.named(view)
        resolver.enter(view, named)
        paragraph = Paragraph(view, named, cues.find(view, doc, rankers.cues), rankers, resolver)
        found = list(paragraph.drafts())
        found += paragraph.parentheses(found)
        found = merge([*found, *paragraph.quotations(merge(found), before)])
        before = speech(found)
        sources = [source for draft in found for source in draft.found]
        yield Finding(view, found, list(paragraph.references(sources)))


class Claims:
    """Component: the claims of a report, in the group ``claims``."""

    def __init__(self, name: str = "claims", *, models: Path) -> None:
        self.name = name
        self.folder = models / "claims"

    @cached_property
    def rankers(self) -> Rankers:
        """The learned decisions."""
        return Rankers.read(self.folder)

    def find(self, doc: Doc) -> tuple[list[Claim], list[Mention]]:
        """Return the claims of a report that are likely enough, and the functions that stand alone for a speaker."""
        claims: list[Claim] = []
        references: list[Mention] = []
        for finding in read(doc, self.rankers):
            references += finding.references
            for draft in finding.drafts:
                sure = confidence(draft, self.rankers.claims)
                if sure >= LEAST:
                    claims.append(record(finding.view, draft, sure, f"c{len(claims) + 1}"))
        return claims, references

    def __call__(self, doc: Doc) -> Doc:
        claims, references = self.find(doc)
        plain = [mention.model_dump(exclude_none=True) for mention in references]
        store(doc, "claims", claims, places(claims), references=plain)
        return doc


def places(claims: Sequence[Claim]) -> Iterator[Place]:
    """Yield the spans that show claims."""
    for claim in claims:
        yield Place(claim.content.start, claim.content.end, "Content", claim.claim_id)
        if claim.cue:
            yield Place(claim.cue.start, claim.cue.end, "Cue", claim.claim_id)
        for source in claim.sources:
            if source.span:
                yield Place(
                    source.span.start, source.span.end, "Source", claim.claim_id, source.speaker_id or source.iso3 or ""
                )


def record(view: View, draft: Draft, sure: float, claim_id: str) -> Claim:
    """Return a claim as a record with its code points."""
    raw = view.raw

    def span(first: int, last: int) -> Span:
        start, end = view.slice(first, last)
        return Span(start=start, end=end, text=raw[start:end])

    cue = draft.cue
    place = cue.first if cue else draft.content.first
    first, last = view.sentences[view.sentence[place]]
    entry = cues.entry_of(view, cue.first, cue.last) if cue else None
    return Claim(
        claim_id=claim_id,
        sentence_start=view.start[first],
        sentence_end=view.end[last - 1],
        style=draft.style,
        cue=span(cue.first, cue.last) if cue else None,
        cue_lemma=(entry.lemma if entry else cue.lemma) if cue else None,
        cue_class=(entry.cue_class if entry else "state") if cue else None,
        negated=cue is not None and cues.negated(view, cue),
        content=span(draft.content.first, draft.content.last),
        confidence=sure,
        rule=draft.rule,
        sources=list(draft.found),
    )


@Language.factory("claims", assigns=["doc.spans"])
def make_claims(nlp: Language, name: str, models: str | None = None) -> Claims:
    """Make the stage; `models` is the folder that holds ``claims/``."""
    return Claims(name, models=Path(models) if models else models_dir())
