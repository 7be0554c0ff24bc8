"""``quidit evaluate`` and its floors: what is printed and written, and with which exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.commands.evaluate import evaluate_command
from pipeline.records import Document
from pipeline.scoring.scores import Scores
from tests.reports import claim, report

TEXT = "On a dit que la mer monte. On a redit que le sable avance."
FIRST, SECOND = claim(TEXT, "la mer monte", "a dit"), claim(TEXT, "le sable avance", "a redit")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with gold of two reports, each in its split, and three outputs: whole, half and part."""
    for name in ("r", "s"):
        write(tmp_path / "gold", report(TEXT, doc_id=name, claims=[FIRST, SECOND]))
        (tmp_path / "gold" / f"{name}.txt").write_text(TEXT, encoding="utf-8")
        write(tmp_path / "whole" / "documents", report(TEXT, doc_id=name, claims=[FIRST, SECOND]))
        write(tmp_path / "half" / "documents", report(TEXT, doc_id=name, claims=[FIRST]))
    (tmp_path / "gold" / "splits.csv").write_text("text,split\nr.txt,client\ns.txt,train\n", encoding="utf-8")
    write(tmp_path / "part" / "documents", report(TEXT, doc_id="s", claims=[FIRST, SECOND]))
    write(tmp_path / "part" / "documents", report(TEXT, doc_id="unknown"))
    return tmp_path


def write(folder: Path, document: Document) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{document.doc_id}.json").write_text(document.model_dump_json(indent=1), encoding="utf-8")


def evaluate(folder: Path, output: str, *options: str) -> Result:
    return CliRunner().invoke(evaluate_command, [str(folder / output), str(folder / "gold"), *options])


def line(result: Result, name: str) -> str:
    return next(line for line in result.output.splitlines() if line.startswith(f"{name} "))


def test_figures_are_printed(folder):
    result = evaluate(folder, "half")
    assert result.exit_code == 0
    assert line(result, "claims overlap").split("  ", 1)[1].strip() == (
        "P 100.0  R  50.0  F1  66.7 [66.7–66.7]  tp 2 fp 0 fn 2"
    )


def test_reports_that_cannot_be_compared_are_named_and_left_out(folder):
    result = evaluate(folder, "part")
    assert "without gold, left out: unknown\nwithout output, left out: r\n" in result.stderr
    assert line(result, "claims overlap").endswith("tp 2 fp 0 fn 0")


def test_reports_without_output_count_when_asked(folder):
    result = evaluate(folder, "part", "--all")
    assert "without output, counted as missed: r" in result.stderr
    assert line(result, "claims overlap").endswith("tp 2 fp 0 fn 2")


def test_output_of_another_split_is_not_named(folder):
    result = evaluate(folder, "half", "--split", "client")
    assert (result.stderr, result.stdout.splitlines()[0].startswith("reports scored: 1;")) == ("", True)


def test_two_outputs_are_compared(folder):
    result = evaluate(folder, "whole", "--against", str(folder / "half"))
    assert "100.0 against  66.7  +33.3  p " in result.output


def test_figures_and_errors_are_written(folder):
    result = evaluate(
        folder, "half", "--json", str(folder / "scores.json"), "--html", str(folder / "page.html"), "--split", "client"
    )
    assert result.exit_code == 0
    scores = Scores.model_validate_json((folder / "scores.json").read_bytes())
    assert scores.figures["claims exact"].value == pytest.approx(2 / 3)
    assert "le sable avance" in (folder / "page.html").read_text("utf-8")


def test_faulty_gold_ends_with_its_lines_and_exit_code_2(folder):
    path = folder / "gold" / "r.json"
    path.write_text(path.read_text("utf-8").replace('"la mer monte"', '"la mer monta"'), encoding="utf-8")
    result = evaluate(folder, "whole")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"{path}, line ")
    assert result.stderr.endswith(": span 13:25 is 'la mer monte' in the text, not 'la mer monta'\n")


