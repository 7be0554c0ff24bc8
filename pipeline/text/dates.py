"""Dates in French prose: single days and periods, with the place where they stand."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.resources import read_table

MONTHS = Path("segment") / "months.csv"
YEARS = range(1900, 2100)


@dataclass(frozen=True)
class Period:
    """A day or several, and the code points of the words that name them."""

    first: date
    last: date
    start: int
    end: int

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


class Calendar:
    """Finds dates; the names of the months come from ``models/segment/months.csv``."""

    def __init__(self, models: Path) -> None:
        self.months = {row["form"]: int(row["month"]) for _, row in read_table(models / MONTHS, ("form", "month"))}
        month = rf"(?:{'|'.join(sorted(self.months, key=len, reverse=True))})\b\.?"
        day = r"(?:(?:lun|mar|mercre|jeu|vendre|same)di\s+|dimanche\s+)?(?<![\d.,/])(?:1\s?er|\d{1,2})\b(?![\d.,/]\d)"
        gap = r"[\s\u00a0]+"
        between = r"\s*(?:[-–—]|\bau\b|\bet(?: le)?\b|,)\s*"
        self.pattern = re.compile(
            rf"(?P<first>{day})(?:{gap}(?P<month>{month}))?(?:{gap}(?P<year>\d{{4}}))?"
            rf"(?:{between}{day})*?{between}(?P<last>{day}){gap}(?P<last_month>{month})(?:{gap}(?P<last_year>\d{{4}})\b)?"
            rf"|(?P<only>{day}){gap}(?P<only_month>{month})(?:{gap}(?P<only_year>\d{{4}})\b)?"
            r"|(?<![\d/])(?P<numeric>\d{1,2}[/.]\d{1,2}[/.]\d{4})(?!\d)|(?<!\d)(?P<iso>\d{4}-\d{2}-\d{2})(?!\d)",
            re.I,
        )

    def find(self, text: str, year: int | None = None) -> Iterator[Period]:
        """Yield the dates of a text in their order; one that says no year is of `year`, or left out."""
        for match in self.pattern.finditer(text):
            parts = match.groupdict()
            if parts["last"]:
                own = parts["last_year"] or year
                last = self._day(parts["last"], parts["last_month"], own)
                first = self._day(parts["first"], parts["month"] or parts["last_month"], parts["year"] or own)
            elif parts["only"]:
                first = last = self._day(parts["only"], parts["only_month"], parts["only_year"] or year)
            else:
                numbers = re.split(r"[/.-]", parts["numeric"] or "-".join(reversed(parts["iso"].split("-"))))
                first = last = _date(*map(int, numbers))
            if first and last and parts["year"] and re.search(r"\bet\b|,", match.group()):
                yield Period(first, first, match.start("first"), match.end("year"))
                yield Period(last, last, match.start("last"), match.end())
            elif first and last and first <= last:
                yield Period(first, last, match.start(), match.end())

    def _day(self, day: str, month: str, year: str | int | None) -> date | None:
        number = re.search(r"\d+", day)
        if number is None or year is None:
            return None
        return _date(int(number.group()), self.months[month.lower().rstrip(".")], int(year))


def _date(day: int, month: int, year: int) -> date | None:
    if year not in YEARS or not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return date(year, month, day)
