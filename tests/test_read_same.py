"""One report as text, PDF, Word document and web page: the same paragraphs, speakers, countries and claims."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from spacy.language import Language

from pipeline.datasets import document
from pipeline.read import Report, read
from pipeline.records import Document
from pipeline.resources import models_dir
from pipeline.segment import Segment
from tests.files import docx, pdf, web_page

SEGMENT = Segment(models_dir())
FILES: dict[str, Callable[[list[str]], bytes]] = {
    "column.pdf": pdf,
    "columns.pdf": partial(pdf, columns=2),
    "ragged.pdf": partial(pdf, align="L"),
    "report.docx": docx,
    "page.html": web_page,
    "old.html": partial(web_page, encoding="windows-1252"),
}


def made(text: str, folder: Path, name: str) -> Report:
    """Return a report as it is read from a file of another format, a paragraph a line of the text."""
    path = folder / name
    path.write_bytes(FILES[name]([line.strip() for line in text.splitlines() if line.strip()]))
    return read(path)


def folded(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", FILES)
def test_paragraphs_are_the_same(client_report: str, tmp_path: Path, name: str) -> None:
    expected = SEGMENT.find(client_report)[0]
    found = SEGMENT.find(made(client_report, tmp_path, name).text)[0]
    assert [folded(paragraph.text) for paragraph in found] == [folded(paragraph.text) for paragraph in expected]
    assert [paragraph.section for paragraph in found] == [paragraph.section for paragraph in expected]


def facts(record: Document) -> dict[str, set[tuple[str | None, ...]]]:
    """Return what is known of a report without places in its text."""
    return {
        "speakers": {(s.person_id, s.name, s.country, s.sector, s.gender) for s in record.speakers},
        "countries": {(country.iso3, str(country.mentions)) for country in record.countries},
        "claims": {(folded(claim.content.text), claim.style, claim.cue_lemma) for claim in record.claims},
    }


@pytest.fixture(scope="module")
def expected(nlp: Language, client_report: str) -> dict[str, set[tuple[str | None, ...]]]:
    report = Report(doc_id="r", file="r.txt", sha256="", format="txt", text=client_report)
    return facts(document(nlp(client_report), report))


@pytest.mark.parametrize("name", ["columns.pdf", "report.docx", "page.html"])
def test_what_is_found_is_the_same(
    nlp: Language, client_report: str, expected: dict[str, set[tuple[str | None, ...]]], tmp_path: Path, name: str
) -> None:
    report = made(client_report, tmp_path, name)
    record = document(nlp(report.text), report)
    assert all(expected.values())
    assert facts(record) == expected
    pages = [paragraph.page for paragraph in record.paragraphs]
    if name.endswith(".pdf"):
        assert pages == sorted(page or 0 for page in pages)
        assert set(pages) == set(range(1, 1 + len(report.pages or [])))
    else:
        assert set(pages) == {None}
