"""The words that attribute: main word, entry, extent, denial; and those that the lexicon alone announces."""

from __future__ import annotations

import pytest
from spacy.tokens import SpanGroup

from pipeline.learning.ranker import Ranker
from pipeline.speech import cues
from pipeline.speech.places import Cue
from tests.analysed import at, document, view

MAIN = [
    ("a/AUX souligné/VERB", "souligné"),
    ("a/AUX fait/VERB observer/VERB", "observer"),
    ("a/AUX ,/PUNCT en/ADP outre/ADV ,/PUNCT rappelé/VERB", "rappelé"),
    ("Selon/ADP", "Selon"),
    ("est/AUX d'/ADP avis/NOUN", "avis"),
    ("l'/PRON a/AUX", "l'"),
]


@pytest.mark.parametrize(("words", "main"), MAIN)
def test_main_word(words: str, main: str) -> None:
    arcs = {"d'": ("avis", "case"), "est": ("avis", "cop")} if "avis" in words else {}
    seen = view(words, arcs=arcs)
    assert seen.text[cues.main_word(seen, 0, len(seen))] == main


ENTRIES = [
    ("a/AUX souligné/VERB/souligner", "stress"),
    ("a/AUX fait/VERB/faire observer/VERB/observer", "stress"),
    ("s'/PRON est/AUX engagé/VERB/engager à/ADP", "state"),
    ("Selon/ADP/selon", None),
    ("a/AUX mangé/VERB/manger", None),
]


@pytest.mark.parametrize(("words", "cue_class"), ENTRIES)
def test_entry(words: str, cue_class: str | None) -> None:
    entry = cues.entry_of(view(words), 0, len(words.split()))
    assert (entry.cue_class if entry else None) == cue_class


EXTENT = [
    ("Kane/PROPN a/AUX souligné/VERB que/SCONJ", "souligné", "a souligné"),
    ("Kane/PROPN a/AUX bien/ADV souligné/VERB que/SCONJ", "souligné", "a bien souligné"),
    ("Kane/PROPN toujours/ADV souligne/VERB que/SCONJ", "souligne", "souligne"),
    ("Kane/PROPN n'/ADV a/AUX pas/ADV dit/VERB que/SCONJ", "dit", "a pas dit"),
    ("Il/PRON se/PRON félicite/VERB de/ADP", "félicite", "se félicite"),
    ("non/INTJ ,/PUNCT a/AUX -t/PART -il/PRON dit/VERB", "dit", "a -t -il dit"),
    ("non/INTJ ,/PUNCT dit/VERB -il/PRON en/ADP", "dit", "dit -il"),
]


@pytest.mark.parametrize(("words", "main", "whole"), EXTENT)
def test_extent(words: str, main: str, whole: str) -> None:
    seen = view(words)
    first, last = cues.extent(seen, at(seen, main)[0], set())
    assert " ".join(seen.text[first:last]) == whole


def test_extent_stops_at_another_cue_and_at_the_sentence() -> None:
    seen = view("a/AUX a/AUX souligné/VERB")
    assert cues.extent(seen, 2, {0}) == (1, 3)
    assert cues.extent(view("a/AUX a/AUX souligné/VERB", sentences=(1,)), 2, set()) == (1, 3)


DENIED = [
    ("Il n' a pas dit que oui", "a pas dit", True),
    ("Il ne dit jamais oui", "dit", True),
    ("Il n' a jamais été dit que oui", "a jamais été dit", True),
    ("Il a dit que oui", "a dit", False),
    ("Il n' a dit que cela", "a dit", False),
    ("Il dit pas mal de choses", "dit", False),
    ("Il a dit de ne pas partir", "a dit", False),
]


@pytest.mark.parametrize(("words", "cue", "negated"), DENIED)
def test_negated(words: str, cue: str, negated: bool) -> None:
    seen = view(words)
    first, last = at(seen, cue)
    assert cues.negated(seen, Cue(first, last, last - 1, "dire")) is negated


LEXICON = [
    ("Kane/PROPN a/AUX dit/VERB/dire que/SCONJ oui/INTJ", ["a dit"]),
    ("oui/INTJ ,/PUNCT dit/VERB/dire -il/PRON ./PUNCT", ["dit -il"]),
    ("«/PUNCT oui/INTJ »/PUNCT dit/VERB/dire Kane/PROPN", ["dit"]),
    ("Kane/PROPN a/AUX dit/VERB/dire :/PUNCT «/PUNCT oui/INTJ »/PUNCT", ["a dit"]),
    ("selon/ADP Kane/PROPN ,/PUNCT oui/INTJ", ["selon"]),
    ("D'/ADP après/ADP Kane/PROPN ,/PUNCT oui/INTJ", ["D' après"]),
    ("Kane/PROPN a/AUX mangé/VERB/manger que/SCONJ oui/INTJ", []),
    ("Kane/PROPN a/AUX dit/VERB/dire oui/INTJ", []),
    ("«/PUNCT Il/PRON dit/VERB/dire que/SCONJ oui/INTJ »/PUNCT", []),
]


@pytest.mark.parametrize(("words", "found"), LEXICON)
def test_where_there_are_no_marks_the_lexicon_decides(words: str, found: list[str]) -> None:
    seen = view(words)
    assert [" ".join(seen.text[c.first : c.last]) for c in cues.find(seen, document(words), Ranker({}))] == found


def test_marks_are_cues_and_the_ranker_adds_to_them() -> None:
    words = "Kane/PROPN a/AUX dit/VERB/dire que/SCONJ oui/INTJ et/CCONJ demande/VERB/demander un/DET délai/NOUN"
    doc = document(words)
    spans = [doc.char_span(5, 10, label="Cue"), doc.char_span(0, 4, label="Person")]
    doc.spans["marks"] = SpanGroup(doc, spans=spans, attrs={"recognised": True})
    seen = view(words)
    assert [(c.first, c.last, c.marked) for c in cues.find(seen, doc, Ranker({"pos=VERB": -9.0}))] == [(1, 3, True)]
    dit, demande = cues.find(seen, doc, Ranker({"w=demande": 9.0, "w=dit": 1.0, "pos=NOUN": -9.0, "w=un": -9.0}))
    assert (dit.first, dit.last, dit.marked) == (1, 3, True)
    assert (demande.first, demande.last, demande.marked) == (6, 7, False)
    assert dit.probability == pytest.approx(0.731, abs=0.001)
    assert demande.probability > 0.99


def test_a_recogniser_that_marks_nothing_is_believed() -> None:
    words = "Kane/PROPN a/AUX dit/VERB/dire que/SCONJ oui/INTJ"
    doc = document(words)
    doc.spans["marks"] = SpanGroup(doc, attrs={"recognised": True})
    assert cues.find(view(words), doc, Ranker({"pos=VERB": -9.0, "pos=PROPN": -9.0})) == []
