"""The words that attribute: cues out of the marks, and those that the recogniser missed.

A linear `Ranker` looks at each word that may carry a cue (lexicon, morphology, parse, neighbours, whether it is marked)
and says whether it does: what it adds to the marks are second predicates, verbs that the tagger takes for nouns, plain
verbs that were missed. An entry of the lexicon gives a cue its class (what the source does with the content) and its
frames (what it takes). Where no recogniser was there, the lexicon decides alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from spacy.tokens import Doc

from pipeline import lexicon
from pipeline.learning.ranker import Ranker, probabilities
from pipeline.lexicon.grammar import grammar
from pipeline.speech.places import Cue
from pipeline.speech.view import CLOSING, OPENING, STRAIGHT, View, pos, word

SKIPPED = frozenset({"ADV", "PUNCT", "PRON", "DET", "AUX"})
FRAMES = frozenset({"que", "inf", "np", "quote", "mid", "si", "noun", "adj"})
COMPLEMENTS = frozenset({"ccomp", "xcomp", "obj", "parataxis", "obl:arg"})
CARRIERS = frozenset({"VERB", "NOUN", "ADJ", "ADP", "PROPN"})
ADD = 0.5  # an unmarked word is a cue from this probability on; set on left-out reports of the train split


def main_word(view: View, first: int, last: int) -> int:
    """Return the position of a cue's main word: its last verb, else the word that governs the rest."""
    verbs = [n for n in range(first, last) if view.pos[n] == "VERB"]
    if verbs:
        return verbs[-1]
    tops = [n for n in range(first, last) if not first <= view.head[n] < last or view.head[n] == n]
    content = [n for n in tops if view.pos[n] not in SKIPPED]
    return (content or tops)[0]


def entry_of(view: View, first: int, last: int) -> lexicon.CueEntry | None:
    """Return the lexicon's entry for the words of a cue; None where it has none."""
    return _entry(tuple(view.lower[first:last]), tuple(view.lemma[first:last]), view.models)


@lru_cache(maxsize=20_000)
def _entry(words: tuple[str, ...], lemmas: tuple[str, ...], models: Path) -> lexicon.CueEntry | None:
    """Look an entry up once: the same words come again and again."""
    return lexicon.cue_of(words, lemmas, models)


def make(view: View, first: int, last: int) -> Cue:
    """Return a cue with its main word and its entry."""
    head = main_word(view, first, last)
    entry = entry_of(view, first, last)
    return Cue(first, last, head, view.lemma[head], entry.kinds if entry else frozenset())


def marked(view: View, doc: Doc) -> list[Cue]:
    """Return the cues that the recogniser marked in a paragraph, in the order of the text."""
    marks = [mark for mark in doc.spans["marks"] if mark.label_ == "Cue"] if "marks" in doc.spans else []
    low, high = view.start[0], view.end[-1]
    places = [view.within(m.start_char, m.end_char) for m in marks if low <= m.start_char < high]
    return [make(view, *place) for place in sorted(place for place in places if place is not None)]


def find(view: View, doc: Doc, ranker: Ranker) -> list[Cue]:
    """Return the cues of a paragraph in the order of the text; by the lexicon alone where no recogniser was there."""
    if "marks" not in doc.spans or not doc.spans["marks"].attrs.get("recognised"):
        return list(by_lexicon(view))
    found = marked(view, doc)
    heads = {cue.head for cue in found}
    taken = {n for cue in found for n in range(cue.first, cue.last)}
    sure = [cue._replace(probability=chance(view, cue.head, heads, ranker)) for cue in found]
    for n in carriers(view):
        probability = chance(view, n, heads, ranker) if n not in taken else 0.0
        if probability >= ADD:
            cue = make(view, *extent(view, n, taken))
            sure.append(cue._replace(marked=False, probability=probability))
    return sorted(sure)


def chance(view: View, n: int, heads: set[int], ranker: Ranker) -> float:
    """Return how likely a word carries a cue; `heads` are the main words of the marked ones."""
    return probabilities([ranker.score(features(view, n, heads)), 0.0])[0]


def carriers(view: View) -> Iterator[int]:
    """Yield the positions of words that may carry a cue: verbs, and what the lexicon knows of other words."""
    for n in range(len(view)):
        sure = view.pos[n] == "VERB" or view.lower[n] in grammar("attributing prepositions")
        possible = view.pos[n] in CARRIERS or view.dep[n] in ("ROOT", "conj")
        if sure or (possible and entry_of(view, n, n + 1) is not None):
            yield n


def extent(view: View, n: int, taken: set[int]) -> tuple[int, int]:
    """Return the cue around its main word: auxiliaries, pronoun and adverbs before it, an inverted pronoun after it."""
    first, last = n, n + 1
    while first > 0 and first - 1 not in taken and view.sentence[first - 1] == view.sentence[n]:
        verbal = view.pos[first - 1] in ("AUX", "ADV") or view.lower[first - 1] in (
            "se",
            "s'",
            "-t",
            "-il",
            "-elle",
            "-ils",
            "-elles",
            "-on",
        )
        if not verbal or view.lower[first - 1] in ("ne", "n'"):
            break
        first -= 1
    while first < n and view.pos[first] == "ADV":
        first += 1
    while last < len(view) and view.lower[last] in ("-t", "-il", "-elle", "-ils", "-elles", "-on", "-t-il", "-t-elle"):
        last += 1
    return first, last


