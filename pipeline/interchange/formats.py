"""The formats that reports can be converted to and from, and the conversion of a folder."""

from __future__ import annotations

import os
from collections import Counter
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from pipeline.interchange.reports import Annotated, ConvertError, losses


class Format(NamedTuple):
    """A format: the module that writes and reads it, and what that module needs."""

    module: str
    reads: bool = True
    library: str = ""  # module of the extra `convert`


FORMATS = {
    "json": Format("records_json"),
    "brat": Format("brat"),
    "cas": Format("cas", library="cassis"),
    "label-studio": Format("label_studio"),
    "w3c": Format("w3c"),
    "docbin": Format("docbin"),
    "dna": Format("dna", reads=False),
    "tagged": Format("tagged"),
}


class Conversion(NamedTuple):
    """What was done: the number of reports, and what the new format does not keep of them, counted by name."""

    reports: int
    lost: Counter[str]


def convert(source: Path, out: Path, *, before: str, after: str, texts: Path | None = None) -> Conversion:
    """Read the reports of a folder in the format `before` and write them into the folder `out` in the format `after`.

    The folder `out` must be new or empty, and is there only when it is whole. `texts` is the folder of reports that a
    run read, see `pipeline.interchange.records_json`. Raises `ConvertError`, or ``OSError`` where nothing can be
    written.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise ConvertError(f"{out}: it exists and is not an empty folder")
    if not source.is_dir():
        raise ConvertError(f"{source}: no such folder")
    reader, writer = _module(before), _module(after)
    reports = reader.read(source, texts) if before == "json" else reader.read(source)
    _check_names(reports, source)
    out.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".quidit-", dir=out.parent) as staging:
        whole = Path(staging) / "whole"
        whole.mkdir()
        writer.write(reports, whole)
        kept = writer.read(whole) if FORMATS[after].reads and after != "json" else reports
        if out.exists():
            for path in whole.iterdir():
                os.replace(path, out / path.name)
        else:
            os.replace(whole, out)
    return Conversion(len(reports), losses(reports, kept))


def _module(name: str) -> Any:
    module, _, library = FORMATS[name]
    if library and find_spec(library) is None:
        raise ConvertError(f"{name} needs {library}: python -m pip install 'quidit[convert]'")
    return import_module(f"pipeline.interchange.{module}")


def _check_names(reports: list[Annotated], source: Path) -> None:
    """Raise `ConvertError` where reports cannot be told apart, or cannot have files of their names."""
    if not reports:
        raise ConvertError(f"{source}: no report in it")
    names = Counter(report.document.doc_id for report in reports)
    for name, number in names.items():
        if number > 1:
            raise ConvertError(f"{source}: {number} reports have the doc_id {name}")
        if not name or Path(name).name != name or name.startswith("."):
            raise ConvertError(f"{source}: {name!r} is a doc_id that cannot be the name of a file")
