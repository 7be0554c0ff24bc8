"""Print the scores of the README: the client's report, the texts kept apart, the train split cross-validated.

    python scripts/scores.py [--folds training] [--gold FOLDER ...]

The folds are those that ``quidit train --keep training`` left. Each further folder of gold is a row of its own.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

import pipeline
from pipeline.datasets import document
from pipeline.evaluation import score
from pipeline.read import read
from pipeline.records import Document
from pipeline.scoring.gold import load_gold
from pipeline.train import FOLDS, in_fold

LAYERS = {
    "persons": "persons exact",
    "speakers": "speakers",
    "roles": "roles overlap",
    "countries": "countries exact",
    "cues": "cues overlap",
    "claims": "claims overlap",
    "claims, exact": "claims exact",
    "attribution": "attribution overlap",
    "resolved": "attribution resolved overlap",
    "themes": "themes micro",
}

Pairs = tuple[dict[str, Document], dict[str, Document]]


def run(gold: dict[str, Document], texts: dict[str, Path], models: Path | None = None) -> dict[str, Document]:
    """Return what the program finds in the texts of some gold."""
    nlp = pipeline.load(models)
    found = {}
    for doc_id in gold:
        report = read(texts[doc_id])
        with nlp.memory_zone():
            found[doc_id] = document(nlp(report.text), report)
    return found


def paths(folder: Path) -> dict[str, Path]:
    """Return the texts of a folder of annotations, and of the reports beside it, by their identifier."""
    return {path.stem: path for path in [*folder.rglob("*.txt"), *(folder.parent / "raw").glob("*.txt")]}


def cross_validated(folder: Path, folds: Path) -> Pairs:
    """Return gold of the train split, and what models found in it that had not seen it."""
    gold, texts = load_gold(folder, "train").documents, paths(folder)
    found: dict[str, Document] = {}
    for fold in range(FOLDS):
        mine = {doc_id: document for doc_id, document in gold.items() if in_fold(doc_id, fold, FOLDS)}
        found |= run(mine, texts, folds / f"fold-{fold}")
    return found, dict(gold)


def split(name: str, found: dict[str, Document], gold: dict[str, Document]) -> Iterator[tuple[str, Pairs]]:
    """Yield a set of reports as meetings and as Wikinews."""
    for kind, wanted in (("meetings and press", False), ("Wikinews", True)):
        mine = {doc_id: d for doc_id, d in gold.items() if doc_id.startswith("wikinews") == wanted}
        yield f"{name}, {kind}", ({doc_id: found[doc_id] for doc_id in mine}, mine)


def rows(annotations: Path, folds: Path | None, others: Iterable[Path]) -> Iterator[tuple[str, Pairs]]:
    """Yield the rows of the table: a name, what was found, and gold."""
    texts = paths(annotations)
    client = dict(load_gold(annotations, "client").documents)
    yield "client's report", (run(client, texts), client)
    apart = dict(load_gold(annotations, "apart").documents)
    yield from split("apart", run(apart, texts), apart)
    if folds is not None:
        yield from split("train, cross-validated", *cross_validated(annotations, folds))
    for folder in others:
        gold = dict(load_gold(folder).documents)
        yield folder.name, (run(gold, paths(folder)), gold)


def main() -> None:
    """Print the table as Markdown: F1 in percent, the 95 % interval for claims."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--annotations", type=Path, default=Path("annotations"))
    parser.add_argument("--folds", type=Path)
    parser.add_argument("--gold", type=Path, nargs="*", default=[])
    args = parser.parse_args()
    print(f"| F1 | reports | {' | '.join(LAYERS)} |\n|{' --- |' * (len(LAYERS) + 2)}", flush=True)
    for name, (found, gold) in rows(args.annotations, args.folds, args.gold):
        figures = score(found, gold).figures
        cells = [figures[layer].f1 for layer in LAYERS.values()]
        shown = ["–" if cell is None else f"{100 * cell:.1f}" for cell in cells]
        print(f"| {name} | {len(gold)} | {' | '.join(shown)} |", flush=True)


if __name__ == "__main__":
    main()
