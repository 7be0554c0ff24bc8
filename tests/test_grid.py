"""The grid: each way in which French attributes speech, with each kind of source; and sentences that attribute nothing.

A row of ``grid.csv`` is a sentence of a cell: marked as in ``test_claims.py``; its sources claim by claim (``;``) and
source by source (``,``), a country by its code, a person by name and code; and what goes wrong, where it does.
The sentences and their marks were written without a look at what the pipeline finds in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.records import Source
from pipeline.resources import read_table
from tests.claimed import claims_of, marked_claims
from tests.marks import unmark

GRID = Path(__file__).with_name("grid.csv")


def rows() -> Iterator[object]:
    """Yield (sentence, sources) of each row, under the name of its cell and its line in the file."""
    for line, row in read_table(GRID, ("cell", "sentence", "sources", "wrong")):
        fails = [pytest.mark.xfail(strict=True, reason=row["wrong"])] if row["wrong"] else []
        yield pytest.param(row["sentence"], row["sources"], marks=fails, id=f"{row['cell']}, line {line}")


def who(source: Source) -> str:
    """Return whom a source names; a function of nobody whom the report names has no country to be known."""
    known = source.name is not None or source.type == "country"
    return " ".join(filter(None, (source.type, source.name, source.iso3 if known else None)))


def named_sources(doc: Doc) -> str:
    """Return whom the claims of a text are attributed to, as in ``grid.csv``."""
    return "; ".join(", ".join(sorted(who(source) for source in claim.sources)) for claim in claims_of(doc))


@pytest.mark.parametrize(("sentence", "sources"), list(rows()))
def test_grid(nlp: Language, sentence: str, sources: str) -> None:
    doc = nlp(unmark(sentence))
    assert (marked_claims(doc), named_sources(doc)) == (sentence, sources)
