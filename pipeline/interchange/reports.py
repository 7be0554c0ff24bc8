"""What all formats have in common: an annotated report, its faults, and what a format does not keep of it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from pipeline.records import Document, Span

M = TypeVar("M", bound=BaseModel)


class ConvertError(ValueError):
    """A conversion is impossible; the message is a line for each fault, with file and cause."""


class Annotated(NamedTuple):
    """A report: what is known of it, and the raw text that the offsets count in."""

    document: Document
    text: str


# list of a document: what tells its records from one another, whatever their number or order
KEYS: dict[str, Callable[[Any], tuple[object, ...]]] = {
    "paragraphs": lambda record: (record.start, record.end),
    "speakers": lambda record: (record.speaker_id,),
    "mentions": lambda record: (record.start, record.end, record.label),
    "countries": lambda record: (record.iso3,),
    "claims": lambda record: (record.content.start, record.content.end),
    "themes": lambda record: (record.start, record.end, record.theme, record.unit_id),
}


def read_text(path: Path) -> str:
    """Return a text in UTF-8 with its line ends as they are; raises `ConvertError`."""
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise ConvertError(f"{path}: not UTF-8: {error.reason} at byte {error.start}") from error
    except OSError as error:
        raise ConvertError(f"{path}: {error.strerror}") from error


def write_text(path: Path, text: str) -> None:
    """Write a text in UTF-8 with its line ends as they are."""
    path.write_bytes(text.encode("utf-8"))


def found(folder: Path, pattern: str) -> list[Path]:
    """Return the files of a format below a folder; raises `ConvertError` where there are none."""
    files = sorted(folder.rglob(pattern))
    if not files:
        raise ConvertError(f"{folder}: no {pattern} in it")
    return files


def read_json(path: Path) -> Any:
    """Return what is in a JSON file; raises `ConvertError` with the line where it is none."""
    try:
        return json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise ConvertError(f"{path}, line {error.lineno}: {error.msg}") from error


def write_json(path: Path, value: object) -> None:
    """Write a JSON file for people to read too."""
    write_text(path, json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def validated(shape: type[M], data: object, where: object) -> M:
    """Return data in its shape; raises `ConvertError` that says where they came from and what does not fit."""
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(step) for step in fault["loc"])
        raise ConvertError(f"{where}: {field}: {fault['msg']}") from error


def plain(doc_id: str, text: str) -> dict[str, Any]:
    """Return what a text alone says of its report: the fields that a `Document` must have."""
    return {
        "doc_id": doc_id,
        "file": f"{doc_id}.txt",
        "sha256": hashlib.sha256(text.encode("utf-8")).hexdigest(),
        "format": "txt",
        "characters": len(text),
        "words": len(text.split()),
    }


def check(report: Annotated, where: object) -> None:
    """Raise `ConvertError` for the first span that does not stand in the text."""
    for span in spans(report.document):
        there = report.text[span.start : span.end]
        if there != span.text:
            raise ConvertError(f"{where}: span {span.start}:{span.end} is {there!r} in the text, not {span.text!r}")


def spans(value: object) -> Iterator[Span]:
    """Yield the spans in a record, at whatever depth."""
    if isinstance(value, Span):
        yield value
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from spans(getattr(value, name))
    elif isinstance(value, list):
        for item in value:
            yield from spans(item)


def losses(before: Iterable[Annotated], after: Iterable[Annotated]) -> Counter[str]:
    """Count what is in reports and not in the same ones after a round trip: whole records, or fields of them."""
    kept = {report.document.doc_id: report for report in after}
    lost: Counter[str] = Counter()
    for report in before:
        other = kept.get(report.document.doc_id)
        if other is None:
            lost["reports"] += 1
            continue
        lost["characters"] += sum(one != two for one, two in zip(report.text, other.text, strict=False))
        lost["characters"] += abs(len(report.text) - len(other.text))
        theirs = _records(other.document)
        for place, fields in _records(report.document).items():
            name, there = place[0], theirs.get(place)
            if there is None:
                lost[name] += 1
            else:
                lost.update(
                    f"{name}.{field}" for field, value in fields.items() if value is not None and there[field] != value
                )
    return +lost


def _records(document: Document) -> dict[tuple[str, tuple[object, ...], int], dict[str, Any]]:
    found: dict[tuple[str, tuple[object, ...], int], dict[str, Any]] = {
        ("document", (), 1): document.model_dump(exclude={*KEYS, "metadata", "characters", "words"}),
        ("metadata", (), 1): document.metadata.model_dump(),
    }
    for name, key in KEYS.items():
        seen: Counter[tuple[object, ...]] = Counter()
        for record in getattr(document, name):
            seen[key(record)] += 1
            found[(name, key(record), seen[key(record)])] = fields = record.model_dump()
            for spans in (fields.get("roles"), fields.get("organisations"), fields.get("mentions")):
                if isinstance(spans, list):  # of a speaker: their order says nothing
                    spans.sort(key=lambda span: (span["start"], span["end"]))
    return found
