"""Claims in constructions that make them hard: several verbs, words between subject and verb, passives, joined sources.

One row a sentence, marked as in ``test_claims.py``.
"""

from __future__ import annotations

import pytest
from spacy.language import Language

from tests.claimed import marked_claims, wrong
from tests.marks import unmark

SEVERAL_VERBS = [
    ("Mme [[Okonjo|source=1]] a ouvert la séance et [[a demandé|cue=1]] que [[le budget soit doublé|content=1]]."),
    (
        "Le [[Portugal|source=1 2]] [[a rappelé|cue=1]] que [[le traité datait de 1992|content=1]] et [[a "
        "demandé|cue=2]] [[sa révision|content=2]]."
    ),
    (
        "M. [[Lindqvist|source=1 2]] [[a expliqué|cue=1]] que [[la mer montait|content=1]] et [[a "
        "proposé|cue=2]] de [[créer un fonds régional|content=2]]."
    ),
    (
        "[[Plusieurs délégations|source=1 2]] [[ont souligné|cue=1]] [[l'urgence de la situation|content=1]] "
        "et [[ont appelé à|cue=2]] [[un cessez-le-feu|content=2]]."
    ),
    (
        "[[Awa Diallo|source=1 2]] [[a affirmé|cue=1]] que [[les stocks suffisaient|content=1]], tout en "
        "[[reconnaissant|cue=2]] que [[la distribution restait lente|content=2]]."
    ),
    (
        "L'[[UNICEF|source=1 2]] [[a déploré|cue=1]] [[le manque de médicaments|content=1]], "
        "[[ajoutant|cue=2]] que [[la situation s'aggravait|content=2]]."
    ),
    (
        "M. [[Lindqvist|source=1]] [[a affirmé|cue=1]] que [[la mer montait|content=1]]. Mme "
        "[[Okonjo|source=2]] [[a répondu|cue=2]] que [[le barrage tiendrait|content=2]]."
    ),
    (
        "Le [[Portugal|source=1]] [[a réclamé|cue=1]] [[un vote immédiat|content=1]], tandis que la "
        "[[Norvège|source=2]] [[a demandé|cue=2]] [[un délai|content=2]]."
    ),
]

APART = [
    (
        "M. [[Lindqvist|source=1]], qui présidait la séance, [[a indiqué|cue=1]] que [[les débats seraient "
        "publics|content=1]]."
    ),
    (
        "Le [[Portugal|source=1]], dont la côte est longue, [[a déclaré|cue=1]] que [[la pêche illicite "
        "menaçait les stocks|content=1]]."
    ),
    ("Mme [[Okonjo|source=1]], de retour de Nairobi, [[a affirmé|cue=1]] que [[le projet avançait bien|content=1]]."),
    (
        "M. [[Brandt|source=1]], Directeur général de l'Agence de l'eau, [[a regretté|cue=1]] que [[les "
        "fonds soient épuisés|content=1]]."
    ),
    (
        "L'[[UNICEF|source=1]], présente dans le pays depuis dix ans, [[a signalé|cue=1]] que [[les enfants "
        "manquaient d'eau|content=1]]."
    ),
    (
        "Mme [[Okonjo|source=1]] [[a, dans un message vidéo, rappelé|cue=1]] que [[le barrage serait achevé "
        "dans deux ans|content=1]]."
    ),
    ("Le [[Portugal|source=1]] [[a, en outre, souligné|cue=1]] que [[le texte devait être simplifié|content=1]]."),
]

PASSIVE = [
    "[[La lenteur des procédures|content=1]] [[a été dénoncée|cue=1]] par le [[Portugal|source=1]].",
    wrong(
        "[[Le manque de moyens|content=1]] [[a été souligné|cue=1]] par [[plusieurs délégations|source=1]].",
        reason="a passive with its agent is not found",
    ),
    wrong(
        "[[La nécessité d'une réforme|content=1]] [[a été soulignée|cue=1]] par M. [[Lindqvist|source=1]].",
        reason="a passive with its agent is not found",
    ),
    "[[La question du financement|content=1]] [[a été évoquée|cue=1]] par l'[[UNICEF|source=1]].",
    wrong(
        "[[L'importance de la formation|content=1]] [[a été soulignée|cue=1]].",
        reason="a short passive without an agent is not sure enough",
    ),
    "[[Le manque de transparence|content=1]] [[a été critiqué|cue=1]].",
    "Il [[a été souligné|cue=1]] par [[certains|source=1]] que [[les délais étaient trop courts|content=1]].",
    "Il [[a été recommandé|cue=1]] de [[renforcer la surveillance des côtes|content=1]].",
    "[[La décision du tribunal|content=1]] [[a été critiquée|cue=1]] par la [[Norvège|source=1]].",
]

