"""Counts by report or paragraph, and what follows from them: precision, recall, F1, intervals, tests of difference."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.records import THEMES, Record

Counts = NDArray[np.float64]
Unit = tuple[str, int]

RESAMPLES = 2_000
PERMUTATIONS = 10_000
SEED = 0
FEW_REPORTS = 10
RIGHT, SPURIOUS, MISSED = 0, 1, 2
# sums of integers and their quotients: anything smaller is rounding
TINY = 1e-12


class Row(NamedTuple):
    """What a figure is about: a layer, how it is measured, and perhaps a part of the layer.

    The measure ``accuracy`` counts right and wrong; ``macro`` is the mean of ``micro`` over the themes.
    """

    layer: str
    measure: str = ""
    part: str = ""

    @property
    def name(self) -> str:
        """The row in words: ``claims overlap, style direct``."""
        words = self.layer if self.measure in ("", "accuracy") else f"{self.layer} {self.measure}"
        return f"{words}, {self.part}" if self.part else words


class Outcome(NamedTuple):
    """One item of a row: where it stands in the raw text, and `RIGHT`, `SPURIOUS` (also: wrong) or `MISSED`."""

    row: Row
    place: int
    kind: int


class Figure(Record):
    """Precision, recall and F1 between 0 and 1, none where nothing was there to count; 95 % interval of F1."""

    precision: float | None
    recall: float | None
    f1: float | None
    low: float | None
    high: float | None
    tp: int
    fp: int
    fn: int

    @property
    def value(self) -> float | None:
        """The figure that floors and comparisons look at."""
        return self.f1

    def __str__(self) -> str:
        shares = f"P {percent(self.precision):>5}  R {percent(self.recall):>5}  F1 {percent(self.f1):>5}"
        return f"{shares} {interval(self)}  tp {self.tp} fp {self.fp} fn {self.fn}"


class Accuracy(Record):
    """Share of right answers between 0 and 1, with its 95 % interval."""

    accuracy: float | None
    low: float | None
    high: float | None
    right: int
    count: int

    @property
    def value(self) -> float | None:
        """The figure that floors and comparisons look at."""
        return self.accuracy

    def __str__(self) -> str:
        return f"accuracy {percent(self.accuracy):>5} {interval(self)}  {self.right} of {self.count}"


class Scores(Record):
    """All figures of a run, by name (``claims overlap``); `unit` is what the bootstrap draws."""

    reports: int
    unit: Literal["report", "paragraph"]
    units: int
    figures: dict[str, Figure | Accuracy]

    def __str__(self) -> str:
        few = f" (fewer than {FEW_REPORTS} reports)" if self.unit == "paragraph" else ""
        drawn = f"{RESAMPLES:,} resamples of {self.units} {self.unit}s{few}"
        return f"reports scored: {self.reports}; 95 % intervals: {drawn}"


class Comparison(Record):
    """F1 or accuracy of two runs, their difference, and the p value of a paired permutation test."""

    first: float | None
    second: float | None
    difference: float | None
    p: float | None

    def __str__(self) -> str:
        if self.difference is None or self.p is None:
            return f"{percent(self.first):>5} against {percent(self.second):>5}"
        return (
            f"{percent(self.first):>5} against {percent(self.second):>5}  {100 * self.difference:+.1f}  p {self.p:.4f}"
        )


def percent(share: float | None) -> str:
    """Return a share in percent with one decimal, a dash where there is none."""
    return "–" if share is None else f"{100 * share:.1f}"


def interval(figure: Figure | Accuracy) -> str:
    """Return the interval of a figure in percent: ``[79.1–87.2]``."""
    return "[–]" if figure.low is None else f"[{percent(figure.low)}–{percent(figure.high)}]"


class Tally:
    """Counts of each row by unit: the report, or the paragraph where there are fewer than ten reports."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.place = {unit: number for number, unit in enumerate(units)}
        self.counts: dict[Row, Counts] = {}

    def add(self, row: Row, unit: Unit, kind: int) -> None:
        """Count one item."""
        if row not in self.counts:
            self.counts[row] = np.zeros((len(self.place), 3))
        self.counts[row][self.place[unit], kind] += 1

    def of(self, row: Row) -> Counts:
        """Return the counts of a row: units × parts × (right, spurious, missed)."""
        parts = [Row(row.layer, "micro", theme) for theme in THEMES] if row.measure == "macro" else [row]
        nothing = np.zeros((len(self.place), 3))
        return np.stack([self.counts.get(part, nothing) for part in parts], axis=1)


