"""The glyphs of a page of a PDF document, in the order in which they were drawn, and which of them make a line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from ctypes import c_int, create_string_buffer
from math import hypot
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

BROKEN = "\u00ad"  # the hyphen of a word that goes on in the next line
GUESSED = "\t"  # a blank that is not in the file: PDFium guesses it
CELL = 1.2  # of the size: a gap so wide stands between columns or cells
BOLD = re.compile(rb"bold|black|heavy|demi", re.I)
LIGATURES = range(0xFB00, 0xFB07)
PRIVATE = range(0xE000, 0xF900)  # bullets of symbol fonts
HYPHENS = (0x02, 0xAD, 0xFFFE)  # at the end of a line, as PDFium has it


class Glyph(NamedTuple):
    """A sign, the size of its font and its box in points, the origin at the foot of the page.

    `number` is the one that PDFium gives it.
    """

    number: int
    sign: str
    size: float
    left: float
    bottom: float
    right: float
    top: float


def glyphs_of(text_page: pdfium.PdfTextpage) -> list[Glyph]:
    """Return the glyphs that stand upright as most do, turned upright where that is not how the page is drawn."""
    box = pdfium_c.FS_RECTF()
    found: list[tuple[int, Glyph]] = []
    for index in range(text_page.count_chars()):
        sign = _sign(pdfium_c.FPDFText_GetUnicode(text_page, index))
        if sign == " " and pdfium_c.FPDFText_IsGenerated(text_page, index) == 1:
            sign = GUESSED
        if sign and pdfium_c.FPDFText_GetLooseCharBox(text_page, index, box):
            quarter = round(pdfium_c.FPDFText_GetCharAngle(text_page, index) / 1.5708) % 4
            size = _size(text_page, index) or box.top - box.bottom
            found.append((quarter, Glyph(index, sign, size, box.left, box.bottom, box.right, box.top)))
    turns = [quarter for quarter, glyph in found if glyph.sign.strip()]
    usual = max(set(turns), key=turns.count) if turns else 0
    return [_turned(glyph, usual) for quarter, glyph in found if quarter == usual or not glyph.sign.strip()]


def _size(text_page: pdfium.PdfTextpage, index: int) -> float:
    """Return the size of the font of a sign as it is shown: programs scale fonts as they like."""
    matrix = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFText_GetMatrix(text_page, index, matrix):
        return 0.0
    return float(pdfium_c.FPDFText_GetFontSize(text_page, index) * hypot(matrix.c, matrix.d))


def _sign(code: int) -> str:
    if code in HYPHENS:
        return BROKEN
    if code in (0x0A, 0x0D) or unicodedata.category(chr(code)) in ("Cc", "Cs"):
        return ""
    if code in LIGATURES:
        return unicodedata.normalize("NFKC", chr(code))
    if code in PRIVATE:
        return "•"
    return " " if chr(code).isspace() else chr(code)


def _turned(glyph: Glyph, quarter: int) -> Glyph:
    """Return a glyph as it stands when the page is turned back by some quarters of a circle."""
    corners = [(glyph.left, glyph.bottom), (glyph.right, glyph.top)]
    for _ in range(quarter):
        corners = [(-y, x) for x, y in corners]
    (x0, x1), (y0, y1) = (sorted(axis) for axis in zip(*corners, strict=True))
    return glyph._replace(left=x0, bottom=y0, right=x1, top=y1)


def rows_of(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Yield the glyphs that stand beside each other without a wide gap."""
    row: list[Glyph] = []
    for glyph in glyphs:
        if not glyph.sign.strip():
            if row:
                row.append(glyph)
            continue
        last = next((g for g in reversed(row) if g.sign.strip()), None)
        if last is not None and not _follows(last, glyph):
            yield row
            row = []
        row.append(glyph)
    if row:
        yield row


def _follows(last: Glyph, glyph: Glyph) -> bool:
    """Say whether a glyph stands beside the last one, or in its box: the second letter of a ligature does."""
    overlap = min(last.top, glyph.top) - max(last.bottom, glyph.bottom)
    size = min(last.size, glyph.size)
    begins = min(last.right - 0.5 * size, last.left)
    return overlap > 0.4 * size and begins - 0.1 <= glyph.left < last.right + CELL * size


def is_bold(text_page: pdfium.PdfTextpage, row: Sequence[Glyph]) -> bool:
    """Say whether a line is set in a bold font, by the name of the font at its beginning and at its end."""
    inked = [glyph for glyph in row if glyph.sign.strip()]
    return all(BOLD.search(_font(text_page, glyph.number)) for glyph in (inked[0], inked[-1]))


def _font(text_page: pdfium.PdfTextpage, index: int) -> bytes:
    name = create_string_buffer(128)
    pdfium_c.FPDFText_GetFontInfo(text_page, index, name, len(name), c_int())
    return name.value
