"""The client's report, which nothing is trained on, must score no less than ``annotations/floors.json`` says."""

from __future__ import annotations

from pathlib import Path

from spacy.language import Language

from pipeline.datasets import document
from pipeline.evaluation import score
from pipeline.read import read
from pipeline.scoring.floors import check_floors
from pipeline.scoring.gold import load_gold

ROOT = Path(__file__).resolve().parent.parent


def test_the_client_report_reaches_its_floors(nlp: Language) -> None:
    gold = load_gold(ROOT / "annotations", "client")
    report = read(ROOT / "raw" / "idm-2017-juillet-geneve.txt")
    scores = score({report.doc_id: document(nlp(report.text), report)}, gold.documents)
    assert check_floors(ROOT / "annotations" / "floors.json", "client", scores, gold) == []
