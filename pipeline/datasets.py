"""datasets: what the stages found in a report, as one record; the records of many reports, as the files of a dataset.

`document` gathers ``doc.spans`` and makes the parts agree: every identifier that is used is there, themes are handed on
from evidence to claims and from claims to paragraphs, and countries are counted.
"""

from __future__ import annotations

import csv
import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import countries, lexicon
from pipeline.layers import stored
from pipeline.records import (
    THEMES,
    Claim,
    Country,
    Document,
    Evidence,
    Label,
    Mention,
    Metadata,
    Paragraph,
    Source,
    SourceType,
    Span,
    Speaker,
    Theme,
)
from pipeline.speech.coreference import gender_of
from pipeline.writing.network import Network
from pipeline.writing.schema import LINE_END, codebook, columns, datapackage, json_schema
from pipeline.writing.tables import TABLES, Row, cell, listed

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pipeline.read import Report

WORD = re.compile(r"\w+")
SOURCE_LABELS: dict[SourceType, Label] = {"collective": "Collective", "organisation": "Organisation"}
PARQUET = {"string": "string", "integer": "int64", "number": "float64", "boolean": "bool"}
ABOUT = 0.4  # share of the mentions of states in a report that is about one
PUBLIC = frozenset({"government", "parliament", "local-government"})
SPEAKING = 0.5  # share of the persons of a report
ROW_GROUP = 10_000  # rows: bounds the memory of a large run

HELD = frozenset({"Role", "Organisation"})  # of speakers: a function that nobody named holds is none

Tags = dict[tuple[str, str], set[Theme]]  # (unit, identifier): its themes
Write = Callable[[Iterable[Row]], None]


def document(doc: Doc, report: Report) -> Document:
    """Return the record of a report that the whole pipeline has read; `doc` is made of ``report.text``.

    Claims outside paragraphs (in a headline, say) are left out, and so are persons who neither take part nor are the
    source of a claim. Raises pydantic's ``ValidationError`` where a stage left something that is no record.
    """
    paragraphs = paged(stored(doc, "segment", Paragraph), report.pages)
    claims = placed(stored(doc, "claims", Claim), paragraphs)
    speakers = completed(taking_part(doc, claims), claims, references(doc))
    speakers = at_home(speakers, stored(doc, "countries", Mention))
    known = {speaker.speaker_id: speaker for speaker in speakers}
    states = countries.table()
    for claim in claims:
        claim.sources = [named(source, known, states) for source in claim.sources]
    evidence = tag(stored(doc, "themes", Evidence), claims, paragraphs)
    mentions = gathered(doc, claims, known)
    return Document(
        doc_id=report.doc_id,
        file=report.file,
        sha256=report.sha256,
        format=report.format,
        characters=len(doc.text),
        words=len(WORD.findall(doc.text)),
        metadata=Metadata.model_validate(attribute(doc, "segment", "document", {})),
        paragraphs=paragraphs,
        speakers=speakers,
        mentions=mentions,
        countries=counted(states, mentions, speakers, claims),
        claims=claims,
        themes=evidence,
    )


def attribute(doc: Doc, stage: str, name: str, missing: Any) -> Any:
    """Return a plain value that a stage left with its group."""
    return doc.spans[stage].attrs.get(name, missing) if stage in doc.spans else missing


def paged(paragraphs: list[Paragraph], pages: list[int] | None) -> list[Paragraph]:
    """Write on which page each paragraph begins; `pages` holds the offset at which each page starts."""
    if pages is not None:
        for paragraph in paragraphs:
            paragraph.page = bisect_right(pages, paragraph.start)
    return paragraphs


def placed(claims: Iterable[Claim], paragraphs: list[Paragraph]) -> list[Claim]:
    """Return the claims that stand in paragraphs, each with its paragraph and section."""
    by_id = {paragraph.paragraph_id: paragraph for paragraph in paragraphs}
    found: list[Claim] = []
    for claim in claims:
        place = by_id.get(claim.paragraph_id or "") or _around(claim.content.start, paragraphs)
        if place is not None:
            where = {"paragraph_id": place.paragraph_id, "section": claim.section or place.section}
            found.append(claim.model_copy(update=where))
    return found


