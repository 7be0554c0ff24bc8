"""UIMA CAS XMI: offsets in UTF-16, the form INCEpTION knows, and faults."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from pipeline.interchange.cas import read, write
from pipeline.interchange.reports import ConvertError
from pipeline.interchange.tagged import read_tagged
from tests.converted import emoji

CUSTOM = "{http:///webanno/custom.ecore}"
TAGGED = """\
@text
🚸 <par><s n=1 t=collective>Certains 👧🏽</s> <q n=1>disent</q> <c n=1 style=direct th=children>non</c></par>
"""


def test_offsets_count_utf_16_and_links_are_features(tmp_path: Path) -> None:
    write([read_tagged("a", TAGGED)], tmp_path)
    root = ElementTree.parse(tmp_path / "a.xmi").getroot()
    places = {
        element.tag.removeprefix(CUSTOM): (int(element.attrib["begin"]), int(element.attrib["end"]))
        for element in root
        if "begin" in element.attrib and element.tag.startswith(CUSTOM)
    }
    assert places == {
        "Paragraph": (3, 27),
        "Collective": (3, 16),
        "Source": (3, 16),
        "Cue": (17, 23),
        "Content": (24, 27),
    }
    content = root.find(f"{CUSTOM}Content")
    assert content is not None
    assert (content.get("style"), [theme.text for theme in content.findall("themes")]) == ("direct", ["children"])
    names = {element.get("{http://www.omg.org/XMI}id"): element for element in root}
    for role, label in (("cue", "Cue"), ("source", "Source")):
        link = names[content.get(role)]
        assert (link.tag, link.get("role")) == (f"{CUSTOM}Content{label}Link", role)
        assert names[link.get("target")].tag == CUSTOM + label


def test_marks_of_a_person_have_no_identifier_and_are_numbered(tmp_path: Path) -> None:
    write([emoji()], tmp_path)
    path = tmp_path / "emoji.xmi"
    path.write_text(path.read_text(encoding="utf-8").replace('identifier="m4"', ""), encoding="utf-8")
    assert read(tmp_path) == [emoji()]


def test_the_type_system_may_stand_above(tmp_path: Path) -> None:
    write([emoji()], tmp_path)
    (tmp_path / "inner").mkdir()
    (tmp_path / "emoji.xmi").rename(tmp_path / "inner" / "emoji.xmi")
    assert read(tmp_path) == [emoji()]
    (tmp_path / "TypeSystem.xml").unlink()
    with pytest.raises(ConvertError, match=r"emoji\.xmi: no TypeSystem\.xml beside it"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("</xmi:XMI>", "", r"emoji\.xmi, line \d+: "),
        ("custom:Person", "custom:Nobody", r"emoji\.xmi: not a CAS of the types .*Nobody"),
        ("iso3=", "iso9=", r"emoji\.xmi: not a CAS of the types .*iso9"),
        (' end="', ' end="99', r"emoji\.xmi: not a CAS of the types .*offset"),
        ('target="', 'target="99', r"emoji\.xmi: not a CAS of the types "),
        ('style="direct"', 'style="loud"', r"emoji\.xmi: claims\.4\.style: "),
    ],
)
def test_faults_are_named(old: str, new: str, fault: str, tmp_path: Path) -> None:
    write([emoji()], tmp_path)
    path = tmp_path / "emoji.xmi"
    source = path.read_text(encoding="utf-8")
    assert old in source
    path.write_text(source.replace(old, new), encoding="utf-8")
    with pytest.raises(ConvertError, match=fault):
        read(tmp_path)


def test_a_broken_type_system_is_named(tmp_path: Path) -> None:
    write([emoji()], tmp_path)
    (tmp_path / "TypeSystem.xml").write_text("types", encoding="utf-8")
    with pytest.raises(ConvertError, match=r"TypeSystem\.xml, line 1: "):
        read(tmp_path)
