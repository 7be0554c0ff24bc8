"""From words to what they name: surnames, functions, states, pronouns, with weights made by hand."""

from __future__ import annotations

import pytest

from pipeline.learning.ranker import Ranker
from pipeline.records import Mention, Source, Span, Speaker
from pipeline.speech.resolve import Known, Resolver
from pipeline.speech.sources import Candidate, Named
from pipeline.speech.view import View
from tests.analysed import at, candidate, view

KINDS = Ranker({"speaker m=True": 3.0, "person fn=True": 1.0, "country c=True": 2.0, "organisation l=fonds": 2.0})
ANTECEDENTS = Ranker({"gen=True": 3.0, "gen=False": -3.0, "match=True": 3.0, "none": -1.0})
STATES = {"Togo": "TGO", "Mali": "MLI"}


def mention(seen: View, words: str, label: str, **fields: str) -> Mention:
    start, end = seen.slice(*at(seen, words))
    return Mention.model_validate(
        {"mention_id": "", "label": label, "start": start, "end": end, "text": seen.raw[start:end], **fields}
    )


def speaker(name: str, *, gender: str | None = None, country: str | None = None, role: str = "") -> Speaker:
    roles = [Span(start=0, end=len(role), text=role)] if role else []
    values = {"person_id": name, "name": name, "gender": gender, "country": country, "roles": roles}
    return Speaker.model_validate({"speaker_id": name, **values})


def resolver(seen: View, *speakers: Speaker) -> Resolver:
    """Return a resolver that has entered a paragraph; names are found where the text has them."""
    persons = [
        mention(seen, s.name, "Person", speaker_id=s.speaker_id) for s in speakers if s.name in " ".join(seen.text)
    ]
    states = [mention(seen, word, "Country", iso3=STATES[word]) for word in STATES if word in seen.text]
    known = Known.of(speakers, persons, states)
    made = Resolver(known, KINDS, ANTECEDENTS)
    named: Named = known.named(seen)
    made.enter(seen, named)
    return made


def source(seen: View, one: Candidate, *speakers: Speaker) -> Source:
    return resolver(seen, *speakers).source(one)[0]


def test_a_name() -> None:
    seen = view("Awa Ba a dit")
    awa = speaker("Awa Ba", country="MLI", role="Ministre de la santé")
    got = source(seen, candidate(seen, "Awa Ba", "person"), awa)
    assert (got.type, got.speaker_id, got.role, got.iso3) == ("person", "Awa Ba", "Ministre de la santé", "MLI")
    assert got.span == Span(start=0, end=6, text="Awa Ba")


def test_a_name_that_is_no_speaker() -> None:
    seen = view("Awa Ba a dit")
    assert source(seen, candidate(seen, "Awa Ba", "person")) == Source(
        type="person", span=Span(start=0, end=6, text="Awa Ba")
    )


def test_nobody() -> None:
    seen = view("a dit")
    assert source(seen, Candidate(-1, -1, -1, "implicit")) == Source(type="implicit")


SURNAMES = [
    ("Jean Bélem part . le/DET ministre/NOUN Belem/PROPN a dit", "ministre Belem", "Jean Bélem"),
    ("Jean Bélem part . le/DET ministre/NOUN Jean/PROPN a dit", "ministre Jean", None),
    ("Jean Bélem part . le/DET ministre/NOUN bélem/NOUN a dit", "ministre bélem", None),
    ("Jean Ba part . le/DET ministre/NOUN Ba/PROPN a dit", "ministre Ba", None),
]


@pytest.mark.parametrize(("words", "phrase", "name"), SURNAMES)
def test_surname_after_a_function(words: str, phrase: str, name: str | None) -> None:
    seen = view(words, sentences=(3,))
    first, last = at(seen, phrase)
    jean = speaker(" ".join(seen.text[:2]))
    assert source(seen, Candidate(first, last, first, "phrase"), jean).speaker_id == name


def test_a_surname_of_two_names_neither() -> None:
    seen = view("le/DET ministre/NOUN Bélem/PROPN a dit")
    got = source(seen, candidate(seen, "ministre Bélem", "phrase"), speaker("Jean Bélem"), speaker("Awa Bélem"))
    assert got.speaker_id is None


DELEGATE = "Lina Haddad part . la/DET représentante/NOUN de/ADP le/DET Togo/PROPN a dit"


@pytest.mark.parametrize(
    ("lina", "who"),
    [
        (speaker("Lina Haddad", gender="F", country="TGO"), ("person", "Lina Haddad", "TGO")),
        (speaker("Lina Haddad", country="TGO"), ("person", "Lina Haddad", "TGO")),
        (speaker("Lina Haddad", gender="M", country="TGO"), ("country", None, "TGO")),
        (speaker("Lina Haddad", gender="F", country="MLI"), ("country", None, "TGO")),
    ],
)
def test_who_speaks_for_a_state(lina: Speaker, who: tuple[str, str | None, str]) -> None:
    seen = view(DELEGATE, sentences=(3,))
    first, last = at(seen, "représentante de le Togo")
    got = source(seen, Candidate(first, last, first, "phrase"), lina)
    assert (got.type, got.speaker_id, got.iso3) == who


