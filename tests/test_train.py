"""Weights are made of the annotations and the config that are checked in, and of the train split alone."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
import spacy
from click.testing import CliRunner
from spacy.training import Example

from pipeline import train as training
from pipeline.cli import main
from pipeline.learning.fit import fit
from pipeline.marks import LABELS, WEIGHTS
from pipeline.records import Claim, Document, Mention
from pipeline.resources import models_dir
from pipeline.scoring.gold import RecordError
from pipeline.train import ORIGIN, annotated, fingerprint, in_fold, read_examples, train_marks
from tests.reports import claim, mention, paragraph, report, source, speaker

ROOT = Path(__file__).resolve().parent.parent
ANNOTATIONS = ROOT / "annotations"
CONFIG = ROOT / "models" / "marks" / "config.cfg"
LAGOON = (
    "La lagune d'Azuré\n\n"
    "Mme Rosalie Mbarga, Ministre de la pêche, a déclaré que la lagune se vidait. Elle a ajouté que les pêcheurs\n"
    "partaient.\n\n"
    "M. Tiago Serrão a souligné que l'eau manquait. Il a évoqué une crise. Le soir est tombé."
)
BRIDGE = (
    "Le pont d'Orval\n\n"
    "Le maire d'Orval, Luc Vanier, a affirmé que le pont tiendrait. Selon lui, rien ne presse.\n\n"
    "« Nous attendrons », a dit Mme Ida Keller. Elle a précisé que les travaux dureraient un an."
)


def lagoon() -> Document:
    """Return the gold of a short invented text; one of its claims is optional."""
    return report(
        LAGOON,
        doc_id="lagune",
        paragraphs=[
            paragraph(LAGOON, LAGOON.split("\n\n")[1]),
            paragraph(LAGOON, LAGOON.split("\n\n")[2]),
        ],
        mentions=[
            mention(LAGOON, "Rosalie Mbarga", "Person", speaker_id="Rosalie Mbarga"),
            mention(LAGOON, "Ministre de la pêche", "Role", speaker_id="Rosalie Mbarga"),
            mention(LAGOON, "Tiago Serrão", "Person", speaker_id="Tiago Serrão"),
        ],
        speakers=[speaker(LAGOON, "Rosalie Mbarga", gender="F"), speaker(LAGOON, "Tiago Serrão", gender="M")],
        claims=[
            claim(LAGOON, "la lagune se vidait", "a déclaré", person(LAGOON, "Rosalie Mbarga")),
            claim(LAGOON, "les pêcheurs\npartaient", "a ajouté", person(LAGOON, "Elle", "Rosalie Mbarga")),
            claim(LAGOON, "l'eau manquait", "a souligné", person(LAGOON, "Tiago Serrão")),
            claim(LAGOON, "une crise", "a évoqué", person(LAGOON, "Il", "Tiago Serrão"), optional=True),
        ],
    )


def bridge() -> Document:
    """Return the gold of another short invented text."""
    return report(
        BRIDGE,
        doc_id="passerelle",
        paragraphs=[paragraph(BRIDGE, part) for part in BRIDGE.split("\n\n")[1:]],
        mentions=[
            mention(BRIDGE, "maire d'Orval", "Role", speaker_id="Luc Vanier"),
            mention(BRIDGE, "Luc Vanier", "Person", speaker_id="Luc Vanier"),
            mention(BRIDGE, "Ida Keller", "Person", speaker_id="Ida Keller"),
        ],
        speakers=[speaker(BRIDGE, "Luc Vanier", gender="M"), speaker(BRIDGE, "Ida Keller", gender="F")],
        claims=[
            claim(BRIDGE, "le pont tiendrait", "a affirmé", person(BRIDGE, "Luc Vanier")),
            claim(BRIDGE, "rien ne presse", "Selon", person(BRIDGE, "lui", "Luc Vanier"), style="according-to"),
            claim(BRIDGE, "Nous attendrons", "a dit", person(BRIDGE, "Ida Keller"), style="direct"),
            claim(BRIDGE, "les travaux dureraient un an", "a précisé", person(BRIDGE, "Elle", "Ida Keller")),
        ],
    )


def person(text: str, words: str, name: str = ""):
    return source(text, "person", words, speaker_id=name or words)


def write(folder: Path, pairs: Iterable[tuple[Document, str]], split: str = "train") -> None:
    """Add annotated reports to a folder of annotations, and their lines to its splits."""
    folder.mkdir(exist_ok=True)
    splits = folder / "splits.csv"
    new = not splits.is_file()
    with splits.open("a", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        if new:
            rows.writerow(["text", "split", "kind", "origin", "words", "speakers", "claims"])
        for document, text in pairs:
            number(document)
            (folder / f"{document.doc_id}.json").write_text(document.model_dump_json(), encoding="utf-8")
            (folder / f"{document.doc_id}.txt").write_bytes(text.encode())
            rows.writerow([f"{document.doc_id}.txt", split, "", "", 0, 0, 0])


def number(document: Document) -> Document:
    """Give the mentions of a gold identifiers of their own."""
    for n, one in enumerate(document.mentions, 1):
        one.mention_id = f"m{n}"
    return document


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A folder of two annotated reports, and of one kept apart whose files nobody could read."""
    folder = tmp_path / "annotations"
    write(folder, [(lagoon(), LAGOON), (bridge(), BRIDGE)])
    write(folder, [(report("Secret.", doc_id="secret"), "Secret.")], split="apart")
    (folder / "secret.json").write_text("not to be read", encoding="utf-8")
    (folder / "secret.txt").write_bytes(b"\xff\xfe not UTF-8")
    return folder


