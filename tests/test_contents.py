"""The content of a cue: the pair of places that weighs most, with weights made by hand."""

from __future__ import annotations

import pytest

from pipeline.learning.ranker import Ranker
from pipeline.speech.content_features import Counts, Features
from pipeline.speech.contents import Content, choose
from pipeline.speech.drafts import style_of, trimmed
from pipeline.speech.places import Cue
from pipeline.speech.view import View
from tests.analysed import at, view

SAID = "Hier/ADV ,/PUNCT Kane/PROPN a/AUX dit/VERB/dire que/SCONJ la/DET mer/NOUN monte/VERB et/CCONJ part/VERB ./PUNCT"
QUE = Ranker({"sA p=que": 5.0, "eA place=whole": 3.0})


def features(seen: View, cue: str = "a dit", others: tuple[str, ...] = ()) -> Features:
    first, *rest = [Cue(*at(seen, words), at(seen, words)[1] - 1, "dire") for words in (cue, *others)]
    return Features(seen, first, [first, *rest], Counts(seen))


def words_of(seen: View, content: Content | None) -> str:
    assert content is not None
    return " ".join(seen.text[content.first : content.last])


def test_the_heaviest_pair() -> None:
    seen = view(SAID)
    content = choose(features(seen), QUE)
    assert words_of(seen, content) == "la mer monte et part"
    assert content is not None
    assert content.reason == "sA p=que"
    assert 0.5 < content.probability < 1


def test_weights_decide_where_it_ends() -> None:
    seen = view(SAID)
    assert words_of(seen, choose(features(seen), Ranker({"sA p=que": 5.0, "eA n=et": 3.0}))) == "la mer monte"


def test_forbidden_places_are_passed_over() -> None:
    seen = view(SAID)
    content = choose(features(seen), QUE, forbidden=[at(seen, "et part")])
    assert words_of(seen, content) == "la mer monte"


def test_where_all_is_forbidden_nothing_is() -> None:
    seen = view(SAID)
    assert words_of(seen, choose(features(seen), QUE, forbidden=[(0, len(seen))])) == "la mer monte et part"


def test_without_weights_all_pairs_are_as_likely() -> None:
    seen = view(SAID)
    content = choose(features(seen), Ranker({}))
    assert content is not None
    assert content.probability == pytest.approx(1 / len(features(seen).candidates()))


def test_nothing_beside_the_cue() -> None:
    assert choose(features(view("a/AUX dit/VERB ./PUNCT")), QUE) is None


def test_no_pair_crosses_the_cue() -> None:
    seen = view("la/DET mer/NOUN ,/PUNCT a/AUX dit/VERB Kane/PROPN ,/PUNCT monte/VERB")
    pairs = features(seen).candidates()
    assert pairs
    assert all(s < e and (e <= 3 or s >= 5) for s, e in pairs)


def test_counts() -> None:
    seen = view(
        "Il/PRON part/VERB ,/PUNCT «/PUNCT oui/INTJ »/PUNCT ;/PUNCT (/PUNCT non/INTJ", morphs={"part": "VerbForm=Fin"}
    )
    counts = Counts(seen)
    kinds = ("comma", "finite", "open", "close", "bracket", "semicolon")
    assert [counts.between(kind, 0, len(seen)) for kind in kinds] == [1, 1, 1, 1, 1, 1]
    assert [counts.between(kind, 0, 2) for kind in kinds] == [0, 1, 0, 0, 0, 0]
    assert counts.between("comma", 5, 1) == 0


TRIMMED = [
    ("« la mer monte . »", "la mer monte"),
    ("« la mer monte » .", "la mer monte"),
    ("la mer monte ;", "la mer monte"),
    ("la « mer » monte", "la « mer » monte"),
    ("« la mer » et « la terre »", "« la mer » et « la terre »"),
    ('" la mer monte "', "la mer monte"),
    ("la mer est « un cimetière »", "la mer est « un cimetière »"),
    ("« oui »", "oui"),
    (". .", ". ."[:1]),
]


@pytest.mark.parametrize(("words", "left"), TRIMMED)
def test_trimmed(words: str, left: str) -> None:
    seen = view(words)
    assert words_of(seen, trimmed(seen, Content(0, len(seen), 1.0, ""))) == left


FORMS = [
    ("Kane a dit que [ la mer monte ]", "clause", "indirect"),
    ("Kane a dit : « [ la mer monte ] »", "clause", "direct"),
    ("« [ la mer monte ] » , a dit Kane", "clause", "direct"),
    ("Kane a dit que « [ la mer monte ] »", "clause", "mixed"),
    ("Kane a dit que [ la mer est « haute » ]", "clause", "mixed"),
    ("Selon Kane , « [ la mer monte ] »", "prep:selon", "according-to"),
    ("comme l' a dit Kane , [ la mer monte ]", "comme", "as-noted"),
]


@pytest.mark.parametrize(("words", "frame", "style"), FORMS)
def test_style(words: str, frame: str, style: str) -> None:
    cells = words.split()
    first, last = cells.index("["), cells.index("]") - 1
    seen = view(" ".join(cell for cell in cells if cell not in "[]"))
    assert style_of(seen, Content(first, last, 1.0, ""), frame) == style
