"""The names and nationalities of ``models/countries``, and how they are found in a text whatever their spelling.

A text is read in a folded form: no accents, no capitals, typewriter signs. Its words are looked up one by one, so the
cost does not depend on the number of names. Capitals and hyphens of the text itself matter only where a name fits.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from pipeline.records import Country
from pipeline.resources import models_dir, read_table

Kind = Literal["name", "demonym", "language", "none"]
COUNTRY_COLUMNS = ("iso3", "iso2", "m49", "state", "name_fr", "name_en", "region", "subregion")
NAME_FILES = {"names.csv": "source", "names_iso.csv": "source", "aliases.csv": "note"}
BLANKS = "\n\r\t\f\v\u0085\u00a0\u2007\u2009\u202f\u2028\u2029"
SIGNS = {"’": "'", "ʼ": "'", "‘": "'", "\u2010": "-", "\u2011": "-"} | dict.fromkeys(BLANKS, " ")
UNSEEN = re.compile("[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]")  # combining marks and signs of no width
WORD = re.compile(r"\w+")
ARTICLE = re.compile(r"(?:les?|la|l) ")
LOOSE = {
    "-": {"-", ""},
    "": {"-", ""},
    "'": {"'", ""},
    ".": {".", ""},
}  # signs that may stand for a sign, or be missing
LONGEST_GAP = 8  # code points between two words of a name: a page break may stand in the middle of it


def _folding() -> dict[int, str]:
    """Map each Latin letter to its base letter in lower case, sign for sign."""
    table = {ord(sign): base for sign, base in SIGNS.items()}
    for point in (*range(0x41, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFKD", chr(point))[0].lower()
        if len(base) == 1 and base.isalpha():
            table[point] = base
    return table


FOLDING = _folding()


def fold(text: str) -> str:
    """Return a text without accents and capitals: as long as the text, unless it has combining marks."""
    return UNSEEN.sub("", text).translate(FOLDING)


def key(name: str) -> str:
    """Return the words of a name: equal for all its spellings."""
    return " ".join(WORD.findall(fold(name)))


class Word(NamedTuple):
    start: int
    end: int
    text: str


class Reading:
    """A text as names are looked for in it.

    Combining marks are left out of `plain` and `folded`; `span` turns their offsets into those of the text.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        hidden = UNSEEN.search(text) is not None
        self._places = [n for n, sign in enumerate(text) if not UNSEEN.match(sign)] if hidden else None
        self.plain = UNSEEN.sub("", text) if hidden else text
        self.folded = self.plain.translate(FOLDING)
        self.words = [Word(*found.span(), found[0]) for found in WORD.finditer(self.folded)]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return offsets of `plain` as offsets of the text, the marks on the last letter included."""
        if self._places is None:
            return start, end
        last = self._places[end - 1] + 1
        while last < len(self.text) and unicodedata.combining(self.text[last]):
            last += 1
        return self._places[start], last

    def gap(self, index: int) -> str:
        """Return the signs between a word and the next; a line feed where they are far from each other."""
        if not 0 <= index < len(self.words) - 1:
            return "\n"
        between = self.folded[self.words[index].end : self.words[index + 1].start]
        return "".join(between.split()) if len(between) <= LONGEST_GAP else "\n"

    def capital(self, index: int) -> bool:
        """Tell whether a word has a capital among its first two letters (``eSwatini``)."""
        start, end, _ = self.words[index]
        return any(sign.isupper() for sign in self.plain[start : min(end, start + 2)])

    def before(self, index: int) -> str:
        """Return the word before a word, "" where a sign or a line end parts them."""
        if self.gap(index - 1) not in {"", "'"}:
            return ""
        previous = self.words[index - 1]
        return "" if "\n" in self.plain[previous.end : self.words[index].start] else previous.text

    def joined(self, index: int) -> bool:
        """Tell whether there is such a word, and at most a hyphen or an apostrophe between it and the next."""
        return index >= 0 and self.gap(index) in {"", "'", "-"}

    def name_follows(self, index: int) -> bool:
        """Tell whether a word with a capital comes next; among capitals that says nothing."""
        if self.gap(index) != "" or not self.before(index + 1) or not self.capital(index + 1):
            return False
        return not (self.shouted(index) and self.shouted(index + 1))

    def shouted(self, index: int) -> bool:
        """Tell whether a word is all capitals."""
        start, end, _ = self.words[index]
        return self.plain[start:end].isupper()

    def line(self, offset: int, *, since: int | None = None, until: int | None = None) -> str:
        """Return the line of an offset, or the part of it from `since` on or up to `until`."""
        start = self.plain.rfind("\n", 0, offset) + 1 if since is None else since
        end = self.plain.find("\n", offset) if until is None else until
        return self.plain[start : end if end >= 0 else None]


@dataclass(frozen=True)
class Entry:
    """A form to look for. `iso3` is empty where it names no state.

    `lemma` is the name itself, or the masculine of a nationality. `language` is set where a language has the same name,
    `noun` on the form that is the language.
    """

    name: str
    kind: Kind
    iso3: str = ""
    lemma: str = ""
    language: bool = False
    noun: bool = False

    @property
    def masculine(self) -> bool:
        """Tell whether it is a nationality in a form that is only masculine."""
        return self.kind == "demonym" and self.name == self.lemma and not self.name.endswith("e")

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(WORD.findall(fold(self.name)))

    @cached_property
    def gaps(self) -> list[str]:
        return ["".join(gap.split()) for gap in WORD.split(fold(self.name))[1:]]

    @cached_property
    def capitals(self) -> list[bool]:
        return [word[0].isupper() for word in WORD.findall(self.name)]

    @cached_property
    def abbreviation(self) -> bool:
        return self.name.isupper()


class Match(NamedTuple):
    """A form in a text: first and last word, and offsets in `Reading.plain`."""

    first: int
    last: int
    start: int
    end: int
    entry: Entry


class Gazetteer:
    """What ``models/countries`` says. Raises `ResourceError` where a file is missing or broken."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.table: dict[str, Country] = {}
        self.states: set[str] = set()
        for row in self._rows("countries.csv", COUNTRY_COLUMNS):
            if row.pop("state") == "yes":
                self.states.add(row["iso3"])
            self.table[row["iso3"]] = Country.model_validate(row)
        self.lists: dict[str, set[str]] = defaultdict(set)
        for row in self._rows("words.csv", ("kind", "word")):
            self.lists[row["kind"]].add(row["word"] if row["kind"] == "title" else fold(row["word"]))
        self.conditions = {
            row["name"]: row["condition"] for row in self._rows("homonyms.csv", ("name", "condition", "note"))
        }
        self.contexts: dict[str, dict[str, re.Pattern[str]]] = defaultdict(dict)
        for row in self._rows("contexts.csv", ("form", "iso3", "hints")):
            hints = "|".join(re.escape(fold(hint)) for hint in row["hints"].split("|"))
            self.contexts[row["form"]][row["iso3"]] = re.compile(rf"\b(?:{hints})\b")
        self.names: dict[str, str] = {}
        self._index: dict[str, list[Entry]] = defaultdict(list)
        for entry in self._entries():
            if self.conditions.get(entry.name) != "land":
                self._index[entry.words[0]].append(entry)
        for entries in self._index.values():
            entries.sort(key=lambda entry: -len(entry.words))

    def _rows(self, file: str, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
        return (row for _, row in read_table(self.folder / file, columns))

    def _entries(self) -> Iterator[Entry]:
        """Yield every form; where two have the same words, the one that is tried first comes first."""
        seen: set[str] = set()
        for file, last in NAME_FILES.items():
            for row in self._rows(file, ("name", "iso3", last)):
                name, iso3 = row["name"], row["iso3"]
                self.names.setdefault(key(name), iso3)
                if name in seen:
                    continue
                seen.add(name)
                state = iso3 in self.states or file == "aliases.csv"  # the Sahrawi Republic has ESH, a territory's code
                yield Entry(name, "name" if state else "none", iso3, lemma=name)
                if name.isalpha() and name.isupper():
                    yield Entry(".".join(name) + ".", "name", iso3, lemma=name)
        for row in self._rows("none.csv", ("name", "note")):
            yield Entry(row["name"], "none")
        for row in self._rows("demonyms.csv", ("iso3", "masculine", "feminine", "language", "note")):
            yield from demonyms(row)
        for language in sorted(self.lists["language"]):
            yield Entry(language, "language", language=True, noun=True)

    def code(self, name: str) -> str | None:
        """Return the alpha-3 of a country that is named in full, in any spelling, with or without its article."""
        words = key(name)
        return self.names.get(words) or self.names.get(ARTICLE.sub("", words, count=1))

    def starts(self, reading: Reading) -> list[int]:
        """Return the words of a text with which a form may begin."""
        return [index for index, word in enumerate(reading.words) if word.text in self._index]

    def candidates(self, reading: Reading, index: int) -> Iterator[Match]:
        """Yield the forms that begin at a word, the longest first."""
        for entry in self._index[reading.words[index].text]:
            last = index + len(entry.words) - 1
            if tuple(word.text for word in reading.words[index : last + 1]) != entry.words:
                continue
            tail = _tail(reading, last, entry)
            if tail is not None and self._spelled(reading, index, entry):
                yield Match(index, last, reading.words[index].start, tail, entry)

    def _spelled(self, reading: Reading, first: int, entry: Entry) -> bool:
        """Tell whether signs and capitals are those of a name, and not of words that happen to be the same."""
        capitals = [reading.capital(first + n) for n in range(len(entry.words))]
        for n, canonical in enumerate(entry.gaps[:-1]):
            actual = reading.gap(first + n)
            if actual not in LOOSE.get(canonical, {canonical}):
                return False
            if canonical == "-" and actual == "" and entry.capitals[n + 1] and not capitals[n + 1]:
                return entry.kind == "none"  # « des États unis par », « des pays bas »
        if entry.kind != "name":
            return True
        if entry.abbreviation:
            start, end = reading.words[first].start, reading.words[first + len(entry.words) - 1].end
            return reading.plain[start:end].isupper()
        required = zip(entry.capitals[1:], capitals[1:], strict=True)
        return capitals[0] or (entry.words[0] in self.lists["small-head"] and all(b for a, b in required if a))


def _tail(reading: Reading, last: int, entry: Entry) -> int | None:
    """Return where a form ends: after the sign that closes it, if it has one; None where that is missing."""
    end, closing = reading.words[last].end, entry.gaps[-1]
    if not closing:
        return end
    rest = reading.folded[end : end + LONGEST_GAP]
    found = re.match(r"\s?".join(map(re.escape, closing)), rest)
    return end + found.end() if found else None


def demonyms(row: dict[str, str]) -> Iterator[Entry]:
    """Yield the forms of a nationality: masculine and feminine, singular and plural."""
    language = row["language"] == "yes"
    seen: set[str] = set()
    for gender in ("masculine", "feminine"):
        singular = row[gender]
        for form in (singular, singular if singular[-1] in "sxz" else f"{singular}s"):
            if form not in seen:
                seen.add(form)
                noun = language and form == row["masculine"]
                yield Entry(form, "demonym", row["iso3"], row["masculine"], language=language, noun=noun)


@lru_cache(maxsize=2)
def gazetteer(models: Path | None = None) -> Gazetteer:
    """Return the gazetteer of a folder of models, the shipped one if None; read once."""
    return Gazetteer((models or models_dir()) / "countries")
