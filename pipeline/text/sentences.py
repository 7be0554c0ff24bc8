"""Where the sentences of a French paragraph begin and end, by rules on its signs alone.

A full stop, an ellipsis, a question mark or an exclamation mark ends a sentence, together with the guillemets and
parentheses that close after it, where white space and something that can open a sentence follow. It does not after an
abbreviation of ``models/segment/abbreviations.csv``, an initial or a list number, inside parentheses, or where what
follows a quotation goes on with the sentence (``« Assez ! » a-t-il dit``). An item of a list begins one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from pipeline.resources import read_table

ABBREVIATIONS = Path("segment") / "abbreviations.csv"
FUNCTION_WORDS = Path("read") / "function-words.csv"

CLOSERS = r"»”\"’'›)\]*_"
# A terminal mark with what closes after it; in some typography blanks stand before the mark and the guillemet.
TERMINAL = re.compile(rf"(?:[.!?…]+[*_]*(?:\s?\[\d+\])*)(?:\s*[»”›]|[{CLOSERS}])*(?:[ \u00a0\u202f]*[.!?…]+)?(?=\s)")
OPENER = re.compile(r"[«“„\"‹‘'(\[*_–—•-]*\s*(?P<sign>\w|[^\w\s])")
LIST_ITEM = re.compile(r"(?:[-–—•‣▪●◦*·]|\(?(?:\d{1,3}|[a-k]|[ivx]{1,5})[.)]|[A-K]\)|\d{1,3}\s?-)\s+(?=\S)")
WORD_BEFORE = re.compile(r"(?:(?:p|par)\. ?)?[^\s«“(\[\"’']+$")
INITIALS = re.compile(r"(?:[^\W\d_](?:\.-?|-))*[^\W\d_]")
LIST_NUMBER = re.compile(r"(?:\d+|[IVXL]+)(?:\.(?:\d+|[IVXL]+))*", re.I)
HEADED_NUMBER = re.compile(r"\W*[^\W\d]+ (?:\d+|[IVXL]+)(?:\.\d+)*")  # "Point 1. Title", "Annexe II. Title"
NO_WORD = "«“\"'([*_-–—• \u00a0\n"
NUMERAL = re.compile(r"\d|[IVXLC]+\b")
WINDOW = 60  # signs before and after a mark that decide on it
LONGEST_ASIDE = 300  # signs: a parenthesis left open farther back is a slip of the pen


@dataclass(frozen=True)
class Rules:
    """The abbreviations whose full stop ends no sentence, and the words with which one often begins."""

    names: frozenset[str]
    numbers: frozenset[str]
    openers: frozenset[str]

    @classmethod
    def load(cls, models: Path) -> Rules:
        """Read the rules from a folder of models; raises `pipeline.resources.ResourceError`."""
        rows = [row for _, row in read_table(models / ABBREVIATIONS, ("form", "followed_by"))]
        words = [row["word"] for _, row in read_table(models / FUNCTION_WORDS, ("word", "shared"))]
        return cls(
            names=frozenset(row["form"] for row in rows if row["followed_by"] == "name"),
            numbers=frozenset(row["form"] for row in rows),
            openers=frozenset(form for word in words for form in _capitalised(word)),
        )


def sentences(text: str, rules: Rules) -> list[tuple[int, int]]:
    """Return (start, end) of each sentence of a paragraph, white space at the edges left out."""
    cuts = {0, len(text)}
    for match in TERMINAL.finditer(text):
        if _ends(text, match, rules):
            cuts.add(match.end())
    cuts.update(match.end() for match in re.finditer(r"[\n\r]\s*", text) if LIST_ITEM.match(text, match.end()))
    edges = sorted(cuts)
    found = []
    for start, end in pairwise(edges):
        piece = text[start:end]
        if piece.strip():
            found.append((start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())))
    return found


def _capitalised(word: str) -> tuple[str, ...]:
    """Return a function word as it opens a sentence; one letter, or "qu", stands for an elided form."""
    capital = word.capitalize()
    return (f"{capital}'", f"{capital}’") if len(word) == 1 or word.endswith("qu") else (capital,)


def _ends(text: str, match: re.Match[str], rules: Rules) -> bool:
    """Say whether a terminal mark ends a sentence."""
    follows = text[match.end() : match.end() + WINDOW].lstrip()
    if not follows:
        return True
    if not _opens(follows):
        return False
    mark = match.group()
    return (mark.rstrip("*_") != "." or _full(text, match.start(), follows, rules)) and not _aside(text, match)


def _opens(follows: str) -> bool:
    """Say whether a text begins as a sentence can: with a capital or a digit, after guillemets and dashes."""
    opener = OPENER.match(follows)
    sign = opener["sign"] if opener else ""
    return sign.isalnum() and not sign.islower()


def _full(text: str, stop: int, follows: str, rules: Rules) -> bool:
    """Say whether the full stop at `stop` ends a sentence, and is not the mark of something shortened or numbered."""
    before = text[max(0, stop - WINDOW) : stop]
    match = WORD_BEFORE.search(before)
    word = match.group() if match else ""
    if word in rules.names or (word in rules.numbers and NUMERAL.match(follows)):
        return False
    opens_text = stop < WINDOW
    if opens_text and HEADED_NUMBER.fullmatch(before):
        return False
    initials = INITIALS.fullmatch(word)
    if (
        opens_text
        and not before[: len(before) - len(word)].strip(NO_WORD)
        and (initials or LIST_NUMBER.fullmatch(word))
    ):
        return False
    if initials and word.isupper():
        first = re.match(r"\w+['’]?", follows)
        return bool(first and first.group() in rules.openers)
    return True


def _aside(text: str, match: re.Match[str]) -> bool:
    """Say whether a mark stands inside parentheses that close later."""
    opened = text.rfind("(", max(0, match.start() - LONGEST_ASIDE), match.end())
    if opened < 0 or text.find(")", opened, match.end()) >= 0:
        return False
    return text.find(")", match.end(), opened + LONGEST_ASIDE) >= 0
