"""Names: how they are compared, which mentions are one person's, and those that the recogniser missed."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from pathlib import Path

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from pipeline import lexicon
from pipeline.lexicon.grammar import grammar
from pipeline.records import Gender, Span

LONGEST = 5  # words of a name after a civility
CIVILITY = 3  # how much more a civility tells of a gender than the form of a function
NAMING = frozenset({"PROPN", "NOUN", "X"})  # tags that names get
LOOK_BACK = 60  # code points before a name in which its titles stand


@dataclass
class Person:
    """What is known of one person while a report is read."""

    name: str
    words: frozenset[str]
    spans: list[Span] = field(default_factory=list)
    roles: list[Span] = field(default_factory=list)
    organisations: list[Span] = field(default_factory=list)
    genders: Counter[Gender] = field(default_factory=Counter)
    speaker_id: str = ""

    @property
    def gender(self) -> Gender | None:
        """The gender that most forms show; none where they disagree evenly or there are none."""
        ranked = self.genders.most_common(2)
        if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
            return None
        return ranked[0][0]


@lru_cache(maxsize=50_000)
def fold(name: str) -> str:
    """Return a name without case, accents, hyphens and points, single blanks between its words."""
    plain = unicodedata.normalize("NFKD", name.replace("œ", "oe").replace("Œ", "OE"))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return " ".join(re.findall(r"\w+", plain))


def slug(name: str) -> str:
    """Return a name as an identifier: ``awa-marie-ndiaye``."""
    return fold(name).replace("_", " ").replace(" ", "-") or "person"


def same_name(person: Person, words: frozenset[str], gender: Gender | None) -> bool:
    """Say whether a mention may name a person: one name is part of the other, and no civility speaks against it."""
    if gender and person.gender and person.gender != gender:
        return False
    return covers(person.words, words) or covers(words, person.words)


def covers(longer: frozenset[str], shorter: frozenset[str]) -> bool:
    """Say whether the words of a name are among those of another, its initials those of words there."""
    core = shorter - grammar("name particles") or shorter
    initials = {word for word in core if len(word) == 1}
    whole = core - initials
    if not whole:
        return core <= longer
    return whole <= longer and all(any(word[0] == initial for word in longer) for initial in initials)


def find_person(people: Sequence[Person], words: frozenset[str], gender: Gender | None) -> Person | None:
    """Return the person a name refers to: an equal name first, then the one named last."""
    fitting = [person for person in people if same_name(person, words, gender)]
    equal = [person for person in fitting if person.words == words]
    return max(equal or fitting, key=lambda person: person.spans[-1].start, default=None)


def gather(marks: Iterable[DocSpan], text: str, models: Path) -> list[Person]:
    """Bring the mentions of each person together, and give each person an identifier; in the order of the text."""
    people: list[Person] = []
    for mark in marks:
        words = frozenset(fold(mark.text).split())
        if not words:
            continue
        gender = lexicon.gender_of("", titles(text, mark.start_char, models), models)
        person = find_person(people, words, gender)
        span = Span(start=mark.start_char, end=mark.end_char, text=text[mark.start_char : mark.end_char])
        if person is None:
            person = Person(name=span.text, words=words)
            people.append(person)
        if len(words) > len(person.words):
            person.name, person.words = span.text, words
        person.spans.append(span)
        if gender:
            person.genders[gender] += CIVILITY
    identify(people)
    return people


def identify(people: Iterable[Person]) -> None:
    """Give each person an identifier of its own in the report."""
    seen: Counter[str] = Counter()
    for person in people:
        person.name = " ".join(person.name.split())
        base = slug(person.name)
        seen[base] += 1
        person.speaker_id = base if seen[base] == 1 else f"{base}-{seen[base]}"


def titles(text: str, start: int, models: Path) -> str:
    """Return the titles right before a name, such as ``S.E. Mme``; empty where there is none."""
    words = [word.lstrip('(«"“:') for word in text[max(0, start - LOOK_BACK) : start].split()]
    found: list[str] = []
    while words and lexicon.is_title(words[-1], models):
        found.insert(0, words.pop())
    return " ".join(found)


def mended(doc: Doc, marks: Sequence[DocSpan], models: Path) -> list[DocSpan]:
    """Return the marks of persons and functions with the names mended, in the order of the text.

    Some constructions are sure: capitals after a civility are a name (``Mme Okonkwo``), so are those beside a function
    or before an age, and two names that only a particle parts are one (``Inés Ruiz de Vega``).
    """
    taken = {token.i for mark in marks for token in mark}
    found: list[DocSpan] = []
    rules = (
        titled(doc, models),
        beside_functions(doc, marks, models),
        before_functions(doc, models),
        aged(doc, models),
    )
    for span in chain.from_iterable(rules):
        if taken.isdisjoint(range(span.start, span.end)):
            taken.update(range(span.start, span.end))
            found.append(span)
    whole: list[DocSpan] = []
    marks = [mark for mark in marks if mark.label_ != "Person" or not of_a_place(mark)]
    for mark in sorted([*marks, *found], key=lambda mark: mark.start):
        persons = whole and mark.label_ == whole[-1].label_ == "Person"
        if persons and parted_by_particle(doc[whole[-1].end : mark.start]):
            whole[-1] = DocSpan(doc, whole[-1].start, mark.end, label="Person")
        else:
            whole.append(mark)
    return whole


def parted_by_particle(between: DocSpan) -> bool:
    """Say whether nothing but one particle of a name stands between two names."""
    words = [token.lower_ for token in between if not token.is_space]
    return len(words) == 1 and words[0] in grammar("name particles")


def titled(doc: Doc, models: Path) -> Iterator[DocSpan]:
    """Yield the names after a civility."""
    for token in doc[:-1]:
        if lexicon.is_civility(token.text, models):
            first = token.i + 1
            while first + 1 < len(doc) and doc[first].is_space:
                first += 1
            last = run(doc, first, models)
            if last > first:
                yield DocSpan(doc, first, last, label="Person")


def of_a_place(mark: DocSpan) -> bool:
    """Say whether a name belongs to what was named after the person: ``l'aéroport Blaise-Diagne``."""
    before = mark.doc[mark.start - 1] if mark.start else None
    return before is not None and before.lower_ in grammar("named after persons")


