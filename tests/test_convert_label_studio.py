"""Label Studio: the shape and the offsets of its exports, and faults."""

from __future__ import annotations

import copy
import json
import logging
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from pipeline.interchange.label_studio import read, write
from pipeline.interchange.reports import ConvertError
from pipeline.interchange.tagged import read_tagged
from tests.converted import emoji, found

TEXT = "🐱 Jean dit\noui 🐱 non"


def region(name: str, label: str, start: int, end: int, text: str) -> dict[str, Any]:
    value = {"start": start, "end": end, "text": text, "labels": [label]}
    return {"id": name, "from_name": "label", "to_name": "text", "type": "labels", "value": value}


def said(name: str, control: str, kind: str, **value: Any) -> dict[str, Any]:
    return {"id": name, "from_name": control, "to_name": "text", "type": kind, "value": value}


def task(*results: dict[str, Any]) -> dict[str, Any]:
    return {"id": 1, "data": {"text": TEXT, "doc_id": "a"}, "annotations": [{"id": 2, "result": list(results)}]}


def exported(folder: Path, *tasks: object) -> Path:
    (folder / "export.json").write_text(json.dumps(tasks), encoding="utf-8")
    return folder


# as a browser exports it: random identifiers, results in any order, line ends as backslash and n
CLAIM = (
    {"type": "relation", "from_id": "Zq", "to_id": "b0", "direction": "right", "labels": ["cue"]},
    {"type": "relation", "from_id": "x9", "to_id": "Zq", "direction": "left", "labels": ["source"]},
    said("Zq", "style", "choices", choices=["direct"]),
    said("Zq", "themes", "choices", choices=["children", "implementation"]),
    said("Zq", "optional", "choices", choices=["optional"]),
    said("Zq", "confidence", "number", number=0.5),
    said("x9", "source_type", "choices", choices=["person"]),
    said("x9", "speaker_id", "textarea", start=2, end=6, text=["jean"]),
    region("Zq", "Content", 11, 20, "oui 🐱 non"),
    region("b0", "Cue", 7, 14, "dit\\noui"),
    region("x9", "Source", 2, 6, "Jean"),
)


def test_an_export_is_read_by_code_points(tmp_path: Path) -> None:
    (report,) = read(exported(tmp_path, task(*CLAIM)))
    (claim,) = report.document.claims
    assert claim.cue is not None
    assert (claim.claim_id, claim.cue.text, claim.content.text) == ("c1", "dit\noui", "oui 🐱 non")
    assert (claim.style, claim.themes, claim.optional) == ("direct", ["children", "implementation"], True)
    assert claim.confidence == 0.5
    (source,) = claim.sources
    assert source.span is not None
    assert (source.type, source.span.text, source.speaker_id) == ("person", "Jean", "jean")
    assert [speaker.speaker_id for speaker in report.document.speakers] == ["jean"]


def test_an_old_export_is_read_by_utf_16_units(tmp_path: Path) -> None:
    results = copy.deepcopy(CLAIM)
    for result in results:
        if result["type"] == "labels":
            value = result["value"]
            value["start"], value["end"] = (
                len(TEXT[:offset].encode("utf-16-le")) // 2 for offset in (value["start"], value["end"])
            )
    assert results[-1]["value"]["start"] == 3
    (tmp_path / "old").mkdir()
    (tmp_path / "new").mkdir()
    assert read(exported(tmp_path / "old", task(*results))) == read(exported(tmp_path / "new", task(*CLAIM)))


def test_a_report_is_written_as_a_task(tmp_path: Path) -> None:
    tagged = "@text\n🐱 <par><k iso=MLI>Mali</k>\n<q n=1 src=implicit>dit</q> <c n=1 style=direct>oui</c></par>"
    write([read_tagged("a", tagged)], tmp_path)
    (written,) = json.loads((tmp_path / "tasks.json").read_text(encoding="utf-8"))
    assert written["data"]["text"] == "🐱 Mali\ndit oui"
    results = written["annotations"][0]["result"]
    assert region("p1", "Paragraph", 2, 14, "Mali\\ndit oui") in results
    assert region("m1", "Country", 2, 6, "Mali") in results
    assert region("c1", "Content", 11, 14, "oui") in results
    assert said("m1", "iso3", "textarea", start=2, end=6, text=["MLI"]) in results
    assert said("c1", "style", "choices", start=11, end=14, text="oui", choices=["direct"]) in results
    assert said("c1", "implicit", "choices", start=11, end=14, text="oui", choices=["implicit"]) in results
    relation = {"type": "relation", "from_id": "c1", "to_id": "c1-cue", "direction": "right", "labels": ["cue"]}
    assert [result for result in results if result["type"] == "relation"] == [relation]


