"""Word documents: paragraphs, headings, items of lists and cells of tables, each a line with blank lines between.

Headers, footers, comments, notes, text boxes and what a revision deletes are left out; what a revision inserts is in.
Numbers that Word makes by itself are not in the file: an item begins with a hyphen instead.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from docx import Document
from docx.oxml.ns import qn
from lxml.etree import XMLSyntaxError

from pipeline.reading.content import Content, ReadError

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
BODY = "word/document.xml"
WHOLE, XML = 400_000_000, 60_000_000  # bytes, unpacked: a thousand pages with pictures, and their text
HIDDEN = {qn(name) for name in ("w:del", "w:moveFrom", "w:txbxContent", "w:rPr", "w:pPr", "w:instrText")}
SIGNS = {qn("w:tab"): "\t", qn("w:br"): " ", qn("w:cr"): " ", qn("w:noBreakHyphen"): "-"}
DAMAGE = (KeyError, ValueError, RuntimeError, XMLSyntaxError, BadZipFile, zlib.error)
PICTURES = ("w:drawing", "w:pict", "w:object")
ITEM = re.compile(r"list|puce|énum|numéro", re.I)
BEGUN = re.compile(r"[-–—•]|\(?\w{1,4}[.)]\s")  # items that carry their mark themselves
HEADING = re.compile(r"heading [1-9]|title|subtitle", re.I)


def read(data: bytes) -> Content:
    """Read a Word document. Raises `ReadError` (without the file) where there is no text to be had from it."""
    _check(data)
    try:
        document = Document(BytesIO(data))
    except DAMAGE as error:
        raise ReadError("a damaged Word document") from error
    lines = list(_lines(document))
    if not lines:
        picture = next(document.element.body.iter(*map(qn, PICTURES)), None)
        raise ReadError(f"a Word document {'without any text' if picture is None else 'with nothing but pictures'}")
    return Content("\n\n".join(lines) + "\n")


def _check(data: bytes) -> None:
    """Refuse what is no Word document, and what unpacks to more than a report can be."""
    if not data:
        raise ReadError("empty file")
    if data.startswith(OLE):
        raise ReadError("a Word document that is encrypted, or of the old format .doc; save it as .docx")
    if not data.startswith(ZIP):
        raise ReadError("not a Word document")
    try:
        parts = ZipFile(BytesIO(data)).infolist()
    except BadZipFile as error:
        raise ReadError("a truncated or damaged Word document") from error
    if BODY not in {part.filename for part in parts}:
        raise ReadError("a ZIP archive that is no Word document")
    texts = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    if texts > XML or sum(part.file_size for part in parts) > WHOLE:
        raise ReadError("a Word document that unpacks to far more than a report")


def _lines(document: WordDocument) -> Iterator[str]:
    """Yield the text of paragraphs, those of tables row by row."""
    names = {style.style_id: style.name or "" for style in document.styles}
    for paragraph in _visible(document.element.body, qn("w:p")):
        text = " ".join("".join(_pieces(paragraph)).split())
        properties = paragraph.pPr
        style = names.get(paragraph.style or "", "")
        item = ITEM.search(style) or (properties is not None and properties.numPr is not None)
        if text:
            yield f"- {text}" if item and not HEADING.match(style) and not BEGUN.match(text) else text


def _visible(element: Any, tag: str) -> Iterator[Any]:
    """Yield the elements of a tag below one, but for what is hidden."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in HIDDEN:
            yield from _visible(child, tag)


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in SIGNS:
            yield SIGNS[child.tag]
        elif child.tag not in HIDDEN:
            yield from _pieces(child)
