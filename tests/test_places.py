"""Where a content may begin and end: the sentence of its cue, and quotations that go on beyond it."""

from __future__ import annotations

import pytest

from pipeline.speech.places import LONGEST_QUOTE, Cue, Window, ends, starts, window
from pipeline.speech.view import View
from tests.analysed import at, view


def cue(seen: View, words: str) -> Cue:
    first, last = at(seen, words)
    return Cue(first, last, last - 1, seen.lemma[last - 1])


WINDOWS = [
    pytest.param("Il part . Kane a dit que non . Fin", (3, 9), "Kane a dit que non .", id="its sentence"),
    pytest.param(
        "Kane a dit : « Oui . Non . Si » . Fin",
        (6, 8, 11),
        "Kane a dit : « Oui . Non . Si »",
        id="a quotation that is open at the end of the sentence",
    ),
    pytest.param("Kane a dit : « Oui . » Fin", (4,), "Kane a dit : « Oui . »", id="a quotation after a colon"),
    pytest.param(
        "« Oui . Non » , a dit Kane . Fin", (3, 10), "« Oui . Non » , a dit Kane .", id="one that closes before"
    ),
    pytest.param("« Oui . » A dit Kane . Fin", (4, 8), "« Oui . » A dit Kane .", id="one in the sentence before"),
    pytest.param("« Oui . » Fin . Kane a dit non .", (4, 6), "Kane a dit non .", id="one that is further away"),
    pytest.param("« Oui . Kane a dit non . Si »", (3, 8), "« Oui . Kane a dit non . Si »", id="inside a quotation"),
]


@pytest.mark.parametrize(("words", "sentences", "reached"), WINDOWS)
def test_window(words: str, sentences: tuple[int, ...], reached: str) -> None:
    seen = view(words, sentences=sentences)
    reach = window(seen, cue(seen, "A dit" if "A dit" in words else "a dit"))
    assert " ".join(seen.text[reach.left : reach.right]) == reached


def test_window_keeps_the_sentence_apart_from_the_quotation() -> None:
    seen = view("« Oui . Non » , a dit Kane : « Si . Ah » .", sentences=(3, 13))
    assert window(seen, cue(seen, "a dit")) == Window(0, 3, 13, 15)


def test_a_quotation_is_followed_only_so_far() -> None:
    seen = view("Kane a dit : « Oui . " + "mot " * 600, sentences=(7,))
    assert window(seen, cue(seen, "a dit")).right == 7 + LONGEST_QUOTE


def test_starts() -> None:
    words = "Hier/ADV ,/PUNCT Kane/PROPN a/AUX dit/VERB que/SCONJ «/PUNCT la/DET mer/NOUN »/PUNCT monte/VERB"
    seen = view(words)
    dit = cue(seen, "a dit")
    found = [seen.text[n] for n in starts(seen, dit, window(seen, dit))]
    assert found == ["Hier", "Kane", "que", "«", "la", "mer", "monte"]


def test_far_words_begin_a_content_only_after_an_opener() -> None:
    seen = view(
        "Kane/PROPN a/AUX dit/VERB " + "mot/NOUN " * 8 + "loin/ADV que/SCONJ la/DET mer/NOUN ,/PUNCT monte/VERB"
    )
    dit = cue(seen, "a dit")
    found = [n for n in starts(seen, dit, window(seen, dit)) if n >= dit.last + 8]
    assert [seen.text[n] for n in found] == ["la", "monte"]


def test_ends() -> None:
    words = (
        "Kane/PROPN a/AUX dit/VERB que/SCONJ la/DET mer/NOUN monte/VERB et/CCONJ part/VERB ,/PUNCT hélas/INTJ ./PUNCT"
    )
    seen = view(words)
    dit = cue(seen, "a dit")
    found = [seen.text[n - 1] for n in ends(seen, dit, window(seen, dit))]
    assert found == ["Kane", "monte", "part", "hélas"]


def test_an_end_may_be_before_the_cue() -> None:
    seen = view("la/DET mer/NOUN monte/VERB ,/PUNCT a/AUX dit/VERB Kane/PROPN")
    dit = cue(seen, "a dit")
    assert [seen.text[n - 1] for n in ends(seen, dit, window(seen, dit))] == ["monte", "Kane"]