def test_nothing_to_score_ends_with_exit_code_2(folder):
    (folder / "empty").mkdir()
    result = evaluate(folder, "empty")
    assert (result.exit_code, result.stderr) == (2, f"{folder}/empty: no report has both output and gold\n")


@pytest.mark.parametrize(
    "options", [["--floors", "f.json"], ["--split", "train", "--update-floors"], ["--lower-floors"]]
)
def test_options_of_floors_need_each_other(folder, options):
    result = evaluate(folder, "whole", *options)
    assert result.exit_code == 2
    assert "--floors, which needs --split" in result.stderr


def gate(folder: Path, output: str, *options: str, split: str = "client") -> Result:
    return evaluate(folder, output, "--split", split, "--floors", str(folder / "floors.json"), *options)


def floors(folder: Path) -> dict[str, float]:
    return json.loads((folder / "floors.json").read_text("utf-8"))["client"]["floors"]


def test_run_below_a_floor_fails(folder):
    assert gate(folder, "whole", "--update-floors").exit_code == 0
    assert gate(folder, "whole").exit_code == 0
    result = gate(folder, "half")
    assert result.exit_code == 1
    assert "claims overlap is 66.67, its floor is 100.00\n" in result.stderr


def test_better_run_passes_and_may_raise_floors(folder):
    gate(folder, "half", "--update-floors")
    assert floors(folder)["claims exact"] == 0.6666
    assert gate(folder, "whole").exit_code == 0
    assert gate(folder, "whole", "--update-floors").exit_code == 0
    assert floors(folder)["claims exact"] == 1.0


def test_lowering_needs_its_own_flag(folder):
    gate(folder, "whole", "--update-floors")
    before = floors(folder)
    result = gate(folder, "half", "--update-floors")
    assert result.exit_code == 1
    assert "these floors would be lowered: cues exact, cues overlap, claims exact" in result.stderr
    assert floors(folder) == before
    assert gate(folder, "half", "--update-floors", "--lower-floors").exit_code == 0
    assert gate(folder, "half").exit_code == 0


def test_report_that_failed_does_not_pass_the_gate(folder):
    gate(folder, "whole", "--update-floors")
    result = gate(folder, "part")
    assert result.exit_code == 1
    assert "claims overlap is 0.00, its floor is 100.00\n" in result.stderr


def test_floors_hold_for_the_gold_that_they_were_set_on(folder):
    gate(folder, "whole", "--update-floors")
    path = folder / "gold" / "r.json"
    path.write_text(path.read_text("utf-8") + "\n", encoding="utf-8")
    result = gate(folder, "whole")
    assert result.exit_code == 1
    assert result.stderr.endswith("the gold of the split client has changed since its floors were set\n")
    assert gate(folder, "whole", "--update-floors").exit_code == 0
    assert gate(folder, "whole").exit_code == 0


def test_floors_of_splits_stand_side_by_side(folder):
    gate(folder, "whole", "--update-floors")
    assert gate(folder, "half", split="train").stderr.endswith("no floors for the split train\n")
    gate(folder, "half", "--update-floors", split="train")
    assert (gate(folder, "whole").exit_code, gate(folder, "half", split="train").exit_code) == (0, 0)


def test_layer_that_is_no_longer_there_is_below_its_floor(folder):
    gate(folder, "whole", "--update-floors")
    known = json.loads((folder / "floors.json").read_text("utf-8"))
    known["client"]["floors"]["persons exact"] = 0.5
    (folder / "floors.json").write_text(json.dumps(known), encoding="utf-8")
    assert "persons exact is not there, its floor is 50.00\n" in gate(folder, "whole").stderr


def test_faulty_floors_are_named(folder):
    (folder / "floors.json").write_text("[]", encoding="utf-8")
    result = gate(folder, "whole")
    assert (result.exit_code, result.stderr.startswith(f"{folder}/floors.json: ")) == (1, True)
