"""A linear choice among candidates: named features, one weight each, the same for every candidate.

The weights are a table that can be read and edited. Probabilities are a softmax over the candidates of one decision,
so that a weight says what speaks for a candidate against its rivals.
"""

from __future__ import annotations

import gzip
import math
from collections.abc import Iterable, Sequence
from itertools import repeat
from pathlib import Path

from pipeline.resources import ResourceError


class Ranker:
    """Scores candidates by the sum of the weights of their features."""

    def __init__(self, weights: dict[str, float]) -> None:
        self.weights = weights

    def score(self, features: Iterable[str]) -> float:
        """Return the sum of the weights; a feature that is not in the table weighs nothing."""
        return sum(map(self.weights.get, features, repeat(0.0)))

    def heaviest(self, features: Iterable[str]) -> str:
        """Return the feature that spoke most for a candidate."""
        return max(features, key=lambda feature: self.weights.get(feature, 0.0), default="")

    @classmethod
    def from_file(cls, path: Path) -> Ranker:
        """Read a table of features and weights; raise `ResourceError` where it is missing or broken."""
        if not path.is_file():
            raise ResourceError(f"{path}: is missing; quidit train makes it")
        weights = {}
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                feature, _, weight = line.rstrip("\n").rpartition("\t")
                try:
                    weights[feature] = float(weight)
                except ValueError as error:
                    raise ResourceError(f"{path}, line {number}: not a feature, a tab and a weight") from error
        return cls(weights)

    def to_file(self, path: Path) -> None:
        """Write the table, heaviest features first; the same weights give the same bytes."""
        rows = sorted(self.weights.items(), key=lambda item: (-abs(item[1]), item[0]))
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as table:
            table.write("".join(f"{feature}\t{weight:.3f}\n" for feature, weight in rows).encode())


def probabilities(scores: Sequence[float]) -> list[float]:
    """Return the softmax of the scores of one decision."""
    top = max(scores, default=0.0)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]
