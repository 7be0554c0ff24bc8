"""States and nationalities: every spelling is found, with the code of its state, and nothing else is."""

from __future__ import annotations

import gc
import importlib.util
import shutil
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, SpanGroup

from pipeline.countries import code, countries, find, table, within
from pipeline.layers import stored
from pipeline.lexicon.gazetteer import Gazetteer, demonyms, gazetteer, key
from pipeline.records import Mention
from pipeline.resources import ResourceError, read_table
from tests.marks import mark, unmark

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "models" / "countries"
TABLES = {
    "countries.csv": ("iso3", "iso2", "m49", "state", "name_fr", "name_en", "region", "subregion"),
    "names.csv": ("name", "iso3", "source"),
    "names_iso.csv": ("name", "iso3", "source"),
    "aliases.csv": ("name", "iso3", "note"),
    "demonyms.csv": ("iso3", "masculine", "feminine", "language", "note"),
    "none.csv": ("name", "note"),
    "homonyms.csv": ("name", "condition", "note"),
    "contexts.csv": ("form", "iso3", "hints"),
    "words.csv": ("kind", "word"),
}

NAMES = [
    "La réunion s'est ouverte à Abidjan, en [[Côte d'Ivoire|country=CIV]].",
    "Le [[Sénégal|country=SEN]] et la [[Côte d’Ivoire|country=CIV]] se sont abstenus.",
    "Ni ville, ni région : Genève, Washington, l'Afrique de l'Ouest, l'UE, l'Europe, le Sahel.",
    "Les [[États-Unis|country=USA]], les [[Etats-Unis|country=USA]] et les [[ETATS-UNIS|country=USA]].",
    "Les [[États\u2011Unis d’Amérique|country=USA]] ont voté contre, avec les [[USA|country=USA]].",
    "Les [[U.S.A.|country=USA]] et la [[R.D.C.|country=COD]] sont écrits avec des points.",
    "Il y a cinq États unis par un même souci, et des pays bas au bord de l'eau.",
    "Cela coûte 300 dollars US, et usa bien des patiences.",
    "Le [[MAROC|country=MAR]] a remercié le [[Royaume d'Espagne|country=ESP]].",
    "La [[République démocratique du Congo|country=COD]] et la [[République du Congo|country=COG]].",
    "La [[république Démocratique du Congo|country=COD]], l'ex-[[Zaïre|country=COD]].",
    "La [[RDC|country=COD]], le [[Congo (RDC)|country=COD]] et la [[RD Congo|country=COD]].",
    "La [[Guinée équatoriale|country=GNQ]], la [[Guinée|country=GIN]] et la [[Guinée-Bissau|country=GNB]].",
    "Le [[Soudan du Sud|country=SSD]], né du [[Soudan|country=SDN]] ; le [[Sud-Soudan|country=SSD]].",
    "La [[Papouasie-Nouvelle-Guinée|country=PNG]], mais ni la Nouvelle-Guinée ni la Guinée forestière.",
    "L'[[Afrique du Sud|country=ZAF]] et le sud de l'Afrique.",
    "La [[Corée|country=KOR]], la [[République de Corée|country=KOR]] et la [[Corée du Nord|country=PRK]].",
    "La [[République populaire démocratique de Corée|country=PRK]] ([[RPDC|country=PRK]]) s'est dissociée.",
    "L'[[Iran (République islamique d’)|country=IRN]] est l'[[Iran|country=IRN]].",
    "Le [[Venezuela (République bolivarienne du)|country=VEN]], coauteur du texte.",
    "La [[République islamique d'Iran|country=IRN]] et la [[République bolivarienne du Venezuela|country=VEN]].",
    "La [[République-Unie de Tanzanie|country=TZA]] et la [[République unie de Tanzanie|country=TZA]].",
    "L'[[ex-République yougoslave de Macédoine|country=MKD]] est la [[Macédoine du Nord|country=MKD]].",
    "L'[[Eswatini|country=SWZ]], ou [[eSwatini|country=SWZ]], s'appelait [[Swaziland|country=SWZ]].",
    "La [[Birmanie|country=MMR]], la [[Haute-Volta|country=BFA]] et le [[Dahomey|country=BEN]].",
    "Le [[Viet Nam|country=VNM]], le [[Viêt-Nam|country=VNM]] et le [[Vietnam|country=VNM]].",
    "[[Cabo Verde|country=CPV]], autrefois le [[Cap-Vert|country=CPV]], le [[Cap Vert|country=CPV]] des dépêches.",
    "Le [[Burkina|country=BFA]], le [[Burkina-Faso|country=BFA]] et le président du Faso.",
    "Les [[Émirats arabes unis|country=ARE]], les [[EAU|country=ARE]] et les [[Emirats|country=ARE]].",
    "EAU ET ASSAINISSEMENT",
    "La société SEN'EAU distribue l'eau.",
    "Le [[Bélarus|country=BLR]] et la [[Biélorussie|country=BLR]] sont un seul État.",
    "La [[Moldavie|country=MDA]] est la [[République de Moldova|country=MDA]].",
    "La [[RCA|country=CAF]], la [[Centrafrique|country=CAF]] et la [[République centrafricaine|country=CAF]].",
    "Le [[Saint-Siège|country=VAT]], le [[Vatican|country=VAT]] et l'[[État de Palestine|country=PSE]].",
    "Le [[Kosovo|country=XKX]] et [[Taïwan|country=TWN]] n'étaient pas invités.",
    "[[Saint-Vincent-et-les Grenadines|country=VCT]] et [[Trinité et Tobago|country=TTO]].",
    "Les [[îles Salomon|country=SLB]], les [[Îles Marshall|country=MHL]] et les [[Fidji|country=FJI]].",
    "La [[République\n\npopulaire du Bangladesh|country=BGD]] a pris la parole.",
    "Le [[Burkina\nFaso|country=BFA]] et la [[Sierra-\nLeone|country=SLE]].",
    "La [[Guine\u0301e-Bissau|country=GNB]] et le [[Be\u0301nin|country=BEN]] sont écrits en deux signes.",
    "La [[Mau\u00adritanie|country=MRT]] a une césure, le [[Mali|country=MLI]]\u200b un blanc sans largeur.",
    "L'accord [[Canada|country=CAN]]-UE et un sommet UE-[[Tunisie|country=TUN]].",
    "La frontière [[Mexique|country=MEX]]-[[États-Unis|country=USA]] et le forum Afrique-[[France|country=FRA]].",
    "Un dialogue [[Malaisie|country=MYS]]-Afrique de l'Ouest.",
    "[[Italie|country=ITA]]-[[Malte|country=MLT]]-migrations",
    "Il lit Ouest-France et la Gazette d'Île-de-France ; il écoute [[France|country=FRA]] Inter.",
    "Paris-Luxembourg, puis Luxembourg-Ville : un voyage sans pays.",
    "Contact : presse@Mali.example, www.Senegal.example, https://example.org/Togo.",
    "France24 n'en contient pas ; [[France|country=FRA]] 24 en contient un.",
    "Un dossier [[Mali|country=MLI]]/[[Niger|country=NER]] est ouvert.",
    "Le [[Royaume-Uni de Grande-Bretagne et d'Irlande du Nord|country=GBR]], ou [[Grande-Bretagne|country=GBR]].",
    "L'Irlande du Nord, l'Angleterre, l'Écosse et le pays de Galles ; l'[[Irlande|country=IRL]].",
    "La Nouvelle-Calédonie, la Guadeloupe, la Polynésie française, le Groenland et Hong Kong.",
    "Hong Kong ([[Chine|country=CHN]]) et les Samoa américaines, à côté du [[Samoa|country=WSM]].",
    "La [[République arabe sahraouie démocratique|country=ESH]] siège à l'Union africaine ; le Sahara occidental non.",
    "Le [[royaume du Maroc|country=MAR]] et la [[république du Mali|country=MLI]].",
    "La [[République gabonaise|country=GAB]] et la [[République algérienne démocratique et populaire|country=DZA]].",
    "La [[République togolaise|country=TGO]] et la [[République Malgache|country=MDG]].",
    "La [[République fédérale d'Éthiopie|country=ETH]] et la [[République du Bangladesh|country=BGD]].",
    "Le président de la République [[italien|demonym=ITA]] a signé.",
    "Le procureur de la République de Marseille, la République tchétchène et la VIe République.",
    "La [[Principauté de Monaco|country=MCO]] et le [[Grand-Duché de Luxembourg|country=LUX]].",
    "La Fédération de football du [[Sénégal|country=SEN]] et l'Union des ports du [[Ghana|country=GHA]].",
    "Le [[United States|country=USA]] Geological Survey et [[Turkey|country=TUR]] Blocks.",
    "Les États-Unis d'Afrique sont un rêve.",
    "Le mali, le niger et la chine en minuscules ne sont rien.",
    "Côte-d'Or, Côte d'Azur et côte d'ivoire : un département, une région, une faute.",
]

