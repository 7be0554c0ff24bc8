"""Finds the words of rules in a text: all phrases of all rules by one `PhraseMatcher`, in two passes.

The first pass compares words as they stand, the second their lemmas. Both run over a shadow of the text that holds the
keys of its words and the punctuation that ends a phrase; quotation marks, brackets and small words are not in it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from spacy.attrs import LEMMA, ORTH
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.tagging.rules import Phrase, Rule, Term, key, keys

STOP, STOPS = ".", ".!?…"  # ends a sentence, which no term passes
PAUSE, PAUSES = ",", ",;:/"  # ends a phrase
OTHER = "?"  # stands for words that no rule knows, so that the vocabulary does not grow with the texts
MOST_SHADES = 50_000  # words kept: a report has some two thousand
REACH = 5  # words that a gap passes over at most: further apart they seldom belong to one statement

Places = Mapping[Phrase, set[tuple[int, int]]]  # where phrases stand in the shadow


class Hit(NamedTuple):
    """Words that a rule found: tokens, end exclusive, and the number of their sentence in the text."""

    rule: Rule
    start: int
    end: int
    sentence: int


class Shadow(NamedTuple):
    """A text as it is compared: its words as they stand, their lemmas, and the token of each."""

    forms: list[str]
    lemmas: list[str]
    tokens: list[int]


class Finder:
    """Finds the words of rules; words in `small` are passed over, as they are in the rules."""

    def __init__(self, rules: Iterable[Rule], small: frozenset[str]) -> None:
        self.small = small
        self.first: dict[Phrase, list[tuple[Rule, Term]]] = defaultdict(
            list
        )  # terms by the phrase that they begin with
        phrases: dict[Phrase, None] = {}
        for rule in rules:
            for term in rule.terms:
                self.first[term[0]].append((rule, term))
            phrases.update(dict.fromkeys(phrase for term in (*rule.terms, *rule.unless) for phrase in term))
        self.known = {word for phrase in phrases for word in phrase} | {STOP, PAUSE}
        self._shades: dict[tuple[int, int], tuple[tuple[str, str], ...]] = {}
        self.vocab = Vocab()
        self.matcher = PhraseMatcher(self.vocab)
        self.matcher.add("phrase", [Doc(self.vocab, words=list(phrase)) for phrase in phrases])

    def find(self, doc: Doc) -> list[Hit]:
        """Return what the rules found, in the order of the text; a rule may be found many times."""
        shadow = self.shadow(doc)
        places = self._places(shadow)
        stops = [n for n, form in enumerate(shadow.forms) if form == STOP]
        spans = {
            (rule, start, end)
            for phrase in places
            for rule, term in self.first.get(phrase, ())
            for start, end in join(term, places, stops)
            if not excluded(rule, start, end, places, stops)
        }
        hits = (
            Hit(rule, shadow.tokens[start], shadow.tokens[end - 1] + 1, bisect_left(stops, start))
            for rule, start, end in spans
        )
        return sorted(hits, key=lambda hit: (hit.start, hit.end, hit.rule.owner, hit.rule.line))

    def shadow(self, doc: Doc) -> Shadow:
        """Return the text as it is compared. Without a parse, the lemma of a word is the word."""
        found = Shadow([], [], [])
        if len(self._shades) > MOST_SHADES:
            self._shades.clear()
        for n, (orth, lemma) in enumerate(doc.to_array([ORTH, LEMMA]).tolist()):  # tokens cost five times as much
            pairs = self._shades.get((orth, lemma))
            if pairs is None:
                pairs = self._shades[orth, lemma] = self._shade(doc.vocab.strings[orth], doc.vocab.strings[lemma])
            for form, base in pairs:
                found.forms.append(form)
                found.lemmas.append(base)
                found.tokens.append(n)
        return found

    def _shade(self, text: str, lemma: str) -> tuple[tuple[str, str], ...]:
        """Return what stands for a token in the shadow: pairs of a word's key and that of its lemma."""
        forms = keys(text)
        if not forms:
            sign = text[:1]
            return ((STOP, STOP),) if sign in STOPS else ((PAUSE, PAUSE),) if sign in PAUSES else ()
        # A lemma of rendez-vous would not tell its parts.
        lemmas = [key(lemma)] if len(forms) == 1 and lemma else forms
        return tuple(
            (form if form in self.known else OTHER, base if base in self.known else OTHER)
            for form, base in zip(forms, lemmas, strict=True)
            if form not in self.small
        )

    def _places(self, shadow: Shadow) -> dict[Phrase, set[tuple[int, int]]]:
        places: dict[Phrase, set[tuple[int, int]]] = defaultdict(set)
        for words in (shadow.forms, shadow.lemmas):
            for _, start, end in self.matcher(Doc(self.vocab, words=words)):
                places[tuple(words[start:end])].add((start, end))
        return places


def excluded(rule: Rule, start: int, end: int, places: Places, stops: list[int]) -> bool:
    """Tell whether words of the rule's `unless` touch a match."""
    return any(a < end and start < b for term in rule.unless for a, b in join(term, places, stops))


def join(term: Term, places: Places, stops: list[int]) -> Iterator[tuple[int, int]]:
    """Yield where the phrases of a term follow each other, at most `REACH` words apart and within a sentence."""
    for start, first in places.get(term[0], ()):
        ends = {first}
        for phrase in term[1:]:
            ends = {
                end
                for last in ends
                for begin, end in places.get(phrase, ())
                if 0 <= begin - last <= REACH and bisect_left(stops, last) == bisect_left(stops, begin)
            }
        if ends:
            yield start, min(ends)
