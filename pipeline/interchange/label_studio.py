"""Label Studio: ``tasks.json``, to be imported as it is, and ``labels.xml``, the labelling interface for it.

Each mark is a region of the control ``label``; a field of it is a further result on the same region, from a control of
that name. What is known of the whole report is data of its task. Label Studio counts code points, and writes line ends
within the text of a region as backslash and n; its exports before 2022 count UTF-16 code units, which is recognised by
the texts of the regions.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal
from xml.etree import ElementTree

from pydantic import BaseModel, Field

from pipeline.interchange.assemble import report_of
from pipeline.interchange.marks import FIELDS, LINKS, MANY, Mark, all_fields, header_of, marks_of, parsed
from pipeline.interchange.reports import Annotated, ConvertError, found, read_json, validated, write_json

log = logging.getLogger("quidit")

LABEL, TEXT = "label", "text"  # names of the control and of the object that it labels
TASKS = "tasks.json"


class Value(BaseModel):
    """What a control says of a region."""

    start: int = Field(default=0, ge=0)
    end: int = Field(default=0, ge=0)
    text: str | list[str] | None = None
    labels: list[str] = []
    choices: list[str] = []
    number: float | None = None


class Result(BaseModel):
    """A region, something said of a region, or a relation between two."""

    type: str
    id: str = ""
    from_name: str = ""
    value: Value = Value()
    from_id: str = ""
    to_id: str = ""
    direction: Literal["left", "right", "bi"] = "right"
    labels: list[str] = []


class Annotation(BaseModel):
    """All that one annotator, or one model, has marked in a text."""

    result: list[Result] = []
    was_cancelled: bool = False


class Data(BaseModel):
    """What is known of a report besides its marks."""

    text: str
    doc_id: str
    document: dict[str, Any] = {}


class Task(BaseModel):
    """A text to annotate."""

    data: Data
    annotations: list[Annotation] = []
    predictions: list[Annotation] = []


def write(reports: list[Annotated], folder: Path) -> None:
    """Write reports into a folder."""
    tasks = []
    for document, text in reports:
        data = {"text": text, "doc_id": document.doc_id, "document": header_of(document)}
        results = [one for mark in marks_of(document) for one in _results(mark, text)]
        tasks.append({"data": data, "annotations": [{"result": results}]})
    write_json(folder / TASKS, tasks)
    tree = ElementTree.ElementTree(_interface())
    ElementTree.indent(tree)
    tree.write(folder / "labels.xml", encoding="utf-8")


def read(folder: Path) -> list[Annotated]:
    """Read every ``.json`` file below a folder, each an export of tasks; raises `ConvertError`."""
    reports = []
    for path in found(folder, "*.json"):
        tasks = read_json(path)
        if not isinstance(tasks, list):
            raise ConvertError(f"{path}: not a list of tasks")
        for number, data in enumerate(tasks, 1):
            where = f"{path}: task {number}"
            reports.append(_report(validated(Task, data, where), where))
    return reports


def _results(mark: Mark, text: str) -> Iterator[dict[str, Any]]:
    place = {"start": mark.start, "end": mark.end}
    surface = text[mark.start : mark.end].replace("\n", "\\n")

    def result(name: str, kind: str, value: dict[str, Any]) -> dict[str, Any]:
        return {"id": mark.id, "from_name": name, "to_name": TEXT, "type": kind, "value": {**place, **value}}

    yield result(LABEL, "labels", {"text": surface, "labels": [mark.label]})
    for name, value in mark.fields.items():
        kind = FIELDS[mark.label][name]
        if isinstance(kind, tuple) or kind is bool:
            chosen = value if name in MANY else [name if kind is bool else value]
            yield result(name, "choices", {"text": surface, "choices": chosen})
        elif kind is str:
            yield result(name, "textarea", {"text": [value]})
        else:
            yield result(name, "number", {"text": surface, "number": value})
    for role, target in mark.links:
        yield {"type": "relation", "from_id": mark.id, "to_id": target, "direction": "right", "labels": [role]}


def _interface() -> ElementTree.Element:
    view = ElementTree.Element("View")
    labels = ElementTree.SubElement(view, "Labels", name=LABEL, toName=TEXT)
    for label in FIELDS:
        ElementTree.SubElement(labels, "Label", value=label)
    ElementTree.SubElement(view, "Text", name=TEXT, value="$text", granularity="symbol")
    relations = ElementTree.SubElement(view, "Relations")
    for role in LINKS:
        ElementTree.SubElement(relations, "Relation", value=role)
    for name, (kind, owners) in all_fields().items():
        shown = {"name": name, "toName": TEXT, "perRegion": "true", "whenTagName": LABEL}
        shown["whenLabelValue"] = ",".join(owners)
        if isinstance(kind, tuple) or kind is bool:
            several = "multiple" if name in MANY or kind is bool else "single"
            control = ElementTree.SubElement(view, "Choices", shown, choice=several)
            for value in kind if isinstance(kind, tuple) else (name,):
                ElementTree.SubElement(control, "Choice", value=value)
        else:
            ElementTree.SubElement(view, "TextArea" if kind is str else "Number", shown)
    return view


def _report(task: Task, where: str) -> Annotated:
    finished = [annotation for annotation in task.annotations if not annotation.was_cancelled]
    results = next((one.result for one in [*finished, *task.predictions]), [])
    if len(finished) > 1:
        log.warning("%s: has %d annotations; the first is read", where, len(finished))
    text = task.data.text
    regions = [result for result in results if result.type == "labels"]
    offsets = _offsets(regions, text, where)
    marks: dict[str, Mark] = {}
    for region in regions:
        if len(region.value.labels) != 1 or region.id in marks:
            raise ConvertError(f"{where}: region {region.id} must have one label")
        start, end = offsets[region.value.start], offsets[region.value.end]
        marks[region.id] = Mark(region.id, region.value.labels[0], start, end)
    for result in results:
        if result.type == "relation":
            _link(result, marks, where)
        elif result.type != "labels":
            _say(result, marks, where)
    return report_of({**task.data.document, "doc_id": task.data.doc_id}, list(marks.values()), text, where)


def _offsets(regions: list[Result], text: str, where: str) -> list[int]:
    """Return the code point at each offset of the file, in whichever unit the texts of the regions agree with."""
    points = list(range(len(text) + 1))
    units = [number for number, sign in enumerate(text) for _ in range(1 + (ord(sign) > 0xFFFF))] + [len(text)]
    faults = [_misplaced(regions, text, offsets) for offsets in (points, units)]
    if faults[0] and faults[1]:
        raise ConvertError(f"{where}: {faults[0]}")
    return units if faults[0] else points


def _misplaced(regions: list[Result], text: str, offsets: list[int]) -> str:
    for region in regions:
        value = region.value
        if value.end >= len(offsets) or value.start >= value.end:
            return f"region {region.id}: {value.start}:{value.end} is no span of the text"
        there = text[offsets[value.start] : offsets[value.end]]
        if isinstance(value.text, str) and _lines(there) != _lines(value.text):
            return f"region {region.id}: {value.start}:{value.end} is {there!r} in the text, not {value.text!r}"
    return ""


def _lines(text: str) -> str:
    return text.replace("\\n", "\n").replace("\r", "\n")


def _link(result: Result, marks: dict[str, Mark], where: str) -> None:
    ends = (result.from_id, result.to_id)
    source, target = ends if result.direction == "right" else reversed(ends)
    if source not in marks or target not in marks or len(result.labels) != 1:
        raise ConvertError(f"{where}: a relation from {source} to {target} needs two regions and one label")
    marks[source].links.append((result.labels[0], target))


def _say(result: Result, marks: dict[str, Mark], where: str) -> None:
    """Add what a control says of a region to the fields of its mark."""
    name, value = result.from_name, result.value
    if result.id not in marks:
        raise ConvertError(f"{where}: {name} is said of {result.id}, which is no region")
    mark = marks[result.id]
    kind = FIELDS.get(mark.label, {}).get(name)
    written = value.text if isinstance(value.text, list) else []
    if name in MANY:
        mark.fields[name] = value.choices
    elif kind is bool:
        mark.fields[name] = name in value.choices
    elif isinstance(kind, type) and value.number is not None:
        mark.fields[name] = kind(value.number)
    else:
        try:
            mark.fields[name] = parsed(mark.label, name, "\n".join(value.choices or written))
        except ValueError as error:
            raise ConvertError(f"{where}: region {result.id}: {error}") from error
