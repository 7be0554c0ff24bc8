"""Where a content can begin and end: the cue, how far its content may reach, and the places within that reach."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.lexicon.grammar import grammar
from pipeline.speech.view import CLOSING, OPENING, STRAIGHT, View

LONGEST_QUOTE = 260  # words that an open quotation may carry a content beyond its sentence
LONGEST = 280
ENDS_SENTENCE = frozenset(".!?…")
QUOTES = OPENING | CLOSING | {STRAIGHT}
# Words before which or after which a content can begin; closed classes of French grammar, not vocabulary.


class Cue(NamedTuple):
    """A cue in its paragraph: positions, the position of its main word, its entry in the lexicon."""

    first: int
    last: int
    head: int
    lemma: str
    frames: frozenset[str] = frozenset()
    marked: bool = True  # by the recogniser
    probability: float = 1.0  # of being one


class Window(NamedTuple):
    """How far a content may reach: the sentence, and quotations that go on beyond it."""

    left: int
    first: int
    last: int
    right: int


def window(view: View, cue: Cue) -> Window:
    """Return the sentence of a cue, widened by a quotation that closes just before it or that is open at its end."""
    first, last = next(s for s in view.sentences if s[0] <= cue.first < s[1])
    last = max(last, next(s[1] for s in view.sentences if s[0] <= cue.last - 1 < s[1]))
    left, right = first, last
    if right < len(view) and view.quote[right - 1] >= 0 and view.quote[right] == view.quote[right - 1]:
        right = min(view.spans_of_quotes[view.quote[right]][1], right + LONGEST_QUOTE)
    elif view.text[last - 1] == ":" and last < len(view) and view.quote[last] >= 0:
        right = min(view.spans_of_quotes[view.quote[last]][1], right + LONGEST_QUOTE)
    before = cue.first - 1
    while before >= first and view.text[before] in ",;:":
        before -= 1
    for place in {first, max(before, 0)}:
        if view.quote[place] >= 0 and place < cue.first:
            start = view.spans_of_quotes[view.quote[place]][0]
            left = min(left, max(start, first - LONGEST_QUOTE))
    if before == first - 1 and before >= 0 and view.quote[before] >= 0:  # the cue opens the sentence after a quotation
        left = min(left, view.spans_of_quotes[view.quote[before]][0])
    return Window(left, first, last, right)


def starts(view: View, cue: Cue, reach: Window) -> Iterator[int]:
    """Yield the positions where a content may begin."""
    for n in range(reach.left, reach.right):
        if cue.first <= n < cue.last or (
            view.pos[n] == "PUNCT" and view.text[n] not in OPENING and view.text[n] not in {"(", STRAIGHT, "["}
        ):
            continue
        before = n - 1
        near = cue.last <= n < cue.last + 8
        lead = before >= 0 and (
            view.pos[before] == "PUNCT"
            or view.lower[before] in grammar("content openers")
            or view.text[before] in QUOTES
        )
        if n in (reach.left, reach.first, cue.last) or near or lead:
            yield n


def ends(view: View, cue: Cue, reach: Window) -> Iterator[int]:
    """Yield the positions after which a content may end."""
    for n in range(reach.left, reach.right):
        if cue.first <= n < cue.last or view.text[n] in ",;:.(–—":
            continue
        after = n + 1
        stop = after >= len(view) or after in (cue.first, reach.right, reach.last)
        if (
            stop
            or view.pos[after] == "PUNCT"
            or view.lower[after] in grammar("clause openers")
            or view.text[after] in QUOTES
            or view.text[after] in ENDS_SENTENCE
        ):
            yield after
