"""spaCy DocBin: ``reports.spacy``, each report a ``Doc`` with the span groups that the stages of this program write.

``doc.spans[stage]`` shows where things are, in whole tokens; the exact records are in the attributes of the group (see
`pipeline.layers`) and are what is read back. What is known of the report itself stands in ``doc.user_data``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from pipeline.interchange.marks import header_of
from pipeline.interchange.reports import Annotated, ConvertError, check, found, plain, validated
from pipeline.layers import Place, store
from pipeline.records import Claim, Document

FILE = "reports.spacy"
HEADER = "quidit"  # key in user_data
# list of a document: the group of which the attributes hold it
GROUPS = {
    "paragraphs": "segment",
    "speakers": "people",
    "mentions": "mentions",
    "claims": "claims",
    "themes": "themes",
}


def write(reports: list[Annotated], folder: Path) -> None:
    """Write reports into a folder."""
    nlp = spacy.blank("fr")
    nlp.max_length = max((len(text) for _, text in reports), default=0) + 1
    docs = [_doc(nlp, document, text) for document, text in reports]
    DocBin(docs=docs, store_user_data=True).to_disk(folder / FILE)


def read(folder: Path) -> list[Annotated]:
    """Read every ``.spacy`` file below a folder; raises `ConvertError`."""
    nlp = spacy.blank("fr")
    reports = []
    for path in found(folder, "*.spacy"):
        try:
            docs = list(DocBin().from_disk(path).get_docs(nlp.vocab))
        except (ValueError, KeyError, OSError) as error:
            raise ConvertError(f"{path}: not a DocBin of spaCy") from error
        reports += [_report(doc, f"{path}: document {number}") for number, doc in enumerate(docs, 1)]
    return reports


def _doc(nlp: Language, document: Document, text: str) -> Doc:
    doc = nlp.make_doc(text)
    # as a string: what is a list in user_data comes back as a tuple
    doc.user_data[HEADER] = json.dumps(header_of(document), ensure_ascii=False)
    paragraphs = [Place(p.start, p.end, p.section, p.paragraph_id) for p in document.paragraphs]
    store(doc, "segment", document.paragraphs, paragraphs, document=document.metadata.model_dump())
    store(doc, "people", document.speakers, _mentioned(document, "Person", "Role", "Organisation"))
    states = [mention for mention in document.mentions if mention.label in ("Country", "Demonym")]
    store(doc, "countries", states, _mentioned(document, "Country", "Demonym"))
    store(doc, "mentions", document.mentions, _mentioned(document))
    store(doc, "claims", document.claims, _parts(document.claims))
    evidence = [Place(one.start, one.end, one.theme, one.unit_id) for one in document.themes]
    store(doc, "themes", document.themes, evidence)
    return doc


def _mentioned(document: Document, *labels: str) -> list[Place]:
    return [
        Place(mention.start, mention.end, mention.label, mention.speaker_id or "", mention.iso3 or "")
        for mention in document.mentions
        if not labels or mention.label in labels
    ]


def _parts(claims: Iterable[Claim]) -> list[Place]:
    parts = []
    for claim in claims:
        sources = [source.span for source in claim.sources]
        for label, span in [("Cue", claim.cue), ("Content", claim.content), *(("Source", span) for span in sources)]:
            if span is not None:
                parts.append(Place(span.start, span.end, label, claim.claim_id))
    return parts


def _report(doc: Doc, where: str) -> Annotated:
    if HEADER not in doc.user_data:
        raise ConvertError(f"{where}: its user_data has no {HEADER!r}: it was not written by this program")
    header = json.loads(doc.user_data[HEADER])
    records = {
        name: doc.spans[group].attrs.get("records", []) if group in doc.spans else [] for name, group in GROUPS.items()
    }
    record = {**plain(header["doc_id"], doc.text), **header, **records}
    report = Annotated(validated(Document, record, where), doc.text)
    check(report, where)
    return report
