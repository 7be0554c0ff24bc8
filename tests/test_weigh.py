"""A claim as a whole: what it is weighed by, and how sure it is."""

from __future__ import annotations

import pytest

from pipeline.learning.ranker import Ranker
from pipeline.records import Source
from pipeline.speech.contents import Content
from pipeline.speech.places import Cue
from pipeline.speech.sources import Candidate, Choice, SourceFeatures
from pipeline.speech.weigh import confidence, facts
from tests.analysed import at, named, view


def told(words: str, cue: str, content: str, *, quote: str = "indirect") -> set[str]:
    seen = view(words)
    first, last = at(seen, cue)
    one = Cue(first, last, last - 1, "dire", frozenset({"que", "np"}), probability=0.9)
    said = Content(*at(seen, content), 0.5, "")
    weighed = SourceFeatures(seen, one, [one], named(seen, persons=["Kane"]), content=said, earlier=None)
    choice = Choice(Candidate(*at(seen, "Kane"), at(seen, "Kane")[0], "person"), 1.0, "")
    source = Source(type="person")
    return set(facts(seen, one, said, weighed, choice=choice, source=source, sure=0.4, style=quote))


def test_what_a_claim_is_weighed_by() -> None:
    known = told("Kane/PROPN a/AUX dit/VERB que/SCONJ la/DET mer/NOUN monte/VERB", "a dit", "la mer monte")
    assert {"cue=7", "content=4", "source=8", "sure=2", "lemma=dire", "words=a dit", "style=indirect"} <= known
    assert {"kind=person", "type=person", "after=que", "before=kane", "known=np+que", "gap=1", "length=1"} <= known
    assert {"size=2", "ahead=True", "first=a", "aux=True", "in=False", "quoted=False", "marked=True"} <= known
    assert {"ahead style=True|indirect", "lemma after=dire|que", "marked cue=True|7"} <= known


def test_a_quotation_before_its_cue() -> None:
    known = told("« la mer monte » , dit Kane", "dit", "la mer monte", quote="direct")
    assert {
        "ahead=False",
        "gap=2",
        "in=True",
        "style=direct",
        "in style=True|direct",
        "after=kane",
        "before=,",
    } <= known


def test_a_long_cue_is_not_remembered_word_by_word() -> None:
    known = told("Kane a , ce matin , dit que la mer monte", "a , ce matin , dit", "la mer monte")
    assert {"words=long", "size=5"} <= known


@pytest.mark.parametrize(("looked", "sure"), [([], 0.5), (["a"], 0.75), (["b"], 0.1), (["a", "b", "x"], 0.25)])
def test_confidence(looked: list[str], sure: float) -> None:
    ranker = Ranker({"a": 1.0986, "b": -2.1972})  # log 3, -log 9
    assert confidence(looked, ranker) == pytest.approx(sure, abs=0.001)
