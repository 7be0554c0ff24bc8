"""The scripts that show what learning and rules contribute, and what still fails, on two short reports."""

from __future__ import annotations

import re

import pytest
from ablations import counted, figure_rows, recall_rows
from cases import Report, cases
from errors import rows
from forms import CONSTRUCTIONS, CUE_FORMS, forms
from variants import NO_RULES, VARIANTS, Part, by_hand, found_by, replaced, rules_only

from pipeline.records import Document
from pipeline.resources import models_dir
from pipeline.speech import joined
from tests.reports import at, claim, mention, paragraph, report, source, speaker

SAID = "Mme Awa Ndiaye, Ministre de la santé du Sénégal, a déclaré que la mer montait."
LISTED = "L'Algérie, le Maroc et la Tunisie ont souligné que le climat changeait."
GOLD = {
    "said": report(
        SAID,
        doc_id="said",
        paragraphs=[paragraph(SAID, SAID)],
        mentions=[mention(SAID, "Awa Ndiaye", "Person", speaker_id="Awa Ndiaye")],
        speakers=[speaker(SAID, "Awa Ndiaye")],
        claims=[
            claim(SAID, "la mer montait", "a déclaré", source(SAID, "person", "Awa Ndiaye", speaker_id="Awa Ndiaye"))
        ],
    ),
    "listed": report(
        LISTED,
        doc_id="listed",
        paragraphs=[paragraph(LISTED, LISTED)],
        claims=[
            claim(
                LISTED,
                "le climat changeait",
                "ont souligné",
                source(LISTED, "country", "Algérie", iso3="DZA"),
                source(LISTED, "country", "Maroc", iso3="MAR"),
                source(LISTED, "country", "Tunisie", iso3="TUN"),
            )
        ],
    ),
}
TEXTS = {"said": SAID, "listed": LISTED}
NOTHING: dict[str, Document] = {}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Document]]:
    """What each variant finds in the reports."""
    folder = tmp_path_factory.mktemp("reports")
    for doc_id, text in TEXTS.items():
        (folder / f"{doc_id}.txt").write_text(text, encoding="utf-8")
    part = Part(GOLD, {doc_id: folder / f"{doc_id}.txt" for doc_id in GOLD}, models_dir())
    rules = rules_only(models_dir(), folder / "rules")
    return {variant: found_by(variant, [part], rules) for variant in VARIANTS}


def sources(document: Document) -> list[list[str]]:
    """Return the words of the sources of each claim."""
    return [[s.span.text for s in c.sources if s.span] for c in document.claims]


def test_what_each_variant_finds(found):
    for variant in VARIANTS:
        contents = [c.content.text for doc_id in GOLD for c in found[variant][doc_id].claims]
        assert contents == ["la mer montait", "le climat changeait"]
        assert sources(found[variant]["said"]) == [["Awa Ndiaye"]]
    states = [["Algérie", "Maroc", "Tunisie"]]
    assert sources(found["rules alone"]["listed"]) == sources(found["both"]["listed"]) == states
    assert len(sources(found["learned alone"]["listed"])[0]) == 1  # lists are a rule's


def test_rules_alone_know_nothing_learned(tmp_path):
    folder = rules_only(models_dir(), tmp_path / "rules")
    assert not (folder / "marks" / "recogniser").exists()
    assert (folder / "claims" / "cues.csv").read_bytes() == (models_dir() / "claims" / "cues.csv").read_bytes()
    rankers = by_hand()
    assert (rankers.cues.weights, rankers.claims.weights) == ({}, {})
    assert rankers.contents.weights["sA p=que"] > rankers.contents.weights["eA cross=0"] > 0


def test_rules_come_back():
    before = [getattr(owner, name) for owner, name, _ in NO_RULES]
    with replaced(NO_RULES):
        assert joined.joined() == []
    assert [getattr(owner, name) for owner, name, _ in NO_RULES] == before


def test_tables_of_what_variants_find(nlp):
    all_found = {"rules alone": NOTHING, "learned alone": {"said": GOLD["said"]}, "both": GOLD}
    figures = [row.split(" | ")[2:] for row in figure_rows("two", all_found, GOLD)]
    assert [(cells[0], cells[4]) for cells in figures] == [
        ("rules alone", "0.0 [0–0]"),
        ("learned alone", "66.7 [0–100]"),
        ("both", "100.0 [100–100]"),
    ]
    recall = list(recall_rows(counted(all_found, GOLD, forms(GOLD, TEXTS, nlp))))
    assert "| verb + que | 2 | 0 | 50 | 100 | 4 | 0 | 25 | 100 |" in recall
    assert "| source: country | 1 | 0 | 0 | 100 | 3 | 0 | 0 | 100 |" in recall
    assert "| direct | 0 | – | – | – | 0 | – | – | – |" in recall
    assert recall[-1] == "| all | 2 | 0 | 50 | 100 | 4 | 0 | 25 | 100 |"


