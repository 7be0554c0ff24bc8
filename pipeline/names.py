"""Names that the recogniser missed, by a construction that is sure: capitals after a civility (``Mme Okonkwo``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span, Token

from pipeline import lexicon

# Closed class: the particles of family names.
PARTICLES = frozenset("de du des d' la le van von der den da dos el al ben bin ibn di del della y e ould ag".split())
LONGEST = 5  # words of a name


def mended(doc: Doc, marks: Sequence[Span]) -> list[Span]:
    """Return the marks of persons and functions with the names that were missed, in the order of the text."""
    taken = {token.i for mark in marks for token in mark}
    found = [span for span in titled(doc) if taken.isdisjoint(range(span.start, span.end))]
    return sorted([*marks, *found], key=lambda mark: mark.start)


def titled(doc: Doc) -> Iterator[Span]:
    """Yield the names after a civility."""
    for token in doc[:-1]:
        if lexicon.is_civility(token.text):
            last = run(doc, token.i + 1)
            if last > token.i + 1:
                yield Span(doc, token.i + 1, last, label="Person")


def run(doc: Doc, first: int) -> int:
    """Return the token after a run of capitals, with particles between them, that begins at a token."""
    last = end = first
    while last < len(doc) and last - first < LONGEST:
        if is_name(doc[last]):
            last += 1
            end = last
        elif doc[last].lower_ in PARTICLES and last > first:
            last += 1
        else:
            break
    return end


def is_name(token: Token) -> bool:
    """Say whether a word is written as a name is: a capital, and letters; neither a title nor a function."""
    written = token.text[:1].isupper() and any(sign.isalpha() for sign in token.text)
    return written and not lexicon.is_title(token.text) and not lexicon.is_function(token.text)
