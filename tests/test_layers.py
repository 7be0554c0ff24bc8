"""How stages leave their results on a `Doc`: records to the code point, spans in whole tokens, both in a file."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from spacy.tokens import Doc, DocBin

from pipeline.layers import Place, store, stored
from pipeline.records import Claim, Mention, Span, Speaker

FRENCH = spacy.blank("fr")
TEXT = "Le Ghana, a-t-il dit, a voté."


def mention(text: str, start: int, end: int, **fields: str) -> Mention:
    return Mention(mention_id="", label="Country", start=start, end=end, text=text[start:end], **fields)


@pytest.fixture
def doc() -> Doc:
    return FRENCH.make_doc(TEXT)


def saved(doc: Doc) -> Doc:
    """Return a copy that went through a file without user data."""
    data = DocBin(docs=[doc], store_user_data=False).to_bytes()
    return next(iter(DocBin(store_user_data=False).from_bytes(data).get_docs(spacy.blank("fr").vocab)))


def test_records_come_back_in_the_order_in_which_they_were_written(doc):
    records = [mention(TEXT, 22, 28), mention(TEXT, 3, 8, iso3="GHA", speaker_id="a")]
    store(doc, "countries", records, [])
    assert stored(doc, "countries", Mention) == records


def test_a_stage_that_did_not_run_left_no_records(doc):
    assert stored(doc, "countries", Mention) == []


def test_a_stage_that_found_nothing_left_no_records_and_no_spans(doc):
    store(doc, "countries", [], [])
    assert stored(doc, "countries", Mention) == []
    assert list(doc.spans["countries"]) == []


def test_a_group_of_spans_without_records_gives_none(doc):
    doc.spans["marks"] = [doc[0:2]]
    assert stored(doc, "marks", Mention) == []


def test_a_record_keeps_its_code_points_inside_a_token_and_its_span_is_the_whole_token(doc):
    start = TEXT.index("il dit")
    store(doc, "people", [mention(TEXT, start, start + 2)], [Place(start, start + 2, "Person")])
    (record,) = stored(doc, "people", Mention)
    (span,) = doc.spans["people"]
    assert (record.start, record.end, record.text) == (start, start + 2, "il")
    assert span.text == "-il"


def test_code_points_outside_the_basic_plane_count_once():
    text = "😀 Le Ghana 👩🏽‍⚖️ a voté."
    doc = FRENCH.make_doc(text)
    start = text.index("Ghana")
    store(doc, "countries", [mention(text, start, start + 5)], [Place(start, start + 5, "Country")])
    assert [span.text for span in doc.spans["countries"]] == ["Ghana"]
    assert [(r.start, r.text) for r in stored(doc, "countries", Mention)] == [(5, "Ghana")]


def test_a_span_says_label_id_and_kb_id(doc):
    store(doc, "countries", [], [Place(3, 8, "Country", "c1", "GHA"), Place(10, 20, "Cue")])
    assert [(s.text, s.label_, s.id_, s.kb_id_) for s in doc.spans["countries"]] == [
        ("Ghana", "Country", "c1", "GHA"),
        ("a-t-il dit", "Cue", "", ""),
    ]


def test_spans_may_overlap_and_keep_their_order(doc):
    store(doc, "claims", [], [Place(3, 20, "Content"), Place(3, 8, "Source"), Place(10, 20, "Cue")])
    assert [s.text for s in doc.spans["claims"]] == ["Ghana, a-t-il dit", "Ghana", "a-t-il dit"]


def test_further_values_stand_beside_the_records(doc):
    store(doc, "people", [], [], takes_part=["awa-diop"])
    assert doc.spans["people"].attrs == {"records": [], "takes_part": ["awa-diop"]}


def test_a_second_run_of_a_stage_takes_the_place_of_the_first(doc):
    store(doc, "countries", [mention(TEXT, 3, 8)], [Place(3, 8, "Country")], note=1)
    store(doc, "countries", [], [])
    assert stored(doc, "countries", Mention) == []
    assert list(doc.spans["countries"]) == []
    assert "note" not in doc.spans["countries"].attrs


def test_records_of_another_stage_are_refused(doc):
    store(doc, "countries", [mention(TEXT, 3, 8)], [])
    with pytest.raises(ValidationError):
        stored(doc, "countries", Claim)


def test_records_and_spans_survive_a_file_without_user_data(doc):
    start = TEXT.index("il dit")
    speaker = Speaker(
        speaker_id="kofi",
        person_id="kofi",
        name="Kofi",
        gender="M",
        mentions=[Span(start=start, end=start + 2, text="il")],
    )
    store(doc, "people", [speaker], [Place(start, start + 2, "Person", "kofi", "GHA")], takes_part=["kofi"])
    copy = saved(doc)
    assert copy.text == TEXT
    assert stored(copy, "people", Speaker) == [speaker]
    assert copy.spans["people"].attrs == doc.spans["people"].attrs
    assert [(s.text, s.label_, s.id_, s.kb_id_) for s in copy.spans["people"]] == [("-il", "Person", "kofi", "GHA")]


@given(st.text(st.sampled_from("aé'’-\n\u00a0😀\u0301 .M"), min_size=1, max_size=40), st.data())
def test_any_stretch_of_any_text_round_trips(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    doc = FRENCH.make_doc(text)
    record = mention(text, start, end)
    store(doc, "countries", [record], [Place(start, end, "Country", "m1")])
    copy = saved(doc)
    (span,) = copy.spans["countries"]
    assert stored(copy, "countries", Mention) == [record]
    assert copy.text[record.start : record.end] == record.text
    assert record.text.strip(" ") in span.text  # a blank belongs to no token
