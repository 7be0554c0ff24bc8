"""Web pages: the main text in any encoding, without menus, banners and scripts; and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.read import ReadError, Report, read
from tests.files import web_page

TITLE = "La réunion de Cancún s'achève"
A = "La déléguée du Chili a dit que les régions n'avaient pas été consultées, et que l'œuvre restait à faire."
B = "Le maire de Dakar a rappelé que les migrants étaient aussi des habitants – et qu'ils payaient 12 % des impôts."


def report(folder: Path, data: bytes, name: str = "article.html") -> Report:
    path = folder / name
    path.write_bytes(data)
    return read(path)


def blocks(folder: Path, data: bytes) -> list[str]:
    """Return the blocks of text of a page."""
    return report(folder, data).text.rstrip("\n").split("\n\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252", "iso-8859-1", "iso-8859-15"])
def test_main_text_alone_is_read_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    page = web_page([TITLE, A, B], encoding=encoding)
    assert blocks(tmp_path, page) == [TITLE, A, B]


def test_wrong_declaration_does_not_matter(tmp_path: Path) -> None:
    page = web_page([TITLE, A, B]).decode()
    assert blocks(tmp_path, page.replace("utf-8", "iso-8859-1").encode()) == [TITLE, A, B]
    assert blocks(tmp_path, page.encode("cp1252")) == [TITLE, A, B]
    assert blocks(tmp_path, page.replace("utf-8", "inconnu").encode("cp1252")) == [TITLE, A, B]


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.xhtml", "A.HTML"])
def test_report_says_what_it_was(tmp_path: Path, name: str) -> None:
    found = report(tmp_path, web_page([TITLE, A]), name)
    assert (found.format, found.encoding, found.pages) == ("html", None, None)


def test_xhtml_is_read(tmp_path: Path) -> None:
    page = (
        f'<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>{TITLE}</title>'
        f"</head><body><h1>{TITLE}</h1><p>{A}</p><p>{B}</p></body></html>"
    )
    assert blocks(tmp_path, page.encode()) == [TITLE, A, B]


def test_headings_lists_and_lines_stand_alone(tmp_path: Path) -> None:
    page = (
        f"<html><body><article><h1>{TITLE}</h1><h2>Ouverture</h2><p>{A}<br>{B}</p><ul><li>un point ;</li><li>un autre."
        f"</li></ul><h2>Clôture</h2><p>{B}</p></article></body></html>"
    )
    assert blocks(tmp_path, page.encode()) == [
        TITLE, "Ouverture", A, B, "- un point ;", "- un autre.", "Clôture", B
    ]  # fmt: skip


def test_title_that_is_not_in_the_text_stands_above_it(tmp_path: Path) -> None:
    page = f"<html><head><title>{TITLE}</title></head><body><p>{A}</p><p>{B}</p></body></html>"
    assert blocks(tmp_path, page.encode()) == [TITLE, A, B]


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "empty file"),
        (b"Bonjour.", "not a web page"),
        (b"%PDF-1.7", "a PDF document, not a text"),
        (b"<html><body></body></html>", "a web page without a main text"),
        (b"<html><body><script>var a = 1;</script></body></html>", "a web page without a main text"),
        (b"<html><body><img src='a.png'></body></html>", "a web page without a main text"),
        (b"<html>\x00\x00\x01\x02", "binary data, not a text"),
    ],
    ids=["empty", "text", "pdf", "blank", "script", "picture", "binary"],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, data: bytes, cause: str) -> None:
    path = tmp_path / "article de l'été.html"
    path.write_bytes(data)
    with pytest.raises(ReadError) as error:
        read(path)
    assert str(error.value) == f"{path}: {cause}"
