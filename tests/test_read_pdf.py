"""PDF documents: what stands around the text and between its lines is gone, and what cannot be read is refused."""

from __future__ import annotations

import re
from itertools import zip_longest
from pathlib import Path

import pytest
from fpdf import FPDF
from fpdf.enums import AccessPermission
from PIL import Image

from pipeline.datasets import paged
from pipeline.read import ReadError, Report, read
from pipeline.reading.hyphens import rejoined
from pipeline.records import Paragraph
from tests.files import HEAD, Paper, pdf

A = (
    "La première séance a été consacrée aux villes. Plusieurs maires ont rappelé que les migrants étaient aussi des "
    "habitants, qu'ils payaient des impôts et que leurs enfants allaient à l'école. Aucun n'a demandé leur départ."
)
B = (
    "La déléguée du Chili a dit que les régions n'avaient pas été consultées. Elle a proposé que le projet de texte "
    "leur soit adressé avant la fin de l'année, dans toutes les langues. La proposition a été adoptée sans vote."
)


def saved(folder: Path, data: bytes, name: str = "rapport.pdf") -> Path:
    """Write a file, and return its path."""
    path = folder / name
    path.write_bytes(data)
    return path


def blank(*, size: int = 11) -> Paper:
    """Return a document with an empty page, without head and foot."""
    paper = Paper(furniture=False)
    paper.add_page()
    paper.set_font("Times", "", size)
    return paper


def lines(text: str, *, signs: int = 45) -> list[str]:
    """Return a text in lines of some signs."""
    found = [""]
    for word in text.split():
        if len(found[-1]) + len(word) > signs:
            found.append("")
        found[-1] = f"{found[-1]} {word}".strip()
    return found


def blocks(report: Report) -> list[str]:
    return report.text.split("\n\n")[:-1]


def reading(folder: Path, paper: FPDF) -> list[str]:
    """Return the blocks of text of a document."""
    return blocks(read(saved(folder, bytes(paper.output()))))


def turned(number: int) -> list[str]:
    """Return some different paragraphs: the words of one in another order each."""
    words = re.findall(r"[\w'-]+", A.lower())
    return [" ".join([*words[n:], *words[:n]]).capitalize() + "." for n in range(number)]


@pytest.mark.parametrize("columns", [1, 2, 3])
@pytest.mark.parametrize("align", ["J", "L"])
def test_paragraphs_come_through(tmp_path: Path, columns: int, align: str) -> None:
    report = read(saved(tmp_path, pdf(turned(30), columns=columns, align=align)))
    assert blocks(report) == turned(30)
    assert HEAD not in report.text
    assert (report.format, report.encoding, report.warnings) == ("pdf", None, ())


def test_each_page_is_known(tmp_path: Path) -> None:
    texts = turned(9)
    paper = Paper()
    paper.set_font("Times", "", 11)
    for text in texts:
        paper.add_page()
        paper.multi_cell(0, 5, text)
    report = read(saved(tmp_path, bytes(paper.output())))
    places = [(report.text.index(text), text) for text in texts]
    assert report.pages == [start for start, _ in places]
    paragraphs = [
        Paragraph(paragraph_id="p", start=start, end=start + len(text), text=text, section="body")
        for start, text in places
    ]
    assert [paragraph.page for paragraph in paged(paragraphs, report.pages)] == list(range(1, 10))


def test_empty_pages_count(tmp_path: Path) -> None:
    paper = Paper(furniture=False)
    paper.set_font("Times", "", 11)
    for text in ("", A, "", "", B, ""):
        paper.add_page()
        paper.multi_cell(0, 5, text)
    report = read(saved(tmp_path, bytes(paper.output())))
    first, second = report.text.index(A), report.text.index(B)
    assert report.pages == [first, first, second, second, second, len(report.text)]
    assert report.warnings == ()


def test_columns_drawn_line_by_line_are_read_one_after_the_other(tmp_path: Path) -> None:
    paper = blank()
    paper.text(60, 30, "Compte rendu de la réunion des villes et des régions du monde")
    for n, (left, right) in enumerate(zip_longest(lines(A), lines(B), fillvalue="")):
        paper.text(25, 45 + 5 * n, left)
        paper.text(115, 45 + 5 * n, right)
    text = " ".join(reading(tmp_path, paper)[1:])
    assert text == f"{A} {B}"


def test_words_broken_at_the_end_of_lines_are_joined(tmp_path: Path) -> None:
    paper = blank()
    for n, line in enumerate(["Les délégués se sont enga-", "gés, a dit le vice-", "ministre du Burkina-", "Faso."]):
        paper.text(25, 30 + 5 * n, line)
    assert reading(tmp_path, paper) == ["Les délégués se sont engagés, a dit le vice-ministre du Burkina-Faso."]


