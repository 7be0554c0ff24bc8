"""Round trips of every format, and the command ``quidit convert``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest

from pipeline.commands.convert import READ, WRITTEN
from pipeline.interchange.formats import FORMATS, convert
from pipeline.interchange.records_json import write as write_json
from pipeline.interchange.reports import Annotated, ConvertError, losses
from tests.converted import CHOSEN, annotated, blank, crlf, emoji, empty, found

EVERYTHING = ("json", "brat", "cas", "label-studio", "w3c", "docbin")
CLIENT = "idm-2017-juillet-geneve"
ROOT = Path(__file__).resolve().parent.parent
QUIDIT = Path(sys.executable).with_name("quidit")


def quidit(*args: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the program as it is installed."""
    command = [str(QUIDIT), "convert", *map(str, args)]
    env = os.environ | {"OMP_NUM_THREADS": "1"}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def there_and_back(name: str, reports: list[Annotated], folder: Path) -> list[Annotated]:
    module = import_module(f"pipeline.interchange.{FORMATS[name].module}")
    module.write(reports, folder)
    back: list[Annotated] = module.read(folder)
    return sorted(back, key=lambda report: report.document.doc_id)


def in_order(*reports: Annotated) -> list[Annotated]:
    return sorted(reports, key=lambda report: report.document.doc_id)


@pytest.mark.parametrize("name", EVERYTHING)
def test_small_reports_come_back_equal(name: str, tmp_path: Path) -> None:
    reports = in_order(emoji(), crlf(), empty(), blank(), found())
    assert there_and_back(name, reports, tmp_path) == reports


@pytest.mark.parametrize("name", EVERYTHING)
def test_annotated_reports_come_back_equal(name: str, tmp_path: Path) -> None:
    reports = in_order(*map(annotated, (*CHOSEN, CLIENT)))
    if name == "cas":  # XML has no form feed
        reports = [report for report in reports if "\f" not in report.text]
    assert there_and_back(name, reports, tmp_path) == reports


def test_tagged_text_says_all_that_a_person_types(tmp_path: Path) -> None:
    reports = in_order(
        emoji(), crlf(), empty(), blank(), *map(annotated, ("idm-2014-villes", "quotidiens-nord", CLIENT))
    )
    assert losses(reports, there_and_back("tagged", reports, tmp_path)) == Counter()


def test_tagged_text_has_no_place_for_what_a_run_adds(tmp_path: Path) -> None:
    lost = losses([found()], there_and_back("tagged", [found()], tmp_path))
    fields = ("cue_lemma", "cue_class", "confidence", "rule", "sentence_start", "sentence_end", "negated")
    assert lost == Counter(
        {f"claims.{field}": 5 for field in fields}
        | {"themes": 2, "paragraphs.page": 1, "document.file": 1, "document.format": 1, "document.sha256": 1}
    )


def test_a_claim_that_crosses_its_paragraph_is_left_out_of_tagged_text(tmp_path: Path) -> None:
    report = annotated("communiques-ong")
    assert losses([report], there_and_back("tagged", [report], tmp_path))["claims"] == 2


def test_xml_has_no_control_characters(tmp_path: Path) -> None:
    report = annotated("idm-2014-villes")
    (back,) = there_and_back("cas", [report], tmp_path)
    assert back.text == report.text.replace("\f", "\ufffd")
    lost = losses([report], [back])
    assert lost == {"characters": report.text.count("\f"), "paragraphs.text": 1}


def test_losses_name_what_is_missing_and_what_differs() -> None:
    before, after = emoji(), emoji()
    del after.document.mentions[0]
    after.document.claims[0].style = "direct"
    after.document.speakers[0].country = None
    assert losses([before], [after]) == {"mentions": 1, "claims.style": 1, "speakers.country": 1}
    assert losses([before], []) == {"reports": 1}
    assert losses([before], [before]) == {}


