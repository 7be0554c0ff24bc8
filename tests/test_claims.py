"""Claims, style by style: cue, sources and content of each are found in sentences such as reports are made of.

One row a sentence, marked by the annotation guidelines, not by what is found; the number after the sign ``=`` joins
what belongs to one claim.
"""

from __future__ import annotations

import pytest
from spacy.language import Language

from tests.claimed import marked_claims, wrong
from tests.marks import unmark

QUE = [
    (
        "[[Awa Diallo|source=1]], Ministre de la santé du Sénégal, [[a indiqué|cue=1]] que [[deux hôpitaux "
        "avaient rouvert|content=1]]."
    ),
    (
        "La Ministre de la santé du Sénégal, Mme [[Awa Diallo|source=1]], [[a souligné|cue=1]] que [[la "
        "vaccination progressait|content=1]]."
    ),
    ("M. [[Lindqvist|source=1]] [[a déclaré|cue=1]] que [[la mer montait de trois millimètres par an|content=1]]."),
    "Mme [[Okonjo|source=1]] [[estime|cue=1]] que [[le barrage sera achevé dans deux ans|content=1]].",
    ("Mme Tanaka a pris la parole. [[Elle|source=1]] [[a rappelé|cue=1]] que [[le traité datait de 1992|content=1]]."),
    ("M. Brandt a ouvert la séance. [[Il|source=1]] [[a expliqué|cue=1]] que [[les fonds étaient épuisés|content=1]]."),
    ("Le [[Ministre de l'agriculture|source=1]] [[a affirmé|cue=1]] que [[les récoltes seraient bonnes|content=1]]."),
    ("La [[présidente de la commission|source=1]] [[a précisé|cue=1]] que [[le vote aurait lieu en mars|content=1]]."),
    "Le [[Portugal|source=1]] [[a déclaré|cue=1]] que [[la pêche illicite menaçait les stocks|content=1]].",
    "La [[Norvège|source=1]] [[considère|cue=1]] que [[le texte doit être simplifié|content=1]].",
    (
        "Le [[représentant de la Bolivie|source=1]] [[a fait valoir|cue=1]] que [[l'eau était un bien "
        "commun|content=1]]."
    ),
    ("La [[délégation kenyane|source=1]] [[a fait observer|cue=1]] que [[les délais étaient trop courts|content=1]]."),
    ("Le [[Gouvernement du Népal|source=1]] [[a annoncé|cue=1]] que [[les écoles rouvriraient lundi|content=1]]."),
    "L'[[UNESCO|source=1]] [[a signalé|cue=1]] que [[le nombre d'élèves avait doublé|content=1]].",
    wrong(
        "La [[Banque mondiale|source=1]] [[prévoit|cue=1]] que [[la croissance ralentira|content=1]].",
        reason="`prévoit` is not taken for a cue",
    ),
    "[[Plusieurs délégations|source=1]] [[ont estimé|cue=1]] que [[le calendrier était irréaliste|content=1]].",
    "[[Certains|source=1]] [[ont soutenu|cue=1]] que [[la réforme arrivait trop tôt|content=1]].",
    "[[Un participant|source=1]] [[a fait remarquer|cue=1]] que [[les données manquaient|content=1]].",
    wrong(
        "[[De nombreux orateurs|source=1]] [[ont insisté sur le fait|cue=1]] que [[les femmes devaient être "
        "entendues|content=1]].",
        reason="`le fait` is taken for the content's",
    ),
    "Le [[rapport|source=1]] [[indique|cue=1]] que [[la pauvreté recule dans les villes|content=1]].",
    "La [[Charte africaine|source=1]] [[affirme|cue=1]] que [[tout individu a droit à la vie|content=1]].",
    "Il [[a été reconnu|cue=1]] que [[les petites îles étaient les plus exposées|content=1]].",
    "Il [[a été rappelé|cue=1]] que [[le secrétariat manquait de moyens|content=1]].",
]

