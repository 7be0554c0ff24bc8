"""Functions: whose they are, told by what stands between a function and a name, or because one repeats another."""

from __future__ import annotations

import pytest

from pipeline.persons.names import Person, fold, gather
from pipeline.persons.roles import Linker, head_words, repeats, role_owner, single
from pipeline.records import Span
from pipeline.resources import models_dir
from tests.marked import marked
from tests.marks import mark

MODELS = models_dir()

# A function carries the name of the person who holds it, if somebody beside it does.
BEFORE_THE_NAME = [
    "La [[ministre|Role=Awa Diop]] [[Awa Diop|Person]] a parlé.",
    "Le [[ministre de la Santé|Role=Ali Fall]], M. [[Ali Fall|Person]], a parlé.",
    "Le [[Directeur général|Role=Ali Fall]], S.E. M. [[Ali Fall|Person]], a parlé.",
    "Le [[Directeur général|Role=Ali Fall]], le Dr [[Ali Fall|Person]], a parlé.",
    "[[Présidente|Role=Awa Diop]] : Mme [[Awa Diop|Person]]",
    "La [[présidente|Role=Awa Diop]] ([[Awa Diop|Person]]) a parlé.",
    "Le [[ministre de la Santé|Role=Ali Fall]]\n[[Ali Fall|Person]] a parlé.",
    "l’[[ambassadeur|Role=Ali Fall]] [[Ali Fall|Person]] a parlé.",
    "Son [[adjointe|Role=Awa Diop]], [[Awa Diop|Person]], a parlé.",
    "Le [[ministre|Role]] a reçu [[Awa Diop|Person]].",
    "Le [[ministre|Role]] de celle que l'on sait, [[Awa Diop|Person]], a parlé.",
    "Le [[ministre|Role]]. Puis [[Awa Diop|Person]] a parlé.",
]
AFTER_THE_NAME = [
    "[[Awa Diop|Person]], [[ministre de la Santé|Role=Awa Diop]], a parlé.",
    "[[Awa Diop|Person]], la [[ministre|Role=Awa Diop]], a parlé.",
    "[[Awa Diop|Person]] ([[ministre|Role=Awa Diop]]) a parlé.",
    "[[Awa Diop|Person]] - [[ministre|Role=Awa Diop]]",
    "[[Awa Diop|Person]] – [[ministre|Role=Awa Diop]]",
    "[[Awa Diop|Person]] (Mali), [[ministre|Role=Awa Diop]], a parlé.",
    "[[Awa Diop|Person]] (Mali, au nom du Groupe), [[ministre|Role=Awa Diop]], a parlé.",
    "[[Awa Diop|Person]], qui est [[ministre|Role=Awa Diop]], a parlé.",
    "[[Awa Diop|Person]], également [[ministre|Role=Awa Diop]], a parlé.",
    "[[Awa Diop|Person]], alors [[ministre|Role=Awa Diop]], a parlé.",
    "[[Awa Diop|Person]], ancienne [[ministre|Role=Awa Diop]], a parlé.",
    "[[Awa Diop|Person]], en sa qualité de [[présidente|Role=Awa Diop]], a parlé.",
    "[[Awa Diop|Person]] est la [[présidente|Role=Awa Diop]].",
    "[[Awa Diop|Person]] a rencontré le [[ministre|Role]].",
    "[[Awa Diop|Person]] [[ministre|Role]]",
    "[[Awa Diop|Person]] a parlé. Le [[ministre|Role]] aussi.",
]
SEVERAL = [
    "[[Awa Diop|Person]], [[ministre|Role=Awa Diop]] et [[députée|Role=Awa Diop]], a parlé.",
    "[[Awa Diop|Person]], [[ministre|Role=Awa Diop]], [[députée|Role=Awa Diop]] et [[maire|Role=Awa Diop]], a parlé.",
    "[[Awa Diop|Person]], [[maire|Role=Awa Diop]] puis [[ministre|Role=Awa Diop]], a parlé.",
    "[[Awa Diop|Person]], [[maire|Role=Awa Diop]] ainsi que [[ministre|Role=Awa Diop]], a parlé.",
    "Le [[ministre|Role=Ali Fall]] et [[député|Role=Ali Fall]], M. [[Ali Fall|Person]], a parlé.",
    "[[Awa Diop|Person]], [[ministre|Role=Awa Diop]], et [[Ali Fall|Person]], [[maire|Role=Ali Fall]], ont parlé.",
    "La [[ministre|Role=Awa Diop]] [[Awa Diop|Person]] et le [[maire|Role=Ali Fall]] [[Ali Fall|Person]] ont parlé.",
    "La [[ministre|Role=Awa Diop]], [[Awa Diop|Person]], le [[maire|Role=Ali Fall]], [[Ali Fall|Person]], ont parlé.",
    "[[Awa Diop|Person]], [[ministre|Role=Awa Diop]], a reçu le [[maire|Role]].",
    "[[Awa Diop|Person]], [[ministre|Role=Awa Diop]], [[Ali Fall|Person]], [[maire|Role=Ali Fall]], ont parlé.",
    "Le [[ministre|Role]] et le [[maire|Role]] ont parlé.",
]
LED = [
    "[[Awa Diop|Person]] et le [[maire|Role=Ali Fall]] [[Ali Fall|Person]] ont parlé.",
    "[[Awa Diop|Person]], le [[maire|Role=Ali Fall]], [[Ali Fall|Person]], et d'autres ont parlé.",
    "[[Awa Diop|Person]] et son [[adjoint|Role=Ali Fall]], [[Ali Fall|Person]], ont parlé.",
    "Les propos de [[Awa Diop|Person]] et du [[maire|Role=Ali Fall]] [[Ali Fall|Person]].",
]