def figures(tally: Tally, rows: Iterable[Row]) -> dict[str, Figure | Accuracy]:
    """Return the figure of each row, with its bootstrap interval."""
    size = len(tally.place)
    draws = np.random.default_rng(SEED).multinomial(size, np.full(size, 1 / size), size=RESAMPLES).astype(float)
    return {row.name: _figure(row, tally.of(row), draws) for row in rows}


def comparisons(first: Tally, second: Tally, rows: Iterable[Row]) -> dict[str, Comparison]:
    """Compare two runs over the same units, row by row."""
    swaps = np.random.default_rng(SEED).integers(0, 2, size=(PERMUTATIONS, len(first.place))).astype(float)
    return {row.name: _comparison(row, first, second, swaps) for row in rows}


def _figure(row: Row, counts: Counts, draws: Counts) -> Figure | Accuracy:
    total = counts.sum(axis=0)
    sample = _value(row, np.tensordot(draws, counts, axes=1))
    sample = sample[~np.isnan(sample)]
    low, high = (float(q) for q in np.quantile(sample, (0.025, 0.975))) if sample.size else (None, None)
    right, wrong, missed = (int(n) for n in total.sum(axis=0))
    if row.measure == "accuracy":
        accuracy = _plain(_value(row, total))
        return Accuracy(accuracy=accuracy, low=low, high=high, right=right, count=right + wrong)
    return Figure(
        precision=_plain(_mean(_ratio(total[:, RIGHT], total[:, RIGHT] + total[:, SPURIOUS]))),
        recall=_plain(_mean(_ratio(total[:, RIGHT], total[:, RIGHT] + total[:, MISSED]))),
        f1=_plain(_value(row, total)),
        low=low,
        high=high,
        tp=right,
        fp=wrong,
        fn=missed,
    )


def _comparison(row: Row, first: Tally, second: Tally, swaps: Counts) -> Comparison:
    a, b = first.of(row), second.of(row)
    value, other = _value(row, a.sum(axis=0)), _value(row, b.sum(axis=0))
    difference = value - other
    if np.isnan(difference):
        return Comparison(first=_plain(value), second=_plain(other), difference=None, p=None)
    change = np.tensordot(swaps, b - a, axes=1)
    permuted = _value(row, a.sum(axis=0) + change) - _value(row, b.sum(axis=0) - change)
    # an undefined permutation counts as extreme, which only makes the test more careful
    extreme = np.count_nonzero(~(np.abs(permuted) < abs(difference) - TINY))
    p = (extreme + 1) / (PERMUTATIONS + 1)
    return Comparison(first=_plain(value), second=_plain(other), difference=_plain(difference), p=p)


def _value(row: Row, counts: Counts) -> Counts:
    """Return F1 or accuracy of counts … × parts × 3: the mean over the parts that are there at all."""
    right, spurious, missed = counts[..., RIGHT], counts[..., SPURIOUS], counts[..., MISSED]
    if row.measure == "accuracy":
        return _mean(_ratio(right, right + spurious))
    return _mean(_ratio(2 * right, 2 * right + spurious + missed))


def _ratio(part: Counts, whole: Counts) -> Counts:
    return np.divide(part, whole, out=np.full(whole.shape, np.nan), where=whole > 0)


def _mean(values: Counts) -> Counts:
    known = ~np.isnan(values)
    return _ratio(np.where(known, values, 0).sum(axis=-1), known.sum(axis=-1).astype(float))


def _plain(value: Counts) -> float | None:
    return None if np.isnan(value) else float(value)