HOMONYMS = [
    "[[Cabo Verde|country=CPV]], [[Maurice|country=MUS]] et les [[Seychelles|country=SYC]] ont voté pour.",
    "Le représentant de [[Maurice|country=MUS]] a pris la parole ; l'[[île Maurice|country=MUS]] aussi.",
    "[[Maurice|country=MUS]] a ratifié la convention.",
    "Maurice Kabongo a pris la parole. Maurice a ensuite répondu.",
    "M. Maurice a pris la parole, puis Jean Maurice et Saint-Maurice.",
    "Les petits États insulaires ([[Comores|country=COM]], [[Maurice|country=MUS]]) s'abstiennent.",
    "Le député Dominique Ferrand a parlé à Dominique.",
    "La [[Dominique|country=DMA]] et la [[Grenade|country=GRD]] sont des îles.",
    "Les Caraïbes ([[Barbade|country=BRB]], [[Dominique|country=DMA]] et [[Grenade|country=GRD]]).",
    "À Grenade, en [[Espagne|country=ESP]], une grenade a explosé.",
    "Le [[Luxembourg|country=LUX]] a présidé ; la Cour de justice siège à Luxembourg.",
    "Elle a été reçue par Mme Bettel ([[Luxembourg|country=LUX]]).",
    "[[Luxembourg|country=LUX]] : un train déraille",
    "Les bureaux de Manille et de Panama, mais le vote du [[Panama|country=PAN]].",
    "Coauteurs : [[Costa Rica|country=CRI]], [[Guatemala|country=GTM]] et [[Panama|country=PAN]].",
    "Le [[Salvador|country=SLV]], ou [[El Salvador|country=SLV]] ; San Salvador et Salvador de Bahia.",
    "Il vit à Mexico, au [[Mexique|country=MEX]], et non à Guatemala.",
    "Le [[Koweït|country=KWT]] a offert dix millions ; l'avion s'est posé à Koweït.",
    "François Hollande est allé en [[Hollande|country=NLD]].",
    "La [[Géorgie|country=GEO]] et l'[[Arménie|country=ARM]] ont signé.",
    "Né à Atlanta, en Géorgie, il a étudié le droit.",
    "Le [[Congo|country=COG]] a voté pour.",
    "La [[RDC|country=COD]] compte cent millions d'habitants. Le [[Congo|country=COD]] n'a pas voté.",
    "Ils sont rentrés de la [[RDC|country=COD]] et du [[Congo|country=COG]].",
    "De Kinshasa à Goma, tout le [[Congo|country=COD]] est concerné.",
    "Le golfe de Guinée, le bassin du Congo, le lac Tchad, le fleuve Sénégal et l'océan Indien.",
    "La boucle du Niger et le fleuve Niger ne sont pas le [[Niger|country=NER]].",
    "La mer de [[Chine|country=CHN]] porte le nom d'un État.",
    "La [[Suisse|country=CHE]] et la coopération [[suisse|demonym=CHE]].",
    "Un [[Suisse|demonym=CHE]], les [[Suisses|demonym=CHE]] et le [[Suisse|demonym=CHE]] Urs Tell.",
    "La [[Suisse|demonym=CHE]] Lara Moser, de nationalité [[Suisse|demonym=CHE]].",
    "Un homme d'affaires italo-[[suisse|demonym=CHE]], une Italo-[[Suisse|demonym=CHE]].",
    "GENÈVE ([[SUISSE|country=CHE]])",
    "L'[[Argentine|country=ARG]] reçoit une délégation [[argentine|demonym=ARG]] et une [[Argentine|demonym=ARG]].",
    "Les [[Philippines|country=PHL]], les autorités [[philippines|demonym=PHL]], MARINE [[PHILIPPINE|demonym=PHL]]",
    "LA DÉLÉGATION [[ARGENTINE|demonym=ARG]] ET L'[[ARGENTINE|country=ARG]]",
    "La [[République Argentine|country=ARG]] et Caritas [[Suisse|country=CHE]].",
    "Le gouvernement [[lao|demonym=LAO]] et le poète Lao Tseu ; Péter Magyar, l'opposant.",
    "M. Sénégal Diop préside ; Mme Françoise Lallemand et M. Legrec siègent.",
    "Mme France Anglade et le Dr Israël Kamto ont parlé de la [[France|country=FRA]].",
    "Anatole France et François Hollande ont écrit ; le concile Vatican II aussi.",
    "Mme BACHELET ([[CHILI|country=CHL]]) et M. Diop, du [[Mali|country=MLI]], ont répondu à M. Traoré.",
    "Les [[Congolais|demonym=COD]] de Goma et ceux de la [[RDC|country=COD]].",
    "Le ministre [[congolais|demonym=COG]] a reçu à Brazzaville son homologue.",
    "Une diplomate [[coréenne|demonym=KOR]] est arrivée.",
    "De Pyongyang, une diplomate [[coréenne|demonym=PRK]] est arrivée.",
    "Les [[Coréens du Sud|demonym=KOR]] et les [[Coréens du Nord|demonym=PRK]].",
    "Les [[guinéens|demonym=GIN]] et les [[équato-guinéens|demonym=GNQ]].",
    "La [[République dominicaine|country=DOM]] : les [[Dominicains|demonym=DOM]], non les [[Dominiquais|demonym=DMA]].",
    "Les [[Nigériens|demonym=NER]] et les [[Nigérians|demonym=NGA]].",
    "Les [[nigeriens|demonym=NER]] et les [[nigerians|demonym=NGA]], sans accents.",
    "Le [[Nigeria|country=NGA]], le [[Nigéria|country=NGA]] et le [[Niger|country=NER]].",
    "Les [[Soudanais|demonym=SDN]] et les [[Sud-Soudanais|demonym=SSD]].",
]

