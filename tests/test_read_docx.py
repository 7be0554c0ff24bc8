"""Word documents: paragraphs, headings, lists and tables in their order, nothing else; and what is refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image

from pipeline.read import ReadError, read
from tests.files import docx, saved

A = "La déléguée du Chili a dit que les régions n'avaient pas été consultées."
B = "Le maire de Dakar a rappelé que les migrants étaient aussi des habitants."


def blocks(folder: Path, data: bytes) -> list[str]:
    """Return the blocks of text of a document."""
    path = folder / "rapport.docx"
    path.write_bytes(data)
    report = read(path)
    assert (report.format, report.encoding, report.pages) == ("docx", None, None)
    return report.text.rstrip("\n").split("\n\n")


def with_runs(xml: str) -> bytes:
    """Return a document with one paragraph, its runs given as XML."""
    document = Document()
    document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w', 'wp', 'a', 'r')}>{xml}</w:p>"))
    return saved(document)


def test_parts_come_in_their_order_and_furniture_is_left_out(tmp_path: Path) -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Ministère"
    document.sections[0].footer.paragraphs[0].text = "Page 1"
    document.add_heading("Compte rendu", 0)
    document.add_heading("Ouverture", 1)
    paragraph = document.add_paragraph(A)
    document.add_comment(paragraph.runs, "À vérifier", author="x")
    document.add_paragraph("Un premier point ;", style="List Bullet")
    document.add_paragraph("un second point.", style="List Number")
    document.add_paragraph("– une liste à la main.", style="List Bullet")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Chili", B
    table.cell(0, 1).add_paragraph("Fin du tableau.")
    document.add_paragraph("")
    document.add_paragraph("Clôture")
    assert blocks(tmp_path, saved(document)) == [
        "Compte rendu",
        "Ouverture",
        A,
        "- Un premier point ;",
        "- un second point.",
        "– une liste à la main.",
        "Chili",
        B,
        "Fin du tableau.",
        "Clôture",
    ]


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ("<w:r><w:t>Le</w:t><w:tab/><w:t>Chili</w:t><w:br/><w:t>a dit</w:t></w:r>", "Le Chili a dit"),
        ("<w:r><w:t>peut</w:t><w:noBreakHyphen/><w:t>être</w:t></w:r>", "peut-être"),
        ("<w:r><w:t>mi</w:t><w:softHyphen/><w:t>grants</w:t></w:r>", "migrants"),
        ('<w:smartTag w:element="country"><w:r><w:t>Mali</w:t></w:r></w:smartTag>', "Mali"),
        ("<w:hyperlink><w:r><w:t>Mali</w:t></w:r></w:hyperlink>", "Mali"),
        ("<w:sdt><w:sdtContent><w:r><w:t>Mali</w:t></w:r></w:sdtContent></w:sdt>", "Mali"),
        ('<w:ins w:id="1"><w:r><w:t>Mali</w:t></w:r></w:ins>', "Mali"),
        ('<w:r><w:t>Mali</w:t></w:r><w:del w:id="1"><w:r><w:delText>Niger</w:delText></w:r></w:del>', "Mali"),
        ('<w:r><w:t>Mali</w:t></w:r><w:moveFrom w:id="1"><w:r><w:t>Niger</w:t></w:r></w:moveFrom>', "Mali"),
        ("<w:r><w:instrText> PAGE </w:instrText><w:t>Mali</w:t></w:r>", "Mali"),
    ],
)
def test_what_is_seen_in_word_is_read(tmp_path: Path, runs: str, text: str) -> None:
    assert blocks(tmp_path, with_runs(runs)) == [text]


def zipped(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return file.getvalue()


def only_a_picture() -> bytes:
    document = Document()
    file = io.BytesIO()
    Image.new("RGB", (40, 60), "grey").save(file, "PNG")
    document.add_picture(file)
    return saved(document)


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "empty file"),
        (b"Bonjour.", "not a Word document"),
        (b"%PDF-1.7", "not a Word document"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "a Word document that is encrypted, or of the old format .doc; save it as .docx",
        ),
        (docx([A])[:-200], "a truncated or damaged Word document"),
        (zipped(**{"lisez-moi.txt": b"Bonjour."}), "a ZIP archive that is no Word document"),
        (zipped(**{"word/document.xml": b"<w:p"}), "a damaged Word document"),
        (zipped(**{"word/document.xml": b" " * 70_000_000}), "a Word document that unpacks to far more than a report"),
        (only_a_picture(), "a Word document with nothing but pictures"),
        (saved(Document()), "a Word document without any text"),
    ],
    ids=["empty", "text", "pdf", "old", "truncated", "zip", "damaged", "bomb", "picture", "blank"],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, data: bytes, cause: str) -> None:
    path = tmp_path / "rapport de l'été.docx"
    path.write_bytes(data)
    with pytest.raises(ReadError) as error:
        read(path)
    assert str(error.value) == f"{path}: {cause}"


def test_entities_of_xml_are_not_followed(tmp_path: Path) -> None:
    body = zipfile.ZipFile(io.BytesIO(docx([A]))).read("word/document.xml").decode()
    bomb = '<!DOCTYPE w [<!ENTITY a "Bonjour. "><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    changed = body.replace("?>", f"?>{bomb}", 1).replace(A, "Le Chili a dit oui.&b;")
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx([A]))) as old, zipfile.ZipFile(file, "w") as new:
        for part in old.infolist():
            new.writestr(part, changed if part.filename == "word/document.xml" else old.read(part))
    assert blocks(tmp_path, file.getvalue()) == ["Le Chili a dit oui."]
