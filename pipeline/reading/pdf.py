"""PDF documents with a text layer: their paragraphs in the order of reading, each on its page; notes after the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.reading.content import Content, ReadError
from pipeline.reading.lines import Line, lines_of
from pipeline.reading.pages import NOTE, called, in_order, note_numbers, without_heads, without_notes
from pipeline.reading.paragraphs import compose, paragraphs_of

SIGNATURE, END = b"%PDF-", b"%%EOF"
NEAR = 1024  # bytes: as near the beginning and the end of a file as the signature and the end mark must be
SCAN = "no text layer: a scan; make one by optical character recognition, with ocrmypdf for example"
LEGIBLE = 0.5  # share of letters and figures in a text; fonts that do not tell their signs give less


def read(data: bytes) -> Content:
    """Read a PDF document. Raises `ReadError` (without the file) where there is no text to be had from it."""
    if not data:
        raise ReadError("empty file")
    if SIGNATURE not in data[:NEAR]:
        raise ReadError("not a PDF document")
    if END not in data[-NEAR:]:
        raise ReadError("a truncated PDF document: its end is missing")
    document = _open(data)
    try:
        pages = [_lines(document[number], number + 1) for number in range(len(document))]
        scanned = [n for n, lines in enumerate(pages, 1) if not lines and _has_image(document[n - 1])]
    except pdfium.PdfiumError as error:
        raise ReadError(f"a damaged PDF document: {error}") from error
    finally:
        document.close()
    if not any(pages):
        raise ReadError(SCAN if scanned else "a PDF document without any text")
    text, starts = _text(pages)
    if sum(sign.isalnum() for sign in text) < LEGIBLE * len(re.sub(r"\s", "", text)):
        raise ReadError("a PDF document whose fonts do not tell which signs they show; treat it as a scan")
    return Content(text, pages=starts, warnings=_warnings(scanned))


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY):
            raise ReadError("an encrypted PDF document: it needs a password") from error
        raise ReadError("a damaged PDF document") from error


def _lines(page: pdfium.PdfPage, number: int) -> list[Line]:
    text_page = page.get_textpage()
    try:
        return lines_of(text_page, number)
    finally:
        text_page.close()


def _has_image(page: pdfium.PdfPage) -> bool:
    return next(page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3), None) is not None


def _text(pages: list[list[Line]]) -> tuple[str, list[int]]:
    """Return the text of pages, and the offset at which each starts; notes stand at the end as ``[1] …``."""
    kept, notes = without_notes(without_heads(pages))
    numbers = note_numbers(notes)
    lines = [replace(line, text=called(line.text, line.page, numbers)) for page in kept for line in in_order(page)]
    text, starts = compose(paragraphs_of(lines), len(pages))
    return text + "".join(f"{_note(note)}\n\n" for note in notes), starts


def _note(lines: Sequence[Line]) -> str:
    first = NOTE.match(lines[0].text)
    number = re.sub(r"[^\d*†]", "", first.group()) if first else "*"
    text, _ = compose([[replace(line, text=called(line.text, line.page, set()), page=1) for line in lines]], 1)
    return f"[{number}] {NOTE.sub('', text.strip(), count=1)}"


def _warnings(scanned: Sequence[int]) -> tuple[str, ...]:
    """Say which pages were left out, by ranges."""
    ranges = []
    for _, group in groupby(enumerate(scanned), key=lambda item: item[1] - item[0]):
        pages = [page for _, page in group]
        ranges.append(f"{pages[0]}-{pages[-1]}" if len(pages) > 1 else str(pages[0]))
    return (f"no text on page {', '.join(ranges)}: a scan",) if ranges else ()
