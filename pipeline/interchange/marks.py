"""A report as marks on its text and links between them: what annotation tools know.

======================  ==============================================  =========================
label                   the span                                        links
======================  ==============================================  =========================
Paragraph               a block of running text
Person … Collective     a mention
Cue                     the words that attribute
Source                  the words that name a source
Content                 a claim, with all its fields                    cue (one), source (many)
Evidence                words that decided for a theme                  unit: Paragraph or Content
======================  ==============================================  =========================

What has no place in the text (the report itself, its speakers and states) is the header, a plain dictionary. Who is
meant by a mark is its field ``speaker_id``. What a speaker is called, holds and stands for follows from the marks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, get_args

from pipeline.records import THEMES, CueClass, Document, Label, Record, Section, Source, SourceType, Span, Style

Kind = type | tuple[str, ...]
MENTIONS: tuple[str, ...] = get_args(Label)
WHO: dict[str, Kind] = {"speaker_id": str, "iso3": str}
# label: its fields, and what they hold: a type, or the values to choose from (of `themes`, any number)
FIELDS: dict[str, dict[str, Kind]] = {
    "Paragraph": {"section": get_args(Section), "page": int, "themes": THEMES},
    **dict.fromkeys(MENTIONS, WHO),
    "Cue": {},
    "Source": {"source_type": get_args(SourceType), **WHO, "name": str, "role": str},
    "Content": {
        "style": get_args(Style),
        "themes": THEMES,
        "implicit": bool,
        "negated": bool,
        "optional": bool,
        "cue_lemma": str,
        "cue_class": get_args(CueClass),
        "confidence": float,
        "rule": str,
        "section": get_args(Section),
        "sentence_start": int,
        "sentence_end": int,
    },
    "Evidence": {"theme": THEMES, "rule": str},
}
MANY = frozenset({"themes"})
# role: the label from which a link leads, and the labels to which it may lead
LINKS: dict[str, tuple[str, tuple[str, ...]]] = {
    "cue": ("Content", ("Cue",)),
    "source": ("Content", ("Source",)),
    "unit": ("Evidence", ("Paragraph", "Content")),
}
NUMBERED = re.compile(r"[a-z](\d+)")
SPEAKER_SPANS = ("roles", "organisations", "mentions")
IMPLICIT = Source.model_validate({"type": "implicit"})


@dataclass
class Mark:
    """A span of a text with a label; offsets are code points. Links are (role, identifier of another mark)."""

    id: str
    label: str
    start: int
    end: int
    fields: dict[str, Any] = field(default_factory=dict)
    links: list[tuple[str, str]] = field(default_factory=list)


def all_fields() -> dict[str, tuple[Kind, list[str]]]:
    """Return the fields of all labels: what each holds, and which labels have it."""
    found: dict[str, tuple[Kind, list[str]]] = {}
    for label, fields in FIELDS.items():
        for name, kind in fields.items():
            found.setdefault(name, (kind, []))[1].append(label)
    return found


def parsed(label: str, name: str, value: str) -> Any:
    """Return the value of a field that stands as a string in a file; raises ValueError with the cause."""
    kind = FIELDS.get(label, {}).get(name)
    if kind is None:
        raise ValueError(f"{label} has no field {name}")
    if isinstance(kind, tuple):
        if value not in kind:
            raise ValueError(f"{value} is no {name}; it can be {', '.join(kind)}")
        return value
    return value == "true" if kind is bool else kind(value)


def header_of(document: Document) -> dict[str, Any]:
    """Return what is known of a report and has no place in its text, fit for JSON."""
    without = {"paragraphs": True, "mentions": True, "claims": True, "themes": True}
    speakers = {"speakers": {"__all__": set(SPEAKER_SPANS)}}
    return document.model_dump(exclude={**without, **speakers}, exclude_none=True)


def marks_of(document: Document) -> list[Mark]:
    """Return the marks of a report, those of a label in the order of its records."""
    marks = [_mark(p.paragraph_id, "Paragraph", p, p) for p in document.paragraphs]
    marks += [_mark(m.mention_id, m.label, m, m) for m in document.mentions]
    sources: dict[str, Mark] = {}
    for claim in document.claims:
        content = _mark(claim.claim_id, "Content", claim.content, claim)
        if claim.cue:
            marks.append(_mark(f"{claim.claim_id}-cue", "Cue", claim.cue, claim))
            content.links.append(("cue", marks[-1].id))
        for source in claim.sources:
            if source.span:
                # one that several claims have is one mark
                mark = sources.setdefault(source.model_dump_json(), _mark("", "Source", source.span, source))
                mark.id = mark.id or f"s{len(sources)}"
                mark.fields["source_type"] = source.type
                content.links.append(("source", mark.id))
            elif source == IMPLICIT:
                content.fields["implicit"] = True
        marks.append(content)
    marks += sources.values()
    for number, evidence in enumerate(document.themes, 1):
        marks.append(_mark(f"e{number}", "Evidence", evidence, evidence))
        marks[-1].links.append(("unit", evidence.unit_id))
    return marks


def _mark(name: str, label: str, span: Span, record: Record) -> Mark:
    values = {key: getattr(record, key, None) for key in FIELDS[label]}
    given = {key: value for key, value in values.items() if value is not None and value is not False and value != []}
    return Mark(name, label, span.start, span.end, given)
