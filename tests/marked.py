"""Reports whose persons, functions and cues are marked by hand: what the stages after the recogniser start from."""

from __future__ import annotations

from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from pipeline.layers import Place
from tests.marks import MARK


@cache
def french() -> Language:
    """Return French without any stage."""
    return spacy.blank("fr")


def places(example: str) -> tuple[str, list[Place]]:
    """Return the plain text of an example and its marks; what follows the sign ``=`` in a mark is its ``id``."""
    text, marks, done = "", [], 0
    for found in MARK.finditer(example):
        text += example[done : found.start()]
        label, _, wanted = found[2].partition("=")
        marks.append(Place(len(text), len(text) + len(found[1]), label, wanted))
        text += found[1]
        done = found.end()
    return text + example[done:], marks


def marked(example: str) -> Doc:
    """Return a `Doc` of an example whose marks stand in its group ``marks``, as the recogniser would leave them."""
    text, marks = places(example)
    doc = french().make_doc(text)
    spans = [doc.char_span(place.start, place.end, label=place.label) for place in marks]
    assert all(spans), f"a mark of {example!r} does not end where a token ends"
    doc.spans["marks"] = SpanGroup(doc, name="marks", spans=spans)
    return doc