INFINITIVE = [
    (
        "[[Awa Diallo|source=1]], Ministre de la santé du Sénégal, [[a promis|cue=1]] de [[construire trois "
        "maternités|content=1]]."
    ),
    "M. [[Lindqvist|source=1]] [[a proposé|cue=1]] de [[créer un fonds régional|content=1]].",
    (
        "Mme Tanaka a pris la parole. [[Elle|source=1]] [[a recommandé|cue=1]] de [[renforcer la "
        "surveillance des côtes|content=1]]."
    ),
    ("Le [[Ministre de l'agriculture|source=1]] [[s'est engagé à|cue=1]] [[doubler la production de riz|content=1]]."),
    "Le [[Portugal|source=1]] [[a suggéré|cue=1]] de [[reporter le vote|content=1]].",
    ("Le [[représentant de la Bolivie|source=1]] [[a demandé|cue=1]] de [[supprimer le paragraphe 4|content=1]]."),
    "L'[[UNICEF|source=1]] [[a exhorté|cue=1]] [[les États à protéger les enfants|content=1]].",
    "[[Plusieurs délégations|source=1]] [[ont recommandé|cue=1]] de [[mettre fin aux subventions|content=1]].",
    "L'[[Union africaine|source=1]] [[a appelé|cue=1]] [[les parties à déposer les armes|content=1]].",
    "Il [[a été proposé|cue=1]] de [[tenir une session extraordinaire|content=1]].",
    "La [[Norvège|source=1]] [[a menacé|cue=1]] de [[quitter la négociation|content=1]].",
]

NOUN_PHRASE = [
    (
        "[[Awa Diallo|source=1]], Ministre de la santé du Sénégal, [[a souligné|cue=1]] [[l'importance de la "
        "prévention|content=1]]."
    ),
    ("M. [[Lindqvist|source=1]] [[a insisté sur|cue=1]] [[la nécessité d'une coopération plus étroite|content=1]]."),
    ("Mme Tanaka a pris la parole. [[Elle|source=1]] [[a dénoncé|cue=1]] [[la lenteur des procédures|content=1]]."),
    ("Le [[Ministre de l'agriculture|source=1]] [[a regretté|cue=1]] [[l'absence de données fiables|content=1]]."),
    "Le [[Portugal|source=1]] [[a appelé à|cue=1]] [[un cessez-le-feu immédiat|content=1]].",
    "La [[Norvège|source=1]] [[a condamné|cue=1]] [[les violences commises contre les civils|content=1]].",
    (
        "Le [[représentant de la Bolivie|source=1]] [[a plaidé pour|cue=1]] [[un partage équitable des "
        "ressources|content=1]]."
    ),
    "L'[[UNICEF|source=1]] [[a mis en garde contre|cue=1]] [[une nouvelle famine|content=1]].",
    wrong(
        "[[Plusieurs délégations|source=1]] [[se sont inquiétées de|cue=1]] [[la montée des prix|content=1]].",
        reason="the cue leaves out the preposition that its verb governs",
    ),
    (
        "[[Certains participants|source=1]] [[ont évoqué|cue=1]] [[les difficultés liées au manque de "
        "personnel|content=1]]."
    ),
    "Le [[rapport|source=1]] [[souligne|cue=1]] [[le rôle central des femmes|content=1]].",
    "Un consensus [[s'est dégagé|cue=1]] sur [[la nécessité d'agir vite|content=1]].",
    "Des réserves [[ont été exprimées|cue=1]] quant à [[la durée du mandat|content=1]].",
    wrong(
        "Des inquiétudes [[ont été formulées|cue=1]] au sujet de [[la sécurité des données|content=1]].",
        reason="`ont été formulées` is not taken for a cue",
    ),
    wrong(
        "Des divergences [[sont apparues|cue=1]] au sujet de [[la répartition des coûts|content=1]].",
        reason="`sont apparues` is not taken for a cue",
    ),
    "L'accent [[a été mis|cue=1]] sur [[la formation des jeunes|content=1]].",
]

