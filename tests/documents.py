"""Reports whose stages are known to be right: ``doc.spans`` as the stages would leave it, made from gold."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import spacy
from spacy.tokens import Doc

from pipeline.layers import Place, store
from pipeline.read import Report, read
from pipeline.records import THEMES, Document, Evidence, Mention, Record, Span

ANNOTATIONS = Path(__file__).resolve().parent.parent / "annotations"
PEOPLE = ("Person", "Role", "Organisation")


@cache
def added_in_2026() -> frozenset[str]:
    """Return the identifiers of the annotated reports that were composed in 2026, after rules were written."""
    with (ANNOTATIONS / "splits.csv").open(encoding="utf-8", newline="") as rows:
        return frozenset(Path(row["text"]).stem for row in csv.DictReader(rows) if row["origin"].endswith("2026"))


@cache
def gold(name: str) -> tuple[Document, Report]:
    """Return the gold of a report of the train split, ``reports/afro-oms-2018`` say, and the report as it is read."""
    path = ANNOTATIONS / f"{name}.txt"
    known = Document.model_validate_json(path.with_suffix(".json").read_text("utf-8"))
    for tagged in (*known.paragraphs, *known.claims):  # annotators write themes in any order
        tagged.themes = [theme for theme in THEMES if theme in tagged.themes]
    return known, read(path, ANNOTATIONS)


def annotated(document: Document, text: str) -> Doc:
    """Return a `Doc` of the text whose groups hold what a document tells."""
    doc = spacy.blank("fr").make_doc(text)
    people = [mention for mention in document.mentions if mention.label in PEOPLE]
    states = [mention for mention in document.mentions if mention.label in {"Country", "Demonym"}]
    _store(doc, "segment", document.paragraphs, document=document.metadata.model_dump(exclude_none=True))
    _store(
        doc,
        "people",
        document.speakers,
        takes_part=[speaker.speaker_id for speaker in document.speakers],
        mentions=[mention.model_dump(exclude_none=True, exclude={"mention_id"}) for mention in people],
    )
    _store(doc, "countries", states)
    _store(doc, "claims", document.claims)
    _store(doc, "themes", document.themes or list(evidence(document)))
    return doc


def _store(doc: Doc, stage: str, records: Iterable[Record], **attrs: object) -> None:
    records = list(records)
    places = [Place(item.start, item.end, stage) for item in records if isinstance(item, Span)]
    store(doc, stage, records, places, **attrs)


def evidence(document: Document) -> Iterator[Evidence]:
    """Yield one piece of evidence for each theme of a paragraph or claim."""
    for paragraph in document.paragraphs:
        first = paragraph.text.split()[0]
        for theme in paragraph.themes:
            place = Span(start=paragraph.start, end=paragraph.start + len(first), text=first)
            yield Evidence(
                theme=theme, unit="paragraph", unit_id=paragraph.paragraph_id, rule="r1", **place.model_dump()
            )
    for claim in document.claims:
        for theme in claim.themes:
            yield Evidence(theme=theme, unit="claim", unit_id=claim.claim_id, rule="r2", **claim.content.model_dump())


def span(text: str, words: str) -> Span:
    """Return the first place of some words in a text."""
    start = text.index(words)
    return Span(start=start, end=start + len(words), text=words)


def mention(text: str, words: str, label: str, **fields: str) -> Mention:
    """Return a mention of some words, numbered later."""
    return Mention.model_validate({**span(text, words).model_dump(), "mention_id": "", "label": label, **fields})
