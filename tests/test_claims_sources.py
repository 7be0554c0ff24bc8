"""What is said of a claim beside its places: whom its source names, its style, the class of its cue, its denial."""

from __future__ import annotations

import pytest
from spacy.language import Language

from tests.claimed import claims_of, wrong

WHO = [
    (
        "Awa Diallo, Ministre de la santé du Sénégal, a indiqué que deux hôpitaux avaient rouvert.",
        "person Awa Diallo SEN",
    ),
    ("Le Ministre de la santé du Ghana, M. Kofi Adu, a dit que le vaccin était sûr.", "person Kofi Adu GHA"),
    ("M. Lindqvist a déclaré que la mer montait.", "person Lindqvist"),
    ("« La mer monte », a déclaré M. Lindqvist.", "person Lindqvist"),
    ("Selon Mme Okonjo, le barrage tiendra.", "person Okonjo"),
    ("Mme Tanaka a pris la parole. Elle a rappelé que le traité datait de 1992.", "person Tanaka"),
    ("M. Brandt a ouvert la séance. Il a expliqué que les fonds étaient épuisés.", "person Brandt"),
    ("M. Brandt a ouvert la séance. « Les fonds sont épuisés », a-t-il expliqué.", "person Brandt"),
    (
        "M. Brandt a cédé la parole à Mme Okonjo. Elle a indiqué que le barrage tiendrait.",
        "person Okonjo",
    ),
    (
        "Mme Okonjo a cédé la parole à M. Brandt. Elle a indiqué que le barrage tiendrait.",
        "person Okonjo",
    ),
    (
        "Awa Diallo, Ministre de la santé du Sénégal, a ouvert la séance. La Ministre a dit que le temps pressait.",
        "person Awa Diallo SEN",
    ),
    (
        "Jonas Brandt, Directeur général de l'Agence de l'eau, a pris la parole. "
        "Le Directeur général a annoncé que les fonds étaient épuisés.",
        "person Jonas Brandt",
    ),
    (
        "Lina Haddad, représentante du Liban, a pris la parole. La représentante du Liban a dit que l'aide tardait.",
        "person Lina Haddad LBN",
    ),
    ("Le Ministre de l'agriculture a affirmé que les récoltes seraient bonnes.", "person"),
    ("La présidente de la commission a précisé que le vote aurait lieu en mars.", "person"),
    ("Le Portugal a déclaré que la pêche illicite menaçait les stocks.", "country PRT"),
    ("La République de Corée a demandé que le texte soit revu.", "country KOR"),
    ("Le représentant de la Bolivie a fait valoir que l'eau était un bien commun.", "country BOL"),
    ("La délégation kenyane a fait observer que les délais étaient trop courts.", "country KEN"),
    ("Le Gouvernement du Népal a annoncé que les écoles rouvriraient lundi.", "country NPL"),
    ("Selon les autorités philippines, trois ponts se sont effondrés.", "country PHL"),
    ("Les taxes devraient être abolies (Chili).", "country CHL"),
    ("L'UNESCO a signalé que le nombre d'élèves avait doublé.", "organisation"),
    wrong(
        "La Banque mondiale prévoit que la croissance ralentira.",
        "organisation",
        reason="`prévoit` is not taken for a cue",
    ),
    ("L'Union africaine a appelé les parties à déposer les armes.", "organisation"),
    ("Plusieurs délégations ont estimé que le calendrier était irréaliste.", "collective"),
    ("Certains ont soutenu que la réforme arrivait trop tôt.", "collective"),
    ("Un participant a fait remarquer que les données manquaient.", "collective"),
    ("Un haut fonctionnaire a reconnu que les données manquaient.", "collective"),
    ("Le rapport indique que la pauvreté recule dans les villes.", "document"),
    ("La Charte africaine affirme que tout individu a droit à la vie.", "document"),
    ("Selon le communiqué, la rencontre a duré trois heures.", "document"),
    ("Il a été reconnu que les petites îles étaient les plus exposées.", "implicit"),
    ("Un consensus s'est dégagé sur la nécessité d'agir vite.", "implicit"),
    ("L'accent a été mis sur la formation des jeunes.", "implicit"),
]

STYLES = [
    ("M. Lindqvist a déclaré que la mer montait.", "indirect"),
    ("Le Portugal a suggéré de reporter le vote.", "indirect"),
    ("La Norvège a condamné les violences commises contre les civils.", "indirect"),
    ("Mme Tanaka a pris la parole. Le traité date de 1992, a-t-elle précisé.", "indirect"),
    ("« La mer monte », a déclaré M. Lindqvist.", "direct"),
    ("M. Lindqvist a dit : « La mer monte et nous ne faisons rien. »", "direct"),
    ('"La mer monte", a déclaré M. Lindqvist.', "direct"),
    ("M. Lindqvist a affirmé que « la mer monte partout ».", "mixed"),
    ("Le Ministre de l'agriculture a promis de rendre le pays « autosuffisant en riz ».", "mixed"),
    ("Le Portugal a dénoncé un « pillage organisé » des ressources.", "mixed"),
    ("Selon M. Lindqvist, la mer monte.", "according-to"),
    ("D'après la Banque mondiale, la croissance ralentira.", "according-to"),
    ("Pour M. Lindqvist, la mer est un bien commun.", "according-to"),
    ("De l'avis de plusieurs délégations, le calendrier est irréaliste.", "according-to"),
    ("Selon M. Lindqvist, la mer est « notre maison ».", "according-to"),
    ("Comme l'a relevé M. Lindqvist, la mer monte de trois millimètres par an.", "as-noted"),
    ("La mer monte de trois millimètres par an, comme l'a relevé M. Lindqvist.", "as-noted"),
    ("Les taxes devraient être abolies (Chili).", "parenthetical"),
    ("De nombreux participants ont évoqué le manque de moyens (Kenya et Suède).", "indirect"),
]