def test_the_interface_has_a_control_for_every_result(tmp_path: Path) -> None:
    write([found(), emoji()], tmp_path)
    view = ElementTree.parse(tmp_path / "labels.xml").getroot()
    controls = {control.get("name"): control for control in view if control.get("toName")}
    kinds = {"labels": "Labels", "choices": "Choices", "textarea": "TextArea", "number": "Number"}
    for written in json.loads((tmp_path / "tasks.json").read_text(encoding="utf-8")):
        for result in written["annotations"][0]["result"]:
            if result["type"] == "relation":
                assert view.find(f"Relations/Relation[@value='{result['labels'][0]}']") is not None
                continue
            control = controls[result["from_name"]]
            assert control.tag == kinds[result["type"]]
            allowed = {choice.get("value") for choice in control}
            assert allowed.issuperset(result["value"].get("choices") or result["value"].get("labels") or ())


def test_predictions_are_read_where_nobody_has_annotated(tmp_path: Path) -> None:
    data = {"data": {"text": TEXT, "doc_id": "a"}, "predictions": [{"result": [region("r", "Person", 2, 6, "Jean")]}]}
    cancelled = [{"result": [], "was_cancelled": True}]
    (report,) = read(exported(tmp_path, {**data, "annotations": cancelled}))
    assert [mention.text for mention in report.document.mentions] == ["Jean"]


def test_a_second_annotation_is_said_to_be_left_out(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    both = task(region("r", "Person", 2, 6, "Jean"))
    both["annotations"].append({"result": []})
    with caplog.at_level(logging.WARNING, "quidit"):
        (report,) = read(exported(tmp_path, both))
    assert len(report.document.mentions) == 1
    assert caplog.messages == [f"{tmp_path / 'export.json'}: task 1: has 2 annotations; the first is read"]


@pytest.mark.parametrize(
    ("results", "fault"),
    [
        ([region("r", "Person", 2, 6, "Jeanne")], "region r: 2:6 is 'Jean' in the text, not 'Jeanne'"),
        ([region("r", "Person", 2, 60, "Jean")], "region r: 2:60 is no span of the text"),
        ([region("r", "Person", 6, 2, "Jean")], "region r: 6:2 is no span of the text"),
        ([region("r", "Verb", 2, 6, "Jean")], "Verb r: the label is none of Paragraph, "),
        ([said("r", "style", "choices", choices=["direct"])], "style is said of r, which is no region"),
        (
            [region("r", "Content", 2, 6, "Jean"), said("r", "style", "choices", choices=["loud"])],
            "region r: loud is no style; it can be indirect, ",
        ),
        (
            [region("r", "Person", 2, 6, "Jean"), said("r", "mood", "textarea", text=["x"])],
            "region r: Person has no field mood",
        ),
        (
            [{"type": "relation", "from_id": "a", "to_id": "b", "labels": ["cue"]}],
            "a relation from a to b needs two regions and one label",
        ),
        ([{"type": "labels", "value": {"start": "a"}}], "annotations.0.result.0.value.start: "),
    ],
)
def test_faults_are_named(results: list[dict[str, Any]], fault: str, tmp_path: Path) -> None:
    with pytest.raises(ConvertError) as error:
        read(exported(tmp_path, task(), task(*results)))
    assert str(error.value).startswith(f"{tmp_path / 'export.json'}: task 2: {fault}")


@pytest.mark.parametrize(("content", "fault"), [("[\n{]", ", line 2: "), ("{}", ": not a list of tasks")])
def test_broken_files_are_named(content: str, fault: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(content, encoding="utf-8")
    with pytest.raises(ConvertError) as error:
        read(tmp_path)
    assert str(error.value).startswith(f"{tmp_path / 'a.json'}{fault}")
