"""Tagged text: what its tags say, how a report is written with them, and faults with their line."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.interchange.reports import Annotated, ConvertError, plain
from pipeline.interchange.tagged import TaggedError, read, read_tagged, write
from pipeline.records import Document, Paragraph

TYPED = """\
@document title=Une réunion | date_start=2019-05-02 | year=2019
@speaker jean-ba | Jean Ba | M | SEN | government

@speaker lie | Oda Lie | | |

Un titre & 1 < 2

<par th="children" sec=point-1>
Dans ses remarques, <p who=jean-ba n=1>Jean Ba</p>, <r who=jean-ba n=5>Ministre \
de la santé du <k iso=SEN>Sénégal</k></r>,
<q n=1>a souligné</q> que <c n="1 5" style=indirect th="children">les enfants étaient prioritaires</c>.
<c n=4 style=parenthetical>Les moyens manquent</c> (<k iso=NOR n=4>Norvège</k>), dit <s n=4 t=person who=lie>elle</s>.
</par>
"""


def test_what_is_typed_is_read() -> None:
    document, text = read_tagged("a", TYPED)
    assert text.startswith(
        "Un titre & 1 < 2\n\n\nDans ses remarques, Jean Ba, Ministre de la santé du Sénégal,\na souligné"
    )
    assert document.metadata.model_dump(exclude_none=True) == {
        "title": "Une réunion",
        "date_start": "2019-05-02",
        "year": 2019,
    }
    (paragraph,) = document.paragraphs
    assert (paragraph.section, paragraph.themes) == ("point-1", ["children"])
    assert paragraph.text == text[text.index("Dans") :].rstrip()
    ba, lie = document.speakers
    assert (ba.name, ba.gender, ba.country, ba.sector) == ("Jean Ba", "M", "SEN", "government")
    assert [span.text for span in ba.roles] == ["Ministre de la santé du Sénégal"]
    assert [span.text for span in ba.mentions] == ["Jean Ba", "Ministre de la santé du Sénégal"]
    assert ([span.text for span in lie.mentions], lie.gender) == (["elle"], None)
    assert [(m.label, m.text, m.iso3) for m in document.mentions] == [
        ("Person", "Jean Ba", None),
        ("Role", "Ministre de la santé du Sénégal", None),
        ("Country", "Sénégal", "SEN"),
        ("Country", "Norvège", "NOR"),
    ]


def test_claims_are_gathered_by_their_numbers() -> None:
    document, _ = read_tagged("a", TYPED)
    found = [
        (c.claim_id, c.style, c.cue and c.cue.text, c.content.text, [(s.type, s.name, s.iso3) for s in c.sources])
        for c in document.claims
    ]
    ba = ("person", "Jean Ba", "SEN")
    assert found == [
        ("c1", "indirect", "a souligné", "les enfants étaient prioritaires", [ba]),
        ("c2", "indirect", None, "les enfants étaient prioritaires", [ba]),
        (
            "c3",
            "parenthetical",
            None,
            "Les moyens manquent",
            [("country", None, "NOR"), ("person", "Oda Lie", None)],
        ),
    ]
    assert {claim.paragraph_id for claim in document.claims} == {"p1"}


def test_a_report_is_written_as_it_would_be_typed(tmp_path: Path) -> None:
    write([read_tagged("a", TYPED)], tmp_path)
    assert (
        (tmp_path / "a.tagged").read_text(encoding="utf-8")
        == """\
@document title=Une réunion | year=2019 | date_start=2019-05-02
@speaker jean-ba | Jean Ba | M | SEN | government
@speaker lie | Oda Lie |  |  |
@text
Un titre &amp; 1 &lt; 2


<par th=children sec=point-1>Dans ses remarques, <p who=jean-ba n=1>Jean Ba</p>, \
<r who=jean-ba n=2>Ministre de la santé du <k iso=SEN>Sénégal</k></r>,
<q n=1>a souligné</q> que <c n=2 style=indirect th=children><c n=1 style=indirect th=children>\
les enfants étaient prioritaires</c></c>.
<c n=3 style=parenthetical>Les moyens manquent</c> (<k iso=NOR n=3>Norvège</k>), \
dit <s n=3 t=person who=lie>elle</s>.</par>

