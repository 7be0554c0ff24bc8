"""What the word lists say of a phrase: type of a source; gender, sector and institution of a role."""

from __future__ import annotations

import pytest

from pipeline import lexicon


@pytest.mark.parametrize(
    ("role", "title", "gender"),
    [
        ("Directrice générale", None, "F"),
        ("Directeur général", None, "M"),
        ("ministre", None, None),
        ("ministre", "Mme", "F"),
        ("Ambassadeur", "S.E. Mme", "F"),
        ("Ministre déléguée à l'intégration", None, "F"),
        ("ministre malienne des Affaires étrangères", None, "F"),
        ("ministre nigérien de l'Intérieur", None, "M"),
        ("Première ministre", None, "F"),
        ("ministre de la Santé", None, None),
        ("porte-parole", None, None),
        ("la porte-parole du gouvernement", None, "F"),
        ("Vice-Présidents", None, None),
        ("mairesse de la ville", None, "F"),
        ("maire adjoint", None, "M"),
        ("chargée de programme", None, "F"),
        ("rapporteuse", None, "F"),
        ("sénatrice", "", "F"),
        ("", "M.", "M"),
        ("", "Dr", None),
        ("", "", None),
    ],
)
def test_gender_from_french_forms(role: str, title: str | None, gender: str | None) -> None:
    assert lexicon.gender_of(role, title) == gender


@pytest.mark.parametrize(
    ("role", "sector"),
    [
        ("Ministre des affaires étrangères", "government"),
        ("Ministre de l'enseignement supérieur et de la recherche", "government"),
        ("Représentante permanente auprès de l'Office des Nations Unies", "government"),
        ("ambassadeur à l'ONU", "government"),
        ("ambassadrice de l’Union européenne", "intergovernmental"),
        ("Secrétaire générale du Ministère de la population", "government"),
        ("procureur de la République", "government"),
        ("Maire", "local-government"),
        ("Conseillère aux relations internationales de la Ville de Montréal", "local-government"),
        ("sénateur", "parliament"),
        ("membre de la commission des lois de l'Assemblée nationale", "parliament"),
        ("Directeur général adjoint de l'OIM", "intergovernmental"),
        ("Spécialiste de la protection de l'enfance à l'UNICEF", "intergovernmental"),
        ("Commissaire aux affaires sociales de l'Union africaine", "intergovernmental"),
        ("économiste principale à la Banque mondiale", "intergovernmental"),
        ("Recteur de l'Université des Nations Unies", "academia"),
        ("Professeure de démographie", "academia"),
        ("sociologue à l'Université de Yaoundé II", "academia"),
        ("PDG", "private-sector"),
        ("président de la chambre de commerce", "private-sector"),
        ("vice-président de l'Organisation internationale des employeurs", "private-sector"),
        ("directrice d'une banque", "private-sector"),
        ("présidente de l'Association des femmes", "civil-society"),
        ("coordonnateur de la Croix-Rouge", "civil-society"),
        ("secrétaire général du syndicat des mineurs", "civil-society"),
        ("membre travailleuse", "civil-society"),
        ("membre employeur", "private-sector"),
        ("directeur", None),
        ("président du parti", None),
        ("photographe", None),
    ],
)
def test_sector_of_a_role(role: str, sector: str | None) -> None:
    assert lexicon.sector(role) == sector


@pytest.mark.parametrize(
    ("role", "sector"),
    [
        ("représentante de la Suède", "government"),
        ("journaliste français", None),
        ("chef de la délégation du Mali", "government"),
    ],
)
def test_sector_of_who_belongs_to_a_state(role: str, sector: str | None) -> None:
    assert lexicon.sector(role, of_state=True) == sector
    assert lexicon.sector(role) is None


@pytest.mark.parametrize(
    ("role", "institution"),
    [
        ("Directrice générale adjointe de l'OIM", "OIM"),
        ("Secrétaire permanent au Ministère du travail du Kenya", "Ministère du travail du Kenya"),
        ("Ministre du travail du Kenya", None),
        ("représentant du HCR au Niger", "HCR"),
        (
            "Conseillère à l'Organisation internationale du Travail (OIT)",
            "Organisation internationale du Travail (OIT)",
        ),
        ("Échevin de la Ville de Liège (Belgique)", "Ville de Liège"),
        ("Représentant permanent du Maroc auprès de l'Union africaine", None),
        ("sociologue", None),
    ],
)
def test_institution_in_a_role(role: str, institution: str | None) -> None:
    found = lexicon.institution(role)
    assert (role[found[0] : found[1]] if found else None) == institution


@pytest.mark.parametrize(
    ("phrase", "source"),
    [
        ("il", "person"),
        ("On", "collective"),
        ("Ce dernier", "person"),
        ("le représentant", "person"),
        ("Aïcha Diallo", "person"),
        ("Manuel Valls", "person"),
        ("de la Morinière", "person"),
        ("ministre de la Santé", "person"),
        ("un participant", "collective"),
        ("Les participants", "collective"),
        ("plusieurs délégations", "collective"),
        ("D'autres", "collective"),
        ("certains d'entre eux", "collective"),
        ("une source proche du dossier", "collective"),
        ("la police", "collective"),
        ("ministres", "collective"),
        ("plusieurs ONG", "collective"),
        ("une organisation non gouvernementale", "collective"),
        ("certains rapports", "document"),
        ("un communiqué", "document"),
        ("résolution 70/1", "document"),
        ("étude de l'OIM", "document"),
        ("Organisation mondiale de la Santé", "organisation"),
        ("Nations unies", "organisation"),
        ("Commission européenne", "organisation"),
        ("OIM", "organisation"),
        ("parquet de Nouméa", "organisation"),
        ("New York Times", "organisation"),
        ("son groupe", "organisation"),
        ("le gouvernement", "country"),
        ("brouillard", None),
    ],
)
def test_type_of_a_source(phrase: str, source: str | None) -> None:
    assert lexicon.source_type(phrase) == source


@pytest.mark.parametrize(("word", "expected"), [("M.", True), ("mme", True), ("Excellence", True), ("me", False)])
def test_titles(word: str, expected: bool) -> None:
    assert lexicon.is_title(word) is expected


@pytest.mark.parametrize(("word", "expected"), [("directrice", True), ("ministres", True), ("maison", False)])
def test_functions(word: str, expected: bool) -> None:
    assert lexicon.is_function(word) is expected


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Awa Ndiaye", "F"),
        ("awa", "F"),
        ("Jean-Claude Moreau", "M"),
        ("Marie-Laure Petit", "F"),
        ("BÉATRICE LANG", "F"),
        ("TRAORÉ Awa", "F"),
        ("Claude Martin", None),
        ("Xyzzy Martin", None),
        ("", None),
    ],
)
def test_a_given_name_hints_at_a_gender(name, gender):
    assert lexicon.given_to(name) == gender


@pytest.mark.parametrize(
    ("name", "iso3"),
    [("Moscou", "RUS"), ("addis-abeba", "ETH"), ("Port-Louis", "MUS"), ("Lyon", None), ("Bruxelles", None)],
)
def test_a_capital_stands_for_its_state(name, iso3):
    assert lexicon.capital(name) == iso3
