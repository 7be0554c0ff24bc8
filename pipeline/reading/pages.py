"""What of the lines of pages is text: without running heads and page numbers, notes apart, in the order of reading."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median

from pipeline.reading.lines import Line
from pipeline.reading.words import CALL, CALL_END
from pipeline.text.lines import PAGE, PAGED

MARGIN = 0.12  # of the height that texts take: where the heads and feet of pages stand
SAME_HEIGHT = 6.0  # points: a head stands at the same height on every page
SMALL = 0.93  # of the size of the text: notes are smaller
DISORDER = 0.2  # share of the steps between lines that go against the order of reading
WIDE = 20  # signs: the lines of a column; those of a table are shorter
CROSSING = 0.3  # share of lines that may run across the gap between two columns: titles
NOTE = re.compile(rf"{CALL}?\d+{CALL_END}?[.)]?\s*(?=[^\W\d]|[«“(\[])|[*†]{{1,3}}\s?(?=\w)")
CALLS = re.compile(rf"{CALL}(\d+){CALL_END}")

Pages = list[list[Line]]


def without_heads(pages: Pages) -> Pages:
    """Leave out page numbers, and what stands at the same height of the margin of several pages but for its figures.

    Under the first line of text of a page, and over the last one, nothing is left out.
    """
    lines = [line for page in pages for line in page]
    if not lines:
        return pages
    foot, head = min(line.bottom for line in lines), max(line.top for line in lines)
    room = MARGIN * (head - foot)
    margin = [line for line in lines if line.top < foot + room or line.bottom > head - room]
    furniture = {id(line) for line in margin if PAGE.fullmatch(line.text) or PAGED.fullmatch(line.text)}
    alike: dict[tuple[int, str], list[Line]] = defaultdict(list)
    for line in margin:
        alike[line.page, _shape(line)].append(line)
    for line in margin:
        near = (other for page in _around(line.page) for other in alike.get((page, _shape(line)), ()))
        if any(_repeats(line, other) for other in near):
            furniture.add(id(line))
    return [_without_edges(page, furniture) for page in pages]


def _without_edges(page: Sequence[Line], furniture: set[int]) -> list[Line]:
    """Leave out the furniture at the head and at the foot of a page."""
    gone: set[int] = set()
    rows = list(_rows(page))
    for edge in (rows, rows[::-1]):
        for row in edge:
            gone.update(id(line) for line in row if id(line) in furniture)
            if any(id(line) not in furniture for line in row):
                break
    return [line for line in page if id(line) not in gone]


def _shape(line: Line) -> str:
    return re.sub(r"\d+", "0", line.text).casefold()


def _around(page: int) -> tuple[int, ...]:
    """Return the pages before and after one, with those of the same side: heads of left and of right pages differ."""
    return page - 2, page - 1, page + 1, page + 2


def _repeats(line: Line, other: Line) -> bool:
    """Say whether a line stands on another page at the same height, its figures the same or counting the pages."""
    turned = other.page - line.page
    figures = zip(re.findall(r"\d+", line.text), re.findall(r"\d+", other.text), strict=True)
    counting = all(int(b) - int(a) in (0, turned) for a, b in figures)
    return counting and abs(other.bottom - line.bottom) < SAME_HEIGHT


def without_notes(pages: Pages) -> tuple[Pages, list[list[Line]]]:
    """Return the pages without the notes at their feet, and the notes in their order, by lines.

    Notes are smaller than the text, stand under it and begin with a number; they may go on at the next foot.
    """
    lines = [line for page in pages for line in page]
    if not lines:
        return pages, []
    usual = median(line.size for line in lines for _ in line.text)
    notes: list[list[Line]] = []
    kept: Pages = []
    for page in pages:
        below = [line for line in page if line.size < SMALL * usual and not _over_text(line, page, usual)]
        below.sort(key=lambda line: (-round(line.bottom), line.left))
        first = next((n for n, line in enumerate(below) if NOTE.match(line.text)), len(below))
        if notes and abs(notes[-1][-1].size - (below[0].size if below else 0)) < 1 - SMALL:
            first = 0
        for line in below[first:]:
            if NOTE.match(line.text) or not notes:
                notes.append([])
            notes[-1].append(line)
        taken = {id(line) for line in below[first:]}
        kept.append([line for line in page if id(line) not in taken])
    return kept, notes


def _over_text(line: Line, page: Sequence[Line], usual: float) -> bool:
    return any(
        other.bottom < line.bottom and other.size >= SMALL * usual and line.over(other) and len(other.text) > 1
        for other in page
    )


def note_numbers(notes: Sequence[Sequence[Line]]) -> set[tuple[int, str]]:
    """Return (page, number) of notes."""
    return {(note[0].page, re.sub(r"\D", "", match.group())) for note in notes if (match := NOTE.match(note[0].text))}


def called(text: str, page: int, numbers: set[tuple[int, str]]) -> str:
    """Return the text of a line with its raised figures as plain ones, in brackets where they call a note."""

    def plain(match: re.Match[str]) -> str:
        return f"[{match[1]}]" if (page, match[1]) in numbers else match[1]

    return CALLS.sub(plain, text)


def in_order(page: list[Line]) -> list[Line]:
    """Return the lines of a page in the order of reading.

    That is the order in which programs draw them: they know which column goes on where. Some draw line by line over all
    columns, or in no order at all; then it is the place that tells.
    """
    steps = list(pairwise(page))
    wrong = [(a, b) for a, b in steps if _across(a, b) or (a.over(b) and b.bottom > a.top)]
    return _by_place(page) if len(wrong) > DISORDER * max(len(steps), 1) else page


def _across(a: Line, b: Line) -> bool:
    """Say whether a step goes from one column of text to the line beside it."""
    return a.beside(b) and not a.over(b) and min(len(a.text), len(b.text)) >= WIDE


def _by_place(lines: Sequence[Line]) -> list[Line]:
    """Return lines from top to bottom, by columns where a gap parts them; titles across the gap part the columns."""
    gap = _gap(lines)
    if gap is None:
        return [line for row in _rows(lines) for line in row]
    bands = groupby(sorted(lines, key=lambda line: -line.bottom), key=lambda line: line.left < gap < line.right)
    found: list[Line] = []
    for across, band in bands:
        group = list(band)
        if across:
            found.extend(line for row in _rows(group) for line in row)
        else:
            found.extend(_by_place([line for line in group if line.right <= gap]))
            found.extend(_by_place([line for line in group if line.left >= gap]))
    return found


def _rows(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the lines that stand beside each other, from left to right, from the top of the page to its foot."""
    row: list[Line] = []
    for line in sorted(lines, key=lambda line: -line.bottom):
        if row and not row[0].beside(line):
            yield sorted(row, key=lambda part: part.left)
            row = []
        row.append(line)
    if row:
        yield sorted(row, key=lambda part: part.left)


def _gap(lines: Sequence[Line]) -> float | None:
    """Return where the gap between two columns is: where the fewest lines cross, with text on either side."""
    best: tuple[int, float] | None = None
    for place in sorted({line.left - 1 for line in lines}):
        left = [line for line in lines if line.right <= place]
        right = [line for line in lines if line.left > place]
        crossing = len(lines) - len(left) - len(right)
        if not left or not right or crossing > CROSSING * min(len(left), len(right)):
            continue
        if any(_across(a, b) for a in left for b in right) and (best is None or crossing < best[0]):
            best = (crossing, place)
    return best[1] if best else None
