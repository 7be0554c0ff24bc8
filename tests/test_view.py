"""A paragraph as the claims stage sees it: quotations, sentences, places and the tree, counted in words."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from pipeline.layers import Place, store
from pipeline.resources import models_dir
from pipeline.speech.view import bucket, pos, views, word
from tests.analysed import VOCAB, at, document, view

QUOTATIONS = [
    ("Il dit « oui » et « non » .", "--000-111-"),
    ("« La mer monte » .", "00000-"),
    ("Il dit « oui et non .", "--00000"),
    ("oui » et non » .", "------"),
    ("oui » dit-il « non » .", "---000-"),
    ("« Il dit : “ oui ” et part » puis « non »", "0000000000-111"),
    ("« a « b » c » d", "0000000-"),
    ("« a « b » c", "000000"),
    ('Il dit " oui " et " non " .', "--000-111-"),
    pytest.param(
        '« Il dit " oui " » .',
        "0000000-",
        marks=pytest.mark.xfail(strict=True, reason="straight quotes inside guillemets close the quotation"),
    ),
    ('" oui', "00"),
    ("„ oui ” et ‹ non ›", "000-111"),
]


@pytest.mark.parametrize(("words", "numbers"), QUOTATIONS)
def test_quotations_are_numbered(words: str, numbers: str) -> None:
    assert "".join("-" if n < 0 else str(n) for n in view(words).quote) == numbers


def test_quotations_have_their_guillemets() -> None:
    assert view("Il dit « oui » et « non » .").spans_of_quotes == {0: (2, 5), 1: (6, 9)}


def test_sentences() -> None:
    seen = view("Il part . Elle reste . Fin", sentences=(0, 3, 6))
    assert seen.sentences == [(0, 3), (3, 6), (6, 7)]
    assert seen.sentence == [0, 0, 0, 1, 1, 1, 2]


def test_white_space_is_no_word_and_places_are_those_of_the_report() -> None:
    doc = Doc(VOCAB, words=["Il", "\n\n", "dit", "l’", "eau"], spaces=[True, False, True, False, False])
    (seen,) = views(doc, models_dir())
    assert seen.text == ["Il", "dit", "l'", "eau"]
    assert [doc.text[a:b] for a, b in zip(seen.start, seen.end, strict=True)] == ["Il", "dit", "l’", "eau"]


def test_places_in_words_and_in_code_points() -> None:
    seen = view("Il a dit non")
    assert seen.slice(1, 3) == (3, 8)
    assert seen.within(3, 8) == (1, 3)
    assert seen.within(3, 6) == (1, 3), "half a word is a word"
    assert seen.within(2, 3) is None, "a blank is none"
    assert seen.within(3, 3) is None
    assert seen.words(0, 2) == "il a"


def test_tree() -> None:
    seen = view(
        "Le vieux roi de Suède parle",
        arcs={
            "Le": ("roi", "det"),
            "vieux": ("roi", "amod"),
            "roi": ("parle", "nsubj"),
            "de": ("Suède", "case"),
            "Suède": ("roi", "nmod"),
        },
    )
    assert seen.children[2] == [0, 1, 4]
    assert seen.edges == [(0, 0), (1, 1), (0, 4), (3, 3), (3, 4), (0, 5)]


def test_a_circle_in_the_tree_ends() -> None:
    seen = view("a b c")
    seen.head = [1, 0, 0]
    assert seen.edges == [(0, 2), (0, 2), (2, 2)]


def test_a_head_outside_the_paragraph_is_none() -> None:
    doc = document("Fin Il part", arcs={"Fin": ("part", "dep"), "Il": ("Fin", "nsubj")})
    store(doc, "segment", [], [Place(4, 11, "body")])
    (seen,) = views(doc, models_dir())
    assert seen.text == ["Il", "part"]
    assert seen.head == [0, 1]


def test_paragraphs_and_sentences_of_the_segmented_report() -> None:
    doc = document("Titre Il part . Elle reste . Fin")
    store(doc, "segment", [], [Place(6, 15, "body"), Place(16, 30, "body")])
    store(doc, "sentences", [], [Place(6, 15, "Sentence"), Place(16, 30, "Sentence")])
    first, second = views(doc, models_dir())
    assert first.words(0, len(first)) == "il part ."
    assert second.words(0, len(second)) == "elle reste . fin"
    assert second.sentences == [(0, 4)]


def test_beyond_the_edges() -> None:
    seen = view("Il/PRON part/VERB")
    assert [word(seen, n) for n in (-1, 0, 1, 2)] == ["#", "il", "part", "#"]
    assert [pos(seen, n) for n in (-1, 0, 1, 2)] == ["#", "PRON", "VERB", "#"]


def test_morphology() -> None:
    seen = view("Ils parlent", morphs={"Ils": "Number=Plur"})
    assert (seen.morph(0, "Number"), seen.morph(1, "Number")) == ("Plur", "")


def test_first_place_of_words() -> None:
    assert at(view("a b a b c"), "a b c") == (2, 5)


@pytest.mark.parametrize(("n", "rounded"), [(0, 0), (6, 6), (-6, -6), (7, 5), (-7, -10), (39, 35), (40, 40), (999, 40)])
def test_far_distances_share_a_number(n: int, rounded: int) -> None:
    assert bucket(n) == rounded


def test_far_behind() -> None:
    assert bucket(-400) == -40
