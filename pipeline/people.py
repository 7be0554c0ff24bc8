"""people: one record a person, out of the marks: names, functions, organisations, gender, country and sector.

Mentions of one person are brought together by their names (`pipeline.persons.names`), functions are given to the person
beside whom they stand or whose function they repeat (`pipeline.persons.roles`). Gender comes from French forms alone: a
civility, the form of a function, its article. Writes the group ``people``: spans Person, Role and Organisation whose
``id_`` is the speaker; ``attrs["mentions"]`` holds them as records, ``attrs["takes_part"]`` the persons whom the report
shows in a function.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from pipeline import countries, lexicon
from pipeline.layers import Place, store
from pipeline.persons.names import Person, gather, mended
from pipeline.persons.roles import Linker, after_names, before_names, role_owner, single, word_before
from pipeline.records import Gender, Label, Mention, Sector, Span, Speaker
from pipeline.resources import models_dir

STATE_AFTER = re.compile(r"\s*,?\s*\(([^()]{2,60})\)")
ARTICLES: dict[str, Gender] = {"le": "M", "un": "M", "du": "M", "au": "M", "la": "F", "une": "F"}


def state_after(span: Span, text: str) -> str | None:
    """Return the state in the parenthesis right after a name: ``M. Diop (Sénégal)``."""
    found = STATE_AFTER.match(text, span.end)
    if found is None:
        return None
    named = [m for m in countries.find(found[1]) if m.label == "Country"]
    whole = [m for m in named if m.start == 0 and m.end == len(found[1])]
    return whole[0].iso3 if whole else None


def country_of(person: Person, text: str, sector: Sector | None) -> str | None:
    """Return the state that a person represents: in parentheses after the name, else the one named in the functions."""
    after = [iso3 for iso3 in (state_after(span, text) for span in person.spans) if iso3]
    if after:
        return after[0]
    if sector == "intergovernmental":
        return None
    named = [m.iso3 for role in person.roles for m in countries.find(role.text)]
    return Counter(named).most_common(1)[0][0] if named else None


def sector_of(person: Person, text: str, models: Path) -> Sector | None:
    """Return what kind of institution a person's functions tell, else that of a state whose delegate he is."""
    named = [lexicon.sector(r.text, of_state=bool(countries.find(r.text)), models=models) for r in person.roles]
    known = Counter(sector for sector in named if sector)
    if known:
        return known.most_common(1)[0][0]
    delegate = not person.roles and any(state_after(span, text) for span in person.spans)
    return "government" if delegate else None


def record(person: Person, text: str, models: Path) -> Speaker:
    """Return what is known of a person as a record."""
    sector = sector_of(person, text, models)
    return Speaker(
        speaker_id=person.speaker_id,
        person_id=person.speaker_id,
        name=person.name,
        gender=person.gender,
        country=country_of(person, text, sector),
        sector=sector,
        roles=sorted(person.roles, key=lambda span: span.start),
        organisations=sorted(person.organisations, key=lambda span: span.start),
        mentions=list(person.spans),
    )


class People:
    """Component: records of the persons that the marks show, in the group ``people``."""

    def __init__(self, name: str = "people", *, models: Path) -> None:
        self.name = name
        self.models = models

    def find(self, doc: Doc) -> tuple[list[Person], list[Mention]]:
        """Return the persons of a report, and the functions that nobody is known to hold."""
        text = doc.text
        marks = [mark for mark in doc.spans.get("marks", ()) if mark.label_ in ("Person", "Role")]
        marks += [*before_names(doc, marks, self.models), *after_names(doc, marks, self.models)]
        marks = [
            part
            for mark in mended(doc, marks, self.models)
            for part in (single(mark, self.models) if mark.label_ == "Role" else [mark])
        ]
        people = gather((mark for mark in marks if mark.label_ == "Person"), text, self.models)
        held = list(Linker(doc, people, self.models).link(marks))
        for mark, person in held:
            self._hold(person, mark, text)
        beside = {mark.start for mark, _ in held}
        free: list[Mention] = []
        for mark in marks:
            if mark.label_ == "Role" and mark.start not in beside:
                owner = role_owner(people, mark.text, mark.start_char)
                if owner is not None:
                    self._hold(owner, mark, text)
                else:
                    free.append(mention(_span(mark, text), "Role"))
        return people, free

    def _hold(self, person: Person, mark: DocSpan, text: str) -> None:
        """Note that a person holds a function, and what it shows of him."""
        role = _span(mark, text)
        person.roles.append(role)
        place = lexicon.institution(role.text, self.models)
        if place is not None:
            start, end = role.start + place[0], role.start + place[1]
            person.organisations.append(Span(start=start, end=end, text=text[start:end]))
        gender = lexicon.gender_of(role.text, models=self.models) or ARTICLES.get(word_before(mark))
        if gender:
            person.genders[gender] += 1

    def __call__(self, doc: Doc) -> Doc:
        people, free = self.find(doc)
        text = doc.text
        records = [record(person, text, self.models) for person in people]
        mentions = sorted([*mentions_of(people), *free], key=lambda m: (m.start, -m.end, m.label))
        places = [Place(m.start, m.end, m.label, m.speaker_id or "") for m in mentions]
        plain = [m.model_dump(exclude_none=True) for m in mentions]
        shown = [person.speaker_id for person in people if person.roles]
        store(doc, "people", records, places, mentions=plain, takes_part=shown)
        return doc


def mentions_of(people: Sequence[Person]) -> Iterator[Mention]:
    """Yield the spans that name persons or describe them."""
    for person in people:
        yield from (mention(span, "Person", person.speaker_id) for span in person.spans)
        yield from (mention(span, "Role", person.speaker_id) for span in person.roles)
        yield from (mention(span, "Organisation", person.speaker_id) for span in person.organisations)


def mention(span: Span, label: Label, speaker_id: str | None = None) -> Mention:
    """Return a span as a mention; the stage datasets numbers them."""
    return Mention(mention_id="", label=label, speaker_id=speaker_id, **span.model_dump())


def _span(mark: DocSpan, text: str) -> Span:
    return Span(start=mark.start_char, end=mark.end_char, text=text[mark.start_char : mark.end_char])


@Language.factory("people", assigns=["doc.spans"])
def make_people(nlp: Language, name: str, models: str | None = None) -> People:
    """Make the stage; `models` is the folder that holds ``people/``."""
    return People(name, models=Path(models) if models else models_dir())