"""
    )
    assert read(tmp_path) == [read_tagged("a", TYPED)]


@pytest.mark.parametrize(
    "text", ["@text\n", "@document", " \n a", "\r\n\r\n", "&amp; &eacute; < <par> </par>", "\ufeffa\x0b\u2028"]
)
def test_any_text_comes_back(text: str, tmp_path: Path) -> None:
    write([Annotated(Document.model_validate(plain("a", text)), text)], tmp_path)
    (back,) = read(tmp_path)
    assert back.text == text


def test_spans_that_cross_are_left_out_and_no_other(tmp_path: Path) -> None:
    document, text = read_tagged("a", TYPED)
    start = text.index("titre")
    crossing = {"start": start, "end": start + 40, "text": text[start : start + 40]}
    document.paragraphs.append(
        Paragraph.model_validate({**crossing, "paragraph_id": "p2", "section": "body", "themes": []})
    )
    write([Annotated(document, text)], tmp_path)
    assert read(tmp_path) == [read_tagged("a", TYPED)]


@pytest.mark.parametrize(
    ("typed", "faults"),
    [
        ("@person x\na", ["line 1: @person is none of @document, @speaker and @text"]),
        ("@document date_start=hier\na", ["line 1: @document: date_start: String should match pattern"]),
        ("@document year=hier\na", ["line 1: @document: year: Input should be a valid integer"]),
        ("@document colour=red\na", ["line 1: @document: colour: Extra inputs are not permitted"]),
        ("@speaker x | X | H\na", ["line 1: @speaker: gender: Input should be 'F' or 'M'"]),
        ("@speaker x | X\n@speaker x | X\na<p who=x>b</p>", ["line 2: @speaker x is given twice"]),
        ("@speaker x | X\na", ["line 1: @speaker x is nowhere in the text"]),
        ("a\n<b>b</b>", ["line 2: <b> is no tag"]),
        ("a <!-- b -->", ["line 1: <!-- b --> is no tag"]),
        ("a <?b>", ["line 1: <?b> is no tag"]),
        ("<par>a\n<p>b</par></p>", ["line 2: </par> closes <p> of line 2", "line 1: <par> is never closed"]),
        ("a</p>", ["line 1: </p> closes nothing"]),
        ("a\n<par>b", ["line 2: <par> is never closed"]),
        ("<par>a\n<par>b</par></par>", ["line 2: <par> within <par>"]),
        ("<p></p>", ["line 1: <p> encloses nothing"]),
        ("a <p>b </p>", ["line 1: <p> begins or ends with white space"]),
        ("<p iso=SEN>a</p>", ["line 1: <p> has no attribute iso"]),
        ("<k>a</k>", ["line 1: <k> needs iso"]),
        ("<k iso=sen>a</k>", ["line 1: sen is no ISO 3166-1 alpha-3 code"]),
        ("<p who=x>a</p>", ["line 1: no @speaker x"]),
        ("<par th=peace>a</par>", ["line 1: peace is none of the values of th: "]),
        ("<par sec=end>a</par>", ["line 1: end is none of the values of sec: "]),
        ("<s n=1 t=country>a</s>", ["line 1: <s> needs iso"]),
        ("<s n=1 t=implicit>a</s>", ["line 1: implicit is none of the values of t: "]),
        ("<par><c n=1 style=loud>a</c></par>", ["line 1: loud is none of the values of style: "]),
        ("<par><q n=1>a</q></par>", ["line 1: claim 1 has 0 contents and 1 cues"]),
        ("<par>\n<c n=1 style=direct>a</c></par>", ["line 2: claim 1 has no source"]),
        (
            "<par><c n=1 style=direct>a <q n=1 src=implicit>b</q></c></par>",
            ["line 1: the cue of claim 1 lies in its content"],
        ),
        (
            "<par><p n=1>a</p> <q n=1 src=implicit>b</q> <c n=1 style=direct>c</c></par>",
            ["line 1: claim 1 has both a source and an implicit one"],
        ),
        ("<p n=1>a</p>\n<c n=1 style=direct>c</c>", ["line 2: claim 1 stands in no <par>"]),
        (
            "\n<p n=1>a</p>\n<k>b</k> <q n=1>c</q>\n<d iso=xx>e</d>",
            ["line 3: <k> needs iso", "line 4: xx is no ISO 3166-1 alpha-3 code"],
        ),
    ],
)
def test_faults_are_named_with_their_line(typed: str, faults: list[str]) -> None:
    with pytest.raises(TaggedError) as error:
        read_tagged("a", typed)
    assert len(error.value.faults) == len(faults)
    for found, fault in zip(sorted(error.value.faults), sorted(faults), strict=True):
        assert found.startswith(fault)


def test_an_optional_claim_may_stand_outside_paragraphs() -> None:
    document, _ = read_tagged("a", "<p n=1>a</p> <c n=1 style=direct opt=1>c</c>")
    assert [(claim.optional, claim.paragraph_id) for claim in document.claims] == [(True, None)]


def test_a_claim_without_a_cue_may_be_implicit() -> None:
    document, _ = read_tagged("a", "<par><c n=1 style=direct src=implicit>c</c></par>")
    assert [source.type for source in document.claims[0].sources] == ["implicit"]


def test_a_file_is_named_with_its_faults(tmp_path: Path) -> None:
    (tmp_path / "a.tagged").write_text("a</p>\n<b>", encoding="utf-8")
    with pytest.raises(ConvertError) as error:
        read(tmp_path)
    path = tmp_path / "a.tagged"
    assert str(error.value).splitlines() == [
        f"{path}, line 1: </p> closes nothing",
        f"{path}, line 2: <b> is never closed",
        f"{path}, line 2: <b> is no tag",
    ]


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.tagged").write_bytes("é".encode("cp1252"))
    with pytest.raises(ConvertError, match=r"a\.tagged: not UTF-8: .+ at byte 0"):
        read(tmp_path)