DEMONYMS = [
    "Les [[Maliens|demonym=MLI]], la délégation [[malienne|demonym=MLI]], les mères [[maliennes|demonym=MLI]].",
    "Une élue [[grecque|demonym=GRC]], des marins [[grecs|demonym=GRC]], des maires [[turques|demonym=TUR]].",
    "Des femmes [[malgaches|demonym=MDG]], des élus [[burkinabè|demonym=BFA]] et [[burkinabés|demonym=BFA]].",
    "CROIX-ROUGE [[NIGÉRIENNE|demonym=NER]]",
    "Un accord franco-[[italien|demonym=ITA]], la frontière libano-[[syrienne|demonym=SYR]], un pacte euro-africain.",
    "Des élues [[sud-africaines|demonym=ZAF]], [[néo-zélandaises|demonym=NZL]] et nord-africaines.",
    "Les pays latino-américains, nord-américains et la Banque interaméricaine ; le continent américain.",
    "Le président [[américain|demonym=USA]], les [[États-Uniens|demonym=USA]], les Afro-[[Américains|demonym=USA]].",
    "Des [[Mauritanien(ne)s|demonym=MRT]], [[Afghan·es|demonym=AFG]] et [[ivoirien.ne.s|demonym=CIV]].",
    "Les sociétés [[britanniques|demonym=GBR]], la reine [[anglaise|demonym=GBR]], un marin écossais.",
    "La diaspora [[kényane|demonym=KEN]], les Forces [[tchadiennes|demonym=TCD]], le roi [[swazi|demonym=SWZ]].",
    "Des experts [[nippons|demonym=JPN]], [[hollandais|demonym=NLD]] et [[helvétiques|demonym=CHE]].",
    "L'ambassadeur [[qatarien|demonym=QAT]] et le ministre [[koweïtien|demonym=KWT]].",
    "Les réfugiés [[palestiniens|demonym=PSE]], les territoires [[palestiniens|demonym=PSE]].",
    "Le chanvre indien, les calendes grecques, les montagnes russes et l'été indien.",
    "Un Européen, une Africaine, un Kurde, une Québécoise et un Catalan.",
    "La [[Française|demonym=FRA]] Claire Dubois et le [[Britannique|demonym=GBR]] Peter Hall.",
]

