"""The entry that a cue has in ``models/claims``: its lemma, its class and what it takes.

A cue is looked up by its words and their lemmas, whatever stands between them. Where a tagger takes a verb for a noun
(``estime``, ``ressort``), its form tells.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from pipeline.lexicon.wordlists import Attribution, CueEntry, VerbForm, entries

# Closed classes of French grammar, not vocabulary.
CONTRACTED = {"d'": "de", "du": "de", "des": "de", "au": "à", "aux": "à", "s'": "se"}
ARTICLES = frozenset({"le", "la", "les", "l'", "un", "une", "des", "son", "sa", "ses", "leur", "leurs"})
GOVERNED = frozenset({"de", "à", "sur"})
CARRIED = {"light": "noun", "copula": "adj"}
INVERTED = re.compile(r"-(?:t-)?(?:ils?|elles?|on)$")
REGULAR = re.compile(r"(?:e|es|ent|ait|aient|ant|é|ée|és|ées|a|èrent)$")  # endings of verbs in -er
PART = re.compile(r"[\w-]+'?")
REACH = 3  # words from « se » to its verb: the auxiliary and two adverbs
LONGEST = 8  # words of a preposition of attribution


class _Hit(NamedTuple):
    """An entry in a cue: its first, second and last word, and how many words it has."""

    first: int
    second: int
    last: int
    size: int
    entry: CueEntry


@lru_cache(maxsize=2)
def _by_lemma(models: Path | None) -> dict[str, CueEntry]:
    return {entry.lemma: entry for entry in entries(CueEntry, models)}


@lru_cache(maxsize=2)
def _by_word(models: Path | None) -> dict[str, list[tuple[tuple[str, ...], CueEntry]]]:
    index: dict[str, list[tuple[tuple[str, ...], CueEntry]]] = defaultdict(list)
    for entry in entries(CueEntry, models):
        parts = parts_of(entry.lemma)
        index[parts[0]].append((parts, entry))
    return index


@lru_cache(maxsize=2)
def _irregular(models: Path | None) -> dict[str, str]:
    return {entry.form: entry.lemma for entry in entries(VerbForm, models)}


@lru_cache(maxsize=2)
def _prepositions(models: Path | None) -> list[list[str]]:
    certain = [entry for entry in entries(Attribution, models) if entry.certain == "yes"]
    phrases = [PART.findall(entry.phrase) for entry in certain if entry.kind == "according-to"]
    return sorted(phrases, key=len, reverse=True)


def parts_of(lemma: str) -> tuple[str, ...]:
    """Return the words by which an entry is found: no articles, and no last preposition, which may stand apart."""
    parts = [_plain(part) for part in PART.findall(lemma) if part not in ARTICLES]
    if len(parts) - (parts[0] == "se") > 2 and parts[-1] in GOVERNED:
        parts.pop()
    return tuple(parts)


def cue(lemma: str, models: Path | None = None) -> CueEntry | None:
    """Return the entry of a lemma or phrase, spelt as in the lexicon."""
    return _by_lemma(models).get(lemma)


def cue_of(tokens: Sequence[str], lemmas: Sequence[str], models: Path | None = None) -> CueEntry | None:
    """Return the entry of a cue, given its words and their lemmas; None where the lexicon has none.

    The longest entry counts, of equal ones the last: ``a dit craindre`` is ``craindre``. A verb that carries a noun or
    an adjective takes its class, and both make the lemma: ``a exprimé sa crainte`` is ``exprimer + crainte``.
    """
    forms = [_variants(token, lemma) for token, lemma in zip(tokens, lemmas, strict=True)]
    hits = _hits(forms, models)
    if all(hit.entry.is_carried or hit.entry.only_carries for hit in hits):
        wide = [form | _verbs(token, models) for form, token in zip(forms, tokens, strict=True)]
        hits = _hits(wide, models) or hits
    verbs = [hit for hit in hits if not hit.entry.is_carried]
    best = max(verbs or hits, key=lambda hit: (hit.size, hit.first), default=None)
    if best is None or best.entry.is_carried:
        return best.entry if best else None
    return _carried(best, verbs, hits) or best.entry


def preposition_at(tokens: Sequence[str], place: int, models: Path | None = None) -> int:
    """Return how many words the preposition at a place has that surely attributes, 0 where there is none."""
    here = [token.lower().replace("’", "'") for token in tokens[place : place + LONGEST]]
    forms = [{token, CONTRACTED.get(token, token), "à" if token == "a" else token} for token in here]  # A l'en croire
    for phrase in _prepositions(models):
        if len(phrase) <= len(forms) and all(part in form for part, form in zip(phrase, forms, strict=False)):
            return len(phrase)
    return 0


def _plain(word: str) -> str:
    word = word.lower().replace("’", "'").replace("œ", "oe")
    return CONTRACTED.get(word, word)


def _variants(word: str, lemma: str) -> frozenset[str]:
    """Forms under which the lexicon may have a word: its lemma, itself, itself without plural and feminine endings."""
    plain = _plain(word)
    singular = plain[:-1] if plain[-1:] in ("s", "x") else plain
    return frozenset({_plain(lemma), plain, singular, singular.removesuffix("e")})


def _verbs(word: str, models: Path | None) -> frozenset[str]:
    """Infinitives that a word may be a form of, whatever the tagger took it for."""
    form = INVERTED.sub("", _plain(word))
    stem = REGULAR.sub("", form)
    regular = {f"{stem}er"} if stem != form else set()
    open_, _, rest = stem.rpartition("è")  # relève, suggère
    regular |= {f"{open_}{vowel}{rest}er" for vowel in "eé"} if rest else set()
    irregular = _irregular(models).get(form)
    return frozenset(regular | {irregular} if irregular else regular)


def _hits(forms: Sequence[frozenset[str]], models: Path | None) -> list[_Hit]:
    """Return the entries whose words stand in this order in a cue, other words between them allowed."""
    index, hits = _by_word(models), []
    for first, variants in enumerate(forms):
        for key, entry in (candidate for form in variants for candidate in index.get(form, ())):
            places = [first]
            for part in key[1:]:
                places += [n for n in range(places[-1] + 1, len(forms)) if part in forms[n]][:1]
            if len(places) == len(key):
                hits.append(_Hit(first, places[min(1, len(key) - 1)], places[-1], len(key), entry))
    reflexive = [hit for hit in hits if "se" in forms[hit.first] and hit.size > 1]
    nearest = min((hit.second for hit in reflexive), default=0)  # s'est dit opposé: se dire, not s'opposer
    far = [hit for hit in reflexive if hit.second > nearest or hit.second - hit.first > REACH]
    return [hit for hit in hits if hit not in far]


def _carried(best: _Hit, verbs: Sequence[_Hit], hits: Sequence[_Hit]) -> CueEntry | None:
    """Return the noun or adjective that a verb of the cue carries, unless a longer phrase says more."""
    for carrier in sorted(verbs, key=lambda hit: -hit.size):
        kinds = {CARRIED[frame] for frame in carrier.entry.frames if frame in CARRIED}
        after = [hit for hit in hits if hit.first > carrier.last and not kinds.isdisjoint(hit.entry.frames)]
        if after and (best is carrier or best.size <= carrier.size) and best.last <= after[0].last:
            head = max(after, key=lambda hit: (hit.size, -hit.first)).entry
            return head.model_copy(update={"lemma": f"{carrier.entry.lemma} + {head.lemma}"})
    return None