NEGATION = [
    "Le [[Portugal|source=1]] n'[[a pas exclu|cue=1]] que [[le vote soit reporté|content=1]].",
    "La [[Norvège|source=1]] ne [[pense|cue=1]] pas que [[le texte soit équilibré|content=1]].",
    "M. [[Lindqvist|source=1]] n'[[a pas nié|cue=1]] que [[la mer montait|content=1]].",
    "La [[délégation kenyane|source=1]] n'[[a pas précisé|cue=1]] [[la date du vote|content=1]].",
    "[[Plusieurs délégations|source=1]] ne [[croient|cue=1]] pas que [[la réforme soit urgente|content=1]].",
]

JOINED = [
    (
        "Le [[Portugal|source=1]] et la [[Norvège|source=1]] [[ont déclaré|cue=1]] que [[la pêche illicite "
        "menaçait les stocks|content=1]]."
    ),
    (
        "Le [[Ghana|source=1]], le [[Togo|source=1]] et le [[Bénin|source=1]] [[ont demandé|cue=1]] [[la "
        "révision du traité|content=1]]."
    ),
    (
        "M. [[Lindqvist|source=1]] et Mme [[Okonjo|source=1]] [[ont estimé|cue=1]] que [[le texte devait "
        "être simplifié|content=1]]."
    ),
    (
        "[[Plusieurs pays|source=1]], dont le [[Chili|source=1]] et le [[Pérou|source=1]], [[ont "
        "souligné|cue=1]] que [[le cuivre se faisait rare|content=1]]."
    ),
    (
        "[[Certains États|source=1]], tels que le [[Kenya|source=1]], [[ont estimé|cue=1]] que [[le "
        "calendrier était irréaliste|content=1]]."
    ),
    (
        "À l'instar du [[Mexique|source=1]], l'[[Argentine|source=1]] [[a déclaré|cue=1]] que [[le texte "
        "était déséquilibré|content=1]]."
    ),
    (
        "L'[[Argentine|source=1]], à l'instar du [[Mexique|source=1]], [[a déclaré|cue=1]] que [[le texte "
        "était déséquilibré|content=1]]."
    ),
    ("Le [[Chili|source=1]], appuyé par le [[Pérou|source=1]], [[a proposé|cue=1]] de [[reporter le vote|content=1]]."),
    (
        "Le [[représentant de la Bolivie|source=1]], soutenu par l'[[Équateur|source=1]], [[a "
        "demandé|cue=1]] [[la suppression du paragraphe 4|content=1]]."
    ),
    (
        "[[Selon|cue=1]] le [[Portugal|source=1]] et la [[Norvège|source=1]], [[la pêche illicite menace les "
        "stocks|content=1]]."
    ),
    (
        "L'[[UNICEF|source=1]] et l'[[UNESCO|source=1]] [[ont signalé|cue=1]] que [[les écoles manquaient "
        "d'eau|content=1]]."
    ),
]

GOES_ON = [
    (
        "« [[La mer monte|content=1]] », [[a déclaré|cue=1]] M. [[Lindqvist|source=1 2]]. « [[Nous devons "
        "agir avant qu'il ne soit trop tard|content=2]]. »"
    ),
    (
        "M. [[Lindqvist|source=1]] [[a déclaré|cue=1]] : « [[La mer monte partout. Nous devons agir avant "
        "qu'il ne soit trop tard|content=1]]. »"
    ),
    (
        "« [[Les enfants souffrent|content=1]] », [[alerte|cue=1]] l'[[UNICEF|source=1 2]]. « [[Nous avons "
        "besoin de médicaments dès maintenant|content=2]]. »"
    ),
    ("« [[Nous avons faim. Nous n'avons plus rien à manger|content=1]] », [[a dit|cue=1]] [[un habitant|source=1]]."),
    ("M. [[Lindqvist|source=1]] [[a déclaré|cue=1]] que [[la mer montait|content=1]]. Les travaux reprendront lundi."),
    (
        "Mme [[Okonjo|source=1]] [[a indiqué|cue=1]] que [[le barrage serait achevé|content=1]]. "
        "[[Elle|source=2]] [[a ajouté|cue=2]] que [[les travaux coûteraient cher|content=2]]."
    ),
]


@pytest.mark.parametrize("example", [*SEVERAL_VERBS, *APART, *PASSIVE, *NEGATION, *JOINED, *GOES_ON])
def test_constructions(nlp: Language, example: str) -> None:
    assert marked_claims(nlp(unmark(example))) == example
