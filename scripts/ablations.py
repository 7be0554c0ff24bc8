"""Print what learning and what rules contribute: the program with rules alone, learned alone, and both (as shipped).

    python scripts/ablations.py --folds training [--gold FOLDER ...] [--apart]

The first table has F1 in percent with 95 % intervals: on the train split by models that have not seen the report that
is scored (``quidit train --keep training`` leaves them), on the client's report, on each further folder of gold, and
with ``--apart`` on the texts kept apart. The second has the recall of claims and of attributions in the train split, by
construction and by type of source. What each variant is, `variants` says.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import get_args

from forms import CONSTRUCTIONS, Forms, forms
from scores import paths, split
from variants import VARIANTS, Part, Variant, found_by, rules_only

import pipeline
from pipeline.evaluation import beside_gold, score
from pipeline.records import Claim, Document, SourceType
from pipeline.resources import models_dir
from pipeline.scoring.gold import load_gold
from pipeline.scoring.matching import align_report
from pipeline.scoring.scores import Figure
from pipeline.train import FOLDS, in_fold

LAYERS = {
    "speakers": "speakers",
    "roles": "roles overlap",
    "cues": "cues overlap",
    "claims": "claims overlap",
    "claims, exact": "claims exact",
    "resolved": "attribution resolved overlap",
}
MEASURES = ("claims", "attributions")

Found = dict[Variant, dict[str, Document]]
Counts = Counter[tuple[str, str, str, bool]]  # row, measure, variant, found


def shipped(folder: Path, name: str | None = None) -> Part:
    """Return the gold of a folder, or of a split of it, to be read by the models that are shipped."""
    return Part(load_gold(folder, name).documents, paths(folder), models_dir())


def folded(annotations: Path, folds: Path) -> list[Part]:
    """Return the train split in parts, each to be read by models that have not seen it."""
    whole = shipped(annotations, "train")
    return [
        Part({d: g for d, g in whole.gold.items() if in_fold(d, n, FOLDS)}, whole.texts, folds / f"fold-{n}")
        for n in range(FOLDS)
    ]


def by_variant(parts: Sequence[Part], rules: Path) -> Found:
    """Return what each variant finds in reports."""
    return {variant: found_by(variant, parts, rules) for variant in VARIANTS}


def gold_of(parts: Iterable[Part]) -> dict[str, Document]:
    """Return the gold of all parts."""
    return {doc_id: document for part in parts for doc_id, document in part.gold.items()}


def figure_rows(name: str, found: Found, gold: Mapping[str, Document]) -> Iterator[str]:
    """Yield the rows of the first table for a set of reports."""
    for variant in VARIANTS:
        figures = score(found[variant], gold).figures
        cells = (shown(figures[layer]) for layer in LAYERS.values())
        yield row(name, str(len(gold)), variant, *cells)


def shown(figure: Figure) -> str:
    """Return F1 in percent with its interval."""
    if figure.f1 is None or figure.low is None or figure.high is None:
        return "–"
    return f"{100 * figure.f1:.1f} [{100 * figure.low:.0f}–{100 * figure.high:.0f}]"


def row(*cells: str) -> str:
    """Return a row of a Markdown table."""
    return f"| {' | '.join(cells)} |"


def head(*cells: str) -> str:
    """Return the head of a Markdown table."""
    return f"{row(*cells)}\n|{' --- |' * len(cells)}"


def recalled(wanted: Document, found: Document) -> Iterator[tuple[Claim, set[SourceType], str, bool]]:
    """Yield the claims and attributions of gold: the claim, the types of source, the measure, and whether found."""
    report = align_report(wanted, found)
    for right, claims in ((True, [g for g, _ in report.claims.pairs]), (False, report.claims.missed)):
        for item in claims:
            if not item.optional:
                yield item.record, {source.type for source in item.record.sources}, "claims", right
    attribution = report.attribution
    for right, sources in ((True, [g for g, _ in attribution.pairs]), (False, attribution.missed)):
        for source in sources:
            yield source.record.claim, {source.record.source.type}, "attributions", right


def counted(found: Found, gold: Mapping[str, Document], by_form: Forms) -> Counts:
    """Count the claims and attributions of gold that each variant found and did not, by construction and source."""
    counts: Counts = Counter()
    for variant, documents in found.items():
        for wanted, answer in beside_gold(documents, gold):
            for claim, types, measure, right in recalled(wanted, answer):
                form = by_form[wanted.doc_id, claim.claim_id]
                for name in (form.construction, *(f"source: {t}" for t in types), "all"):
                    counts[name, measure, variant, right] += 1
    return counts


def recall_rows(counts: Counts) -> Iterator[str]:
    """Yield the rows of the second table."""
    for name in (*CONSTRUCTIONS, *(f"source: {t}" for t in get_args(SourceType)), "all"):
        cells = [name]
        for measure in MEASURES:
            right = [counts[name, measure, variant, True] for variant in VARIANTS]
            whole = right[-1] + counts[name, measure, VARIANTS[-1], False]
            cells += [str(whole), *(f"{100 * n / whole:.0f}" if whole else "–" for n in right)]
        yield row(*cells)


def main() -> None:
    """Print both tables as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--annotations", type=Path, default=Path("annotations"))
    parser.add_argument("--folds", type=Path, required=True)
    parser.add_argument("--gold", type=Path, nargs="*", default=[])
    parser.add_argument("--apart", action="store_true", help="score the texts kept apart, too")
    args = parser.parse_args()
    print(head("F1 [95 %]", "reports", "variant", *LAYERS), flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        rules = rules_only(models_dir(), Path(scratch) / "rules")
        train = folded(args.annotations, args.folds)
        found, gold = by_variant(train, rules), gold_of(train)
        parted = {variant: dict(split("train", found[variant], gold)) for variant in VARIANTS}
        for name in parted["both"]:
            mine = {variant: parted[variant][name][0] for variant in VARIANTS}
            print(*figure_rows(name, mine, parted["both"][name][1]), sep="\n", flush=True)
        others = {"client's report": shipped(args.annotations, "client")}
        others |= {folder.name: shipped(folder) for folder in args.gold}
        others |= {"apart": shipped(args.annotations, "apart")} if args.apart else {}
        for name, part in others.items():
            print(*figure_rows(name, by_variant([part], rules), part.gold), sep="\n", flush=True)
    by_form = forms(gold, load_gold(args.annotations, "train").texts, pipeline.load())
    columns = [cell for measure in MEASURES for cell in (measure, *VARIANTS)]
    print(f"\n{head('recall in %', *columns)}", *recall_rows(counted(found, gold, by_form)), sep="\n")


if __name__ == "__main__":
    main()
