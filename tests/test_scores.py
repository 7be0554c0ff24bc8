"""Intervals and tests of difference, and what they draw."""

from __future__ import annotations

import pytest

from pipeline.evaluation import compare, score
from pipeline.records import Document
from pipeline.scoring.scores import Scores
from tests.reports import claim, mention, paragraph, report

TEXT = "Awa Kane a dit que la mer monte. Il pleut."
CLAIM = claim(TEXT, "la mer monte", "a dit")


def several(number: int, *, right: int) -> tuple[dict[str, Document], dict[str, Document]]:
    """Return (found, gold) of reports with a claim and a person each; the claim is found in the first ones."""
    person = [mention(TEXT, "Awa Kane", "Person")]
    ids = [f"r{n:02}" for n in range(number)]
    gold = {doc_id: report(TEXT, doc_id=doc_id, mentions=person, claims=[CLAIM]) for doc_id in ids}
    found = {d: g if n < right else g.model_copy(update={"claims": []}) for n, (d, g) in enumerate(gold.items())}
    return found, gold


@pytest.mark.parametrize(("number", "unit"), [(9, "paragraph"), (10, "report")])
def test_interval_contains_the_figure_and_says_what_was_drawn(number, unit):
    result = score(*several(number, right=5))
    figure = result.figures["claims overlap"]
    assert (result.unit, result.units) == (unit, number)
    assert 0 < figure.low < figure.value < figure.high < 1


def test_few_reports_are_drawn_by_paragraph():
    halves = [paragraph(TEXT, half) for half in TEXT.split(". ")]
    result = score({}, {"r": report(TEXT, paragraphs=halves, claims=[CLAIM])})
    assert str(result) == "reports scored: 1; 95 % intervals: 2,000 resamples of 2 paragraphs (fewer than 10 reports)"


def test_equal_runs_do_not_differ():
    found, gold = several(12, right=6)
    assert {(c.difference, c.p) for c in compare(found, dict(found), gold).values()} == {(0.0, 1.0), (None, None)}


def test_permutation_test_of_two_runs():
    (good, gold), (bad, _) = several(12, right=12), several(12, right=0)
    comparison = compare(good, bad, gold)["claims overlap"]
    # only 2 of the 2 ** 12 ways to swap the runs differ as much
    assert (comparison.first, comparison.second, comparison.difference) == (1.0, 0.0, 1.0)
    assert comparison.p < 0.005
    assert compare(good, bad, gold)["persons exact"].p == 1.0


def test_same_runs_give_the_same_figures():
    (first, gold), (second, _) = several(40, right=20), several(40, right=14)
    assert score(first, gold) == score(first, gold)
    assert compare(first, second, gold) == compare(first, second, gold)


def test_scores_can_be_written_and_read():
    result = score(*several(3, right=2))
    assert Scores.model_validate_json(result.model_dump_json()) == result