def beside_functions(doc: Doc, marks: Sequence[DocSpan], models: Path) -> Iterator[DocSpan]:
    """Yield the names of two words or more that a function leads to: ``la ministre des finances, Ana Sousa, …``."""
    for mark in marks:
        if mark.label_ == "Role":
            first = mark.end
            while first < len(doc) and (doc[first].text == "," or lexicon.is_title(doc[first].text, models)):
                first += 1
            last = run(doc, first, models)
            if last - first > 1 and doc[first].is_title:
                yield DocSpan(doc, first, last, label="Person")


def before_functions(doc: Doc, models: Path) -> Iterator[DocSpan]:
    """Yield the names of two words or more before a function: ``Ana Sousa, vice-ministre des finances, …``."""
    for token in doc[2:-1]:
        following = doc[token.i + 1]
        if token.text == "," and following.lower_ in grammar("definite articles") and token.i + 2 < len(doc):
            following = doc[token.i + 2]
        if token.text == "," and lexicon.is_function(following.text, models):
            first = start_of_run(doc, token.i, models)
            name = DocSpan(doc, first, token.i, label="Person")
            written = len(name) > 1 and name[0].is_title and all(word.pos_ in NAMING for word in name)
            if written and lexicon.source_type(name.text, models) == "person":
                yield name


def start_of_run(doc: Doc, last: int, models: Path) -> int:
    """Return the first token of a run of capitals that ends before a token."""
    first = last
    while first > 0 and last - first < LONGEST and is_name(doc[first - 1], models):
        first -= 1
    return first


def aged(doc: Doc, models: Path) -> Iterator[DocSpan]:
    """Yield the names before an age: ``Stella, 61 ans``."""
    for token in doc[3:-1]:
        if token.lower_ == "ans" and doc[token.i - 2].text == "," and doc[token.i + 1].is_punct:
            last = token.i - 2
            first = start_of_run(doc, last, models)
            if last > first:
                yield DocSpan(doc, first, last, label="Person")


def run(doc: Doc, first: int, models: Path) -> int:
    """Return the token after a run of capitals, with particles between them, that begins at a token."""
    last = end = first
    while last < len(doc) and last - first < LONGEST:
        if is_name(doc[last], models):
            last += 1
            end = last
        elif doc[last].lower_ in grammar("name particles"):
            last += 1
        else:
            break
    return end


def is_name(token: Token, models: Path) -> bool:
    """Say whether a word is written as a name is: a capital, and letters; neither a title nor a function."""
    written = token.text[:1].isupper() and any(sign.isalpha() for sign in token.text)
    return written and not lexicon.is_title(token.text, models) and not lexicon.is_function(token.text, models)
