"""Names: which mentions are one person's, what stands before a name, and names that the recogniser missed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.persons.names import (
    LONGEST,
    Person,
    before_functions,
    find_person,
    fold,
    gather,
    identify,
    mended,
    same_name,
    slug,
    titled,
    titles,
)
from pipeline.records import Span
from pipeline.resources import models_dir
from tests.analysed import document
from tests.marked import french, marked
from tests.marks import mark, unmark

MODELS = models_dir()


def person(name: str, *, genders: str = "", place: int = 0) -> Person:
    """Return a person who is named once."""
    known = Person(name=name, words=frozenset(fold(name).split()))
    known.spans.append(Span(start=place, end=place + len(name), text=name))
    known.genders.update(genders)
    return known


def words(name: str) -> frozenset[str]:
    return frozenset(fold(name).split())


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Éloïse Müller", "eloise muller"),
        ("E\u0301loi\u0308se", "eloise"),
        ("DE LA CRUZ", "de la cruz"),
        ("Jean-Pierre N’Guessan", "jean pierre n guessan"),
        ("J. R. Ewing", "j r ewing"),
        ("Marie\n  Curie", "marie curie"),
        ("Cœur Œuvre", "coeur oeuvre"),
        ("Groß", "gross"),
        ("Ibrahim\u00a0Ba", "ibrahim ba"),
        ("Иван", "иван"),
        ("…", ""),
    ],
)
def test_fold(name, folded):
    assert fold(name) == folded


@given(st.text(max_size=30))
def test_what_is_folded_stays_as_it_is(name):
    assert fold(fold(name)) == fold(name)


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("Awa Diop", "awa-diop"),
        ("Amina Traoré-Diop", "amina-traore-diop"),
        ("Félix N’Goma d’Almeida", "felix-n-goma-d-almeida"),
        ("O_Brien", "o-brien"),
        ("…", "person"),
        ("", "person"),
    ],
)
def test_slug(name, identifier):
    assert slug(name) == identifier


@pytest.mark.parametrize(
    ("known", "name"),
    [
        ("Awa Diop", "Awa Diop"),
        ("Awa Diop", "DIOP"),
        ("Awa Diop", "Diop Awa"),
        ("Diop", "Awa Diop"),
        ("Awa Diop", "A. Diop"),
        ("A. Diop", "Awa Diop"),
        ("Jean-Pierre Mballa", "J.-P. Mballa"),
        ("Mehdi Ben Salah", "Ben Salah"),
        ("Mehdi Ben Salah", "Salah"),
        ("Maria de la Cruz", "de la Cruz"),
        ("Maria de la Cruz", "Maria Cruz"),
        ("Aïcha Traoré", "Aicha TRAORE"),
        ("A. B.", "A."),
    ],
)
def test_one_name_is_part_of_the_other(known, name):
    assert same_name(person(known), words(name), None)


@pytest.mark.parametrize(
    ("known", "name"),
    [
        ("Awa Diop", "Awa Fall"),
        ("Awa Diop", "Diopp"),
        ("Awa Diop", "F. Diop"),
        ("Awa Diop", "Ali Diop Fall"),
        ("Maria de la Cruz", "Pedro de la Vega"),
        ("Pedro de Sousa", "Maria de Lima"),
        ("Mehdi Ben Salah", "Ben Youssef"),
        ("Awa Diop", "Z."),
    ],
)
def test_names_of_two_persons(known, name):
    assert not same_name(person(known), words(name), None)


@pytest.mark.parametrize(
    ("shown", "gender", "same"),
    [
        ("F", "F", True),
        ("F", "M", False),
        ("M", "F", False),
        ("", "M", True),
        ("F", None, True),
        ("FM", "M", True),
        ("FFM", "M", False),
    ],
)
def test_a_civility_speaks_against_the_same_name(shown, gender, same):
    assert same_name(person("Awa Diop", genders=shown), words("Diop"), gender) is same


@pytest.mark.parametrize(
    ("people", "name", "gender", "found"),
    [
        (["Awa Diop", "Ali Diop"], "Diop", None, "Ali Diop"),
        (["Diop", "Ali Diop"], "Diop", None, "Diop"),
        (["Awa Diop", "Ali Diop"], "Awa Diop", None, "Awa Diop"),
        (["Awa Diop/F", "Ali Diop/M"], "Diop", "F", "Awa Diop"),
        (["Awa Diop/F", "Ali Diop"], "Diop", "F", "Ali Diop"),
        (["Awa Diop/F"], "Diop", "M", None),
        (["Awa Diop"], "Fall", None, None),
        ([], "Diop", None, None),
    ],
)
def test_find_person_takes_the_equal_name_then_the_one_named_last(people, name, gender, found):
    known = [
        person(written.partition("/")[0], genders=written.partition("/")[2], place=100 * n)
        for n, written in enumerate(people)
    ]
    result = find_person(known, words(name), gender)
    assert (result.name if result else None) == found


@pytest.mark.parametrize(
    ("shown", "gender"), [("", None), ("F", "F"), ("FFM", "F"), ("FM", None), ("M", "M"), ("FFMM", None)]
)
def test_gender_is_what_most_forms_show(shown, gender):
    assert person("Camille Roy", genders=shown).gender == gender


@pytest.mark.parametrize(
    ("before", "found"),
    [
        ("Selon M. ", "M."),
        ("a dit S.E. Mme ", "S.E. Mme"),
        ("(Mme ", "Mme"),
        ("«\u00a0Mme ", "Mme"),
        ("par Son Excellence Monsieur ", "Son Excellence Monsieur"),
        ("M.\n", "M."),
        ("M.\u00a0", "M."),
        ("le Dr ", "Dr"),
        ("Mme Fall et ", ""),
        ("pour ", ""),
        ("", ""),
    ],
)
def test_titles_before_a_name(before, found):
    assert titles(f"{before}Awa Diop a parlé.", len(before), MODELS) == found


def test_same_names_get_identifiers_of_their_own():
    people = [person("Awa Diop"), person("Awa\n Diop"), person("AWA DIOP"), person("Ali Fall")]
    identify(people)
    assert [p.speaker_id for p in people] == ["awa-diop", "awa-diop-2", "awa-diop-3", "ali-fall"]
    assert [p.name for p in people] == ["Awa Diop", "Awa Diop", "AWA DIOP", "Ali Fall"]


@pytest.mark.parametrize(
    ("example", "people"),
    [
        ("[[Awa Diop|Person]] a parlé. Mme [[Diop|Person]] a fini.", [("Awa Diop", 2, "F")]),
        ("Mme [[Diop|Person]] a parlé. [[Awa Diop|Person]] a fini.", [("Awa Diop", 2, "F")]),
        ("Mme [[Diop|Person]] et M. [[Diop|Person]] ont parlé.", [("Diop", 1, "F"), ("Diop", 1, "M")]),
        ("[[Awa Diop|Person]], [[Ali Fall|Person]], [[Diop|Person]].", [("Awa Diop", 2, None), ("Ali Fall", 1, None)]),
        ("[[AWA DIOP|Person]] puis [[Awa Diop|Person]].", [("AWA DIOP", 2, None)]),
        ("[[A. Diop|Person]] puis [[Awa Binta Diop|Person]].", [("Awa Binta Diop", 2, None)]),
        ("[[Camille Roy|Person]] a parlé.", [("Camille Roy", 1, None)]),
        ("[[…|Person]] a parlé.", []),
    ],
)
def test_mentions_of_one_person_are_brought_together(example, people):
    doc = marked(example)
    found = gather(doc.spans["marks"], doc.text, MODELS)
    assert [(p.name, len(p.spans), p.gender) for p in found] == people
    assert all(doc.text[span.start : span.end] == span.text for p in found for span in p.spans)


TITLED = [
    "Selon Mme [[Okonkwo|Person]], la mer monte.",
    "M. [[Jean-Marie de la Tour|Person]] a parlé.",
    "M. [[Ould Daddah|Person]] et Mme [[Ba|Person]] ont parlé.",
    "M. [[N'Guessan|Person]] et Mme [[O’Brien|Person]] ont parlé.",
    "Madame [[Awa Diop|Person]] a parlé ; Monsieur [[FALL|Person]] aussi.",
    "S.E. M. [[Pedro Lima|Person]] préside.",
    "Mme la Ministre a parlé.",
    "M. le Président, la mer monte.",
    "Mme Présidente a parlé.",
    "Madame, la mer monte.",
    "Les participants ont parlé.",
    "Awa Diop a parlé sans civilité.",
    "La lettre M",
    "Mme",
    "M. [[Un Deux Trois Quatre Cinq|Person]] Six a parlé.",
    "M. [[Ba|Person]], Mali, a parlé.",
    "M. [[Ba|Person]] (Mali) a parlé.",
    "M.\n[[Ba|Person]] a parlé.",
    "M.\u00a0[[Ba|Person]] a parlé.",
    "M. [[Le Goff|Person]] a parlé.",
    "M. [[de Villiers|Person]] a parlé.",
]


@pytest.mark.parametrize("example", TITLED)
def test_capitals_after_a_civility_are_a_name(example):
    doc = french().make_doc(unmark(example))
    found = [(span.start_char, span.end_char, span.label_) for span in titled(doc, MODELS)]
    assert mark(doc.text, found) == example


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Ana/PROPN Ortiz/PROPN ,/PUNCT directrice/NOUN de/ADP l'/DET école/NOUN ,/PUNCT parle/VERB", ["Ana Ortiz"]),
        ("Ana/PROPN Ortiz/PROPN ,/PUNCT la/DET directrice/NOUN ,/PUNCT parle/VERB", ["Ana Ortiz"]),
        ("Ana/PROPN ,/PUNCT directrice/NOUN ,/PUNCT parle/VERB", []),
        ("Au/ADP Guatemala/PROPN ,/PUNCT ministres/NOUN et/CCONJ élus/NOUN parlent/VERB", []),
        ("Ana/PROPN Ortiz/PROPN ,/PUNCT ville/NOUN de/ADP la/DET mer/NOUN", []),
        ("Banque/PROPN Mondiale/PROPN ,/PUNCT directeur/NOUN", []),
    ],
)
def test_capitals_before_a_function_are_a_name(words, names):
    doc = document(words)
    assert [span.text for span in before_functions(doc, MODELS)] == names


def test_a_name_has_so_many_words_at_most():
    doc = french().make_doc("M. " + "Ba " * 9)
    assert [len(span) for span in titled(doc, MODELS)] == [LONGEST]


@pytest.mark.parametrize(
    ("example", "after"),
    [
        (
            "[[Ali Fall|Person]] et Mme Okonkwo, [[ministre|Role]].",
            "[[Ali Fall|Person]] et Mme [[Okonkwo|Person]], [[ministre|Role]].",
        ),
        ("Mme [[Awa Okonkwo|Person]] a parlé.", "Mme [[Awa Okonkwo|Person]] a parlé."),
        ("Mme Awa [[Okonkwo|Person]] a parlé.", "Mme Awa [[Okonkwo|Person]] a parlé."),
        ("Mme [[Ministre|Role]] a parlé.", "Mme [[Ministre|Role]] a parlé."),
        ("M. Fall ; Mme [[Diop|Person]].", "M. [[Fall|Person]] ; Mme [[Diop|Person]]."),
        ("La mer monte.", "La mer monte."),
        (
            "La [[ministre de la Santé|Role]], Mme Ana Ortiz, a parlé.",
            "La [[ministre de la Santé|Role]], Mme [[Ana Ortiz|Person]], a parlé.",
        ),
        (
            "Le [[maire de Brest|Role]] Yann Le Goff a parlé.",
            "Le [[maire de Brest|Role]] [[Yann Le Goff|Person]] a parlé.",
        ),
        ("Le [[maire de Brest|Role]], Paris et Rome.", "Le [[maire de Brest|Role]], Paris et Rome."),
        ("Le [[directeur|Role]] OMS Genève a parlé.", "Le [[directeur|Role]] OMS Genève a parlé."),
        ("Stella, 61 ans, a tout vu.", "[[Stella|Person]], 61 ans, a tout vu."),
        ("Depuis lors, dix ans ont passé.", "Depuis lors, dix ans ont passé."),
        ("De retour à Paris, dix ans plus tard.", "De retour à Paris, dix ans plus tard."),
        ("L'aéroport [[Blaise Diagne|Person]] est loin.", "L'aéroport Blaise Diagne est loin."),
        ("La fondation [[Ada Moor|Person]] de Mme [[Moor|Person]].", "La fondation Ada Moor de Mme [[Moor|Person]]."),
    ],
)
def test_missed_names_are_added_in_order_and_no_mark_is_lost(example, after):
    doc = marked(example)
    found = mended(doc, list(doc.spans["marks"]), MODELS)
    assert mark(doc.text, [(s.start_char, s.end_char, s.label_) for s in found]) == after
    assert [s.start for s in found] == sorted(s.start for s in found)
