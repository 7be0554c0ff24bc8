"""Web pages: the main text, a line a paragraph with blank lines between; menus, banners and comments are left out."""

from __future__ import annotations

import codecs
import re

from trafilatura import bare_extraction
from trafilatura.settings import Document

from pipeline.reading.content import Content, ReadError
from pipeline.text.encodings import decode

HEAD = 2048  # bytes in which a page declares its encoding
DECLARED = re.compile(rb"""<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I)
LATIN = {"iso8859-1", "latin-1", "ascii"}  # browsers read them as Windows does
MARKUP = re.compile(r"<(?:!doctype|html|head|body|p|div|article|h[1-6]|br)\b", re.I)


def read(data: bytes) -> Content:
    """Read a web page. Raises `ReadError` (without the file) where there is no main text in it."""
    if not data:
        raise ReadError("empty file")
    source = _decoded(data)
    if not MARKUP.search(source):
        raise ReadError("not a web page")
    page = bare_extraction(source, include_comments=False, with_metadata=True)
    if not isinstance(page, Document) or not page.text:
        raise ReadError("a web page without a main text")
    lines = [line.strip() for line in page.text.splitlines() if line.strip()]
    title = " ".join((page.title or "").split())
    if title and not any(_same(title, line) for line in lines[:5]):
        lines.insert(0, title)
    return Content("\n\n".join(lines) + "\n")


def _decoded(data: bytes) -> str:
    """Return the source of a page: in UTF-8 where that can be, else as the page says, else as its bytes look."""
    match = DECLARED.search(data[:HEAD])
    declared = match[1].decode("ascii", "ignore") if match else ""
    try:
        text, encoding = decode(data)
    except ValueError as error:
        raise ReadError(str(error)) from error
    name = _codec(declared)
    if encoding.startswith("utf") or name.startswith("utf"):
        return text
    return data.decode("cp1252" if name in LATIN else name, "replace")


def _codec(name: str) -> str:
    """Return the name that Python has for an encoding; utf-8, as a page is by default, where it knows none."""
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "utf-8"


def _same(title: str, line: str) -> bool:
    return title.casefold() in line.casefold() or line.casefold() in title.casefold()
