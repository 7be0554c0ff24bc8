"""The word lists of ``models/claims`` and ``models/people``: typed rows, read once, and how they are found in a text.

``entries(Function)`` returns a list, ``find(Function, words("directrice de l'OIM"))`` what of it stands in a phrase.
What the lists say of a phrase is answered by `pipeline.lexicon`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Annotated, ClassVar, Generic, Literal, NamedTuple, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from pipeline.records import CueClass, Gender, Sector, SourceType
from pipeline.resources import ResourceError, models_dir, read_table

Parts = Annotated[tuple[str, ...], BeforeValidator(lambda cell: tuple(cell.split("|")) if cell else ())]
Types = Annotated[tuple[SourceType, ...], BeforeValidator(lambda cell: tuple(cell.split("|")))]
MaybeGender = Annotated[Gender | None, BeforeValidator(lambda cell: cell or None)]
MaybeSector = Annotated[Sector | None, BeforeValidator(lambda cell: cell or None)]
Weight = Annotated[int, Field(ge=0, le=4), BeforeValidator(lambda cell: cell or 0)]
Key = tuple[str, ...]


class Entry(BaseModel):
    """A row of a word list: its columns are the fields, in this order."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    file: ClassVar[str]

    @property
    def forms(self) -> tuple[str, ...]:
        """The phrases by which the entry is found: what stands in the first column."""
        return (getattr(self, next(iter(type(self).model_fields))),)


E = TypeVar("E", bound=Entry)


class CueEntry(Entry):
    """How French reports speech and thought: ``faire état de``. Nouns and adjectives need a verb that carries them."""

    file = "claims/cues.csv"
    lemma: str
    cue_class: CueClass = Field(alias="class")
    frames: Parts
    note: str

    @property
    def kinds(self) -> frozenset[str]:
        """The frames without their prepositions: of ``inf:de``, ``inf``."""
        return frozenset(frame.partition(":")[0] for frame in self.frames)

    @property
    def is_carried(self) -> bool:
        """Whether it is a noun or an adjective, which needs a verb that carries it."""
        return not {"noun", "adj"}.isdisjoint(self.frames)

    @property
    def only_carries(self) -> bool:
        """Whether it is a verb that reports nothing without what it carries: ``être``, ``lancer`` is not."""
        return set(self.frames) <= {"light", "copula"}


class VerbForm(Entry):
    """A form of an irregular verb, for cues that a tagger takes for nouns: ``ressort``, ``dément``."""

    file = "claims/forms.csv"
    form: str
    lemma: str


class Attribution(Entry):
    """A preposition or conjunction that attributes; one that is not certain mostly means something else."""

    file = "claims/prepositions.csv"
    phrase: str
    kind: Literal["according-to", "as-noted"]
    certain: Literal["yes", "no"]
    note: str


class Collective(Entry):
    """Head noun or quantifier of an unnamed group."""

    file = "claims/collectives.csv"
    head: str
    kind: Literal["noun", "quantifier"]
    gender: MaybeGender
    note: str


class DocumentHead(Entry):
    """Head noun of a text that can say something."""

    file = "claims/documents.csv"
    head: str
    gender: Gender
    note: str


class OrganisationHead(Entry):
    """Head noun of an institution as the source of a claim."""

    file = "claims/organisations.csv"
    head: str
    gender: Gender
    note: str


class Representative(Entry):
    """Who speaks for a state: a person whom the report may name, or what is the state itself."""

    file = "claims/representatives.csv"
    head: str
    person: Literal["yes", "no"]
    note: str


class Synonym(Entry):
    """A function that is called by another name: ``chef de l'État``, ``président de la République``."""

    file = "people/synonyms.csv"
    function: str
    same_as: str
    note: str


class Title(Entry):
    """What stands before a name and is no part of it."""

    file = "people/titles.csv"
    title: str
    gender: MaybeGender
    kind: Literal["civility", "honorific", "rank"]
    note: str


