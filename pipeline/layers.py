"""How stages leave their results on a spaCy ``Doc``, and find those of earlier stages.

The group ``doc.spans[stage]`` shows where things are, in whole tokens, with ``label_``, ``id_`` (what belongs together)
and ``kb_id_`` (what it refers to). Its ``attrs["records"]`` holds the same results as plain records with their exact
code points, since a name or a pronoun may end inside a token (``a-t-il``). Both survive a ``DocBin``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeVar

from spacy.tokens import Doc, Span, SpanGroup

from pipeline.records import Record

R = TypeVar("R", bound=Record)


class Place(NamedTuple):
    """A span to show: code points, and what the three fields of a spaCy span shall say."""

    start: int
    end: int
    label: str
    id: str = ""
    kb_id: str = ""


def store(doc: Doc, stage: str, records: Iterable[Record], places: Iterable[Place], **attrs: object) -> None:
    """Write what a stage found: its records, the spans that show them, and further plain values."""
    spans: list[Span] = []
    for place in places:
        span = doc.char_span(place.start, place.end, label=place.label, kb_id=place.kb_id, alignment_mode="expand")
        if span is not None:
            span.id_ = place.id
            spans.append(span)
    plain = {"records": [record.model_dump(exclude_none=True) for record in records], **attrs}
    doc.spans[stage] = SpanGroup(doc, name=stage, spans=spans, attrs=plain)


def stored(doc: Doc, stage: str, kind: type[R]) -> list[R]:
    """Return the records of an earlier stage, in the order in which it wrote them; none where it did not run."""
    if stage not in doc.spans:
        return []
    return [kind.model_validate(record) for record in doc.spans[stage].attrs.get("records", [])]
