"""The entry of a cue, by its words and lemmas; the prepositions that surely attribute."""

from __future__ import annotations

import pytest

from pipeline import lexicon


@pytest.mark.parametrize(
    ("tokens", "lemmas", "lemma", "cue_class"),
    [
        ("a souligné", "avoir souligner", "souligner", "stress"),
        ("a fait observer", "avoir faire observer", "faire observer", "stress"),
        ("ont mis l' accent sur", "avoir mettre le accent sur", "mettre l'accent sur", "stress"),
        (
            "a appelé l' attention sur",
            "avoir appeler le attention sur",
            "appeler l'attention sur",
            "stress",
        ),
        ("appelle de ses vœux", "appeler de son vœu", "appeler de ses vœux", "propose"),
        ("s' est félicitée de", "se être féliciter de", "se féliciter", "support"),
        ("s' est , pour sa part , félicité", "se être , pour son part , féliciter", "féliciter", "support"),
        ("a dit craindre", "avoir dire craindre", "craindre", "concern"),
        ("a tenu à préciser", "avoir tenir à préciser", "préciser", "state"),
        (
            "a exprimé sa vive inquiétude quant à",
            "avoir exprimer son vif inquiétude quant à",
            "exprimer + inquiétude",
            "concern",
        ),
        ("ont émis des réserves sur", "avoir émettre un réserve sur", "émettre + réserve", "oppose"),
        ("forme le vœu", "forme le vœu", "former + vœu", "propose"),
        ("a fait part de leurs craintes", "avoir faire part de leur crainte", "faire part de + crainte", "concern"),
        ("s' est dite opposée à", "se être dire opposer à", "se dire + opposé", "oppose"),
        ("se sont déclarés prêts à", "se être déclarer prêt à", "se déclarer + prêt", "state"),
        ("était d' avis", "être de avis", "être + d'avis", "state"),
        ("Convaincue", "convaincue", "convaincu", "state"),
        ("ressort", "ressort", "ressortir", "state"),
        ("estime", "estime", "estimer", "state"),
        ("relève", "relève", "relever", "state"),
        ("suggère", "suggère", "suggérer", "propose"),
        ("tranche-t-elle", "tranche-t-elle", "trancher", "state"),
        ("s' est alarmé de", "se être alarmé de", "s'alarmer", "concern"),
        ("insiste sur le fait", "insister sur le fait", "insister", "stress"),
        ("a critiqué", "avoir critiquer", "critiquer", "oppose"),
        ("s' est demandé", "se être demander", "se demander", "ask"),
        ("a voulu savoir", "avoir vouloir savoir", "vouloir savoir", "ask"),
        ("s' est dégagé", "se être dégager", "se dégager", "agree"),
    ],
)
def test_the_entry_of_a_cue(tokens: str, lemmas: str, lemma: str, cue_class: str) -> None:
    entry = lexicon.cue_of(tokens.split(), lemmas.split())
    assert entry is not None
    assert (entry.lemma, entry.cue_class) == (lemma, cue_class)


@pytest.mark.parametrize(
    ("tokens", "lemmas"),
    [
        ("a remercié", "avoir remercier"),
        ("a mangé", "avoir manger"),
        ("met en place", "mettre en place"),
        ("a été", "avoir été"),
    ],
)
def test_what_reports_nothing_has_no_entry(tokens: str, lemmas: str) -> None:
    assert lexicon.cue_of(tokens.split(), lemmas.split()) is None


def test_frames_without_their_prepositions() -> None:
    entry = lexicon.cue("demander")
    assert entry is not None
    assert {"que", "inf", "np", "si", "quote"} <= entry.kinds
    assert "inf:de" in entry.frames


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("selon le ministre", 1),
        ("d' après elle", 2),
        ("à en croire le ministre", 3),
        ("a l' en croire , rien ne presse", 4),
        ("aux yeux du rapporteur", 3),
        ("De l' avis de tous", 4),
        ("pour la première fois", 0),
        ("comme en 2015", 0),
        ("d' abord", 0),
    ],
)
def test_prepositions_that_attribute(text: str, length: int) -> None:
    assert lexicon.preposition_at(text.split(), 0) == length
