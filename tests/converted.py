"""Reports for tests of the conversion: annotated ones of the project, and small ones with what breaks offsets."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from pipeline.interchange.reports import Annotated
from pipeline.interchange.tagged import read_tagged
from pipeline.records import Document, Evidence

ROOT = Path(__file__).resolve().parent.parent
ANNOTATIONS = ROOT / "annotations"
# of the train split: a form feed, claims that cross paragraphs, two speakers in one word, news, a table of points
CHOSEN = ("idm-2014-villes", "communiques-ong", "quotidiens-nord", "wikinews-2016-01-10-001", "onu-couverture-2018")

# An emoji counts two in UTF-16; é is here a letter and a combining accent; a claim ends with a line break inside.
EMOJI = """\
@document title=Réunion 🌍 | date_start=2019-05-02 | city=Dakar | year=2019
@speaker jean-ba | Jean Bâ | M | SEN | government
@speaker oda-lie | Oda Lie | F | NOR |
@text

😀 Re\u0301union des villes &amp; &lt;États> 👩‍👩‍👧

<par th="children implementation" sec=opening>🚸 <p who=jean-ba n=1>Jean Ba\u0302</p>, <r who=jean-ba>Ministre du \
<k iso=SEN>Se\u0301ne\u0301gal</k></r> 🇸🇳, <q n=1>a souligne\u0301</q> que \
<c n=1 style=mixed th=children>les enfants\n« 👧🏽 d’abord » e\u0301taient prioritaires</c>. \
Il <q n=2 src=implicit>a e\u0301te\u0301 admis</q> que <c n=2 style=indirect opt=1>tout allait bien 🙂</c>.</par>

<par><c n=3 style=parenthetical>Les moyens manquent 💶</c> (<k iso=NOR n=3>Norve\u0300ge</k> et \
<k iso=MAR n=3>Maroc</k>, dit <p who=oda-lie n=3>Oda Lie</p>).</par>

<par>Le <d iso=SEN>se\u0301ne\u0301galais</d> : <s n=4 t=collective>Certains</s> <q n=4>doutent</q> de \
<c n=4 style=indirect>cela 𝄞</c>, <q n=5>a-t-<s n=5 t=person who=oda-lie>elle</s> dit</q> \
<c n=5 style=direct>oui</c>.</par>
"""


@cache
def annotated(doc_id: str) -> Annotated:
    """Return an annotated report of the project; only of the splits that may be read."""
    with (ANNOTATIONS / "splits.csv").open(encoding="utf-8", newline="") as rows:
        row = next(row for row in csv.DictReader(rows) if Path(row["text"]).stem == doc_id)
    assert row["split"] in ("train", "client")
    text = ANNOTATIONS / row["text"]
    gold = ANNOTATIONS / f"{doc_id}.json" if row["split"] == "client" else text.with_suffix(".json")
    document = Document.model_validate_json(gold.read_text(encoding="utf-8"))
    return Annotated(document, text.read_bytes().decode("utf-8"))


def emoji() -> Annotated:
    """Return a report with signs beyond the basic plane, combining accents, and markup in its text."""
    return read_tagged("emoji", EMOJI)


def crlf() -> Annotated:
    """Return the same with line ends of Windows."""
    return read_tagged("crlf", EMOJI.replace("\n", "\r\n"))


def empty() -> Annotated:
    """Return a report of which nothing is known, with no text."""
    return read_tagged("empty", "@text\n")


def blank() -> Annotated:
    """Return a report of white space and no mark."""
    return read_tagged("blank", "@text\n \n\t\r\n")


def found() -> Annotated:
    """Return a report as a run writes it, with confidence, lemmas and evidence."""
    document, text = emoji()
    claims = [claim.model_copy(deep=True) for claim in document.claims]
    for claim in claims:
        claim.confidence, claim.rule, claim.cue_lemma, claim.cue_class = 0.826, "contents: sA d=0", "dire", "state"
        claim.sentence_start, claim.sentence_end, claim.negated = 3, 1_234_567, True
    paragraph = document.paragraphs[0].model_copy(update={"page": 7})
    at = text.index("enfants")
    words = {"start": at, "end": at + 7, "text": "enfants", "theme": "children", "rule": "child"}
    evidence = [
        Evidence.model_validate({**words, "unit": unit, "unit_id": name})
        for unit, name in (("paragraph", "p1"), ("claim", "c1"))
    ]
    changed = {"doc_id": "found", "file": "a/found.pdf", "format": "pdf", "sha256": "0" * 64, "themes": evidence}
    return Annotated(
        document.model_copy(update={**changed, "claims": claims, "paragraphs": [paragraph, *document.paragraphs[1:]]}),
        text,
    )