def _around(start: int, paragraphs: list[Paragraph]) -> Paragraph | None:
    return next((paragraph for paragraph in paragraphs if paragraph.start <= start < paragraph.end), None)


def taking_part(doc: Doc, claims: Iterable[Claim]) -> list[Speaker]:
    """Return the persons who are the source of a claim, and in the report of a meeting those shown in a function.

    It is the report of a meeting where most of the persons named speak; in a press article, functions are mentioned in
    passing.
    """
    persons = stored(doc, "people", Speaker)
    kept = {source.speaker_id for claim in claims for source in claim.sources} - {None}
    if len(kept) > SPEAKING * len(persons):
        kept.update(attribute(doc, "people", "takes_part", []))
    return [person for person in persons if person.speaker_id in kept]


def references(doc: Doc) -> list[Mention]:
    """Return the functions that stand alone for a speaker, as the stage claims understood them."""
    return [Mention.model_validate(item) for item in attribute(doc, "claims", "references", [])]


def completed(speakers: list[Speaker], claims: Iterable[Claim], functions: Iterable[Mention]) -> list[Speaker]:
    """Return the speakers with the functions and pronouns that stand for them, and the gender and sector they show."""
    sources = [source for claim in claims for source in claim.sources if source.span and source.speaker_id]
    functions = list(functions)
    found = []
    for speaker in speakers:
        spans = [source.span for source in sources if source.speaker_id == speaker.speaker_id and source.span]
        alone = [Span(start=m.start, end=m.end, text=m.text) for m in functions if m.speaker_id == speaker.speaker_id]
        roles = ordered([*speaker.roles, *alone])
        genders = Counter(gender for gender in map(gender_of, (span.text for span in spans)) if gender)
        pronoun = genders.most_common(1)[0][0] if len(genders) == 1 else None
        sectors = [sector for sector in (lexicon.sector(role.text) for role in roles) if sector]
        found.append(
            speaker.model_copy(
                update={
                    "roles": roles,
                    "mentions": ordered([*speaker.mentions, *spans]),
                    "gender": speaker.gender or pronoun,
                    "sector": speaker.sector or next(iter(sectors), None),
                }
            )
        )
    return found


def at_home(speakers: Iterable[Speaker], mentions: Iterable[Mention]) -> list[Speaker]:
    """Return the speakers; those who hold a public office of no named state are of the state that the report is about.

    The press of a state says ``le ministre de la Justice`` of its own.
    """
    counts = Counter(mention.iso3 for mention in mentions if mention.iso3)
    state, count = counts.most_common(1)[0] if counts else (None, 0)
    home = state if count >= ABOUT * counts.total() else None
    found = []
    for speaker in speakers:
        unknown = speaker.country is None and speaker.sector in PUBLIC
        found.append(speaker.model_copy(update={"country": home}) if unknown else speaker)
    return found


def ordered(spans: Iterable[Span]) -> list[Span]:
    """Return spans once each, in the order of the text."""
    distinct = {(span.start, span.end): span for span in spans}
    return [distinct[place] for place in sorted(distinct)]


def named(source: Source, speakers: dict[str, Speaker], states: dict[str, Country]) -> Source:
    """Return a source with what is known of its speaker or country."""
    if source.speaker_id is not None:
        speaker = speakers.get(source.speaker_id)
        if speaker is None:
            return source.model_copy(update={"speaker_id": None})
        role = next(iter(listed(span.text for span in speaker.roles)), None)
        return source.model_copy(update={"name": speaker.name, "role": role, "iso3": speaker.country})
    if source.type == "country" and source.iso3 is not None:
        return source.model_copy(update={"name": states[source.iso3].name_fr})
    return source


def tag(evidence: Iterable[Evidence], claims: list[Claim], paragraphs: list[Paragraph]) -> list[Evidence]:
    """Write the themes of claims and paragraphs, and return the evidence for those that are there."""
    tags: Tags = {("paragraph", paragraph.paragraph_id): set() for paragraph in paragraphs}
    tags |= {("claim", claim.claim_id): set() for claim in claims}
    kept = [item for item in evidence if (item.unit, item.unit_id) in tags]
    for item in kept:
        tags[item.unit, item.unit_id].add(item.theme)
    for claim in claims:
        themes = tags["claim", claim.claim_id]
        claim.themes = [theme for theme in THEMES if theme in themes]
        tags["paragraph", claim.paragraph_id or ""] |= themes
    for paragraph in paragraphs:
        themes = tags["paragraph", paragraph.paragraph_id]
        paragraph.themes = [theme for theme in THEMES if theme in themes]
    return kept


