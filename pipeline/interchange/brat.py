"""brat standoff: ``<doc_id>.txt`` and ``<doc_id>.ann``, with an ``annotation.conf`` for the server.

Spans are T lines, links R lines from a claim's Content to its Cue and Sources, values to choose from A lines, codes of
states and persons N lines. Everything else stands in notes: ``Fields`` of a span, and ``Header`` of the whole report.
brat counts code points, and splits a span at line ends.
"""

from __future__ import annotations

import json
import logging
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from pipeline.interchange.assemble import in_order, report_of
from pipeline.interchange.marks import FIELDS, LINKS, MANY, Mark, all_fields, header_of, marks_of, parsed
from pipeline.interchange.reports import Annotated, ConvertError, found, read_text, write_text
from pipeline.records import THEMES

log = logging.getLogger("quidit")

CODES = {"iso3": "ISO3166", "speaker_id": "Speaker"}  # field: its database in N lines
LINE_END = re.compile(r"\s*[\r\n]\s*")
WHOLE = "-"  # target of a note on the whole report
LINES = {
    "T": re.compile(r"(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)", re.S),
    "R": re.compile(r"(\S+) Arg1:(\S+) Arg2:(\S+)\s*"),
    "A": re.compile(r"(\S+) (\S+)(?: (\S+))?\s*"),
    "N": re.compile(r"\S+ (\S+) ([^\s:]+):(\S+)(?:\t.*)?", re.S),
    "#": re.compile(r"(\S+) (\S+)\t(.*)", re.S),
}
CHOSEN = {name for name, (kind, _) in all_fields().items() if isinstance(kind, tuple)} - MANY


def write(reports: list[Annotated], folder: Path) -> None:
    """Write reports into a folder."""
    for document, text in reports:
        lines = _lines(header_of(document), marks_of(document), text)
        write_text(folder / f"{document.doc_id}.txt", text)
        write_text(folder / f"{document.doc_id}.ann", "".join(f"{line}\n" for line in lines))
    write_text(folder / "annotation.conf", "\n".join(_configuration()) + "\n")


def read(folder: Path) -> list[Annotated]:
    """Read every ``.ann`` file below a folder, with its text beside it; raises `ConvertError` with file and line."""
    return [_Reader(path).report() for path in found(folder, "*.ann")]


def _lines(header: dict[str, Any], marks: list[Mark], text: str) -> Iterator[str]:
    names = {mark.id: f"T{number}" for number, mark in enumerate(marks, 1)}
    numbers: Counter[str] = Counter()
    named = not in_order(marks)

    def line(letter: str, content: str) -> str:
        numbers[letter] += 1
        return f"{letter}{numbers[letter]}\t{content}"

    yield line("#", f"Header {WHOLE}\t{json.dumps(header, ensure_ascii=False)}")
    for mark in marks:
        parts = _fragments(text, mark)
        spans = ";".join(f"{start} {end}" for start, end in parts)
        yield line("T", f"{mark.label} {spans}\t{' '.join(text[start:end] for start, end in parts)}")
    for mark in marks:
        for role, target in mark.links:
            yield line("R", f"{role.capitalize()} Arg1:{names[mark.id]} Arg2:{names[target]}")
        rest: dict[str, Any] = {"id": mark.id} if named else {}
        for field, value in mark.fields.items():
            if field in MANY:
                yield from (line("A", f"{theme} {names[mark.id]}") for theme in value)
            elif value is True:
                yield line("A", f"{field} {names[mark.id]}")
            elif field in CHOSEN:
                yield line("A", f"{field} {names[mark.id]} {value}")
            elif field in CODES:
                yield line("N", f"Reference {names[mark.id]} {CODES[field]}:{quote(value)}\t{value}")
            else:
                rest[field] = value
        if rest:
            yield line("#", f"Fields {names[mark.id]}\t{json.dumps(rest, ensure_ascii=False)}")


def _fragments(text: str, mark: Mark) -> list[tuple[int, int]]:
    parts, start = [], mark.start
    for gap in LINE_END.finditer(text, mark.start, mark.end):
        parts.append((start, gap.start()))
        start = gap.end()
    return [part for part in [*parts, (start, mark.end)] if part[0] < part[1]]


