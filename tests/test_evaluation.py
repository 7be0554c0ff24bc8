"""Scores of small reports, counted by hand."""

from __future__ import annotations

import pytest

from pipeline.evaluation import score
from pipeline.records import THEMES, Document
from pipeline.scoring.scores import Accuracy, Figure, Scores
from tests.reports import at, claim, mention, paragraph, report, source, speaker

TEXT = (
    "Le Maroc et la Suède ont souligné que la mer monte et que le sable avance. "
    "Selon le Ministre de la santé, Awa Kane, beaucoup de participants ont dit que rien ne change (Mali)."
)
CLAIM = claim(TEXT, "la mer monte", "ont souligné", source(TEXT, "country", "Maroc", iso3="MAR"))


def scores(gold: Document, found: Document) -> Scores:
    return score({"r": found}, {"r": gold})


def counts(gold: Document, found: Document, name: str) -> tuple[int, int, int]:
    figure = scores(gold, found).figures[name]
    assert isinstance(figure, Figure)
    return figure.tp, figure.fp, figure.fn


def test_perfect_run_reaches_100_with_its_interval():
    whole = report(TEXT, mentions=[mention(TEXT, "Awa Kane", "Person")], claims=[CLAIM])
    figure = scores(whole, whole).figures["claims exact"]
    assert str(figure) == "P 100.0  R 100.0  F1 100.0 [100.0–100.0]  tp 1 fp 0 fn 0"


def test_precision_is_unknown_where_nothing_is_found():
    figure = score({}, {"r": report(TEXT, claims=[CLAIM])}).figures["claims overlap"]
    assert str(figure) == "P     –  R   0.0  F1   0.0 [0.0–0.0]  tp 0 fp 0 fn 1"


def test_recall_is_unknown_where_gold_has_nothing():
    figure = scores(report(TEXT), report(TEXT, claims=[CLAIM])).figures["claims overlap"]
    assert str(figure) == "P   0.0  R     –  F1   0.0 [0.0–0.0]  tp 0 fp 1 fn 0"


def test_nothing_to_find_and_nothing_found_is_no_score():
    figure = scores(report(TEXT), report(TEXT)).figures["claims overlap"]
    assert str(figure) == "P     –  R     –  F1     – [–]  tp 0 fp 0 fn 0"


def test_report_without_gold_is_ignored():
    whole = report(TEXT, claims=[CLAIM])
    assert score({"r": whole, "other": whole}, {"r": whole}) == scores(whole, whole)


@pytest.mark.parametrize(
    ("words", "exact", "overlap"),
    [
        ("Awa Kane", (1, 0, 0), (1, 0, 0)),
        ("wa Kane,", (0, 1, 1), (1, 0, 0)),
        ("Kane, be", (0, 1, 1), (1, 0, 0)),  # 4 of 8 and 8 characters: just enough
        ("Kane, bea", (0, 1, 1), (0, 1, 1)),
        (", beaucoup", (0, 1, 1), (0, 1, 1)),
    ],
)
def test_spans_count_exact_and_by_overlap(words, exact, overlap):
    gold = report(TEXT, mentions=[mention(TEXT, "Awa Kane", "Person")])
    found = report(TEXT, mentions=[mention(TEXT, words, "Person")])
    assert (counts(gold, found, "persons exact"), counts(gold, found, "persons overlap")) == (exact, overlap)


@pytest.mark.parametrize(("label", "layer"), [("Country", "countries"), ("Demonym", "demonyms")])
def test_right_span_with_the_wrong_code_is_wrong(label, layer):
    gold = report(TEXT, mentions=[mention(TEXT, "Mali", label, iso3="MLI")])
    found = report(TEXT, mentions=[mention(TEXT, "Mali", label, iso3="MWI")])
    assert counts(gold, found, f"{layer} overlap") == (0, 1, 1)


def test_function_that_two_speakers_share_is_one_span():
    role = mention(TEXT, "Ministre de la santé", "Role")
    shared = report(TEXT, mentions=[role.model_copy(update={"speaker_id": "a"}), role])
    assert counts(shared, report(TEXT, mentions=[role]), "roles exact") == (1, 0, 0)


def test_best_overlap_is_paired_first():
    cut, whole = mention(TEXT, "le Ministre de la", "Role"), mention(TEXT, "Ministre de la santé", "Role")
    assert counts(report(TEXT, mentions=[cut, whole]), report(TEXT, mentions=[whole]), "roles exact") == (1, 0, 1)
    assert counts(report(TEXT, mentions=[whole]), report(TEXT, mentions=[cut, whole]), "roles exact") == (1, 1, 0)


