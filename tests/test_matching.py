"""Overlap of spans and equality of names."""

from __future__ import annotations

import pytest

from pipeline.records import Span
from pipeline.scoring.matching import dice, fold


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ((0, 4), (0, 4), 1.0),
        ((0, 4), (4, 8), 0.0),  # side by side: ends are exclusive
        ((0, 4), (1, 5), 0.75),
        ((0, 4), (3, 7), 0.25),
        ((0, 9), (0, 3), 0.5),
    ],
)
def test_overlap_is_dice_on_characters(a, b, expected):
    spans = [Span(start=start, end=end, text="x" * (end - start)) for start, end in (a, b)]
    assert dice(*spans) == expected


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("José-Luis  N'Guessan", "jose luis n'guessan"),
        ("BAN Ki‑moon", "Ban Ki-moon"),
        ("Ban Ki\n-moon", "Ban Ki-moon"),
    ],
)
def test_names_are_equal_after_folding(name, same):
    assert fold(name) == fold(same)


@pytest.mark.parametrize(("name", "other"), [("Awa Kane", "Awa Kané-Sy"), ("Ki-moon", "Kimoon")])
def test_other_names_stay_apart(name, other):
    assert fold(name) != fold(other)
