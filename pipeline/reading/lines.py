"""The lines of a page of a PDF document, each as far as it stands in one column, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

import pypdfium2 as pdfium

from pipeline.reading.glyphs import Glyph, glyphs_of, is_bold, rows_of
from pipeline.reading.words import INITIAL, RAISED, text_of

EDGE, EDGES = 1.5, 3  # points, and lines that begin there: an edge of a column
NEAR = 6  # times the size: the widest gap inside a line
BULLET = re.compile(r"[-–—•‣▪●◦*·oØ➢]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]|[A-Z][.)]", re.I)


@dataclass(frozen=True)
class Line:
    """A line, or the part of it that stands in one column, by its box in points."""

    text: str
    page: int
    left: float
    bottom: float
    right: float
    top: float
    size: float
    bold: bool

    def beside(self, other: Line) -> bool:
        """Say whether another line stands at the same height."""
        overlap = min(self.top, other.top) - max(self.bottom, other.bottom)
        return overlap > 0.5 * min(self.size, other.size)

    def over(self, other: Line) -> bool:
        """Say whether another line stands in the same column, higher or lower."""
        return min(self.right, other.right) > max(self.left, other.left)


def lines_of(text_page: pdfium.PdfTextpage, page: int) -> list[Line]:
    """Return the lines of a page in the order in which they were drawn."""
    rows = [row for row in rows_of(glyphs_of(text_page)) if any(glyph.sign.strip() for glyph in row)]
    lines = [_line(row, page, bold=is_bold(text_page, row)) for row in rows]
    return list(_merged([line for line in lines if line.text]))


def _line(row: Sequence[Glyph], page: int, *, bold: bool) -> Line:
    inked = [glyph for glyph in row if glyph.sign.strip()]
    size = median(glyph.size for glyph in inked)
    usual = [glyph for glyph in inked if glyph.size > RAISED * size]
    return Line(
        text=text_of(row, size),
        page=page,
        left=inked[0].left,
        bottom=median(glyph.bottom for glyph in usual),
        right=max(glyph.right for glyph in inked),
        top=median(glyph.top for glyph in usual),
        size=size,
        bold=bold,
    )


def _merged(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines; put together what a wide gap has parted, unless the second part begins at the edge of a column.

    So wide are the gaps after the mark of an item, and those of justified text in narrow columns.
    """
    whole: Line | None = None
    for line in lines:
        if whole is not None and whole.beside(line) and line.left >= whole.right:
            aligned = sum(abs(line.left - other.left) < EDGE for other in lines) > EDGES
            near = line.left - whole.right < NEAR * whole.size
            if BULLET.fullmatch(whole.text) or (near and not aligned and whole.size < INITIAL * line.size):
                whole = replace(whole, text=f"{whole.text} {line.text}", right=line.right)
                continue
        if whole is not None:
            yield whole
        whole = line
    if whole is not None:
        yield whole