DIRECT = [
    (
        "[[Awa Diallo|source=1]], Ministre de la santé du Sénégal, [[a déclaré|cue=1]] : « [[Nous ouvrirons "
        "deux hôpitaux|content=1]] »."
    ),
    "M. [[Lindqvist|source=1]] [[a dit|cue=1]] : « [[La mer monte et nous ne faisons rien|content=1]]. »",
    ("Mme Tanaka a pris la parole. [[Elle|source=1]] [[a ajouté|cue=1]] : « [[Ce traité est le nôtre|content=1]]. »"),
    ("Le [[Ministre de l'agriculture|source=1]] [[a lancé|cue=1]] : « [[Les récoltes seront bonnes !|content=1]] »"),
    (
        "Le [[représentant de la Bolivie|source=1]] [[a répondu|cue=1]] : « [[L'eau n'est pas une "
        "marchandise|content=1]]. »"
    ),
    "« [[La mer monte|content=1]] », [[a déclaré|cue=1]] M. [[Lindqvist|source=1]].",
    (
        "« [[Nous ouvrirons deux hôpitaux|content=1]] », [[a annoncé|cue=1]] la Ministre de la santé, [[Awa "
        "Diallo|source=1]]."
    ),
    ("« [[Ce texte est déséquilibré|content=1]] », [[a regretté|cue=1]] le [[représentant de la Bolivie|source=1]]."),
    "« [[Ce texte est déséquilibré|content=1]] », [[a estimé|cue=1]] la [[Norvège|source=1]].",
    "« [[Les enfants souffrent de la faim|content=1]] », [[alerte|cue=1]] l'[[UNICEF|source=1]].",
    "« [[Personne ne nous écoute|content=1]] », [[a protesté|cue=1]] [[un participant|source=1]].",
    ("M. Brandt a ouvert la séance. « [[Les fonds sont épuisés|content=1]] », [[a-t-[[il|source=1]] expliqué|cue=1]]."),
    ("Mme Tanaka a pris la parole. « [[Le traité date de 1992|content=1]] », [[a-t-[[elle|source=1]] rappelé|cue=1]]."),
    ("Mme Tanaka a pris la parole. « [[Le traité date de 1992|content=1]] », [[rappelle-t-[[elle|source=1]]|cue=1]]."),
    ("« La mer, [[a dit|cue=1]] M. [[Lindqvist|source=1]], [[monte de trois millimètres par an|content=1]]. »"),
    (
        "« Le projet, [[a expliqué|cue=1]] la [[Norvège|source=1]], [[va changer la vie de milliers de "
        "pêcheurs|content=1]]. »"
    ),
    (
        "Mme Tanaka a pris la parole. « Ce traité, [[a-t-[[elle|source=1]] dit|cue=1]], [[a sauvé des "
        "milliers de vies|content=1]]. »"
    ),
    '"[[La mer monte|content=1]]", [[a déclaré|cue=1]] M. [[Lindqvist|source=1]].',
    "“[[La mer monte|content=1]]”, [[a déclaré|cue=1]] M. [[Lindqvist|source=1]].",
    "La mer, [[a expliqué|cue=1]] M. [[Lindqvist|source=1]], [[monte de trois millimètres par an|content=1]].",
    wrong(
        "[[La situation s'améliore|content=1]], [[affirme|cue=1]] le [[Ministre de l'agriculture|source=1]].",
        reason="the function after the verb is taken for the content, the subject of the content for the source",
    ),
    ("[[La situation s'améliore|content=1]], [[a assuré|cue=1]] la [[Norvège|source=1]]."),
    ("Mme Tanaka a pris la parole. [[Le traité date de 1992|content=1]], [[a-t-[[elle|source=1]] précisé|cue=1]]."),
]

MIXED = [
    (
        "[[Awa Diallo|source=1]], Ministre de la santé du Sénégal, [[a dit|cue=1]] que [[les soignants "
        "étaient « au bord de l'épuisement »|content=1]]."
    ),
    "M. [[Lindqvist|source=1]] [[a qualifié|cue=1]] [[l'accord de « victoire pour les océans »|content=1]].",
    "M. [[Lindqvist|source=1]] [[a affirmé|cue=1]] que « [[la mer monte partout|content=1]] ».",
    (
        "Mme Tanaka a pris la parole. [[Elle|source=1]] [[a estimé|cue=1]] que [[le traité restait « une "
        "promesse vide »|content=1]]."
    ),
    (
        "Le [[Ministre de l'agriculture|source=1]] [[a promis|cue=1]] de [[rendre le pays « autosuffisant en "
        "riz »|content=1]]."
    ),
    "Le [[Portugal|source=1]] [[a dénoncé|cue=1]] [[un « pillage organisé » des ressources|content=1]].",
    "La [[délégation kenyane|source=1]] [[a jugé|cue=1]] que [[les délais étaient « irréalistes »|content=1]].",
    "L'[[UNICEF|source=1]] [[a mis en garde contre|cue=1]] [[une « génération perdue »|content=1]].",
    (
        "[[Plusieurs délégations|source=1]] [[ont appelé à|cue=1]] [[un « sursaut » de la communauté "
        "internationale|content=1]]."
    ),
    (
        "Le [[communiqué|source=1]] [[précise|cue=1]] que [[la rencontre s'est tenue « dans un climat de "
        "confiance »|content=1]]."
    ),
    (
        "Le [[représentant de la Bolivie|source=1]] [[a rappelé|cue=1]] que [[l'eau était « un droit, non "
        "une faveur »|content=1]]."
    ),
    "Il [[a été souligné|cue=1]] que [[la situation restait « explosive »|content=1]].",
]