def test_speakers_are_matched_by_name_and_their_attributes_counted():
    role = [at(TEXT, "Ministre de la santé")]
    known = {"gender": "F", "country": "MLI", "sector": "government", "roles": role}
    gold = report(TEXT, speakers=[speaker(TEXT, "Awa Kane", **known), speaker(TEXT, "Maroc")])
    given = {"gender": "F", "country": None, "roles": [at(TEXT, "Ministre de la")], "name": "AWA KANÉ"}
    found = report(TEXT, speakers=[speaker(TEXT, "Awa Kane", **given), speaker(TEXT, "Mali")])
    figures = scores(gold, found).figures
    assert counts(gold, found, "speakers") == (1, 1, 1)
    right = {name: figures[f"speaker {name}"] for name in ("role", "country", "gender", "sector")}
    assert {name: (f.right, f.count) for name, f in right.items() if isinstance(f, Accuracy)} == {
        "role": (1, 1),
        "country": (0, 1),
        "gender": (1, 1),
        "sector": (0, 1),
    }


@pytest.mark.parametrize(
    ("gold_roles", "found_roles", "right"),
    [([], [], 1), (["Ministre"], [], 0), ([], ["Ministre"], 0), (["Maroc", "Ministre"], ["Ministre"], 1)],
)
def test_role_is_right_where_any_overlaps_or_none_is_given(gold_roles, found_roles, right):
    gold, found = (
        report(TEXT, speakers=[speaker(TEXT, "Awa Kane", roles=[at(TEXT, words) for words in roles])])
        for roles in (gold_roles, found_roles)
    )
    figure = scores(gold, found).figures["speaker role"]
    assert str(figure).endswith(f"{right} of 1")


@pytest.mark.parametrize(
    ("content", "cue", "exact", "overlap"),
    [
        ("la mer monte", "ont souligné", (1, 0, 0), (1, 0, 0)),
        ("la mer monte", "souligné que", (1, 0, 0), (1, 0, 0)),  # cues touch
        ("mer monte et", "ont souligné", (0, 1, 1), (1, 0, 0)),
        ("la mer monte", " que ", (0, 1, 1), (0, 1, 1)),
        ("la mer monte", "", (0, 1, 1), (0, 1, 1)),
    ],
)
def test_claims_match_by_content_and_cue(content, cue, exact, overlap):
    text = TEXT.replace(" et que ", " et ").replace("dit que", "dit :")
    gold = report(text, claims=[claim(text, "la mer monte", "ont souligné")])
    found = report(text, claims=[claim(text, content, cue)])
    assert (counts(gold, found, "claims exact"), counts(gold, found, "claims overlap")) == (exact, overlap)


def test_claims_without_cue_match():
    both = report(TEXT, claims=[claim(TEXT, "la mer monte")])
    assert counts(both, both, "claims exact") == (1, 0, 0)


def test_two_claims_on_one_content_are_told_apart_by_their_cues():
    first, second = (claim(TEXT, "rien ne change", cue) for cue in ("Selon", "ont dit"))
    gold = report(TEXT, claims=[first, second])
    assert counts(gold, report(TEXT, claims=[second, first]), "claims exact") == (2, 0, 0)
    assert counts(gold, report(TEXT, claims=[second, second]), "claims exact") == (1, 1, 1)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([], (0, 0, 1)),  # optional: no miss
        ([("rien ne change", "ont dit")], (0, 0, 1)),  # found: neither right nor wrong
        ([("rien ne change (Mali)", "ont dit")], (0, 0, 1)),  # and so with other ends
        ([("rien ne change", "Selon")], (0, 1, 1)),  # another claim answers it not
        ([("rien ne change", "ont dit"), ("la mer monte", "ont souligné")], (1, 0, 0)),
    ],
)
def test_optional_claim_is_neither_rewarded_nor_punished(found, expected):
    there = source(TEXT, "collective", "beaucoup de participants")
    wanted = [claim(TEXT, "rien ne change", "ont dit", there, optional=True, themes=["children"]), CLAIM]
    gold = report(TEXT, claims=wanted)
    answer = report(TEXT, claims=[claim(TEXT, *words, CLAIM.sources[0]) for words in found])
    for layer in ("claims exact", "claims overlap", "attribution overlap", "attribution resolved exact"):
        assert counts(gold, answer, layer) == expected, layer
    assert counts(gold, answer, "themes of claims micro") == (0, 0, 0)


@pytest.mark.parametrize(("cue", "expected"), [("ont dit", (0, 0, 0)), ("Selon", (0, 1, 0))])
def test_cue_of_an_optional_claim_is_neutral(cue, expected):
    gold = report(TEXT, claims=[claim(TEXT, "rien ne change", "ont dit", optional=True)])
    found = report(TEXT, claims=[claim(TEXT, "la mer monte", cue)])
    assert counts(gold, found, "cues overlap") == expected


