"""Reading: texts in the encodings and with the line ends that are met, and each kind of file that is no report."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read import ReadError, doc_ids, find_reports, looks_french, read, slug
from pipeline.text.encodings import decode

PROSE = (
    "Compte rendu de la réunion\n\nLe Ministre des affaires étrangères a déclaré que l'État s'engageait à protéger les "
    "réfugiés. Où iront-ils ? La déléguée, très émue, a rappelé le rôle de l'Algérie et de la Suède.\n"
)
SUPPORTED = ".txt, .md, .markdown, .pdf, .docx, .html, .htm, .xhtml"
TYPOGRAPHY = "Il a dit : « L’accueil coûte cher – 12 000 € par an… » À Cancún, le cœur n’y était pas.\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (PROSE, "utf-8"),
        (PROSE, "utf-8-sig"),
        (PROSE, "utf-16"),
        (PROSE, "utf-16-le"),
        (PROSE, "utf-16-be"),
        (PROSE, "utf-32"),
        (PROSE, "cp1252"),
        (PROSE, "latin-1"),
        (PROSE, "iso8859_15"),
        (PROSE, "mac_roman"),
        (PROSE, "cp850"),
        (TYPOGRAPHY, "utf-8"),
        (TYPOGRAPHY, "utf-16"),
        (TYPOGRAPHY, "cp1252"),
        (TYPOGRAPHY, "mac_roman"),
        ("Ni accent ni cedille.\n", "ascii"),
        ("Réunion de 🇸🇳 à Dakar : e\u0301te\u0301, co\u0308te\u0301.\n", "utf-8"),
    ],
)
def test_text_comes_through_in_any_usual_encoding(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "rapport.txt"
    path.write_bytes(text.encode(encoding))
    assert read(path).text.removeprefix("\ufeff") == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "mac_roman", "cp850"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\f\n"])
def test_text_is_what_open_reads(tmp_path: Path, encoding: str, end: str) -> None:
    path = tmp_path / "rapport.txt"
    path.write_bytes(PROSE.replace("\n", end).encode(encoding))
    report = read(path)
    with path.open(encoding=report.encoding, newline="") as file:
        assert file.read() == report.text


def test_byte_order_mark_of_utf_8_stays_in_the_text(tmp_path: Path) -> None:
    path = tmp_path / "rapport.txt"
    path.write_bytes(b"\xef\xbb\xbfBonjour.")
    assert (read(path).text, read(path).encoding) == ("\ufeffBonjour.", "utf-8")


@given(st.text(min_size=1).filter(lambda text: not text.startswith("\ufeff") and text.isprintable()))
def test_utf_8_is_decoded_as_it_is(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8")


def test_report_says_what_is_known_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "2019" / "Réunion de Cotonou.MD"
    path.parent.mkdir()
    path.write_text(PROSE, encoding="utf-8", newline="")
    report = read(path, tmp_path)
    assert (report.doc_id, report.file, report.format) == ("reunion-de-cotonou", "2019/Réunion de Cotonou.MD", "md")
    assert report.sha256 == hashlib.sha256(PROSE.encode()).hexdigest()
    assert (report.encoding, report.pages) == ("utf-8", None)
    assert read(path).file == "Réunion de Cotonou.MD"


@pytest.mark.parametrize(
    ("name", "data", "cause"),
    [
        ("vide.txt", b"", "empty file"),
        ("blanc.txt", b" \r\n\t\x0c\n", "only white space"),
        ("blanc.md", "\ufeff \u00a0\n".encode(), "only white space"),
        ("nul.txt", b"Bonjour\x00\x00\x01\x02 le monde", "binary data, not a text"),
        ("binaire.txt", bytes(range(1, 256)), "binary data, not a text"),
        ("faux.txt", b"%PDF-1.7\n%\xe2\xe3", "a PDF document, not a text"),
        ("faux.md", b"PK\x03\x04\x14\x00", "a ZIP archive (or a Word, Excel or LibreOffice document), not a text"),
        ("vieux.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Excel document, not a text"),
        ("riche.txt", b"{\\rtf1\\ansi Bonjour}", "an RTF document, not a text"),
        ("image.txt", b"\x89PNG\r\n\x1a\n", "an image (PNG), not a text"),
        ("photo.txt", b"\xff\xd8\xff\xe0", "an image (JPEG), not a text"),
        ("tronque.txt", b"\xff\xfeB\x00o", "not a text in utf-16: truncated data at byte 4"),
        ("rapport.odt", b"PK\x03\x04", f"unsupported format .odt; supported: {SUPPORTED}"),
        ("rapport", b"Bonjour.", f"unsupported format without suffix; supported: {SUPPORTED}"),
    ],
)
def test_bad_file_is_refused_in_one_line(tmp_path: Path, name: str, data: bytes, cause: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ReadError) as error:
        read(path)
    assert str(error.value) == f"{path}: {cause}"


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"absent\.txt: no such file$"):
        read(tmp_path / "absent.txt")
    (tmp_path / "dossier.txt").mkdir()
    with pytest.raises(ReadError, match=r"dossier\.txt: a folder, not a file$"):
        read(tmp_path / "dossier.txt")


def test_file_without_permission_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(ReadError, match=r"secret\.txt: no permission to read it$"):
        read(tmp_path / "secret.txt")


def _write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("Bonjour.", encoding="utf-8")


def test_reports_are_found_in_folders_and_named(tmp_path: Path) -> None:
    _write(tmp_path, "b.txt", "a/c.md", "a/D.TXT", "a/README.md", "e.pdf", "notes.odt", ".cache/x.txt", ".y.txt")
    found = [path.relative_to(tmp_path).as_posix() for path, _ in find_reports([tmp_path])]
    assert found == ["a/D.TXT", "a/c.md", "b.txt", "e.pdf"]
    assert find_reports([tmp_path / "a" / "README.md"]) == [(tmp_path / "a" / "README.md", tmp_path / "a")]


def test_report_named_twice_is_found_once(tmp_path: Path) -> None:
    _write(tmp_path, "a.txt")
    assert find_reports([tmp_path, tmp_path / "a.txt", str(tmp_path / "." / "a.txt")]) == [
        (tmp_path / "a.txt", tmp_path)
    ]


def test_link_to_a_report_found_already_is_left_out(tmp_path: Path) -> None:
    _write(tmp_path, "a.txt")
    os.symlink(tmp_path / "a.txt", tmp_path / "z.txt")
    assert len(find_reports([tmp_path])) == 1


def test_folder_without_reports_is_an_error(tmp_path: Path) -> None:
    _write(tmp_path, "photo.jpg")
    with pytest.raises(ReadError, match=rf"no report in this folder; supported: {re.escape(SUPPORTED)}$"):
        find_reports([tmp_path])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("IDM 2017 – Genève", "idm-2017-geneve"),
        ("Œuvre_d'été", "oeuvre-d-ete"),
        ("--a..b--", "a-b"),
        ("ÉLÈVE", "eleve"),
        ("报告", "report-1e8ddd10"),
    ],
)
def test_slug(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_files_of_one_name_get_different_identifiers_whatever_their_order(tmp_path: Path) -> None:
    _write(tmp_path, "2018/rapport.txt", "2019/Rapport.md", "2019/autre.txt")
    files = find_reports([tmp_path])
    named = dict(zip(files, doc_ids(files), strict=True))
    backwards = dict(zip(files[::-1], doc_ids(files[::-1]), strict=True))
    assert named == backwards
    assert len(set(named.values())) == 3
    assert named[(tmp_path / "2019" / "autre.txt", tmp_path)] == "autre"
    assert all(name == "autre" or name.startswith("rapport-") for name in named.values())


def test_identifiers_do_not_depend_on_where_the_folder_is(tmp_path: Path) -> None:
    names = []
    for place in ("ici", "ailleurs/loin"):
        _write(tmp_path / place, "2018/rapport.txt", "2019/rapport.txt")
        names.append(doc_ids(find_reports([tmp_path / place])))
    assert names[0] == names[1]


@pytest.mark.parametrize(
    ("text", "french"),
    [
        (PROSE, True),
        (PROSE.upper(), True),
        ("M. DIALLO (Guinée) dit que son pays est d'accord avec le texte, et que les autres le sont aussi.", True),
        ("Trop court.", True),
        ("The Committee noted with concern that the number of children held at the border was rising, and that none of "
         "the measures taken by the ministers had been published in a language that the families could read.", False),
        ("El Comité observó con preocupación que el número de niños detenidos en la frontera era cada vez más alto y "
         "que ninguna de las medidas de los ministros se había publicado en una lengua que las familias lean.", False),
        ("O Comité observou com preocupação que o número de crianças detidas na fronteira era cada vez maior e que "
         "nenhuma das medidas dos ministros tinha sido publicada numa língua que as famílias entendessem.", False),
        ("Il Comitato ha osservato con preoccupazione che il numero dei bambini detenuti alla frontiera era sempre più "
         "alto e che nessuna delle misure dei ministri era stata pubblicata in una lingua nota alle famiglie.", False),
        ("Der Ausschuss stellte mit Sorge fest, dass die Zahl der an der Grenze festgehaltenen Kinder steigt und dass "
         "keine der Maßnahmen in einer Sprache veröffentlicht wurde, die die Familien verstehen.", False),
    ],
)  # fmt: skip
def test_looks_french(text: str, french: bool) -> None:
    assert looks_french(text) is french
