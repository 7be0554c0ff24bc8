"""The tables of a dataset, as flat row types: their fields are the columns, in their order.

`TABLES` names them in the order in which a reader should open them. The nested records are in `pipeline.records`.
"""

from __future__ import annotations

from abc import abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, Literal, Self

from pydantic import Field

from pipeline.records import (
    DATE,
    ISO3,
    Claim,
    Country,
    CueClass,
    Document,
    Evidence,
    Gender,
    Label,
    Mention,
    Metadata,
    Paragraph,
    Record,
    Section,
    Sector,
    Source,
    SourceType,
    Span,
    Speaker,
    Style,
    Theme,
)

SEPARATOR = "|"  # between the parts of a cell that holds a list


def _as(record: type[Record], name: str, **constraints: Any) -> Any:
    """Describe a column as the record describes its field."""
    return Field(description=record.model_fields[name].description, **constraints)


class Row(Record):
    """A row of a table."""

    table: ClassVar[str]
    about: ClassVar[str]
    key: ClassVar[tuple[str, ...]]
    links: ClassVar[dict[str, tuple[str, ...]]] = {}  # other table: its key, under the same names here; never empty

    def cells(self) -> list[str]:
        """Return the row as it stands in a CSV file."""
        return [cell(getattr(self, name)) for name in type(self).model_fields]


class ReportRow(Row):
    """A row that tells of a report."""

    @classmethod
    @abstractmethod
    def of(cls, document: Document) -> Iterator[Self]:
        """Yield the rows of a report."""


