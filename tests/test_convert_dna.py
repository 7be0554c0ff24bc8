"""The event list for Discourse Network Analyzer."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from pipeline.interchange.dna import write
from pipeline.interchange.tagged import read_tagged

TAGGED = """\
@document date_start=2019-05-02
@speaker ba | Jean Ba | M | SEN |
@text
🚸 <par><r who=ba>Ministre (<o who=ba>Ministère</o>)</r> <p who=ba n="1 2">Ba</p> <q n=1>dit</q> \
<c n=1 style=direct th="children implementation">a, "b"</c> <q n=2>refuse</q> <c n=2 style=direct th=children>d</c>.
<s n=3 t=country iso=MLI>Bamako</s> et <s n=3 t=collective>d’autres</s> <q n=3>disent</q> \
<c n=3 style=direct th=children>e</c>. <q n=4 src=implicit>Dit</q> <c n=4 style=direct th=children>f</c>. \
<q n=5 src=implicit>Vu</q> <c n=5 style=direct>g</c>.</par>
"""
LATER = "@document year=2020\n@text\n<par><q n=1 src=implicit>Dit</q> <c n=1 style=direct th=children>x</c>.</par>"
ROWS = '''\
time,document,claim,person,organization,country,concept,agreement,start,end,text
2019-05-02,z,c1,Jean Ba,Ministère,SEN,children,1,30,36,"a, ""b"""
2019-05-02,z,c1,Jean Ba,Ministère,SEN,implementation,1,30,36,"a, ""b"""
2019-05-02,z,c2,Jean Ba,Ministère,SEN,children,0,44,45,d
2019-05-02,z,c3,,Bamako,MLI,children,1,73,74,e
2019-05-02,z,c3,,d’autres,,children,1,73,74,e
2019-05-02,z,c4,,,,children,1,80,81,f
2020,a,c1,,,,children,1,4,5,x
'''


def test_a_row_is_a_claim_a_source_and_a_theme(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    reports = [read_tagged("a", LATER), read_tagged("z", TAGGED)]
    reports[1].document.claims[1].cue_class = "oppose"
    with caplog.at_level(logging.WARNING, "quidit"):
        write(reports, tmp_path)
    assert (tmp_path / "statements.csv").read_bytes().decode() == ROWS.replace("\n", "\r\n")
    assert caplog.messages == ["dna leaves out 1 of 6 claims: they have no theme"]


@pytest.mark.parametrize(
    ("cue_class", "negated", "agreement"),
    [("oppose", False, "0"), ("oppose", True, "1"), ("support", True, "0"), ("state", False, "1"), (None, False, "1")],
)
def test_agreement_follows_the_cue_and_its_negation(
    cue_class: str | None, negated: bool, agreement: str, tmp_path: Path
) -> None:
    report = read_tagged("a", LATER)
    claim = report.document.claims[0]
    changed = claim.model_copy(update={"cue_class": cue_class, "negated": negated})
    write([report._replace(document=report.document.model_copy(update={"claims": [changed]}))], tmp_path)
    header, row = (tmp_path / "statements.csv").read_text(encoding="utf-8").splitlines()
    assert row.split(",")[header.split(",").index("agreement")] == agreement