def test_the_recogniser_was_made_of_what_is_checked_in():
    origin = json.loads((ROOT / "models" / WEIGHTS / ORIGIN).read_text("utf-8"))
    assert origin == {"made_from": fingerprint(ANNOTATIONS, CONFIG), "fold": 0, "folds": 0}


def test_the_claims_were_made_of_what_is_checked_in():
    origin = json.loads((ROOT / "models" / "claims" / ORIGIN).read_text("utf-8"))
    assert origin == {"made_from": fingerprint(ANNOTATIONS, CONFIG)}


def test_annotated_reports_of_a_split_come_in_the_order_of_their_paths(tiny):
    assert [(gold.doc_id, raw) for gold, raw in annotated(tiny, "train")] == [
        ("lagune", LAGOON),
        ("passerelle", BRIDGE),
    ]
    with pytest.raises(RecordError, match="split client: no report in it"):
        list(annotated(tiny, "client"))


def test_a_folder_without_a_table_of_splits_is_all_learned_from(tmp_path):
    write(tmp_path, [(lagoon(), LAGOON)])
    (tmp_path / "splits.csv").unlink()
    assert [gold.doc_id for gold, _ in annotated(tmp_path)] == ["lagune"]


def test_line_ends_are_read_as_they_are(tmp_path):
    write(tmp_path / "a", [(report("Un.\r\nDeux.\r", doc_id="r"), "Un.\r\nDeux.\r")])
    assert [raw for _, raw in annotated(tmp_path / "a", "train")] == ["Un.\r\nDeux.\r"]


@pytest.mark.parametrize("folds", [1, 2, 4, 7])
def test_every_report_is_held_out_in_one_fold(folds):
    names = [f"rapport-{n}" for n in range(60)]
    held_out = {name: [fold for fold in range(folds) if in_fold(name, fold, folds)] for name in names}
    assert all(len(where) == 1 for where in held_out.values())
    assert {where[0] for where in held_out.values()} == set(range(folds))


def test_without_folds_nothing_is_held_out():
    assert not any(in_fold(name, 0, 0) for name in ("lagune", "passerelle"))


def test_the_fold_of_a_report_is_told_by_its_name():
    names = ("passerelle", "lagune", "viaduc", "orval", "pont")
    assert [[fold for fold in range(4) if in_fold(name, fold, 4)] for name in names] == [[0], [1], [1], [2], [3]]


