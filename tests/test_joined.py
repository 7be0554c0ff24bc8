"""Further sources: lists, comparisons, instances of a group, states in parentheses; and what is none of them."""

from __future__ import annotations

import pytest

from pipeline.speech import joined
from pipeline.speech.places import Cue
from pipeline.speech.sources import IMPLICIT, Candidate, Named
from pipeline.speech.view import View
from tests.analysed import at, candidate, named, view

STATES = ["Chili", "Pérou", "Mali", "Togo"]
PEOPLE = ["Kane", "Ba", "Diallo"]
GROUP = "plusieurs États"
ROLES = ["ministre", "président"]


def read(words: str) -> tuple[View, Named, list[Candidate], Cue]:
    """Return a paragraph of those names, what may be a source in it, and its cue: ``a dit``."""
    seen = view(words)
    known = {
        name: [w for w in few if f" {w} " in f" {words} "] for name, few in (("s", STATES), ("p", PEOPLE), ("r", ROLES))
    }
    places = named(seen, persons=known["p"], roles=known["r"], states=known["s"])
    found = [candidate(seen, word, "country") for word in known["s"]]
    found += [candidate(seen, word, "person") for word in known["p"]]
    found += [candidate(seen, word, "role") for word in known["r"]]
    found += [candidate(seen, GROUP, "phrase")] if GROUP in words else []
    first, last = at(seen, "a dit")
    return seen, places, [*sorted(found), IMPLICIT], Cue(first, last, last - 1, "dire")


def source(found: list[Candidate], seen: View, words: str) -> Candidate:
    return next(one for one in found if " ".join(seen.text[one.first : one.last]) == words)


JOINED = [
    ("le Chili a dit", "Chili", []),
    ("le Chili et le Pérou a dit", "Chili", ["Pérou"]),
    ("le Chili et le Pérou a dit", "Pérou", ["Chili"]),
    ("le Chili , le Pérou et le Mali a dit", "Chili", ["Pérou", "Mali"]),
    ("le Chili , le Pérou et le Mali a dit", "Mali", ["Chili", "Pérou"]),
    ("le Chili , le Pérou et le Mali a dit", "Pérou", ["Chili", "Mali"]),
    ("M. Kane et Mme Ba a dit", "Kane", ["Ba"]),
    ("Kane , ministre , et Ba a dit", "Kane", []),
    ("Kane , ministre et président a dit", "Kane", []),
    ("Kane ( Mali ) et Ba ( Togo ) a dit", "Kane", ["Ba"]),
    ("le Chili , le Pérou a dit", "Chili", []),
    ("le Chili voit le Pérou et a dit", "Chili", []),
    ("plusieurs États , dont le Chili et le Pérou , a dit", GROUP, ["Chili", "Pérou"]),
    ("plusieurs États , tels que le Chili , a dit", GROUP, ["Chili"]),
    ("plusieurs États , notamment le Chili , a dit", GROUP, ["Chili"]),
    ("plusieurs États , y compris le Chili , a dit", GROUP, ["Chili"]),
    ("à l' instar de le Chili , le Pérou a dit", "Pérou", ["Chili"]),
    ("comme le Chili , le Pérou a dit", "Pérou", ["Chili"]),
    ("de même que le Chili , le Pérou a dit", "Pérou", ["Chili"]),
    ("avec le temps , le Chili , a dit", "Chili", []),
    ("le Pérou , à l' instar de le Chili , a dit", "Pérou", ["Chili"]),
    ("le Pérou , ainsi que le Chili , a dit", "Pérou", ["Chili"]),
    ("le Pérou , appuyé par le Chili , a dit", "Pérou", ["Chili"]),
    ("le Pérou , appuyé par le Chili et le Mali , a dit", "Pérou", ["Chili", "Mali"]),
    ("le Pérou , suivi de le Chili , a dit", "Pérou", ["Chili"]),
    ("a dit Kane et Ba", "Kane", ["Ba"]),
    ("plusieurs États et a dit", GROUP, []),
]


@pytest.mark.parametrize(("words", "one", "others"), JOINED)
def test_joined(words: str, one: str, others: list[str]) -> None:
    seen, places, found, cue = read(words)
    got = joined.joined(seen, source(found, seen, one), found, cue, named=places)
    assert [seen.text[other.first] for other in got] == others


