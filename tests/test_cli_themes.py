"""The command ``quidit themes``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.commands.themes import themes_command
from pipeline.records import THEMES, Document, Evidence, Paragraph
from tests.theme_books import write_book

TEXT = "Les enfants migrants en rétention.\nUn retour.\n"


def invoke(*args: str | Path) -> Result:
    return CliRunner().invoke(themes_command, [str(arg) for arg in args])


def report(doc_id: str, *themes: str) -> Document:
    """Return a report of two paragraphs; the first has these themes, each by one rule."""
    first, second = TEXT.splitlines()
    paragraphs = [
        Paragraph(start=0, end=len(first), text=first, paragraph_id="p1", section="body", themes=list(themes)),
        Paragraph(start=len(first) + 1, end=len(TEXT) - 1, text=second, paragraph_id="p2", section="body", themes=[]),
    ]
    evidence = [
        Evidence(start=4, end=11, text="enfants", theme=theme, unit="paragraph", unit_id="p1", rule="child")
        for theme in themes
    ]
    return Document(
        doc_id=doc_id,
        file=f"{doc_id}.txt",
        sha256="0",
        format="txt",
        characters=len(TEXT),
        words=7,
        paragraphs=paragraphs,
        themes=evidence,
    )


def save(folder: Path, document: Document, *, text: bool = False) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    content = json.dumps(document.model_dump(exclude_none=True), ensure_ascii=False)
    (folder / f"{document.doc_id}.json").write_text(content, encoding="utf-8")
    if text:
        (folder / f"{document.doc_id}.txt").write_text(TEXT, encoding="utf-8")
    return folder


def test_the_list_has_all_themes_with_their_rules() -> None:
    result = invoke()
    assert result.exit_code == 0
    headings = [line for line in result.output.splitlines() if line and not line.startswith(" ")]
    assert [heading.split(":")[0] for heading in headings] == list(THEMES)
    assert any(line.split()[:2] == ["0.6", "child"] for line in result.output.splitlines())


def test_a_text_is_explained_by_rules_words_and_lines() -> None:
    result = invoke("--text", "Il a été renvoyé dans son pays avec ses enfants migrants.")
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert any(line.startswith("children: ") and line.endswith("marked") for line in lines)
    assert any("child  «enfants»  children.csv, line " in line for line in lines)


def test_a_text_that_is_not_about_migration_is_said_to_be() -> None:
    result = invoke("--text", "Les enfants vont à l'école.")
    assert result.exit_code == 0
    assert result.output.startswith("not about migration")


def test_a_text_without_words_of_any_rule_is_said_to_be() -> None:
    assert invoke("--text", "Bonjour.").output == "no rule finds anything\n"


def test_a_corpus_is_counted_by_rule(tmp_path: Path) -> None:
    save(tmp_path / "output" / "documents", report("a", "children"))
    save(tmp_path / "output" / "documents", report("b", "children"))
    result = invoke("--corpus", tmp_path / "output")
    assert result.exit_code == 0
    lines = [line.split() for line in result.output.splitlines()]
    assert lines[0] == ["2", "reports"]
    assert ["children", "child", "2", "0"] in lines
    assert "rules decided nothing: " in result.output


def test_a_corpus_is_judged_by_gold(tmp_path: Path) -> None:
    save(tmp_path / "output" / "documents", report("a", "children"))
    save(tmp_path / "output" / "documents", report("b", "children"))
    save(tmp_path / "gold", report("a", "children"), text=True)
    save(tmp_path / "gold", report("b"), text=True)
    result = invoke("--corpus", tmp_path / "output", "--gold", tmp_path / "gold")
    assert result.exit_code == 0, result.output
    assert ["children", "child", "2", "0", "1", "2", "50%"] in [line.split() for line in result.output.splitlines()]


def broken(folder: Path) -> Path:
    write_book(folder / "themes", children="child,enfant,heavy,,")
    return folder


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--text", " "], "--text: there is nothing in it"),
        (["--text", "a", "--corpus", "."], "--text and --corpus do not go together"),
        (["--gold", "."], "--gold needs --corpus"),
    ],
)
def test_options_that_make_no_sense_are_refused_in_one_line(args: list[str], message: str) -> None:
    result = invoke(*args)
    assert result.exit_code == 2
    assert result.output == f"quidit: {message}\n"


def test_a_broken_rule_is_told_in_one_line(tmp_path: Path) -> None:
    result = invoke("--models", broken(tmp_path))
    assert result.exit_code == 2
    assert (
        result.output == f"quidit: {tmp_path}/themes/children.csv, line 2: 'heavy' is no number above 0, such as 0.5\n"
    )


def test_broken_documents_are_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "a.json").write_text("{", encoding="utf-8")
    result = invoke("--corpus", tmp_path)
    assert result.exit_code == 2
    assert result.output.startswith(f"quidit: {tmp_path}/documents/a.json")
    assert result.output.count("\n") == 1


@pytest.mark.parametrize("content", [None, "documents"])
def test_a_corpus_without_reports_is_told_in_one_line(tmp_path: Path, content: str | None) -> None:
    if content:
        (tmp_path / content).mkdir()
    result = invoke("--corpus", tmp_path)
    assert result.exit_code == 2
    assert result.output.count("\n") == 1


def test_gold_of_other_reports_is_told_in_one_line(tmp_path: Path) -> None:
    save(tmp_path / "output" / "documents", report("a", "children"))
    save(tmp_path / "gold", report("b"), text=True)
    result = invoke("--corpus", tmp_path / "output", "--gold", tmp_path / "gold")
    assert result.exit_code == 2
    assert result.output == f"quidit: {tmp_path}/gold: has no gold for the reports of {tmp_path}/output\n"