@pytest.mark.parametrize(
    ("before", "after", "seen", "whole"),
    [
        ("la migra", "tion", "", "la migration"),
        ("on doit pro", "céder", "", "on doit procéder"),
        ("les plu", "sieurs", "", "les plusieurs"),
        ("il a peut", "être", "", "il a peut-être"),
        ("le vice", "ministre", "", "le vice-ministre"),
        ("les sous", "régions", "", "les sous-régions"),
        ("dit", "il", "", "dit-il"),
        ("a-t", "elle", "", "a-t-elle"),
        ("le Burkina", "Faso", "", "le Burkina-Faso"),
        ("le Séné", "gal", "", "le Sénégal"),
        ("Vice", "ministre", "", "Vice-ministre"),
        ("la CE", "DEAO", "", "la CEDEAO"),
        ("d'inter", "action", "inter-action", "d'inter-action"),
        ("la rééva", "luation", "", "la réévaluation"),
        ("les années 1980", "1990", "", "les années 1980-1990"),
    ],
)
def test_hyphen_stays_where_it_belongs_to_the_word(before: str, after: str, seen: str, whole: str) -> None:
    assert rejoined(before, after, {seen}) == whole


def test_paragraph_goes_on_over_the_page(tmp_path: Path) -> None:
    paper = Paper()
    paper.set_font("Times", "", 11)
    parts = lines(A, signs=60)
    for part in (parts[:2], parts[2:]):
        paper.add_page()
        for line in part:
            paper.cell(0, 5, line, new_x="LMARGIN", new_y="NEXT")
    report = read(saved(tmp_path, bytes(paper.output())))
    assert blocks(report) == [A]
    assert report.pages == [0, A.index(parts[2])]


def test_headings_and_items_stand_alone(tmp_path: Path) -> None:
    paper = blank()
    paper.set_font("Times", "B", 14)
    paper.multi_cell(0, 7, "Ouverture de la réunion", new_x="LMARGIN", new_y="NEXT")
    paper.set_font("Times", "", 11)
    paper.multi_cell(0, 5, f"{A}\n- un premier point ;\n- un second point.\n", new_x="LMARGIN", new_y="NEXT")
    paper.set_font("Times", "B", 11)
    paper.multi_cell(0, 5, "Suite", new_x="LMARGIN", new_y="NEXT")
    paper.set_font("Times", "", 11)
    paper.multi_cell(0, 5, B)
    assert reading(tmp_path, paper) == [
        "Ouverture de la réunion", A, "- un premier point ;", "- un second point.", "Suite", B
    ]  # fmt: skip


@pytest.mark.parametrize("indent", ["      ", ""])
def test_paragraphs_without_space_between_are_told_apart(tmp_path: Path, indent: str) -> None:
    paper = blank()
    for text in (A, B, A):
        paper.multi_cell(0, 5, indent + text, new_x="LMARGIN", new_y="NEXT", align="J")
    assert reading(tmp_path, paper) == [A, B, A]


@pytest.mark.parametrize(
    "drawn",
    [
        ["5. Le Chili a dit que les villes devaient agir sans attendre", "– un point de vue que le Pérou partage."],
        [
            "Il a cité trois points : 1) les villes, 2) les régions, dont il a",
            "longuement parlé ce matin-là devant tous ceux qui étaient venus ;",
            "3) les États.",
        ],
    ],
)
def test_dash_or_number_inside_a_paragraph_begins_no_item(tmp_path: Path, drawn: list[str]) -> None:
    paper = blank()
    for n, line in enumerate(drawn):
        paper.text(25, 30 + 5 * n, line)
    assert reading(tmp_path, paper) == [" ".join(drawn)]


def test_items_without_stops_stand_alone(tmp_path: Path) -> None:
    paper = blank()
    items = ["a) les villes et leurs habitants", "b) les régions", "c) les États"]
    for n, line in enumerate(items):
        paper.text(25, 30 + 5 * n, line)
    assert reading(tmp_path, paper) == items


def test_notes_stand_after_the_text(tmp_path: Path) -> None:
    paper = Paper()
    paper.set_font("Times", "", 11)
    for number, (text, note) in enumerate([(A, "Voir le document de travail."), (B, "Ibid., p. 4.")], 1):
        paper.add_page()
        paper.set_font("Times", "", 11)
        paper.write(5, text)
        paper.char_vpos = "SUP"
        paper.write(5, str(number))
        paper.char_vpos = "LINE"
        paper.set_font("Times", "", 8)
        paper.text(25, 265, f"{number} {note}")
    assert reading(tmp_path, paper) == [
        f"{A}[1]", f"{B}[2]", "[1] Voir le document de travail.", "[2] Ibid., p. 4."
    ]  # fmt: skip


