"""people: one record a person, out of the marks: names, functions, organisations, gender, country and sector.

Mentions of one person are brought together by their names, functions are given to the person beside whom they stand, or
whose function they repeat. Gender comes from French forms alone: a civility, the form of a function. Writes the group
``people``; its ``attrs["mentions"]`` holds the spans, ``attrs["takes_part"]`` the persons whom the report shows in a
function, so that they are speakers even where nothing is attributed to them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from pipeline import countries, lexicon
from pipeline.layers import Place, store
from pipeline.names import mended
from pipeline.records import Gender, Mention, Sector, Span, Speaker
from pipeline.resources import models_dir

ARTICLES: dict[str, Gender] = {"le": "M", "un": "M", "du": "M", "au": "M", "la": "F", "une": "F"}
PARTICLES = frozenset("de du des d la le l van von der den da dos el al ben bin ibn di del della y e ould".split())
GAP_BEFORE_NAME = 4  # words that may stand between a function and the name after it: a comma, titles
LOOK_BACK = 60  # signs before a name in which its civility stands
STATE_AFTER = re.compile(r"\s*,?\s*\(([^()]{2,60})\)")


def fold(name: str) -> str:
    """Return a name without case, accents, hyphens and points, single blanks between its words."""
    plain = unicodedata.normalize("NFKD", name.replace("œ", "oe").replace("Œ", "OE"))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return " ".join(re.findall(r"\w+", plain))


@dataclass
class Person:
    """What is known of one person while the report is read."""

    name: str
    words: frozenset[str]
    spans: list[Span] = field(default_factory=list)
    roles: list[Span] = field(default_factory=list)
    organisations: list[Span] = field(default_factory=list)
    genders: Counter[Gender] = field(default_factory=Counter)
    country: str | None = None
    speaker_id: str = ""

    @property
    def gender(self) -> Gender | None:
        """The gender that most forms show; none where they disagree evenly or there are none."""
        (first, count), (_, other) = [*self.genders.most_common(2), (None, 0), (None, 0)][:2]
        return first if count > other else None


def same_name(person: Person, words: frozenset[str], gender: Gender | None) -> bool:
    """Say whether a mention may name a person: one name is part of the other, and no civility speaks against it."""
    if gender and person.gender and person.gender != gender:
        return False
    longer, shorter = (person.words, words) if len(person.words) >= len(words) else (words, person.words)
    core = shorter - PARTICLES or shorter
    if core <= longer:
        return True
    initials = {w for w in core if len(w) == 1}
    return bool(core - initials) and core - initials <= longer and all(any(w[0] == i for w in longer) for i in initials)


def find_person(people: Sequence[Person], words: frozenset[str], gender: Gender | None) -> Person | None:
    """Return the person a name refers to: an equal name first, then the one named last."""
    fitting = [p for p in people if same_name(p, words, gender)]
    equal = [p for p in fitting if p.words == words]
    return max(equal or fitting, key=lambda p: p.spans[-1].start, default=None)


def slug(name: str) -> str:
    """Return a name as an identifier: ``william-lacy-swing``."""
    return fold(name).replace("_", " ").replace(" ", "-") or "person"


def is_full(words: frozenset[str]) -> bool:
    return len(words - PARTICLES) > 1


def gather(marks: Iterable[DocSpan], text: str) -> list[Person]:
    """Bring the mentions of each person together, in the order of the text."""
    people: list[Person] = []
    for mark in marks:
        words = frozenset(fold(mark.text).split())
        if not words:
            continue
        title = civility(text, mark.start_char)
        gender = lexicon.gender_of("", title)
        person = find_person(people, words, gender)
        span = Span(start=mark.start_char, end=mark.end_char, text=text[mark.start_char : mark.end_char])
        if person is None:
            person = Person(name=span.text, words=words)
            people.append(person)
        if len(words) > len(person.words):
            person.name, person.words = span.text, words
        person.spans.append(span)
        if gender:
            person.genders[gender] += 1
    return people


def civility(text: str, start: int) -> str:
    """Return the titles right before a name, such as ``S.E. Mme``; empty where there is none."""
    before = text[max(0, start - LOOK_BACK) : start]
    found: list[str] = []
    words = before.split()
    while words and lexicon.is_title(words[-1].lstrip('(«"“:')):
        found.insert(0, words.pop().lstrip('(«"“:'))
    return " ".join(found)


def name_people(people: Sequence[Person]) -> None:
    """Give each person an identifier of its own in the report."""
    seen: Counter[str] = Counter()
    for person in people:
        person.name = " ".join(person.name.split())
        base = slug(person.name)
        seen[base] += 1
        person.speaker_id = base if seen[base] == 1 else f"{base}-{seen[base]}"


def between(doc: Doc, first: int, last: int) -> list[str]:
    """Return the words from token `first` to before `last`, without white space, in lower case."""
    return [token.lower_ for token in doc[first:last] if not token.is_space]


def linked_before(gap: Sequence[str]) -> bool:
    """Say whether a function and the name after it belong together, by what stands between."""
    rest = [word for word in gap if not lexicon.is_title(word)]
    return (
        len(gap) <= GAP_BEFORE_NAME + 2
        and all(word in {",", ":", "(", "le", "la", "l'", "l’", ".", "l'honorable"} for word in rest)
        and len(rest) <= 2
    )


def linked_after(gap: Sequence[str]) -> bool:
    """Say whether a name and the function after it belong together, by what stands between.

    A parenthesis (the country of the person, an age), an article or a copula may stand there; another clause may not.
    """
    rest: list[str] = []
    depth = 0
    for word in gap:
        depth += word == "("
        if depth == 0:
            rest.append(word)
        depth -= word == ")"
    if depth > 0:
        rest = list(gap)
    plain = {
        ",",
        "(",
        "le",
        "la",
        "l'",
        "l’",
        "un",
        "une",
        "est",
        "et",
        "qui",
        "alors",
        "ancien",
        "ancienne",
        "nouveau",
        "nouvelle",
        "son",
        "sa",
        "également",
        "aussi",
        "en",
        "qualité",
        "de",
        "tant",
        "que",
        "-",
        "–",
    }
    return len(rest) <= 5 and all(word in plain for word in rest) and bool(rest)


class Linker:
    """Gives the functions of a report to its persons."""

    def __init__(self, doc: Doc, people: Sequence[Person]) -> None:
        self.doc = doc
        self.people = people
        self.owner = {span.start: person for person in people for span in person.spans}

    def link(self, marks: Sequence[DocSpan]) -> Iterator[tuple[DocSpan, Person]]:
        """Yield the functions that stand beside a name, each with its person."""
        previous: tuple[DocSpan, Person] | None = None
        for n, mark in enumerate(marks):
            if mark.label_ != "Role":
                continue
            person = self._beside(marks, n, previous)
            if person is not None:
                previous = (mark, person)
                yield mark, person

    def _beside(self, marks: Sequence[DocSpan], n: int, previous: tuple[DocSpan, Person] | None) -> Person | None:
        mark = marks[n]
        before = marks[n - 1] if n else None
        after = next((m for m in marks[n + 1 : n + 3] if m.label_ == "Person"), None)
        if (
            after is not None
            and marks[n + 1].label_ == "Role"
            and between(self.doc, mark.end, marks[n + 1].start) not in ([","], ["et"], [",", "et"])
        ):
            after = None
        article = self.doc[mark.start - 1].lower_ if mark.start else ""
        led = article in ("le", "la", "l'", "l’", "du", "au", "son", "sa", "notre")
        named_after = (
            after is not None and marks[n + 1] is after and linked_before(between(self.doc, mark.end, after.start))
        )
        if before is not None and before.label_ == "Person":
            gap = between(self.doc, before.end, mark.start)
            if linked_after(gap) and not (led and named_after):
                return self.owner.get(before.start_char)
        if named_after and after is not None:
            return self.owner.get(after.start_char)
        if before is not None and before.label_ == "Role" and previous is not None and previous[0] is before:
            gap = between(self.doc, before.end, mark.start)
            if len(gap) <= 4 and all(
                word in {",", "et", "le", "la", "l'", "l’", "de", "puis", "ainsi", "que", "ancien", "ancienne"}
                for word in gap
            ):
                return previous[1]
        if (
            after is not None
            and marks[n + 1].label_ == "Role"
            and linked_before(between(self.doc, marks[n + 1].end, after.start))
        ):
            return self.owner.get(after.start_char)
        return None


def head_words(role: str) -> list[str]:
    """Return the folded words of a function, without articles and prepositions."""
    return [
        word
        for word in fold(role).split()
        if word not in PARTICLES and word not in {"a", "au", "aux", "l", "d", "et", "en", "pour"}
    ]


def repeats(short: str, full: str) -> bool:
    """Say whether a function standing alone repeats a person's: the same head noun, and no word that is not in it."""
    few, many = head_words(short), head_words(full)
    return bool(few) and bool(many) and few[0] == many[0] and set(few) <= set(many)


