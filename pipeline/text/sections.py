"""The part of a report in which each paragraph stands: opening, numbered points, good practices, conclusion, body."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import cast

from pipeline.records import Section
from pipeline.resources import read_table
from pipeline.text.layout import Block

SECTIONS = Path("segment") / "sections.csv"
POINTS = range(3, 11)  # how many numbered points make a summary by points
TITLE = 250  # signs: a point opens with a sentence so short, its title

NUMBER = re.compile(r"(?P<number>[IVXL]+|\d{1,2}|[A-Za-z])\s?(?:[.)/:–-]+)\s*(?:\d{1,2}[.)]\s*)*(?=\S)")
INLINE_POINT = re.compile(r"(?:[-–•*]\s+)?(?:\*\*)?(\d{1,2})\.\s+(?=\S)")
HEADED_POINT = re.compile(r"(?:[#*]+\s*)?point (\d{1,2})\b", re.I)


@dataclass(frozen=True)
class Part:
    """A heading of ``models/segment/sections.csv``."""

    pattern: re.Pattern[str]
    section: Section
    only_with_points: bool


def load_parts(models: Path) -> list[Part]:
    """Read the headings that open a part; raises `pipeline.resources.ResourceError`."""
    rows = read_table(models / SECTIONS, ("pattern", "section", "only_with_points"))
    return [
        Part(re.compile(row["pattern"], re.I), cast(Section, row["section"]), row["only_with_points"] == "yes")
        for _, row in rows
    ]


def sections(blocks: Sequence[Block], parts: Sequence[Part], count: Callable[[str], int]) -> list[Section]:
    """Return the section of each block, headings included; `count` tells how many sentences a text has."""
    points = _headed_points(blocks) or _inline_points(blocks, count)
    current: Section = "opening" if points else "body"
    base = current
    opened_by = ""
    found: list[Section] = []
    for n, block in enumerate(blocks):
        if n in points:
            current, opened_by = cast(Section, f"point-{points[n]}"), ""
        elif block.kind == "heading" and (not points or n > min(points)):
            numbering = _numbering(block.text)
            section = _opens(block.text, parts, bool(points))
            if section is not None:
                current, opened_by = "body" if section == "body" else section, numbering
            elif numbering and numbering == opened_by:
                current = base
        found.append(current)
    return found


def _opens(heading: str, parts: Sequence[Part], with_points: bool) -> Section | None:
    bare = heading.lstrip("#*_ ")
    number = NUMBER.match(bare)
    title = bare[number.end() :] if number else bare
    for part in parts:
        if part.pattern.match(title) and (with_points or not part.only_with_points):
            return part.section
    return None


def _numbering(heading: str) -> str:
    """Return how a heading is numbered: I, 1, A, or not at all."""
    number = NUMBER.match(heading.lstrip("#*_ "))
    if number is None:
        return ""
    sign = number["number"]
    return "1" if sign.isdigit() else "I" if re.fullmatch("[IVXL]+", sign) else "A"


def _headed_points(blocks: Sequence[Block]) -> dict[int, int]:
    """Return {block: number} of the headings ``Point 1 …``, ``Point 2 …``; none unless they count up from 1."""
    found = {
        n: int(match[1])
        for n, block in enumerate(blocks)
        if block.kind == "heading" and (match := HEADED_POINT.match(block.text))
    }
    return found if _count_up(list(found.values())) else {}


def _inline_points(blocks: Sequence[Block], count: Callable[[str], int]) -> dict[int, int]:
    """Return {block: number} of the paragraphs that open a point: ``1. Title. Text``.

    The numbers count up from 1 to 10 at the most, something stands before the first, and some points go on in further
    paragraphs. Paragraphs that are all numbered are those of minutes, and clauses of one sentence are no points.
    """
    found: dict[int, int] = {}
    for n, block in enumerate(blocks):
        match = INLINE_POINT.match(block.text)
        if block.kind == "paragraph" and match and int(match[1]) == len(found) + 1:
            title = re.split(r"[.:?!]\*{0,2}\s", block.text[match.end() :])[0]
            if len(title) <= TITLE and (count(block.text) > 1 or _is_title(block, blocks[n + 1 : n + 2])):
                found[n] = int(match[1])
    if not _count_up(list(found.values())):
        return {}
    first, last = min(found), max(found)
    prose = [n for n, block in enumerate(blocks) if block.kind == "paragraph"]
    before = any(n < first and not INLINE_POINT.match(blocks[n].text) for n in prose)
    numbered_after = sum(n > last and INLINE_POINT.match(blocks[n].text) is not None for n in prose)
    goes_on = any(n not in found for n in prose if first < n < last)
    marked = all("**" in blocks[n].text for n in found)
    return found if before and not numbered_after and (goes_on or marked) else {}


def _is_title(block: Block, after: Sequence[Block]) -> bool:
    """Say whether a numbered sentence is the title of the text that follows in a paragraph of its own."""
    text = [following for following in after if following.kind == "paragraph"]
    return block.text.endswith(".") and any(not INLINE_POINT.match(following.text) for following in text)


def _count_up(numbers: Sequence[int]) -> bool:
    return len(numbers) in POINTS and numbers[0] == 1 and all(b == a + 1 for a, b in pairwise(numbers))
