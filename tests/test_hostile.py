"""Texts that nobody meant to be read: the pipeline reads them, and every place that it gives fits the text."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

ANNOTATIONS = Path(__file__).resolve().parent.parent / "annotations"
STAGES = ("segment", "people", "countries", "claims", "themes")
SAID = "M. Lindqvist a déclaré que la mer montait."
HOSTILE = {
    "empty": "",
    "blank": " \n\t \n",
    "punctuation": "« » … !? ;;; ((( )))",
    "emoji": "👩‍👩‍👧 M. Lindqvist 🌊 a déclaré 🌊 que la mer 🌊 montait. 🇸🇳 Le Mali 🇸🇳 a dit que le ciel est bleu.",
    "combining accents": "Le Se\u0301ne\u0301gal a de\u0301clare\u0301 que la re\u0301forme e\u0301tait pre\u0302te.",
    "CRLF": "M. Lindqvist a déclaré\r\nque la mer\r\nmontait.\r\n\r\nIl a ajouté que le barrage tiendrait.\r\n",
    "CR": "M. Lindqvist a déclaré\rque la mer montait.\r",
    "tabs": "M.\tLindqvist\ta déclaré\tque\tla mer\tmontait.",
    "no-break spaces": "M.\u00a0Lindqvist a déclaré\u202f: «\u00a0La mer monte\u00a0».",
    "BOM": "\ufeff" + SAID,
    "zero-width": "M. Lind\u200bqvist a\u200b déclaré que la\u00ad mer montait.",
    "separators": "M. Lindqvist a déclaré\u2028que la mer\u2029montait.\x0cLe Chili a dit que le ciel était bleu.",
    "never closed": "M. Lindqvist a déclaré : « La mer monte. Le Chili a dit « que le ciel était bleu.",
    "never opened": "La mer monte », a déclaré M. Lindqvist. Le Chili a dit que le ciel » était bleu ».",
    "nested": "M. Kane a dit : « Mon père disait : « la mer monte “toujours” » et je le crois. »",
    "parentheses": "Le Chili a dit que " + "(" * 500 + "Pérou" + ")" * 500 + " était prêt.",
    "only opening": "Les taxes devraient être abolies " + "(Chili" * 40 + ".",
    "long word": "M. Lindqvist a déclaré que " + "a" * 5000 + " montait.",
    "one paragraph": SAID[:-1] + " et que le Chili agirait, " * 2500 + "a-t-il dit.",
    "NUL": "M. Lindqvist a déclaré\x00 que la mer montait.",
    "Arabic": "M. Lindqvist a déclaré : « البحر يرتفع ». Le Maroc a dit que 海は上がる.",
}


def spans(value: object) -> Iterator[tuple[int, int, str]]:
    """Yield all places, with their text, that stand anywhere within plain records."""
    if isinstance(value, dict):
        if {"start", "end", "text"} <= set(value):
            yield value["start"], value["end"], value["text"]
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


def check(doc: Doc, text: str) -> int:
    """Compare every place of every stage with the text, and return how many there are."""
    assert doc.text == text
    count = 0
    for stage in STAGES:
        for start, end, words in spans(dict(doc.spans[stage].attrs)):
            assert text[start:end] == words, stage
            count += 1
    return count


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text(nlp: Language, name: str) -> None:
    check(nlp(HOSTILE[name]), HOSTILE[name])


PIECES = [
    SAID,
    "Le Chili",
    "a dit",
    "que",
    "« ",
    " »",
    '"',
    "(",
    ")",
    "Pérou",
    ".",
    ",",
    " ",
    "\n",
    "\r\n",
    "-t-il",
    "’",
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=25))
def test_any_text(nlp: Language, pieces: list[str]) -> None:
    text = "".join(pieces)
    check(nlp(text), text)


def train() -> list[str]:
    """Return twelve reports of the train split, spread over the list."""
    with (ANNOTATIONS / "splits.csv").open(encoding="utf-8", newline="") as table:
        texts = [row["text"] for row in csv.DictReader(table) if row["split"] == "train"]
    return texts[:: len(texts) // 12][:12]


@pytest.mark.parametrize("path", train())
def test_annotated_report(nlp: Language, path: str) -> None:
    text = (ANNOTATIONS / path).read_bytes().decode("utf-8")
    assert check(nlp(text), text) > 10


def test_client_report(nlp: Language, client_report: str) -> None:
    assert check(nlp(client_report), client_report) > 500
