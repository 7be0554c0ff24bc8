"""The kind of a source: what is known of a phrase, and the choice with weights made by hand."""

from __future__ import annotations

import pytest

from pipeline.learning.ranker import Ranker
from pipeline.speech.kinds import KINDS, choose, describe, features
from tests.analysed import candidate, view


def facts(
    words: str, phrase: str, kind: str = "phrase", states: str = "", held: frozenset[str] = frozenset()
) -> set[str]:
    seen = view(words, morphs={"délégués": "Number=Plur"})
    countries = {n: "XXX" for n, text in enumerate(seen.text) if text in states.split()}
    return set(describe(seen, candidate(seen, phrase, kind), countries, held))


def test_what_is_known_of_a_phrase() -> None:
    known = facts("Selon/ADP le/DET rapport/NOUN ,/PUNCT", "le rapport")
    assert {
        "k=phrase",
        "l=rapport",
        "d=le",
        "b=selon",
        "t=document",
        "c=False",
        "cap=False",
        "n=,",
        "only=True",
    } <= known


def test_a_function_of_a_state() -> None:
    known = facts("le/DET ministre/NOUN de/ADP Suède/PROPN parle/VERB", "ministre de Suède", "role", states="Suède")
    assert {"fn=True", "c=True", "d=le", "num=Sing", "chead=False", "len=3"} <= known


def test_a_function_that_somebody_holds() -> None:
    words = "la/DET ministre/NOUN parle/VERB"
    assert "m=True" in facts(words, "la ministre", held=frozenset({"ministre"}))
    assert "m=False" in facts(words, "la ministre", held=frozenset({"maire"}))


def test_number_is_that_of_the_head() -> None:
    assert "num=Plur" in facts("des/DET délégués/NOUN parlent/VERB", "des délégués")


def test_each_kind_has_features_of_its_own() -> None:
    rows = features(["l=rapport", "d=le"])
    assert rows[KINDS.index("document")] == ["document", "document l=rapport", "document d=le"]
    assert len(rows) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_heaviest_kind(kind: str) -> None:
    chosen = choose(["l=x"], Ranker({f"{kind} l=x": 2.0}))
    assert chosen.name == kind
    assert chosen.probability == pytest.approx(0.596, abs=0.001)  # e² / (e² + 5)


def test_without_weights_each_kind_is_as_likely() -> None:
    assert choose([], Ranker({})).probability == pytest.approx(1 / 6)