def features(view: View, n: int, heads: set[int]) -> list[str]:
    """Return what tells whether a word carries a cue; `heads` are the main words of the marked ones."""
    values = {**_grammar(view, n), **_surroundings(view, n, heads)}
    return [*(f"{key}={value}" for key, value in values.items()), *_pairs(view, n, values)]


def _grammar(view: View, n: int) -> dict[str, object]:
    """What the lexicon, the morphology and the parse say of a word."""
    entry = entry_of(view, n, n + 1)
    frames = "+".join(sorted(entry.kinds & FRAMES)) if entry else "-"
    kids = view.children[n]
    subjects = [k for k in kids if view.dep[k].startswith("nsubj")]
    return {
        "l": view.lemma[n],
        "w": view.lower[n],
        "fr": frames,
        "known": f"{entry.cue_class}|{frames}" if entry else "-",
        "pos": view.pos[n],
        "form": view.morph(n, "VerbForm") + view.morph(n, "Tense") + view.morph(n, "Mood"),
        "dep": view.dep[n],
        "subj": f"{view.pos[subjects[0]]}{'<' if subjects[0] < n else '>'}" if subjects else "-",
        "cl": next((view.dep[k] for k in kids if view.dep[k] in COMPLEMENTS), "-"),
        "aux": next((view.lemma[k] for k in kids if view.dep[k].startswith("aux")), "-"),
        "hd": view.dep[view.head[n]],
        "hl": view.lemma[view.head[n]],
        "person": view.morph(n, "Person") + view.morph(n, "Number"),
    }


def _surroundings(view: View, n: int, heads: set[int]) -> dict[str, object]:
    """What stands around a word: words, quotations, ``que``, marked cues."""
    first, last = view.sentences[view.sentence[n]]
    near = [h for h in heads if first <= h < last]
    after = word(view, n + 1)
    before_quote = range(max(first, n - 5), n)
    return {
        "b": word(view, n - 1),
        "a": after,
        "bp": pos(view, n - 1),
        "ap": pos(view, n + 1),
        "m": "self" if n in heads else "before" if any(h < n for h in near) else "after" if near else "-",
        "co": view.dep[n] == "conj" and view.head[n] in heads,
        "inv": after.startswith("-") or word(view, n + 2).startswith("-"),
        "q": view.quote[n] >= 0,
        "closed": any(word(view, m) in CLOSING or word(view, m) == STRAIGHT for m in before_quote),
        "opens": next((w for w in view.lower[n + 1 : n + 4] if w in OPENING or w in (STRAIGHT, ":")), "-"),
        "que": next((d for d, w in enumerate(view.lower[n + 1 : n + 6]) if w in ("que", "qu'")), -1),
        "first": n == first,
        "neg": any(w in grammar("negation") for w in view.lower[max(0, n - 2) : n + 2]),
    }


def _pairs(view: View, n: int, values: dict[str, object]) -> list[str]:
    """What two or three of the values say together."""
    special = view.lower[n] in grammar("attributing prepositions")
    names = (
        "l*a",
        "fr*a",
        "fr*que",
        "fr*subj",
        "fr*cl",
        "fr*q",
        "subj*form",
        "fr*opens",
        "l*q",
        "ap*fr",
        "l*aux",
        "l*form",
    )
    names += ("b*a",) if special else ("b*form",)
    both = [f"{name}={values[a]}|{values[b]}" for name in names for a, b in [name.split("*")]]
    form, aux, frames = values["form"], values["aux"], values["fr"]
    return [
        *both,
        f"l*que={values['l']}|{values['que'] != -1}",
        f"fr*aux={frames}|{aux}|{form}",
        f"fr*closed={frames}|{values['closed']}|{values['inv']}",
        f"pos*form={values['pos']}|{form}|{aux}",
        f"m*co={values['m']}|{values['co']}|{frames}",
        f"known*m={frames}|{values['m']}",
    ]


def by_lexicon(view: View) -> Iterator[Cue]:
    """Yield the cues that the lexicon alone announces: certain prepositions, and verbs that take ``que``, are inverted
    in an incise, or follow a quotation."""
    taken = -1
    for n in range(len(view)):
        if n <= taken:
            continue
        length = lexicon.preposition_at(view.lower, n, view.models)
        if length:
            taken = n + length - 1
            yield make(view, n, n + length)
            continue
        entry = entry_of(view, n, n + 1) if view.pos[n] == "VERB" else None
        if entry is not None and view.quote[n] < 0:
            first, last = extent(view, n, set())
            if announces(view, entry, first, last):
                taken = last - 1
                yield make(view, first, last)


def announces(view: View, entry: lexicon.CueEntry, first: int, last: int) -> bool:
    """Say whether a verb is used to report: by what stands right after it, or by a quotation or comma before it."""
    after = word(view, last)
    before = word(view, first - 1)
    if after in ("que", "qu'") and "que" in entry.kinds:
        return True
    inverted = any(view.lower[n].startswith("-") for n in range(first, last))
    return bool({"mid", "quote"} & entry.kinds) and (
        (inverted and before in (",", "»")) or after in (":", "«") or before == "»"
    )


def negated(view: View, cue: Cue) -> bool:
    """Say whether a cue is denied: ``n'a pas dit``."""
    around = view.lower[max(0, cue.first - 3) : cue.last + 2]
    return any(w in ("ne", "n'") for w in around) and any(w in grammar("negation") for w in around)
