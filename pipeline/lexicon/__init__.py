"""What the word lists of ``models/`` say of a phrase: the type of a source; gender, sector and institution of a role.

All look at words alone, without parse, names or countries: a first guess, and evidence for the stages that know more.
The entry of a cue is found by `pipeline.lexicon.cue_entries`. `models` is a folder made like ``models/``, ours if None.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from pipeline.lexicon.cue_entries import cue, cue_of, preposition_at
from pipeline.lexicon.wordlists import (
    Capital,
    Collective,
    CueEntry,
    DocumentHead,
    Ending,
    Entry,
    Found,
    Function,
    GivenName,
    Institution,
    OrganisationHead,
    Pronoun,
    Representative,
    Title,
    Word,
    entries,
    find,
    words,
)
from pipeline.records import Gender, Sector, SourceType

__all__ = [
    "CueEntry",
    "capital",
    "cue",
    "cue_of",
    "gender_of",
    "given_to",
    "institution",
    "is_function",
    "is_title",
    "preposition_at",
    "sector",
    "source_type",
]

# Closed classes of French grammar, not vocabulary; folded.
LINKS = frozenset({"a", "au", "aux", "d", "de", "des", "du", "l", "la", "le", "les", "dans", "pour", "son", "sa"})
NUMERALS = frozenset({"deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "vingt", "cent"})
INDEFINITE = frozenset({"un", "une", "des"}) | NUMERALS
SENT_TO = frozenset({"aupres", "pres"})
END_OF_ADJECTIVES = LINKS | SENT_TO | {"en", "par", "sur", "sous", "chez", "contre", "et", "qui", "que"}
ARTICLED = frozenset(
    {"le", "la", "les", "l", "un", "une", "des", "de", "d", "son", "sa", "ses", "leur", "ce", "cet", "cette"}
)
FEMININE = frozenset({"la", "une", "cette", "sa"})
MASCULINE = frozenset({"le", "un", "ce", "cet"})
# What ends the name of an institution in a role: a country in parentheses, a place, a mission.
ASIDE = re.compile(r",? \((?=[A-ZÉÎ][a-zéèç])|, (?:à|au|aux|en|dans) |,? (?:auprès|près|chargée?s?) ")
PLACE = re.compile(ASIDE.pattern + r"| (?:à|au|aux|en|pour|dans) ")
NAMED = 3  # weight from which an entry of institutions.csv names an institution, not a field
SURNAME = 5  # letters from which a word in capitals that no list has is taken for a surname
TYPES: tuple[tuple[type[Entry], SourceType], ...] = (  # of two heads that begin at one word, the one that stands first
    (Function, "person"),
    (DocumentHead, "document"),
    (Collective, "collective"),
    (OrganisationHead, "organisation"),
    (Institution, "organisation"),
)


@lru_cache(maxsize=2)
def _title_genders(models: Path | None) -> dict[str, Gender | None]:
    return {entry.title: entry.gender for entry in entries(Title, models)}


@lru_cache(maxsize=2)
def _title_words(models: Path | None) -> frozenset[str]:
    words_of = (word for title in _title_genders(models) for word in title.split())
    found = {word for word in words_of if word[0].isupper() and word.lower() not in {"le", "la"}}
    return frozenset(found | {word.lower() for word in found if len(word) > 2 or word.endswith(".")})


def is_title(word: str, models: Path | None = None) -> bool:
    """Say whether a word before a name belongs to a title, not to the name: ``M.``, ``Mme``, ``Excellence``."""
    return word in _title_words(models)


def is_civility(word: str, models: Path | None = None) -> bool:
    """Say whether a word is a civility, after which a name must come: ``M.``, ``Mme``."""
    return word in _civilities(models)


@lru_cache(maxsize=2)
def _civilities(models: Path | None) -> frozenset[str]:
    return frozenset(entry.title for entry in entries(Title, models) if entry.kind == "civility")


def is_function(word: str, models: Path | None = None) -> bool:
    """Say whether a word is the head of a function by itself."""
    return any(True for _ in find(Function, words(word), models))


def gender_of(role: str, title: str | None = None, models: Path | None = None) -> Gender | None:
    """Return the gender that a title or the French form of a function shows; None where neither does.

    The title decides: a woman may be addressed as ``Mme l'Ambassadeur``.
    """
    genders = _title_genders(models)
    shown = [genders.get(part) for part in (title or "", *(title or "").split())]
    return next((gender for gender in shown if gender), None) or _gender_of_role(role, models)


def _gender_of_role(role: str, models: Path | None) -> Gender | None:
    text = words(role)
    found = next(find(Function, text, models), None)
    if found is None or _is_plural(text[found.start : found.end], found.form):
        return None
    if found.form not in found.entry.feminine:
        return "M"
    return "F" if found.form != found.entry.function else _agreement(text, found, models)


def _is_plural(text: Sequence[Word], form: str) -> bool:
    return any(word.plain not in (word.singular, listed.plain) for word, listed in zip(text, words(form), strict=False))


def _agreement(text: Sequence[Word], found: Found[Function], models: Path | None) -> Gender | None:
    """Gender of the words that agree with an epicene noun: ``la ministre``, ``ministre déléguée``."""
    before = text[max(0, found.start - 1) : found.start]
    if before and before[0].plain in FEMININE | MASCULINE:
        return "F" if before[0].plain in FEMININE else "M"
    adjectives = [*before, *itertools.takewhile(lambda word: word.plain not in END_OF_ADJECTIVES, text[found.end :])]
    for adjective in adjectives:
        for ending in entries(Ending, models):
            if adjective.text.lower().endswith(ending.feminine):
                return "F"
            if adjective.text.lower().endswith(ending.masculine):
                return "M"
    return None


def capital(name: str, models: Path | None = None) -> str | None:
    """Return the state whose government the name of a city stands for, as ISO 3166-1 alpha-3; None for other names."""
    return _capitals(models).get(tuple(word.plain for word in words(name)))


@lru_cache(maxsize=2)
def _capitals(models: Path | None) -> dict[tuple[str, ...], str]:
    return {tuple(word.plain for word in words(entry.city)): entry.iso3 for entry in entries(Capital, models)}


def given_to(name: str, models: Path | None = None) -> Gender | None:
    """Return whom the given name in a full name is mostly given to; None for an unknown name, or one of both.

    The given name is the first word that is not in capitals: ``TRAORÉ Awa``.
    """
    parts = words(name)
    given = next((word for word in parts if not word.text.isupper()), parts[0] if parts else None)
    return _given_names(models).get(given.plain) if given else None


@lru_cache(maxsize=2)
def _given_names(models: Path | None) -> dict[str, Gender]:
    return {words(entry.name)[0].plain: entry.gender for entry in entries(GivenName, models)}


def sector(role: str, *, of_state: bool = False, models: Path | None = None) -> Sector | None:
    """Return the kind of institution that a role or the name of an organisation tells; None where it tells none.

    The heaviest entry decides, of equal ones the first. Functions of no weight count where they stand alone or belong
    to a state (`of_state`: the role names one, ``représentante de la Suède``).
    """
    text = _without_seat(words(role))
    places = list(find(Institution, text, models))
    taken = {n for found in places if found.end - found.start > 1 for n in range(found.start, found.end)}
    votes = [(found.entry.weight, -found.start, found.entry.sector) for found in places]
    for function in find(Function, text, models):
        bare = function.start == 0 and function.end == len(text)
        decides = function.entry.weight > 0 or bare or of_state
        if function.entry.sector and decides and not taken.issuperset(range(function.start, function.end)):
            votes.append((function.entry.weight, -function.start, function.entry.sector))
    return max(votes, key=lambda vote: vote[:2])[2] if votes else None


def institution(role: str, models: Path | None = None) -> tuple[int, int] | None:
    """Return the code points, in a role, of the institution that its holder represents; None where it names none.

    Members of a government and envoys of a state represent none; a division gives way to what it belongs to.
    """
    text = _without_seat(words(role))
    head = next(find(Function, text, models), None)
    of_state = head is not None and head.entry.sector == "government" and head.entry.weight >= NAMED
    links = {"au"} if of_state else LINKS  # Secrétaire permanent au Ministère …, but Ministre de …
    after = head.end if head else 0
    named = [(f.start, f.end) for f in find(Institution, text, models) if f.entry.weight >= NAMED]
    named += [(n, n + 1) for n, word in enumerate(text) if word.text.isupper() and len(word.text) > 1]
    plain = [(f.start, f.end) for f in find(OrganisationHead, text, models)]
    linked = [
        (start, end)
        for start, end in sorted(named, key=lambda place: (place[0], -place[1])) + sorted(plain)
        if start >= after and (start == 0 or text[start - 1].plain in links)
    ]
    if not linked:
        return None
    start, end = linked[0]
    last = text[end - 1].end
    proper = end - start > 1 or text[start].text.isupper()
    rest = (PLACE if proper else ASIDE).split(role[last:], maxsplit=1)[0]
    return text[start].start, last + len(rest.rstrip(" ,"))


def _without_seat(text: list[Word]) -> list[Word]:
    """Leave out what follows ``auprès de``: where a person is sent, not whom he represents."""
    return text[: next((n for n, word in enumerate(text) if n and word.plain in SENT_TO), len(text))]


@lru_cache(maxsize=4096)
def source_type(phrase: str, models: Path | None = None) -> SourceType | None:
    """Return the type of source that the head of a phrase tells; None where the lists do not know it.

    Names of states are not known here. Several or indefinite persons and institutions are an unnamed group.
    """
    text = words(phrase)
    pronoun = next(find(Pronoun, text, models), None)
    if pronoun and pronoun.start == 0 and pronoun.end == len(text):
        return pronoun.entry.types[0]
    head = _head(text, models)
    if head is None:
        return _type_of_name(text)
    word, form, type_ = head
    if type_ == "document":
        return type_
    several = (word is not text[0] and text[0].plain in INDEFINITE) or _is_plural([word], form)
    return "collective" if several and not word.text.isupper() else type_


def _head(text: Sequence[Word], models: Path | None) -> tuple[Word, str, SourceType] | None:
    """Return the first word of the head, its form in the list, and its type: of the entry that begins first."""
    heads: list[tuple[int, int, str, SourceType]] = []
    name = len(text) > 1 and all(word.text[0].isupper() for word in text)
    for rank, (kind, type_) in enumerate(TYPES):
        if not name or type_ == "organisation":
            heads += [(found.start, rank, found.form, type_) for found in find(kind, text, models)]
    quantifier = next((found for found in find(Collective, text, models) if found.entry.kind == "quantifier"), None)
    if quantifier and quantifier.start == 0:
        rest = _head(text[quantifier.end :], models)
        return rest if rest and rest[2] == "document" else (text[0], quantifier.form, "collective")
    if not heads:
        return None
    start, _, form, type_ = min(heads, key=lambda head: head[:2])
    return text[start], form, type_


def _type_of_name(text: Sequence[Word]) -> SourceType | None:
    """Tell by capitals: a short word all in capitals is an institution, any other name a person."""
    capitals = [word for word in text if word.text[0].isupper()]
    if not capitals:
        return None
    if text[0].plain in ("les", "des", "ces"):
        return "collective"
    acronym = len(text) == 1 and text[0].text.isupper() and 1 < len(text[0].text) < SURNAME
    return "organisation" if acronym else "person"


def representative(phrase: str, models: Path | None = None) -> Representative | None:
    """Return the entry of a phrase whose head speaks for a state: ``la délégation du Mali``; None for any other."""
    text = words(phrase)
    first = next((n for n, word in enumerate(text) if word.plain not in ARTICLED), 0)
    return next((found.entry for found in find(Representative, text, models) if found.start == first), None)


def stands_alone(phrase: str, models: Path | None = None) -> bool:
    """Say whether a phrase works as a pronoun by itself: ``l'orateur``, ``la représentante``."""
    text = words(phrase)
    return any(found.start == 0 and found.end == len(text) for found in find(Pronoun, text, models))
