"""Sentences with the themes that the shipped rules mark, compared both ways; words are compared as they stand."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

from pipeline import layers
from pipeline.records import THEMES, Evidence


@pytest.fixture(scope="module")
def stage() -> Language:
    nlp = spacy.blank("fr")
    nlp.add_pipe("themes")
    return nlp


def themes(nlp: Language, text: str) -> str:
    found = {one.theme for one in layers.stored(nlp(text), "themes", Evidence)}
    return " ".join(theme for theme in THEMES if theme in found)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("vulnerability-situations", "Les migrants ne sont pas vulnérables par nature."),
        ("vulnerability-situations", "Il faut cesser de présenter les réfugiés comme un fardeau."),
        ("vulnerability-situations", "Le migrant n'est ni une menace ni une victime."),
        ("vulnerability-situations", "Les médias véhiculent une image négative des migrants."),
        ("vulnerability-situations", "La distinction entre réfugiés et migrants doit être maintenue."),
        ("vulnerability-situations", "Les migrants sont des acteurs du développement de leur pays d'accueil."),
        (
            "vulnerability-situations",
            "Il faut préférer un autre mot que celui de clandestins pour parler des migrants.",
        ),
        ("vulnerability-situations", "Le récit de ces migrants dans un documentaire leur donne voix et visage."),
        (
            "vulnerability-situations",
            "Les migrants ne sont ni des héros ni des coupables, mais des femmes et des hommes de valeur.",
        ),
        ("vulnerability-causes", "Les conflits et la sécheresse contraignent des familles de migrants à l'exil."),
        ("vulnerability-causes", "Les causes profondes des migrations doivent être examinées."),
        ("vulnerability-causes", "Des migrants sont exposés à l'extorsion et à la torture."),
        ("vulnerability-causes", "Les passeurs abandonnent des migrants dans le désert."),
        ("vulnerability-causes", "La xénophobie et le racisme frappent les travailleurs migrants."),
        (
            "vulnerability-causes",
            "Des travailleuses migrantes se sont vu confisquer leur passeport par un seul employeur.",
        ),
        ("vulnerability-causes", "Les causes du départ des migrants sont le chômage et la pauvreté."),
        ("vulnerability-causes", "Une barque surchargée de migrants a chaviré au large de la côte."),
        ("vulnerability-causes", "Les crues et les glissements de terrain ont chassé ces déplacés de leurs villages."),
        ("vulnerability-causes", "Des migrants endettés auprès d'un usurier ont été escroqués par un courtier."),
        ("vulnerability-causes", "Les insurgés ont incendié les villages des déplacés."),
        ("children", "L'intérêt supérieur de l'enfant migrant doit primer."),
        ("children", "Plusieurs États ont mis fin à la rétention des enfants migrants."),
        ("children", "Les mineurs non accompagnés ont besoin d'un tuteur."),
        ("children", "Les enfants réfugiés séparés de leurs parents sont confiés à des familles d'accueil."),
        ("children", "La détermination de l'âge des mineurs étrangers reste contestée."),
        ("children", "La protection de l'enfance ne dépend pas du statut migratoire."),
        ("children", "Les enfants migrants arrivés sans parent sont confiés à un orphelinat."),
        ("children", "Le bébé de la réfugiée a été placé en famille d'accueil."),
        (
            "comprehensive-action",
            "Une approche associant l'ensemble de la société est indispensable à la gouvernance des migrations.",
        ),
        ("comprehensive-action", "Les travailleurs migrants reçoivent une information avant le départ."),
        ("comprehensive-action", "Les agences de recrutement de travailleurs migrants doivent être agréées."),
        ("comprehensive-action", "Les migrants doivent avoir accès à la justice."),
        ("comprehensive-action", "La protection consulaire des travailleurs migrants sera renforcée."),
        (
            "comprehensive-action",
            "La formation des policiers et la protection des travailleurs migrants vont de pair.",
        ),
        ("comprehensive-action", "Les travailleurs migrants ne doivent plus payer de frais de recrutement."),
        (
            "comprehensive-action",
            "Une réunion interministérielle a associé les partenaires sociaux à la politique migratoire.",
        ),
        ("integration-inclusion", "L'intégration des migrants passe par le logement."),
        ("integration-inclusion", "Les réfugiés ont accès aux soins de santé."),
        ("integration-inclusion", "La reconnaissance des diplômes des migrants prend des années."),
        ("integration-inclusion", "Des cours de langue sont offerts aux nouveaux arrivants."),
        ("integration-inclusion", "La cohésion sociale et la diversité profitent aux immigrés."),
        ("integration-inclusion", "Les syndicats aident les immigrés à obtenir un permis de travail."),
        ("integration-inclusion", "Les étudiants étrangers attendent leur titre de séjour."),
        ("integration-inclusion", "Des requérants d'asile suivent une leçon de français avec l'association locale."),
        (
            "integration-inclusion",
            "La couverture maladie des saisonniers migrants est prévue par le régime de sécurité sociale.",
        ),
        ("international-cooperation", "La coopération internationale en matière de migration doit être renforcée."),
        ("international-cooperation", "Le partage des responsabilités à l'égard des réfugiés est inégal."),
        (
            "international-cooperation",
            "Un accord bilatéral sur la mobilité des migrants a été conclu entre les deux pays.",
        ),
        ("international-cooperation", "Un échange de données sur les migrations entre États voisins est prévu."),
        ("international-cooperation", "Aucun pays ne peut gérer seul les migrations."),
        (
            "international-cooperation",
            "Le partenariat avec les diasporas et les bailleurs de fonds soutient les pays d'origine des migrants.",
        ),
        (
            "international-cooperation",
            "Une conférence des donateurs doit partager la dépense de l'accueil des réfugiés.",
        ),
        ("implementation", "Il faut mettre en œuvre les engagements pris sur la migration."),
        ("implementation", "Le suivi des recommandations sur les migrations sera assuré par des points focaux."),
        ("implementation", "Des indicateurs permettront de mesurer les progrès en matière de migration."),
        (
            "implementation",
            "Neuf États ont ratifié la convention sur les migrants et l'ont transposée dans leur droit interne.",
        ),
        ("implementation", "Les engagements pris sur l'asile sont restés lettre morte."),
        ("implementation", "La collecte de données sur les migrants doit rendre compte de la réalité."),
        (
            "implementation",
            "Faute de crédits, les textes d'application de la convention sur les migrants prennent du retard.",
        ),
        ("return-reintegration", "Le retour volontaire des migrants doit être préféré."),
        ("return-reintegration", "La réintégration des migrants de retour demande du temps."),
        ("return-reintegration", "Des migrants ont été expulsés de nuit."),
        ("return-reintegration", "La réadmission des migrants expulsés est contestée."),
        ("return-reintegration", "Trois mille migrants ont été rapatriés par vol spécial."),
        ("return-reintegration", "Les déboutés de l'asile reçoivent une aide au retour."),
        ("return-reintegration", "Les étrangers renvoyés de force ont été reconduits à la frontière."),
        ("security-tensions", "La sécurité nationale ne dispense pas de protéger les migrants."),
        ("security-tensions", "Le contrôle des frontières ne doit pas empêcher l'asile."),
        (
            "security-tensions",
            "Chaque État a le droit souverain de décider qui entre sur son territoire, même au sujet des réfugiés.",
        ),
        ("security-tensions", "La fermeture des frontières déplace les routes des migrants."),
        ("security-tensions", "La tension entre souveraineté et droits des migrants a dominé la discussion."),
        ("security-tensions", "Des patrouilles surveillent la clôture que franchissent les migrants."),
        (
            "global-compact",
            "Le pacte mondial pour des migrations sûres, ordonnées et régulières sera adopté à Marrakech.",
        ),
        ("global-compact", "Le pacte mondial sur les migrations ne sera pas juridiquement contraignant."),
        ("global-compact", "La Hongrie a refusé de signer le Pacte de Marrakech."),
        ("global-compact", "La conférence intergouvernementale adoptera le pacte mondial sur les migrations."),
        ("global-compact", "Les cofacilitateurs ont présenté l'avant-projet du pacte sur les migrations."),
        ("global-compact", "L'adoption du Pacte mondial a divisé les pays d'émigration."),
        (
            "international-cooperation security-tensions",
            "Le pays riverain exerce son droit souverain et refuse le débarquement des migrants.",
        ),
        (
            "children return-reintegration",
            "Le retour volontaire d'enfants migrants non accompagnés doit servir leur intérêt supérieur.",
        ),
        (
            "international-cooperation implementation global-compact",
            "La mise en œuvre du pacte mondial sur les migrations suppose une coopération internationale renforcée.",
        ),
        (
            "children security-tensions",
            "La rétention des enfants migrants au nom de la sécurité nationale a divisé les délégations.",
        ),
    ],
)
def test_a_sentence_has_its_themes_and_no_other(stage: Language, expected: str, text: str) -> None:
    assert themes(stage, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Le Conseil de sécurité se réunit lundi.",
        "Les migrants sont arrivés hier.",
        "Le ministre a rencontré son homologue à Dakar.",
        "L'enfant a gagné le concours de lecture.",
        "La réunion s'est ouverte à neuf heures.",
        "En retour, le fournisseur livrera les machines.",
        "Le pacte de stabilité européen a été révisé.",
        "La sécurité sociale fête ses soixante-dix ans.",
        "L'école a fermé ses portes pour l'été.",
        "Le retour du champion a été fêté au stade.",
        "La mise en œuvre du budget de la commune a pris du retard.",
        "Le conflit d'intérêts du député a été révélé.",
        "L'intégration régionale progresse en Afrique de l'Ouest.",
        "Les migrants aiment la musique.",
        "L'hôpital a reçu un nouveau médecin.",
        "Un séisme a secoué la côte hier soir.",
        "Le joueur a été expulsé à la trentième minute.",
        "La frontière entre les deux genres littéraires est mince.",
        "Le partenariat entre les deux clubs est rompu.",
        "Les indicateurs de l'économie sont au vert.",
        "L'expulsion des diplomates a été annoncée.",
        "Le syndicat des enseignants appelle à la grève.",
        "La police a arrêté deux voleurs.",
        "La souveraineté alimentaire est un objectif.",
        "La dépouille sera rapatriée demain.",
        "Le président a remercié les interprètes du retour volontaire de la salle au silence.",
        "L'Organisation internationale pour les migrations a publié une note.",
        "Le Haut-Commissariat des Nations Unies pour les réfugiés tient une conférence de presse.",
        "Le Fonds des Nations Unies pour l'enfance soutient les migrants.",
        "Les travailleurs migrants ont dîné au restaurant.",
        "La table ronde sur la coopération internationale et les migrations a réuni vingt orateurs.",
        "Le Président a remercié les pays qui ont financé la coopération internationale sur les migrations.",
        "La barque du pêcheur a chaviré sur le lac.",
        "La convention collective a été signée.",
        "Les étudiants ont voté contre la grève.",
        "Les réfugiés ont pris le train.",
        "Les migrations des cigognes commencent en août.",
        "L'accord de Paris sur le climat intéresse les migrants.",
        "Les réfugiés ont écouté le discours.",
        "Le pacte international relatif aux droits civils et politiques vaut pour les migrants.",
    ],
)
def test_a_word_that_merely_occurs_makes_no_theme(stage: Language, text: str) -> None:
    assert themes(stage, text) == ""
