"""For whom a pronoun or a function stands: the antecedent among the entities of the text before it.

Entities are the persons that were named, the sources of earlier claims, and the subjects of the last sentences. A
linear `Ranker` weighs agreement, distance and what each did last; nobody (``none``) is among the candidates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.learning.ranker import Ranker, probabilities
from pipeline.lexicon.grammar import grammar
from pipeline.persons.roles import head_words, repeats
from pipeline.speech.view import bucket

PERSONS, OTHERS = 8, 6  # how many entities of each sort are weighed


@dataclass
class Entity:
    """Something that the text has mentioned, with where it did so last. Places are code points."""

    key: str
    kind: str  # a source type
    start: int
    sentence: int
    paragraph: int
    gender: str = ""
    number: str = ""
    subject: bool = False
    source: bool = False
    first: bool = False
    mentions: int = 1
    speaker_id: str | None = None
    iso3: str | None = None
    roles: Sequence[str] = ()
    given: str = ""  # whom the given name is mostly given to, where no form of the report shows a gender


@dataclass(frozen=True)
class Anaphor:
    """A pronoun or function whose antecedent is sought."""

    text: str
    start: int
    sentence: int
    paragraph: int
    gender: str = ""
    number: str = ""
    function: bool = False
    determiner: str = ""
    inside: bool = False


class Discourse:
    """The entities of a report so far, each once, with its last mention."""

    def __init__(self) -> None:
        self.entities: dict[str, Entity] = {}
        self.last_source: str | None = None

    def mention(self, entity: Entity) -> None:
        """Note a mention, or the first."""
        known = self.entities.get(entity.key)
        if known is None:
            self.entities[entity.key] = entity
            return
        known.mentions += 1
        if entity.start >= known.start:
            known.start, known.sentence, known.paragraph = entity.start, entity.sentence, entity.paragraph
            known.subject, known.first = entity.subject, entity.first
        known.source |= entity.source
        known.gender = known.gender or entity.gender

    def attribute(self, key: str | None) -> None:
        """Note that a claim was attributed to an entity."""
        if key is not None and key in self.entities:
            self.entities[key].source = True
            self.last_source = key

    def before(self, place: int) -> list[Entity]:
        """Return the entities worth weighing for something at a place, the nearest first."""
        near = sorted((e for e in self.entities.values() if e.start < place), key=lambda e: -e.start)
        persons = [e for e in near if e.kind == "person"][:PERSONS]
        return sorted([*persons, *[e for e in near if e.kind != "person"][:OTHERS]], key=lambda e: -e.start)


def gender_of(text: str) -> str:
    """Return M or F for a pronoun; empty for what shows none."""
    last = text.lower().split()[-1].lstrip("-").removeprefix("t-")
    return "M" if last in grammar("masculine") else "F" if last in grammar("feminine") else ""


def number_of(text: str) -> str:
    """Return Sing or Plur for a pronoun."""
    return "Plur" if text.lower().split()[-1].lstrip("-").removeprefix("t-") in grammar("plural") else "Sing"


def agreement(anaphor: Anaphor, one: Entity) -> str:
    """Whether the genders agree: ``~`` before what only a given name says, ``?`` where nothing is known."""
    if not anaphor.gender or not (one.gender or one.given):
        return "?"
    return str(anaphor.gender == one.gender) if one.gender else f"~{anaphor.gender == one.given}"


def features(anaphor: Anaphor, entities: Sequence[Entity], last_source: str | None) -> list[list[str]]:
    """Return the features of each entity, and last of nobody."""
    rows = []
    persons = 0
    form = "function" if anaphor.function else anaphor.text.lower().lstrip("-")
    for rank, one in enumerate(entities):
        gap = anaphor.sentence - one.sentence
        gender = agreement(anaphor, one)
        number = "?" if not anaphor.number or not one.number else str(anaphor.number == one.number)
        persons += one.kind == "person"
        last = one.key == last_source
        same = one.paragraph == anaphor.paragraph
        match = any(repeats(anaphor.text, role) for role in one.roles) if anaphor.function else False
        order = persons if one.kind == "person" else 0
        values = {
            "kind": one.kind,
            "gap": bucket(min(gap, 12)),
            "gen": gender,
            "num": number,
            "rank": min(rank, 6),
            "order": min(order, 6),
            "last": last,
            "same": same,
            "subj": one.subject,
            "src": one.source,
            "first": one.first,
            "many": min(one.mentions, 4),
            "match": match,
            "spk": one.speaker_id is not None,
        }
        form_kind = f"{form if not anaphor.function else 'function'}|{one.kind}"
        row = [f"{key}={value}" for key, value in values.items()]
        row += [f"{form_kind} {key}={value}" for key, value in values.items() if key != "kind"]
        row += [
            f"gen*order={gender}|{min(order, 3)}|{one.kind}",
            f"gen*gap={gender}|{bucket(min(gap, 6))}|{one.kind}",
            f"gen*last={gender}|{last}|{one.kind}",
            f"last*gap={last}|{min(gap, 5)}|{same}",
            f"gen*subj={gender}|{one.subject}|{min(gap, 3)}",
            f"match*order={match}|{min(order, 3)}|{gender}",
            f"inside={anaphor.inside}|{min(gap, 2)}|{one.subject}|{last}",
            f"num*kind={number}|{one.kind}|{min(gap, 3)}",
            f"first*gap={one.first}|{min(gap, 3)}|{one.kind}",
            f"src*gap={one.source}|{min(gap, 4)}|{gender}",
        ]
        rows.append(row)
    rows.append(nobody(anaphor, entities, form, min(persons, 2)))
    return rows


def nobody(anaphor: Anaphor, entities: Sequence[Entity], form: str, persons: int) -> list[str]:
    """Return the features of an antecedent that is none of the entities."""
    row = ["none", f"none form={form}", f"none persons={persons}", f"none fn={anaphor.function}"]
    if anaphor.function:
        words = anaphor.text.lower().split()
        held = any(repeats(anaphor.text, role) for one in entities for role in one.roles)
        agree = any(one.kind == "person" and agreement(anaphor, one) == "True" for one in entities)
        row += [f"none head={head_words(anaphor.text)[:1]}", f"none long={min(len(words), 4)}|{held}"]
        row += [f"none det={anaphor.determiner}|{held}", f"none agree={agree}|{held}|{anaphor.determiner}"]
    return row


def choose(
    anaphor: Anaphor, discourse: Discourse, ranker: Ranker, *, alone: bool = False
) -> tuple[Entity | None, float]:
    """Return the entity that a pronoun or function stands for, or None, and how sure the choice is (0 to 1).

    What stands `alone`, a pronoun or ``l'orateur``, stands for somebody where there is anybody.
    """
    entities = discourse.before(anaphor.start)
    scores = [ranker.score(row) for row in features(anaphor, entities, discourse.last_source)]
    if entities and alone:
        scores.pop()
    chances = probabilities(scores)
    best = max(range(len(scores)), key=scores.__getitem__)
    return (entities[best] if best < len(entities) else None), chances[best]
