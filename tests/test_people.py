"""One record a person: functions, organisations, gender, country and sector, by what the report says and no more."""

from __future__ import annotations

from typing import NamedTuple

import pytest
import spacy
from spacy.tokens import Doc, DocBin

from pipeline.layers import stored
from pipeline.people import People, state_after
from pipeline.records import Mention, Span, Speaker
from pipeline.resources import models_dir
from tests.marked import french, marked, places
from tests.marks import mark

STAGE = People(models=models_dir())


class Who(NamedTuple):
    """What a record shall say of a person, all of it."""

    name: str
    gender: str | None = None
    country: str | None = None
    sector: str | None = None
    roles: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()


def read(example: str) -> Doc:
    return STAGE(marked(example))


def who(doc: Doc) -> list[Who]:
    return [
        Who(
            one.name,
            one.gender,
            one.country,
            one.sector,
            tuple(role.text for role in one.roles),
            tuple(organisation.text for organisation in one.organisations),
        )
        for one in stored(doc, "people", Speaker)
    ]


NAMES = [
    ("La mer monte.", []),
    ("[[Awa Diop|Person]] a parlé.", [Who("Awa Diop")]),
    ("[[Awa Diop|Person]] a parlé, puis [[Diop|Person]].", [Who("Awa Diop")]),
    ("Mme [[Diop|Person]] a parlé, puis [[Awa Diop|Person]].", [Who("Awa Diop", "F")]),
    ("[[AWA DIOP|Person]] a parlé, puis Mme [[Diop|Person]].", [Who("AWA DIOP", "F")]),
    ("[[Awa\nDiop|Person]] a parlé.", [Who("Awa Diop")]),
    ("Mme [[Diop|Person]] et M. [[Diop|Person]] ont parlé.", [Who("Diop", "F"), Who("Diop", "M")]),
    ("[[Awa Diop|Person]] et [[Ali Fall|Person]] ont parlé.", [Who("Awa Diop"), Who("Ali Fall")]),
    ("Mme Okonkwo a parlé ; [[Ali Fall|Person]] aussi.", [Who("Okonkwo", "F"), Who("Ali Fall")]),
]
GENDER = [
    ("M. [[Camille Roy|Person]] a parlé.", [Who("Camille Roy", "M")]),
    ("Mme [[Camille Roy|Person]] a parlé.", [Who("Camille Roy", "F")]),
    ("[[Jean Dupré|Person]] et [[Marie Dupré|Person]] ont parlé.", [Who("Jean Dupré"), Who("Marie Dupré")]),
    (
        "[[Marie Brun|Person]], [[ministre|Role]], a parlé.",
        [Who("Marie Brun", None, None, "government", ("ministre",))],
    ),
    ("La [[ministre|Role]] [[Dominique Roy|Person]].", [Who("Dominique Roy", "F", None, "government", ("ministre",))]),
    ("Le [[ministre|Role]] [[Dominique Roy|Person]].", [Who("Dominique Roy", "M", None, "government", ("ministre",))]),
    ("Une [[ministre|Role]], [[Max Roy|Person]].", [Who("Max Roy", "F", None, "government", ("ministre",))]),
    ("Les mots du [[ministre|Role]] [[Max Roy|Person]].", [Who("Max Roy", "M", None, "government", ("ministre",))]),
    ("l'[[économiste|Role]] [[Max Roy|Person]] a parlé.", [Who("Max Roy", None, None, "academia", ("économiste",))]),
    ("[[Max Roy|Person]], [[députée|Role]], a parlé.", [Who("Max Roy", "F", None, "parliament", ("députée",))]),
    ("[[Max Roy|Person]], [[député|Role]], a parlé.", [Who("Max Roy", "M", None, "parliament", ("député",))]),
    (
        "[[Max Roy|Person]], [[ministre déléguée|Role]], a parlé.",
        [Who("Max Roy", "F", None, "government", ("ministre déléguée",))],
    ),
    (
        "[[Max Roy|Person]], [[maire adjoint|Role]], a parlé.",
        [Who("Max Roy", "M", None, "local-government", ("maire adjoint",))],
    ),
    (
        "Mme [[Roy|Person]], [[Ambassadeur|Role]], a parlé.",
        [Who("Roy", "F", None, "government", ("Ambassadeur",))],
    ),
    (
        "Mme [[Max Roy|Person]], [[Ambassadeur|Role]], a parlé. Mme [[Roy|Person]] a conclu.",
        [Who("Max Roy", "F", None, "government", ("Ambassadeur",))],
    ),
]
COUNTRY = [
    ("M. [[Diop|Person]] (Sénégal) a parlé.", [Who("Diop", "M", "SEN", "government")]),
    ("M. [[Diop|Person]], (Sénégal) a parlé.", [Who("Diop", "M", "SEN", "government")]),
    ("M. [[Diop|Person]] (République de Corée) a parlé.", [Who("Diop", "M", "KOR", "government")]),
    ("M. [[Diop|Person]] (Côte d’Ivoire) a parlé. [[Diop|Person]] a conclu.", [Who("Diop", "M", "CIV", "government")]),
    ("[[Diop|Person]] a parlé. M. [[Diop|Person]] (Mali) a conclu.", [Who("Diop", "M", "MLI", "government")]),
    ("M. [[Diop|Person]] (OIM) a parlé.", [Who("Diop", "M")]),
    ("M. [[Diop|Person]] (à propos du Mali) a parlé.", [Who("Diop", "M")]),
    ("M. [[Diop|Person]] (Dakar) a parlé.", [Who("Diop", "M")]),
    ("M. [[Diop|Person]] a parlé du Mali.", [Who("Diop", "M")]),
    ("M. [[Diop|Person]] a parlé (Mali).", [Who("Diop", "M")]),
    (
        "M. [[Diop|Person]] (Mali), [[Ambassadeur|Role]], a parlé.",
        [Who("Diop", "M", "MLI", "government", ("Ambassadeur",))],
    ),
    (
        "[[Awa Diop|Person]], [[Ministre de la Santé du Ghana|Role]], a parlé.",
        [Who("Awa Diop", None, "GHA", "government", ("Ministre de la Santé du Ghana",))],
    ),
    (
        "Le [[ministre malien de la Santé|Role]], [[Ali Fall|Person]], a parlé.",
        [Who("Ali Fall", "M", "MLI", "government", ("ministre malien de la Santé",))],
    ),
    (
        "[[Ali Fall|Person]] (Togo), [[ambassadeur du Bénin|Role]], a parlé.",
        [Who("Ali Fall", "M", "TGO", "government", ("ambassadeur du Bénin",))],
    ),
    (
        "[[Awa Diop|Person]], [[maire de Prato (Italie)|Role]], a parlé.",
        [Who("Awa Diop", None, "ITA", "local-government", ("maire de Prato (Italie)",))],
    ),
    (
        "[[Ali Fall|Person]], [[représentant du HCR au Niger|Role]], a parlé.",
        [Who("Ali Fall", "M", None, "intergovernmental", ("représentant du HCR au Niger",), ("HCR",))],
    ),
    (
        "[[Ali Fall|Person]], [[représentant du Niger|Role]], a parlé.",
        [Who("Ali Fall", "M", "NER", "government", ("représentant du Niger",))],
    ),
]
INSTITUTIONS = [
    (
        "[[Awa Diop|Person]], [[Directrice générale de l'OIM|Role]], a parlé.",
        [Who("Awa Diop", "F", None, "intergovernmental", ("Directrice générale de l'OIM",), ("OIM",))],
    ),
    (
        "[[Awa Diop|Person]], [[porte-parole de l'UNICEF|Role]], a parlé.",
        [Who("Awa Diop", None, None, "intergovernmental", ("porte-parole de l'UNICEF",), ("UNICEF",))],
    ),
    (
        "[[Awa Diop|Person]], [[professeure à l'Université de Dakar|Role]], a parlé.",
        [
            Who(
                *("Awa Diop", "F", None, "academia"),
                *(("professeure à l'Université de Dakar",), ("Université de Dakar",)),
            )
        ],
    ),
    (
        "[[Awa Diop|Person]], [[présidente de l'association Racines|Role]], a parlé.",
        [
            Who(
                *("Awa Diop", "F", None, "civil-society"),
                *(("présidente de l'association Racines",), ("association Racines",)),
            )
        ],
    ),
    (
        "[[Awa Diop|Person]], [[secrétaire générale du Syndicat des marins|Role]], a parlé.",
        [
            Who(
                *("Awa Diop", "F", None, "civil-society"),
                *(("secrétaire générale du Syndicat des marins",), ("Syndicat des marins",)),
            )
        ],
    ),
    (
        "[[Awa Diop|Person]], [[Conseillère au Ministère de la justice du Togo|Role]], a parlé.",
        [
            Who(
                *("Awa Diop", "F", "TGO", "government"),
                *(("Conseillère au Ministère de la justice du Togo",), ("Ministère de la justice du Togo",)),
            )
        ],
    ),
    ("[[Awa Diop|Person]], [[avocate|Role]], a parlé.", [Who("Awa Diop", "F", None, None, ("avocate",))]),
]
ROLES = [
    (
        "[[Awa Diop|Person]], [[ministre|Role]] et [[députée|Role]], a parlé.",
        [Who("Awa Diop", "F", None, "government", ("ministre", "députée"))],
    ),
    (
        "[[Awa Diop|Person]], [[députée|Role]], et [[Ali Fall|Person]], [[maire|Role]], ont parlé.",
        [
            Who("Awa Diop", "F", None, "parliament", ("députée",)),
            Who("Ali Fall", None, None, "local-government", ("maire",)),
        ],
    ),
    (
        "[[Awa Diop|Person]], [[ministre de l'Eau|Role]], a parlé. La [[ministre|Role]] a conclu.",
        [Who("Awa Diop", "F", None, "government", ("ministre de l'Eau", "ministre"))],
    ),
    (
        "[[Awa Diop|Person]], [[ministre de l'Eau|Role]], a reçu le [[maire|Role]].",
        [Who("Awa Diop", None, None, "government", ("ministre de l'Eau",))],
    ),
    (
        "La [[ministre de l'Eau|Role]] a parlé. [[Awa Diop|Person]], [[ministre de l'Eau|Role]], a conclu.",
        [Who("Awa Diop", "F", None, "government", ("ministre de l'Eau", "ministre de l'Eau"))],
    ),
    ("Le [[maire|Role]] a parlé.", []),
    ("M. [[Fall|Person]] a reçu le [[maire|Role]].", [Who("Fall", "M")]),
]


