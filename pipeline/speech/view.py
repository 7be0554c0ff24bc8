"""A paragraph as the claims stage looks at it: its words side by side, without white space.

Positions count these words. Sentences are those of the stage segment; where it did not run, the parser's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from spacy.tokens import Doc, Span, Token

from pipeline.parse import PLAIN

OPENING = frozenset("«“„‹")
CLOSING = frozenset("»”›")
STRAIGHT = '"'


class View:
    """Words of a paragraph with their analysis, as lists of equal length.

    ``raw`` is the report; ``start`` and ``end`` are its code points; ``head`` is a position; ``sentence`` numbers the
    sentences; ``quote`` numbers the quotations, -1 outside; the guillemets themselves belong to their quotation.
    """

    def __init__(self, span: Span, sentence_starts: frozenset[int], raw: str, models: Path) -> None:
        self.models = models
        self.raw = raw  # the whole report: spaCy joins it anew each time it is asked for doc.text
        self.tokens: list[Token] = [token for token in span if not token.is_space]
        self.text = [token.text.translate(PLAIN) for token in self.tokens]
        self.lower = [text.lower() for text in self.text]
        self.lemma = [token.lemma_.lower() or lower for token, lower in zip(self.tokens, self.lower, strict=True)]
        self.pos = [token.pos_ for token in self.tokens]
        self.dep = [token.dep_ for token in self.tokens]
        self.start = [token.idx for token in self.tokens]
        self.end = [token.idx + len(token) for token in self.tokens]
        position = {token.i: n for n, token in enumerate(self.tokens)}
        self.head = [position.get(token.head.i, n) for n, token in enumerate(self.tokens)]
        self.sentence: list[int] = []
        for n, token in enumerate(self.tokens):
            last = self.sentence[-1] if self.sentence else 0
            self.sentence.append(last + (n > 0 and token.i in sentence_starts))
        self.quote = list(_quotations(self.text))

    def __len__(self) -> int:
        return len(self.tokens)

    @cached_property
    def children(self) -> list[list[int]]:
        """The dependents of each word, in the order of the text."""
        found: list[list[int]] = [[] for _ in self.tokens]
        for n, head in enumerate(self.head):
            if head != n:
                found[head].append(n)
        return found

    @cached_property
    def edges(self) -> list[tuple[int, int]]:
        """First and last word of each word's subtree, as far as it stands together."""
        low, high = list(range(len(self))), list(range(len(self)))
        for n in range(len(self)):
            seen, m = {n}, n
            while self.head[m] not in seen:
                m = self.head[m]
                seen.add(m)
                low[m], high[m] = min(low[m], n), max(high[m], n)
        return list(zip(low, high, strict=True))

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Positions (first, after the last) of the sentences."""
        firsts = [n for n in range(len(self)) if n == 0 or self.sentence[n] != self.sentence[n - 1]]
        return list(zip(firsts, [*firsts[1:], len(self)], strict=True))

    @cached_property
    def spans_of_quotes(self) -> dict[int, tuple[int, int]]:
        """Positions (first, after the last) of each quotation, guillemets included."""
        spans: dict[int, tuple[int, int]] = {}
        for n, quote in enumerate(self.quote):
            if quote >= 0:
                spans[quote] = (spans.get(quote, (n, n))[0], n + 1)
        return spans

    @cached_property
    def _morph(self) -> list[dict[str, str]]:
        return [token.morph.to_dict() for token in self.tokens]

    def morph(self, n: int, feature: str) -> str:
        """A morphological feature of a word; empty where it has none."""
        return self._morph[n].get(feature, "")

    @cached_property
    def finite_verbs(self) -> list[int]:
        """How many finite verbs stand before each position."""
        finite = [p == "VERB" and self.morph(n, "VerbForm") == "Fin" for n, p in enumerate(self.pos)]
        return [0, *accumulate(finite)]

    def within(self, start: int, end: int) -> tuple[int, int] | None:
        """Positions (first, after the last) of the words that touch the code points start to end."""
        inside = [n for n in range(len(self)) if self.start[n] < end and start < self.end[n]]
        return (inside[0], inside[-1] + 1) if inside else None

    def slice(self, first: int, last: int) -> tuple[int, int]:
        """Code points of the words from `first` to before `last`."""
        return self.start[first], self.end[last - 1]

    def words(self, first: int, last: int) -> str:
        """The words from `first` to before `last` in lower case, one blank between them."""
        return " ".join(self.lower[first:last])


def _quotations(text: Sequence[str]) -> Iterator[int]:
    """Number the quotation that each word stands in; one that is never closed ends with the paragraph."""
    number, depth = -1, 0
    for word in text:
        opens = word in OPENING or (word == STRAIGHT and depth == 0)
        closes = not opens and (word in CLOSING or word == STRAIGHT) and depth > 0
        if opens:
            number += depth == 0
            depth += 1
        yield number if depth > 0 else -1
        depth -= closes


def views(doc: Doc, models: Path) -> Iterator[View]:
    """Yield the paragraphs of a report, or the whole of a text that has not been segmented.

    `models` is the folder whose lexicons are asked.
    """
    sentences = (
        doc.spans["sentences"] if "sentences" in doc.spans else (doc.sents if doc.has_annotation("SENT_START") else [])
    )
    starts = frozenset(sentence.start for sentence in sentences)
    raw = doc.text
    for span in doc.spans["segment"] if "segment" in doc.spans else [doc[:]]:
        view = View(span, starts, raw, models)
        if len(view):
            yield view


def word(view: View, n: int) -> str:
    """Return a word in lower case; ``#`` outside the paragraph."""
    return view.lower[n] if 0 <= n < len(view) else "#"


def pos(view: View, n: int) -> str:
    """Return the part of speech of a word; ``#`` outside the paragraph."""
    return view.pos[n] if 0 <= n < len(view) else "#"


def bucket(n: int) -> int:
    """Round a count, so that far distances share a weight."""
    if -6 <= n <= 6:
        return n
    return n // 5 * 5 if abs(n) < 40 else (40 if n > 0 else -40)
