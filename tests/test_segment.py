"""Paragraphs and their sections: ⟦ and ⟧ stand round what is a paragraph; what the stage finds is written back."""

from __future__ import annotations

import textwrap
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import DocBin

from pipeline.layers import stored
from pipeline.records import Metadata, Paragraph
from pipeline.resources import models_dir
from pipeline.scoring.gold import load_gold
from pipeline.segment import Segment
from tests.documents import added_in_2026

ANNOTATIONS = Path(__file__).resolve().parent.parent / "annotations"
SEGMENT = Segment(models_dir())

# Running text for the examples: three sentences, and the same wrapped by hand.
A = (
    "La première séance a été consacrée aux villes. Plusieurs maires ont rappelé que les migrants étaient aussi des "
    "habitants, qu'ils payaient des impôts et que leurs enfants allaient à l'école. Aucun n'a demandé leur départ."
)
B = (
    "La déléguée du Chili a dit que les régions n'avaient pas été consultées. Elle a proposé que le projet de texte "
    "leur soit adressé avant la fin de l'année, dans toutes les langues. La proposition a été adoptée sans vote."
)
WRAPPED_A, WRAPPED_B = (textwrap.fill(text, 70) for text in (A, B))
INDENTED_A, INDENTED_B = (textwrap.fill(text, 70, initial_indent="    ") for text in (A, B))


def mark(text: str) -> str:
    """Return a text with ⟦ and ⟧ round each paragraph that the stage finds."""
    for paragraph in reversed(SEGMENT.find(text)[0]):
        text = f"{text[: paragraph.start]}⟦{paragraph.text}⟧{text[paragraph.end :]}"
    return text


