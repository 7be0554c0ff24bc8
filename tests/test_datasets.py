"""The dataset of a run: records that agree with each other, tables that say what the records say."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pandas as pd
import pytest
import spacy
from frictionless import Package
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from pipeline.datasets import document, write
from pipeline.layers import store
from pipeline.records import Claim, Document, Evidence, Paragraph, Source, Speaker
from pipeline.writing.schema import codebook, columns, json_schema
from pipeline.writing.tables import TABLES, FailureRow, cell, listed
from tests.documents import annotated, gold, mention, span

REPORTS = ("reports/afro-oms-2018", "reports/atelier-conakry-2022", "wikinews/wikinews-2016-01-04-002")
COLUMNS = {
    "documents": "doc_id file sha256 format title subtitle series year date_start date_end venue city characters words "
    "paragraphs speakers claims",
    "paragraphs": "doc_id paragraph_id start end page section text themes",
    "speakers": "doc_id speaker_id person_id name gender roles organisations country sector mentions claims",
    "mentions": "doc_id mention_id label start end text speaker_id iso3",
    "countries": "doc_id iso3 iso2 m49 name_fr name_en region subregion mentions speakers claims",
    "claims": "doc_id claim_id paragraph_id section sentence_start sentence_end style cue cue_start cue_end cue_lemma "
    "cue_class negated content content_start content_end themes confidence rule",
    "claim_sources": "doc_id claim_id source type text start end speaker_id name role iso3",
    "themes": "doc_id theme unit unit_id rule start end text",
    "failures": "file stage error",
}
TEXT = (
    "Mme Awa Ndiaye, Ministre de la santé du Sénégal, a dit que la mer montait. "
    "De nombreux participants l'ont appuyée. M. Jean Kane n'a rien dit."
)


def assembled(name: str) -> Document:
    known, report = gold(name)
    return document(annotated(known, report.text), report)


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return [assembled(name) for name in REPORTS]


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory, documents: list[Document]) -> Path:
    folder = tmp_path_factory.mktemp("dataset")
    write(folder, documents, parquet=True)
    return folder


@pytest.mark.parametrize("name", REPORTS)
def test_gold_comes_back_as_it_was(name: str) -> None:
    known, report = gold(name)
    found = document(annotated(known, report.text), report)
    guessed = {"__all__": {"gender", "sector"}}  # filled where gold leaves them open
    ignored = {"themes": True, "countries": True, "claims": True, "file": True, "speakers": guessed}
    assert found.model_dump(exclude=ignored) == known.model_dump(exclude=ignored)
    plain = {"sources": {"__all__": {"name", "role", "iso3"}}}
    assert [claim.model_dump(exclude=plain) for claim in found.claims] == [
        claim.model_dump(exclude=plain) for claim in known.claims if claim.paragraph_id
    ]


@pytest.mark.parametrize("name", REPORTS)
def test_text_stands_where_the_offsets_say(name: str) -> None:
    _, report = gold(name)
    found = assembled(name)
    sources = [source.span for claim in found.claims for source in claim.sources if source.span]
    contents = [claim.content for claim in found.claims]
    for place in (*found.paragraphs, *found.mentions, *found.themes, *sources, *contents):
        assert report.text[place.start : place.end] == place.text


def small(**changes: object) -> Document:
    """Assemble TEXT, in which one person speaks, another is only named, and a country is named."""
    speakers = [
        Speaker(
            speaker_id=key,
            person_id=key,
            name=name,
            country=country,
            roles=[span(TEXT, role)] if role else [],
            mentions=[span(TEXT, name)],
        )
        for key, name, country, role in (
            ("awa-ndiaye", "Awa Ndiaye", "SEN", "Ministre de la santé du Sénégal"),
            ("jean-kane", "Jean Kane", None, None),
        )
    ]
    people = [
        mention(TEXT, "Awa Ndiaye", "Person", speaker_id="awa-ndiaye"),
        mention(TEXT, "Ministre de la santé du Sénégal", "Role", speaker_id="awa-ndiaye"),
        mention(TEXT, "Jean Kane", "Person", speaker_id="jean-kane"),
    ]
    claims = [
        Claim(
            claim_id="c1",
            style="indirect",
            cue=span(TEXT, "a dit"),
            content=span(TEXT, "la mer montait"),
            sources=[Source(type="person", span=span(TEXT, "Awa Ndiaye"), speaker_id="awa-ndiaye")],
        ),
        Claim(
            claim_id="c2",
            style="indirect",
            cue=span(TEXT, "ont appuyée"),
            content=span(TEXT, "l'"),
            sources=[Source(type="collective", span=span(TEXT, "De nombreux participants"))],
        ),
    ]
    place = {"paragraph_id": "p1", "section": "body", "start": 0, "end": len(TEXT), "text": TEXT}
    stages = {
        "segment": {"records": [Paragraph.model_validate(place)], "document": {"year": 2020}},
        "people": {
            "records": speakers,
            "takes_part": [],
            "mentions": [item.model_dump(exclude_none=True, exclude={"mention_id"}) for item in people],
        },
        "countries": {"records": [mention(TEXT, "Sénégal", "Country", iso3="SEN")]},
        "claims": {"records": claims},
        "themes": {"records": []},
    }
    doc = spacy.blank("fr").make_doc(TEXT)
    for stage, values in stages.items():
        store(doc, stage, places=[], **{**values, **changes.get(stage, {})})
    _, report = gold(REPORTS[0])
    return document(doc, replace(report, text=TEXT))


def theme(name: str, unit: str, unit_id: str) -> Evidence:
    place = span(TEXT, "la mer").model_dump()
    return Evidence.model_validate({"theme": name, "unit": unit, "unit_id": unit_id, "rule": "sea", **place})


def test_who_is_only_named_is_no_speaker() -> None:
    assert [speaker.speaker_id for speaker in small().speakers] == ["awa-ndiaye"]


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        pytest.param(["awa-ndiaye"], ["awa-ndiaye"], id="few speak: an article"),
        pytest.param(["awa-ndiaye", "jean-kane"], ["awa-ndiaye", "jean-kane", "lea-sow"], id="most speak: a meeting"),
    ],
)
def test_who_takes_part_in_a_meeting_is_a_speaker(sources: list[str], expected: list[str]) -> None:
    names = {"awa-ndiaye": "Awa Ndiaye", "jean-kane": "Jean Kane", "lea-sow": "Léa Sow"}
    claim = {"claim_id": "c1", "style": "indirect", "content": span(TEXT, "la mer montait").model_dump()}
    cited = [{"type": "person", "speaker_id": key} for key in sources]
    found = small(
        people={
            "records": [Speaker(speaker_id=key, person_id=key, name=name) for key, name in names.items()],
            "takes_part": ["lea-sow"],
            "mentions": [],
        },
        claims={"records": [Claim.model_validate({**claim, "sources": cited})]},
    )
    assert [speaker.speaker_id for speaker in found.speakers] == expected


def test_mentions_are_gathered_in_the_order_of_the_text() -> None:
    assert [(m.mention_id, m.label, m.text, m.speaker_id) for m in small().mentions] == [
        ("m1", "Person", "Awa Ndiaye", "awa-ndiaye"),
        ("m2", "Role", "Ministre de la santé du Sénégal", "awa-ndiaye"),
        ("m3", "Country", "Sénégal", None),
        ("m4", "Collective", "De nombreux participants", None),
        ("m5", "Person", "Jean Kane", None),
    ]


def test_sources_say_what_is_known_of_the_speaker() -> None:
    (source,) = small().claims[0].sources
    assert (source.name, source.role, source.iso3) == ("Awa Ndiaye", "Ministre de la santé du Sénégal", "SEN")


def test_a_source_names_no_speaker_who_is_not_there() -> None:
    found = small(people={"records": []})
    assert [source.speaker_id for claim in found.claims for source in claim.sources] == [None, None]


def test_countries_are_counted() -> None:
    (country,) = small().countries
    assert (country.iso3, country.mentions, country.speakers, country.claims) == ("SEN", 1, 1, 1)


@pytest.mark.parametrize(("pages", "page"), [(None, None), ([0], 1), ([0, 40], 2), ([0, 348], 2), ([0, 349, 400], 1)])
def test_paragraphs_know_their_page(pages: list[int] | None, page: int | None) -> None:
    known, report = gold(REPORTS[0])
    first = document(annotated(known, report.text), replace(report, pages=pages)).paragraphs[0]
    assert (first.start, first.page) == (348, page)


def test_claims_know_their_paragraph() -> None:
    assert {(claim.paragraph_id, claim.section) for claim in small().claims} == {("p1", "body")}


def test_a_claim_outside_paragraphs_is_none_and_leaves_no_evidence() -> None:
    found = small(segment={"records": []}, themes={"records": [theme("children", "claim", "c1")]})
    assert (found.claims, found.themes, [s.speaker_id for s in found.speakers]) == ([], [], [])


def test_themes_go_from_evidence_to_claims_to_paragraphs() -> None:
    evidence = [
        theme("global-compact", "claim", "c1"),
        theme("children", "paragraph", "p1"),
        theme("children", "claim", "c9"),
    ]
    found = small(themes={"records": evidence})
    assert [claim.themes for claim in found.claims] == [["global-compact"], []]
    assert found.paragraphs[0].themes == ["children", "global-compact"]
    assert found.themes == evidence[:2]


def test_stages_that_did_not_run_leave_nothing() -> None:
    _, report = gold(REPORTS[0])
    found = document(spacy.blank("fr").make_doc(report.text), report)
    assert (found.paragraphs, found.speakers, found.mentions, found.claims) == ([], [], [], [])


def test_a_stage_that_leaves_no_record_is_refused() -> None:
    doc = spacy.blank("fr").make_doc(TEXT)
    store(doc, "segment", [], [], document={"year": "2020"})
    _, report = gold(REPORTS[0])
    with pytest.raises(ValidationError, match="year"):
        document(doc, replace(report, text=TEXT))


@pytest.mark.parametrize("row", [*TABLES, FailureRow], ids=lambda row: row.table)
def test_columns(row: type, dataset: Path) -> None:
    assert [column.name for column in columns(row)] == COLUMNS[row.table].split()
    if row is not FailureRow:
        head = (dataset / f"{row.table}.csv").read_bytes().split(b"\r\n")[0]
        assert head.decode().split(",") == COLUMNS[row.table].split()


def read_back(path: Path) -> list[list[str]]:
    return pd.read_csv(path, keep_default_na=False, dtype=str).to_numpy().tolist()


@pytest.mark.parametrize("row", TABLES, ids=lambda row: row.table)
def test_csv_says_what_the_records_say(row: type, dataset: Path, documents: list[Document]) -> None:
    rows = [item.cells() for document in documents for item in row.of(document)]
    assert rows
    assert read_back(dataset / f"{row.table}.csv") == rows


@pytest.mark.parametrize("row", TABLES, ids=lambda row: row.table)
def test_parquet_says_what_csv_says(row: type, dataset: Path) -> None:
    table = pd.read_parquet(dataset / f"{row.table}.parquet", dtype_backend="pyarrow").to_dict("records")
    rows = [[cell(None if value is pd.NA else value) for value in item.values()] for item in table]
    assert rows == read_back(dataset / f"{row.table}.csv")


def test_parquet_knows_its_types(dataset: Path) -> None:
    table = pd.read_parquet(dataset / "claims.parquet", dtype_backend="pyarrow")
    kinds = {name: str(table.dtypes[name]) for name in ("claim_id", "cue_start", "negated", "confidence")}
    assert kinds == {
        "claim_id": "string[pyarrow]",
        "cue_start": "int64[pyarrow]",
        "negated": "bool[pyarrow]",
        "confidence": "double[pyarrow]",
    }


def with_failures(dataset: Path, tmp_path: Path) -> Path:
    """Copy the tables, with the one that a run adds."""
    for path in (*dataset.glob("*.csv"), dataset / "datapackage.json"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "failures.csv").write_text("file,stage,error\r\nvide.txt,read,is empty\r\n", newline="")
    return tmp_path / "datapackage.json"


def test_datapackage_holds(dataset: Path, tmp_path: Path) -> None:
    report = Package(with_failures(dataset, tmp_path)).validate()
    assert report.flatten(["title", "type", "message"]) == []
    assert report.stats["tasks"] == len(TABLES) + 1


@pytest.mark.parametrize(
    ("table", "change", "error"),
    [
        pytest.param("claims", (",indirect,", ",indirekt,"), "constraint-error", id="unknown style"),
        pytest.param("claims", (",p1,", ",p999,"), "foreign-key", id="no such paragraph"),
        pytest.param("claim_sources", (",c1,", ",c9999,"), "foreign-key", id="no such claim"),
        pytest.param("paragraphs", (",p2,", ",p1,"), "primary-key", id="same paragraph twice"),
        pytest.param("documents", (",2018,", ",MMXVIII,"), "type-error", id="year in words"),
    ],
)
def test_datapackage_refuses(dataset: Path, tmp_path: Path, table: str, change: tuple[str, str], error: str) -> None:
    package = with_failures(dataset, tmp_path)
    path = tmp_path / f"{table}.csv"
    text = path.read_bytes().decode()
    assert change[0] in text
    path.write_bytes(text.replace(*change, 1).encode())
    assert error in {found[0] for found in Package(package).validate().flatten(["type"])}


def test_links_that_may_be_empty_hold(documents: list[Document]) -> None:
    for found in documents:
        speakers = {speaker.speaker_id for speaker in found.speakers}
        states = {country.iso3 for country in found.countries}
        sources = [source for claim in found.claims for source in claim.sources]
        assert {item.speaker_id for item in (*found.mentions, *sources)} <= speakers | {None}
        assert {item.iso3 for item in (*found.mentions, *sources)} <= states | {None}


def test_documents_are_valid_against_the_schema(documents: list[Document]) -> None:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    for found in (*documents, *(gold(name)[0] for name in REPORTS)):
        jsonschema.validate(json.loads(found.model_dump_json()), schema)
        jsonschema.validate(json.loads(found.model_dump_json(exclude_none=True)), schema)


@pytest.mark.parametrize(("key", "value"), [("words", "many"), ("mood", "good"), ("doc_id", None)])
def test_the_schema_refuses(documents: list[Document], key: str, value: object) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**documents[0].model_dump(), key: value}, json_schema())


def test_codebook_explains_every_column() -> None:
    text = codebook()
    for row in (*TABLES, FailureRow):
        section = text.split(f"\n## {row.table}\n")[1].split("\n## ")[0]
        told = [line.split(" | ") for line in section.splitlines() if line.startswith("| `")]
        assert [cells[0] for cells in told] == [f"| `{name}`" for name in COLUMNS[row.table].split()]
        assert all(cells[1] for cells in told)


def test_same_bytes_twice(documents: list[Document], dataset: Path, tmp_path: Path) -> None:
    write(tmp_path, documents, parquet=True)
    names = sorted(path.name for path in dataset.iterdir())
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    assert [name for name in names if (tmp_path / name).read_bytes() != (dataset / name).read_bytes()] == []


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("x")',
        'dit « a », puis "b"',
        "première ligne\nseconde\r\ntroisième\rquatrième",
        "NA",
        "null",
        " blancs ",
        "a\u2028b\u0085c\x0bd",
        "😀, e\u0301, \u202eabc",
        "virgule, point-virgule ; barre | fin",
        "# pas un commentaire",
    ],
)
def test_hostile_text_comes_back(text: str, tmp_path: Path) -> None:
    _, report = gold(REPORTS[0])
    doc = spacy.blank("fr").make_doc(text)
    place = {"paragraph_id": "p1", "section": "body", "start": 0, "end": len(text), "text": text}
    store(doc, "segment", [Paragraph.model_validate(place)], [], document={"title": text})
    write(tmp_path, [document(doc, replace(report, text=text))])
    row = dict(zip(COLUMNS["paragraphs"].split(), read_back(tmp_path / "paragraphs.csv")[0], strict=True))
    assert row["text"] == text
    assert (int(row["start"]), int(row["end"])) == (0, len(text))


@pytest.mark.parametrize(
    ("value", "expected"),
    [(None, ""), (True, "true"), (False, "false"), (0, "0"), (0.5, "0.5"), ([], ""), (["a", "b"], "a|b"), ("NA", "NA")],
)
def test_cell(value: object, expected: str) -> None:
    assert cell(value) == expected


@given(st.lists(st.text()))
def test_lists_come_back_from_a_cell(texts: list[str]) -> None:
    kept = [text for text in listed(texts) if text]
    assert [part for part in cell(kept).split("|") if part] == kept


def test_a_list_holds_each_text_once_on_one_line() -> None:
    assert listed(["Ministre", "Chef\n  de file", "Ministre", "A|B"]) == ["Ministre", "Chef de file", "A B"]
