"""Every error is listed once, gold beside found, and shown on one page that runs nothing of what it shows."""

from __future__ import annotations

import re

import pytest

from pipeline.evaluation import score
from pipeline.records import Document
from pipeline.scoring.differences import Difference, Side, differences
from pipeline.scoring.error_page import LONGEST, render
from tests.reports import at, claim, mention, paragraph, report, source, speaker

TEXT = "Mme Kane vient. Le Mali, a dit M. Sy, veut que la mer monte.\nTitre <b>final</b>"
MALI = source(TEXT, "country", "Mali", iso3="MLI")


def rows(gold: Document, found: Document) -> list[tuple[str, str, str | None, str | None]]:
    """Return (layer, kind, gold, found) of each error."""
    return [
        (d.layer, d.kind, d.gold and d.gold.text, d.found and d.found.text)
        for d in differences({"r": found}, {"r": gold})
    ]


@pytest.mark.parametrize(
    ("words", "code", "expected"),
    [
        (None, "", [("countries", "missed", "Mali (MLI)", None)]),
        ("Mali", "MLI", []),
        ("Mali", "MWI", [("countries", "wrong code", "Mali (MLI)", "Mali (MWI)")]),
        ("Le Mali", "MLI", [("countries", "wrong ends", "Mali (MLI)", "Le Mali (MLI)")]),
        ("i, a dit M", "MLI", [("countries", "wrong ends", "Mali (MLI)", "i, a dit M (MLI)")]),
        ("mer", "MLI", [("countries", "missed", "Mali (MLI)", None), ("countries", "spurious", None, "mer (MLI)")]),
    ],
)
def test_errors_of_spans(words, code, expected):
    gold = report(TEXT, mentions=[mention(TEXT, "Mali", "Country", iso3="MLI")])
    found = report(TEXT, mentions=[mention(TEXT, words, "Country", iso3=code)] if words else [])
    assert rows(gold, found) == expected


@pytest.mark.parametrize(
    ("content", "cue", "sources", "expected"),
    [
        ("la mer monte", "a dit", [MALI], []),
        ("mer monte", "a dit", [MALI], [("claims", "wrong ends", "a dit | la mer monte", "a dit | mer monte")]),
        ("la mer monte", "", [MALI], [("claims", "wrong cue", "a dit | la mer monte", "la mer monte")]),
        ("la mer monte", "a dit", [], [("attribution", "wrong source", "Mali (country MLI)", "–")]),
        (
            "la mer monte",
            "a dit",
            [source(TEXT, "person", "Sy", name="Ali Sy"), source(TEXT, "implicit")],
            [("attribution", "wrong source", "Mali (country MLI)", "Sy (person Ali Sy); (implicit)")],
        ),
    ],
)
def test_errors_of_claims(content, cue, sources, expected):
    gold = report(TEXT, claims=[claim(TEXT, "la mer monte", "a dit", MALI)])
    found = report(TEXT, claims=[claim(TEXT, content, cue, *sources)])
    assert [row for row in rows(gold, found) if row[0] != "cues"] == expected


def test_optional_claim_is_no_error_either_way():
    optional = claim(TEXT, "la mer monte", "a dit", MALI, optional=True, themes=["children"])
    found = claim(TEXT, "mer monte", "a dit")
    assert rows(report(TEXT, claims=[optional]), report(TEXT)) == []
    assert rows(report(TEXT, claims=[optional]), report(TEXT, claims=[found])) == []


def test_errors_of_speakers():
    role = [at(TEXT, "Mme")]
    gold = report(TEXT, speakers=[speaker(TEXT, "Kane", gender="F", roles=role), speaker(TEXT, "Sy")])
    found = report(TEXT, speakers=[speaker(TEXT, "Kane"), speaker(TEXT, "Mali")])
    assert rows(gold, found) == [
        ("speakers", "missed", "Sy", None),
        ("speakers", "spurious", None, "Mali"),
        ("speaker role", "wrong value", "Kane: Mme", "Kane: –"),
        ("speaker gender", "wrong value", "Kane: F", "Kane: –"),
    ]


def test_errors_of_themes():
    themed = claim(TEXT, "la mer monte", themes=["children"])
    gold = report(TEXT, paragraphs=[paragraph(TEXT, TEXT, "implementation", "children")], claims=[themed])
    bare = report(TEXT, paragraphs=[paragraph(TEXT, TEXT)], claims=[claim(TEXT, "la mer monte")])
    assert rows(gold, bare) == [
        ("themes", "wrong themes", "children, implementation", "–"),
        ("themes of claims", "wrong themes", "children", "–"),
    ]
    assert rows(report(TEXT), gold)[-1] == ("themes", "spurious", None, "children, implementation")


def page(text: str, gold: Document, found: Document) -> str:
    return render(score({"r": found}, {"r": gold}), differences({"r": found}, {"r": gold}), {"r": gold}, {"r": text})


def passages(html: str) -> list[str]:
    """Return the sentences of a page, marks as [g:…], [f:…] and [b:…]."""
    found = re.findall(r'<p lang="fr">(.*?)</p>', html, flags=re.DOTALL)
    return [re.sub(r'<mark class="(.)\w+">(.*?)</mark>', r"[\1:\2]", passage) for passage in found]


@pytest.mark.parametrize(
    ("wanted", "given", "expected"),
    [
        ("Kane", None, "Mme [g:Kane] vient. "),
        ("Mali", "Le Mali", "[f:Le ][b:Mali], a dit M. Sy, veut que la mer monte."),
        (None, "final", "Titre &lt;b&gt;[f:final]&lt;/b&gt;"),
    ],
)
def test_page_shows_an_error_in_its_sentence(wanted, given, expected):
    blocks = [paragraph(TEXT, TEXT.partition("\n")[0])]
    gold, found = (
        report(TEXT, paragraphs=blocks, mentions=[mention(TEXT, words, "Person")] if words else [])
        for words in (wanted, given)
    )
    assert [passage.strip("\n") for passage in passages(page(TEXT, gold, found))] == [expected]


def test_page_cuts_endless_sentences():
    text = "Kane " + "et " * 2000 + "Sy"
    html = page(text, report(text, mentions=[mention(text, "Sy", "Person")]), report(text))
    (passage,) = passages(html)
    assert passage.endswith("[g:Sy]")
    assert len(passage) < LONGEST


def test_page_of_a_perfect_run_has_no_error():
    whole = report(TEXT, mentions=[mention(TEXT, "Kane", "Person")])
    html = page(TEXT, whole, whole)
    assert "0 errors" in html
    assert passages(html) == []


def test_page_neither_runs_nor_loads_what_a_report_contains():
    text = """<script>alert(1)</script> "onload='x' <img src=http://x.example/y>"""
    hostile = report(text, mentions=[mention(text, "<script>alert(1)</script>", "Person")])
    html = page(text, hostile, report(text))
    assert html.count("<script>") == 1
    assert "<img" not in html
    assert not re.search(r"(?:src|href)\s*=|@import|url\(", re.sub(r"<p lang.*?</p>", "", html, flags=re.DOTALL))


def test_speaker_without_place_is_shown_without_sentence():
    gold = report(TEXT, speakers=[speaker(TEXT, "Kane", mentions=[])])
    assert differences({}, {"r": gold}) == [Difference("r", "speakers", "missed", Side((), "Kane"), None)]
    assert passages(page(TEXT, gold, report(TEXT))) == []
