"""UIMA CAS XMI: ``<doc_id>.xmi`` with ``TypeSystem.xml``, as INCEpTION imports and exports it.

Each label is a custom span layer; its links are features of the tool's kind, lists of links with role and target. The
report, its speakers and states are annotations of the whole document. In the files, offsets count UTF-16 code units:
the library converts them (``sentence_start`` and ``sentence_end``, which are plain numbers, stay code points). XML has
no control characters; U+FFFD stands for them.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from cassis import Cas, TypeSystem, load_cas_from_xmi, load_typesystem
from cassis.typesystem import TypeNotFoundError
from lxml.etree import XMLSyntaxError

from pipeline.interchange.assemble import report_of
from pipeline.interchange.marks import FIELDS, LINKS, MANY, SPEAKER_SPANS, Kind, Mark, header_of, marks_of
from pipeline.interchange.reports import Annotated, ConvertError, found
from pipeline.records import Country, Metadata, Speaker

LAYER = "webanno.custom."  # prefix by which INCEpTION knows layers that its users have made
TYPE_SYSTEM = "TypeSystem.xml"
UNFIT = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # for XML 1.0
RANGES: dict[type, str] = {
    str: "uima.cas.String",
    int: "uima.cas.Integer",
    float: "uima.cas.Double",
    bool: "uima.cas.Boolean",
}
# type: the fields that say what is known of the whole report, of a speaker, of a state
WHOLE = {
    "Report": [*Metadata.model_fields, "doc_id", "file", "sha256", "format", "characters", "words"],
    "Speaker": [name for name in Speaker.model_fields if name not in SPEAKER_SPANS],
    "State": list(Country.model_fields),
}
INTEGERS = {"year", "characters", "words", "mentions", "speakers", "claims"}


def write(reports: list[Annotated], folder: Path) -> None:
    """Write reports into a folder."""
    types = _type_system()
    types.to_xml(folder / TYPE_SYSTEM)
    for document, text in reports:
        cas = Cas(types)
        cas.sofa_string = _fit(text)
        cas.sofa_mime = "text/plain"
        cas.document_language = "fr"
        cas.add_all([*_whole(types, header_of(document)), *_spans(types, marks_of(document))])
        cas.to_xmi(folder / f"{document.doc_id}.xmi", pretty_print=True)


def read(folder: Path) -> list[Annotated]:
    """Read every ``.xmi`` file below a folder, with the type system beside or above it; raises `ConvertError`."""
    return [_read(path, folder) for path in found(folder, "*.xmi")]


def _type_system() -> TypeSystem:
    types = TypeSystem()
    for name, fields in WHOLE.items():
        whole = types.create_type(LAYER + name, "uima.cas.AnnotationBase")
        for field in fields:
            types.create_feature(whole, field, RANGES[int if field in INTEGERS else str])
    for label, kinds in FIELDS.items():
        span = types.create_type(LAYER + label)
        types.create_feature(span, "identifier", RANGES[str])
        for field, kind in kinds.items():
            types.create_feature(span, field, _range(field, kind))
    for role, (label, _) in LINKS.items():
        link = types.create_type(f"{LAYER}{label}{role.capitalize()}Link", "uima.cas.TOP")
        types.create_feature(link, "role", RANGES[str])
        types.create_feature(link, "target", "uima.tcas.Annotation")
        types.create_feature(types.get_type(LAYER + label), role, "uima.cas.FSArray", elementType=link)
    return types


def _range(field: str, kind: Kind) -> str:
    if field in MANY:
        return "uima.cas.StringArray"
    return RANGES[kind if isinstance(kind, type) else str]


def _whole(types: TypeSystem, header: dict[str, Any]) -> Iterator[Any]:
    fields = {**header, **header["metadata"]}
    of_report = {name: fields[name] for name in WHOLE["Report"] if name in fields}
    named = [("Report", of_report), *(("Speaker", one) for one in header["speakers"])]
    for name, values in [*named, *(("State", one) for one in header["countries"])]:
        yield types.get_type(LAYER + name)(**{field: _fit(value) for field, value in values.items()})


def _spans(types: TypeSystem, marks: list[Mark]) -> Iterator[Any]:
    strings, array = types.get_type("uima.cas.StringArray"), types.get_type("uima.cas.FSArray")
    made: dict[str, Any] = {}
    for mark in marks:
        fields = {name: strings(elements=v) if name in MANY else _fit(v) for name, v in mark.fields.items()}
        layer = types.get_type(LAYER + mark.label)
        made[mark.id] = layer(begin=mark.start, end=mark.end, identifier=mark.id, **fields)
    for mark in marks:
        for role in dict.fromkeys(role for role, _ in mark.links):
            link = types.get_type(f"{LAYER}{mark.label}{role.capitalize()}Link")
            targets = [made[target] for name, target in mark.links if name == role]
            setattr(made[mark.id], role, array(elements=[link(role=role, target=target) for target in targets]))
        yield made[mark.id]


def _fit(value: Any) -> Any:
    return UNFIT.sub("\ufffd", value) if isinstance(value, str) else value


def _read(path: Path, folder: Path) -> Annotated:
    types = next((at for at in (path.with_name(TYPE_SYSTEM), folder / TYPE_SYSTEM) if at.is_file()), None)
    if types is None:
        raise ConvertError(f"{path}: no {TYPE_SYSTEM} beside it")
    cas = _load(path, types)
    text = cas.sofa_string or ""
    header = {**_header(cas), "doc_id": path.stem}
    return report_of(header, _marks(cas), text, path)


def _load(path: Path, types: Path) -> Cas:
    try:
        with types.open("rb") as types_file, path.open("rb") as file, warnings.catch_warnings():
            warnings.filterwarnings("error", "Not mapping external offset")
            return load_cas_from_xmi(file, typesystem=load_typesystem(types_file))
    except XMLSyntaxError as error:
        broken = types if types.name in str(error.filename) else path
        raise ConvertError(f"{broken}, line {error.lineno}: {error.msg}") from error
    except (TypeNotFoundError, LookupError, TypeError, ValueError, UserWarning) as error:
        raise ConvertError(f"{path}: not a CAS of the types in {types}: {error}") from error


def _header(cas: Cas) -> dict[str, Any]:
    whole = {name: [_values(one, fields) for one in _all(cas, name)] for name, fields in WHOLE.items()}
    report = next(iter(whole["Report"]), {})
    metadata = {name: report.pop(name) for name in Metadata.model_fields if name in report}
    return {**report, "metadata": metadata, "speakers": whole["Speaker"], "countries": whole["State"]}


def _marks(cas: Cas) -> list[Mark]:
    # marks that were added in a tool have no identifier
    spans = [(label, span) for label in FIELDS for span in _all(cas, label)]
    names = {span.xmiID: span.get("identifier") or f"new-{span.xmiID}" for _, span in spans}
    marks = []
    for label, span in spans:
        mark = Mark(names[span.xmiID], label, span.begin, span.end, _values(span, FIELDS[label]))
        for role in (role for role, (source, _) in LINKS.items() if source == label):
            links = getattr(span, role, None)
            mark.links += [(role, names[link.target.xmiID]) for link in links.elements] if links else []
        marks.append(mark)
    return marks


def _all(cas: Cas, name: str) -> list[Any]:
    return list(cas.select(LAYER + name)) if cas.typesystem.contains_type(LAYER + name) else []


def _values(structure: Any, fields: Iterable[str]) -> dict[str, Any]:
    """Return the features that have a value; one that is false stands for one that is not set."""
    found = {name: getattr(structure, name, None) for name in fields}
    return {
        name: list(value.elements) if name in MANY else value
        for name, value in found.items()
        if value is not None and value is not False
    }