def gathered(doc: Doc, claims: Iterable[Claim], speakers: dict[str, Speaker]) -> list[Mention]:
    """Return persons, roles, organisations, countries and unnamed sources, in the order of the text."""
    people = [Mention.model_validate({"mention_id": "", **item}) for item in attribute(doc, "people", "mentions", [])]
    found = [
        mention if mention.speaker_id in speakers else mention.model_copy(update={"speaker_id": None})
        for mention in (*references(doc), *people, *stored(doc, "countries", Mention))
    ]
    found = [mention for mention in found if mention.label not in HELD or mention.speaker_id is not None]
    for source in (source for claim in claims for source in claim.sources):
        if source.span is not None and source.type in SOURCE_LABELS:
            found.append(Mention(mention_id="", label=SOURCE_LABELS[source.type], **source.span.model_dump()))
    distinct = {(mention.start, -mention.end, mention.label): mention for mention in reversed(found)}
    return [
        distinct[place].model_copy(update={"mention_id": f"m{number}"})
        for number, place in enumerate(sorted(distinct), 1)
    ]


def counted(
    states: dict[str, Country], mentions: list[Mention], speakers: list[Speaker], claims: list[Claim]
) -> list[Country]:
    """Return the states that are named, represented or cited, with their counts."""
    named_states = [mention.iso3 for mention in mentions if mention.iso3]
    represented = [speaker.country for speaker in speakers if speaker.country]
    cited = [iso3 for claim in claims for iso3 in {source.iso3 for source in claim.sources if source.iso3}]
    return [
        states[iso3].model_copy(
            update={
                "mentions": named_states.count(iso3),
                "speakers": represented.count(iso3),
                "claims": cited.count(iso3),
            }
        )
        for iso3 in sorted({*named_states, *represented, *cited})
    ]


def write(folder: Path, documents: Iterable[Document], *, parquet: bool = False) -> None:
    """Write the tables of the documents, the network and what describes them into a folder, which must exist."""
    network = Network()
    with ExitStack() as files:
        outputs = [(row, files.enter_context(csv_file(folder / f"{row.table}.csv", row))) for row in TABLES]
        if parquet:
            outputs += [
                (row, files.enter_context(parquet_file(folder / f"{row.table}.parquet", row))) for row in TABLES
            ]
        for document in documents:
            for row, output in outputs:
                output(row.of(document))
            network.add(document)
    network.write(folder / "network.gexf")
    write_json(folder / "schema.json", json_schema())
    write_json(folder / "datapackage.json", datapackage())
    (folder / "CODEBOOK.md").write_text(codebook(), encoding="utf-8", newline="\n")


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Write JSON that a person can read, and the same for the same content."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")


@contextmanager
def csv_file(path: Path, row: type[Row]) -> Iterator[Write]:
    """Open a table for writing as CSV; what is yielded writes rows to it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator=LINE_END)
        writer.writerow(row.model_fields)
        yield lambda rows: writer.writerows(item.cells() for item in rows)


@contextmanager
def parquet_file(path: Path, row: type[Row]) -> Iterator[Write]:
    """Open a table for writing as Parquet; what is yielded writes rows to it."""
    import pyarrow as pa  # noqa: PLC0415  optional, and slow to import
    from pyarrow.parquet import ParquetWriter  # noqa: PLC0415

    described = columns(row)
    schema = pa.schema([pa.field(c.name, PARQUET[c.type], nullable=not c.required) for c in described])
    joined = [column.name for column in described if column.listed]
    waiting: list[dict[str, Any]] = []

    def write_rows(rows: Iterable[Row]) -> None:
        for item in rows:
            waiting.append(item.model_dump() | {name: cell(getattr(item, name)) or None for name in joined})
            if len(waiting) == ROW_GROUP:
                flush()

    def flush() -> None:
        writer.write_table(pa.Table.from_pylist(waiting, schema))
        waiting.clear()

    with ParquetWriter(path, schema, compression="zstd") as writer:
        yield write_rows
        flush()
