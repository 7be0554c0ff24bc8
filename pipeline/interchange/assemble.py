"""A report out of marks: the way back from `pipeline.interchange.marks`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.interchange.marks import FIELDS, LINKS, MENTIONS, NUMBERED, SPEAKER_SPANS, Mark
from pipeline.interchange.reports import Annotated, ConvertError, plain, validated
from pipeline.records import Document

KINDS: dict[str, tuple[str, ...]] = {"p": ("Paragraph",), "m": MENTIONS, "c": ("Content",), "e": ("Evidence",)}


def report_of(header: dict[str, Any], marks: list[Mark], text: str, where: object) -> Annotated:
    """Return the report that marks make of a text; `where` they came from is named in faults.

    Marks keep the identifiers and the order of the records they were made of. Where a tool has added marks of its own,
    all of the kind are numbered again in the order of the text. A speaker whom only marks know is added to those of
    the header. Raises `ConvertError`.
    """
    whole = {**plain(str(header["doc_id"]), text), **header}
    validated(Document, whole, where)
    _check(marks, text, where)
    parts = _Parts(header, marks, text)
    record = {
        **whole,
        "paragraphs": [{"paragraph_id": name, **parts.values(mark)} for name, mark in parts.numbered["p"]],
        "mentions": [{"mention_id": n, "label": mark.label, **parts.values(mark)} for n, mark in parts.numbered["m"]],
        "speakers": list(parts.speakers()),
        "claims": [parts.claim(name, mark) for name, mark in parts.numbered["c"]],
        "themes": [parts.evidence(mark) for _, mark in parts.numbered["e"]],
    }
    return Annotated(validated(Document, record, where), text)


class _Parts:
    """The parts of a record, as plain dictionaries."""

    def __init__(self, header: dict[str, Any], marks: list[Mark], text: str) -> None:
        self.header, self.marks, self.text = header, marks, text
        self.by_id = {mark.id: mark for mark in marks}
        self.numbered = {
            prefix: _numbered([mark for mark in marks if mark.label in labels], prefix)
            for prefix, labels in KINDS.items()
        }

    def span(self, mark: Mark) -> dict[str, Any]:
        return {"start": mark.start, "end": mark.end, "text": self.text[mark.start : mark.end]}

    def values(self, mark: Mark) -> dict[str, Any]:
        return {**self.span(mark), **mark.fields}

    def targets(self, mark: Mark, role: str) -> list[Mark]:
        return [self.by_id[other] for name, other in mark.links if name == role]

    def source(self, mark: Mark) -> dict[str, Any]:
        fields = dict(mark.fields)
        return {"type": fields.pop("source_type", None), "span": self.span(mark), **fields}

    def claim(self, name: str, mark: Mark) -> dict[str, Any]:
        fields = dict(mark.fields)
        implicit = [{"type": "implicit"}] if fields.pop("implicit", False) else []
        cue = next(iter(self.targets(mark, "cue")), None)
        home = (key for key, paragraph in self.numbered["p"] if paragraph.start <= mark.start < paragraph.end)
        return {
            "claim_id": name,
            "paragraph_id": next(home, None),
            "cue": cue and self.span(cue),
            "content": self.span(mark),
            "sources": [self.source(other) for other in self.targets(mark, "source")] + implicit,
            **fields,
        }

    def evidence(self, mark: Mark) -> dict[str, Any]:
        unit = next(iter(self.targets(mark, "unit")), None)
        for kind, prefix in (("paragraph", "p"), ("claim", "c")):
            for name, other in self.numbered[prefix]:
                if other is unit:
                    return {**self.values(mark), "unit": kind, "unit_id": name}
        return self.values(mark)

    def speakers(self) -> Iterator[dict[str, Any]]:
        """Yield the speakers with the spans that belong to them; those whom only marks know come last."""
        known = {speaker["speaker_id"]: speaker for speaker in self.header.get("speakers", ())}
        meant = (mark.fields.get("speaker_id") for mark in self.marks)
        for who in dict.fromkeys([*known, *(who for who in meant if who)]):
            mine = [mark for mark in self.marks if mark.fields.get("speaker_id") == who]
            called = [self.span(mark)["text"] for mark in mine if mark.label == "Person"]
            new = {"speaker_id": who, "person_id": who, "name": max(called, key=len, default=who)}
            stand_for = {(mark.start, mark.end): mark for mark in mine if _stands_for(mark)}
            spans = (
                [mark for mark in mine if mark.label == "Role"],
                [mark for mark in mine if mark.label == "Organisation"],
                [stand_for[place] for place in sorted(stand_for)],
            )
            yield known.get(who, new) | {
                name: [self.span(mark) for mark in marks] for name, marks in zip(SPEAKER_SPANS, spans, strict=True)
            }


def _stands_for(mark: Mark) -> bool:
    return mark.label == "Person" or (mark.label == "Source" and mark.fields.get("source_type") == "person")


def in_order(marks: list[Mark]) -> bool:
    """Say whether marks that had lost their identifiers would get the same ones again."""
    for prefix, labels in KINDS.items():
        chosen = _by_place(mark for mark in marks if mark.label in labels)
        if [mark.id for mark in chosen] != [f"{prefix}{number}" for number in range(1, len(chosen) + 1)]:
            return False
    return True


def _numbered(marks: list[Mark], prefix: str) -> list[tuple[str, Mark]]:
    """Return marks with their identifiers as records, in order."""
    if all(NUMBERED.fullmatch(mark.id) and mark.id.startswith(prefix) for mark in marks):
        return [(mark.id, mark) for mark in sorted(marks, key=lambda mark: int(mark.id[1:]))]
    return [(f"{prefix}{number}", mark) for number, mark in enumerate(_by_place(marks), 1)]


def _by_place(marks: Iterable[Mark]) -> list[Mark]:
    return sorted(marks, key=lambda mark: (mark.start, -mark.end))


def _check(marks: list[Mark], text: str, where: object) -> None:
    labels = {mark.id: mark.label for mark in marks}
    if len(labels) < len(marks):
        raise ConvertError(f"{where}: two marks have the same identifier")
    for mark in marks:
        name = f"{where}: {mark.label} {mark.id}"
        if mark.label not in FIELDS:
            raise ConvertError(f"{name}: the label is none of {', '.join(FIELDS)}")
        if not 0 <= mark.start < mark.end <= len(text):
            raise ConvertError(f"{name}: {mark.start}:{mark.end} is no span of a text of {len(text)} characters")
        for role, other in mark.links:
            label, wanted = LINKS.get(role, ("", ()))
            if mark.label != label or labels.get(other) not in wanted:
                raise ConvertError(f"{name}: no link {role} can lead from it to {other}")
        if [role for role, _ in mark.links].count("cue") > 1:
            raise ConvertError(f"{name}: it has more than one cue")