class Function(Entry):
    """Head of a role: masculine form, feminine forms (the same one where it is epicene), the sector that it tells."""

    file = "people/functions.csv"
    function: str
    feminine: Parts
    sector: MaybeSector
    weight: Weight
    note: str

    @property
    def forms(self) -> tuple[str, ...]:
        return (self.function, *self.feminine)


class Institution(Entry):
    """Words in a role or an organisation that tell its sector."""

    file = "people/institutions.csv"
    phrase: str
    sector: Sector
    weight: Weight
    note: str


class Pronoun(Entry):
    """A pronoun, or a noun phrase that works as one; `types` are what it stands for, likeliest first."""

    file = "people/pronouns.csv"
    form: str
    gender: MaybeGender
    number: Literal["singular", "plural", ""]
    types: Types
    note: str


class GivenName(Entry):
    """A given name and whom it is mostly given to: a hint for antecedents, never a statement about a person."""

    file = "people/given-names.csv"
    name: str
    gender: Gender
    note: str


class Capital(Entry):
    """A city whose name stands for the government of its state: ``Moscou a démenti``."""

    file = "countries/capitals.csv"
    city: str
    iso3: str
    note: str


class Ending(Entry):
    """Endings of an adjective that agrees."""

    file = "people/endings.csv"
    masculine: str
    feminine: str
    note: str


@lru_cache(maxsize=64)
def entries(kind: type[E], models: Path | None = None) -> tuple[E, ...]:
    """Return the rows of a word list in the order of its file. Raises `ResourceError` where it is broken."""
    path = (models or models_dir()) / kind.file
    rows: list[E] = []
    for number, cells in read_table(path, tuple(field.alias or name for name, field in kind.model_fields.items())):
        try:
            rows.append(kind.model_validate(cells))
        except ValidationError as error:
            first = error.errors()[0]
            raise ResourceError(f"{path}, line {number}: {first['loc'][0]}: {first['msg']}") from error
    return tuple(rows)


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """Return a text without case and accents."""
    if text.isascii():
        return text.lower()
    text = text.casefold().replace("œ", "oe")
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


class Word(NamedTuple):
    """A word of a phrase, with its code points there, and the forms under which a list may have it."""

    text: str
    plain: str
    singular: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """Return the words of a text. Apostrophes and hyphens part words: ``l'ex-ministre`` has three."""
    found = []
    for match in re.finditer(r"\w+", text):
        plain = fold(match[0])
        singular = plain[:-1] if plain[-1] in "sx" and len(plain) > 3 else plain
        found.append(Word(match[0], plain, singular, *match.span()))
    return found


def key(phrase: str) -> Key:
    """Return the words to look for. An acronym is looked for in capitals only: ``OIT``, but not ``oit``."""
    return tuple(word if word.isupper() and len(word) > 1 else fold(word) for word in re.findall(r"\w+", phrase))


class Found(NamedTuple, Generic[E]):
    """An entry in a phrase: its first word, the word after its last, and the form of it that was found."""

    start: int
    end: int
    entry: E
    form: str


@lru_cache(maxsize=64)
def _index(kind: type[E], models: Path | None) -> dict[str, list[tuple[Key, E, str]]]:
    index: dict[str, list[tuple[Key, E, str]]] = defaultdict(list)
    for entry in entries(kind, models):
        for form in dict.fromkeys(entry.forms):
            index[key(form)[0]].append((key(form), entry, form))
    return index


def find(kind: type[E], text: Sequence[Word], models: Path | None = None) -> Iterator[Found[E]]:
    """Yield the entries of a list in a text from left to right, the longest ones, without overlap."""
    index, start = _index(kind, models), 0
    while start < len(text):
        fitting = [
            (parts, entry, form)
            for first in dict.fromkeys(text[start][:3])
            for parts, entry, form in index.get(first, ())
            if start + len(parts) <= len(text) and all(part in text[start + n][:3] for n, part in enumerate(parts))
        ]
        if not fitting:
            start += 1
            continue
        parts, entry, form = max(fitting, key=lambda candidate: len(candidate[0]))
        yield Found(start, start + len(parts), entry, form)
        start += len(parts)