@pytest.mark.parametrize("optional", ["la mer monte", "rien ne change"])
def test_cue_that_only_one_of_two_claims_makes_optional_is_to_be_found(optional):
    contents = ("la mer monte", "rien ne change")
    claims = [claim(TEXT, content, "ont dit", optional=content == optional) for content in contents]
    assert counts(report(TEXT, claims=claims), report(TEXT), "cues exact") == (0, 0, 1)


AWA = speaker(TEXT, "Awa Kane", speaker_id="awa")
MINISTER = "Ministre de la santé"
SOURCES = {
    "country": source(TEXT, "country", "Maroc", iso3="MAR"),
    "same country elsewhere": source(TEXT, "country", "Mali", iso3="MAR"),
    "other country": source(TEXT, "country", "Maroc", iso3="MLI"),
    "collective": source(TEXT, "collective", "beaucoup de participants"),
    "collective cut": source(TEXT, "collective", "beaucoup de"),
    "collective elsewhere": source(TEXT, "collective", "Maroc"),
    "organisation there": source(TEXT, "organisation", "beaucoup de participants"),
    "document": source(TEXT, "document", "la Suède"),
    "document cut": source(TEXT, "document", "Suède"),
    "implicit": source(TEXT, "implicit"),
    "function of nobody": source(TEXT, "person", MINISTER),
    "function cut": source(TEXT, "person", "Ministre de la"),
    "function of a speaker": source(TEXT, "person", MINISTER, speaker_id="awa"),
    "name of the speaker": source(TEXT, "person", "Awa Kane", speaker_id="awa"),
}


@pytest.mark.parametrize(
    ("gold", "found", "expected"),
    [
        ("country", "same country elsewhere", (1, 0, 0)),
        ("country", "other country", (0, 1, 1)),
        ("collective", "collective cut", (1, 0, 0)),  # 11 of 24 + 11 characters: 0.63
        ("collective", "collective elsewhere", (0, 1, 1)),
        ("collective", "organisation there", (0, 1, 1)),
        ("document", "document cut", (1, 0, 0)),
        ("implicit", "implicit", (1, 0, 0)),
        ("implicit", "collective", (0, 1, 1)),
        ("function of nobody", "function cut", (1, 0, 0)),
        ("function of nobody", "function of a speaker", (0, 1, 1)),
        ("function of a speaker", "name of the speaker", (1, 0, 0)),
        ("name of the speaker", "function of nobody", (0, 1, 1)),
    ],
)
def test_sources_are_the_same_by_name_country_or_place(gold, found, expected):
    wanted, given = (
        report(TEXT, speakers=[AWA], claims=[claim(TEXT, "la mer monte", "ont souligné", SOURCES[name])])
        for name in (gold, found)
    )
    assert counts(wanted, given, "attribution overlap") == expected


def test_person_is_the_same_after_folding_whatever_the_identifier():
    gold = report(
        TEXT, speakers=[AWA], claims=[claim(TEXT, "la mer monte", "ont souligné", SOURCES["name of the speaker"])]
    )
    named = source(TEXT, "person", "Awa Kane", speaker_id="x")
    other = speaker(TEXT, "Awa Kane", speaker_id="x", name="awa kané")
    found = report(TEXT, speakers=[other], claims=[claim(TEXT, "la mer monte", "ont souligné", named)])
    assert counts(gold, found, "attribution exact") == (1, 0, 0)


def test_sources_of_a_claim_pair_one_to_one_and_the_rest_counts():
    sweden = source(TEXT, "country", "Suède", iso3="SWE")
    gold = report(TEXT, claims=[claim(TEXT, "la mer monte", "ont souligné", SOURCES["country"], sweden)])
    found = report(TEXT, claims=[claim(TEXT, "la mer monte", "ont souligné", sweden, SOURCES["implicit"])])
    assert counts(gold, found, "attribution overlap") == (1, 1, 1)
    assert counts(gold, found, "attribution resolved overlap") == (1, 0, 1)


def test_attribution_needs_the_claim():
    gold = report(TEXT, claims=[CLAIM])
    found = report(TEXT, claims=[claim(TEXT, "le sable avance", "ont souligné", SOURCES["country"])])
    cut = report(TEXT, claims=[claim(TEXT, "mer monte", "ont souligné", SOURCES["country"])])
    assert counts(gold, found, "attribution overlap") == (0, 1, 1)
    assert counts(gold, cut, "attribution overlap") == (1, 0, 0)
    assert counts(gold, cut, "attribution exact") == (0, 1, 1)


