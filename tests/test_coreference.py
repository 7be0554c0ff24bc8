"""Whom a pronoun stands for: what the discourse remembers, agreement, and the choice with weights made by hand."""

from __future__ import annotations

import pytest

from pipeline.learning.ranker import Ranker
from pipeline.speech.coreference import (
    OTHERS,
    PERSONS,
    Anaphor,
    Discourse,
    Entity,
    choose,
    features,
    gender_of,
    number_of,
)


def person(key: str, start: int, **fields: object) -> Entity:
    return Entity(key, "person", start, start // 50, 0, **{"number": "Sing", "speaker_id": key, **fields})


def discourse(*entities: Entity) -> Discourse:
    told = Discourse()
    for entity in entities:
        told.mention(entity)
    return told


SHE = Anaphor("Elle", 200, 4, 0, "F", "Sing")
AGREES = Ranker(
    {"gen=True": 3.0, "gen=False": -3.0, "num=False": -2.0, "last=True": 1.0, "none": -1.0, "match=True": 4.0}
)


def test_a_second_mention_moves_an_entity() -> None:
    told = discourse(person("ba", 10, subject=True, first=True), person("ba", 120, gender="F"))
    (ba,) = told.entities.values()
    assert (ba.start, ba.sentence, ba.mentions, ba.gender) == (120, 2, 2, "F")
    assert (ba.subject, ba.first) == (False, False)


def test_a_mention_told_late_moves_nothing() -> None:
    told = discourse(person("ba", 120, subject=True), person("ba", 10))
    assert (told.entities["ba"].start, told.entities["ba"].subject, told.entities["ba"].mentions) == (120, True, 2)


def test_a_gender_that_is_known_stays() -> None:
    assert discourse(person("ba", 10, gender="F"), person("ba", 20)).entities["ba"].gender == "F"


def test_who_spoke_last() -> None:
    told = discourse(person("ba", 10), person("kane", 20))
    told.attribute("ba")
    assert told.last_source == "ba"
    assert (told.entities["ba"].source, told.entities["kane"].source) == (True, False)
    told.attribute(None)
    told.attribute("nobody")
    assert told.last_source == "ba"


def test_before_a_place_the_nearest_first() -> None:
    told = discourse(person("ba", 10), person("kane", 90), person("diallo", 50), person("late", 200))
    assert [entity.key for entity in told.before(200)] == ["kane", "diallo", "ba"]


def test_only_so_many_of_each_sort() -> None:
    others = [Entity(f"country:{n}", "country", n, 0, 0) for n in range(20)]
    told = discourse(*others, *(person(f"p{n}", 100 + n) for n in range(20)))
    near = told.before(1000)
    assert [e.key for e in near[:PERSONS]] == [f"p{n}" for n in range(19, 19 - PERSONS, -1)]
    assert [e.key for e in near[PERSONS:]] == [f"country:{n}" for n in range(19, 19 - OTHERS, -1)]


GENDERS = [
    *[(word, "M") for word in ("il", "Ils", "-il", "-t-il", "lui", "ce dernier", "eux", "ceux-ci")],
    *[(word, "F") for word in ("elle", "-elles", "-t-elle", "cette dernière", "celle-ci")],
    *[(word, "") for word in ("ses", "nous", "on", "leur")],
]


@pytest.mark.parametrize(("pronoun", "gender"), GENDERS)
def test_gender_of_a_pronoun(pronoun: str, gender: str) -> None:
    assert gender_of(pronoun) == gender


@pytest.mark.parametrize(
    ("pronoun", "number"),
    [
        ("il", "Sing"),
        ("-t-elle", "Sing"),
        ("lui", "Sing"),
        ("Ils", "Plur"),
        ("-elles", "Plur"),
        ("ces derniers", "Plur"),
    ],
)
def test_number_of_a_pronoun(pronoun: str, number: str) -> None:
    assert number_of(pronoun) == number


def test_features() -> None:
    ba, kane = person("ba", 150, gender="F", source=True), person("kane", 40, gender="M", number="")
    first, second, nobody = features(SHE, [ba, kane], "ba")
    assert {"kind=person", "gap=1", "gen=True", "num=True", "rank=0", "order=1", "last=True", "src=True"} <= set(first)
    assert {"gap=4", "gen=False", "num=?", "rank=1", "order=2", "last=False", "same=True"} <= set(second)
    assert nobody == ["none", "none form=elle", "none persons=2", "none fn=False"]


def test_a_function_matches_who_holds_it() -> None:
    minister = Anaphor("ministre", 200, 4, 0, "", "Sing", function=True)
    held, other, _ = features(minister, [person("ba", 10, roles=["Ministre de la santé"]), person("kane", 9)], None)
    assert "match=True" in held
    assert "match=False" in other


def test_agreement_beats_distance() -> None:
    told = discourse(person("ba", 10, gender="F"), person("kane", 90, gender="M"))
    chosen, sure = choose(SHE, told, AGREES)
    assert chosen is told.entities["ba"]
    assert sure > 0.9


def test_nobody() -> None:
    told = discourse(person("kane", 90, gender="M"))
    assert choose(SHE, told, AGREES)[0] is None


def test_what_stands_alone_stands_for_somebody() -> None:
    told = discourse(person("kane", 90, gender="M"))
    chosen, sure = choose(SHE, told, AGREES, alone=True)
    assert chosen is told.entities["kane"]
    assert sure == 1.0


def test_where_there_is_nobody_even_that_stands_for_none() -> None:
    assert choose(SHE, Discourse(), AGREES, alone=True) == (None, 1.0)
