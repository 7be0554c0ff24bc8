"""Which lines of a report make a paragraph, and which are headings.

Lines come in blocks between blank lines; a block is a paragraph, several (a list, lines of running text under one
another), a heading, or a mixture. Lines that were wrapped by hand are told from lines that are paragraphs by their
length and by how they end. A sentence that a page break has cut is put together again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import mean
from typing import Literal

from pipeline.resources import read_table
from pipeline.text.lines import CLOSERS, SHORT, TERMINALS, Line, groups_of, lines_of, stops, width_of
from pipeline.text.sentences import LIST_ITEM

HEADINGS = Path("segment") / "headings.csv"
OPEN_WORDS = Path("segment") / "open-words.csv"

MARGIN = 8  # signs: a wrapped line that leaves so much room after its last word was not wrapped there
LONG = 200  # signs: without a full stop, running text all the same
FEW = 4  # words: less is no running text
QUOTED_LINES, QUOTED = 8, 1500  # lines and signs: a quotation left open for longer is a slip of the pen

HEADING_MARK = re.compile(r"#{1,6}\s")
EMPHASIS = re.compile(r"[*_]{1,3}[^*_]+[*_]{1,3}:?")
ATTRIBUTION = re.compile(r"[—–―]\s*[A-ZÀÉ]\S+\s+[A-ZÀÉ][^.]{0,90}\.?")
NUMBERED = re.compile(r"(?:[IVXL]+|\d{1,2}|[A-Z])[.)]\s")

Kind = Literal["paragraph", "heading"]


@dataclass(frozen=True)
class Block:
    """A paragraph or a heading, by code points."""

    start: int
    end: int
    text: str
    kind: Kind


@dataclass(frozen=True)
class Words:
    """What is known of French, for telling headings from running text."""

    open: frozenset[str]  # words in which nothing ends
    headings: re.Pattern[str]  # headings that end as a sentence does
    count: Callable[[str], int]  # sentences of a text
    is_date: Callable[[str], bool]  # nothing but a date and a place


def load_words(models: Path, count: Callable[[str], int], is_date: Callable[[str], bool]) -> Words:
    """Read what is known of words from a folder of models; raises `pipeline.resources.ResourceError`."""
    open_words = frozenset(row["word"] for _, row in read_table(models / OPEN_WORDS, ("word",)))
    patterns = [row["pattern"] for _, row in read_table(models / HEADINGS, ("pattern",))]
    headings = re.compile(f"(?:{'|'.join(patterns)})$", re.I)
    return Words(open_words, headings, count, is_date)


def blocks(text: str, words: Words) -> list[Block]:
    """Return the paragraphs and headings of a report in their order; furniture and notes are left out."""
    groups = list(groups_of(lines_of(text)))
    width = width_of(groups)
    apart = _blank_lines_part(groups, words) if width is None else _blank_lines_part_wrapped(groups, width)
    units = [unit for group in groups for unit in _units(group, width, apart, words)]
    return [_block(text, unit, words) for unit in _joined(units, words)]


def _blank_lines_part(groups: list[list[Line]], words: Words) -> bool:
    """Say whether blank lines part the paragraphs, so that the lines between them belong together.

    They do not where most blocks are several lines of several sentences each, or where there are hardly any blocks.
    """
    prose = [lines for group in groups if (lines := [line for line in group if stops(line.text)])]
    several = [lines for lines in prose if len(lines) > 1]
    if not several:
        return True
    if len(prose) < 3 and sum(map(len, several)) > 3:
        return False
    counts = [words.count(line.text) for lines in several for line in lines]
    return mean(counts) < 1.5 or len(several) < 0.5 * len(prose)


def _blank_lines_part_wrapped(groups: list[list[Line]], width: int) -> bool:
    """Say the same of a report whose lines were wrapped by hand: whether hardly a line inside its blocks ends early."""
    blocks = [group for group in groups if len(group) > 2]
    early = sum(_closed(a.text) and _left_short(a, b, width, MARGIN) for group in blocks for a, b in pairwise(group))
    return early <= max(1, 0.1 * len(blocks))


def _units(group: list[Line], width: int | None, apart: bool, words: Words) -> Iterator[list[Line]]:
    """Yield the paragraphs and headings of a block of lines."""
    if width is not None and all(len(line.text) <= width + MARGIN for line in group):
        parted = _wrapped_breaks(group, width, apart)
    elif LIST_ITEM.match(group[0].text) or (group[0].gap == "page" and group[0].text[0].islower()):
        parted = [bool(LIST_ITEM.match(line.text)) for line in group]
    elif apart:
        parted = _edges(group, words)
    else:
        parted = _line_breaks(group, words)
    unit: list[Line] = []
    for line, new in zip(group, parted, strict=True):
        if new and unit:
            yield unit
            unit = []
        unit.append(line)
    yield unit


def _wrapped_breaks(group: list[Line], width: int, apart: bool) -> list[bool]:
    """Say of each line of a block of wrapped lines whether it begins something new."""
    listed = bool(LIST_ITEM.match(group[0].text))
    indented = [_closed(before.text) and line.indent > before.indent + 1 for before, line in pairwise(group)]
    new = [True]
    for (before, line), indent in zip(pairwise(group), indented, strict=True):
        closed = _closed(before.text)
        item = bool(LIST_ITEM.match(line.text)) and (listed or closed)
        short = not (closed and (apart or any(indented))) and _left_short(before, line, width, room=1)
        new.append(item or indent or short)
    return new


def _left_short(before: Line, line: Line, width: int, room: int) -> bool:
    """Say whether a line ends before the margin though the next word would have fitted in: something ends there.

    `room` is what must be left after that word; a line that does not end as a sentence does must leave a third.
    """
    left = width - len(before.text) - len(line.text.split()[0]) - 1
    return not line.text[0].islower() and left >= (room if _closed(before.text) else width / 3)


def _closed(text: str) -> bool:
    return stops(text) or text.endswith((":", ";"))


def _edges(group: list[Line], words: Words) -> list[bool]:
    """Part the headings above and the signature below from lines that make one paragraph."""
    prose = [_is_prose(line.text, words) and (not line.text.endswith(",") or line is group[-1]) for line in group]
    if not any(prose):
        return [n == 0 or not line.text[0].islower() for n, line in enumerate(group)]
    first = prose.index(True)
    while first and group[first].text[0].islower():
        first -= 1
    last = max(n for n, line in enumerate(group) if prose[n] or stops(line.text))
    listing = any(line.text.endswith(":") for line in group[first:])
    return [n <= first or (n > last and not listing) for n in range(len(group))]


def _line_breaks(group: list[Line], words: Words) -> list[bool]:
    """Say of each line of a block whose lines are paragraphs whether it begins one: not where it goes on."""
    new = [True]
    start = 0
    for n, line in enumerate(group[1:], 1):
        so_far = " ".join(part.text for part in group[max(start, n - QUOTED_LINES) : n])
        rest = " ".join(part.text for part in group[n : n + QUOTED_LINES])
        lower = line.text[0].islower() and (stops(line.text) or len(line.text.split()) >= FEW)
        goes_on = not LIST_ITEM.match(line.text) and ((lower and _is_prose(so_far, words)) or _quotes(so_far, rest))
        new.append(not goes_on)
        start = start if goes_on else n
    return new


def _quotes(so_far: str, rest: str) -> bool:
    """Say whether a quotation that has begun goes on: it is open, and closes before another begins."""
    for opening, closing in ("«»", "“”"):
        if so_far.count(opening) > so_far.count(closing):
            end, other = rest.find(closing), rest.find(opening)
            if 0 <= end < QUOTED and not 0 <= other < end:
                return True
    return False


def _joined(units: list[list[Line]], words: Words) -> Iterator[list[Line]]:
    """Join what a page break has parted: a sentence that did not end, and its rest on the next page."""
    unit: list[Line] = []
    for following in units:
        if unit and _broken(unit, following[0], words):
            unit.extend(following)
            continue
        if unit:
            yield unit
        unit = following
    if unit:
        yield unit


def _broken(unit: list[Line], line: Line, words: Words) -> bool:
    """Say whether a line goes on with the sentence that a paragraph has begun."""
    if line.gap == "line" or LIST_ITEM.match(line.text) or HEADING_MARK.match(line.text):
        return False
    last = unit[-1].text
    text = " ".join(part.text for part in unit[-QUOTED_LINES:])
    running = len(text) >= SHORT or words.count(text) > 1
    if line.gap == "page" and line.text[0].islower():
        return running or not _closed(last)
    ended = stops(last) and words.count(f"{last} A") > words.count(last)  # not with an abbreviation
    if ended or last.endswith((":", ";")) or _is_capitals(text):
        return False
    end = re.search(r"(?:(\w+)['’]?|(?<=\w)[-‐])$", last[-40:])
    open_end = end is not None and (end[1] is None or end[1].lower() in words.open)
    if line.text[0].islower():
        return running or open_end
    return ((running and line.gap == "page") or open_end) and not _is_capitals(line.text)


def _block(text: str, unit: list[Line], words: Words) -> Block:
    start, end = unit[0].start, unit[-1].end
    announces = len(unit) > 1 and unit[0].text.endswith(":") and _is_prose(unit[0].text, words)
    prose = announces or _is_prose(" ".join(line.text for line in unit), words)
    kind: Kind = "paragraph" if prose else "heading"
    return Block(start, end, text[start:end], kind)


def _is_capitals(text: str) -> bool:
    letters = [sign for sign in text if sign.isalpha()]
    return bool(letters) and sum(sign.isupper() for sign in letters) > 0.7 * len(letters)


def _is_prose(text: str, words: Words) -> bool:
    """Say whether a text is running text, not a heading or another thing that stands alone on its lines."""
    bare = text.strip(CLOSERS)
    if HEADING_MARK.match(text) or EMPHASIS.fullmatch(text) or words.headings.match(text) or words.is_date(text):
        return False
    if (len(text) < LONG and _is_capitals(text)) or ATTRIBUTION.fullmatch(text):
        return False
    if LIST_ITEM.match(text) and bare.endswith(";" if NUMBERED.match(text) else (*TERMINALS, *";:,")):
        return True
    if len(text.split()) < FEW:
        return False
    if stops(text):
        return not (bare.endswith("?") and len(text) < SHORT and words.count(text) == 1)
    return bare.endswith((":", ";", ",")) or len(text) >= LONG or words.count(text) > 1