LANGUAGES = [
    "Le texte, établi en anglais, en arabe, en français et en portugais, est joint.",
    "Original : anglais",
    "Français\nOriginal : ESPAGNOL\n",
    "Elle parle couramment français, lit l'anglais et enseigne le russe.",
    "Les cours de français et d'anglais sont gratuits ; la langue française recule.",
    "La version anglaise et la traduction en espagnol ; le français reste langue de travail.",
    "Contacts : Leïla Hachani (français), Jun Mori (anglais).",
    "Traduit du russe vers l'anglais par nos soins.",
    "Les interventions en anglais et français seront publiées, en arabe, espagnol et chinois aussi.",
    "Le gouvernement [[français|demonym=FRA]] et des milliers de [[français|demonym=FRA]].",
    "Le [[français|demonym=FRA]] Dupont devance l'[[italien|demonym=ITA]] Rossi.",
    "Les ministres [[français|demonym=FRA]], [[allemand|demonym=DEU]] et [[italien|demonym=ITA]] se sont vus.",
    "Le [[Français|demonym=FRA]] l'a emporté sur l'[[Espagnol|demonym=ESP]].",
    "Le [[malien|demonym=MLI]] a répondu.",
]


def unaccented(name: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", name) if not unicodedata.combining(sign))


SPELLINGS: dict[str, Callable[[str], str]] = {
    "official": str,
    "no accent on the first letter": lambda name: unaccented(name[0]) + name[1:],
    "no accents": unaccented,
    "capitals": str.upper,
    "capitals without accents": lambda name: unaccented(name).upper(),
    "curly apostrophe, no-break hyphen": lambda name: name.replace("'", "’").replace("-", "\u2011"),
    "decomposed": lambda name: unicodedata.normalize("NFD", name),
    "blanks for hyphens": lambda name: name.replace("-", " "),
    "no-break and doubled blanks": lambda name: name.replace(" ", "\u00a0\n"),
}


def rows(file: str) -> list[dict[str, str]]:
    return [row for _, row in read_table(FOLDER / file, TABLES[file])]


def marked(text: str, mentions: list[Mention]) -> str:
    return mark(text, [(m.start, m.end, f"{m.label.lower()}={m.iso3}") for m in mentions])


@pytest.mark.parametrize("example", [*NAMES, *HOMONYMS, *DEMONYMS, *LANGUAGES])
def test_marks_states_and_nationalities_and_nothing_else(example: str) -> None:
    text = unmark(example)
    assert marked(text, find(text)) == example


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_states_of_the_united_nations_in_every_spelling(spelling: str) -> None:
    official = [row for row in rows("names.csv") if row["source"] == "UN" and row["iso3"] in gazetteer().states]
    assert len({row["iso3"] for row in official}) == 197
    for row in official:
        name = SPELLINGS[spelling](row["name"])
        example = f"Ont voté : [[Suède|country=SWE]], [[{name}|country={row['iso3']}]] et [[Togo|country=TGO]]."
        text = unmark(example)
        assert marked(text, find(text)) == example
        assert code(name) == row["iso3"]


@pytest.mark.parametrize("row", rows("aliases.csv"), ids=lambda row: row["name"])
def test_every_alias_is_found(row: dict[str, str]) -> None:
    assert code(row["name"]) == row["iso3"]
    text = f"Ont voté : Suède, {row['name']} et Togo."
    land = gazetteer().conditions.get(row["name"]) == "land"
    assert [(m.text, m.iso3) for m in find(text)[1:-1]] == ([] if land else [(row["name"], row["iso3"])])


@pytest.mark.parametrize("row", rows("demonyms.csv"), ids=lambda row: row["masculine"])
def test_every_nationality_is_found_in_every_form(row: dict[str, str]) -> None:
    expected = [row["iso3"]] if row["iso3"] else []
    surname = gazetteer().conditions.get(row["masculine"]) == "small"
    for entry in demonyms(row):
        for form in (entry.name, unaccented(entry.name), entry.name if surname else entry.name.upper()):
            text = f"Nous avons vu ces gens {form} hier."
            assert [(m.text, m.label, m.iso3) for m in find(text)] == [(form, "Demonym", iso3) for iso3 in expected]


@pytest.mark.parametrize("row", rows("none.csv"), ids=lambda row: row["name"])
def test_expressions_hide_the_names_inside_them(row: dict[str, str]) -> None:
    assert find(f"On y parle de {row['name']} depuis hier.") == []


@pytest.mark.parametrize(
    ("name", "iso3"),
    [
        ("Etats-Unis", "USA"),
        ("les États-Unis", "USA"),
        ("LA CÔTE D’IVOIRE", "CIV"),
        ("l'Iran (République islamique d')", "IRN"),
        ("Congo", "COG"),
        ("Guadeloupe", "GLP"),
        ("Luxembourg", "LUX"),
        ("Angleterre", "GBR"),
        ("Afrique", None),
        ("Haute-Autriche", None),
        ("Roman", None),
        ("", None),
    ],
)
def test_code_of_a_name(name: str, iso3: str | None) -> None:
    assert code(name) == iso3


def test_table_holds_the_codes_and_regions_of_all_countries() -> None:
    countries_by_code = table()
    assert len(countries_by_code) == 250
    assert len(gazetteer().states) == 199
    mali = countries_by_code["MLI"]
    assert (mali.iso2, mali.m49, mali.name_fr, mali.name_en) == ("ML", "466", "Mali", "Mali")
    assert (mali.region, mali.subregion) == ("Afrique", "Afrique subsaharienne")
    assert countries_by_code["NAM"].iso2 == "NA"
    assert countries_by_code["AFG"].m49 == "004"
    assert [c.iso3 for c in countries_by_code.values() if not c.region] == ["ATA"]
    for field in ("iso2", "m49", "name_fr", "name_en"):
        assert len({getattr(country, field) for country in countries_by_code.values()}) == 250


def test_mentions_are_numbered_in_the_order_of_the_text_and_stand_where_they_say() -> None:
    text = "Le Mali, un Franco-Malien et l’E\u0301gypte.\nLa Suisse."
    found = find(text)
    assert [m.mention_id for m in found] == ["m1", "m2", "m3", "m4"]
    assert [text[m.start : m.end] for m in found] == ["Mali", "Malien", "E\u0301gypte", "Suisse"]
    assert [m.text for m in within(found, text.index("un"), text.index("La"))] == ["Malien", "E\u0301gypte"]


def test_no_state_inside_a_known_person() -> None:
    text = "Awa Sénégal et Paul Français (Mali) viennent du Sénégal."
    persons = [(0, 11), (15, 34)]  # the second reaches too far
    assert [(m.text, m.start) for m in find(text, persons)] == [("Mali", 30), ("Sénégal", 48)]
    assert [m.text for m in find(text)] == ["Sénégal", "Français", "Mali", "Sénégal"]


@pytest.fixture(scope="module")
def blank() -> Language:
    """A French tokenizer and the stage, as in somebody else's program."""
    nlp = spacy.blank("fr")
    nlp.add_pipe("countries")
    return nlp


def test_stage_writes_records_and_spans(blank: Language) -> None:
    doc = blank("La Côte d'Ivoire et l'équipe franco-italienne.")
    group = doc.spans["countries"]
    assert [(span.label_, span.kb_id_) for span in group] == [("Country", "CIV"), ("Demonym", "ITA")]
    assert [(m.text, m.iso3) for m in stored(doc, "countries", Mention)] == [
        ("Côte d'Ivoire", "CIV"),
        ("italienne", "ITA"),
    ]
    (copy,) = DocBin(docs=[doc]).get_docs(blank.vocab)
    assert stored(copy, "countries", Mention) == stored(doc, "countries", Mention)


def test_stage_heeds_the_persons_of_the_stage_marks(blank: Language) -> None:
    doc: Doc = blank.make_doc("Awa Sénégal a parlé du Sénégal.")
    doc.spans["marks"] = SpanGroup(doc, spans=[doc.char_span(0, 11, label="Person")])
    assert [m.start for m in countries(doc)] == [23]


def test_text_without_states_gives_nothing(blank: Language) -> None:
    assert find("") == []
    assert list(blank("").spans["countries"]) == []


# The tables themselves.


@pytest.mark.parametrize("file", TABLES)
def test_tables_have_no_row_twice(file: str) -> None:
    lines = [tuple(row.values()) for row in rows(file)]
    assert [line for line, times in Counter(lines).items() if times > 1] == []


@pytest.mark.parametrize("file", ["names.csv", "names_iso.csv", "aliases.csv", "demonyms.csv", "contexts.csv"])
def test_tables_have_codes_of_the_table(file: str) -> None:
    assert {row["iso3"] for row in rows(file)} - set(table()) <= {""}


def test_a_name_means_one_state() -> None:
    meanings: dict[str, set[str]] = {}
    for file in ("names.csv", "names_iso.csv", "aliases.csv"):
        for row in rows(file):
            meanings.setdefault(key(row["name"]), set()).add(row["iso3"])
    several = {name: codes for name, codes in meanings.items() if len(codes) > 1}
    assert several == {"saint martin": {"MAF", "SXM"}}  # one island, two territories


def test_every_state_has_a_nationality() -> None:
    unnamed = {"COG", "COK", "NIU"}  # congolais is told apart by context; the others have no French word in use
    assert gazetteer().states - {row["iso3"] for row in rows("demonyms.csv")} == unnamed


def test_homonyms_and_contexts_are_about_forms_that_exist() -> None:
    names = {row["name"] for file in ("names.csv", "names_iso.csv", "aliases.csv") for row in rows(file)}
    nationalities = {row["masculine"] for row in rows("demonyms.csv")}
    assert {row["name"] for row in rows("homonyms.csv")} <= names | nationalities
    assert {row["condition"] for row in rows("homonyms.csv")} == {
        "article",
        "forename",
        "man",
        "woman",
        "small",
        "land",
    }
    assert {row["form"] for row in rows("contexts.csv")} <= names | nationalities


@pytest.mark.parametrize(
    ("file", "line", "message"),
    [("aliases.csv", "Mali", "1 cells where 3 are expected"), ("words.csv", "a,b,c", "3 cells where 2 are expected")],
)
def test_a_broken_table_is_reported(tmp_path: Path, file: str, line: str, message: str) -> None:
    folder = tmp_path / "countries"
    shutil.copytree(FOLDER, folder)
    with (folder / file).open("a", encoding="utf-8") as table_file:
        table_file.write(f"{line}\n")
    with pytest.raises(ResourceError, match=message):
        Gazetteer(folder)


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")  # hdx leaves its table open
def test_generated_tables_are_those_of_their_sources() -> None:
    for library in ("babel", "hdx.location", "pycountry"):
        pytest.importorskip(library, reason=f"{library} builds the tables: pip install .[countries]")
    spec = importlib.util.spec_from_file_location("build_countries", ROOT / "scripts" / "build_countries.py")
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)
    built = build.tables()
    gc.collect()  # the warning comes here, and not in another test
    assert built == {file: (FOLDER / file).read_text(encoding="utf-8") for file in built}
