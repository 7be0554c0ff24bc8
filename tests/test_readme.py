"""What README.md says is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from spacy.language import Language

from pipeline.datasets import document
from pipeline.read import read
from pipeline.writing.tables import ClaimRow, ClaimSourceRow

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_example_row_is_what_comes_out(nlp: Language, tmp_path: Path) -> None:
    (tmp_path / "dakar.txt").write_text(re.search(r"`(Mme .*?\.)`", README)[1], encoding="utf-8")
    report = read(tmp_path / "dakar.txt")
    doc = nlp(report.text)
    record = document(doc, report)
    (claim,), (source,) = ClaimRow.of(record), ClaimSourceRow.of(record)
    found = {**source.model_dump(), **claim.model_dump()}
    told = dict(re.findall(r"^\| ([a-z_0-9, ]+) \| (`.*`) \|$", README, flags=re.MULTILINE))
    assert told
    for names, values in told.items():
        assert [f"`{found[name]}`" for name in names.split(", ")] == values.split(", ")


def test_the_python_example_runs(
    nlp: Language, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    exec(re.search(r"```python\n(.*?)```", README, flags=re.DOTALL)[1], {})
    assert capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("path", re.findall(r"\]\(([^)]+)\)", README))
def test_links_lead_somewhere(path: str) -> None:
    assert (ROOT / path).exists()