def test_raised_figure_that_calls_no_note_stays(tmp_path: Path) -> None:
    paper = blank()
    paper.write(5, "Le camp couvre 12 km")
    paper.char_vpos = "SUP"
    paper.write(5, "2")
    paper.char_vpos = "LINE"
    paper.write(5, " de terres.")
    assert reading(tmp_path, paper) == ["Le camp couvre 12 km2 de terres."]


@pytest.mark.parametrize(
    ("drawn", "text"),
    [
        ("L E T T R E   D ' I N F O R M A T I O N", "LETTRE D'INFORMATION"),
        ("La L E T T R E du maire", "La LETTRE du maire"),
        ("Il y a à 3 km un camp", "Il y a à 3 km un camp"),
    ],
)
def test_letters_spaced_apart_are_joined(tmp_path: Path, drawn: str, text: str) -> None:
    paper = blank()
    paper.text(25, 30, drawn)
    assert reading(tmp_path, paper) == [text]


def test_line_of_letters_set_apart_is_joined(tmp_path: Path) -> None:
    paper = blank()
    paper.set_char_spacing(3)
    paper.text(25, 30, "La lettre du maire")
    assert reading(tmp_path, paper) == ["La lettre du maire"]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_page_that_lies_on_its_side_is_read(tmp_path: Path, angle: int) -> None:
    paper = blank()
    with paper.rotation(angle, 105, 148):
        for n, line in enumerate(lines(f"{A} {A}")):
            paper.text(70, 90 + 5 * n, line)
    assert reading(tmp_path, paper) == [f"{A} {A}"]


def test_text_that_stands_upright_beside_the_text_is_left_out(tmp_path: Path) -> None:
    paper = blank()
    paper.text(25, 30, "Le Chili a dit oui.")
    with paper.rotation(90, 20, 100):
        paper.text(20, 100, "Provisoire")
    assert reading(tmp_path, paper) == ["Le Chili a dit oui."]


def picture(paper: FPDF) -> None:
    paper.add_page()
    paper.image(Image.new("RGB", (40, 60), "grey"), x=0, y=0, w=200)


def encrypted(password: str | None) -> bytes:
    paper = blank()
    paper.set_encryption("secret", password, permissions=AccessPermission.none())
    paper.multi_cell(0, 5, A)
    return bytes(paper.output())


def scan() -> bytes:
    paper = Paper(furniture=False)
    picture(paper)
    return bytes(paper.output())


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "empty file"),
        (b"Bonjour.", "not a PDF document"),
        (b"PK\x03\x04", "not a PDF document"),
        (pdf([A])[:-200], "a truncated PDF document: its end is missing"),
        (b"%PDF-1.7\n%%EOF\n", "a damaged PDF document"),
        (encrypted("motdepasse"), "an encrypted PDF document: it needs a password"),
        (scan(), "no text layer: a scan; make one by optical character recognition, with ocrmypdf for example"),
        (bytes(blank().output()), "a PDF document without any text"),
    ],
    ids=["empty", "text", "zip", "truncated", "damaged", "encrypted", "scan", "blank"],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, data: bytes, cause: str) -> None:
    path = saved(tmp_path, data)
    with pytest.raises(ReadError) as error:
        read(path)
    assert str(error.value) == f"{path}: {cause}"


def test_document_that_only_its_owner_may_change_is_read(tmp_path: Path) -> None:
    assert blocks(read(saved(tmp_path, encrypted(None)))) == [A]


def test_pages_without_text_are_named(tmp_path: Path) -> None:
    paper = Paper(furniture=False)
    paper.set_font("Times", "", 11)
    for page in (A, None, None, B, None):
        if page is None:
            picture(paper)
        else:
            paper.add_page()
            paper.multi_cell(0, 5, page)
    report = read(saved(tmp_path, bytes(paper.output())))
    assert report.warnings == ("no text on page 2-3, 5: a scan",)
    assert blocks(report) == [A, B]


def test_name_of_a_file_stands_on_one_line(tmp_path: Path) -> None:
    path = saved(tmp_path, b"", "compte rendu\nde l'été.pdf")
    with pytest.raises(ReadError, match=r"compte rendu\\nde l'été\.pdf: empty file$"):
        read(path)
