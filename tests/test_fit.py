"""Fitting: problems so small that the weights are known."""

from __future__ import annotations

import math

import pytest

from pipeline.learning.fit import Decision, fit
from pipeline.learning.ranker import probabilities

COIN = [Decision([["heads"], ["tails"]], [0])] * 3 + [Decision([["heads"], ["tails"]], [1])]


def test_probabilities_are_the_shares_that_were_seen() -> None:
    ranker = fit(COIN, strength=1e-6)
    assert probabilities([ranker.score(["heads"]), ranker.score(["tails"])]) == pytest.approx([0.75, 0.25], abs=0.001)
    assert ranker.weights["heads"] == pytest.approx(math.log(3) / 2, abs=0.001)
    assert ranker.weights["tails"] == pytest.approx(-math.log(3) / 2, abs=0.001)


def test_strength_draws_weights_to_nothing() -> None:
    assert abs(fit(COIN, strength=10).weights["heads"]) < abs(fit(COIN, strength=1).weights["heads"])
    assert fit(COIN, strength=1e6).weights == {}


def test_slope_is_nothing_at_the_optimum() -> None:
    weight = fit(COIN, strength=1.0).weights["heads"]  # d/dw: 4 p(heads) - 3 + w = 0, the two weights being opposite
    share = 1 / (1 + math.exp(-2 * weight))
    assert 4 * share - 3 + weight == pytest.approx(0, abs=0.01)


def test_several_right_candidates_share_the_probability() -> None:
    ranker = fit([Decision([["a"], ["b"], ["c"]], [0, 1])] * 5, strength=1e-3)
    a, b, c = probabilities([ranker.score([name]) for name in "abc"])
    assert a == pytest.approx(b, abs=0.01)
    assert a + b > 0.99 > c


def test_rare_features_are_left_out() -> None:
    decisions = [*COIN, Decision([["heads", "seldom", "seldom"], ["tails", "seldom"]], [0])]
    assert set(fit(decisions).weights) == {"heads", "tails"}
    more = [*decisions, Decision([["heads", "seldom"], ["tails"]], [0])]
    assert set(fit(more, rare=2).weights) == {"heads", "tails", "seldom"}


def test_what_decides_nothing_is_not_learned_from() -> None:
    unsaid = [Decision([["heads"], ["tails"]], []), Decision([["tails"]], [0])]
    assert fit(COIN + unsaid * 9).weights == fit(COIN).weights


def test_a_feature_that_all_candidates_share_weighs_nothing() -> None:
    assert "both" not in fit([Decision([["both", "a"], ["both", "b"]], [0])] * 4).weights


def test_the_same_weights_twice() -> None:
    assert fit(COIN).weights == fit(iter(COIN)).weights


def test_context_decides() -> None:
    rows = [["p=que"], ["p=de"], ["p=,"]]
    ranker = fit([Decision(rows, [0])] * 6 + [Decision(rows[1:], [0])] * 6)
    assert ranker.score(rows[0]) > ranker.score(rows[1]) > ranker.score(rows[2])
