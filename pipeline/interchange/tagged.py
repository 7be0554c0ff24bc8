"""Tagged text: a report typed with tags around its spans, for people who would rather type than click.

The header has one line ``@document field=value | …`` and one ``@speaker id | name | gender | ISO3 | sector`` for each
speaker. The text follows: from the first other line, or exactly from the line after ``@text``. Its tags, with ``n`` the
number of a claim ("4 5" for two):

=====  ==========================================  =====  ==========================================
par    running text: ``th`` themes, ``sec``        q      cue: ``n``, ``src=implicit``
p      name of a person: ``who``, ``n``            c      content: ``n``, ``style``, ``th``, ``opt=1``
r      function: ``who``, ``n``                    s      other source: ``n``, ``t``, ``who``, ``iso``
o      institution: ``who``, ``n``                 k, d   country, demonym: ``iso``, ``n``
=====  ==========================================  =====  ==========================================

A claim without a cue has ``src=implicit`` on its content. Tags nest and never cross. ``&lt;`` and ``&amp;`` stand for
those two characters. What a person does not type (pages, lemmas, confidence, evidence …) has no place here, and claims
are numbered in the order of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pipeline.interchange.assemble import report_of
from pipeline.interchange.marks import Mark
from pipeline.interchange.reports import Annotated, ConvertError, found, read_text, write_text
from pipeline.interchange.tagging import tagged
from pipeline.interchange.tags import LABELS, TYPES, Claim, Fault, Stripper, Tag, check, claims_of
from pipeline.records import Metadata, Speaker

TEXT = "@text"  # header line: all that follows it is text
LINE = re.compile(r"[^\n]*\n|[^\n]+")


class TaggedError(ValueError):
    """A tagged text is broken; each fault is one line with line number and reason."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def write(reports: list[Annotated], folder: Path) -> None:
    """Write reports into a folder, as ``<doc_id>.tagged``."""
    for report in reports:
        write_text(folder / f"{report.document.doc_id}.tagged", tagged(report))


def read(folder: Path) -> list[Annotated]:
    """Read every ``.tagged`` file below a folder; raises `ConvertError` with all faults of the first broken one."""
    reports = []
    for path in found(folder, "*.tagged"):
        try:
            reports.append(read_tagged(path.stem, read_text(path)))
        except TaggedError as error:
            raise ConvertError("\n".join(f"{path}, {fault}" for fault in error.faults)) from error
    return reports


def read_tagged(doc_id: str, source: str) -> Annotated:
    """Return the report that a tagged text holds; raise `TaggedError` with all faults."""
    lines = LINE.findall(source)
    size = next((n for n, line in enumerate(lines) if line.strip() and not line.startswith("@")), len(lines))
    size = next((n for n, line in enumerate(lines[:size], 1) if line.strip() == TEXT), size)
    header = _Header(lines[:size])
    stripper = Stripper(size + 1)
    stripper.strip("".join(lines[size:]))
    tags, claims = stripper.tags, claims_of(stripper.tags)
    faults = header.faults + stripper.faults
    if not faults:
        faults = [fault for tag in tags for fault in check(tag, set(header.speakers))]
    if not faults:  # of broken tags, nothing more is worth saying
        faults = [*header.unused(tags), *(fault for claim in claims for fault in claim.faults(tags))]
    if faults:
        raise TaggedError([f"line {line}: {reason}" for line, reason in sorted(faults)])
    marks = list(_marks(tags, claims, header))
    return report_of({"doc_id": doc_id, **header.values()}, marks, stripper.text, doc_id)