@pytest.mark.parametrize(
    "example",
    [
        # headings, title block, signature
        f"RAPPORT FINAL\n\nIntroduction\n\n⟦{A}⟧\n\nSuite des travaux\n\n⟦{B}⟧\n",
        f"I. OUVERTURE\n\n⟦{A}⟧\n\nII. Que faut-il mesurer ?\n\n⟦{B}⟧",
        f"Point 1. Les accords bilatéraux\n\n⟦{A}⟧\n\nIV.2. Les données\n\n⟦{B}⟧",
        f"# Rapport\n\n## Ouverture de la séance.\n\n⟦{A}⟧\n\n**Suite.**\n\n⟦{B}⟧",
        f"Rapport\n=======\n\n⟦{A}⟧\n\nSuite\n-----\n\n⟦{B}⟧",
        f"DÉBAT SUR LA SITUATION DANS LES RÉGIONS (A/76/18, A/76/302 et A/76/434).\n\n⟦{A}⟧",
        f"1- Au titre du Ministère de l'Emploi ;\n\n⟦{A}⟧",
        f"À propos de l'association\n⟦{A}⟧",
        f"⟦{A}⟧\n\nFait à Dakar, le 3 avril 2018\n\nLe Président\nAbdou BA\n",
        f"⟦{A}⟧\nAbdou BA",
        f"3 avril 2018. –\n⟦{A}⟧",
        f"⟦Dakar, 3 avril 2018 – {A}⟧",
        f"⟦{A}⟧\n\n— Awa Diop , maire de Thiès\n\n⟦{B}⟧",
        f"⟦{A}⟧\n\nLire aussi : Les villes en première ligne.\n\n⟦{B}⟧",
        f"⟦{A}⟧\n\nContact presse : Awa Diop, tél. 12 34, presse@exemple.org.",
        f"Sommaire\n\nIntroduction ............ 3\nDébat ................... 7\n\n⟦{A}⟧",
        f"⟦{A}⟧\n\n| pays | voix |\n|---|---|\n| Mali | 3 |\n\n⟦{B}⟧",
        # short paragraphs that are running text
        f"⟦La séance est ouverte à 15 h 10.⟧\n\n⟦1. {A}⟧\n\n⟦La séance est levée à 17 heures.⟧",
        f"⟦Le Conseil a examiné et adopté :⟧\n\n⟦{A}⟧",
        f"⟦Rappelant la Convention de 1969 sur les réfugiés,⟧\n\n⟦Convaincue que la paix est possible,⟧\n\n⟦{A}⟧",
        "⟦« Le bus les dépose. Le bus repart. » (maire d'une commune rurale)⟧",
        # page furniture
        f"⟦{A}⟧\n\n– 3 –\n\f\n⟦{B}⟧",
        f"⟦{A}⟧\n\n12\n\n⟦{B}⟧",
        f"⟦{A}⟧\n\nPage 2 sur 10\n\n⟦{B}⟧",
        "⟦Il a été décidé de consulter les communes sur le projet, d'en publier le texte et de\n\nMC/INF/3 – Page 2\n\n"
        "revenir sur la question au printemps.⟧",
        "⟦Il a été décidé de consulter les communes sur le projet, d'en publier le texte et de\n\nrevenir sur "
        "la question au printemps.⟧",
        "⟦Il a été décidé de consulter les communes sur le projet, puis les ministres de la\n\nFrance, du Mali et "
        "du Chili, et d'en publier le texte.⟧",
        "⟦Il a été décidé de consulter les communes, d'en publier le texte et d'accorder un délai au délégué, M.\n\n"
        "7\n\nJoaquín Ibarra, qui l'avait demandé.⟧",
        f"⟦{A}⟧\n\nCONSEIL\n\n⟦{B}⟧\n\nCONSEIL\n\n⟦{A}⟧\n\nCONSEIL\n\n⟦{B}⟧",
        f"⟦{A[:-1]}[1].⟧\n\n⟦{B}⟧\n\n_______________\n\n[1] Voir le rapport de 2011.\n\n[2] Ibid., p. 3.\n",
        f"⟦{A}⟧\n\n[^1]: Voir le rapport de 2011.\n\n⟦{B}⟧",
        # lists
        "⟦Il convient de :⟧\n\n⟦- former les agents ;⟧\n⟦- ouvrir les écoles ;⟧\n⟦- publier les comptes.⟧",
        "⟦Il convient de :⟧\n\n⟦a) former les agents ;⟧\n\n⟦b) ouvrir les écoles.⟧",
        "⟦• Brésil : un centre a ouvert en 2014.⟧\n\n⟦• Kenya : une école a fermé en 2015.⟧",
        "⟦Les ministres ont décidé :\n- de former les agents ;\n- d'ouvrir les écoles.⟧",
        "⟦Le bureau est composé comme suit :\nPrésident : M. Ba (Sénégal)\nRapporteure : Mme Diop (Mali)⟧",
        f"⟦- 1. Les villes accueillent.** {A}⟧\n⟦- 2. Les régions aident.** {B}⟧",
        "⟦- Il n'est pas de suivi sans données, et les pays les moins avancés ont des lacunes que leurs instituts\n\n"
        "2\n\nde statistique ne combleront pas.⟧\n⟦- Suivre n'est pas surveiller les gens.⟧",
        # lines wrapped by hand
        f"Ouverture\n\n⟦{WRAPPED_A}⟧\n\n⟦{WRAPPED_B}⟧\n",
        f"Ouverture\n\n⟦{WRAPPED_A}⟧\n⟦{WRAPPED_B}⟧\n⟦{WRAPPED_A}⟧\n",
        f"Ouverture\n\n    ⟦{INDENTED_A.strip()}⟧\n    ⟦{INDENTED_B.strip()}⟧\n",
        f"⟦12. {WRAPPED_A}⟧\n⟦13. {WRAPPED_B}⟧\n",
        # lines that are paragraphs, or sentences of one
        f"Un titre de presse\n\n⟦{A}⟧\n⟦{B}⟧\n⟦{A}⟧\n⟦{B}⟧\n",
        "⟦Le ministre a ouvert les travaux.\nIl a salué les maires.⟧\n\n⟦Les maires ont répondu.\nIls étaient sept.⟧\n"
        "\n⟦La séance a été levée.\nElle reprendra demain.⟧",
        f"⟦{A}⟧\n⟦« Un enfant n'est pas un délinquant.\nNous devons l'aider », a-t-elle dit.⟧\n⟦{B}⟧\n⟦{A}⟧",
        f"⟦{A}⟧\n⟦C'est un jour sombre pour la ville.\na déclaré un habitant du quartier.⟧\n⟦{B}⟧\n⟦{A}⟧",
        # what stands round a text
        f"\ufeff⟦{A}⟧",
        f"\n\n  ⟦{A}⟧  \n\n\n\t⟦{B}⟧\u00a0\n",
        "",
        " \n\f\n ",
        "Un titre sans texte",
    ],
)  # fmt: skip
def test_paragraphs_are_found_where_they_stand(example: str) -> None:
    assert mark(example.replace("⟦", "").replace("⟧", "")) == example


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028"])
def test_paragraphs_do_not_depend_on_line_ends(end: str) -> None:
    example = f"RAPPORT\n\n⟦{A}⟧\n\n– 3 –\n\n⟦{WRAPPED_B}⟧\n".replace("\n", end)
    assert mark(example.replace("⟦", "").replace("⟧", "")) == example


