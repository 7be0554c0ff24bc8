"""Claims written into their text, to be compared with sentences marked by hand."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from pipeline.layers import stored
from pipeline.records import Claim
from tests.marks import mark


def claims_of(doc: Doc) -> list[Claim]:
    """Return the claims that were found in a text."""
    return stored(doc, "claims", Claim)


def marked_claims(doc: Doc) -> str:
    """Return the text with its claims marked: ``[[Kane|source=1 2]]``, the numbers of the claims in their order."""
    numbers: dict[tuple[int, int, str], list[str]] = {}
    for number, claim in enumerate(claims_of(doc), 1):
        parts = [("cue", claim.cue), ("content", claim.content), *(("source", s.span) for s in claim.sources)]
        for kind, span in parts:
            if span is not None:
                numbers.setdefault((span.start, span.end, kind), []).append(str(number))
    return mark(doc.text, [(start, end, f"{kind}={' '.join(n)}") for (start, end, kind), n in numbers.items()])


def wrong(*values: object, reason: str) -> object:
    """Return a row that the pipeline gets wrong, with what it finds instead."""
    return pytest.param(*values, marks=pytest.mark.xfail(strict=True, reason=reason))