class _Header:
    """The lines before the text."""

    def __init__(self, lines: list[str]) -> None:
        self.metadata = _metadata([])
        self.speakers: dict[str, Speaker] = {}
        self.lines: dict[str, int] = {}  # of the speakers
        self.faults: list[Fault] = []
        for number, line in enumerate(lines, 1):
            kind, _, rest = line.strip().partition(" ")
            fields = [field.strip() for field in rest.split("|")]
            try:
                if kind == "@document":
                    self.metadata = _metadata(fields)
                elif kind == "@speaker":
                    self.add(_speaker(fields), number)
                elif kind not in ("", TEXT):
                    self.faults.append((number, f"{kind} is none of @document, @speaker and {TEXT}"))
            except ValidationError as error:
                fault = error.errors()[0]
                self.faults.append((number, f"{kind}: {'.'.join(map(str, fault['loc']))}: {fault['msg']}"))

    def add(self, speaker: Speaker, number: int) -> None:
        if speaker.speaker_id in self.speakers:
            self.faults.append((number, f"@speaker {speaker.speaker_id} is given twice"))
        self.speakers[speaker.speaker_id] = speaker
        self.lines[speaker.speaker_id] = number

    def unused(self, tags: list[Tag]) -> Iterator[Fault]:
        """Yield the speakers of whom the text says nothing."""
        named = {tag.given.get("who") for tag in tags if tag.name in ("p", "s") or (tag.name == "r" and tag.claims)}
        for who in self.speakers.keys() - named:
            yield self.lines[who], f"@speaker {who} is nowhere in the text"

    def values(self) -> dict[str, Any]:
        """Return the header as the records have it."""
        speakers = [speaker.model_dump(exclude_none=True) for speaker in self.speakers.values()]
        return {"metadata": self.metadata.model_dump(exclude_none=True), "speakers": speakers}


def _metadata(fields: list[str]) -> Metadata:
    given = {name: value for name, _, value in (field.partition("=") for field in fields) if value}
    return Metadata.model_validate(given, strict=False)  # a year stands there as a string


def _speaker(fields: list[str]) -> Speaker:
    who, name, gender, country, sector = ([*fields, "", "", "", ""])[:5]
    rest = {"gender": gender or None, "country": country or None, "sector": sector or None}
    return Speaker.model_validate({"speaker_id": who, "person_id": who, "name": name, **rest})


def _marks(tags: list[Tag], claims: list[Claim], header: _Header) -> Iterator[Mark]:
    paragraphs = [tag for tag in tags if tag.name == "par"]
    for tag in tags:
        who, iso = tag.given.get("who") or None, tag.given.get("iso") or None
        label = "Collective" if tag.given.get("t") == "collective" else LABELS.get(tag.name)
        if label:
            yield _mark(f"{_key(tag)}-mention", label, tag, {"speaker_id": who, "iso3": iso})
        if tag.name == "par":
            yield _mark(_key(tag), "Paragraph", tag, {"section": _section(tag), "themes": tag.themes})
        elif tag.name == "q":
            yield _mark(_key(tag), "Cue", tag, {})
        elif tag.claims and tag.name != "c":
            yield _mark(_key(tag), "Source", tag, _source(tag, header.speakers.get(who or "")))
    for claim in claims:
        content = claim.contents[0]  # which two claims may share
        said = {"style": content.given["style"], "themes": content.themes, "implicit": claim.implicit}
        said["optional"] = bool(content.given.get("opt"))
        said["section"] = next((_section(tag) for tag in paragraphs if tag.holds(content)), None)
        mark = _mark(f"claim {claim.number}", "Content", content, said)
        mark.links = [("cue", _key(tag)) for tag in claim.cues] + [("source", _key(tag)) for tag in claim.sources]
        yield mark


def _source(tag: Tag, speaker: Speaker | None) -> dict[str, Any]:
    known = {"speaker_id": speaker.speaker_id, "name": speaker.name, "iso3": speaker.country} if speaker else {}
    code = {"iso3": tag.given["iso"]} if tag.given.get("iso") else {}
    return {"source_type": TYPES.get(tag.name) or tag.given["t"], **known, **code}


def _section(paragraph: Tag) -> str:
    return paragraph.given.get("sec") or "body"


def _key(tag: Tag) -> str:
    return f"{tag.name} {id(tag)}"


def _mark(key: str, label: str, tag: Tag, fields: dict[str, Any]) -> Mark:
    return Mark(key, label, tag.start, tag.end, {name: value for name, value in fields.items() if value is not None})
