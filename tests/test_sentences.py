"""Sentences: the example is written with ‖ between them; what the rules find is written back and compared."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.resources import models_dir
from pipeline.text.sentences import Rules, sentences

RULES = Rules.load(models_dir())


def cut(text: str) -> str:
    """Return a text with ‖ where one sentence gives way to the next."""
    starts = [start for start, _ in sentences(text, RULES)][1:]
    for start in reversed(starts):
        text = f"{text[:start]}‖{text[start:]}"
    return text


@pytest.mark.parametrize(
    "example",
    [
        "La séance est ouverte à 10 heures. ‖La Présidente salue les délégations.",
        "Que faire ? ‖Rien n'est décidé ! ‖La séance est levée.",
        "Le texte est adopté… ‖Personne ne demande le vote.",
        "Il hésite… puis renonce.",
        # abbreviations
        "M. Kane et Mme. Diop ont répondu. ‖MM. Ba et Sow se sont tus.",
        "Selon le Dr. Ndiaye, le Pr. Sall et S.E. Mme Ly, tout va bien. ‖Mgr. Dias en doute.",
        "S.E.M. Abdou Ba, appuyé par S. E. Mme Ly, a pris la parole.",
        "Voir l'art. 12 et le par. 3 du doc. 4. ‖La suite est connue.",
        "La résolution n° 12 (vol. 3, chap. II, p. 45) est citée. ‖Elle est ancienne.",
        "Le No. 5 et les nos. 6 et 7 sont parus.",
        "Il a défendu l'art. ‖Les autres se sont tus.",
        "Ils étaient sept. ‖Les autres sont partis.",
        "La réunion du 3 sept. 2018 a été reportée au 12 déc. 2018.",
        "Des vivres, des tentes, etc. ‖Le reste suivra.",
        "Des vivres, des tentes, etc. seront livrés.",
        "Diallo et al. l'avaient écrit en 2004.",
        "Rome, en 44 av. J.-C., comptait déjà des étrangers.",
        "L'arrêt A.N. c. Bulgarie fait jurisprudence. ‖Roe v. Wade aussi.",
        "Il habite av. Bourguiba à Tunis.",
        # initials and acronyms
        "J. K. Rowling et Boutros B. Ghali étaient cités.",
        "M. Warren T. Ashgrove et M.-E. Robichaud ont répondu.",
        "L'O.N.U. a répondu. ‖Le H.C.R. se tait.",
        "Les dépenses atteignent 3 millions de dollars E.-U. ‖L'Organisation s'en félicite.",
        "Le texte figure à l'annexe B. ‖Les États en prennent note.",
        # numbers
        "Le taux est de 3.5 % et la somme de 1.150 euros. ‖Il baisse.",
        "Il compte 45 places. ‖2018 fut pire.",
        "La première ministre a recours au 49.3 sans attendre.",
        "Le 1er. mai est férié.",
        # list numbers and headings at the beginning
        "12. Le représentant du Mali appuie le projet. ‖Il le dit.",
        "- 1. Les enfants sont protégés.** ‖Il a été admis que la loi suffit.",
        "A. Le contexte est connu. ‖Il change.",
        "IV.2. Le débat a repris. ‖Il fut long.",
        "Point 3. Les accords bilatéraux ont été examinés. ‖Ils sont rares.",
        "Les points sont : 1) La coopération. ‖2) La protection.",
        # quotations
        "« Nous devons agir. » ‖Le ministre a insisté.",
        "« Nous devons agir ! » a-t-il dit. ‖Personne n'a répondu.",
        "« Nous devons agir. ‖Il le faut », a dit M. Kane.",
        "« Que faire ? », s'est interrogée Mme Diop. ‖Elle attend.",
        "Il a lancé : « Fermez les ports ! » ‖La salle a ri.",
        "Il l'a dit: \"Nous étions là.\" ‖Personne ne l'a cru.",
        "«Le passeport se mérite.» ‖Le syndic est d'accord.",
        "“Soyez prudents.” ‖Elle a souri.",
        "Elle juge la loi « injuste » . ‖Il la défend.",
        "Le parti En marche ! a gagné. ‖Il gouverne.",
        # parentheses
        "Le texte (voir plus loin. Il est long) est adopté. ‖Il entre en vigueur.",
        "Les migrants sont doués d'agentivité (Maroc). ‖Ils travaillent.",
        "(Le texte est lu.) ‖La séance reprend.",
        "Ils l'ont dit[3]. ‖La note le précise.",
        "Ils l'ont dit.[3] ‖La note le précise.",
        # what ends nothing
        "Il y a trois points : la loi ; les moyens ; le temps.",
        "Le rapport est sur www.iom.int et https://www.oim.int/fr. ‖Il est long.",
        "Écrire à presse@exemple.org pour en savoir plus.",
        "La première (2017-2018) et la seconde – plus longue – sont closes.",
        "La réunion a lieu à 10 h. 30 demain.",
        # lines
        "Les priorités sont :\n‖- former les agents ;\n‖- ouvrir les écoles.",
        "Le débat a porté\nsur les villes.\n‖Il fut court.",
        "Il l'a dit.\r\n‖Elle l'a nié.",
        "Une phrase sans fin",
    ],
)
def test_sentences_end_where_they_are_cut(example: str) -> None:
    assert cut(example.replace("‖", "")) == example


@given(st.text(alphabet=st.sampled_from("aÀ .!?…«»\"()'’\n\r\t\u00a0\u202f1M-–*🙂e\u0301")))
def test_sentences_are_ordered_trimmed_and_cover_the_text(text: str) -> None:
    found = sentences(text, RULES)
    assert "".join("".join(text[a:b].split()) for a, b in found) == "".join(text.split())
    assert all(a < b and text[a:b] == text[a:b].strip() for a, b in found)
    assert all(end <= start for (_, end), (start, _) in pairwise(found))
