"""What is known of a report, as plain records: the one source of tables, JSON Schema and codebook.

A `Document` is what stands in ``output/documents/<doc_id>.json``; a gold file is a corrected one. Offsets are Unicode
code points into the raw text, end exclusive, and ``raw[start:end] == text`` holds for everything that has a ``text``.
"""

from __future__ import annotations

from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

Label = Literal["Person", "Role", "Organisation", "Country", "Demonym", "Collective"]
Style = Literal["indirect", "direct", "mixed", "according-to", "as-noted", "parenthetical"]
SourceType = Literal["person", "country", "organisation", "collective", "document", "implicit"]
CueClass = Literal["state", "stress", "recall", "propose", "support", "oppose", "concern", "agree", "ask", "explain"]
Gender = Literal["F", "M"]
Sector = Literal[
    "government",
    "local-government",
    "parliament",
    "intergovernmental",
    "academia",
    "private-sector",
    "civil-society",
]
Theme = Literal[
    "vulnerability-situations",
    "vulnerability-causes",
    "children",
    "comprehensive-action",
    "integration-inclusion",
    "international-cooperation",
    "implementation",
    "return-reintegration",
    "security-tensions",
    "global-compact",
]
Section = Literal[
    "front-matter",
    "opening",
    "point-1",
    "point-2",
    "point-3",
    "point-4",
    "point-5",
    "point-6",
    "point-7",
    "point-8",
    "point-9",
    "point-10",
    "good-practices",
    "conclusion",
    "body",
]
THEMES: tuple[Theme, ...] = get_args(Theme)
ISO3 = r"^[A-Z]{3}$"
DATE = r"^\d{4}-\d{2}-\d{2}$"