POINTS = f"{A}\n\n1. Les villes accueillent. {A}\n\n{B}\n\n2. Les régions aident. {B}\n\n3. L'État paie. {A}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{A}\n\n{B}", "body body"),
        (POINTS, "opening point-1 point-1 point-2 point-3"),
        (f"{POINTS}\n\nBonnes pratiques\n\n{B}\n\nConclusion\n\n{A}",
         "opening point-1 point-1 point-2 point-3 good-practices conclusion"),
        (f"{POINTS}\n\nClôture des travaux\n\n{B}", "opening point-1 point-1 point-2 point-3 conclusion"),
        (f"{A}\n\nPOINT 1 : BUDGET\n\n{B}\n\nPOINT 2 : VOTE\n\n{A}\n\nPOINT 3 : DIVERS\n\n{B}\n\n{A}",
         "opening point-1 point-2 point-3 point-3"),
        (f"{A}\n\n- 1. Les villes accueillent.** {A}\n- 2. Les régions aident.** {B}\n- 3. L'État paie.** {A}",
         "opening point-1 point-2 point-3"),
        (f"{A}\n\n1. Les villes accueillent.\n\n{A}\n\n2. Les États aident peu.\n\n{B}\n\n3. L'État paie tout.\n\n{A}",
         "opening point-1 point-1 point-2 point-2 point-3 point-3"),
        # minutes: every paragraph is numbered, agenda items do not count up, clauses are no points
        (f"La séance est ouverte à 15 h 10.\n\n1. {A}\n\n2. {B}\n\n3. {A}\n\n4. {B}", "body body body body body"),
        (f"Point 4 Budget\n\n{A}\n\nPoint 6 Vote\n\n{B}\n\nPoint 23 Divers\n\n{A}", "body body body"),
        (f"{A}\n\nLa Conférence décide :\n\n1. de former ;\n\n2. d'ouvrir ;\n\n3. de publier les comptes.",
         "body body body body body"),
        (f"{A}\n\nII. Bonnes pratiques nationales\n\n{B}\n\nIII. Suite\n\n{A}", "body good-practices body"),
        (f"I. CONCLUSIONS DES COPRÉSIDENTS\n\n{A}\n\nII. COMPTE RENDU\n\n1. Ouverture\n\n{B}", "conclusion body"),
        (f"Mise en commun de pratiques nationales\n\n{A}\n\nConclusions et suites\n\n{B}", "good-practices conclusion"),
        (f"Partage de bonnes pratiques\n\n{A}\n\nRecommandations\n\n{B}", "good-practices body"),
        (f"{A}\n\nClôture\n\n{B}", "body body"),
    ],
)  # fmt: skip
def test_sections(text: str, expected: str) -> None:
    assert " ".join(paragraph.section for paragraph in SEGMENT.find(text)[0]) == expected