def test_claims_and_attribution_are_told_apart_by_style_and_source_type():
    gold = report(TEXT, claims=[CLAIM, claim(TEXT, "rien ne change", "", SOURCES["collective"], style="parenthetical")])
    found = report(TEXT, claims=[CLAIM, claim(TEXT, "le sable avance", "", SOURCES["implicit"], style="direct")])
    figures = {name: str(f).rpartition("tp")[2] for name, f in scores(gold, found).figures.items() if ", " in name}
    for layer in ("claims", "attribution"):
        assert {name.rpartition(", ")[2]: f for name, f in figures.items() if name.startswith(f"{layer} overlap")} == {
            "style indirect": " 1 fp 0 fn 0",
            "style parenthetical": " 0 fp 0 fn 1",
            "style direct": " 0 fp 1 fn 0",
            "source country": " 1 fp 0 fn 0",
            "source collective": " 0 fp 0 fn 1",
            "source implicit": " 0 fp 1 fn 0",
        }


def test_themes_of_paragraphs_that_have_no_partner_count():
    halves = TEXT.split(". ")
    first, second = f"{halves[0]}.", halves[1]
    gold = report(
        TEXT, paragraphs=[paragraph(TEXT, first, "children", "implementation"), paragraph(TEXT, second, "children")]
    )
    found = report(TEXT, paragraphs=[paragraph(TEXT, first, "children"), paragraph(TEXT, "Awa Kane", "global-compact")])
    figures = scores(gold, found).figures
    assert counts(gold, found, "themes micro") == (1, 1, 2)
    assert figures["themes micro"].value == pytest.approx(2 / 5)
    # children 2/3, implementation 0, global-compact 0; a theme that neither side has is left out
    assert figures["themes macro"].value == pytest.approx(2 / 9)


def test_themes_of_claims_are_those_of_matched_claims():
    gold = report(TEXT, claims=[CLAIM.model_copy(update={"themes": ["children", "implementation"]})])
    matched = report(TEXT, claims=[CLAIM.model_copy(update={"themes": ["children", "global-compact"]})])
    other = report(TEXT, claims=[claim(TEXT, "rien ne change", "ont dit", themes=["children"])])
    assert counts(gold, matched, "themes of claims micro") == (1, 1, 1)
    assert counts(gold, other, "themes of claims micro") == (0, 0, 0)


@pytest.mark.parametrize(
    ("content", "cue", "loose", "tight"),
    [
        ("la mer monte", "ont dit", "1 fp 0 fn 0", "1 fp 0 fn 0"),  # by its content alone
        ("mer monte", "ont souligné", "1 fp 0 fn 0", "0 fp 1 fn 1"),  # 9 of 12 characters
        ("nte et que le sable avance", "ont souligné", "0 fp 1 fn 1", "0 fp 1 fn 1"),  # 3 of 12
    ],
)
def test_measure_of_radar_de_parite(content, cue, loose, tight):
    gold, found = report(TEXT, claims=[CLAIM]), report(TEXT, claims=[claim(TEXT, content, cue, CLAIM.sources[0])])
    figures = scores(gold, found).figures
    assert str(figures["radar quotations loose"]).endswith(f"tp {loose}")
    assert str(figures["radar quotations tight"]).endswith(f"tp {tight}")
    right = f"{int(cue == 'ont souligné')} of 1" if loose.startswith("1") else "0 of 0"
    assert str(figures["radar cues loose"]).endswith(right)
    assert str(figures["radar sources loose"]).endswith("1 of 1" if loose.startswith("1") else "0 of 0")


def test_share_of_radar_de_parite_must_exceed_its_limit():
    gold = report(TEXT, claims=[claim(TEXT, "le sable avance")])
    found = report(TEXT, claims=[claim(TEXT, "sable avance")])  # 12 of 15 characters
    assert counts(gold, found, "radar quotations tight") == (0, 1, 1)


def test_every_layer_has_a_figure_even_where_nothing_is_there():
    names = list(scores(report(TEXT), report(TEXT)).figures)
    layers = ("persons", "roles", "countries", "demonyms", "cues", "claims", "attribution", "attribution resolved")
    expected = {f"{layer} {measure}" for layer in layers for measure in ("exact", "overlap")}
    expected |= {"speakers", "speaker role", "speaker country", "speaker gender", "speaker sector"}
    expected |= {f"{layer} {measure}" for layer in ("themes", "themes of claims") for measure in ("micro", "macro")}
    expected |= {f"radar {what} {reach}" for what in ("quotations", "sources", "cues") for reach in ("loose", "tight")}
    assert set(names) == expected
    assert len(THEMES) == 10