@pytest.mark.parametrize(("example", "expected"), [*NAMES, *GENDER, *COUNTRY, *INSTITUTIONS, *ROLES])
def test_records(example, expected):
    assert who(read(example)) == expected


def test_a_line_break_after_an_article_hides_no_gender():
    assert [one.gender for one in who(read("La\n[[ministre|Role]] [[Max Roy|Person]] a parlé."))] == ["F"]


MENTIONS = [
    "[[Awa Diop|Person=awa-diop]], [[ministre|Role=awa-diop]], a parlé. Mme [[Diop|Person=awa-diop]] a conclu.",
    "[[Awa Diop|Person=awa-diop]], [[directrice du [[HCR|Organisation=awa-diop]]|Role=awa-diop]], a parlé.",
    "[[Awa Diop|Person=awa-diop]] a reçu le [[maire|Role=]].",
    "Mme [[Diop|Person=diop]] et M. [[Diop|Person=diop-2]] ont parlé.",
    "[[Amina Traoré-Diop|Person=amina-traore-diop]] a parlé.",
    "Mme [[Okonkwo|Person=okonkwo]] a parlé.",
    "La mer monte.",
]


@pytest.mark.parametrize("example", MENTIONS)
def test_mentions(example):
    flat = example.replace("[[HCR|Organisation=awa-diop]]", "HCR").replace("[[Okonkwo|Person=okonkwo]]", "Okonkwo")
    doc = read(flat)
    text, _ = places(flat)
    mentions = [Mention.model_validate(plain) for plain in doc.spans["people"].attrs["mentions"]]
    assert mark(text, [(m.start, m.end, f"{m.label}={m.speaker_id or ''}") for m in mentions]) == example
    spans = [(s.start_char, s.end_char, s.label_, s.id_) for s in doc.spans["people"]]
    assert spans == [(m.start, m.end, m.label, m.speaker_id or "") for m in mentions]