@pytest.fixture(scope="module")
def blank() -> Language:
    nlp = spacy.blank("fr")
    nlp.add_pipe("segment")
    return nlp


def test_stage_writes_paragraphs_sentences_and_metadata(blank: Language) -> None:
    doc = blank(f"Réunion des villes\n\nDakar, 3 avril 2018\n\n{A}\n\n1. La suite\n\n{B}\n")
    paragraphs = stored(doc, "segment", Paragraph)
    assert [p.paragraph_id for p in paragraphs] == ["p1", "p2"]
    assert [(s.text, s.label_, s.id_) for s in doc.spans["segment"]] == [(A, "body", "p1"), (B, "body", "p2")]
    assert [s[0].text for s in doc.spans["sentences"]] == ["La", "Plusieurs", "Aucun", "La", "Elle", "La"]
    assert "".join(s.text for s in doc.spans["sentences"]) == (A + B).replace(". ", ".")
    metadata = Metadata.model_validate(doc.spans["segment"].attrs["document"])
    assert (metadata.title, metadata.date_start, metadata.city) == ("Réunion des villes", "2018-04-03", "Dakar")
    assert doc.text.startswith("Réunion des villes\n\nDakar")


def test_results_survive_a_docbin(blank: Language) -> None:
    doc = blank(f"{A}\n\n{B}")
    saved = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    [again] = DocBin().from_bytes(saved).get_docs(blank.vocab)
    assert stored(again, "segment", Paragraph) == stored(doc, "segment", Paragraph)
    assert [s.text for s in again.spans["sentences"]] == [s.text for s in doc.spans["sentences"]]


def test_sentences_share_no_token_where_a_blank_is_missing(blank: Language) -> None:
    doc = blank("Le bétail est vacciné.Le ministre l'a dit. Il est parti.")
    spans = list(doc.spans["sentences"])
    assert all(a.end <= b.start for a, b in pairwise(spans))


HOSTILE = st.text(
    alphabet=st.one_of(
        st.sampled_from('\n\r\t\f\v\u0085\u00a0\u202f\u2028\ufeff\u200b .!?…:;«»“”"()[]*#_-–—|>1aéÉÀe\u0301🙂🇸🇳'),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=300,
)
PIECES = st.lists(st.one_of(HOSTILE, st.sampled_from([A, B, WRAPPED_A, "\n\n", "\r\n\r\n", "\n– 3 –\n\f\n", "1. "])))


@settings(max_examples=200, deadline=None)
@given(PIECES)
def test_every_span_is_the_text_it_says(blank: Language, pieces: list[str]) -> None:
    text = "".join(pieces)
    doc = blank(text)
    paragraphs = stored(doc, "segment", Paragraph)
    assert doc.text == text
    assert all(text[p.start : p.end] == p.text == p.text.strip() for p in paragraphs)
    assert all(a.end <= b.start for a, b in pairwise(paragraphs))
    sentences = list(doc.spans["sentences"])
    assert all(a.end <= b.start for a, b in pairwise(sentences))


# Exact paragraphs over both, as F1 in percent; sections over the paragraphs found.
@pytest.mark.parametrize(
    ("split", "origin", "paragraphs", "sections"),
    [("client", "", 100.0, 100.0), ("train", "", 98.0, 99.5), ("train", "2026", 98.0, 98.0)],
)
def test_annotated_reports(split: str, origin: str, paragraphs: float, sections: float) -> None:
    gold = load_gold(ANNOTATIONS, split)
    given = found = right = placed = 0
    for doc_id, document in gold.documents.items():
        if (doc_id in added_in_2026()) != (origin == "2026"):
            continue
        wanted = {(p.start, p.end): p.section for p in document.paragraphs}
        got = {(p.start, p.end): p.section for p in SEGMENT.find(gold.texts[doc_id])[0]}
        given, found = given + len(wanted), found + len(got)
        both = wanted.keys() & got.keys()
        right += len(both)
        placed += sum(wanted[place] == got[place] for place in both)
    assert 200 * right / (given + found) >= paragraphs
    assert 100 * placed / right >= sections
