"""Making the weights of ``models/`` again from ``annotations/``."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup
from spacy.training import Example
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import load_config

from pipeline.marks import LABELS, WEIGHTS
from pipeline.parse import ReportTokenizer, Unit, units
from pipeline.records import Document

ORIGIN = "origin.json"


def annotated(annotations: Path, split: str) -> Iterator[tuple[Document, str]]:
    """Yield (gold, raw text) of a split, in the order of ``splits.csv``."""
    with (annotations / "splits.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            if row["split"] == split:
                text = annotations / row["text"]
                gold = annotations / text.with_suffix(".json").name if split == "client" else text.with_suffix(".json")
                yield (
                    Document.model_validate_json(gold.read_text(encoding="utf-8")),
                    text.read_bytes().decode("utf-8"),
                )


def in_fold(doc_id: str, fold: int, folds: int) -> bool:
    """Say whether a report is held out in a fold: by its name alone, so that new reports move no others."""
    return folds > 0 and int(hashlib.sha256(doc_id.encode()).hexdigest(), 16) % folds == fold


@spacy.registry.readers("quidit.annotations.v1")
def read_examples(path: str, fold: int, folds: int, held_out: bool) -> Callable[[Language], Iterator[Example]]:
    """Return a corpus for ``spacy train``: one example a paragraph of the train split of an annotations folder."""

    def corpus(nlp: Language) -> Iterator[Example]:
        for gold, raw in annotated(Path(path), "train"):
            if in_fold(gold.doc_id, fold, folds) == held_out:
                for unit in gold_units(nlp, gold, raw):
                    reference = Doc(nlp.vocab, words=[t.text for t in unit[0].doc], spaces=_spaces(unit[0].doc))
                    mark_gold(reference, unit[0], unit[1], gold)
                    yield Example(unit[0].doc, reference)

    return corpus


def gold_units(nlp: Language, gold: Document, raw: str) -> Iterator[tuple[Unit, Doc]]:
    """Yield the annotated paragraphs of a report, each with the report."""
    tokenizer = nlp.tokenizer if isinstance(nlp.tokenizer, ReportTokenizer) else ReportTokenizer(nlp.tokenizer)
    doc = tokenizer(raw)
    spans = [doc.char_span(p.start, p.end, alignment_mode="expand") for p in gold.paragraphs]
    doc.spans["segment"] = SpanGroup(doc, spans=[span for span in spans if span is not None])
    for unit in units(doc):
        yield unit, doc


def mark_gold(reference: Doc, unit: Unit, report: Doc, gold: Document) -> None:
    """Set the annotated marks as entities; cues of optional claims are missing values, so nothing is learned of them."""
    wanted = [(c.cue.start, c.cue.end, "Cue", c.optional) for c in gold.claims if c.cue]
    wanted += [(m.start, m.end, m.label, False) for m in gold.mentions if m.label in ("Person", "Role")]
    wanted = sorted(set(wanted), key=lambda w: (LABELS.index(w[2]), w[0], w[1], w[3]))
    taken: set[int] = set()
    known: list[Span] = []
    missing: list[Span] = []
    for start, end, label, optional in wanted:
        inside = [
            n
            for n, i in enumerate(unit.indices)
            if start < report[i].idx + len(report[i]) and report[i].idx < end
        ]
        if inside and not taken.intersection(inside):
            taken.update(range(inside[0], inside[-1] + 1))
            (missing if optional else known).append(Span(reference, inside[0], inside[-1] + 1, label=label))
    reference.set_ents(known, missing=missing, default="outside")


def _spaces(doc: Doc) -> list[bool]:
    return [bool(token.whitespace_) for token in doc]


def fingerprint(annotations: Path, config: Path) -> str:
    """Return the SHA-256 of what a training depends on: the texts and gold of the train split, and the config."""
    digest = hashlib.sha256(config.read_bytes())
    for gold, raw in annotated(annotations, "train"):
        digest.update(gold.model_dump_json().encode() + raw.encode())
    return digest.hexdigest()


def train_marks(annotations: Path, config: Path, target: Path, *, fold: int = 0, folds: int = 0) -> None:
    """Train the recogniser by a ``spacy train`` config and write it, alone in a pipeline, to `target`/marks/recogniser."""
    overrides = {"paths.annotations": str(annotations), "paths.fold": fold, "paths.folds": folds}
    nlp = init_nlp(load_config(config, overrides=overrides, interpolate=False))
    with tempfile.TemporaryDirectory() as scratch:
        nlp, _ = train(nlp, Path(scratch))
        trained = spacy.load(Path(scratch) / "model-last")
    trained.replace_listeners("tok2vec", "marks", ["model.tok2vec"])
    trained.remove_pipe("tok2vec")
    weights = target / WEIGHTS
    shutil.rmtree(weights, ignore_errors=True)
    weights.mkdir(parents=True)
    trained.to_disk(weights, exclude=["vocab", "tokenizer"])
    origin = {"made_from": fingerprint(annotations, config), "folds": folds, "fold": fold}
    (weights / ORIGIN).write_text(json.dumps(origin, indent=1) + "\n", encoding="utf-8")


def held_out(documents: Iterable[tuple[Document, str]], fold: int, folds: int) -> Iterator[tuple[Document, str]]:
    """Yield those reports that a fold did not train on."""
    return (pair for pair in documents if in_fold(pair[0].doc_id, fold, folds))