def cell(value: str | float | bool | list[str] | None) -> str:
    """Return a value as CSV text: nothing for None, ``true`` or ``false``, lists joined by ``|``."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return SEPARATOR.join(value)
    return str(value)


def listed(texts: Iterable[str]) -> list[str]:
    """Return the distinct texts in their order, fit for a cell that holds a list."""
    return list(dict.fromkeys(" ".join(text.replace(SEPARATOR, " ").split()) for text in texts))


def parts(span: Span | None) -> tuple[str | None, int | None, int | None]:
    """Return text, start and end of a span, for three columns."""
    return (None, None, None) if span is None else (span.text, span.start, span.end)


class DocumentRow(ReportRow):
    table = "documents"
    about = "a report"
    key = ("doc_id",)

    doc_id: str = _as(Document, "doc_id")
    file: str = _as(Document, "file")
    sha256: str = _as(Document, "sha256", pattern="^[0-9a-f]{64}$")
    format: str = _as(Document, "format")
    title: str | None = _as(Metadata, "title")
    subtitle: str | None = _as(Metadata, "subtitle")
    series: str | None = _as(Metadata, "series")
    year: int | None = _as(Metadata, "year")
    date_start: str | None = _as(Metadata, "date_start", pattern=DATE)
    date_end: str | None = _as(Metadata, "date_end", pattern=DATE)
    venue: str | None = _as(Metadata, "venue")
    city: str | None = _as(Metadata, "city")
    characters: int = _as(Document, "characters", ge=0)
    words: int = _as(Document, "words", ge=0)
    paragraphs: int = Field(ge=0, description="rows in paragraphs")
    speakers: int = Field(ge=0, description="rows in speakers")
    claims: int = Field(ge=0, description="rows in claims")

    @classmethod
    def of(cls, document: Document) -> Iterator[Self]:
        yield cls(
            **document.model_dump(include={"doc_id", "file", "sha256", "format", "characters", "words"}),
            **document.metadata.model_dump(),
            paragraphs=len(document.paragraphs),
            speakers=len(document.speakers),
            claims=len(document.claims),
        )


class ParagraphRow(ReportRow):
    table = "paragraphs"
    about = "a paragraph"
    key = ("doc_id", "paragraph_id")
    links: ClassVar = {"documents": ("doc_id",)}

    doc_id: str = _as(Document, "doc_id")
    paragraph_id: str = _as(Paragraph, "paragraph_id")
    start: int = _as(Span, "start", ge=0)
    end: int = _as(Span, "end", ge=0)
    page: int | None = _as(Paragraph, "page", ge=1)
    section: Section = _as(Paragraph, "section")
    text: str = _as(Span, "text")
    themes: list[Theme] = _as(Paragraph, "themes")

    @classmethod
    def of(cls, document: Document) -> Iterator[Self]:
        for paragraph in document.paragraphs:
            yield cls(doc_id=document.doc_id, **paragraph.model_dump())


class SpeakerRow(ReportRow):
    table = "speakers"
    about = "a person in a report"
    key = ("doc_id", "speaker_id")
    links: ClassVar = {"documents": ("doc_id",)}

    doc_id: str = _as(Document, "doc_id")
    speaker_id: str = _as(Speaker, "speaker_id")
    person_id: str = _as(Speaker, "person_id")
    name: str = _as(Speaker, "name")
    gender: Gender | None = _as(Speaker, "gender")
    roles: list[str] = Field(description="functions, as the report words them, white space folded")
    organisations: list[str] = Field(description="institutions represented, white space folded")
    country: str | None = _as(Speaker, "country", pattern=ISO3)
    sector: Sector | None = _as(Speaker, "sector")
    mentions: int = Field(ge=0, description="mentions by name, function or pronoun")
    claims: int = Field(ge=0, description="claims attributed to the person")

    @classmethod
    def of(cls, document: Document) -> Iterator[Self]:
        claims = Counter(
            speaker for claim in document.claims for speaker in {s.speaker_id for s in claim.sources if s.speaker_id}
        )
        for speaker in document.speakers:
            yield cls(
                doc_id=document.doc_id,
                **speaker.model_dump(include={"speaker_id", "person_id", "name", "gender", "country", "sector"}),
                roles=listed(span.text for span in speaker.roles),
                organisations=listed(span.text for span in speaker.organisations),
                mentions=len(speaker.mentions),
                claims=claims[speaker.speaker_id],
            )


class MentionRow(ReportRow):
    table = "mentions"
    about = "a span of the text that names somebody or some state"
    key = ("doc_id", "mention_id")
    links: ClassVar = {"documents": ("doc_id",)}

    doc_id: str = _as(Document, "doc_id")
    mention_id: str = _as(Mention, "mention_id")
    label: Label = _as(Mention, "label")
    start: int = _as(Span, "start", ge=0)
    end: int = _as(Span, "end", ge=0)
    text: str = _as(Span, "text")
    speaker_id: str | None = _as(Mention, "speaker_id")
    iso3: str | None = _as(Mention, "iso3", pattern=ISO3)

    @classmethod
    def of(cls, document: Document) -> Iterator[Self]:
        for mention in document.mentions:
            yield cls(doc_id=document.doc_id, **mention.model_dump())


class CountryRow(ReportRow):
    table = "countries"
    about = "a state in a report"
    key = ("doc_id", "iso3")
    links: ClassVar = {"documents": ("doc_id",)}

    doc_id: str = _as(Document, "doc_id")
    iso3: str = _as(Country, "iso3", pattern=ISO3)
    iso2: str = _as(Country, "iso2")
    m49: str = _as(Country, "m49")
    name_fr: str = _as(Country, "name_fr")
    name_en: str = _as(Country, "name_en")
    region: str = _as(Country, "region")
    subregion: str = _as(Country, "subregion")
    mentions: int = _as(Country, "mentions", ge=0)
    speakers: int = _as(Country, "speakers", ge=0)
    claims: int = _as(Country, "claims", ge=0)

    @classmethod
    def of(cls, document: Document) -> Iterator[Self]:
        for country in document.countries:
            yield cls(doc_id=document.doc_id, **country.model_dump())


class ClaimRow(ReportRow):
    table = "claims"
    about = "a statement that the report attributes to somebody"
    key = ("doc_id", "claim_id")
    links: ClassVar = {"documents": ("doc_id",), "paragraphs": ("doc_id", "paragraph_id")}

    doc_id: str = _as(Document, "doc_id")
    claim_id: str = _as(Claim, "claim_id")
    paragraph_id: str = _as(Claim, "paragraph_id")
    section: Section = _as(Claim, "section")
    sentence_start: int | None = _as(Claim, "sentence_start", ge=0)
    sentence_end: int | None = _as(Claim, "sentence_end", ge=0)
    style: Style = _as(Claim, "style")
    cue: str | None = _as(Claim, "cue")
    cue_start: int | None = Field(ge=0, description="first code point of the cue")
    cue_end: int | None = Field(ge=0, description="code point after the cue")
    cue_lemma: str | None = _as(Claim, "cue_lemma")
    cue_class: CueClass | None = _as(Claim, "cue_class")
    negated: bool = _as(Claim, "negated")
    content: str = _as(Claim, "content")
    content_start: int = Field(ge=0, description="first code point of the content")
    content_end: int = Field(ge=0, description="code point after the content")
    themes: list[Theme] = _as(Claim, "themes")
    confidence: float | None = _as(Claim, "confidence", ge=0, le=1)
    rule: str | None = _as(Claim, "rule")

    @classmethod
    def of(cls, document: Document) -> Iterator[Self]:
        same = set(cls.model_fields) & set(Claim.model_fields) - {"cue", "content"}
        for claim in document.claims:
            cue, cue_start, cue_end = parts(claim.cue)
            yield cls(
                doc_id=document.doc_id,
                **claim.model_dump(include=same),
                cue=cue,
                cue_start=cue_start,
                cue_end=cue_end,
                content=claim.content.text,
                content_start=claim.content.start,
                content_end=claim.content.end,
            )


class ClaimSourceRow(ReportRow):
    table = "claim_sources"
    about = "a source of a claim"
    key = ("doc_id", "claim_id", "source")
    links: ClassVar = {"documents": ("doc_id",), "claims": ("doc_id", "claim_id")}

    doc_id: str = _as(Document, "doc_id")
    claim_id: str = _as(Claim, "claim_id")
    source: int = Field(ge=1, description="number of the source in its claim, from 1")
    type: SourceType = _as(Source, "type")
    text: str | None = _as(Source, "span")
    start: int | None = _as(Span, "start", ge=0)
    end: int | None = _as(Span, "end", ge=0)
    speaker_id: str | None = _as(Source, "speaker_id")
    name: str | None = _as(Source, "name")
    role: str | None = _as(Source, "role")
    iso3: str | None = _as(Source, "iso3", pattern=ISO3)

    @classmethod
    def of(cls, document: Document) -> Iterator[Self]:
        for claim in document.claims:
            for number, source in enumerate(claim.sources, 1):
                text, start, end = parts(source.span)
                yield cls(
                    doc_id=document.doc_id,
                    claim_id=claim.claim_id,
                    source=number,
                    text=text,
                    start=start,
                    end=end,
                    **source.model_dump(exclude={"span"}),
                )


class ThemeRow(ReportRow):
    table = "themes"
    about = "a piece of evidence for a theme"
    key = ()
    links: ClassVar = {"documents": ("doc_id",)}

    doc_id: str = _as(Document, "doc_id")
    theme: Theme = _as(Evidence, "theme")
    unit: Literal["paragraph", "claim"] = _as(Evidence, "unit")
    unit_id: str = _as(Evidence, "unit_id")
    rule: str = _as(Evidence, "rule")
    start: int = _as(Span, "start", ge=0)
    end: int = _as(Span, "end", ge=0)
    text: str = _as(Span, "text")

    @classmethod
    def of(cls, document: Document) -> Iterator[Self]:
        for evidence in document.themes:
            yield cls(doc_id=document.doc_id, **evidence.model_dump())


class FailureRow(Row):
    table = "failures"
    about = "a report that could not be read"
    key = ("file",)

    file: str = Field(description="file, relative to the folder that was read")
    stage: str = Field(description="stage that failed")
    error: str = Field(description="cause")


TABLES: tuple[type[ReportRow], ...] = (
    DocumentRow,
    ParagraphRow,
    SpeakerRow,
    MentionRow,
    CountryRow,
    ClaimRow,
    ClaimSourceRow,
    ThemeRow,
)
