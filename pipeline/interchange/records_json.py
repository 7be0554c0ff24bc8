"""The program's own form: ``<doc_id>.json`` with ``<doc_id>.txt`` beside it, as in a folder of annotations.

The output of a run is read too. It keeps the raw text of a report only where the file itself is not that text.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.interchange.reports import Annotated, ConvertError, check, write_text
from pipeline.records import Document
from pipeline.scoring.gold import RecordError, load_gold, load_output
from pipeline.text.encodings import decode


def write(reports: list[Annotated], folder: Path) -> None:
    """Write reports into a folder."""
    for document, text in reports:
        write_text(folder / f"{document.doc_id}.json", document.model_dump_json(indent=1) + "\n")
        write_text(folder / f"{document.doc_id}.txt", text)


def read(folder: Path, texts: Path | None = None) -> list[Annotated]:
    """Read the output of a run, or a folder of annotated reports; raises `ConvertError` with all faults.

    `texts` is the folder of reports that the run read; without it, ``raw/`` beside the output is tried.
    """
    try:
        if not (folder / "documents").is_dir():
            gold = load_gold(folder)
            return [Annotated(gold.documents[name], gold.texts[name]) for name in gold.documents]
        documents = load_output(folder)
    except RecordError as error:
        raise ConvertError(str(error)) from error
    places = [folder / "documents", texts or folder.resolve().parent / "raw"]
    return [_with_text(document, *places) for document in documents.values()]


def _with_text(document: Document, documents: Path, texts: Path) -> Annotated:
    record = documents / f"{document.doc_id}.json"
    candidates = (documents / f"{document.doc_id}.txt", texts / document.file)
    path = next((path for path in candidates if path.is_file()), None)
    if path is None:
        raise ConvertError(f"{record}: no raw text: {candidates[1]} is missing; name its folder with --texts")
    try:
        report = Annotated(document, decode(path.read_bytes())[0])
    except ValueError as error:
        raise ConvertError(f"{path}: {error}") from error
    check(report, f"{record} with {path}")
    return report
