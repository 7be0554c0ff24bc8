"""W3C Web Annotation (JSON-LD): ``<doc_id>.jsonld``, a page of annotations, with the ``<doc_id>.txt`` they target.

A mark is an annotation with the label as its classifying body, a describing body for each field, and the place by
position and by quote. A link is an annotation whose body and target are two others. Positions count code points.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Field

from pipeline.interchange.assemble import report_of
from pipeline.interchange.marks import MANY, Mark, header_of, marks_of, parsed
from pipeline.interchange.reports import (
    Annotated,
    ConvertError,
    found,
    read_json,
    read_text,
    validated,
    write_json,
    write_text,
)

# the terms of the standard, and the two that this program adds
CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {"field": "urn:quidit:field", "document": {"@id": "urn:quidit:document", "@type": "@json"}},
]
AROUND = 32  # characters of prefix and suffix: enough to tell two places apart


class Body(BaseModel):
    """What is said: the label, the value of a field, or the annotation to which a link leads."""

    id: str | None = None
    purpose: str | None = None
    field: str | None = None
    value: str = ""


class Selector(BaseModel):
    """A place, by position or by quote."""

    type: str
    start: int = Field(default=0, ge=0)
    end: int = Field(default=0, ge=0)
    exact: str = ""


class Target(BaseModel):
    """A place in a text."""

    source: str
    selector: list[Selector]


class Annotation(BaseModel):
    """A mark, or a link between two."""

    id: str
    motivation: Literal["describing", "linking"]
    body: list[Body]
    target: Target | str


class Page(BaseModel):
    """The annotations of a report."""

    document: dict[str, Any] = {}
    items: list[Annotation] = []


def write(reports: list[Annotated], folder: Path) -> None:
    """Write reports into a folder."""
    for document, text in reports:
        marks = marks_of(document)
        items = [_annotation(mark, text, document.doc_id) for mark in marks]
        items += [link for mark in marks for link in _links(mark)]
        page = {
            "@context": CONTEXT,
            "id": f"{document.doc_id}.jsonld",
            "type": "AnnotationPage",
            "document": header_of(document),
            "items": items,
        }
        write_json(folder / f"{document.doc_id}.jsonld", page)
        write_text(folder / f"{document.doc_id}.txt", text)


def read(folder: Path) -> list[Annotated]:
    """Read every ``.jsonld`` file below a folder, with its text beside it; raises `ConvertError`."""
    return [_report(path) for path in found(folder, "*.jsonld")]


def _annotation(mark: Mark, text: str, doc_id: str) -> dict[str, Any]:
    bodies = [{"type": "TextualBody", "purpose": "classifying", "value": mark.label}]
    for name, value in mark.fields.items():
        for one in value if name in MANY else [value]:
            written = str(one).lower() if isinstance(one, bool) else str(one)
            bodies.append({"type": "TextualBody", "purpose": "describing", "field": name, "value": written})
    quote = {
        "type": "TextQuoteSelector",
        "exact": text[mark.start : mark.end],
        "prefix": text[max(0, mark.start - AROUND) : mark.start],
        "suffix": text[mark.end : mark.end + AROUND],
    }
    return {
        "id": f"#{mark.id}",
        "type": "Annotation",
        "motivation": "describing",
        "body": bodies,
        "target": {
            "source": f"{doc_id}.txt",
            "selector": [{"type": "TextPositionSelector", "start": mark.start, "end": mark.end}, quote],
        },
    }


def _links(mark: Mark) -> Iterator[dict[str, Any]]:
    for number, (role, target) in enumerate(mark.links, 1):
        yield {
            "id": f"#{mark.id}-{role}-{number}",
            "type": "Annotation",
            "motivation": "linking",
            "body": [{"type": "TextualBody", "purpose": "classifying", "value": role}, {"id": f"#{target}"}],
            "target": f"#{mark.id}",
        }


def _report(path: Path) -> Annotated:
    page = validated(Page, read_json(path), path)
    text = read_text(path.with_suffix(".txt"))
    marks: dict[str, Mark] = {}
    for item in page.items:
        if isinstance(item.target, Target):
            marks[item.id] = _mark(item, item.target, text, path)
    for item in page.items:
        if isinstance(item.target, str):
            if item.target not in marks:
                raise ConvertError(f"{path}: {item.id}: its target {item.target} is no annotation of the text")
            ends = [body.id.removeprefix("#") for body in item.body if body.id]
            marks[item.target].links += [(_label(item, path), end) for end in ends]
    return report_of({**page.document, "doc_id": path.stem}, list(marks.values()), text, path)


def _mark(item: Annotation, target: Target, text: str, path: Path) -> Mark:
    where = f"{path}: {item.id}"
    position = next((one for one in target.selector if one.type == "TextPositionSelector"), None)
    if position is None:
        raise ConvertError(f"{where}: it has no TextPositionSelector")
    there = text[position.start : position.end]
    for quote in (one for one in target.selector if one.type == "TextQuoteSelector"):
        if quote.exact != there:
            raise ConvertError(
                f"{where}: {position.start}:{position.end} is {there!r} in the text, not {quote.exact!r}"
            )
    mark = Mark(item.id.removeprefix("#"), _label(item, path), position.start, position.end)
    for body in item.body:
        if body.field in MANY:
            mark.fields.setdefault(body.field, []).append(body.value)
        elif body.field:
            try:
                mark.fields[body.field] = parsed(mark.label, body.field, body.value)
            except ValueError as error:
                raise ConvertError(f"{where}: {error}") from error
    return mark


def _label(item: Annotation, path: Path) -> str:
    labels = [body.value for body in item.body if body.purpose == "classifying"]
    if len(labels) != 1:
        raise ConvertError(f"{path}: {item.id}: it needs one classifying body")
    return labels[0]
