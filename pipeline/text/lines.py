"""The lines of a report without page furniture and notes, and how they were set: in blocks, wrapped by hand or not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from statistics import mean, quantiles
from typing import Literal

BLANK = "\ufeff\u200b"  # signs that str.strip() leaves, and a reader does not see
WIDTHS = (45, 135)  # signs: lines wrapped by hand are as long as that
RUNNING_HEAD = 3  # times that a short line stands alone to be the head of a page
SHORT = 100  # signs: a heading or the head of a page is hardly longer
TERMINALS = (".", "!", "?", "…")
CLOSERS = " \u00a0\u202f»”\"’')]*_"

RULE = re.compile(r"[\W_]{3,}")
DOTS = re.compile(r"(?:\.{4,}|…{2,}|(?: \.){4,})\s*\d*$")  # of a table of contents
TABLE = re.compile(r"\|.*\||!\[.*\]\(.*\)$|<!--.*-->$")
PAGE = re.compile(r"\W*(?:p(?:ages?|g)?\W{0,2})?\d{1,4}(?:\s*(?:/|\||sur|of)\s*\d{1,4})?\W*|\W*[ivxl]{1,6}\W*", re.I)
PAGED = re.compile(r".{0,80}\bpages? \d{1,4}(?: ?(?:/|sur) ?\d{1,4})?\W*", re.I)
NOTE = re.compile(r"\[\^?\d{1,3}\][: ]|[¹²³⁴-⁹*†]+\s?\S|\d{1,3}\s+[A-ZÀÉ«]")
BRACKETED_NOTE = re.compile(r"\[\^?\d{1,3}\]:? ")
NOTE_CALL = re.compile(r"(?:\s*\[\^?\d{1,3}\]|[¹²³⁴-⁹]+|(?<=[^\W\d][.!?])\d{1,2})$")
NOTE_RULE = re.compile(r"\W*_{5,}\W*|-{10,}|─{5,}")

Gap = Literal["line", "blank", "page"]


@dataclass(frozen=True)
class Line:
    """A line without the white space around it; `gap` says how it is parted from the line before."""

    start: int
    end: int
    text: str
    indent: int
    gap: Gap


def lines_of(text: str) -> list[Line]:
    """Return the lines of running text and headings, in their order."""
    return _without_notes(_without_furniture(list(_lines(text))))


def _lines(text: str) -> Iterator[Line]:
    """Yield the lines with something on them; rules, tables and dotted lines part what is around them."""
    gap: Gap = "blank"
    offset = 0
    for raw in text.splitlines(keepends=True):
        bare = raw.strip().strip(BLANK).strip()
        if "\f" in raw and not bare:
            gap = "page"
        elif not bare or (RULE.fullmatch(bare) and not NOTE_RULE.fullmatch(bare) and not PAGE.fullmatch(bare)):
            gap = "page" if gap == "page" else "blank"
        elif TABLE.match(bare) or DOTS.search(bare):
            gap = "blank"
        else:
            start = offset + raw.index(bare)
            yield Line(start, start + len(bare), bare, raw.index(bare), gap)
            gap = "page" if raw.endswith("\f") else "line"
        offset += len(raw)


def _without_furniture(lines: list[Line]) -> list[Line]:
    """Leave out page numbers and running heads; the line after one stands on a new page."""
    following = [*(line.gap for line in lines), "page"][1:]
    alone = [
        (gap == "page" and PAGE.fullmatch(line.text) is not None) or (line.gap != "line" and gap != "line")
        for line, gap in zip(lines, following, strict=True)
    ]
    shapes = Counter(_shape(line.text) for line, by_itself in zip(lines, alone, strict=True) if by_itself)
    kept: list[Line] = []
    turned = False
    for line, by_itself in zip(lines, alone, strict=True):
        head = shapes[_shape(line.text)] >= RUNNING_HEAD and len(line.text) < SHORT and not stops(line.text)
        if by_itself and (PAGE.fullmatch(line.text) or PAGED.fullmatch(line.text) or head):
            turned = True
            continue
        kept.append(replace(line, gap="page") if turned else line)
        turned = False
    return kept


def _without_notes(lines: list[Line]) -> list[Line]:
    """Leave out what stands under a rule at the foot of a page or of the report, where it is numbered as notes are."""
    kept: list[Line] = []
    in_notes = False
    for n, line in enumerate(lines):
        if NOTE_RULE.fullmatch(line.text):
            in_notes = n + 1 < len(lines) and NOTE.match(lines[n + 1].text) is not None
            continue
        if in_notes and line.gap != "line":
            in_notes = NOTE.match(line.text) is not None
        if not in_notes and not BRACKETED_NOTE.match(line.text):
            kept.append(line)
    return kept


def _shape(text: str) -> str:
    return re.sub(r"\d+", "0", text).casefold()


def groups_of(lines: list[Line]) -> Iterator[list[Line]]:
    """Yield the lines between two blank lines."""
    group: list[Line] = []
    for line in lines:
        if group and line.gap != "line":
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def stops(text: str) -> bool:
    """Say whether a text ends as a sentence does, whatever closes after the mark."""
    return NOTE_CALL.sub("", text).rstrip(CLOSERS).endswith(TERMINALS) and not DOTS.search(text)


def width_of(groups: list[list[Line]]) -> int | None:
    """Return the width at which the lines of a report were wrapped by hand, None where they were not."""
    inner = [line.text for group in groups if len(group) > 2 for line in group[:-1]]
    if len(inner) < 4:
        return None
    width = round(quantiles([len(line) for line in inner], n=20)[-1])
    full = mean(len(line) > 0.75 * width for line in inner)
    open_ended = mean(not line.endswith((*TERMINALS, *";:,»")) for line in inner)
    return width if WIDTHS[0] <= width <= WIDTHS[1] and full > 0.5 and open_ended > 0.4 else None
