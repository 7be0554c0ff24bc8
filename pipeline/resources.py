"""Where the rules, lexicons and weights of ``models/`` are: the only module that knows."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


class ResourceError(ValueError):
    """A file of ``models/`` is missing or broken; the message names the file, the line and the cause."""


def models_dir() -> Path:
    """Return the folder of the models: inside the package when installed from a wheel, beside it in a checkout."""
    shipped = PACKAGE / "models"
    return shipped if shipped.is_dir() else PACKAGE.parent / "models"


def read_table(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line number, row) of a CSV file of ``models/``.

    Empty lines and lines that begin with ``#`` are comments. Raises `ResourceError` where the file is missing, its
    header is not `columns`, or a row has another number of cells.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ResourceError(f"{path}: cannot be read: {error}") from error
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]
    rows = zip((n for n, _ in lines), csv.reader(line for _, line in lines), strict=True)
    number, header = next(rows, (1, []))
    if tuple(header) != columns:
        raise ResourceError(f"{path}, line {number}: columns must be {', '.join(columns)}")
    for number, cells in rows:
        if len(cells) != len(columns):
            raise ResourceError(f"{path}, line {number}: {len(cells)} cells where {len(columns)} are expected")
        yield number, dict(zip(columns, (cell.strip() for cell in cells), strict=True))


def fingerprint(folder: Path) -> str:
    """Return the SHA-256 of a folder's files, names and bytes, in the order of their names."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
