"""The closed classes of French grammar that rules ask for: ``models/grammar.csv``."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from pipeline.resources import models_dir, read_table

COLUMNS = ("list", "words", "note")


@lru_cache(maxsize=1)
def _lists() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for _, row in read_table(models_dir() / "grammar.csv", COLUMNS):
        found[row["list"]].append(row["words"])
    return {name: tuple(words) for name, words in found.items()}


@lru_cache(maxsize=64)
def grammar(name: str) -> frozenset[str]:
    """Return the words of a list; raise KeyError where there is no such list."""
    return frozenset(_lists()[name])


@lru_cache(maxsize=8)
def phrases(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the phrases of a list as words, the longest first."""
    return tuple(sorted((tuple(words.split()) for words in _lists()[name]), key=lambda words: (-len(words), words)))
