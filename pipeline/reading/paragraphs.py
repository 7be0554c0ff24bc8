"""Paragraphs out of the lines of a document that has pages, and the text that they make."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, pairwise
from statistics import median

from pipeline.reading.glyphs import BROKEN
from pipeline.reading.hyphens import WORD, rejoined
from pipeline.reading.lines import Line
from pipeline.reading.words import CALL
from pipeline.text.lines import DOTS, TERMINALS, stops
from pipeline.text.sentences import LIST_ITEM

SAME_SIZE = 0.1  # share by which the sizes of the lines of a paragraph may differ
ROOM = 0.3  # of the size, left after a line that ends as a sentence does, though the next word would have fitted in
LEADING = 1.25  # times the usual distance of lines: what is farther apart is parted
INDENT = 0.8  # of the size
NEIGHBOURS = 6  # lines before and after that show how wide a column is
HEADING_ROOM = 0.3  # of the width, left after a line that does not end as a sentence does
FOOT = 3  # times the size: so near the lowest line of all, a line stands at the foot of its page
LONG = 50  # signs: a single line before a new column or page is hardly a heading
ITEM = re.compile(rf"(?:{LIST_ITEM.pattern})|\d{{1,2}}[.)](?=[^\W\d_])|[•➢►]")
LEADER = "____"  # of a table of contents, as DOTS are


def paragraphs_of(lines: Sequence[Line]) -> list[list[Line]]:
    """Return lines, which stand in the order of reading, as paragraphs and headings."""
    setting = _Setting(lines)
    found = [[line] for line in lines[:1]]
    for n, line in enumerate(lines[1:], 1):
        if setting.goes_on(n, found[-1]):
            found[-1].append(line)
        else:
            found.append([line])
    return found


class _Setting:
    """How lines were set: their usual distance, the edges of their columns, which stand at the foot of one."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        steps = sorted((a.bottom - b.bottom) / a.size for a, b in pairwise(lines) if _under(a, b) and _alike(a, b))
        self.leading = median(steps[: max(1, len(steps) * 3 // 4)]) if steps else 1.2  # the widest part paragraphs
        self.lowest = min((line.bottom for line in lines), default=0.0)
        self.feet = {id(line) for _, page in groupby(lines, key=lambda line: line.page) for line in _feet(list(page))}

    def goes_on(self, n: int, paragraph: Sequence[Line]) -> bool:
        """Say whether a line goes on with the paragraph that the line before it belongs to."""
        a, b = self.lines[n - 1], self.lines[n]
        if abs(a.size - b.size) > SAME_SIZE * a.size or DOTS.search(a.text) or LEADER in a.text:
            return False
        if a.text.endswith(BROKEN):
            return True
        closed, lower = _closed(a.text), b.text[0].islower()
        if (a.bold != b.bold and (closed or not lower)) or _is_item(b, paragraph, closed=closed):
            return False
        if lower and not closed:
            return True
        width = self._right(n - 1) - min(line.left for line in paragraph)
        room = self._right(n - 1) - a.right - _first_word(b)
        if room > (ROOM * a.size if closed else HEADING_ROOM * width) or (closed and self._indented(n)):
            return False
        if _under(a, b):
            return a.bottom - b.bottom <= LEADING * self.leading * a.size
        at_foot = id(a) in self.feet and (a.page == b.page or a.bottom < self.lowest + FOOT * a.size)
        if closed:
            return at_foot and not self._stands_alone(n)
        return len(paragraph) > 1 or len(a.text) > LONG or (at_foot and room < 0)

    def _stands_alone(self, n: int) -> bool:
        """Say whether a line is shorter than its column and ends as no sentence does: a heading."""
        line, right = self.lines[n], self._right(n)
        return not _closed(line.text) and right - line.right > HEADING_ROOM * (right - line.left)

    def _right(self, n: int) -> float:
        """Return the right edge of the column of a line."""
        return max(line.right for line in self._column(n, max(0, n - NEIGHBOURS)))

    def _indented(self, n: int) -> bool:
        """Say whether a line begins farther right than the one above it or, at the head of a column, those below."""
        a, b = self.lines[n - 1], self.lines[n]
        left = a.left if _under(a, b) else min(line.left for line in self._column(n, n))
        return b.left > left + INDENT * b.size and not ITEM.match(a.text)

    def _column(self, n: int, first: int) -> list[Line]:
        """Return the lines of a column around a line, from a first one on."""
        line = self.lines[n]
        around = self.lines[first : n + NEIGHBOURS]
        return [other for other in around if other.page == line.page and other.over(line) and _alike(other, line)]


def _feet(page: Sequence[Line]) -> list[Line]:
    return [line for line in page if not any(other.over(line) and other.bottom < line.bottom for other in page)]


def _under(a: Line, b: Line) -> bool:
    """Say whether a line stands under another one, in the same column."""
    return a.page == b.page and b.bottom < a.bottom and a.over(b) and not a.beside(b)


def _alike(a: Line, b: Line) -> bool:
    return abs(a.size - b.size) <= SAME_SIZE * a.size and a.bold == b.bold


def _is_item(line: Line, paragraph: Sequence[Line], *, closed: bool) -> bool:
    """Say whether a line begins an item of a list; an enumeration inside a paragraph goes on."""
    if not ITEM.match(line.text) or not (closed or _mark(paragraph[0].text) == _mark(line.text)):
        return False
    number = re.match(r"(\d{1,2})([.)])", line.text)
    if number is None:
        return True
    previous = rf"\S \(?{int(number[1]) - 1}\{number[2]}"
    return not any(re.search(previous, part.text) for part in paragraph)


def _mark(text: str) -> str:
    """Return the mark of an item, its number masked; empty where there is none."""
    match = ITEM.match(text)
    return re.sub(r"\w+", "0", match.group().strip()) if match else ""


def _closed(text: str) -> bool:
    """Say whether a line ends as a sentence or the announcement of a list does, whatever note is called there."""
    bare = text.split(CALL, maxsplit=1)[0] if CALL in text[-8:] else text
    return stops(bare) or text.endswith((*TERMINALS, ":", ";"))


def _first_word(line: Line) -> float:
    """Return about how wide the first word of a line is, with a blank before it."""
    return (line.right - line.left) * (len(line.text.split()[0]) + 1) / len(line.text)


def compose(paragraphs: Sequence[Sequence[Line]], pages: int) -> tuple[str, list[int]]:
    """Return the text of paragraphs, one a line with blank lines between, and the offset at which each page starts."""
    seen = {word.lower() for lines in paragraphs for line in lines for word in _whole_words(line.text)}
    starts = [0]
    parts: list[str] = []
    offset = 0
    for lines in paragraphs:
        text = ""
        for line in lines:
            text = _joined(text, line.text, seen)
            starts.extend([offset + len(text) - len(line.text)] * (line.page - len(starts)))
        parts.append(f"{text.removesuffix(BROKEN)}\n\n")
        offset += len(parts[-1])
    whole = "".join(parts)
    return whole, starts + [len(whole)] * (pages - len(starts))


def _joined(text: str, line: str, seen: set[str]) -> str:
    if text.endswith(BROKEN):
        return rejoined(text.removesuffix(BROKEN), line, seen)
    if not text or text.endswith(("'", "’")):
        return text + line
    return f"{text} {line}"


def _whole_words(text: str) -> list[str]:
    """Return the words of a line but the first and the last, which may be parts."""
    return WORD.findall(text)[1:-1]