CLASSES = [
    ("M. Lindqvist a déclaré que la mer montait.", "state", "déclarer"),
    ("Selon M. Lindqvist, la mer monte.", "state", "selon"),
    ("M. Lindqvist a souligné que la mer montait.", "stress", "souligner"),
    ("M. Lindqvist a insisté sur la nécessité d'agir.", "stress", "insister"),
    ("M. Lindqvist a rappelé que la mer montait.", "recall", "rappeler"),
    ("M. Lindqvist a proposé de créer un fonds régional.", "propose", "proposer"),
    ("M. Lindqvist a recommandé de créer un fonds régional.", "propose", "recommander"),
    ("Le Portugal a plaidé pour un partage équitable des ressources.", "propose", "plaider"),
    ("Le Portugal a dénoncé la lenteur des procédures.", "oppose", "dénoncer"),
    ("Le Portugal a condamné les violences commises contre les civils.", "oppose", "condamner"),
    ("Le Portugal a regretté l'absence de données fiables.", "concern", "regretter"),
    ("Plusieurs délégations sont convenues que le calendrier était irréaliste.", "agree", "convenir"),
    wrong(
        "Le Portugal a demandé si le vote aurait lieu.",
        "ask",
        "demander",
        reason="an entry has one class, whatever follows: `demander si` has that of `demander de`, propose",
    ),
    ("M. Lindqvist a expliqué que la mer montait.", "explain", "expliquer"),
]

DENIED = [
    ("Le Portugal n'a pas exclu que le vote soit reporté.", True),
    ("La Norvège ne pense pas que le texte soit équilibré.", True),
    ("M. Lindqvist n'a jamais affirmé que la mer montait.", True),
    ("M. Lindqvist a affirmé que la mer ne montait pas.", False),
    ("Le Portugal a demandé de ne pas reporter le vote.", False),
    ("La Norvège estime que le texte n'est plus équilibré.", False),
    ("M. Lindqvist pense que rien ne presse.", False),
]


def one(nlp: Language, text: str) -> dict:
    """Return the only claim of a text as plain values."""
    (claim,) = claims_of(nlp(text))
    return claim.model_dump()


@pytest.mark.parametrize(("text", "who"), WHO)
def test_source(nlp: Language, text: str, who: str) -> None:
    (source,) = one(nlp, text)["sources"]
    assert " ".join(filter(None, (source["type"], source["name"], source["iso3"]))) == who
    assert (source["speaker_id"] is not None) == (source["name"] is not None)
    assert (source["span"] is None) == (source["type"] == "implicit")


@pytest.mark.parametrize(("text", "style"), STYLES)
def test_style(nlp: Language, text: str, style: str) -> None:
    assert one(nlp, text)["style"] == style


@pytest.mark.parametrize(("text", "cue_class", "lemma"), CLASSES)
def test_class_of_the_cue(nlp: Language, text: str, cue_class: str, lemma: str) -> None:
    claim = one(nlp, text)
    assert (claim["cue_class"], claim["cue_lemma"]) == (cue_class, lemma)


@pytest.mark.parametrize(("text", "negated"), DENIED)
def test_negated(nlp: Language, text: str, negated: bool) -> None:
    assert one(nlp, text)["negated"] is negated


def test_a_claim_stands_in_its_sentence(nlp: Language) -> None:
    text = "Mme Tanaka a pris la parole. Elle a rappelé que le traité datait de 1992. La séance est levée."
    claim = one(nlp, text)
    assert text[claim["sentence_start"] : claim["sentence_end"]] == "Elle a rappelé que le traité datait de 1992."


def test_the_group_shows_the_records(nlp: Language) -> None:
    doc = nlp("M. Lindqvist a affirmé que la mer montait. Mme Okonjo a répondu que le barrage tiendrait.")
    shown = [(span.id_, span.label_, span.text) for span in doc.spans["claims"]]
    assert shown == [
        ("c1", "Content", "la mer montait"),
        ("c1", "Cue", "a affirmé"),
        ("c1", "Source", "Lindqvist"),
        ("c2", "Content", "le barrage tiendrait"),
        ("c2", "Cue", "a répondu"),
        ("c2", "Source", "Okonjo"),
    ]


def test_a_pronoun_with_two_verbs_keeps_one_antecedent(nlp: Language) -> None:
    doc = nlp(
        "M. Brandt a remercié M. Lindqvist. Il a expliqué que les fonds étaient épuisés et a demandé que le budget "
        "soit doublé."
    )
    first, second = claims_of(doc)
    assert first.sources == second.sources


def test_every_claim_says_how_sure_it_is_and_what_decided(nlp: Language) -> None:
    for claim in claims_of(nlp("M. Lindqvist a affirmé que la mer montait. Les taxes devraient être abolies (Chili).")):
        assert claim.confidence is not None
        assert 0.35 <= claim.confidence <= 1
        assert claim.rule
