"""Round trips of generated reports: any text, any places in it."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.interchange.assemble import report_of
from pipeline.interchange.formats import FORMATS
from pipeline.interchange.marks import header_of, marks_of
from pipeline.interchange.reports import Annotated, losses, plain
from pipeline.records import THEMES, Document, Label, Span, Style

# what breaks offsets, lines, markup and splitting
SIGNS = st.sampled_from("ab é\u0301\n\r\t😀👩\u200d👧🏽&<>\"'|@#;:=\\n\x85\u2028\xa0\ufeff𝄞")
CODES = st.sampled_from([None, "SEN", "NOR"])
KINDS = st.sampled_from(["person", "country", "organisation", "collective", "document"])
TEXTS = st.text(SIGNS, min_size=1, max_size=60).filter(str.strip)


@st.composite
def spans(draw: st.DrawFn, text: str) -> dict[str, Any]:
    """Return a span with no white space at its ends, as all spans of reports are."""
    places = [place for place, sign in enumerate(text) if sign.strip()]
    start, last = sorted((draw(st.sampled_from(places)), draw(st.sampled_from(places))))
    return Span(start=start, end=last + 1, text=text[start : last + 1]).model_dump()


@st.composite
def reports(draw: st.DrawFn) -> Annotated:
    """Return a report with mentions, paragraphs and claims anywhere, also upon each other."""
    text = draw(TEXTS)
    place, themes = spans(text), st.lists(st.sampled_from(THEMES), unique=True, max_size=3)
    labels = draw(st.lists(st.sampled_from(get_args(Label)), max_size=4))
    who = st.sampled_from([None, "ba", "o'né|d"])
    mentions = [
        {"label": label, "mention_id": f"m{number}", "speaker_id": draw(who), "iso3": draw(CODES), **draw(place)}
        for number, label in enumerate(labels, 1)
    ]
    stripped = text.strip()
    start = text.index(stripped)
    block = {"start": start, "end": start + len(stripped), "text": stripped, "section": "opening"}
    paragraphs = [{**block, "paragraph_id": "p1", "themes": draw(themes)}] if draw(st.booleans()) else []
    claims = [
        {
            "claim_id": f"c{number}",
            "style": draw(st.sampled_from(get_args(Style))),
            "cue": draw(st.none() | place),
            "content": draw(place),
            "themes": draw(themes),
            "rule": draw(st.none() | st.text(SIGNS, min_size=1, max_size=5)),
            "confidence": draw(st.none() | st.floats(0, 1)),
            "sources": [
                {"type": draw(KINDS), "span": draw(place), "iso3": draw(CODES)} for _ in range(draw(st.integers(0, 2)))
            ],
        }
        for number in range(1, draw(st.integers(0, 3)) + 1)
    ]
    record = {**plain("any", text), "mentions": mentions, "claims": claims, "paragraphs": paragraphs}
    return Annotated(Document.model_validate(record), text)


def completed(report: Annotated) -> Annotated:
    """Return a report whose paragraphs hold its claims, and whose speakers are those of its mentions."""
    marks = marks_of(report.document)
    return report_of(header_of(report.document), marks, report.text, "any")


@pytest.mark.parametrize("name", ["brat", "cas", "label-studio", "w3c", "docbin"])
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(report=reports().map(completed))
def test_any_report_comes_back_equal(name: str, report: Annotated) -> None:
    module = import_module(f"pipeline.interchange.{FORMATS[name].module}")
    with TemporaryDirectory() as folder:
        module.write([report], Path(folder))
        assert module.read(Path(folder)) == [report]


@settings(max_examples=200, deadline=None, derandomize=True)
@given(report=reports().map(completed))
def test_tagged_text_of_any_report_can_be_read(report: Annotated) -> None:
    module = import_module("pipeline.interchange.tagged")
    with TemporaryDirectory() as folder:
        module.write([report], Path(folder))
        (back,) = module.read(Path(folder))
    assert back.text == report.text
    # nothing is made up: what comes back was there, though not all that was there comes back
    added = losses([back], [report])
    assert {name for name in added if "." not in name} <= {"mentions"}
