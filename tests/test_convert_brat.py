"""brat standoff: hand-written files both ways, and faults with their line."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest

from pipeline.interchange.brat import read, write
from pipeline.interchange.reports import ConvertError
from pipeline.interchange.tagged import read_tagged
from tests.converted import emoji, found

TAGGED = """\
@speaker ba | Jean Ba | M | SEN |
@text
🚸 <par sec=opening th=children><p who=ba n=1>Jean Ba</p> (<k iso=SEN>Sénégal</k>) <q n=1>dit</q> \
<c n=1 style=direct th=children opt=1>non\r\n et non</c>.</par>
"""
TEXT = "🚸 Jean Ba (Sénégal) dit non\r\n et non.\n"
ANN = """\
#1	Header -	{"doc_id": "a", "speakers": [{"speaker_id": "ba", "person_id": "ba", "name": "Jean Ba", "gender": "M", \
"country": "SEN"}]}
T1	Paragraph 2 27;30 37	Jean Ba (Sénégal) dit non et non.
T2	Person 2 9	Jean Ba
T3	Country 11 18	Sénégal
T4	Cue 20 23	dit
T5	Content 24 27;30 36	non et non
T6	Source 2 9	Jean Ba
A1	section T1 opening
A2	children T1
N1	Reference T2 Speaker:ba	ba
N2	Reference T3 ISO3166:SEN	SEN
R1	Cue Arg1:T5 Arg2:T4
R2	Source Arg1:T5 Arg2:T6
A3	style T5 direct
A4	children T5
A5	optional T5
A6	section T5 opening
A7	source_type T6 person
N3	Reference T6 Speaker:ba	ba
N4	Reference T6 ISO3166:SEN	SEN
#2	Fields T6	{"name": "Jean Ba"}
"""


def written(folder: Path, ann: str = ANN, text: str = TEXT) -> Path:
    (folder / "a.txt").write_bytes(text.encode())
    (folder / "a.ann").write_bytes(ann.encode())
    return folder


def test_a_report_is_written_as_brat_reads_it(tmp_path: Path) -> None:
    write([read_tagged("a", TAGGED)], tmp_path)
    assert (tmp_path / "a.txt").read_bytes().decode() == TEXT
    lines = (tmp_path / "a.ann").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith('#1\tHeader -\t{"doc_id": "a"')
    # the order of the lines about a mark says nothing
    assert sorted(lines[1:]) == sorted(ANN.splitlines()[1:])


def test_what_brat_writes_is_read(tmp_path: Path) -> None:
    assert read(written(tmp_path)) == [read_tagged("a", TAGGED)]
    assert read(written(tmp_path, ANN.replace("\n", "\r\n"))) == [read_tagged("a", TAGGED)]


def test_marks_of_a_person_are_numbered_in_the_order_of_the_text(tmp_path: Path) -> None:
    ann = "T1\tCountry 11 18\tSénégal\nN1\tReference T1 ISO3166:SEN\nT7\tPerson 2 9\tJean Ba\nN2\tX T7 Speaker:jean\n"
    (report,) = read(written(tmp_path, ann))
    assert [(m.mention_id, m.text) for m in report.document.mentions] == [("m1", "Jean Ba"), ("m2", "Sénégal")]
    assert [(s.speaker_id, s.name) for s in report.document.speakers] == [("jean", "Jean Ba")]
    assert (report.document.file, report.document.characters) == ("a.txt", len(TEXT))


def test_the_configuration_names_every_type_in_the_files(tmp_path: Path) -> None:
    write([found(), emoji()], tmp_path)
    configuration = (tmp_path / "annotation.conf").read_text(encoding="utf-8")
    known = set(re.findall(r"^[\w-]+", configuration, re.M))
    lines = [line for path in tmp_path.glob("*.ann") for line in path.read_text(encoding="utf-8").splitlines()]
    used = {line.split("\t")[1].split(" ")[0] for line in lines if line[0] in "TRA"}
    assert used <= known
    allowed = dict(re.findall(r"^([\w-]+) Arg:\S+, Value:(\S+)$", configuration, re.M))
    chosen = {tuple(line.split("\t")[1].split(" ")) for line in lines if line[0] == "A"}
    values = {(attribute[0], attribute[2]) for attribute in chosen if len(attribute) == 3}
    assert {name for name, _ in values} == set(allowed)
    assert all(value in allowed[name].split("|") for name, value in values)


def test_a_comment_of_an_annotator_is_said_to_be_left_out(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    ann = "T1\tPerson 2 9\tJean Ba\n#1\tAnnotatorNotes T1\tsûr ?\nE1\tPerson:T1\n*\tEquiv T1 T1\n"
    with caplog.at_level(logging.WARNING, "quidit"):
        (report,) = read(written(tmp_path, ann))
    assert len(report.document.mentions) == 1
    assert caplog.messages == [f"{tmp_path / 'a.ann'}: lines that are left out: 1 #AnnotatorNotes, 1 *, 1 E"]


@pytest.mark.parametrize(
    ("ann", "fault"),
    [
        ("T1\tPerson 2 9\tJean Bo", "line 1: span 2 9 is 'Jean Ba' in the text, not 'Jean Bo'"),
        ("T1\tPerson 2 x\tJean Ba", "line 1: not a T line as brat writes them: T1 Person 2 x"),
        ("T1\tPerson 2 6;11 18\tJean Sénégal", "line 1: a span in pieces, with ' Ba (' between them"),
        ("T1\tPerson 2 9\tJean Ba\nT1\tPerson 2 9\tJean Ba", "line 2: T1 is given twice"),
        ("\n\nA1\tstyle T4 direct", "line 3: T4 is nowhere given"),
        ("T1\tContent 24 27\tnon\nA1\tstyle T1 loud", "line 2: loud is no style; it can be indirect, direct"),
        ("T1\tPerson 2 9\tJean Ba\nA1\tstyle T1 direct", "line 2: Person has no field style"),
        ("T1\tPerson 2 9\tJean Ba\nN1\tReference T1 Wikidata:Q1", "line 2: Wikidata is no source of codes"),
        ("T1\tPerson 2 9\tJean Ba\n#1\tFields T1\t{", "line 2: note Fields: not a JSON object: "),
        ("#1\tHeader -\t5", "line 1: note Header: not a JSON object: "),
        ('#1\tHeader -\t{"speakers": [5]}', ": speakers.0: "),
        ('#1\tHeader -\t{"colour": "red"}', ": colour: Extra inputs are not permitted"),
        ("T1\tPerson 2 9\tJean Ba\nR1\tCue Arg1:T1 Arg2:T2", "line 2: T2 is nowhere given"),
        ("T1\tPerson 2 9\tJean Ba\nT2\tCue 20 23\tdit\nR1\tCue Arg1:T1 Arg2:T2", ": Person T1: no link cue can lead"),
        ("T1\tVerb 20 23\tdit", ": Verb T1: the label is none of Paragraph, "),
        ("T1\tContent 24 27\tnon", ": claims.0.style: "),
        ("T1\tCountry 11 18\tSénégal\nN1\tReference T1 ISO3166:Senegal", ": mentions.0.iso3: "),
    ],
)
def test_faults_are_named(ann: str, fault: str, tmp_path: Path) -> None:
    with pytest.raises(ConvertError) as error:
        read(written(tmp_path, ann))
    message = str(error.value)
    assert message.startswith(str(tmp_path / "a.ann"))
    assert fault in message
    assert "\n" not in message


def test_the_text_must_stand_beside(tmp_path: Path) -> None:
    (tmp_path / "b.ann").write_bytes(b"")
    with pytest.raises(ConvertError, match=r"b\.txt: No such file"):
        read(tmp_path)
