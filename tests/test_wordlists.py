"""The word lists of models/claims and models/people: every row is clean, and is found where it stands."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from pipeline.lexicon.cue_entries import parts_of
from pipeline.lexicon.wordlists import (
    Attribution,
    Collective,
    CueEntry,
    DocumentHead,
    Ending,
    Entry,
    Function,
    Institution,
    OrganisationHead,
    Pronoun,
    Title,
    VerbForm,
    entries,
    find,
    key,
    words,
)
from pipeline.resources import ResourceError, models_dir

LISTS = [kind for kind in Entry.__subclasses__() if kind.__module__ == Entry.__module__]
FRAME = re.compile(r"que|si|quote|mid|pers|noun|adj|light|copula|inf(:(de|à|pour))?|np(:[a-zàâéèêî' -]+)?")
GOVERNED = {"à", "à l'égard de", "au sujet de", "auprès de", "autour de", "avec", "contre", "dans", "de", "devant"}
GOVERNED |= {"en", "en faveur de", "entre", "envers", "face à", "par", "pour", "quant à", "sur", "vers", "vis-à-vis de"}


@pytest.mark.parametrize("kind", LISTS, ids=lambda kind: kind.file)
def test_every_row_is_valid(kind: type[Entry]) -> None:
    assert entries(kind)


@pytest.mark.parametrize("folder", ["claims", "people"])
def test_every_list_has_a_type(folder: str) -> None:
    files = {f"{folder}/{path.name}" for path in (models_dir() / folder).glob("*.csv")}
    assert files == {kind.file for kind in LISTS if kind.file.startswith(folder)}


@pytest.mark.parametrize("kind", LISTS, ids=lambda kind: kind.file)
def test_cells_are_trimmed_and_spelt_with_straight_apostrophes(kind: type[Entry]) -> None:
    with (models_dir() / kind.file).open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert [cell for cell in cells if cell != " ".join(cell.split()) or "’" in cell] == []


@pytest.mark.parametrize("kind", [k for k in LISTS if k is not Ending], ids=lambda kind: kind.file)
def test_no_entry_stands_twice(kind: type[Entry]) -> None:
    firsts = Counter(entry.forms[0] for entry in entries(kind))
    assert {first for first, count in firsts.items() if count > 1} == set()


@pytest.mark.parametrize("kind", [Collective, DocumentHead, Function, Institution, OrganisationHead, Pronoun])
def test_no_two_entries_are_found_by_the_same_words(kind: type[Entry]) -> None:
    keys = Counter(parts for entry in entries(kind) for parts in {key(form) for form in entry.forms})
    assert {parts for parts, count in keys.items() if count > 1} == set()


def test_no_two_cues_are_found_by_the_same_words() -> None:
    keys = Counter(parts_of(entry.lemma) for entry in entries(CueEntry))
    assert {parts for parts, count in keys.items() if count > 1} == set()


def test_cues_have_frames_that_are_known() -> None:
    wrong = [
        (entry.lemma, frame) for entry in entries(CueEntry) for frame in entry.frames if not FRAME.fullmatch(frame)
    ]
    assert wrong == []
    prepositions = {frame[3:] for entry in entries(CueEntry) for frame in entry.frames if frame.startswith("np:")}
    assert prepositions <= GOVERNED
    assert [entry.lemma for entry in entries(CueEntry) if len(set(entry.frames)) != len(entry.frames)] == []
    assert [entry.lemma for entry in entries(CueEntry) if not entry.frames] == []


def test_a_verb_begins_with_its_infinitive() -> None:
    infinitive = re.compile(r"(?:se |s'|en |s'en |ne pas )?[\w-]+(?:er|ir|re)\b")
    verbs = [entry.lemma for entry in entries(CueEntry) if not entry.is_carried]
    assert [lemma for lemma in verbs if not infinitive.match(lemma)] == []


def test_an_irregular_form_belongs_to_a_verb_of_the_cues() -> None:
    verbs = {word for entry in entries(CueEntry) for word in re.findall(r"[\w-]+", entry.lemma)}
    assert {entry.lemma for entry in entries(VerbForm)} - verbs == set()


def test_a_function_that_tells_no_sector_has_no_weight() -> None:
    assert [entry.function for entry in entries(Function) if entry.weight and not entry.sector] == []


def test_an_institution_has_weight() -> None:
    assert [entry.phrase for entry in entries(Institution) if not entry.weight] == []


def test_certain_attributions_have_no_word_of_their_own_sense() -> None:
    certain = {entry.phrase for entry in entries(Attribution) if entry.certain == "yes"}
    assert {"selon", "d'après", "à en croire", "aux yeux de", "de l'avis de"} <= certain
    assert certain.isdisjoint({"pour", "comme", "suivant", "ainsi que", "en vertu de"})


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("masculine,feminine\n", "columns must be"),
        ("masculine,feminine,note\nien,ienne\n", "line 2: 2 cells"),
    ],
)
def test_a_broken_list_is_named(tmp_path: Path, rows: str, message: str) -> None:
    (tmp_path / "people").mkdir()
    (tmp_path / "people" / "endings.csv").write_text(rows, encoding="utf-8")
    with pytest.raises(ResourceError, match=message):
        entries(Ending, tmp_path)


def test_an_unknown_value_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "people").mkdir()
    text = "phrase,sector,weight,note\nmairie,local-government,3,\nbanque,finance,2,\n"
    (tmp_path / "people" / "institutions.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ResourceError, match=r"line 3: sector"):
        entries(Institution, tmp_path)


def test_the_longest_entries_are_found_and_acronyms_in_capitals_only() -> None:
    found = [match.form for match in find(Institution, words("Université des Nations Unies, OIT, oit"))]
    assert found == ["université des nations unies", "OIT"]


def test_titles_of_women_and_men_are_not_confused() -> None:
    genders = {entry.title: entry.gender for entry in entries(Title)}
    assert (genders["Mme"], genders["M."], genders["S.E."], genders["Dr"]) == ("F", "M", None, None)
