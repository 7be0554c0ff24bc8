"""The stage themes: how the sum of a paragraph comes about, what a claim has, and where the evidence stands."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from pipeline import layers
from pipeline.records import THEMES, Claim, Evidence, Paragraph, Span
from pipeline.resources import models_dir
from pipeline.tagging.rules import read_book
from pipeline.themes import Finding, Judge
from tests.marks import mark, unmark
from tests.theme_books import write_book


@pytest.fixture(scope="module")
def blank() -> Language:
    return spacy.blank("fr")


@pytest.fixture(scope="module")
def stage() -> Language:
    """The stage alone, with the shipped rules: words are compared as they stand."""
    nlp = spacy.blank("fr")
    nlp.add_pipe("themes")
    return nlp


def evidence(doc: Doc) -> list[Evidence]:
    return layers.stored(doc, "themes", Evidence)


def themes(doc: Doc) -> str:
    found = {one.theme for one in evidence(doc)}
    return " ".join(theme for theme in THEMES if theme in found)


# The rules of the tests below: see tests/theme_books.py for what stands in the other files.
BOOK = {
    "children": "child,{child},0.6,,\ndetention,rétention,0.6,rétention d'eau,\nschool,école,0.2,,",
    "return_reintegration": "return,retour,1.0,,",
    "migration": "all,migrant,1.0,,\nweak,frontière,0.1,,",
}


@pytest.fixture
def judge(tmp_path: Path) -> Judge:
    return Judge(read_book(write_book(tmp_path / "themes", **BOOK)))


def segmented(nlp: Language, text: str, words: Iterable[str], section: str = "body") -> Doc:
    """Return a text with these paragraphs."""
    doc = nlp.make_doc(text)
    found = []
    for n, part in enumerate(words, 1):
        start = text.index(part)
        place = {"start": start, "end": start + len(part), "text": part}
        found.append(Paragraph.model_validate({**place, "paragraph_id": f"p{n}", "section": section}))
    layers.store(doc, "segment", found, [layers.Place(one.start, one.end, one.section) for one in found])
    return doc


def with_claims(doc: Doc, *contents: str) -> Doc:
    claims = []
    for n, content in enumerate(contents, 1):
        start = doc.text.index(content)
        place = Span(start=start, end=start + len(content), text=content)
        claims.append(Claim(claim_id=f"c{n}", style="indirect", content=place))
    layers.store(doc, "claims", claims, [])
    return doc


def sums(found: Iterable[Finding], theme: str = "children") -> dict[str, tuple[float, float, bool]]:
    """Return (sum, threshold, marked) of each unit for a theme."""
    return {one.unit_id: (one.sum, one.threshold, one.marked) for one in found if one.theme == theme}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Les enfants des migrants", {"p1": (0.6, 0.7, False)}),  # four words: 1.0 x (0.5 + 0.5 x 4 / 10)
        ("Les enfants, ces enfants mineurs des migrants", {"p1": (0.6, 0.85, False)}),  # a rule counts once
        ("La rétention des enfants des migrants", {"p1": (1.2, 0.8, True)}),
        ("La rétention d'eau des enfants des migrants", {"p1": (0.6, 0.85, False)}),  # unless
        ("Des enfants, des migrants et une école ici", {"p1": (0.8, 0.9, False)}),
        ("Enfants à l'école avec les migrants", {"p1": (0.8, 0.8, True)}),  # the threshold itself suffices
        ("Un enfant migrant vit en rétention depuis neuf mois et dix jours entiers", {"p1": (1.2, 1.0, True)}),
        ("Les migrants", {}),
        ("", {}),
        (" \n ", {}),
    ],
)
def test_a_theme_is_marked_where_its_rules_reach_the_threshold(
    blank: Language, judge: Judge, text: str, expected: dict[str, tuple[float, float, bool]]
) -> None:
    assert sums(judge.findings(blank(text))) == expected


@pytest.mark.parametrize(
    ("text", "parts", "expected"),
    [
        # heading: 0.3 x its sum of 0.8
        (
            "Migrants ici.\n\nEnfants et école\n\nUn enfant migrant.",
            ["Migrants ici.", "Un enfant migrant."],
            {"p2": (0.84, 0.65, True)},
        ),
        # title: 0.2 x 0.6; no paragraph before it, so it is no heading
        ("Les enfants\n\nUn enfant migrant.", ["Un enfant migrant."], {"p1": (0.72, 0.65, True)}),
        # the paragraph before: 0.2 x at most 1
        (
            "Enfants migrants en rétention.\n\nUn enfant.",
            ["Enfants migrants en rétention.", "Un enfant."],
            {"p1": (1.2, 0.7, True), "p2": (0.8, 0.6, True)},
        ),
        # a heading holds until the next one
        (
            "Migrants.\n\nÉcole\n\nUn enfant.\n\nMigrants !\n\nLes mineurs.",
            ["Migrants.", "Un enfant.", "Migrants !", "Les mineurs."],
            {"p2": (0.66, 0.6, True), "p4": (0.66, 0.6, True)},
        ),
        # what surrounds a paragraph without words of its own counts for nothing
        ("La rétention des enfants\n\nLes migrants.", ["Les migrants."], {}),
    ],
)
def test_surroundings_add_to_words_of_its_own(
    blank: Language, judge: Judge, text: str, parts: list[str], expected: dict[str, tuple[float, float, bool]]
) -> None:
    assert sums(judge.findings(segmented(blank, text, parts))) == expected


def test_the_title_of_a_point_is_the_heading_of_its_paragraphs(blank: Language, judge: Judge) -> None:
    first, second = "3. Rétention des enfants. Les migrants parlent.", "Un mineur est là."
    findings = judge.findings(segmented(blank, f"{first}\n\n{second}", [first, second], section="point-3"))
    rules = {one.unit_id: [(found.rule, found.weight) for found in one.found] for one in findings}
    assert rules["p2"] == [("child", 0.6), ("heading", 0.3), ("previous", 0.2)]


@pytest.mark.parametrize(
    ("text", "parts", "marked"),
    [
        ("Un retour.", ["Un retour."], []),
        ("Un retour de migrants.", ["Un retour de migrants."], ["p1"]),
        # one paragraph in five is about migration: so is the whole report
        ("Migrants. A. B. C. Un retour.", ["Migrants.", "A.", "B.", "C.", "Un retour."], ["p5"]),
        # one in six is not enough, save for that paragraph
        ("Migrants. A. B. C. D. Un retour.", ["Migrants.", "A.", "B.", "C.", "D.", "Un retour."], []),
        ("A. B. C. D. E. Retour de migrants.", ["A.", "B.", "C.", "D.", "E.", "Retour de migrants."], ["p6"]),
        # a title that is
        ("Migrants\n\nA. B. C. D. E. Un retour.", ["A.", "B.", "C.", "D.", "E.", "Un retour."], ["p6"]),
        ("Frontières\n\nA. Un retour à la frontière.", ["A.", "Un retour à la frontière."], []),
    ],
)
def test_nothing_is_marked_where_nothing_is_about_migration(
    blank: Language, judge: Judge, text: str, parts: list[str], marked: list[str]
) -> None:
    findings = judge.findings(segmented(blank, text, parts))
    assert [one.unit_id for one in findings if one.marked] == marked


def test_what_tells_who_speaks_does_not_count(blank: Language, judge: Judge) -> None:
    text = "La Ministre des enfants a parlé du retour des migrants."
    doc = blank(text)
    assert sums(judge.findings(doc)) == {"p1": (0.6, 1.0, False)}
    start = text.index("Ministre")
    layers.store(doc, "marks", [], [layers.Place(start, text.index(" a parlé"), "Role")])
    assert sums(judge.findings(doc)) == {}


def test_names_and_thanks_are_silenced(tmp_path: Path, blank: Language) -> None:
    lines = "words,école enfants,\nsentence,remercier,"
    judge = Judge(read_book(write_book(tmp_path / "themes", **BOOK, silence=lines)))
    assert sums(judge.findings(blank("L'école des enfants plaît aux migrants."))) == {}
    assert sums(judge.findings(blank("Il a remercié les enfants. Les migrants aussi."))) == {}
    assert sums(judge.findings(blank("Il a remercié. Les enfants migrants aussi."))) == {"p1": (0.6, 0.85, False)}


def test_a_claim_has_themes_of_its_paragraph(blank: Language, judge: Judge) -> None:
    text = "Il dit que les enfants migrants sont en rétention, que le retour est long et que la mer est belle."
    contents = "les enfants migrants sont en rétention", "le retour est long", "la mer est belle"
    findings = judge.findings(with_claims(segmented(blank, text, [text]), *contents))
    assert [(one.unit_id, one.theme, one.sum) for one in findings if one.unit == "claim"] == [
        ("c1", "children", 1.2),
        ("c2", "return-reintegration", 1.0),
    ]


def test_a_claim_without_words_has_the_only_theme_of_its_paragraph(blank: Language, judge: Judge) -> None:
    text = "Le retour des migrants est long, et il dit que la mer est belle."
    doc = with_claims(segmented(blank, text, [text]), "la mer est belle")
    claims = [one for one in judge.findings(doc) if one.unit == "claim"]
    assert [(one.unit_id, one.theme, [found.rule for found in one.found]) for one in claims] == [
        ("c1", "return-reintegration", ["only-theme"])
    ]


def test_a_claim_outside_paragraphs_has_none(blank: Language, judge: Judge) -> None:
    text = "Un retour de migrants, dit-il.\n\nLe retour des migrants."
    doc = with_claims(segmented(blank, text, ["Le retour des migrants."]), "Un retour de migrants")
    assert [one.unit_id for one in judge.findings(doc) if one.unit == "claim"] == []


@pytest.mark.parametrize(
    "example",
    [
        "[[[[Enfants|child]] en [[rétention|detention]]|enclosed]], loin des migrants.",
        "Des [[enfants|child]], les migrants et leur petite [[école|school]], puis [[rétention|detention]] d'enfants.",
    ],
)
def test_evidence_stands_where_the_words_are_and_may_overlap(tmp_path: Path, blank: Language, example: str) -> None:
    lines = BOOK["children"] + "\nenclosed,enfant ... rétention,0.5,,"
    judge = Judge(read_book(write_book(tmp_path / "themes", **{**BOOK, "children": lines})))
    text = unmark(example)
    (finding,) = judge.findings(blank(text))
    assert mark(text, [(found.start, found.end, found.rule) for found in finding.found]) == example


def test_spans_show_the_evidence_with_theme_and_unit(stage: Language) -> None:
    doc = stage("Le retour volontaire des migrants.")
    assert [(span.text, span.label_, span.id_) for span in doc.spans["themes"]] == [
        ("retour", "return-reintegration", "p1"),
        ("retour volontaire", "return-reintegration", "p1"),
    ]


def test_a_rule_in_the_evidence_leads_to_a_line_of_its_file(stage: Language) -> None:
    title, text = "Le retour des enfants migrants", "Le retour volontaire d'enfants migrants en rétention."
    doc = segmented(stage, f"{title}\n\n{text}", [text])
    folder = models_dir() / "themes"
    found = evidence(stage.get_pipe("themes")(doc))
    assert {one.rule for one in found} >= {"return", "title"}
    for one in found:
        files = [folder / f"{one.theme}.csv", folder / "context.csv"]
        lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
        assert sum(line.startswith(f"{one.rule},") for line in lines) == 1


HOSTILE = [
    "Le retour volontaire des migrants 🧳🛫 et la rétention d'enfants migrants.",
    "Retour\r\nvolontaire des\r\n\r\nmigrants ; enfants\tmigrants en\u00a0rétention.",
    "Le retour volontaire des réfugie\u0301s ; la re\u0301tention d’enfants migrants.",
    "**Retour volontaire** des « migrants » – l’inte\u0301rêt supe\u0301rieur de l’enfant.",
    "\ufeffRetour volontaire\u200b des migrants\x00 \ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "RETOUR VOLONTAIRE DES MIGRANTS !!! " * 50,
]


@pytest.mark.parametrize("raw", HOSTILE)
def test_offsets_hold_in_hostile_texts(stage: Language, raw: str) -> None:
    doc = stage(raw)
    assert doc.text == raw
    assert {one.theme for one in evidence(doc)} >= {"return-reintegration"}
    assert [raw[one.start : one.end] for one in evidence(doc)] == [one.text for one in evidence(doc)]


@pytest.mark.parametrize("raw", ["", " ", "\n\n", "…", "🧳", "12.12.2018"])
def test_texts_without_words_have_no_theme(stage: Language, raw: str) -> None:
    assert evidence(stage(raw)) == []


def test_the_stage_works_beside_other_components_and_on_any_tokens(stage: Language) -> None:
    words = ["Les", "enfants-migrants", "non-accompagnés", ",", "l'", "intérêt", "supérieur"]
    doc = stage.get_pipe("themes")(Doc(stage.vocab, words=words))
    assert themes(doc) == "children"


def test_models_is_a_setting_of_the_stage(tmp_path: Path) -> None:
    write_book(tmp_path / "themes", children="fish,poisson,1.0,,", migration="all,mer,1.0,,")
    nlp = spacy.blank("fr")
    nlp.add_pipe("themes", config={"models": str(tmp_path)})
    assert [(one.theme, one.rule, one.text) for one in evidence(nlp("Un poisson dans la mer."))] == [
        ("children", "fish", "poisson")
    ]