def role_owner(people: Sequence[Person], role: str, place: int) -> Person | None:
    """Return the person whose function a function standing alone repeats: the last before it, else the first after."""
    fitting = [p for p in people if any(repeats(role, r.text) for r in p.roles)]
    before = [p for p in fitting if p.spans[0].start < place]
    if before:
        return max(
            before, key=lambda p: max(s.start for s in [*p.spans, *p.roles] if s.start < place or s is p.spans[0])
        )
    same = [
        p for p in fitting if any(head_words(role) == head_words(r.text) for r in p.roles) and len(head_words(role)) > 1
    ]
    return min(same, key=lambda p: p.spans[0].start, default=None)


def state_after(span: Span, text: str) -> str | None:
    """Return the state in the parenthesis right after a name: ``M. Diop (Sénégal)``."""
    found = STATE_AFTER.match(text, span.end)
    if found is None:
        return None
    names = [m for m in countries.find(found[1]) if m.label == "Country" and m.start == 0 and m.end == len(found[1])]
    return names[0].iso3 if names else None


def country_of(person: Person, text: str, sector: Sector | None) -> str | None:
    """Return the state that a person represents: in parentheses after the name, else the last named in a function."""
    after = [iso3 for iso3 in (state_after(span, text) for span in person.spans) if iso3]
    if after:
        return after[0]
    if sector == "intergovernmental":
        return None
    named = [m.iso3 for role in person.roles for m in countries.find(role.text)]
    return Counter(named).most_common(1)[0][0] if named else None


