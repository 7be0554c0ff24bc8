"""The files of ``models/themes/``: what an analyst writes there, read and checked.

A rule is a line of a theme's CSV file: a name, a term, a weight, and what excludes it; ``models/themes/README.md``
tells how a term is written. Words are compared by their `key`; small words (``de``, ``le``, ``aux`` …) are passed over.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import NamedTuple, cast, get_args

from pipeline.records import Theme
from pipeline.resources import ResourceError, read_table

COLUMNS = ("rule", "term", "weight", "unless", "note")
MIGRATION = "migration"  # the rules that tell whether a text is about migration
CONTEXT = ("heading", "previous", "title", "only-theme")  # weights of context.csv
LIMITS = ("short", "long", "report", "paragraph")  # its other values
SCOPES = ("words", "sentence")
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
WORD = re.compile(r"[^\W_]+")
NUMBER = re.compile(r"\d+(\.\d+)?")
MOST_PHRASES = 2000  # that one alternative may stand for; a slip with {groups} makes millions

Phrase = tuple[str, ...]  # keys of words that follow each other
Term = tuple[Phrase, ...]  # phrases with gaps between them


class Rule(NamedTuple):
    """A line of a rule file. `terms` are alternatives; words of `unless` that touch a match undo it."""

    owner: str  # a theme, "migration", or what silence.csv silences: "words", "sentence"
    name: str
    weight: float
    terms: tuple[Term, ...]
    unless: tuple[Term, ...]
    line: int
    written: str


class Definition(NamedTuple):
    """A theme as ``themes.csv`` defines it, with the sums of weights from which it is marked."""

    theme: Theme
    label: str
    definition: str
    paragraph: float
    claim: float


class RuleBook(NamedTuple):
    """All that a folder ``models/themes/`` says."""

    folder: Path
    definitions: dict[Theme, Definition]
    settings: dict[str, float]
    rules: dict[str, list[Rule]]  # by theme, "migration" the last
    silence: list[Rule]
    small: frozenset[str]


@lru_cache(maxsize=50_000)
def key(word: str) -> str:
    """Return what a word is compared by: in lower case, without a plural's ending or the accent of a first letter."""
    word = unicodedata.normalize("NFC", word).lower()
    word = unicodedata.normalize("NFD", word[:1])[:1] + word[1:]  # a capital may lack its accent: Etats, États
    if len(word) > 4 and word.endswith("aux") and not word.endswith("eaux"):
        return f"{word[:-3]}al"
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word


def keys(text: str) -> list[str]:
    """Return the keys of the words of a text; hyphens and apostrophes separate words."""
    return [key(word) for word in WORD.findall(unicodedata.normalize("NFC", text))]


def variants(word: str) -> tuple[str, ...]:
    """Return a key and, for an infinitive in -er, those of its participle: expulser, expulsé, expulsée."""
    return (word, f"{word[:-2]}é", f"{word[:-2]}ée") if word.endswith("er") and len(word) > 4 else (word,)


@lru_cache(maxsize=2)
def read_book(folder: Path) -> RuleBook:
    """Read a folder ``models/themes/``. Raises `ResourceError` with the file, the line and the cause of a fault."""
    definitions = read_definitions(folder / "themes.csv")
    reader = TermReader(read_groups(folder / "words.csv"))
    rules = {owner: read_rules(folder / f"{owner}.csv", owner, reader) for owner in (*definitions, MIGRATION)}
    settings = read_settings(folder / "context.csv")
    return RuleBook(folder, definitions, settings, rules, read_silence(folder / "silence.csv", reader), reader.small)


def read_definitions(path: Path) -> dict[Theme, Definition]:
    """Return the ten themes in the order of ``themes.csv``."""
    found: dict[Theme, Definition] = {}
    for line, row in read_table(path, Definition._fields):
        if row["theme"] not in get_args(Theme) or row["theme"] in found:
            raise ResourceError(f"{path}, line {line}: {row['theme']!r} is no theme, or stands there twice")
        theme = cast(Theme, row["theme"])
        paragraph, claim = (number(row[column], path, line) for column in ("paragraph", "claim"))
        found[theme] = Definition(theme, row["label"], row["definition"], paragraph, claim)
    if missing := sorted(set(get_args(Theme)) - set(found)):
        raise ResourceError(f"{path}: no line for {', '.join(missing)}")
    return found


def read_settings(path: Path) -> dict[str, float]:
    """Return the values of ``context.csv`` by name."""
    found: dict[str, float] = {}
    for line, row in read_table(path, ("name", "value", "note")):
        if row["name"] not in (*CONTEXT, *LIMITS) or row["name"] in found:
            raise ResourceError(f"{path}, line {line}: {row['name']!r} is no setting, or stands there twice")
        found[row["name"]] = number(row["value"], path, line)
    if missing := sorted({*CONTEXT, *LIMITS} - set(found)):
        raise ResourceError(f"{path}: no line for {', '.join(missing)}")
    return found


