"""Sentences that attribute nothing hold no claim: acts, thanks, measures, purposes, persons named in passing."""

from __future__ import annotations

import pytest
from spacy.language import Language

from tests.claimed import marked_claims, wrong

SILENT = [
    "Le Portugal a ratifié le traité en 1992.",
    "Mme Okonjo a ouvert la séance à dix heures.",
    "M. Lindqvist a remercié les organisateurs.",
    "Le Comité tient à remercier le Gouvernement du Népal de son hospitalité.",
    "La séance est levée à 18 heures.",
    "L'UNICEF a distribué des vaccins dans trois régions.",
    "Le Ghana a mis en place un fonds de garantie.",
    "L'Assemblée a adopté la résolution sans vote.",
    "Le Conseil a nommé Mme Tanaka directrice adjointe.",
    "La Banque mondiale a financé la construction du barrage.",
    "Les prix varient selon la saison.",
    "Les tarifs changent selon les régions et selon l'âge des voyageurs.",
    "Le comité s'est réuni pour examiner le budget.",
    "Un bus attend les participants pour les conduire à l'hôtel.",
    "Pour la première fois, des femmes siégeaient au conseil.",
    "Le tableau 3 présente la liste des participants.",
    "La carte montre les routes et les ponts.",
    "Les travaux ont commencé en mars et se termineront en juin.",
    wrong("Rappelons que la mer couvre les deux tiers du globe.", reason="the reporter's own `rappelons`"),
    "La salle était décorée aux couleurs du Pérou et du Chili.",
    "M. Brandt, accompagné de Mme Okonjo, a visité le chantier.",
    "Le prix Lindqvist est remis chaque année à un jeune chercheur.",
    "Le Président de la République a reçu une délégation d'étudiants.",
    "Les deux ministres ont signé un accord de pêche.",
    "La réunion s'est tenue à Nairobi du 3 au 5 mai 2019.",
    "Mme Tanaka est née à Osaka et a étudié le droit à Lyon.",
    "Le Togo et le Bénin partagent une longue frontière.",
    "Le Maroc accueillera la prochaine session.",
    "Le pont relie les deux rives depuis 1970.",
    "Des repas ont été servis aux enfants de l'école.",
    "Les élections auront lieu au mois de novembre.",
    "Le ministère a recruté deux cents infirmières.",
    "Plusieurs routes ont été coupées par les inondations.",
    "Comme chaque année, le marché a fermé à midi.",
    "Dessinée d'après nature, la carte date de 1820.",
    "La ville de Bergen (Norvège) compte un grand port.",
    "Trois experts (Kenya, Chili et Suède) siègent au comité.",
    "M. Brandt cède la parole au représentant du Pérou.",
    "Le secrétariat distribuera les documents avant la séance.",
    "Le Kenya promeut l'agriculture de montagne.",
    "Le service est gratuit pour les élèves et pour leurs parents.",
]


@pytest.mark.parametrize("text", SILENT)
def test_no_claim(nlp: Language, text: str) -> None:
    assert marked_claims(nlp(text)) == text