class Record(BaseModel):
    """Base of all records: no unknown field, no silent change of type."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Span(Record):
    """A stretch of the raw text."""

    start: int = Field(ge=0, description="first code point in the raw text")
    end: int = Field(ge=0, description="code point after the last one")
    text: str = Field(description="raw[start:end]")

    @model_validator(mode="after")
    def _has_length(self) -> Span:
        if self.end - self.start != len(self.text) or not self.text:
            raise ValueError(f"span {self.start}:{self.end} does not fit its text {self.text!r}")
        return self


class Metadata(Record):
    """What the report says of itself; null where it does not say."""

    title: str | None = Field(None, description="title of the report")
    subtitle: str | None = Field(None, description="subtitle or theme of the meeting")
    series: str | None = Field(None, description="series of meetings, such as IDM")
    year: int | None = Field(None, description="year of the meeting")
    date_start: str | None = Field(None, pattern=DATE, description="first day, ISO 8601")
    date_end: str | None = Field(None, pattern=DATE, description="last day, ISO 8601")
    venue: str | None = Field(None, description="building and room")
    city: str | None = Field(None, description="city")


class Paragraph(Span):
    """One block of running text."""

    paragraph_id: str = Field(description="p1, p2, … in the order of the text")
    page: int | None = Field(None, ge=1, description="page of the source file on which it begins")
    section: Section = Field(description="part of the report")
    themes: list[Theme] = Field(default_factory=list, description="themes of the paragraph")


class Mention(Span):
    """A span that names somebody or some state."""

    mention_id: str = Field(description="m1, m2, … in the order of the text")
    label: Label = Field(description="what it names")
    speaker_id: str | None = Field(None, description="the speaker whom it names or describes")
    iso3: str | None = Field(None, pattern=ISO3, description="ISO 3166-1 alpha-3 of a country or demonym")


class Speaker(Record):
    """A named person who takes part in the meeting or to whom the report attributes something."""

    speaker_id: str = Field(description="identifier in the report, made of the name")
    person_id: str = Field(description="the same person across reports")
    name: str = Field(description="fullest form of the name in the report")
    gender: Gender | None = Field(None, description="from French forms alone, never from the name")
    country: str | None = Field(None, pattern=ISO3, description="ISO 3166-1 alpha-3 of the state represented")
    sector: Sector | None = Field(None, description="what kind of institution the person represents")
    roles: list[Span] = Field(default_factory=list, description="functions")
    organisations: list[Span] = Field(default_factory=list, description="institutions represented")
    mentions: list[Span] = Field(default_factory=list, description="names, functions and pronouns")


class Source(Record):
    """To whom a claim is attributed."""

    type: SourceType = Field(description="kind of source")
    span: Span | None = Field(None, description="the words that name it; none for an implicit source")
    speaker_id: str | None = Field(None, description="the speaker, for a person whom the report names")
    name: str | None = Field(None, description="name of the speaker, or of the country in French")
    role: str | None = Field(None, description="function of the speaker")
    iso3: str | None = Field(None, pattern=ISO3, description="the country itself, or the speaker's country")


class Claim(Record):
    """Something that the report attributes to a source."""

    claim_id: str = Field(description="c1, c2, … in the order of the text")
    paragraph_id: str | None = Field(None, description="the paragraph it stands in")
    section: Section | None = Field(None, description="part of the report")
    sentence_start: int | None = Field(None, ge=0, description="first code point of its sentence")
    sentence_end: int | None = Field(None, ge=0, description="code point after its sentence")
    style: Style = Field(description="how it is attributed")
    cue: Span | None = Field(None, description="the words that attribute")
    cue_lemma: str | None = Field(None, description="entry of the cue in the lexicon")
    cue_class: CueClass | None = Field(None, description="what the source does with the content")
    negated: bool = Field(False, description="the attribution is denied")
    content: Span = Field(description="what is attributed")
    themes: list[Theme] = Field(default_factory=list, description="themes of the content")
    optional: bool = Field(False, description="gold only: neither rewarded nor punished")
    confidence: float | None = Field(None, ge=0, le=1, description="how often such a claim is right on gold")
    rule: str | None = Field(None, description="what decided")
    sources: list[Source] = Field(default_factory=list, description="to whom it is attributed")


class Evidence(Span):
    """Words that decided for a theme."""

    theme: Theme = Field(description="the theme")
    unit: Literal["paragraph", "claim"] = Field(description="what is tagged")
    unit_id: str = Field(description="paragraph_id or claim_id")
    rule: str = Field(description="the rule of models/themes that matched")


class Country(Record):
    """A state that a report names."""

    iso3: str = Field(pattern=ISO3, description="ISO 3166-1 alpha-3")
    iso2: str = Field(description="ISO 3166-1 alpha-2")
    m49: str = Field(description="UN M49 code, three digits")
    name_fr: str = Field(description="French name")
    name_en: str = Field(description="English name")
    region: str = Field(description="UN M49 region, in French")
    subregion: str = Field(description="UN M49 sub-region, in French")
    mentions: int = Field(0, ge=0, description="mentions by name or nationality")
    speakers: int = Field(0, ge=0, description="speakers who represent it")
    claims: int = Field(0, ge=0, description="claims attributed to it or to its speakers")


class Document(Record):
    """Everything about one report."""

    doc_id: str = Field(description="identifier of the report, made of its file name")
    file: str = Field(description="file, relative to the folder that was read")
    sha256: str = Field(description="SHA-256 of the file")
    format: str = Field(description="txt, md, …")
    characters: int = Field(ge=0, description="code points of the raw text")
    words: int = Field(ge=0, description="words of the raw text")
    metadata: Metadata = Field(default_factory=Metadata, description="what the report says of itself")
    paragraphs: list[Paragraph] = Field(default_factory=list, description="blocks of running text")
    speakers: list[Speaker] = Field(default_factory=list, description="named speakers")
    mentions: list[Mention] = Field(default_factory=list, description="persons, roles, organisations, countries …")
    countries: list[Country] = Field(default_factory=list, description="states that the report names")
    claims: list[Claim] = Field(default_factory=list, description="attributed statements")
    themes: list[Evidence] = Field(default_factory=list, description="evidence for themes")
