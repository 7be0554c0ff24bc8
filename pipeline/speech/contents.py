"""What was said: where the content of a cue begins and ends.

Each place where a content can begin is paired with each where it can end; a linear `Ranker` chooses the pair. Places
come from punctuation, quotation marks, ``que`` and its like, and clause boundaries, never from the parse alone, so that
one wrong arc does not lose a claim; the parse is among what the ranker weighs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.learning.ranker import Ranker, probabilities
from pipeline.speech.content_features import Features


class Content(NamedTuple):
    """Positions of a content (first, after the last), how sure the choice is (0 to 1), and what spoke most for it."""

    first: int
    last: int
    probability: float
    reason: str


def choose(features: Features, ranker: Ranker, forbidden: Sequence[tuple[int, int]] = ()) -> Content | None:
    """Return the likeliest content of a cue, or None where nothing stands beside it."""
    pairs = [
        p for p in features.candidates() if not any(p[0] < b and a < p[1] for a, b in forbidden)
    ] or features.candidates()
    if not pairs:
        return None
    first = {s: ranker.score(features.start(s)) for s in {s for s, _ in pairs}}
    last = {e: ranker.score(features.end(e)) for e in {e for _, e in pairs}}
    scores = [first[s] + last[e] + ranker.score(features.pair(s, e)) for s, e in pairs]
    chances = probabilities(scores)
    best = max(range(len(pairs)), key=scores.__getitem__)
    s, e = pairs[best]
    return Content(s, e, chances[best], ranker.heaviest([*features.start(s), *features.end(e), *features.pair(s, e)]))