def test_the_fingerprint_is_that_of_the_same_files_anywhere(tiny, tmp_path):
    before = fingerprint(tiny, CONFIG)
    shutil.copytree(tiny, tmp_path / "copy")
    assert fingerprint(tmp_path / "copy", CONFIG) == before
    assert len(before) == 64


def test_the_fingerprint_tells_another_gold_text_config_or_split(tiny, tmp_path):
    config = tmp_path / "config.cfg"
    shutil.copy(CONFIG, config)
    seen = [fingerprint(tiny, config)]
    gold = number(lagoon())
    gold.claims[0].optional = True
    (tiny / "lagune.json").write_text(gold.model_dump_json(), encoding="utf-8")
    seen.append(fingerprint(tiny, config))
    (tiny / "lagune.txt").write_bytes((LAGOON + "\n").encode())
    seen.append(fingerprint(tiny, config))
    write(tiny, [(report("Un.", doc_id="un"), "Un.")])
    seen.append(fingerprint(tiny, config))
    config.write_text(config.read_text("utf-8").replace("dropout = 0.2", "dropout = 0.3"), encoding="utf-8")
    seen.append(fingerprint(tiny, config))
    assert len(set(seen)) == len(seen)


def test_the_fingerprint_does_not_tell_how_gold_is_laid_out_or_what_is_kept_apart(tiny):
    before = fingerprint(tiny, CONFIG)
    (tiny / "lagune.json").write_text(number(lagoon()).model_dump_json(indent=4), encoding="utf-8")
    (tiny / "secret.json").unlink()
    write(tiny, [(report("Autre.", doc_id="autre"), "Autre.")], split="apart")
    assert fingerprint(tiny, CONFIG) == before


def examples(folder: Path, *, fold: int = 0, folds: int = 0, held_out: bool = False) -> list[Example]:
    return list(read_examples(str(folder), fold, folds, held_out)(spacy.blank("fr")))


def test_an_example_is_a_paragraph_or_a_line_outside(tiny):
    assert [example.reference.text for example in examples(tiny)] == [
        LAGOON.split("\n\n")[1].replace("\n", " "),
        LAGOON.split("\n\n")[2],
        "La lagune d'Azuré",
        *BRIDGE.split("\n\n")[1:],
        "Le pont d'Orval",
    ]


def test_entities_are_the_annotated_marks(tiny):
    found = [(e.text, e.label_) for example in examples(tiny) for e in example.reference.ents]
    assert found == [
        ("Rosalie Mbarga", "Person"),
        ("Ministre de la pêche", "Role"),
        ("a déclaré", "Cue"),
        ("a ajouté", "Cue"),
        ("Tiago Serrão", "Person"),
        ("a souligné", "Cue"),
        ("maire d'Orval", "Role"),
        ("Luc Vanier", "Person"),
        ("a affirmé", "Cue"),
        ("Selon", "Cue"),
        ("a dit", "Cue"),
        ("Ida Keller", "Person"),
        ("a précisé", "Cue"),
    ]


def test_cues_of_optional_claims_are_missing_values(tiny):
    second = examples(tiny)[1]
    tags = list(zip((token.text for token in second.reference), second.get_aligned_ner(), strict=True))
    assert [word for word, tag in tags if tag is None] == ["a", "évoqué"]
    assert ("crise", "O") in tags
    assert ("souligné", "L-Cue") in tags


def test_where_marks_overlap_the_cue_wins(tmp_path):
    text = "Selon la ministre, la mer monte."
    gold = report(
        text,
        doc_id="r",
        paragraphs=[paragraph(text, text)],
        mentions=[mention(text, "Selon la ministre", "Role")],
        speakers=[speaker(text, "ministre")],
        claims=[claim(text, "la mer monte", "Selon", person(text, "ministre"))],
    )
    write(tmp_path / "a", [(gold, text)])
    (example,) = examples(tmp_path / "a")
    assert [(e.text, e.label_) for e in example.reference.ents] == [("Selon", "Cue")]


