"""One HTML page for a run: its figures, then every error in its sentence, gold beside found.

The page needs no network and holds sentences only, so it stays small where the reports are many.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

import spacy
from jinja2 import Environment, PackageLoader
from spacy.language import Language

from pipeline.evaluation import sections
from pipeline.records import Document
from pipeline.scoring.differences import Difference, Place
from pipeline.scoring.scores import Scores, interval, percent

# a passage longer than this is cut: the page is for finding errors, not for reading reports
LONGEST = 600
MARGIN = 80


class Piece(NamedTuple):
    """A stretch of a sentence, and whose spans cover it: ``gold``, ``found``, ``both`` or nobody's."""

    text: str
    side: str


class Error(NamedTuple):
    """An error as the page shows it."""

    difference: Difference
    pieces: list[Piece]


def render(scores: Scores, errors: Iterable[Difference], gold: Mapping[str, Document], texts: Mapping[str, str]) -> str:
    """Return the page as HTML; `texts` are the raw texts of the reports in `gold`."""
    shown = list(_in_sentences(errors, gold, texts))
    environment = Environment(loader=PackageLoader("pipeline"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters.update(percent=percent, interval=interval)
    return environment.get_template("errors.html").render(
        scores=scores,
        sections=sections(scores),
        errors=shown,
        choices={
            "report": Counter(error.difference.doc_id for error in shown),
            "layer": Counter(error.difference.layer for error in shown),
            "kind": Counter(error.difference.kind for error in shown),
        },
    )


def _in_sentences(
    errors: Iterable[Difference], gold: Mapping[str, Document], texts: Mapping[str, str]
) -> Iterator[Error]:
    splitter = spacy.blank("fr")
    splitter.add_pipe("sentencizer")
    sentences: dict[str, list[int]] = {}
    for error in errors:
        if error.doc_id not in sentences:
            sentences[error.doc_id] = _sentence_starts(splitter, gold[error.doc_id], texts[error.doc_id])
        yield Error(error, _pieces(error, texts[error.doc_id], sentences[error.doc_id]))


def _sentence_starts(splitter: Language, document: Document, text: str) -> list[int]:
    """Return where sentences begin: those of the paragraphs, and the lines between them."""
    starts = {0, len(text)}
    end = 0
    for paragraph in (*sorted(document.paragraphs, key=lambda p: p.start), None):
        stop = paragraph.start if paragraph else len(text)
        starts.update(n + 1 for n in range(end, stop) if text[n] == "\n")
        if paragraph:
            doc = splitter(paragraph.text)
            starts.update(paragraph.start + sentence.start_char for sentence in doc.sents)
            end = paragraph.end
    return sorted(starts)


def _pieces(error: Difference, text: str, starts: list[int]) -> list[Piece]:
    """Return the sentence or sentences of an error, cut up where the spans of either side begin and end."""
    if not error.spans:
        return []
    first = min(start for start, _ in error.spans)
    last = max(end for _, end in error.spans)
    begin = starts[bisect_right(starts, first) - 1]
    stop = starts[min(bisect_right(starts, last - 1), len(starts) - 1)]
    if stop - begin > LONGEST:
        begin = max(begin, first - MARGIN)
        stop = min(stop, begin + LONGEST)
    gold, found = (side.spans if side and error.layer != "themes" else () for side in (error.gold, error.found))
    edges = {edge for place in (*gold, *found) for edge in place if begin < edge < stop}
    return [
        Piece(text[a:b], _side(_covers(gold, a), _covers(found, a))) for a, b in pairwise(sorted({begin, stop, *edges}))
    ]


def _covers(spans: Iterable[Place], place: int) -> bool:
    return any(start <= place < end for start, end in spans)


def _side(gold: bool, found: bool) -> str:
    return "both" if gold and found else "gold" if gold else "found" if found else ""
