"""An event list for discourse network analysis, in the variables of Discourse Network Analyzer: ``statements.csv``.

A row is a statement: a claim, one of its sources and one of its themes. It says nothing of a claim without a theme,
and cannot be read back.
"""

from __future__ import annotations

import csv
import logging
from collections.abc import Iterator
from pathlib import Path

from pydantic import Field

from pipeline.interchange.reports import Annotated
from pipeline.records import Claim, Document, Record, Source, Theme

log = logging.getLogger("quidit")

FILE = "statements.csv"


class Statement(Record):
    """A row: who agrees with what, and when."""

    time: str = Field(description="first day of the meeting, ISO 8601; empty where it is not known")
    document: str = Field(description="doc_id")
    claim: str = Field(description="claim_id")
    person: str = Field(description="name of the speaker, or the words that name an unnamed person")
    organization: str = Field(description="institution of the speaker, or the state, institution or group itself")
    country: str = Field(description="ISO 3166-1 alpha-3")
    concept: Theme = Field(description="theme")
    agreement: int = Field(ge=0, le=1, description="0 where the source opposes the content")
    start: int = Field(ge=0, description="first code point of the content")
    end: int = Field(ge=0, description="code point after the content")
    text: str = Field(description="content")


def write(reports: list[Annotated], folder: Path) -> None:
    """Write the statements of reports into a folder, by date, report and place."""
    rows = [row for document, _ in reports for row in _statements(document)]
    rows.sort(key=lambda row: (row.time, row.document))
    with (folder / FILE).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(Statement.model_fields)
        writer.writerows(row.model_dump().values() for row in rows)
    claims = [claim for document, _ in reports for claim in document.claims]
    if without := sum(not claim.themes for claim in claims):
        log.warning("dna leaves out %d of %d claims: they have no theme", without, len(claims))


def _statements(document: Document) -> Iterator[Statement]:
    for claim in document.claims:
        for source in claim.sources:
            person, organisation = _actor(source, document)
            for theme in claim.themes:
                yield Statement(
                    time=document.metadata.date_start or str(document.metadata.year or ""),
                    document=document.doc_id,
                    claim=claim.claim_id,
                    person=person,
                    organization=organisation,
                    country=source.iso3 or "",
                    concept=theme,
                    agreement=int(_agrees(claim)),
                    start=claim.content.start,
                    end=claim.content.end,
                    text=claim.content.text,
                )


def _actor(source: Source, document: Document) -> tuple[str, str]:
    """Return person and organisation; both are empty for an implicit source."""
    words = source.name or (source.span.text if source.span else "")
    if source.type != "person":
        return "", words
    speaker = next((one for one in document.speakers if one.speaker_id == source.speaker_id), None)
    return words, speaker.organisations[0].text if speaker and speaker.organisations else ""


def _agrees(claim: Claim) -> bool:
    return (claim.cue_class == "oppose") == claim.negated
