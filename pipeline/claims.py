"""claims: what the report says that somebody said: cue, sources and content, one record each.

The steps are kept apart in `pipeline.speech`: cues, contents, the source of each, what is joined to it, whom it
names; last, a claim is weighed as a whole: its confidence, and whether it is kept. Writes the group ``claims``: spans
Cue, Content and Source whose ``id_`` is that of the claim; ``attrs["references"]`` holds the functions that stand
alone for a speaker.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.layers import Place, store, stored
from pipeline.records import Claim, Mention, Source, Span, Speaker
from pipeline.resources import models_dir
from pipeline.speech import cues
from pipeline.speech.drafts import Draft, Paragraph, spoke_last
from pipeline.speech.known import Known
from pipeline.speech.rankers import Rankers
from pipeline.speech.resolve import Resolver
from pipeline.speech.view import View, views
from pipeline.speech.weigh import LEAST, confidence


class Finding(NamedTuple):
    """What a paragraph holds: what may be a claim, and functions that stand alone for a speaker."""

    view: View
    drafts: list[Draft]
    references: list[Mention]


def known_of(doc: Doc) -> Known:
    """Return what the earlier stages left on a report."""
    mentions = doc.spans["people"].attrs.get("mentions", []) if "people" in doc.spans else []
    return Known.of(
        stored(doc, "people", Speaker), [Mention.model_validate(m) for m in mentions], stored(doc, "countries", Mention)
    )


def read(doc: Doc, rankers: Rankers, models: Path) -> Iterator[Finding]:
    """Yield, paragraph by paragraph, all that may be a claim, before it is weighed."""
    known = known_of(doc)
    resolver = Resolver(known, rankers.kinds, rankers.antecedents)
    before: Source | None = None
    for view in views(doc, models):
        named = known.named(view)
        resolver.enter(view, named)
        found = cues.find(view, doc, rankers.cues)
        paragraph = Paragraph(view, named, found, rankers=rankers, resolver=resolver)
        drafts = paragraph.drafts(before)
        before = spoke_last(drafts)
        yield Finding(view, drafts, list(paragraph.references(drafts)))


class Claims:
    """Component: the claims of a report, in the group ``claims``."""

    def __init__(self, name: str = "claims", *, models: Path) -> None:
        self.name = name
        self.models = models

    @cached_property
    def rankers(self) -> Rankers:
        """The learned decisions."""
        return Rankers.read(self.models / "claims")

    def find(self, doc: Doc) -> tuple[list[Claim], list[Mention]]:
        """Return the claims of a report that are sure enough, and the functions that stand alone for a speaker."""
        claims: list[Claim] = []
        references: list[Mention] = []
        for finding in read(doc, self.rankers, self.models):
            references += finding.references
            for draft in finding.drafts:
                sure = confidence(draft.facts, self.rankers.claims)
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
                named = source.speaker_id or source.iso3 or ""
                yield Place(source.span.start, source.span.end, "Source", claim.claim_id, named)


def record(view: View, draft: Draft, sure: float, claim_id: str) -> Claim:
    """Return a claim as a record with its code points."""
    cue = draft.cue
    first, last = view.sentences[view.sentence[cue.first if cue else draft.content.first]]
    entry = cues.entry_of(view, cue.first, cue.last) if cue else None
    return Claim(
        claim_id=claim_id,
        sentence_start=view.start[first],
        sentence_end=view.end[last - 1],
        style=draft.style,
        cue=_span(view, cue.first, cue.last) if cue else None,
        cue_lemma=(entry.lemma if entry else cue.lemma) if cue else None,
        cue_class=(entry.cue_class if entry else "state") if cue else None,
        negated=cue is not None and cues.negated(view, cue),
        content=_span(view, draft.content.first, draft.content.last),
        confidence=sure,
        rule=draft.rule,
        sources=list(draft.sources),
    )


def _span(view: View, first: int, last: int) -> Span:
    start, end = view.slice(first, last)
    return Span(start=start, end=end, text=view.raw[start:end])


@Language.factory("claims", assigns=["doc.spans"])
def make_claims(nlp: Language, name: str, models: str | None = None) -> Claims:
    """Make the stage; `models` is the folder that holds ``claims/``."""
    return Claims(name, models=Path(models) if models else models_dir())
