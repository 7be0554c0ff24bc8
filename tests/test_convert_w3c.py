"""W3C Web Annotation: the model of the standard, and faults."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.interchange.reports import ConvertError
from pipeline.interchange.tagged import read_tagged
from pipeline.interchange.w3c import read, write
from tests.converted import emoji

TAGGED = """\
@text
🚸 <par th=children>e\u0301t <s n=1 t=collective>eux</s> <q n=1>disent</q> <c n=1 style=direct>non</c></par>"""
SOURCE = {
    "id": "#s1",
    "type": "Annotation",
    "motivation": "describing",
    "body": [
        {"type": "TextualBody", "purpose": "classifying", "value": "Source"},
        {"type": "TextualBody", "purpose": "describing", "field": "source_type", "value": "collective"},
    ],
    "target": {
        "source": "a.txt",
        "selector": [
            {"type": "TextPositionSelector", "start": 6, "end": 9},
            {"type": "TextQuoteSelector", "exact": "eux", "prefix": "🚸 e\u0301t ", "suffix": " disent non"},
        ],
    },
}
LINK = {
    "id": "#c1-source-2",
    "type": "Annotation",
    "motivation": "linking",
    "body": [{"type": "TextualBody", "purpose": "classifying", "value": "source"}, {"id": "#s1"}],
    "target": "#c1",
}


def test_marks_have_position_and_quote_and_links_are_annotations(tmp_path: Path) -> None:
    write([read_tagged("a", TAGGED)], tmp_path)
    page = json.loads((tmp_path / "a.jsonld").read_text(encoding="utf-8"))
    assert (page["@context"][0], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    assert SOURCE in page["items"]
    assert LINK in page["items"]
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "🚸 e\u0301t eux disent non"


def test_a_page_of_another_program_is_read(tmp_path: Path) -> None:
    mark = json.loads(json.dumps(SOURCE).replace('"Source"', '"Person"').replace("source_type", "speaker_id"))
    page = {"type": "AnnotationPage", "items": [{**mark, "creator": "somebody", "id": "https://example.org/1"}]}
    (tmp_path / "a.jsonld").write_text(json.dumps(page), encoding="utf-8")
    (tmp_path / "a.txt").write_text("🚸 e\u0301t eux disent non", encoding="utf-8")
    (report,) = read(tmp_path)
    (mention,) = report.document.mentions
    assert (mention.mention_id, mention.label, mention.text, mention.speaker_id) == (
        "m1",
        "Person",
        "eux",
        "collective",
    )


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"exact": "Jean', '"exact": "Jeanne', r"#m1: \d+:\d+ is 'Jean Ba.' in the text, not 'Jeanne Ba.'"),
        ('"TextPositionSelector"', '"SvgSelector"', "#p1: it has no TextPositionSelector"),
        ('"classifying"', '"tagging"', "#p1: it needs one classifying body"),
        ('"describing",\n   "body"', '"tagging",\n   "body"', "items.0.motivation: "),
        ('"value": "direct"', '"value": "loud"', "#c5: loud is no style"),
        ('"field": "style"', '"field": "mood"', "#c1: Content has no field mood"),
        ('"target": "#c1"', '"target": "#c99"', "#c1-cue-1: its target #c99 is no annotation of the text"),
        ('"id": "#c1-cue"', '"id": "#z"', "Content c1: no link cue can lead from it to c1-cue"),
    ],
)
def test_faults_are_named(old: str, new: str, fault: str, tmp_path: Path) -> None:
    write([emoji()], tmp_path)
    path = tmp_path / "emoji.jsonld"
    source = path.read_text(encoding="utf-8")
    assert old in source
    path.write_text(source.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ConvertError, match=fault):
        read(tmp_path)
