"""Fitting the weights of a `Ranker`: scipy is needed, the extra ``quidit[train]``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from pipeline.learning.ranker import Ranker


class Decision(NamedTuple):
    """One choice that a person made: the features of each candidate, and which of them were right."""

    candidates: Sequence[Sequence[str]]
    right: Sequence[int]


def fit(decisions: Iterable[Decision], *, strength: float = 1.0, rare: int = 3, steps: int = 150) -> Ranker:
    """Return the weights under which what was chosen is likeliest: softmax regression, L2-regularised by `strength`.

    Several right candidates share the probability. Features seen in fewer than `rare` decisions are left out; weights
    that round to nothing are not kept.
    """
    decisions = [d for d in decisions if d.right and len(d.candidates) > 1]
    if not decisions:
        return Ranker({})
    seen = Counter(name for d in decisions for name in {f for features in d.candidates for f in features})
    names = sorted(name for name, count in seen.items() if count >= rare)
    index = {name: n for n, name in enumerate(names)}
    columns, ends, first, right = [], [0], [0], []
    for decision in decisions:
        for n, features in enumerate(decision.candidates):
            columns.extend(index[f] for f in features if f in index)
            ends.append(len(columns))
            right.append(n in decision.right)
        first.append(first[-1] + len(decision.candidates))
    shape = (len(right), len(names))
    matrix = csr_matrix((np.ones(len(columns), dtype="float64"), columns, ends), shape=shape)
    transposed = matrix.T.tocsr()
    starts, good = np.array(first[:-1]), np.array(right)
    sizes = np.diff(first)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ weights
        scores -= np.repeat(np.maximum.reduceat(scores, starts), sizes)
        powers = np.exp(scores)
        wanted = np.where(good, powers, 0.0)
        total, part = np.add.reduceat(powers, starts), np.add.reduceat(wanted, starts)
        value = -np.log(np.maximum(part / total, 1e-300)).sum() + strength / 2 * weights @ weights
        slope = powers / np.repeat(total, sizes) - wanted / np.repeat(np.maximum(part, 1e-300), sizes)
        return value, transposed @ slope + strength * weights

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": steps})
    kept = {name: round(float(w), 3) for name, w in zip(names, found.x, strict=True) if abs(w) >= 0.01}
    return Ranker(kept)