@pytest.mark.parametrize(
    ("example", "shown"),
    [
        ("[[Awa Diop|Person]], [[ministre|Role]], et [[Ali Fall|Person]] ont parlé.", ["awa-diop"]),
        ("[[Awa Diop|Person]], [[ministre|Role]], et le [[maire|Role]] [[Ali Fall|Person]].", ["awa-diop", "ali-fall"]),
        ("M. [[Diop|Person]] (Mali) a parlé.", []),
        ("Le [[maire|Role]] a parlé.", []),
        ("La mer monte.", []),
    ],
)
def test_who_is_shown_in_a_function_takes_part(example, shown):
    assert read(example).spans["people"].attrs["takes_part"] == shown


@pytest.mark.parametrize("example", [row[0] for row in (*NAMES, *COUNTRY, *INSTITUTIONS, *ROLES)])
def test_every_place_is_exact_and_every_speaker_is_mentioned(example):
    doc = read(example)
    speakers = stored(doc, "people", Speaker)
    spans: list[Span] = [span for one in speakers for span in (*one.roles, *one.organisations, *one.mentions)]
    assert [span.text for span in spans] == [doc.text[span.start : span.end] for span in spans]
    assert all(one.mentions for one in speakers)
    assert len({one.speaker_id for one in speakers}) == len(speakers)
    assert all(one.person_id == one.speaker_id for one in speakers)


