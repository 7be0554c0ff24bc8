"""What kind of source a noun phrase, a function or a name of a state is.

A linear `Ranker` whose candidates are the kinds; features are the phrase's words and what the lexicons say of its head.
``speaker`` is a phrase that stands for a person named elsewhere (``la représentante``), ``person`` a function of nobody
named (``le ministre de la Santé``).
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import NamedTuple

from pipeline import lexicon
from pipeline.learning.ranker import Ranker, probabilities
from pipeline.persons.names import fold
from pipeline.speech.sources import Candidate
from pipeline.speech.view import View, pos, word

KINDS = ("speaker", "person", "country", "organisation", "collective", "document")


class Kind(NamedTuple):
    """A kind of source and how sure the choice is (0 to 1)."""

    name: str
    probability: float


def describe(view: View, one: Candidate, countries: dict[int, str], held: Set[str]) -> list[str]:
    """Return what is known of a candidate, before any kind is joined to it.

    `countries` holds the positions that name a state, `held` the head nouns of the functions of the report's speakers.
    """
    head = one.head
    if one.kind == "role":  # the head noun of a function is its first noun
        head = next((n for n in range(one.first, one.last) if view.pos[n] in ("NOUN", "PROPN")), one.first)
    first = one.first
    determiner = word(view, first) if view.pos[first] in ("DET", "NUM", "PRON") else word(view, first - 1)
    before = word(view, first - 1)
    inside = [n for n in range(first, min(one.last + 1, len(view))) if n in countries]
    lemma = view.lemma[head]
    words = view.words(first, one.last)
    number = view.morph(head, "Number") or ("Plur" if view.lower[head].endswith("s") else "Sing")
    known = lexicon.source_type(words, view.models) or "-"
    function = lexicon.is_function(view.lower[head], view.models)
    length = one.last - first
    match = fold(view.text[head]) in held
    facts = {
        "k": one.kind,
        "l": lemma,
        "d": determiner,
        "b": before,
        "num": number,
        "t": known,
        "fn": function,
        "c": bool(inside),
        "chead": head in countries,
        "cap": view.text[head][:1].isupper() and first > 0,
        "up": view.text[head].isupper() and len(view.text[head]) > 1,
        "pos": view.pos[head],
        "m": match,
        "len": min(length, 5),
        "n": word(view, one.last),
        "suf": view.lower[head][-4:],
        "only": length <= 2,
    }
    out = [f"{key}={value}" for key, value in facts.items()]
    out += [
        f"k*d={one.kind}|{determiner}",
        f"fn*c={function}|{bool(inside)}|{one.kind}",
        f"fn*d={function}|{determiner}|{min(length, 3)}",
        f"t*num={known}|{number}",
        f"t*d={known}|{determiner}",
        f"k*c*num={one.kind}|{bool(inside)}|{number}",
        f"d*num*cap={determiner}|{number}|{view.text[head][:1].isupper()}",
        f"l*d={lemma}|{determiner}",
        f"l*c={lemma}|{bool(inside)}",
        f"k*len={one.kind}|{min(length, 4)}|{function}",
        f"m*d={match}|{determiner}|{one.kind}",
        f"m*len={match}|{min(length, 3)}|{bool(inside)}|{function}",
        f"np={pos(view, one.last)}|{one.kind}",
        f"two={word(view, head)} {word(view, head + 1)}",
    ]
    return out


def features(facts: Sequence[str]) -> list[list[str]]:
    """Return the features of each kind for a candidate."""
    return [[kind, *(f"{kind} {fact}" for fact in facts)] for kind in KINDS]


def choose(facts: Sequence[str], ranker: Ranker) -> Kind:
    """Return the likeliest kind of a candidate."""
    scores = [ranker.score(row) for row in features(facts)]
    chances = probabilities(scores)
    best = max(range(len(KINDS)), key=chances.__getitem__)
    return Kind(KINDS[best], chances[best])
