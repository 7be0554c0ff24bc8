"""Paragraphs whose analysis is written by hand: ``Kane/PROPN a/AUX dit/VERB/dire``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import spacy
from spacy.tokens import Doc

from pipeline.resources import models_dir
from pipeline.speech.sources import Candidate, Named
from pipeline.speech.view import View

VOCAB = spacy.blank("fr").vocab
Morphs = dict[str, str]


def document(
    words: str,
    *,
    arcs: dict[str, tuple[str, str]] | None = None,
    morphs: Morphs | None = None,
    glued: Iterable[str] = (),
) -> Doc:
    """Return a `Doc` of words with part of speech and lemma after a stroke each, where they matter.

    `arcs` gives word -> (head, dependency), `morphs` word -> features; `glued` are words without a blank after them.
    """
    cells = [word.split("/") for word in words.split()]
    texts = [cell[0] for cell in cells]
    heads, deps = list(range(len(texts))), ["ROOT"] * len(texts)
    for word, (head, dep) in (arcs or {}).items():
        heads[texts.index(word)], deps[texts.index(word)] = texts.index(head), dep
    return Doc(
        VOCAB,
        words=texts,
        spaces=[text not in glued for text in texts[:-1]] + [False],
        pos=[cell[1] if len(cell) > 1 else "X" for cell in cells],
        lemmas=[cell[2] if len(cell) > 2 else cell[0] for cell in cells],
        morphs=[(morphs or {}).get(text, "") for text in texts],
        heads=heads,
        deps=deps,
    )


def view(words: str, *, sentences: Sequence[int] = (), **analysis: object) -> View:
    """Return a paragraph as the claims stage sees it; `sentences` are where sentences but the first begin."""
    doc = document(words, **analysis)
    return View(doc[:], frozenset(sentences), doc.text, models_dir())


def at(seen: View, words: str) -> tuple[int, int]:
    """Return the positions of some words of a paragraph: of the first place where they stand."""
    wanted = words.split()
    first = next(n for n in range(len(seen)) if seen.text[n : n + len(wanted)] == wanted)
    return first, first + len(wanted)


def candidate(seen: View, words: str, kind: str) -> Candidate:
    """Return some words as what may be a source; the last is the main one, the first of a phrase's is its article."""
    first, last = at(seen, words)
    return Candidate(first, last, last - 1 if kind == "phrase" else first, kind)


def named(seen: View, *, persons: Sequence[str] = (), roles: Sequence[str] = (), states: Sequence[str] = ()) -> Named:
    """Return the names, functions and states of a paragraph."""
    return Named.of(*([at(seen, words) for words in few] for few in (persons, roles, states)))
