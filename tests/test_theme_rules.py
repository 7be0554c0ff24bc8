"""The files of models/themes/: how terms are read and found, and how faults are told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.records import THEMES
from pipeline.resources import ResourceError, models_dir
from pipeline.tagging.finder import Finder
from pipeline.tagging.rules import Rule, TermReader, check_unless, key, read_book
from tests.theme_books import write_book

GROUPS = {"small": ("le", "la", "les", "l", "de", "des", "d", "du", "à", "et"), "child": ("enfant", "petite fille")}


@pytest.fixture(scope="module")
def blank() -> Language:
    return spacy.blank("fr")


def rule(term: str, unless: str = "", reader: TermReader | None = None) -> Rule:
    reader = reader or TermReader(GROUPS)
    return Rule("children", "r", 1.0, reader.terms(term), reader.terms(unless) if unless else (), 1, term)


def found(doc: Doc, term: str, unless: str = "") -> list[str]:
    finder = Finder([rule(term, unless)], TermReader(GROUPS).small)
    return [doc[hit.start : hit.end].text for hit in finder.find(doc)]


@pytest.mark.parametrize(
    ("word", "compared"),
    [
        ("Mineurs", "mineur"),
        ("États", "etat"),
        ("Etats", "etat"),
        ("nationaux", "national"),
        ("réseaux", "réseau"),
        ("e\u0301cole", "ecole"),
        ("refuge\u0301", "refugé"),
        ("pays", "pay"),
        ("bus", "bus"),
        ("traite", "traite"),
        ("traité", "traité"),
    ],
)
def test_key_takes_off_capitals_plurals_and_the_first_accent(word: str, compared: str) -> None:
    assert key(word) == compared


@pytest.mark.parametrize(
    ("term", "unless", "text", "words"),
    [
        ("mineur", "", "Des Mineurs isolés.", ["Mineurs"]),
        ("droit enfant", "", "Les droits de l'enfant priment.", ["droits de l'enfant"]),
        ("droits de l'enfant", "", "Le droit des enfants.", ["droit des enfants"]),
        ("enfant migrant", "", "L'enfant, migrant ou non.", []),
        ("enfant migrant", "", "Un enfant « migrant ».", ["enfant « migrant"]),
        ("laissez passer", "", "Un laissez-passer.", ["laissez-passer"]),
        ("laissez-passer", "", "Un laissez passer.", ["laissez passer"]),
        ("famille ... rétention", "", "Des familles placées en rétention.", ["familles placées en rétention"]),
        ("famille ... rétention", "", "Des familles. La rétention.", []),
        ("famille ... rétention", "", "Une famille qui a passé trois longs mois en rétention.", []),
        ("cause profonde/structurelle", "", "Les causes structurelles.", ["causes structurelles"]),
        ("{child} isolé", "", "Un enfant isolé, une petite fille isolé.", ["enfant isolé", "petite fille isolé"]),
        ("expulser", "", "Les migrants expulsés; une femme expulsée.", ["expulsés", "expulsée"]),
        ("expulser", "", "L'expulsion.", []),
        ("sécurité", "sécurité sociale", "La sécurité et la sécurité sociale.", ["sécurité"]),
        ("retour", "retour ... bâton", "Un retour de bâton; un retour.", ["retour"]),
        ("garde|asile", "", "L’asile d’un garde.", ["asile", "garde"]),
        ("état", "", "ETATS et États", ["ETATS", "États"]),
    ],
)
def test_finder_finds_terms_as_they_stand(blank: Language, term: str, unless: str, text: str, words: list[str]) -> None:
    assert found(blank(text), term, unless) == words


def test_finder_finds_terms_by_their_lemmas(blank: Language) -> None:
    words, lemmas = ["Il", "renvoyait", "les", "travailleuses"], ["il", "renvoyer", "le", "travailleur"]
    doc = Doc(blank.vocab, words=words, lemmas=lemmas)
    assert found(doc, "renvoyer travailleur") == ["renvoyait les travailleuses"]


def test_finder_finds_many_rules_in_one_text(blank: Language) -> None:
    reader = TermReader(GROUPS)
    rules = [rule("enfant", reader=reader)._replace(name="a"), rule("enfant migrant", reader=reader)._replace(name="b")]
    hits = Finder(rules, reader.small).find(blank("Un enfant migrant."))
    assert [(hit.rule.name, hit.start, hit.end) for hit in hits] == [("a", 1, 2), ("b", 1, 3)]


def test_finder_keeps_its_vocabulary(blank: Language) -> None:
    finder = Finder([rule("enfant")], frozenset())
    finder.find(blank("Un enfant, un autre."))
    before = len(finder.vocab.strings)
    finder.find(blank("Des mots jamais lus : abracadabra, turlututu, tirelipimpon."))
    assert len(finder.vocab.strings) == before


@pytest.mark.parametrize(
    ("term", "reason"),
    [
        ("", "the term is empty"),
        ("a mot|", "an alternative is missing beside a |"),
        ("de la", "nothing to find in 'de la'"),
        ("mot ... les", "nothing to find in 'les'"),
        ("cause /profonde", "a word is missing beside a /"),
        ("{enfants} isolé", "there is no group {enfants} in words.csv"),
        ("{child", "a group does not stand alone"),
        ("petit{child}", "a group does not stand alone"),
        (" ".join(["a1/b1/c1/d1"] * 7), "stands for 16384 phrases; 2000 are allowed"),
    ],
)
def test_terms_that_cannot_be_read_say_why(term: str, reason: str) -> None:
    with pytest.raises(ValueError, match=re.escape(reason)):
        TermReader(GROUPS).terms(term)


def test_an_exclusion_must_leave_something_of_the_term() -> None:
    reader = TermReader(GROUPS)
    with pytest.raises(ValueError, match="'retour' in unless undoes the term itself"):
        check_unless(reader.terms("retour"), reader.terms("de retour"))
    check_unless(reader.terms("retour"), reader.terms("retour calme"))


CHILD = "child,{child},0.6,,\n"


@pytest.mark.parametrize(
    ("file", "lines", "fault"),
    [
        ("children", CHILD + "Minor,mineur,0.5,,", "children.csv, line 3: a name is made of small letters"),
        ("children", CHILD + "child,mineur,0.5,,", "children.csv, line 3: the name 'child' stands in line 2 already"),
        ("children", "heading,mineur,0.5,,", "children.csv, line 2: the name 'heading' stands in context.csv already"),
        ("children", "minor,mineur,fort,,", "children.csv, line 2: 'fort' is no number above 0"),
        ("children", "minor,mineur,0,,", "children.csv, line 2: '0' is no number above 0"),
        ("children", "minor,mineur,-1,,", "children.csv, line 2: '-1' is no number above 0"),
        ("children", 'minor,mineur,"0,5",,', "children.csv, line 2: '0,5' is no number above 0"),
        ("children", "minor,mineur,0.5", "children.csv, line 2: 3 cells where 5 are expected"),
        ("children", "# note\n\nminor,,0.5,,", "children.csv, line 4: the term is empty"),
        ("children", "minor,{kid},0.5,,", "children.csv, line 2: there is no group {kid} in words.csv"),
        (
            "children",
            "minor,mineur,0.5,de mineur,",
            "children.csv, line 2: without its small words, 'mineur' in unless",
        ),
        ("migration", "all,|migrant,1,,", "migration.csv, line 2: the term is empty, or an alternative is missing"),
        (
            "words",
            "small,le\nsmall,la",
            "words.csv, line 3: 'small' is no name in small letters, or stands there twice",
        ),
        ("words", "small,le|", "words.csv, line 2: a word is missing beside a |"),
        ("words", "child,enfant", "words.csv: no line for small"),
        ("silence", "word,Conseil,", "silence.csv, line 2: the scope is words or sentence, not 'word'"),
        ("silence", "words,de,", "silence.csv, line 2: nothing to find in 'de'"),
        ("context", "heading,0.3,", "context.csv: no line for long, only-theme, paragraph, previous, report"),
        ("context", "headings,0.3,", "context.csv, line 2: 'headings' is no setting"),
        ("context", "heading,much,", "context.csv, line 2: 'much' is no number above 0"),
        ("themes", "child,L,D,1,0.3", "themes.csv, line 2: 'child' is no theme"),
        ("themes", "children,L,D,1,0.3", "themes.csv: no line for comprehensive-action, global-compact"),
        ("themes", "children,L,D,1,no", "themes.csv, line 2: 'no' is no number above 0"),
    ],
)
def test_a_broken_file_is_refused_with_its_line_and_the_reason(
    tmp_path: Path, file: str, lines: str, fault: str
) -> None:
    folder = write_book(tmp_path / "themes", **{file: lines})
    with pytest.raises(ResourceError) as error:
        read_book(folder)
    assert str(error.value).startswith(f"{folder}/{fault}")


@pytest.mark.parametrize(
    "file", ["themes.csv", "children.csv", "migration.csv", "words.csv", "silence.csv", "context.csv"]
)
def test_a_missing_file_is_named(tmp_path: Path, file: str) -> None:
    folder = write_book(tmp_path / "themes")
    (folder / file).unlink()
    with pytest.raises(ResourceError, match=f"{file}: cannot be read"):
        read_book(folder)


def test_a_wrong_header_is_refused(tmp_path: Path) -> None:
    folder = write_book(tmp_path / "themes")
    (folder / "children.csv").write_text("rule,terms,weight\n", encoding="utf-8")
    with pytest.raises(ResourceError, match=r"children.csv, line 1: columns must be rule, term, weight, unless, note"):
        read_book(folder)


def test_the_shipped_rules_are_read_and_each_finds_its_own_words(blank: Language) -> None:
    book = read_book(models_dir() / "themes")
    assert set(book.definitions) == set(THEMES)
    rules = [rule for rules in book.rules.values() for rule in rules]
    finder = Finder(rules, book.small)
    for rule in rules:
        shortest = min(rule.terms, key=lambda term: sum(len(part) for part in term))
        doc = Doc(blank.vocab, words=[word for part in shortest for word in part])
        assert rule in {hit.rule for hit in finder.find(doc)}, f"{rule.owner}.csv, line {rule.line}"


def test_no_shipped_alternative_shrinks_to_a_single_word_unawares() -> None:
    """``à la rue`` would find every ``rue``: where small words are all that is around a word, they are not written."""
    book = read_book(models_dir() / "themes")
    written = [
        (rule.owner, rule.line, alternative)
        for rules in book.rules.values()
        for rule in rules
        for alternative in rule.written.split("|")
        if " " in alternative and not any(sign in alternative for sign in "{/.")
    ]
    shrunk = [
        entry
        for entry in written
        if sum(key(word) not in book.small for word in entry[2].replace("'", " ").split()) < 2
    ]
    assert shrunk == []