def test_the_command_knows_every_format() -> None:
    assert set(READ) == {name for name, known in FORMATS.items() if known.reads}
    assert set(WRITTEN) == set(FORMATS)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A folder of annotated reports."""
    folder = tmp_path / "gold"
    folder.mkdir()
    write_json([emoji(), annotated("wikinews-2016-01-10-001")], folder)
    return folder


@pytest.mark.parametrize("name", EVERYTHING[1:])
def test_the_program_converts_and_converts_back(name: str, gold: Path, tmp_path: Path) -> None:
    there = quidit(gold, "--to", name, "-o", tmp_path / "there")
    assert (there.returncode, there.stderr) == (0, f"quidit: {tmp_path / 'there'}: 2 reports as {name}\n")
    back = quidit(tmp_path / "there", "--from", name, "--to", "json", "-o", tmp_path / "new" / "back")
    assert (back.returncode, back.stdout) == (0, "")
    files = {path.name: path.read_bytes() for path in gold.iterdir()}
    assert {path.name: path.read_bytes() for path in (tmp_path / "new" / "back").iterdir()} == files


def test_a_format_is_converted_to_another(gold: Path, tmp_path: Path) -> None:
    before, place = "json", gold
    for after in ("brat", "cas", "label-studio", "docbin", "w3c", "json"):
        assert convert(place, tmp_path / f"to-{after}", before=before, after=after) == (2, {})
        before, place = after, tmp_path / f"to-{after}"
    files = {path.name: path.read_bytes() for path in gold.iterdir()}
    assert {path.name: path.read_bytes() for path in place.iterdir()} == files


def test_the_output_of_a_run_is_converted_with_the_texts_it_read(tmp_path: Path) -> None:
    output = tmp_path / "run" / "output"
    (output / "documents").mkdir(parents=True)
    document, text = emoji()
    (output / "documents" / "emoji.json").write_text(document.model_dump_json(), encoding="utf-8")
    done = quidit(output, "--to", "brat", "-o", tmp_path / "brat")
    missing = tmp_path / "run" / "raw" / "emoji.txt"
    cause = f"no raw text: {missing} is missing; name its folder with --texts"
    assert (done.returncode, done.stderr) == (2, f"quidit: {output / 'documents' / 'emoji.json'}: {cause}\n")
    assert not (tmp_path / "brat").exists()
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "emoji.txt").write_bytes(text.encode())
    done = quidit(output, "--to", "brat", "-o", tmp_path / "brat", "--texts", tmp_path / "reports")
    assert done.returncode == 0
    assert (tmp_path / "brat" / "emoji.txt").read_bytes() == text.encode()
    (tmp_path / "reports" / "emoji.txt").write_bytes(text.replace("villes", "ville").encode())
    done = quidit(output, "--to", "brat", "-o", tmp_path / "other", "--texts", tmp_path / "reports")
    assert done.returncode == 2
    assert "is '" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["brat", "reports", "run"]


def test_what_a_format_does_not_keep_is_said_in_one_line(tmp_path: Path) -> None:
    write_json([found()], tmp_path)
    done = quidit(tmp_path, "--to", "tagged", "-o", tmp_path / "tagged")
    assert done.returncode == 0
    said, lost = done.stderr.splitlines()
    assert said == f"quidit: {tmp_path / 'tagged'}: 1 report as tagged"
    assert lost.startswith(f"quidit: {tmp_path / 'tagged'}: tagged does not keep 1 document.file, ")
    assert lost.endswith(", 2 themes")


def test_a_folder_with_something_in_it_is_left_alone(gold: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine", encoding="utf-8")
    done = quidit(gold, "--to", "brat", "-o", tmp_path / "mine")
    cause = "it exists and is not an empty folder"
    assert (done.returncode, done.stderr) == (2, f"quidit: {tmp_path / 'mine'}: {cause}\n")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["notes.txt"]


def test_an_empty_folder_is_filled(gold: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert convert(gold, tmp_path / "empty", before="json", after="dna").reports == 2
    assert [path.name for path in (tmp_path / "empty").iterdir()] == ["statements.csv"]


@pytest.mark.parametrize("name", [name for name, known in FORMATS.items() if known.reads])
def test_a_folder_without_files_of_the_format_is_a_fault(name: str, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    with pytest.raises(ConvertError, match=r"nothing: no .+ in it"):
        convert(tmp_path / "nothing", tmp_path / "out", before=name, after="json")
    assert [path.name for path in tmp_path.iterdir()] == ["nothing"]


def test_nothing_is_left_half_written(gold: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(reports: list[Annotated], folder: Path) -> None:
        (folder / "half").write_text("", encoding="utf-8")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipeline.interchange.brat.write", broken)
    with pytest.raises(OSError, match="No space left"):
        convert(gold, tmp_path / "out", before="json", after="brat")
    assert [path.name for path in tmp_path.iterdir()] == ["gold"]


def test_a_missing_library_is_named(gold: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMATS, "cas", FORMATS["cas"]._replace(library="not_installed"))
    with pytest.raises(ConvertError, match=r"cas needs not_installed: python -m pip install 'quidit\[convert\]'"):
        convert(gold, tmp_path / "out", before="json", after="cas")


@pytest.mark.parametrize("doc_id", ["../a", "a/b", ".hidden", ""])
def test_a_doc_id_that_is_no_name_of_a_file_is_refused(doc_id: str, tmp_path: Path) -> None:
    data = {"text": "a", "doc_id": doc_id}
    (tmp_path / "tasks.json").write_text(json.dumps([{"data": data}]), encoding="utf-8")
    with pytest.raises(ConvertError, match="cannot be the name of a file"):
        convert(tmp_path, tmp_path / "out", before="label-studio", after="json")


def test_two_reports_of_one_name_are_refused(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "same.tagged").write_text("<par>a</par>", encoding="utf-8")
    with pytest.raises(ConvertError, match="2 reports have the doc_id same"):
        convert(tmp_path, tmp_path / "out", before="tagged", after="json")


def test_help_does_not_wait_for_libraries() -> None:
    code = (
        "import sys; from pipeline.commands.convert import convert_command as c;"
        "c(['--help'], standalone_mode=False); print([m for m in ('spacy', 'cassis', 'pydantic') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
