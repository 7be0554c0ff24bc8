"""Dates in prose, and what a title block says of a report."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

from pipeline.records import Metadata
from pipeline.resources import models_dir
from pipeline.scoring.gold import load_gold
from pipeline.segment import Segment
from pipeline.text.dates import Calendar
from tests.documents import added_in_2026

ANNOTATIONS = Path(__file__).resolve().parent.parent / "annotations"
CALENDAR = Calendar(models_dir())
SEGMENT = Segment(models_dir())
BODY = "Les délégués ont examiné le projet de texte. Ils ont demandé qu'il soit traduit avant la prochaine réunion."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("le 3 avril 2018", "2018-04-03"),
        ("le mardi 3 avril 2018", "2018-04-03"),
        ("Mercredi 1er AOÛT 2012", "2012-08-01"),
        ("le 1 er octobre 2017", "2017-10-01"),
        ("02 aout 2023", "2023-08-02"),
        ("PARIS, 23 juil. 2014", "2014-07-23"),
        ("3\u00a0avril\u00a02018", "2018-04-03"),
        ("18-19 juillet 2017", "2017-07-18/2017-07-19"),
        ("18 – 19 juillet 2017", "2017-07-18/2017-07-19"),
        ("les 18 et 19 juillet 2017", "2017-07-18/2017-07-19"),
        ("les 3, 4 et 5 mai 2018", "2018-05-03/2018-05-05"),
        ("du 18 au 20 juin 2019", "2019-06-18/2019-06-20"),
        ("du mardi 27 au vendredi 30 novembre 2012", "2012-11-27/2012-11-30"),
        ("du 30 mai au 1er juin 2018", "2018-05-30/2018-06-01"),
        ("30 mai-1er juin 2018", "2018-05-30/2018-06-01"),
        ("29 février – 1er mars 2016", "2016-02-29/2016-03-01"),
        ("1er - 5 avril 2017", "2017-04-01/2017-04-05"),
        ("du 30 décembre 2018 au 2 janvier 2019", "2018-12-30/2019-01-02"),
        ("3/4/2018", "2018-04-03"),
        ("03.04.2018", "2018-04-03"),
        ("2018-04-03", "2018-04-03"),
        ("le 3 avril 2018 et le 5 mai 2019", "2018-04-03 2019-05-05"),
        # no dates
        ("le 31 février 2018", ""),
        ("le 3 avril", ""),
        ("35/40/2018", ""),
        ("la résolution 70/1 et la cible 10.7", ""),
        ("entre 2017 et 2021, 24 000 personnes", ""),
        ("3,5 mai 2018", ""),
        ("du 20 au 18 juin 2019", ""),
    ],
)  # fmt: skip
def test_dates(text: str, expected: str) -> None:
    found = []
    for period in CALENDAR.find(text):
        days = (period.first.isoformat(), period.last.isoformat())
        found.append(days[0] if period.days == 1 else "/".join(days))
        assert text[period.start : period.end].strip() == text[period.start : period.end]
    assert " ".join(found) == expected


def test_date_without_a_year_is_of_the_year_that_is_given() -> None:
    assert [p.first.isoformat() for p in CALENDAR.find("du 3 au 5 mai", 2018)] == ["2018-05-03"]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Dialogue international sur la migration 2019\nLes villes : accueillir,\nloger et instruire\n\n3-4 mai 2019\n"
         "\nSalle de conférence 4, Palais des Nations, Genève\n\nRésumé des conclusions",
         {"title": "Dialogue international sur la migration 2019",
          "subtitle": "Les villes : accueillir, loger et instruire",
          "series": "IDM", "date_start": "2019-05-03", "date_end": "2019-05-04", "year": 2019,
          "venue": "Salle de conférence 4, Palais des Nations", "city": "Genève"}),
        ("ORGANISATION INTERNATIONALE POUR LES MIGRATIONS\n\nMC/2362\nOriginal : anglais\n20 mai 2011\n\nRAPPORT DU "
         "CONSEIL\n\nGenève\ndu mardi 7 au jeudi 9 juin 2011\n\nRapporteur : Mme Ly (Mali)",
         {"title": "RAPPORT DU CONSEIL", "date_start": "2011-06-07", "date_end": "2011-06-09", "year": 2011,
          "city": "Genève"}),
        ("UNION AFRICAINE\n\nCommission de l'Union africaine\n\nConférence sur la libre circulation\n\n"
         "Addis-Abeba (Éthiopie), 4 février 2019\n\nCOMMUNIQUÉ FINAL",
         {"title": "Conférence sur la libre circulation", "subtitle": "COMMUNIQUÉ FINAL", "date_start": "2019-02-04",
          "date_end": "2019-02-04", "year": 2019, "city": "Addis-Abeba"}),
        ("RÉPUBLIQUE DU MALI\nUn Peuple – Un But – Une Foi\n\nRAPPORT FINAL\n\nBamako, hôtel Salam, 24 et 25 juin 2021",
         {"title": "RAPPORT FINAL", "date_start": "2021-06-24", "date_end": "2021-06-25", "year": 2021,
          "venue": "hôtel Salam", "city": "Bamako"}),
        ("# Réunion des maires\n\n**Lomé, 3 mai 2018**",
         {"title": "Réunion des maires", "date_start": "2018-05-03", "date_end": "2018-05-03", "year": 2018,
          "city": "Lomé"}),
        ("Les maires se réunissent\n\n3 mai 2018 . –\n",
         {"title": "Les maires se réunissent", "date_start": "2018-05-03", "date_end": "2018-05-03", "year": 2018}),
        ("Rapport de la réunion\n\n2-5 mai 2018\n\nI. INTRODUCTION",
         {"title": "Rapport de la réunion", "date_start": "2018-05-02", "date_end": "2018-05-05", "year": 2018}),
        ("FORUM MONDIAL SUR LA MIGRATION ET LE DÉVELOPPEMENT\n\nOnzième Sommet\n\nMarrakech (Maroc), 5-7 décembre 2018",
         {"title": "FORUM MONDIAL SUR LA MIGRATION ET LE DÉVELOPPEMENT", "series": "FMMD", "date_start": "2018-12-05",
          "date_end": "2018-12-07", "year": 2018, "city": "Marrakech"}),
        ("", {}),
    ],
)  # fmt: skip
def test_title_block(head: str, expected: dict[str, str | int]) -> None:
    assert SEGMENT.find(f"{head}\n\n{BODY}\n\n{BODY}\n")[1] == Metadata(**expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bamako, le 3 avril 2018 – Les ministres se sont vus.",
         {"date_start": "2018-04-03", "date_end": "2018-04-03", "year": 2018, "city": "Bamako"}),
        ("9 août 2018 . – Les ministres se sont vus à Dakar, où la conférence s'est tenue en 2017.",
         {"date_start": "2018-08-09", "date_end": "2018-08-09", "year": 2018}),
        ("PARIS, 23 juil 2014 (AFP) - Les ministres se sont vus hier.",
         {"date_start": "2014-07-23", "date_end": "2014-07-23", "year": 2014, "city": "Paris"}),
        ("L'atelier s'est tenu du 18 au 20 juin 2019 à l'Hôtel de la Plage, à Cotonou. Il a réuni des maires.",
         {"date_start": "2019-06-18", "date_end": "2019-06-20", "year": 2019, "venue": "Hôtel de la Plage",
          "city": "Cotonou"}),
        ("Le pays a signé la Convention du 3 mai 1998 à Ottawa, et la loi suivra à la salle des ministres.", {}),
        (f"Dakar, 3 mai 2018 – {BODY}\n\nUn autre titre\n\nLomé, 5 juin 2019 – {BODY}", {}),
    ],
)  # fmt: skip
def test_what_the_text_itself_says(text: str, expected: dict[str, str | int]) -> None:
    assert SEGMENT.find(f"Un titre\n\n{text}\n\n{BODY}")[1] == Metadata(title="Un titre", **expected)


@lru_cache
def compared(split: str, origin: str) -> list[tuple[Metadata, Metadata]]:
    """Return (found, gold) of each annotated report of a split, of those added in 2026 or of the others."""
    gold = load_gold(ANNOTATIONS, split)
    return [
        (SEGMENT.find(gold.texts[doc_id])[1], document.metadata)
        for doc_id, document in gold.documents.items()
        if (doc_id in added_in_2026()) == (origin == "2026")
    ]


# Reports in which the field is right, null included, in percent.
@pytest.mark.parametrize(
    ("split", "origin", "field", "floor"),
    [
        *(("client", "", field, 100) for field in Metadata.model_fields),
        ("train", "", "title", 95),
        ("train", "", "subtitle", 90),
        ("train", "", "series", 99),
        ("train", "", "year", 99),
        ("train", "", "date_start", 98),
        ("train", "", "date_end", 95),
        ("train", "", "venue", 98),
        ("train", "", "city", 98),
        ("train", "2026", "title", 38),
        ("train", "2026", "subtitle", 39),
        ("train", "2026", "series", 97),
        ("train", "2026", "year", 79),
        ("train", "2026", "date_start", 62),
        ("train", "2026", "date_end", 60),
        ("train", "2026", "venue", 86),
        ("train", "2026", "city", 46),
    ],
)
def test_annotated_reports(split: str, origin: str, field: str, floor: int) -> None:
    right = [getattr(found, field) == getattr(gold, field) for found, gold in compared(split, origin)]
    assert 100 * sum(right) / len(right) >= floor
