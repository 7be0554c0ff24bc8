"""read: a file as it was received → its text, and what is known of it.

Plain text and Markdown are never changed: line ends, page breaks and a byte order mark in UTF-8 stay, so that offsets
counted in it are offsets in the file as ``open(path, encoding=report.encoding, newline="")`` reads it. Of other formats
a text is made, and offsets count in that. A format is a module of ``pipeline/reading``, imported when a file of it
comes; one that has pages says where in the text each page starts.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from pipeline.reading.content import Content, ReadError
from pipeline.resources import models_dir, read_table

FUNCTION_WORDS = Path("read") / "function-words.csv"
FRENCH_SHARE = 0.18  # of the words: the annotated French reports have 0.22 to 0.45, other Romance languages below 0.17
FEW_WORDS = 20  # a text so short says nothing of its language
HASH_LENGTH = 8  # hexadecimal digits that tell two files of one name apart


@dataclass(frozen=True)
class Report:
    """A report as it was received.

    `pages` holds the offset at which each page starts, None for a format without pages; `encoding` is None where the
    text is not that of the file itself; `warnings` say what of the file is not in the text.
    """

    doc_id: str
    file: str
    sha256: str
    format: str
    text: str
    encoding: str | None = None
    pages: list[int] | None = None
    warnings: tuple[str, ...] = ()


READERS = {
    ".txt": "plain",
    ".md": "plain",
    ".markdown": "plain",
    ".pdf": "pdf",
    ".docx": "docx",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
}
FORMATS = {".markdown": "md", ".htm": "html", ".xhtml": "html"}


def read(path: Path | str, root: Path | str | None = None, doc_id: str | None = None) -> Report:
    """Read one report.

    ``file`` is the path relative to `root`, the bare name if None. `doc_id` is the identifier in a run, where `doc_ids`
    keeps files of one name apart; if None, it is made of the name. Raises `ReadError`.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    data = _bytes(path)
    if suffix not in READERS:
        raise ReadError(f"unsupported format {suffix or 'without suffix'}; supported: {', '.join(READERS)}", path)
    try:
        content: Content = import_module(f"pipeline.reading.{READERS[suffix]}").read(data)
    except ReadError as error:
        raise ReadError(error.cause, path) from error
    if not content.text.strip("\ufeff \n\r\t\f\v\u00a0"):
        raise ReadError("only white space" if data else "empty file", path)
    return Report(
        doc_id=doc_id or slug(path.stem),
        file=path.name if root is None else path.relative_to(root).as_posix(),
        sha256=hashlib.sha256(data).hexdigest(),
        format=FORMATS.get(suffix, suffix.removeprefix(".")),
        text=content.text,
        encoding=content.encoding,
        pages=content.pages,
        warnings=content.warnings,
    )


def find_reports(paths: Iterable[Path | str]) -> list[tuple[Path, Path]]:
    """Return (file, root) of every report in some files and folders, sorted, each once.

    Folders are searched to the bottom for the supported formats; hidden files and files named README are left out. The
    root of a file that is named by itself is its folder; whether it can be read is for `read` to say. Raises
    `ReadError` where a folder holds no report.
    """
    found: dict[Path, tuple[Path, Path]] = {}
    for path in map(Path, paths):
        files = list(_below(path)) if path.is_dir() else [path]
        if not files:
            raise ReadError(f"no report in this folder; supported: {', '.join(READERS)}", path)
        for file in files:
            found.setdefault(file.resolve(), (file, path if path.is_dir() else file.parent))
    return sorted(found.values(), key=lambda place: (place[0].as_posix(), place[1].as_posix()))


def doc_ids(files: Sequence[tuple[Path, Path]]) -> list[str]:
    """Return the identifiers of the files of a run, in their order; see `find_reports`.

    An identifier is the slug of the name. Files that would share one all get a hash of where they stand below the
    folder that holds them all, so that neither their order nor the place of that folder matters.
    """
    slugs = [slug(path.stem) for path, _ in files]
    often = Counter(slugs)
    paths = [path.resolve() for path, _ in files]
    top = os.path.commonpath([path.parent for path in paths]) if paths else ""
    return [
        name if often[name] == 1 else f"{name}-{_short_hash(path.relative_to(top).as_posix())}"
        for name, path in zip(slugs, paths, strict=True)
    ]


def slug(name: str) -> str:
    """Return a name as an identifier: ASCII in lower case, words joined by hyphens."""
    expanded = name.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae").replace("Æ", "ae")
    plain = unicodedata.normalize("NFKD", expanded).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or f"report-{_short_hash(name)}"


def looks_french(text: str, models: Path | None = None) -> bool:
    """Say whether a text looks French: whether enough of its words are frequent French function words."""
    rows = read_table((models or models_dir()) / FUNCTION_WORDS, ("word", "shared"))
    known = {row["word"] for _, row in rows if row["shared"] == "no"}
    words = re.findall(r"[^\W\d_]+", text.lower())
    return len(words) < FEW_WORDS or sum(word in known for word in words) >= FRENCH_SHARE * len(words)


def _below(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        readme = path.stem.lower() == "readme"
        if path.suffix.lower() in READERS and not hidden and not readme and path.is_file():
            yield path


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ReadError("no such file", path) from error
    except IsADirectoryError as error:
        raise ReadError("a folder, not a file", path) from error
    except PermissionError as error:
        raise ReadError("a folder, not a file" if path.is_dir() else "no permission to read it", path) from error
    except OSError as error:
        raise ReadError(f"cannot be read: {error.strerror}", path) from error


def _short_hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:HASH_LENGTH]