def _configuration() -> Iterator[str]:
    yield from ("[entities]", *FIELDS, "", "[relations]")
    for role, (label, targets) in LINKS.items():
        yield f"{role.capitalize()} Arg1:{label}, Arg2:{'|'.join(targets)}"
    yield "<OVERLAP> Arg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"
    yield from ("", "[events]", "", "[attributes]")
    for field, (kind, labels) in all_fields().items():
        if field in MANY:
            yield from (f"{theme} Arg:{'|'.join(labels)}" for theme in THEMES)
        elif field in CHOSEN and isinstance(kind, tuple):
            yield f"{field} Arg:{'|'.join(labels)}, Value:{'|'.join(kind)}"
        elif kind is bool:
            yield f"{field} Arg:{'|'.join(labels)}"


class _Reader:
    """Reads a pair of files."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = read_text(path.with_suffix(".txt"))
        self.marks: dict[str, Mark] = {}
        self.header: dict[str, Any] = {}
        self.left_out: Counter[str] = Counter()
        self.number = 0  # of the line that is read

    def report(self) -> Annotated:
        lines = [line.removesuffix("\r").partition("\t") for line in read_text(self.path).split("\n")]
        # what is said of a span may stand before it
        ordered = sorted(enumerate(lines, 1), key=lambda numbered: not numbered[1][0].startswith("T"))
        for self.number, (name, _, content) in ordered:
            if name or content:
                self.line(name, content)
        if self.left_out:
            kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(self.left_out.items()))
            log.warning("%s: lines that are left out: %s", self.path, kinds)
        renamed = {mark.id: mark.fields.pop("id", mark.id) for mark in self.marks.values()}
        for mark in self.marks.values():
            mark.id = renamed[mark.id]
            mark.links = [(role, renamed[target]) for role, target in mark.links]
        self.header["doc_id"] = self.path.stem
        return report_of(self.header, list(self.marks.values()), self.text, self.path)

    def line(self, name: str, content: str) -> None:
        letter = name[:1]
        if letter not in LINES:
            self.left_out[letter or "without a name"] += 1
            return
        match = LINES[letter].fullmatch(content)
        if match is None:
            raise self.fault(f"not a {letter} line as brat writes them: {name} {content}")
        if letter == "T":
            self.span(name, *match.groups())
        elif letter == "R":
            self.link(*match.groups())
        elif letter == "A":
            self.attribute(*match.groups())
        elif letter == "N":
            self.code(*match.groups())
        else:
            self.note(*match.groups())

    def fault(self, cause: str) -> ConvertError:
        return ConvertError(f"{self.path}, line {self.number}: {cause}")

    def mark(self, name: str) -> Mark:
        if name not in self.marks:
            raise self.fault(f"{name} is nowhere given")
        return self.marks[name]

    def span(self, name: str, label: str, spans: str, text: str) -> None:
        places = [tuple(map(int, part.split(" "))) for part in spans.split(";")]
        there = " ".join(self.text[start:end] for start, end in places)
        if there != text:
            raise self.fault(f"span {spans} is {there!r} in the text, not {text!r}")
        for (_, end), (start, _) in pairwise(places):
            if self.text[end:start].strip():
                raise self.fault(f"a span in pieces, with {self.text[end:start]!r} between them")
        if name in self.marks:
            raise self.fault(f"{name} is given twice")
        self.marks[name] = Mark(name, label, places[0][0], places[-1][1])

    def link(self, role: str, source: str, target: str) -> None:
        self.mark(source).links.append((role.lower(), self.mark(target).id))

    def attribute(self, field: str, target: str, value: str | None) -> None:
        mark = self.mark(target)
        if field in THEMES and "themes" in FIELDS.get(mark.label, {}):
            mark.fields.setdefault("themes", []).append(field)
            return
        try:
            mark.fields[field] = parsed(mark.label, field, value or "true")
        except ValueError as error:
            raise self.fault(str(error)) from error

    def code(self, target: str, base: str, code: str) -> None:
        field = next((name for name, its_base in CODES.items() if its_base == base), None)
        if field is None:
            raise self.fault(f"{base} is no source of codes; it can be {', '.join(CODES.values())}")
        self.mark(target).fields[field] = unquote(code)

    def note(self, kind: str, target: str, text: str) -> None:
        if kind not in ("Header", "Fields"):
            self.left_out[f"#{kind}"] += 1
            return
        try:
            values = dict(json.loads(text))
        except (ValueError, TypeError) as error:
            raise self.fault(f"note {kind}: not a JSON object: {error}") from error
        (self.header if kind == "Header" else self.mark(target).fields).update(values)