def organisation(role: Span, text: str) -> Span | None:
    """Return the institution inside a function: from its first capital after the head noun to the end."""
    found = lexicon.institution(role.text)
    if found is None:
        return None
    start, end = role.start + found[0], role.start + found[1]
    return Span(start=start, end=end, text=text[start:end])


class People:
    """Component: records of the persons that the marks show, in the group ``people``."""

    def __init__(self, name: str = "people", *, models: Path) -> None:
        self.name = name
        self.models = models

    def find(self, doc: Doc) -> tuple[list[Person], list[tuple[DocSpan, Person]]]:
        """Return the persons of a report, and its functions with the persons who hold them."""
        text = doc.text
        marks = mended(doc, [m for m in doc.spans.get("marks", []) if m.label_ in ("Person", "Role")])
        people = gather((m for m in marks if m.label_ == "Person"), text)
        name_people(people)
        held = list(Linker(doc, people).link(marks))
        for mark, person in held:
            self._hold(person, mark, text)
        beside = {mark.start for mark, _ in held}
        for mark in marks:
            if mark.label_ == "Role" and mark.start not in beside:
                owner = role_owner(people, mark.text, mark.start_char)
                if owner is not None:
                    self._hold(owner, mark, text)
                    held.append((mark, owner))
        return people, held

    @staticmethod
    def _hold(person: Person, mark: DocSpan, text: str) -> None:
        role = Span(start=mark.start_char, end=mark.end_char, text=text[mark.start_char : mark.end_char])
        person.roles.append(role)
        found = organisation(role, text)
        if found is not None:
            person.organisations.append(found)
        article = mark.doc[mark.start - 1].lower_ if mark.start else ""
        gender = lexicon.gender_of(role.text) or ARTICLES.get(article)
        if gender:
            person.genders[gender] += 1

    def __call__(self, doc: Doc) -> Doc:
        people, held = self.find(doc)
        text = doc.text
        records = [record(person, text) for person in people]
        mentions = [_mention(span, "Person", p) for p in people for span in p.spans]
        mentions += [_mention(span, "Role", p) for p in people for span in p.roles]
        mentions += [_mention(span, "Organisation", p) for p in people for span in p.organisations]
        taken = {mark.start_char for mark, _ in held}
        for mark in doc.spans.get("marks", []):
            if mark.label_ == "Role" and mark.start_char not in taken:
                mentions.append(
                    Mention(
                        mention_id="",
                        label="Role",
                        start=mark.start_char,
                        end=mark.end_char,
                        text=text[mark.start_char : mark.end_char],
                    )
                )
        mentions.sort(key=lambda m: (m.start, -m.end, m.label))
        places = [Place(m.start, m.end, m.label, m.speaker_id or "") for m in mentions]
        plain = [m.model_dump(exclude_none=True) for m in mentions]
        store(doc, "people", records, places, mentions=plain, takes_part=[p.speaker_id for p in people if p.roles])
        return doc


def record(person: Person, text: str) -> Speaker:
    """Return what is known of a person as a record."""
    sectors = [lexicon.sector(role.text, of_state=bool(countries.find(role.text))) for role in person.roles]
    known = Counter(sector for sector in sectors if sector)
    sector = known.most_common(1)[0][0] if known else None
    if not person.roles and any(state_after(span, text) for span in person.spans):
        sector = "government"  # M. Diop (Sénégal) speaks for his state
    return Speaker(
        speaker_id=person.speaker_id,
        person_id=person.speaker_id,
        name=person.name,
        gender=person.gender,
        country=country_of(person, text, sector),
        sector=sector,
        roles=sorted(person.roles, key=lambda s: s.start),
        organisations=sorted(person.organisations, key=lambda s: s.start),
        mentions=list(person.spans),
    )


def _mention(span: Span, label: str, person: Person) -> Mention:
    return Mention(
        mention_id="", label=label, start=span.start, end=span.end, text=span.text, speaker_id=person.speaker_id
    )


@Language.factory("people", assigns=["doc.spans"])
def make_people(nlp: Language, name: str, models: str | None = None) -> People:
    """Make the stage; `models` is the folder that holds ``people/``."""
    return People(name, models=Path(models) if models else models_dir())
