"""Print what five corrected reports of a kind are worth: scores on others of that kind, learned without and with them.

    python scripts/own_reports.py KIND [KIND ...] [--own 5]

A KIND is the beginning of the identifiers of reports, several joined by a comma. The recogniser is trained twice from
the train split: without any report of the kind, and with five of them. The other decisions on claims are those that are
shipped, in both cases.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import tempfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from scores import LAYERS, paths, run

from pipeline.evaluation import score
from pipeline.resources import models_dir
from pipeline.scoring.gold import load_gold
from pipeline.train import train_marks

SHOWN = ("persons", "speakers", "roles", "cues", "claims", "claims, exact", "resolved")


def copy(names: set[str], texts: dict[str, Path], folder: Path) -> Path:
    """Copy annotated reports into a folder of annotations of their own."""
    folder.mkdir(parents=True)
    for name in sorted(names):
        for file in (texts[name], texts[name].with_suffix(".json")):
            shutil.copy(file, folder / file.name)
    return folder


def trained(names: set[str], texts: dict[str, Path], scratch: Path) -> Path:
    """Return a folder of models whose recogniser has learned from these reports alone."""
    shutil.copytree(models_dir(), scratch / "models", ignore=shutil.ignore_patterns("recogniser"))
    train_marks(copy(names, texts, scratch / "annotations"), models_dir() / "marks" / "config.cfg", scratch / "models")
    return scratch / "models"


def compare(kind: str, count: int, annotations: Path) -> None:
    """Print the two rows of a kind."""
    gold, texts = load_gold(annotations, "train").documents, paths(annotations)
    mine = sorted(
        (name for name in gold if name.split("-")[0] in kind.split(",")),
        key=lambda name: hashlib.sha256(name.encode()).hexdigest(),
    )
    others, own, scored = gold.keys() - set(mine), set(mine[:count]), {name: gold[name] for name in mine[count:]}
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        without = pool.submit(trained, set(others), texts, Path(folder) / "without")
        with_own = pool.submit(trained, others | own, texts, Path(folder) / "with")
        for name, models in (("without", without.result()), (f"with {len(own)}", with_own.result())):
            figures = score(run(scored, texts, models), scored).figures
            cells = " | ".join(f"{100 * (figures[LAYERS[layer]].f1 or 0):.1f}" for layer in SHOWN)
            print(f"| {kind}, {name} | {len(scored)} | {cells} |", flush=True)


def main() -> None:
    """Print the table as Markdown: F1 in percent."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="+")
    parser.add_argument("--own", type=int, default=5)
    parser.add_argument("--annotations", type=Path, default=Path("annotations"))
    args = parser.parse_args()
    print(f"| F1 | reports | {' | '.join(SHOWN)} |\n|{' --- |' * (len(SHOWN) + 2)}", flush=True)
    for kind in args.kinds:
        compare(kind, args.own, args.annotations)


if __name__ == "__main__":
    main()