def altered(**changes: object) -> Document:
    """Return the first report as it is found with a claim that differs from gold."""
    return GOLD["said"].model_copy(update={"claims": [GOLD["said"].claims[0].model_copy(update=changes)]})


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (GOLD["said"], []),
        (GOLD["said"].model_copy(update={"claims": []}), [("cue", "missed: plain verb", True)]),
        (altered(cue=at(SAID, "déclaré")), [("cue", "cut otherwise", False)]),
        (altered(content=at(SAID, "que la mer montait")), [("content", "start too early", False)]),
        (altered(content=at(SAID, "mer montait")), [("content", "start too late", False)]),
        (altered(content=at(SAID, "la mer montait.")), [("content", "end too late", False)]),
        (altered(content=at(SAID, "la mer")), [("content", "end too early", False)]),
        (altered(content=at(SAID, "ait.")), [("content", "start too late", True), ("content", "end too late", True)]),
        (altered(content=at(SAID, "Ministre de la santé")), [("content", "on the wrong side of the cue", True)]),
        (altered(sources=[]), [("source", "further source missed", True)]),
        (altered(sources=[source(SAID, "implicit")]), [("source", "nobody where somebody is named", True)]),
        (altered(sources=[source(SAID, "person", "Ministre")]), [("source", "wrong words", True)]),
        (altered(sources=[source(SAID, "person", "Awa Ndiaye")]), [("source", "name: wrong person", True)]),
        (altered(sources=[source(SAID, "organisation", "Awa Ndiaye")]), [("source", "wrong type", True)]),
        (
            altered(sources=[*GOLD["said"].claims[0].sources, source(SAID, "country", "Sénégal", iso3="SEN")]),
            [("source", "further source added", True)],
        ),
        (
            GOLD["said"].model_copy(update={"speakers": []}),
            [("source", "right person, other name", True), ("speaker", "missed: named, and no speaker", True)],
        ),
    ],
)
def test_class_of_an_error(answer, expected, nlp):
    gold = {"said": GOLD["said"]}
    by_form = forms(gold, TEXTS, nlp), forms({"said": answer}, TEXTS, nlp)
    assert [(c.layer, c.kind, c.lost) for c in cases(Report(GOLD["said"], answer, *by_form, SAID))] == expected


def test_table_of_errors(nlp):
    answer = altered(content=at(SAID, "que la mer montait"))
    by_form = forms(GOLD, TEXTS, nlp), forms({"said": answer}, TEXTS, nlp)
    found = list(cases(Report(GOLD["said"], answer, *by_form, SAID)))
    table = list(rows(found, GOLD.values()))
    assert "| **content** | 2 |  |  |  |" in table
    assert table[table.index("| **content** | 2 |  |  |  |") + 1] == (
        "| start too early | 1 | 50.0 | 0 | de la santé du Sénégal, a déclaré [que ⟨la mer montait⟩]. (said) |"
    )


@pytest.mark.parametrize(
    ("sentence", "style", "expected"),
    [
        ("Le maire [a dit] que ⟨tout allait bien⟩.", "indirect", ("plain verb", "verb + que")),
        ("Il [a demandé] aux maires de ⟨ne pas rester⟩.", "indirect", ("plain verb", "verb + infinitive")),
        ("Il [a demandé] ⟨si la mer montait⟩.", "indirect", ("plain verb", "verb + question")),
        ("Il [a souligné] ⟨le rôle des villes⟩.", "indirect", ("plain verb", "verb + noun phrase")),
        ("⟨La mer monte⟩, [a dit] le maire.", "indirect", ("plain verb", "content before the verb")),
        ("[Selon] le maire, ⟨la mer monte⟩.", "according-to", ("preposition or comme", "according-to")),
        ("Il parle, [ajoutant] que ⟨la mer monte⟩.", "indirect", ("participle", "verb + que")),
        ("Il [a fait observer] que ⟨la mer monte⟩.", "indirect", ("phrase", "verb + que")),
        ("⟨La mer monte⟩ (Mali).", "parenthetical", ("", "parenthetical")),
        ("« ⟨La mer monte⟩. »", "direct", ("", "no cue")),
    ],
)
def test_form_of_a_claim(sentence, style, expected, nlp):
    text = re.sub(r"[⟨⟩\[\]]", "", sentence)
    cue, content = (found[1] if (found := re.search(sign, sentence)) else "" for sign in (r"\[(.*)\]", "⟨(.*)⟩"))
    said = claim(text, content, cue, style=style)
    document = report(text, doc_id="r", paragraphs=[paragraph(text, text)], claims=[said])
    form = forms({"r": document}, {"r": text}, nlp)["r", content]
    assert form == expected
    assert form.cue in ("", *CUE_FORMS)
    assert form.construction in CONSTRUCTIONS


def test_claims_outside_the_paragraphs_have_a_form(nlp):
    text = "Le maire a dit ceci :\n\nLa mer monte.\n\nIl a répondu que la digue tiendrait."
    halves = [paragraph(text, "Le maire a dit ceci :"), paragraph(text, "La mer monte.")]
    claims = [claim(text, "La mer monte", "a dit", style="direct"), claim(text, "la digue tiendrait", "a répondu")]
    document = report(text, doc_id="r", paragraphs=halves, claims=claims)
    found = forms({"r": document}, {"r": text}, nlp)
    assert found["r", "La mer monte"] == ("plain verb", "direct")
    assert found["r", "la digue tiendrait"].construction == "verb + que"