@pytest.mark.parametrize(
    ("text", "name", "iso3"),
    [
        ("M. Diop (Mali) a parlé", "Diop", "MLI"),
        ("M. Diop\n(Mali) a parlé", "Diop", "MLI"),
        ("M. Diop, (Mali)", "Diop", "MLI"),
        ("M. Diop (malien)", "Diop", None),
        ("M. Diop (Mali, Niger)", "Diop", None),
        ("M. Diop [Mali]", "Diop", None),
        ("M. Diop (Mali", "Diop", None),
        ("M. Diop a parlé (Mali)", "Diop", None),
        ("M. Diop ()", "Diop", None),
    ],
)
def test_state_in_the_parenthesis_after_a_name(text, name, iso3):
    start = text.index(name)
    assert state_after(Span(start=start, end=start + len(name), text=name), text) == iso3


def test_without_marks_names_after_a_civility_are_found():
    doc = STAGE(french().make_doc("Mme Awa Diop (Mali) a parlé."))
    assert who(doc) == [Who("Awa Diop", "F", "MLI", "government")]


def test_cues_are_no_concern_of_this_stage():
    example = "[[Awa Diop|Person]], [[ministre|Role]], [[a dit|Cue]] oui."
    assert who(read(example)) == who(read(example.replace("[[a dit|Cue]]", "a dit")))


def test_results_survive_a_file():
    doc = read(COUNTRY[-2][0])
    data = DocBin(docs=[doc], store_user_data=False).to_bytes()
    (copy,) = DocBin(store_user_data=False).from_bytes(data).get_docs(spacy.blank("fr").vocab)
    assert who(copy) == who(doc) == COUNTRY[-2][1]
    assert copy.spans["people"].attrs == doc.spans["people"].attrs


def test_the_stage_works_in_a_pipeline_of_somebody_else():
    language = spacy.blank("fr")
    language.add_pipe("people")
    assert who(language("M. Ali Fall (Togo) a parlé.")) == [Who("Ali Fall", "M", "TGO", "government")]