ACCORDING_TO = [
    (
        "[[Selon|cue=1]] [[Awa Diallo|source=1]], Ministre de la santé du Sénégal, [[deux hôpitaux ont "
        "rouvert|content=1]]."
    ),
    "[[Selon|cue=1]] M. [[Lindqvist|source=1]], [[la mer monte de trois millimètres par an|content=1]].",
    "[[Selon|cue=1]] le [[Ministre de l'agriculture|source=1]], [[les récoltes seront bonnes|content=1]].",
    "[[Selon|cue=1]] le [[Portugal|source=1]], [[la pêche illicite menace les stocks|content=1]].",
    "[[Selon|cue=1]] le [[représentant de la Bolivie|source=1]], [[l'eau est un bien commun|content=1]].",
    "[[Selon|cue=1]] l'[[UNICEF|source=1]], [[deux millions d'enfants souffrent de la faim|content=1]].",
    "[[Selon|cue=1]] [[plusieurs délégations|source=1]], [[le calendrier est irréaliste|content=1]].",
    "[[Selon|cue=1]] [[lui|source=1]], [[les fonds sont épuisés|content=1]].",
    "[[Selon|cue=1]] le [[rapport|source=1]], [[la pauvreté recule dans les villes|content=1]].",
    "[[La pauvreté recule dans les villes|content=1]], [[selon|cue=1]] le [[rapport|source=1]].",
    wrong(
        "La pauvreté, [[selon|cue=1]] l'[[UNICEF|source=1]], [[recule dans les villes|content=1]].",
        reason="the claim is not sure enough to be kept",
    ),
    "[[D'après|cue=1]] M. [[Lindqvist|source=1]], [[la mer monte de trois millimètres par an|content=1]].",
    "[[D'après|cue=1]] la [[Banque mondiale|source=1]], [[la croissance ralentira|content=1]].",
    ("[[D'après|cue=1]] le [[porte-parole du gouvernement|source=1]], [[les écoles rouvriront lundi|content=1]]."),
    "[[D'après|cue=1]] [[un témoin|source=1]], [[le pont s'est effondré vers midi|content=1]].",
    "[[Trois ponts se sont effondrés|content=1]], [[d'après|cue=1]] les [[autorités philippines|source=1]].",
    "[[Pour|cue=1]] M. [[Lindqvist|source=1]], [[la mer est un bien commun|content=1]].",
    wrong(
        "[[Pour|cue=1]] la [[Norvège|source=1]], [[le texte doit être simplifié|content=1]].",
        reason="`pour` with a state is not taken for a cue",
    ),
    ("[[Pour|cue=1]] [[certains participants|source=1]], [[la réforme arrive trop tôt|content=1]]."),
    "[[Pour|cue=1]] le [[Ministre de l'agriculture|source=1]], [[la réforme est urgente|content=1]].",
    ("Mme Tanaka a pris la parole. [[Pour|cue=1]] [[elle|source=1]], [[ce traité reste une promesse vide|content=1]]."),
    "[[De l'avis de|cue=1]] M. [[Lindqvist|source=1]], [[la mer est un bien commun|content=1]].",
    "[[De l'avis de|cue=1]] la [[Norvège|source=1]], [[le texte doit être simplifié|content=1]].",
    "[[De l'avis de|cue=1]] [[plusieurs délégations|source=1]], [[le calendrier est irréaliste|content=1]].",
    "[[Aux yeux de|cue=1]] la [[Norvège|source=1]], [[le texte doit être simplifié|content=1]].",
    "[[Aux yeux de|cue=1]] [[certains experts|source=1]], [[la réforme arrive trop tôt|content=1]].",
    (
        "Mme Tanaka a pris la parole. [[À [[ses|source=1]] yeux|cue=1]], [[ce traité reste une promesse "
        "vide|content=1]]."
    ),
    "[[Aux yeux de|cue=1]] M. [[Lindqvist|source=1]], [[la mer est un bien commun|content=1]].",
    "[[Le calendrier est irréaliste|content=1]], [[de l'avis de|cue=1]] [[plusieurs délégations|source=1]].",
]

