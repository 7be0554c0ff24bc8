"""Gold is read, refused with file and line where it is wrong, and scored against itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.evaluation import score
from pipeline.records import Document
from pipeline.scoring.differences import differences
from pipeline.scoring.gold import RecordError, load_gold, load_output
from tests.conftest import ROOT
from tests.reports import claim, mention, report, source, speaker

TEXT = "Le Mali a dit que\nla mer « monte ». Awa Kane a souri."
ANNOTATIONS = ROOT / "annotations"


def small() -> Document:
    return report(
        TEXT,
        mentions=[mention(TEXT, "Mali", "Country", iso3="MLI")],
        speakers=[speaker(TEXT, "Awa Kane")],
        claims=[claim(TEXT, "la mer « monte »", "a dit", source(TEXT, "country", "Mali", iso3="MLI"))],
    )


def write(folder: Path, document: Document | dict, name: str = "r", text: str | None = TEXT) -> Path:
    data = document if isinstance(document, dict) else document.model_dump(exclude_none=True)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(data, indent=1, ensure_ascii=False), encoding="utf-8")
    if text is not None:
        (folder / f"{name}.txt").write_bytes(text.encode())
    return folder / f"{name}.json"


def faults(folder: Path) -> list[str]:
    with pytest.raises(RecordError) as error:
        load_gold(folder)
    return [fault.removeprefix(f"{folder}/") for fault in error.value.faults]


def line_of(path: Path, content: str) -> int:
    """Return the line of the brace that opens the object in which some content stands."""
    lines = path.read_text("utf-8").splitlines()
    number = next(n for n, line in enumerate(lines) if content in line)
    return max(n for n in range(number) if lines[n].rstrip().endswith("{")) + 1


def test_gold_is_found_in_folders_below_with_its_raw_text(tmp_path):
    write(tmp_path / "annotations" / "a" / "b", small())
    gold = load_gold(tmp_path / "annotations")
    assert (gold.documents, gold.texts) == ({"r": small()}, {"r": TEXT})


def test_raw_text_may_stand_in_the_folder_raw(tmp_path):
    write(tmp_path / "annotations", small().model_copy(update={"file": "Bericht 1.txt"}), text=None)
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "Bericht 1.txt").write_bytes(TEXT.encode("cp1252"))
    assert load_gold(tmp_path / "annotations").texts == {"r": TEXT}


@pytest.mark.parametrize("text", ["Malo", "Malien"])
def test_wrong_text_of_a_span_is_named_once_with_the_line_of_its_object(tmp_path, text):
    data = small().model_dump(exclude_none=True)
    data["mentions"][0]["text"] = text
    path = write(tmp_path, data)
    assert faults(tmp_path) == [f"r.json, line {line_of(path, text)}: span 3:7 is 'Mali' in the text, not '{text}'"]


def test_all_faults_are_named_at_once_each_in_a_line(tmp_path):
    data = small().model_dump(exclude_none=True)
    data["claims"][0]["style"] = "quoted"
    data["claims"][0]["cue"]["text"] = "a dis"
    path = write(tmp_path, data)
    assert faults(tmp_path) == [
        f"r.json, line {line_of(path, 'a dis')}: span 8:13 is 'a dit' in the text, not 'a dis'",
        f"r.json, line {line_of(path, 'claim_id')}: claims.0.style: Input should be 'indirect', 'direct', 'mixed', "
        "'according-to', 'as-noted' or 'parenthetical'",
    ]


@pytest.mark.parametrize(
    ("place", "value", "where", "reason"),
    [
        (("mentions", 0, "iso3"), None, "mention_id", "a Country needs an iso3"),
        (("mentions", 0, "speaker_id"), "nobody", "mention_id", "speaker_id nobody is nowhere given"),
        (("claims", 0, "paragraph_id"), "p9", "claim_id", "paragraph_id p9 is nowhere given"),
        (("claims", 0, "sources", 0, "iso3"), None, "country", "a country needs an iso3"),
        (("claims", 0, "sources", 0, "span"), None, "country", "an implicit source has no span, any other has one"),
        (
            ("claims", 0, "sources", 0, "type"),
            "implicit",
            "implicit",
            "an implicit source has no span, any other has one",
        ),
        (
            ("claims", 0, "content", "end"),
            "21",
            '"text": "la mer',
            "claims.0.content.end: Input should be a valid integer",
        ),
        (("claims", 0, "sourcess"), [], "claim_id", "claims.0.sourcess: Extra inputs are not permitted"),
        (("doc_id",), "s", "doc_id", "doc_id is 's', not 'r' as the name of the file says"),
        (("claims",), "none", "doc_id", "claims: Input should be a valid list"),
    ],
)
def test_broken_gold_is_refused_with_line_and_reason(tmp_path, place, value, where, reason):
    data = small().model_dump(exclude_none=True)
    target = data
    for step in place[:-1]:
        target = target[step]
    target[place[-1]] = value
    path = write(tmp_path, data)
    assert faults(tmp_path) == [f"r.json, line {line_of(path, where)}: {reason}"]


def test_identifier_that_is_given_twice_is_refused(tmp_path):
    data = small().model_dump(exclude_none=True)
    data["mentions"] *= 2
    write(tmp_path, data)
    (fault,) = faults(tmp_path)
    assert fault.endswith("mention_id m is given twice")


def test_broken_json_is_refused_with_its_line(tmp_path):
    write(tmp_path, small()).write_text('{\n "doc_id": r\n}', encoding="utf-8")
    assert faults(tmp_path) == ["r.json, line 2: Expecting value"]


def test_file_that_is_not_utf8_is_refused(tmp_path):
    write(tmp_path, small()).write_bytes(b'{"doc_id": "\xe9"}')
    assert faults(tmp_path) == ["r.json: not UTF-8: invalid continuation byte at byte 12"]


def test_gold_without_raw_text_is_refused(tmp_path):
    write(tmp_path, small(), text=None)
    assert faults(tmp_path) == ["r.json, line 1: no raw text: neither r.txt beside it nor raw/r.txt"]


def test_two_files_of_one_name_are_refused(tmp_path):
    write(tmp_path / "a", small())
    write(tmp_path / "b", small())
    assert faults(tmp_path) == [f"b/r.json: {tmp_path}/a/r.json has the same name"]


def test_long_texts_are_shortened_in_messages(tmp_path):
    long = "x\n" * 250
    data = report(TEXT).model_dump(exclude_none=True)
    data["paragraphs"] = [{"start": 0, "end": 500, "text": long, "paragraph_id": "p1", "section": "body"}]
    write(tmp_path, data)
    (fault,) = faults(tmp_path)
    assert len(fault) < 250
    assert "\n" not in fault


def test_split_is_chosen_by_its_list(tmp_path):
    for name in ("r", "s"):
        write(tmp_path / "reports", small().model_copy(update={"doc_id": name}), name)
    (tmp_path / "splits.csv").write_text("text,split\nreports/r.txt,train\nreports/s.txt,client\n", encoding="utf-8")
    assert list(load_gold(tmp_path, "train").documents) == ["r"]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [("x.txt,train\n", "no gold for x"), ("r.txt,client\n", "no report in it")],
)
def test_split_without_gold_is_refused(tmp_path, rows, reason):
    write(tmp_path, small())
    (tmp_path / "splits.csv").write_text(f"text,split\n{rows}", encoding="utf-8")
    with pytest.raises(RecordError, match=f"split train: {reason}"):
        load_gold(tmp_path, "train")


def test_folder_without_splits_is_refused_where_one_is_asked_for(tmp_path):
    with pytest.raises(RecordError, match=r"has no splits\.csv"):
        load_gold(tmp_path, "train")


def test_output_is_read_and_its_schema_checked(tmp_path):
    path = write(tmp_path / "documents", small(), text=None)
    assert load_output(tmp_path) == {"r": small()}
    path.write_text(path.read_text("utf-8").replace('"characters"', '"letters"'), encoding="utf-8")
    with pytest.raises(RecordError, match=r"r\.json, line 1: characters: Field required"):
        load_output(tmp_path)


def test_all_annotations_are_valid():
    assert len(load_gold(ANNOTATIONS).documents) == len(list(ANNOTATIONS.rglob("*.txt"))) + 1


@pytest.mark.parametrize("split", ["train", "client"])
def test_gold_against_itself_is_100_everywhere(split):
    gold = load_gold(ANNOTATIONS, split).documents
    figures = score(gold, gold).figures
    assert {name: figure.value for name, figure in figures.items()} == dict.fromkeys(figures, 1.0)
    assert differences(gold, gold) == []
