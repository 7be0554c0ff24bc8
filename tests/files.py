"""A report as files of other formats: PDF, DOCX and HTML, with the furniture that such files have around the text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from io import BytesIO

from docx import Document
from fpdf import FPDF

HEAD, FOOT = "Conférence des villes – Compte rendu provisoire", "Page {number} sur 99"
BREAK = re.compile(r"(?<=[^\W\d_][^\W\d_][aeiouyé])(?=[bcdfglmnprstv][aeiouyéè][^\W\d_])")


class Paper(FPDF):
    """A4 in Times with a running head and page numbers."""

    def __init__(self, *, furniture: bool = True) -> None:
        super().__init__()
        self.furniture = furniture
        self.core_fonts_encoding = "windows-1252"
        self.set_margins(25, 25, 25)
        self.set_auto_page_break(True, 25)

    def header(self) -> None:
        if self.furniture:
            self.set_font("Times", "I", 9)
            self.cell(0, 8, HEAD, align="R" if self.page_no() % 2 else "L", new_x="LMARGIN", new_y="NEXT")
            self.ln(6)
            self.set_font("Times", "", 11)

    def footer(self) -> None:
        if self.furniture:
            self.set_y(-15)
            self.set_font("Times", "", 9)
            self.cell(0, 8, FOOT.format(number=self.page_no()), align="C")


def pdf(paragraphs: Iterable[str], *, columns: int = 1, align: str = "J", furniture: bool = True) -> bytes:
    """Return paragraphs as PDF, their words broken at the ends of lines."""
    paper = Paper(furniture=furniture)
    paper.add_page()
    paper.set_font("Times", "", 11)
    if columns == 1:
        for text in paragraphs:
            paper.multi_cell(0, 5, BREAK.sub("\u00ad", text), align=align, new_x="LMARGIN", new_y="NEXT")
            paper.ln(3)
    else:
        with paper.text_columns(ncols=columns, gutter=8, text_align=align, line_height=1.2) as column:
            for text in paragraphs:
                with column.paragraph(bottom_margin=3) as paragraph:
                    paragraph.write(BREAK.sub("\u00ad", text))
    return bytes(paper.output())


def docx(paragraphs: Iterable[str]) -> bytes:
    """Return paragraphs as a Word document with header and footer."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = HEAD
    document.sections[0].footer.paragraphs[0].text = FOOT.format(number=1)
    for text in paragraphs:
        document.add_paragraph(text)
    return saved(document)


def saved(document: object) -> bytes:
    """Return a Word document as bytes."""
    file = BytesIO()
    document.save(file)  # type: ignore[attr-defined]
    return file.getvalue()


def web_page(paragraphs: Sequence[str], *, encoding: str = "utf-8") -> bytes:
    """Return paragraphs as a web page with menus, a banner and a foot; the first is its title."""
    title, *rest = map(html.escape, paragraphs)
    text = "\n".join(f"<p>{paragraph}</p>" for paragraph in rest)
    page = f"""<!doctype html><html lang="fr"><head><meta charset="{encoding}"><title>{title}</title>
<script>var menu = "Accueil";</script><style>p {{ color: black }}</style></head><body>
<div class="cookie-banner"><p>Ce site dépose des témoins de connexion.</p><button>Tout accepter</button></div>
<nav><ul><li><a href="/">Accueil</a></li><li><a href="/a">Actualités</a></li>
<li><a href="/c">Contact</a></li></ul></nav>
<main><article><h1>{title}</h1>{text}</article></main>
<aside><h2>À lire aussi</h2><ul><li><a href="/1">Une autre réunion</a></li></ul></aside>
<footer><p>© Tous droits réservés – Mentions légales</p></footer></body></html>"""
    return page.encode(encoding, "xmlcharrefreplace")