def test_a_delegation_is_its_state_whoever_was_named() -> None:
    seen = view("Lina Haddad part . la/DET délégation/NOUN de/ADP le/DET Togo/PROPN a dit", sentences=(3,))
    first, last = at(seen, "délégation de le Togo")
    got = source(seen, Candidate(first, last, first, "phrase"), speaker("Lina Haddad", gender="F", country="TGO"))
    assert (got.type, got.iso3, got.speaker_id) == ("country", "TGO", None)


def test_a_state() -> None:
    seen = view("le/DET Mali/PROPN a dit")
    got = source(seen, candidate(seen, "Mali", "country"))
    assert (got.type, got.iso3) == ("country", "MLI")


STATE = [
    ("délégué/NOUN de/ADP le/DET Togo/PROPN", "délégué", "TGO"),
    ("délégué/NOUN voit/VERB le/DET Togo/PROPN", "délégué", None),
    (
        "délégué/NOUN de/ADP le/DET Togo/PROPN et/CCONJ de/ADP le/DET Mali/PROPN",
        "délégué de le Togo et de le Mali",
        "MLI",
    ),
    ("délégué/NOUN de/ADP a/DET b/NOUN c/NOUN Togo/PROPN", "délégué", None),
]


@pytest.mark.parametrize(("words", "phrase", "iso3"), STATE)
def test_state_of_a_phrase(words: str, phrase: str, iso3: str | None) -> None:
    seen = view(words)
    assert resolver(seen).state(candidate(seen, phrase, "role")) == iso3


def test_a_pronoun_with_two_verbs_keeps_one_antecedent() -> None:
    seen = view("Awa Ba part . Elle/PRON a dit et demande", sentences=(3,))
    made = resolver(seen, speaker("Awa Ba", gender="F"), speaker("Jean Kane", gender="M"))
    she = candidate(seen, "Elle", "pronoun")
    first = made.source(she)
    made.antecedent = Ranker({"gen=True": -9.0})
    assert made.source(she) == first
    assert first[0].speaker_id == "Awa Ba"


def test_a_pronoun_agrees() -> None:
    seen = view("Awa Ba voit Jean Kane . Elle/PRON a dit", sentences=(6,))
    people = speaker("Awa Ba", gender="F"), speaker("Jean Kane", gender="M")
    assert source(seen, candidate(seen, "Elle", "pronoun"), *people).speaker_id == "Awa Ba"


def test_an_inverted_pronoun_is_named_without_its_hyphen() -> None:
    seen = view("Awa Ba part . oui , a -t-elle/PRON dit", sentences=(3,))
    got = source(seen, candidate(seen, "-t-elle", "pronoun"), speaker("Awa Ba", gender="F"))
    assert got.span is not None
    assert got.span.text == "elle"
    assert got.speaker_id == "Awa Ba"


@pytest.mark.parametrize("pronoun", ["on", "Nous"])
def test_pronouns_of_an_unnamed_group(pronoun: str) -> None:
    seen = view(f"Awa Ba part . {pronoun}/PRON a dit", sentences=(3,))
    got = source(seen, candidate(seen, pronoun, "pronoun"), speaker("Awa Ba"))
    assert (got.type, got.speaker_id) == ("collective", None)


def test_holder_of_a_function_that_stands_alone() -> None:
    seen = view("Awa Ba part . la/DET Ministre/NOUN a dit que le maire/NOUN part", sentences=(3,))
    made = resolver(seen, speaker("Awa Ba", gender="F", role="Ministre de la santé"))
    assert made.holder(at(seen, "Ministre")) == "Awa Ba"
    assert made.holder(at(seen, "maire")) is None


def test_the_government_is_that_of_the_state_that_spoke_last() -> None:
    seen = view("le/DET Mali/PROPN a dit . le/DET gouvernement/NOUN a dit", sentences=(5,))
    made = resolver(seen)
    made.kind = Ranker({"country": 5.0})
    made.source(candidate(seen, "Mali", "country"))
    first, last = at(seen, "gouvernement")
    got, _ = made.source(Candidate(first, last, first, "phrase"))
    assert (got.type, got.iso3) == ("country", "MLI")


def test_a_government_of_no_state_is_an_institution() -> None:
    seen = view("le/DET gouvernement/NOUN a dit")
    made = resolver(seen)
    made.kind = Ranker({"country": 5.0})
    assert made.source(candidate(seen, "gouvernement", "phrase"))[0].type == "organisation"
