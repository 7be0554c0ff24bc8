"""A run over files of several formats: the text that offsets count in is kept, pages are known, a failure is a line."""

from __future__ import annotations

import csv
import logging
from pathlib import Path

import pytest
from PIL import Image
from spacy.language import Language

from pipeline.run import run
from tests.files import Paper, docx, pdf, web_page

TITLE = "Réunion des ministres"
SENTENCE = "Mme Awa Ndiaye, Ministre de la santé du Sénégal, a déclaré que la mer montait chaque année un peu plus."


def rows(out: Path, table: str) -> list[dict[str, str]]:
    with (out / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Return a folder with a report in each format, and two files that cannot be read."""
    folder = tmp_path / "reports"
    folder.mkdir()
    scan = Paper(furniture=False)
    scan.add_page()
    scan.image(Image.new("RGB", (40, 60), "grey"), x=0, y=0, w=200)
    picture_only = bytes(scan.output())
    scan = Paper(furniture=False)
    scan.add_page()
    scan.image(Image.new("RGB", (40, 60), "grey"), x=0, y=0, w=200)
    scan.add_page()
    scan.set_font("Times", "", 11)
    scan.multi_cell(0, 5, SENTENCE)
    files = {
        "dakar.pdf": bytes(scan.output()),
        "lomé 2.docx": docx([TITLE, SENTENCE]),
        "page.html": web_page([TITLE, SENTENCE]),
        "texte.txt": SENTENCE.encode(),
        "numérisé\nici.pdf": picture_only,
        "tronqué.pdf": pdf([SENTENCE])[:-300],
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def test_run(nlp: Language, reports: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    out = tmp_path / "out"
    with caplog.at_level(logging.INFO, logger="quidit"):
        summary = run([reports], out)
    assert list(summary.inputs) == ["dakar", "lome-2", "page", "texte"]
    assert sorted(path.name for path in (out / "documents").glob("*.txt")) == ["dakar.txt", "lome-2.txt", "page.txt"]
    claims = rows(out, "claims")
    assert [claim["doc_id"] for claim in claims] == list(summary.inputs)
    for claim in claims:
        kept = out / "documents" / f"{claim['doc_id']}.txt"
        raw = kept.read_bytes().decode() if kept.exists() else SENTENCE
        assert raw[int(claim["content_start"]) : int(claim["content_end"])] == claim["content"]
    assert {(row["doc_id"], row["page"]) for row in rows(out, "paragraphs")} == {
        ("dakar", "2"), ("lome-2", ""), ("page", ""), ("texte", "")
    }  # fmt: skip
    assert [(row["file"], row["stage"], row["error"].split(":")[0]) for row in rows(out, "failures")] == [
        ("numérisé\nici.pdf", "read", "no text layer"),
        ("tronqué.pdf", "read", "a truncated PDF document"),
    ]
    messages = [record.getMessage() for record in caplog.records]
    assert f"{reports / 'dakar.pdf'}: no text on page 1: a scan" in messages
    assert any(r"numérisé\nici.pdf: no text layer: a scan" in message for message in messages)
    assert not any("\n" in message for message in messages)