def test_the_folds_part_the_examples(tiny):
    everything = [e.reference.text for e in examples(tiny)]
    for fold in range(4):
        learned = [e.reference.text for e in examples(tiny, fold=fold, folds=4)]
        kept = [e.reference.text for e in examples(tiny, fold=fold, folds=4, held_out=True)]
        assert sorted(learned + kept) == sorted(everything)
        assert set(learned).isdisjoint(kept)
    assert [len(examples(tiny, fold=fold, folds=4, held_out=True)) for fold in range(4)] == [3, 3, 0, 0]


def marks_of(document: Document) -> set[tuple[int, int, str]]:
    """Return the annotated marks from which something is learned."""
    named: list[Mention] = [m for m in document.mentions if m.label in LABELS]
    cued: list[Claim] = [c for c in document.claims if c.cue and not c.optional]
    return {(m.start, m.end, m.label) for m in named} | {(c.cue.start, c.cue.end, "Cue") for c in cued if c.cue}


@pytest.mark.parametrize("name", ["reports/afro-oms-2018", "reports/agences-maghreb"])
def test_entities_of_a_real_report_are_its_marks(tmp_path, name):
    path = ANNOTATIONS / f"{name}.json"
    gold = Document.model_validate_json(path.read_text("utf-8"))
    write(tmp_path / "a", [(gold, path.with_suffix(".txt").read_bytes().decode())])
    wanted = sorted(" ".join(gold_text.split()) for gold_text in texts_of(path, marks_of(gold)))
    found = sorted(e.text.replace("’", "'") for example in examples(tmp_path / "a") for e in example.reference.ents)
    missed = len(wanted) - len(set(wanted) & set(found)) - (len(wanted) - len(set(wanted)))
    assert missed <= len(wanted) // 50  # marks that overlap, or end inside a token
    assert len(found) <= len(wanted)


def texts_of(path: Path, marks: set[tuple[int, int, str]]) -> list[str]:
    raw = path.with_suffix(".txt").read_bytes().decode()
    return [raw[start:end].replace("’", "'") for start, end, _ in marks]


def test_weights_that_were_made_of_the_same_are_kept(tiny, tmp_path, monkeypatch):
    weights = tmp_path / "models" / WEIGHTS
    weights.mkdir(parents=True)
    training.write_origin(weights, made_from=fingerprint(tiny, CONFIG), fold=1, folds=4)
    (weights / "model").write_bytes(b"weights")

    def never(*args: object, **kwargs: object) -> None:
        raise AssertionError("trained again")

    monkeypatch.setattr(training, "init_nlp", never)
    monkeypatch.setattr(training, "train_loop", never)
    train_marks(tiny, CONFIG, tmp_path / "models", fold=1, folds=4)
    assert (weights / "model").read_bytes() == b"weights"
    for other in ({"fold": 2, "folds": 4}, {"fold": 0, "folds": 0}):
        with pytest.raises(AssertionError, match="trained again"):
            train_marks(tiny, CONFIG, tmp_path / "models", **other)
    (tiny / "passerelle.txt").write_bytes((BRIDGE + "\n").encode())
    with pytest.raises(AssertionError, match="trained again"):
        train_marks(tiny, CONFIG, tmp_path / "models", fold=1, folds=4)


def test_a_new_folder_of_models_is_a_copy_of_the_shipped_one(tmp_path):
    training.new_models(tmp_path / "new")
    assert (tmp_path / "new" / "config.cfg").read_bytes() == (models_dir() / "config.cfg").read_bytes()
    (tmp_path / "new" / "config.cfg").write_text("[quidit]\n", encoding="utf-8")
    training.new_models(tmp_path / "new")
    assert (tmp_path / "new" / "config.cfg").read_text("utf-8") == "[quidit]\n"


def test_the_command_needs_a_folder_of_annotations(tmp_path):
    result = CliRunner().invoke(main, ["train", str(tmp_path), "-o", str(tmp_path / "models")])
    assert (result.exit_code, result.stderr) == (
        2,
        f"quidit: {tmp_path}: no annotations in it\n",
    )
    assert not (tmp_path / "models").exists()


def test_no_decisions_give_no_weights():
    assert fit([]).weights == {}