AS_NOTED = [
    ("[[Comme l'a relevé|cue=1]] M. [[Lindqvist|source=1]], [[la mer monte de trois millimètres par an|content=1]]."),
    (
        "[[Comme l'a souligné|cue=1]] [[Awa Diallo|source=1]], Ministre de la santé du Sénégal, [[la "
        "prévention reste la meilleure arme|content=1]]."
    ),
    (
        "[[Comme l'a indiqué|cue=1]] le [[Ministre de l'agriculture|source=1]], [[les récoltes seront "
        "bonnes|content=1]]."
    ),
    "[[Comme l'a rappelé|cue=1]] le [[Portugal|source=1]], [[la pêche illicite menace les stocks|content=1]].",
    (
        "[[Comme l'a fait observer|cue=1]] le [[représentant de la Bolivie|source=1]], [[l'eau est un bien "
        "commun|content=1]]."
    ),
    "[[Comme le souligne|cue=1]] l'[[UNICEF|source=1]], [[les enfants sont les premières victimes|content=1]].",
    ("[[Comme le rappelle|cue=1]] la [[Charte africaine|source=1]], [[tout individu a droit à la vie|content=1]]."),
    ("[[Comme l'ont noté|cue=1]] [[plusieurs délégations|source=1]], [[le calendrier est irréaliste|content=1]]."),
    ("[[La mer monte de trois millimètres par an|content=1]], [[comme l'a relevé|cue=1]] M. [[Lindqvist|source=1]]."),
    (
        "[[Les récoltes seront bonnes|content=1]], [[comme l'a annoncé|cue=1]] le [[Ministre de "
        "l'agriculture|source=1]]."
    ),
    (
        "Mme Tanaka a pris la parole. [[Comme [[elle|source=1]] l'a rappelé|cue=1]], [[le traité date de "
        "1992|content=1]]."
    ),
    "[[Comme l'a noté|cue=1]] [[un participant|source=1]], [[les données manquent|content=1]].",
    "[[Comme l'indique|cue=1]] le [[communiqué|source=1]], [[la rencontre a duré trois heures|content=1]].",
]

PARENTHETICAL = [
    "[[Les réfugiés ne doivent pas être présentés comme un fardeau|content=1]] ([[Maroc|source=1]]).",
    "[[Les taxes devraient être abolies|content=1]] ([[Chili|source=1]] et [[Pérou|source=1]]).",
    (
        "[[Il faut renforcer les capacités des douanes|content=1]] ([[Ghana|source=1]], [[Togo|source=1]] et "
        "[[Bénin|source=1]])."
    ),
    (
        "[[Le droit à l'eau est universel|content=1]] ([[Bolivie|source=1]]) ; [[les barrages doivent être "
        "contrôlés|content=2]] ([[Éthiopie|source=2]])."
    ),
    (
        "[[De nombreux participants|source=1]] [[ont évoqué|cue=1]] [[le manque de moyens|content=1]] "
        "([[Kenya|source=1]], [[Chili|source=1]] et [[Suède|source=1]])."
    ),
    (
        "[[Plusieurs délégations|source=1]] [[ont estimé|cue=1]] que [[le calendrier était "
        "irréaliste|content=1]] ([[Japon|source=1]], [[Canada|source=1]])."
    ),
    (
        "[[Plusieurs États|source=1]] ([[Maldives|source=1]], [[Tuvalu|source=1]]) [[ont souligné|cue=1]] "
        "[[l'urgence de la situation|content=1]]."
    ),
]


@pytest.mark.parametrize(
    "example", [*QUE, *INFINITIVE, *NOUN_PHRASE, *DIRECT, *MIXED, *ACCORDING_TO, *AS_NOTED, *PARENTHETICAL]
)
def test_styles(nlp: Language, example: str) -> None:
    assert marked_claims(nlp(unmark(example))) == example
