"""What ``quidit run`` does: many reports in, one dataset out.

Each report is read by itself, so that one that fails spoils no other. Its record goes to a staging folder inside the
output folder; when all are done, the tables are made from the records, and the files are moved into place one by one.
A run that is interrupted leaves the dataset that was there before.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from spacy.language import Language

from pipeline import datasets
from pipeline.nlp import load
from pipeline.read import ReadError, Report, doc_ids, find_reports, looks_french, read
from pipeline.reading.content import shown
from pipeline.records import Document
from pipeline.resources import models_dir
from pipeline.writing.manifest import manifest
from pipeline.writing.staging import staging
from pipeline.writing.tables import FailureRow

PLAIN = ("txt", "md")  # formats whose raw text is the file itself
LONGEST = 300  # signs of a cause: one line of a terminal or two

log = logging.getLogger("quidit")


class RunError(RuntimeError):
    """Nothing could be done; the message says why, in one line."""


class StageError(RuntimeError):
    """A stage failed on a report; the message is the cause, in one line."""

    def __init__(self, stage: str, cause: Exception) -> None:
        text = cause.cause if isinstance(cause, ReadError) else f"{type(cause).__name__}: {cause}"
        super().__init__(" ".join(text.split())[:LONGEST])
        self.stage = stage


class Input(NamedTuple):
    """A file to read."""

    path: Path
    root: Path
    doc_id: str

    @property
    def name(self) -> str:
        """The path from the root, as text that can be written even where its bytes are no UTF-8."""
        return os.fsencode(self.path.relative_to(self.root).as_posix()).decode("utf-8", "replace")


@dataclass
class Summary:
    """What a run has done."""

    inputs: dict[str, dict[str, Any]] = field(default_factory=dict)  # doc_id: what was read
    seconds: dict[str, float] = field(default_factory=dict)  # doc_id: how long it took
    failures: list[FailureRow] = field(default_factory=list)
    speakers: int = 0
    claims: int = 0


def run(
    paths: Sequence[Path],
    out: Path,
    *,
    models: Path | None = None,
    parquet: bool = False,
    watch: Callable[[int, int], None] = lambda done, total: None,
) -> Summary:
    """Read reports (files, or folders of them) and write a dataset into the folder `out`.

    Failures are logged, listed in ``failures.csv`` and returned; where every report fails, nothing is written.
    `watch` is told how many reports of how many are done. Raises `RunError` or `ReadError` where there is nothing to
    read, ``OSError`` where nothing can be written, and `ModelError` or `ResourceError` where the models cannot be used.
    """
    started = datetime.now(UTC)
    if parquet and find_spec("pyarrow") is None:
        raise RunError("Parquet needs pyarrow: python -m pip install 'quidit[parquet]'")
    files = [file for file in find_reports(paths) if not file[0].resolve().is_relative_to(out.resolve())]
    if not files:
        raise RunError(f"{out}: no report outside the output folder")
    summary = Summary()
    with staging(out) as stage:
        (stage.folder / "documents").mkdir()
        for number, (place, doc_id) in enumerate(zip(files, doc_ids(files), strict=True)):
            watch(number, len(files))
            # What the first report adds to the vocabulary stays: a stage may load its weights only when it needs them.
            # What later ones add is forgotten after each, so that memory does not grow with their number.
            with load(models).memory_zone() if summary.inputs else nullcontext():
                process(Input(*place, doc_id), models or models_dir(), stage.folder / "documents", summary)
        watch(len(files), len(files))
        if summary.inputs:
            datasets.write(stage.folder, saved(stage.folder / "documents"), parquet=parquet)
            write_failures(stage.folder / "failures.csv", summary.failures)
            stage.publish(manifest(models or models_dir(), summary, started))
    return summary


def process(file: Input, models: Path, folder: Path, summary: Summary) -> None:
    """Read one file and write its record into a folder, or note its failure."""
    begun = time.perf_counter()
    try:
        report = read_report(file)
        for warning in report.warnings:
            log.warning("%s: %s", shown(file.path), warning)
        nlp = load(models)  # once, and not before there is something to read
        if not looks_french(report.text, models):
            log.warning("%s: does not look French; what is found in it means little", shown(file.path))
        record = analyse(nlp, report)
    except StageError as error:
        log.error("%s: %s", shown(file.path), error, exc_info=log.isEnabledFor(logging.DEBUG))
        summary.failures.append(FailureRow(file=file.name, stage=error.stage, error=str(error)))
        return
    save(record, report, folder)
    summary.inputs[report.doc_id] = {
        "file": report.file,
        "sha256": report.sha256,
        "format": report.format,
        "encoding": report.encoding,
        "characters": record.characters,
    }
    summary.seconds[report.doc_id] = round(time.perf_counter() - begun, 3)
    summary.speakers += len(record.speakers)
    summary.claims += len(record.claims)
    log.info("%s: %s, %s", shown(file.path), count(len(record.speakers), "speaker"), count(len(record.claims), "claim"))


def count(number: int, word: str) -> str:
    """Return a number of things in words."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def read_report(file: Input) -> Report:
    """Read a file. Raises `StageError`."""
    try:
        return replace(read(file.path, file.root, file.doc_id), file=file.name)
    except Exception as error:
        raise StageError("read", error) from error


def analyse(nlp: Language, report: Report) -> Document:
    """Return the record of a report. Raises `StageError`, which names the stage that failed."""
    stage = "tokenizer"
    try:
        doc = nlp.make_doc(report.text)
        for name, component in nlp.pipeline:
            stage = name
            doc = component(doc)
        stage = "datasets"
        return datasets.document(doc, report)
    except Exception as error:
        raise StageError(stage, error) from error


def save(record: Document, report: Report, folder: Path) -> None:
    """Write the record of a report, and the text that its offsets count in where the file itself is not that text."""
    text = record.model_dump_json(indent=2) + "\n"
    (folder / f"{report.doc_id}.json").write_text(text, encoding="utf-8", newline="\n")
    if report.format not in PLAIN:
        (folder / f"{report.doc_id}.txt").write_text(report.text, encoding="utf-8", newline="")


def saved(folder: Path) -> Iterator[Document]:
    """Yield the records in a folder, in the order of their identifiers."""
    for path in sorted(folder.glob("*.json"), key=lambda path: path.stem):
        yield Document.model_validate_json(path.read_text(encoding="utf-8"))


def write_failures(path: Path, failures: Sequence[FailureRow]) -> None:
    """Write ``failures.csv``."""
    ordered = sorted(failures, key=lambda failure: failure.file)
    with datasets.csv_file(path, FailureRow) as write:
        write(ordered)
