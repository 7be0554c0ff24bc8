"""segment: the paragraphs of a report with their sections, its sentences, and what its title block says.

Goes by the raw text alone, so that it can stand first in any pipeline and on a blank ``fr``. Writes
``doc.spans["segment"]`` (spans labelled with their section; records `Paragraph`; ``attrs["document"]`` is a `Metadata`
as a dict) and ``doc.spans["sentences"]``, one span a sentence, inside paragraphs only.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from pipeline.layers import Place, store
from pipeline.records import Metadata, Paragraph
from pipeline.resources import models_dir
from pipeline.text.layout import Block, Words, blocks, load_words
from pipeline.text.metadata import TitleBlock
from pipeline.text.sections import load_parts, sections
from pipeline.text.sentences import Rules, sentences

GROUP = "segment"
SENTENCES = "sentences"


class Segment:
    """Component: paragraphs, sentences and metadata."""

    def __init__(self, models: Path, name: str = GROUP) -> None:
        self.name = name
        self.rules = Rules.load(models)
        self.titles = TitleBlock(models, self.split)
        self.parts = load_parts(models)
        self.words: Words = load_words(models, self.count, self.titles.is_date)

    def split(self, text: str) -> list[str]:
        """Return the sentences of a text."""
        return [text[start:end] for start, end in sentences(text, self.rules)]

    def count(self, text: str) -> int:
        """Return the number of sentences in a text."""
        return len(sentences(text, self.rules))

    def find(self, text: str) -> tuple[list[Paragraph], Metadata]:
        """Return the paragraphs of a report, and what it says of itself."""
        found = blocks(text, self.words)
        return self._paragraphs(found), self.titles.read(text, found)

    def _paragraphs(self, found: list[Block]) -> list[Paragraph]:
        placed = zip(found, sections(found, self.parts, self.count), strict=True)
        paragraphs = [(block, section) for block, section in placed if block.kind == "paragraph"]
        return [
            Paragraph(
                paragraph_id=f"p{number}",
                start=block.start,
                end=block.end,
                text=block.text,
                page=None,
                section=section,
            )
            for number, (block, section) in enumerate(paragraphs, 1)
        ]

    def __call__(self, doc: Doc) -> Doc:
        paragraphs, metadata = self.find(doc.text)
        places = [Place(p.start, p.end, p.section, p.paragraph_id) for p in paragraphs]
        store(doc, GROUP, paragraphs, places, document=metadata.model_dump())
        self.sentences(doc, paragraphs)
        return doc

    def sentences(self, doc: Doc, paragraphs: list[Paragraph]) -> None:
        """Write the group of the sentences of some paragraphs."""
        doc.spans[SENTENCES] = SpanGroup(doc, name=SENTENCES, spans=list(self._sentences(doc, paragraphs)))

    def _sentences(self, doc: Doc, paragraphs: list[Paragraph]) -> Iterator[Span]:
        """Yield the sentences as spans that share no token, even where a text lacks the blank between two."""
        taken = 0
        for paragraph in paragraphs:
            for start, end in sentences(paragraph.text, self.rules):
                place = (paragraph.start + start, paragraph.start + end)
                span = doc.char_span(*place, alignment_mode="expand")
                if span is not None and span.end > taken:
                    yield doc[max(span.start, taken) : span.end]
                    taken = span.end


@Language.factory(GROUP, assigns=["doc.spans"])
def make_segment(nlp: Language, name: str, models: str | None = None) -> Segment:
    """Make the stage; `models` is the folder that holds ``segment/`` and ``read/``, the one that is shipped if None."""
    return Segment(Path(models) if models else models_dir(), name)
