"""spaCy DocBin: the groups that the stages write, and faults."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, DocBin

from pipeline.interchange.docbin import FILE, read, write
from pipeline.interchange.reports import ConvertError
from pipeline.layers import stored
from pipeline.records import Claim, Evidence, Mention, Paragraph, Speaker
from tests.converted import found


@pytest.fixture
def doc(tmp_path: Path) -> Doc:
    """A report out of its file."""
    write([found()], tmp_path)
    (doc,) = DocBin().from_disk(tmp_path / FILE).get_docs(spacy.blank("fr").vocab)
    return doc


def test_the_groups_hold_the_records_of_the_stages(doc: Doc) -> None:
    document, text = found()
    assert doc.text == text
    assert stored(doc, "segment", Paragraph) == document.paragraphs
    assert stored(doc, "people", Speaker) == document.speakers
    assert stored(doc, "claims", Claim) == document.claims
    assert stored(doc, "themes", Evidence) == document.themes
    assert [mention.iso3 for mention in stored(doc, "countries", Mention)] == ["SEN", "NOR", "MAR", "SEN"]
    assert doc.spans["segment"].attrs["document"] == document.metadata.model_dump()


def test_the_spans_show_where_things_are(doc: Doc) -> None:
    claims = [(span.label_, span.id_, span.text) for span in doc.spans["claims"] if span.id_ == "c5"]
    # whole tokens; the exact pronoun is in the records
    assert claims == [("Cue", "c5", "a-t-elle dit"), ("Content", "c5", "oui"), ("Source", "c5", "-elle")]
    people = [(span.label_, span.id_, span.text) for span in doc.spans["people"]]
    assert people[0] == ("Person", "jean-ba", "Jean Ba\u0302")
    assert [span.kb_id_ for span in doc.spans["countries"]] == ["SEN", "NOR", "MAR", "SEN"]
    assert [(span.label_, span.id_) for span in doc.spans["themes"]] == [("children", "p1"), ("children", "c1")]


def test_a_file_that_is_no_docbin_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.spacy").write_bytes(b"text")
    with pytest.raises(ConvertError, match=r"a\.spacy: not a DocBin of spaCy"):
        read(tmp_path)


def test_a_docbin_of_another_program_is_refused(tmp_path: Path) -> None:
    DocBin(docs=[spacy.blank("fr")("Un texte.")]).to_disk(tmp_path / "a.spacy")
    with pytest.raises(ConvertError, match=r"a\.spacy: document 1: its user_data has no 'quidit'"):
        read(tmp_path)


def test_records_that_do_not_fit_the_text_are_refused(doc: Doc, tmp_path: Path) -> None:
    doc.spans["mentions"].attrs["records"][0]["text"] = "Jean Bo\u0302"
    DocBin(docs=[doc], store_user_data=True).to_disk(tmp_path / FILE)
    with pytest.raises(ConvertError, match=r"document 1: span \d+:\d+ is 'Jean Ba.' in the text, not 'Jean Bo.'"):
        read(tmp_path)
    del doc.spans["mentions"].attrs["records"][0]["label"]
    DocBin(docs=[doc], store_user_data=True).to_disk(tmp_path / FILE)
    with pytest.raises(ConvertError, match=r"document 1: mentions\.0\.label: "):
        read(tmp_path)
