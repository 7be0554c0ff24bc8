"""The output folder of a run against a folder of gold: which reports are scored, and the result in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.evaluation import compare, score, sections
from pipeline.records import Document
from pipeline.scoring.differences import differences
from pipeline.scoring.gold import Gold, RecordError, gold_files, load_gold, load_output
from pipeline.scoring.scores import Comparison, Scores


@dataclass(frozen=True)
class Evaluation:
    """A run scored against gold.

    `annotated` is all gold of the split, `scored` what of it was scored, `found` the output for it. `comparison` is
    empty unless there was another run to compare with. `remarks` name the reports that were not scored as they stand.
    """

    annotated: Gold
    scored: Mapping[str, Document]
    found: Mapping[str, Document]
    scores: Scores
    comparison: Mapping[str, Comparison]
    remarks: tuple[str, ...]

    def __str__(self) -> str:
        lines = [str(self.scores)]
        for title, figures in sections(self.scores):
            lines += ["", title, *_lines(figures)]
        if self.comparison:
            lines += ["", f"the two runs, paired permutation test over the same {self.scores.unit}s"]
            lines += _lines(self.comparison)
        return "\n".join(lines)

    def page(self) -> str:
        """Return the HTML page with all errors; needs spaCy, for the sentences."""
        from pipeline.scoring.error_page import render  # noqa: PLC0415  figures alone need no spaCy

        return render(self.scores, differences(self.found, self.scored), self.scored, self.annotated.texts)


def evaluate_output(
    output: Path, gold: Path, *, split: str | None = None, whole: bool = False, against: Path | None = None
) -> Evaluation:
    """Score ``output/documents`` against the gold files below a folder, matched by doc_id.

    Reports without output are left out, or with `whole` count as reports in which nothing was found. Raises
    `RecordError` where a file is faulty or no report can be scored.
    """
    annotated = load_gold(gold, split)
    found = load_output(output)
    others = load_output(against) if against else found
    known = {path.stem for path in gold_files(gold)}
    missing = {doc_id for doc_id in annotated.documents if doc_id not in found or doc_id not in others}
    scored = {doc_id: d for doc_id, d in annotated.documents.items() if whole or doc_id not in missing}
    if not scored:
        raise RecordError([f"{output}: no report has both output and gold"])
    return Evaluation(
        annotated=annotated,
        scored=scored,
        found=found,
        scores=score(found, scored),
        comparison=compare(found, others, scored) if against else {},
        remarks=(
            *_remark("without gold, left out", (found.keys() | others.keys()) - known),
            *_remark("without output, counted as missed" if whole else "without output, left out", missing),
        ),
    )


def _remark(what: str, doc_ids: set[str]) -> tuple[str, ...]:
    return (f"{what}: {', '.join(sorted(doc_ids))}",) if doc_ids else ()


def _lines(rows: Mapping[str, object]) -> list[str]:
    width = max(map(len, rows), default=0)
    return [f"{name:{width}}  {figure}" for name, figure in rows.items()]