CUT = [
    LED[0],
]


def person(name: str, *roles: str, place: int = 0) -> Person:
    """Return a person who is named at a place and holds functions right after it."""
    known = Person(name=name, words=frozenset(fold(name).split()), speaker_id=fold(name))
    known.spans.append(Span(start=place, end=place + len(name), text=name))
    for role in roles:
        start = place + len(name) + 2
        known.roles.append(Span(start=start, end=start + len(role), text=role))
    return known


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("Directeur général de l'OIM", ["directeur", "general", "oim"]),
        ("ministre de la Santé et de l’Action sociale", ["ministre", "sante", "action", "sociale"]),
        ("Secrétaire d'État aux affaires européennes", ["secretaire", "etat", "affaires", "europeennes"]),
        ("Conseillère à l'ambassade du Mali à Rome", ["conseillere", "ambassade", "mali", "rome"]),
        ("le la de", []),
        ("", []),
    ],
)
def test_head_words_are_folded_and_without_grammar(role, words):
    assert head_words(role) == words


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("Directeur général", "Directeur général de l'OIM"),
        ("DIRECTEUR", "directeur général"),
        ("Ministre du Mali", "Ministre de la Santé du Mali"),
        ("ministre", "ministre"),
        ("directeur de l’OIM", "Directeur général de l'OIM"),
    ],
)
def test_a_short_function_repeats_a_full_one(short, full):
    assert repeats(short, full)


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("Directeur général de l'OIM", "Directeur général"),
        ("général", "Directeur général"),
        ("Directrice générale", "Directeur général"),
        ("Ministre de la Justice", "Ministre de la Santé"),
        ("Vice-Président", "Président"),
        ("", "Président"),
        ("Président", ""),
        ("de la", "de la"),
    ],
)
def test_another_function_does_not(short, full):
    assert not repeats(short, full)


PEOPLE = [
    ("Awa Diop", "Directrice générale de l'OIM", 100),
    ("Ali Fall", "ministre de la Santé", 200),
    ("Rui Lima", "ministre de la Justice", 300),
]


@pytest.mark.parametrize(
    ("role", "place", "owner"),
    [
        ("Directrice générale", 400, "Awa Diop"),
        ("ministre", 400, "Rui Lima"),
        ("ministre", 290, "Ali Fall"),
        ("ministre de la Santé", 400, "Ali Fall"),
        ("ministre de l'Eau", 400, None),
        ("maire", 400, None),
        ("Directrice générale de l'OIM", 10, "Awa Diop"),
        ("Directrice générale", 10, None),
        ("ministre", 10, None),
        ("ministre de la Justice", 10, "Rui Lima"),
        ("la", 400, None),
    ],
)
def test_a_function_standing_alone_is_the_last_one_who_holds_it(role, place, owner):
    people = [person(name, held, place=start) for name, held, start in PEOPLE]
    found = role_owner(people, role, place)
    assert (found.name if found else None) == owner


def test_who_was_called_by_a_function_last_holds_it():
    people = [person("Ali Fall", "ministre", place=100), person("Rui Lima", "ministre", place=200)]
    people[0].roles.append(Span(start=300, end=308, text="ministre"))
    assert role_owner(people, "ministre", 400) is people[0]


def test_nobody_holds_a_function_where_there_is_nobody():
    assert role_owner([], "ministre", 0) is None


def linked(example: str) -> str:
    """Return an example with the holder of each function that stands beside a name written in it."""
    doc = marked(example)
    marks = list(doc.spans["marks"])
    people = gather((span for span in marks if span.label_ == "Person"), doc.text, MODELS)
    holders = {span.start: person.name for span, person in Linker(doc, people, MODELS).link(marks)}
    labels = [f"{span.label_}={holders[span.start]}" if span.start in holders else span.label_ for span in marks]
    return mark(doc.text, [(s.start_char, s.end_char, label) for s, label in zip(marks, labels, strict=True)])


@pytest.mark.parametrize("example", [*BEFORE_THE_NAME, *AFTER_THE_NAME, *SEVERAL, *LED])
def test_functions_beside_a_name(example):
    assert linked(example) == example


@pytest.mark.parametrize("example", [AFTER_THE_NAME[0], BEFORE_THE_NAME[1], SEVERAL[0], *CUT])
def test_line_breaks_between_a_name_and_its_function_part_nothing(example):
    broken = example.replace(", ", ",\n").replace(" [[", "\n[[")
    assert linked(broken) == broken


def test_no_marks_no_functions():
    doc = marked("La mer monte.")
    assert list(Linker(doc, [], MODELS).link([])) == []


@pytest.mark.parametrize(
    ("example", "functions"),
    [
        ("Le [[directeur de la Caisse et|Role]] [[Ali Fall|Person]]", ["directeur de la Caisse"]),
        ("La [[directrice de l'Institut (INS), des écoles|Role]]", ["directrice de l'Institut (INS)"]),
        (
            "La [[ministre de la Santé, du Travail et des Sports|Role]]",
            ["ministre de la Santé, du Travail et des Sports"],
        ),
    ],
)
def test_a_function_ends_where_it_is_whole(example, functions):
    doc = marked(example)
    (role,) = [span for span in doc.spans["marks"] if span.label_ == "Role"]
    assert [span.text for span in single(role, MODELS)] == functions
