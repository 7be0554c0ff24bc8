"""Print what the program gets wrong, how often, and two examples of each.

    python scripts/errors.py --folds training

The reports of the train split are read by models that have not seen them (``quidit train --keep training`` leaves
them). Each class of error has its count, its share of all gold items of its layer, and how many of its items count as
missed or wrong and not only as badly cut. In the examples, gold stands in ⟨ ⟩ and what was found in [ ].
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ablations import head, row
from cases import Case, Report, cases, totals
from forms import forms
from scores import cross_validated

import pipeline
from pipeline.records import Document
from pipeline.scoring.gold import load_gold

SHORT = 110  # code points of an example that is liked better than a longer one
EXAMPLES = 2


def all_cases(gold: Mapping[str, Document], found: Mapping[str, Document], texts: Mapping[str, str]) -> Iterator[Case]:
    """Yield the errors of a run over the reports of `gold`; `texts` are the raw texts, by doc_id."""
    nlp = pipeline.load()
    gold_forms, found_forms = forms(gold, texts, nlp), forms(found, texts, nlp)
    for doc_id, wanted in gold.items():
        yield from cases(Report(wanted, found[doc_id], gold_forms, found_forms, texts[doc_id]))


def examples(some: Iterable[Case]) -> list[Case]:
    """Return two errors of a class from two reports: any two of the short ones, the same ones in each run."""
    chosen: dict[str, Case] = {}
    for case in sorted(some, key=lambda c: (len(c.shown) > SHORT, hashlib.sha256(c.shown.encode()).hexdigest())):
        if len(chosen) < EXAMPLES:
            chosen.setdefault(case.doc_id, case)
    return list(chosen.values())


def rows(found: Iterable[Case], gold: Iterable[Document]) -> Iterator[str]:
    """Yield the rows of the table, layer by layer, the most frequent errors first."""
    whole: Counter[str] = Counter()
    for document in gold:
        whole.update(dict(totals(document)))
    classes: defaultdict[str, defaultdict[str, list[Case]]] = defaultdict(lambda: defaultdict(list))
    for case in found:
        classes[case.layer][case.kind].append(case)
    for layer, number in whole.items():
        yield row(f"**{layer}**", str(number), "", "", "")
        for kind, some in sorted(classes[layer].items(), key=lambda item: (-len(item[1]), item[0])):
            share = f"{100 * len(some) / number:.1f}" if number else "–"
            shown = "<br>".join(f"{case.shown} ({case.doc_id})" for case in examples(some))
            yield row(kind, str(len(some)), share, str(sum(case.lost for case in some)), shown)


def main() -> None:
    """Print the table as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--annotations", type=Path, default=Path("annotations"))
    parser.add_argument("--folds", type=Path, required=True)
    args = parser.parse_args()
    found, gold = cross_validated(args.annotations, args.folds)
    texts = load_gold(args.annotations, "train").texts
    print(head("error", "count", "% of gold", "lost", "examples"))
    print(*rows(all_cases(gold, found, texts), gold.values()), sep="\n")


if __name__ == "__main__":
    main()