def read_groups(path: Path) -> dict[str, tuple[str, ...]]:
    """Return the groups of words that terms use as ``{name}``."""
    found: dict[str, tuple[str, ...]] = {}
    for line, row in read_table(path, ("group", "words")):
        words = tuple(part.strip() for part in row["words"].split("|"))
        if not NAME.fullmatch(row["group"]) or row["group"] in found:
            raise ResourceError(
                f"{path}, line {line}: {row['group']!r} is no name in small letters, or stands there twice"
            )
        if not all(keys(word) for word in words):
            raise ResourceError(f"{path}, line {line}: a word is missing beside a |")
        found[row["group"]] = words
    if "small" not in found:
        raise ResourceError(f"{path}: no line for small")
    return found


def read_rules(path: Path, owner: str, reader: TermReader) -> list[Rule]:
    """Return the rules of a theme's file in its order."""
    found: dict[str, Rule] = {}
    for line, row in read_table(path, COLUMNS):
        name, weight = row["rule"], number(row["weight"], path, line)
        if not NAME.fullmatch(name):
            raise ResourceError(
                f"{path}, line {line}: a name is made of small letters, digits and hyphens, not {name!r}"
            )
        if name in found or name in CONTEXT:
            taken = f"line {found[name].line}" if name in found else "context.csv"
            raise ResourceError(f"{path}, line {line}: the name {name!r} stands in {taken} already")
        try:
            terms = reader.terms(row["term"])
            unless = reader.terms(row["unless"]) if row["unless"] else ()
            check_unless(terms, unless)
        except ValueError as error:
            raise ResourceError(f"{path}, line {line}: {error}") from error
        found[name] = Rule(owner, name, weight, terms, unless, line, row["term"])
    return list(found.values())


def read_silence(path: Path, reader: TermReader) -> list[Rule]:
    """Return what takes other words out of the count."""
    found: list[Rule] = []
    for line, row in read_table(path, ("scope", "term", "note")):
        if row["scope"] not in SCOPES:
            raise ResourceError(f"{path}, line {line}: the scope is words or sentence, not {row['scope']!r}")
        try:
            found.append(Rule(row["scope"], f"line-{line}", 0, reader.terms(row["term"]), (), line, row["term"]))
        except ValueError as error:
            raise ResourceError(f"{path}, line {line}: {error}") from error
    return found


def number(cell: str, path: Path, line: int) -> float:
    """Return a weight, a threshold or another value."""
    if not NUMBER.fullmatch(cell) or float(cell) == 0:
        raise ResourceError(f"{path}, line {line}: {cell!r} is no number above 0, such as 0.5")
    return float(cell)


def check_unless(terms: tuple[Term, ...], unless: tuple[Term, ...]) -> None:
    """Raise ValueError where an exclusion stands in a term itself, which would then never be found."""
    for (phrase,) in (term for term in unless if len(term) == 1):
        for part in (part for term in terms for part in term):
            if any(part[n : n + len(phrase)] == phrase for n in range(len(part))):
                raise ValueError(f"without its small words, {' '.join(phrase)!r} in unless undoes the term itself")


class TermReader:
    """Reads terms; `groups` are the groups of words that they may use."""

    def __init__(self, groups: Mapping[str, tuple[str, ...]]) -> None:
        self.groups = groups
        self.small = frozenset(key(word) for word in groups["small"])

    def terms(self, cell: str) -> tuple[Term, ...]:
        """Return the alternatives of a cell, with its groups and slashes written out; raise ValueError for a fault."""
        found: dict[Term, None] = {}
        for alternative in cell.split("|"):
            if not alternative.strip():
                raise ValueError("the term is empty, or an alternative is missing beside a |")
            parts = [self._phrases(part) for part in alternative.split("...")]
            self._check_size(parts, alternative)
            found.update(dict.fromkeys(product(*parts)))
        return tuple(found)

    def _phrases(self, part: str) -> list[Phrase]:
        slots = [list(self._choices(slot)) for slot in part.split()]
        self._check_size(slots, part)
        phrases = [tuple(word for words in choice for word in words) for choice in product(*slots)]
        if () in phrases:
            raise ValueError(f"nothing to find in {part.strip()!r}: no word, or small words only")
        return list(dict.fromkeys(phrases))

    def _choices(self, slot: str) -> Iterator[Phrase]:
        for choice in slot.split("/"):
            group = choice[1:-1] if choice.startswith("{") and choice.endswith("}") else None
            if group is not None and group not in self.groups:
                raise ValueError(f"there is no group {choice} in words.csv")
            if group is None and (not choice or "{" in choice or "}" in choice):
                raise ValueError(f"cannot read {slot!r}: a word is missing beside a /, or a group does not stand alone")
            for words in self.groups[group] if group is not None else (choice,):
                yield from product(*(variants(word) for word in keys(words) if word not in self.small))

    @staticmethod
    def _check_size(slots: list[list[Phrase]], written: str) -> None:
        size = 1
        for slot in slots:
            size *= len(slot)
        if size > MOST_PHRASES:
            raise ValueError(f"{written.strip()!r} stands for {size} phrases; {MOST_PHRASES} are allowed")
