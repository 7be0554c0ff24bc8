"""What a report says of itself above its text: title, subtitle, series, dates, venue and city.

The title block is what stands before the first paragraph. Each of its lines is told by its form: institution, session,
kind of text, date and place, or none of these, and then it is a title. Dates and places that are missing there are
taken from the dateline of the text, or from the sentence of its beginning that says when and where the meeting was
held.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.records import Metadata
from pipeline.resources import read_table
from pipeline.text.dates import Calendar, Period
from pipeline.text.layout import Block

FOLDER = Path("segment")
KINDS = ("title", "form", "session", "institution")  # what can be the title, the best first
BEGINNING = 3  # paragraphs in which a meeting is dated and placed
ARTICLES = 2  # further datelines of different days: a collection of articles, which has no date of its own
DATELINE = 80  # signs at the beginning of a paragraph, or of a line of its own, in which its date stands

SYMBOL = re.compile(r"(?=.*\d)[A-Z0-9][A-Z0-9./-]*(?: ?[A-Z0-9]+)?[/.-][A-Z0-9./-]+(?:\s\S{1,6})?|\W*\d+\W*")
CONTACT = re.compile(r"\S+@\S+|.*\b(?:www\.|https?://)|.*\btél\b", re.I)
BRACKETED = re.compile(r"\([^)]*\)")
MARKS = "#*_> \u00a0\t\ufeff"
FILLERS = re.compile(
    r"\bpar\s+\S+\s+\S.*|\b(?:\d{1,2}\s?(?:h|:)\s?\d{0,2}(?: UTC)?|le|du|à|au|les|publié|fait)\b|\([^)]*\)", re.I
)
AFTER_DATELINE = re.compile(r"\s*(?:\([^)]*\))?\s*(?:\.?\s*[–—=-]|\.)")
TO_VENUE = re.compile(r"^(?:tenue?s? )?(?:au|à la|à l['’]|à|dans la)\s+|\s*\([^)]*\)$", re.I)


@dataclass(frozen=True)
class Head:
    """A title block by lines, each with its kind, and the beginning of the text below it, by sentences."""

    lines: list[tuple[str, str]]
    beginning: list[str]
    datelines: list[tuple[Period, str]]
    press: bool  # dated as an article or a dispatch is, not as the report of a meeting

    def of_kind(self, *kinds: str) -> list[str]:
        return [line for kind, line in self.lines if kind in kinds]


class TitleBlock:
    """Reads the metadata of a report by the lists of ``models/segment``; `split` cuts a text in sentences."""

    def __init__(self, models: Path, split: Callable[[str], list[str]]) -> None:
        self.split = split
        self.calendar = Calendar(models)
        self.kinds = _patterns(models / FOLDER / "titles.csv", "kind")
        self.series = _patterns(models / FOLDER / "series.csv", "series")
        cities = _longest_first(models / FOLDER / "cities.csv", "city")
        self.cities = {_fold(city): city for city in cities}
        names = "|".join(re.escape(city).replace("'", "['’]") for city in cities)
        self.city = re.compile(rf"(?<![\w-])(?:{names})(?![\w-])", re.I)
        self.held_in = re.compile(rf"\bà (?:l[ae] )?({self.city.pattern})", re.I)
        meetings = "|".join(_longest_first(models / FOLDER / "meetings.csv", "pattern"))
        self.held = re.compile(rf"\b(?:{meetings})\b", re.I)
        venues = "|".join(_longest_first(models / FOLDER / "venues.csv", "word"))
        self.venue = re.compile(rf"(?:la |le |les |l['’])?(?:{venues})\b", re.I)
        self.held_at = re.compile(
            rf"\b(?:au|à la|à l['’]|dans la|dans le|dans l['’])\s?((?:(?i:{venues}))\b[^,.;:()]*?(?: \([A-Z]+\))?)"
            r"(?=\s*[,.;:(]|\s+(?:les|du|le) \d|\s+(?:par|pour|en|sous|où|qui|afin|avec)\b|\s+et s['’])"
        )

    def is_date(self, text: str) -> bool:
        """Say whether a line holds nothing but a date, with a place and the signs of a dateline."""
        bare = text.strip(MARKS)
        period = next(self.calendar.find(bare), None) if len(bare) < DATELINE else None
        if period is None:
            return False
        rest = FILLERS.sub("", self.city.sub("", f"{bare[: period.start]} {bare[period.end :]}"))
        return len(re.findall(r"\w+", rest)) <= 1

    def read(self, text: str, blocks: Sequence[Block]) -> Metadata:
        """Return what a report says of itself; `blocks` are its paragraphs and headings."""
        head = self._head(text, blocks)
        title, subtitle = _titles(head)
        period, place = self._period(head)
        city = self._city(head, place) if period or not head.datelines else None
        return Metadata(
            title=title,
            subtitle=subtitle,
            series=next(
                (name for name, pattern in self.series for _, line in head.lines if pattern.search(line)), None
            ),
            year=period.first.year if period else None,
            date_start=period.first.isoformat() if period else None,
            date_end=period.last.isoformat() if period else None,
            venue=self._venue(head, city),
            city=city,
        )

    def _head(self, text: str, blocks: Sequence[Block]) -> Head:
        paragraphs = [block for block in blocks if block.kind == "paragraph"]
        first = paragraphs[0].start if paragraphs else len(text)
        lines = [(self._kind(line), line) for line in _lines(text[:first])]
        below = [block for block in blocks if block.start >= first]
        return Head(
            lines=lines,
            beginning=[sentence for paragraph in paragraphs[:BEGINNING] for sentence in self.split(paragraph.text)],
            datelines=list(self._datelines(below)),
            press=any(self._datelines(below[:BEGINNING]))
            or any(kind == "date" and re.search(r"\d\W*[–—]$", line) for kind, line in lines),
        )

    def _kind(self, line: str) -> str:
        if SYMBOL.fullmatch(line) or CONTACT.match(line) or BRACKETED.fullmatch(line):
            return "other"
        if self.is_date(line) or self._is_place(line):
            return "date"
        return next((kind for kind, pattern in self.kinds if pattern.fullmatch(line)), "title")

    def _is_place(self, line: str) -> bool:
        """Say whether a line gives a city, a room and its city, or a date among places."""
        city = self.city.search(line)
        if city and not BRACKETED.sub("", line.replace(city.group(), "")).strip():
            return True
        dated = next(self.calendar.find(line), None) is not None
        if self.venue.match(line):
            return dated or city is not None or len(line) < DATELINE
        return city is not None and dated and len(line) < 2 * DATELINE

    def _datelines(self, blocks: Sequence[Block]) -> Iterator[tuple[Period, str]]:
        """Yield the dates of datelines in the text: ``Paris, le 3 avril 2018 – …``, or alone on their line."""
        for block in blocks:
            period = next(self.calendar.find(block.text[:DATELINE]), None)
            if period is None or re.match(r"\W*(?:fait|signé) à", block.text, re.I):
                continue
            before = self.city.sub("", block.text[: period.start])
            opens = len(re.findall(r"\w+", before)) <= 2 and AFTER_DATELINE.match(block.text[period.end :])
            if self.is_date(block.text) if block.kind == "heading" else opens:
                yield period, block.text[: period.end]

    def _period(self, head: Head) -> tuple[Period | None, str]:
        """Return when the meeting was held, and the words around that date."""
        years = [int(year) for _, line in head.lines for year in re.findall(r"\b(?:19|20)\d{2}\b", line)]
        year = years[0] if years else None
        own = [(period, line) for _, line in head.lines for period in self.calendar.find(line)]
        found = own or [(period, line) for _, line in head.lines for period in self.calendar.find(line, year)]
        several = [(period, line) for period, line in found if period.days > 1]
        placed = [(period, line) for period, line in found if self._is_place(line)]
        if several or (placed and not _is_collection(head)):
            return (several or placed)[0]
        if _is_collection(head):
            return None, ""
        told = [(p, s) for s in head.beginning if self.held.search(s) for p in self.calendar.find(s, year)]
        meetings = [] if head.press else [(p, s) for p, s in told if p.days > 1]
        return next(iter(meetings or found or head.datelines or told), (None, ""))

    def _city(self, head: Head, place: str) -> str | None:
        """Return the city of the meeting: beside its date, elsewhere in the title block, or where it was held."""
        for line in (place[: 2 * DATELINE], *head.of_kind("date", "institution")):
            match = self.city.search(line)
            if match:
                return self.cities[_fold(match.group())]
        held = [] if head.press else filter(self.held.search, head.beginning)
        return next((self.cities[_fold(match[1])] for text in held if (match := self.held_in.search(text))), None)

    def _venue(self, head: Head, city: str | None) -> str | None:
        """Return the building and room: what is left of their line without its city and date."""
        parts = [part for line in head.of_kind("date") for part in self._venue_parts(line, city)]
        if parts:
            return ", ".join(parts)
        held = [] if head.press or _is_collection(head) else filter(self.held.search, head.beginning)
        found = (match[1].strip() for text in held if (match := self.held_at.search(text)))
        return next((venue for venue in found if re.search(r"[A-ZÀ-Þ\d]", venue)), None)

    def _venue_parts(self, line: str, city: str | None) -> Iterator[str]:
        period = next(self.calendar.find(line), None)
        bare = line if period is None else f"{line[: period.start]},{line[period.end :]}"
        for part in bare.split(","):
            venue = TO_VENUE.sub("", part.strip())
            if self.venue.match(venue) and _fold(venue) != _fold(city or ""):
                yield venue


def _lines(head: str) -> list[str]:
    """Return the lines of a title block, those joined that were parted by their length alone."""
    lines: list[str] = []
    gap = True
    for raw in head.splitlines():
        line = " ".join(raw.strip(MARKS).split())
        if line and not gap and line[0].islower():
            lines[-1] += f" {line}"
        elif line:
            lines.append(line)
        gap = not line
    return lines


def _titles(head: Head) -> tuple[str | None, str | None]:
    """Return title and subtitle: the first line that is no more than a title, and the next one, or the kind of text."""
    kinds = [kind for kind, _ in head.lines]
    end = kinds.index("part") if "part" in kinds else len(kinds)
    wanted = next((kind for kind in KINDS if kind in kinds[:end]), None)
    if wanted is None:
        return None, None
    first = kinds.index(wanted)
    rest = head.lines[first + 1 : end]
    subtitles = [line for kind in ("title", "form") for found, line in rest if found == kind]
    return head.lines[first][1], subtitles[0] if subtitles and wanted != "institution" else None


def _is_collection(head: Head) -> bool:
    return len({period.first for period, _ in head.datelines}) >= ARTICLES


def _patterns(path: Path, name: str) -> list[tuple[str, re.Pattern[str]]]:
    return [(row[name], re.compile(row["pattern"], re.I)) for _, row in read_table(path, (name, "pattern"))]


def _longest_first(path: Path, column: str) -> list[str]:
    return sorted((row[column] for _, row in read_table(path, (column,))), key=len, reverse=True)


def _fold(text: str) -> str:
    return text.casefold().replace("’", "'")