AFTER = [
    ("Kane a dit", "a"),
    ("Kane ( Mali ) a dit", "a"),
    ("Kane , ministre ( Mali ) , a dit", ","),
    ("Kane , le ministre a dit", "a"),
    ("Kane , le soir , a dit", ","),
    ("Kane ( sans fin a dit", "("),
]


@pytest.mark.parametrize(("words", "follows"), AFTER)
def test_what_belongs_to_a_source(words: str, follows: str) -> None:
    seen, places, found, _ = read(words)
    assert seen.text[joined.after_source(seen, source(found, seen, "Kane"), places)] == follows


def test_a_source_may_end_the_paragraph() -> None:
    seen, places, found, _ = read("a dit Kane")
    assert joined.after_source(seen, source(found, seen, "Kane"), places) == 3


PARENTHESES = [
    ("plusieurs États ( Chili ) a dit", ["Chili"]),
    ("plusieurs États ( Chili , Pérou et Mali ) a dit", ["Chili", "Pérou", "Mali"]),
    ("plusieurs États ( le Chili ; le Pérou ) a dit", ["Chili", "Pérou"]),
    ("plusieurs États ( notamment le Chili ) a dit", ["Chili"]),
    ("plusieurs États ( Chili en 2019 ) a dit", []),
    ("plusieurs États ( Lima , Pérou a dit", []),
    ("plusieurs États ( ) a dit", []),
    ("plusieurs États ( Chili a dit", []),
]


@pytest.mark.parametrize(("words", "states"), PARENTHESES)
def test_states_in_parentheses(words: str, states: list[str]) -> None:
    seen, places, _, _ = read(words)
    assert [seen.text[first] for first, _ in joined.parenthesis(seen, seen.text.index("("), places)] == states


def test_no_parenthesis() -> None:
    seen, places, _, _ = read("le Chili a dit")
    assert joined.parenthesis(seen, 0, places) == []
    assert joined.parenthesis(seen, len(seen), places) == []


GROUPS = [
    ("plusieurs États , dont le Chili , a dit", GROUP),
    ("plusieurs États dont le Chili a dit", GROUP),
    ("plusieurs États , tels que le Chili , a dit", GROUP),
    ("plusieurs États , en particulier le Chili , a dit", GROUP),
    ("plusieurs États et le Chili a dit", None),
    ("plusieurs États , voisins que le Chili , a dit", None),
    ("dont le Chili a dit", None),
]


@pytest.mark.parametrize(("words", "group"), GROUPS)
def test_group_of_an_instance(words: str, group: str | None) -> None:
    seen, _, found, _ = read(words)
    got = joined.before_specifying(seen, source(found, seen, "Chili"), found)
    assert (" ".join(seen.text[got.first : got.last]) if got else None) == group


ASIDES = [
    ("plusieurs États ( Chili , Pérou ) a dit", "Pérou", GROUP),
    ("plusieurs États ( Lima , Pérou ) a dit", "Pérou", None),
    ("plusieurs États ( Mali ) . Le Pérou a dit", "Pérou", None),
    ("le Pérou a dit", "Pérou", None),
]


@pytest.mark.parametrize(("words", "one", "group"), ASIDES)
def test_group_before_its_parenthesis(words: str, one: str, group: str | None) -> None:
    seen, places, found, _ = read(words)
    got = joined.before_parenthesis(seen, source(found, seen, one), found, places)
    assert (" ".join(seen.text[got.first : got.last]) if got else None) == group


BESIDE = [
    ("le ministre , M. Kane , a dit", "Kane"),
    ("le ministre ( Mali ) , Kane , a dit", "Kane"),
    ("le ministre a dit à Kane", None),
    ("le ministre , qui voit Kane , a dit", None),
]


@pytest.mark.parametrize(("words", "name"), BESIDE)
def test_name_beside_a_function(words: str, name: str | None) -> None:
    seen, places, found, _ = read(words)
    got = joined.named_beside(seen, source(found, seen, "ministre"), places)
    assert (seen.text[got.first] if got else None) == name
    assert got is None or got.kind == "person"


def test_states_that_delegates_speak_for() -> None:
    seen, places, _, _ = read("les délégués de le Chili et de le Pérou a dit")
    both = Candidate(0, at(seen, "Pérou")[1], 1, "phrase")
    assert joined.states_represented(both, places) == [at(seen, "Chili"), at(seen, "Pérou")]
    assert joined.states_represented(both._replace(last=at(seen, "Chili")[1]), places) == []
