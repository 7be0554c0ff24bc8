"""Gold annotations: reading them, and refusing them with file and line where something is wrong.

A gold file is ``<doc_id>.json``, a `pipeline.records.Document`. Its raw text stands beside it as ``<doc_id>.txt``, or
in ``raw/`` beside the folder of gold under the name that its field ``file`` gives.
"""

from __future__ import annotations

import csv
import json
import reprlib
from collections.abc import Iterator
from json.decoder import JSONObject
from json.scanner import py_make_scanner
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from pipeline.records import Document
from pipeline.text.encodings import decode

SPLITS = "splits.csv"
FLOORS = "floors.json"

Fault = tuple[Any, str]


class RecordError(ValueError):
    """Files of records are broken; each fault is one line with file, line and reason."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class Gold(NamedTuple):
    """Annotated reports by doc_id: records, raw texts and the files of the records."""

    documents: dict[str, Document]
    texts: dict[str, str]
    files: dict[str, Path]


class _Located(dict[str, Any]):
    """A JSON object that knows on which line it begins."""

    line = 1


class _LineDecoder(json.JSONDecoder):
    """The decoder of the standard library, in its Python form because that lets objects be told where they stand."""

    def __init__(self) -> None:
        super().__init__()
        self.parse_object = _locate
        self.scan_once = py_make_scanner(self)


def _locate(place: tuple[str, int], *settings: Any) -> tuple[_Located, int]:
    text, start = place
    value, end = JSONObject(place, *settings)
    located = _Located(value)
    located.line = text.count("\n", 0, start) + 1
    return located, end


def load_gold(folder: Path, split: str | None = None) -> Gold:
    """Read and check the gold files below a folder, all or those of a split of its ``splits.csv``.

    Raises `RecordError` with all faults where a file is no valid record, does not fit its raw text, or is missing.
    """
    gold = Gold({}, {}, {})
    faults: list[str] = []
    for path in gold_files(folder, split):
        if path.stem in gold.files:
            faults.append(f"{path}: {gold.files[path.stem]} has the same name")
        gold.files[path.stem] = path
        try:
            text = _raw_text(path, folder)
            gold.documents[path.stem], gold.texts[path.stem] = _read(path, text), text
        except RecordError as error:
            faults += error.faults
    if faults:
        raise RecordError(faults)
    return gold


def load_output(folder: Path) -> dict[str, Document]:
    """Read ``documents/*.json`` of a run, by doc_id; raises `RecordError` with all faults."""
    documents: dict[str, Document] = {}
    faults: list[str] = []
    for path in sorted((folder / "documents").glob("*.json")):
        try:
            documents[path.stem] = _read(path)
        except RecordError as error:
            faults += error.faults
    if faults:
        raise RecordError(faults)
    return documents


def gold_files(folder: Path, split: str | None = None) -> list[Path]:
    """Return the gold files below a folder, all or those of a split, in the order of their paths."""
    files = sorted(path for path in folder.rglob("*.json") if path.name != FLOORS)
    if split is None:
        return files
    if not (folder / SPLITS).is_file():
        raise RecordError([f"{folder}: has no {SPLITS} to choose a split by"])
    with (folder / SPLITS).open(encoding="utf-8", newline="") as rows:
        wanted = {Path(row["text"]).stem for row in csv.DictReader(rows) if row["split"] == split}
    missing = wanted - {path.stem for path in files}
    if missing or not wanted:
        reason = f"no gold for {', '.join(sorted(missing))}" if missing else "no report in it"
        raise RecordError([f"{folder / SPLITS}: split {split}: {reason}"])
    return [path for path in files if path.stem in wanted]


def _parse(path: Path) -> tuple[str, Any]:
    try:
        source = path.read_bytes().decode("utf-8")
        return source, json.loads(source)
    except UnicodeDecodeError as error:
        raise RecordError([f"{path}: not UTF-8: {error.reason} at byte {error.start}"]) from error
    except json.JSONDecodeError as error:
        raise RecordError([f"{path}, line {error.lineno}: {error.msg}"]) from error


def _raw_text(path: Path, folder: Path) -> str:
    """Return the raw text of a gold file, read as a run reads it."""
    _, data = _parse(path)
    named = data.get("file") if isinstance(data, dict) else None
    raw = folder.resolve().parent / "raw" / str(named or f"{path.stem}.txt")
    for candidate in (path.with_suffix(".txt"), raw):
        if candidate.is_file():
            try:
                return decode(candidate.read_bytes())[0]
            except ValueError as error:
                raise RecordError([f"{candidate}: {error}"]) from error
    raise RecordError([f"{path}, line 1: no raw text: neither {path.stem}.txt beside it nor raw/{raw.name}"])


def _read(path: Path, text: str | None = None) -> Document:
    """Return the record in a file, checked against its raw text where that is given."""
    source, data = _parse(path)
    document, faults = _validate(data, path.stem, text)
    if document is None:  # only now is it worth the time to know the lines
        _, faults = _validate(_LineDecoder().decode(source), path.stem, text)
        raise RecordError([f"{path}, line {getattr(place, 'line', 1)}: {reason}" for place, reason in faults])
    return document


def _validate(data: Any, doc_id: str, text: str | None) -> tuple[Document | None, list[Fault]]:
    """Return the record, or none and the faults: (the JSON object that has it, the reason)."""
    faults = [] if text is None else list(_span_faults(data, text))
    misplaced = {id(place) for place, _ in faults}
    try:
        document = Document.model_validate(data)
    except ValidationError as error:
        # what does not stand in the text is not said a second time in other words
        return None, faults + [f for f in _schema_faults(data, error) if id(f[0]) not in misplaced]
    if document.doc_id != doc_id:
        faults.append((data, f"doc_id is {document.doc_id!r}, not {doc_id!r} as the name of the file says"))
    if text is not None:  # a run is scored as it is, gold must hold together
        faults += [*_identifier_faults(data), *_source_faults(data)]
    return (None if faults else document), faults


def _schema_faults(data: Any, error: ValidationError) -> Iterator[Fault]:
    for fault in error.errors(include_url=False, include_input=False):
        place, value = data, data
        for step in fault["loc"]:
            there = isinstance(value, list) or (isinstance(value, dict) and step in value)
            value = value[step] if there else None
            place = value if isinstance(value, dict) else place
        field = ".".join(str(step) for step in fault["loc"])
        yield place, f"{field}: {fault['msg']}" if field else fault["msg"]


def _span_faults(data: Any, text: str) -> Iterator[Fault]:
    """Yield every object whose ``text`` does not stand in the raw text where it says."""
    if isinstance(data, list):
        for value in data:
            yield from _span_faults(value, text)
    elif isinstance(data, dict):
        start, end, surface = data.get("start"), data.get("end"), data.get("text")
        if isinstance(start, int) and isinstance(end, int) and isinstance(surface, str):
            there = text[start:end] if start >= 0 else ""
            if there != surface:
                yield data, f"span {start}:{end} is {_short(there)} in the text, not {_short(surface)}"
        for value in data.values():
            yield from _span_faults(value, text)


def _identifier_faults(data: dict[str, Any]) -> Iterator[Fault]:
    """Yield identifiers that are given twice, and references to nobody."""
    known: dict[str, set[str]] = {}
    for name in ("paragraph_id", "speaker_id", "mention_id", "claim_id"):
        known[name] = set()
        for record in data.get(f"{name.removesuffix('_id')}s", ()):
            if record[name] in known[name]:
                yield record, f"{name} {record[name]} is given twice"
            known[name].add(record[name])
    claims = data.get("claims", ())
    sources = (source for claim in claims for source in claim.get("sources", ()))
    for name, records in (("speaker_id", (*data.get("mentions", ()), *sources)), ("paragraph_id", claims)):
        for record in records:
            if record.get(name) and record[name] not in known[name]:
                yield record, f"{name} {record[name]} is nowhere given"


def _source_faults(data: dict[str, Any]) -> Iterator[Fault]:
    """Yield states without a code, and sources whose span does not fit their type."""
    for mention in data.get("mentions", ()):
        if mention["label"] in ("Country", "Demonym") and not mention.get("iso3"):
            yield mention, f"a {mention['label']} needs an iso3"
    for claim in data.get("claims", ()):
        for source in claim.get("sources", ()):
            if source["type"] == "country" and not source.get("iso3"):
                yield source, "a country needs an iso3"
            if (source["type"] == "implicit") == bool(source.get("span")):
                yield source, "an implicit source has no span, any other has one"


def _short(text: str) -> str:
    """Return a text as Python writes it, the middle left out of a long one."""
    shorten = reprlib.Repr()
    shorten.maxstring = 80
    return shorten.repr(text)
