"""Functions: whose they are, by what stands between a function and a name, or because it repeats one held before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from pipeline import lexicon
from pipeline.persons.names import PARTICLES, Person, fold

Gap = Sequence[str]

# Closed classes of grammar: what may stand between the two without parting them.
ARTICLES = frozenset({"le", "la", "l'", "l’"})
LEADING = ARTICLES | {"du", "au", "son", "sa", "notre"}
BEFORE_NAME = ARTICLES | {",", ":", "(", "."}
AFTER_NAME = ARTICLES | frozenset(
    [
        ",",
        "(",
        "-",
        "–",
        "un",
        "une",
        "est",
        "et",
        "qui",
        "alors",
        "ancien",
        "ancienne",
        "nouveau",
        "nouvelle",
        "son",
        "sa",
    ]
)
AFTER_NAME |= frozenset(["également", "aussi", "en", "qualité", "de", "tant", "que"])
BETWEEN_ROLES = ARTICLES | frozenset([",", "et", "de", "puis", "ainsi", "que", "ancien", "ancienne"])
LISTED = ([","], ["et"], [",", "et"])
GRAMMAR = PARTICLES | frozenset(["a", "au", "aux", "et", "en", "pour"])
LONGEST_GAP = 6  # words


def head_words(role: str) -> list[str]:
    """Return the folded words of a function, without articles and prepositions; its head noun comes first."""
    return [word for word in fold(role).split() if word not in GRAMMAR]


def repeats(short: str, full: str) -> bool:
    """Say whether a function standing alone repeats another: the same head noun, and no word that is not in it."""
    few, many = head_words(short), head_words(full)
    return bool(few) and bool(many) and few[0] == many[0] and set(few) <= set(many)


def role_owner(people: Sequence[Person], role: str, place: int) -> Person | None:
    """Return the person whose function a function standing alone repeats: the last before it, else the first after.

    Before the person is named, only the whole function counts: ``le Directeur général de l'OIM``.
    """
    before = [
        (max(span.start for span in (*person.spans, *person.roles) if span.start < place), person)
        for person in people
        if person.spans[0].start < place and any(repeats(role, held.text) for held in person.roles)
    ]
    if before:
        return max(before, key=lambda pair: pair[0])[1]
    words = head_words(role)
    same = [p for p in people if len(words) > 1 and any(words == head_words(held.text) for held in p.roles)]
    return min(same, key=lambda person: person.spans[0].start, default=None)


class Linker:
    """Gives the functions of a report to the persons beside whom they stand."""

    def __init__(self, doc: Doc, people: Sequence[Person], models: Path) -> None:
        self.doc = doc
        self.models = models
        self.owner = {span.start: person for person in people for span in person.spans}

    def link(self, marks: Sequence[DocSpan]) -> Iterator[tuple[DocSpan, Person]]:
        """Yield the functions that stand beside a name, each with its person; `marks` in the order of the text."""
        previous: tuple[DocSpan, Person] | None = None
        for n, mark in enumerate(marks):
            if mark.label_ == "Role":
                person = self._beside(marks, n, previous)
                if person is not None:
                    previous = (mark, person)
                    yield mark, person

    def _beside(self, marks: Sequence[DocSpan], n: int, previous: tuple[DocSpan, Person] | None) -> Person | None:
        mark = marks[n]
        before = marks[n - 1] if n else None
        name = self._name_after(marks, n)
        led = mark.start > 0 and self.doc[mark.start - 1].lower_ in LEADING
        if before is not None and before.label_ == "Person":
            after_name = self._follows_name(self._between(before.end, mark.start))
            if after_name and not (led and name is not None):
                return self.owner.get(before.start_char)
        if name is not None:
            return self.owner.get(name.start_char)
        if before is not None and previous is not None and previous[0] is before:
            gap = self._between(before.end, mark.start)
            if len(gap) < LONGEST_GAP and BETWEEN_ROLES.issuperset(gap):
                return previous[1]
        return None

    def _name_after(self, marks: Sequence[DocSpan], n: int) -> DocSpan | None:
        """Return the name that a function leads to, at once or over a second function: ``ministre et député, M. Ba``."""
        last = n
        if n + 1 < len(marks) and marks[n + 1].label_ == "Role":
            if self._between(marks[n].end, marks[n + 1].start) not in LISTED:
                return None
            last = n + 1
        name = marks[last + 1] if last + 1 < len(marks) else None
        if name is None or name.label_ != "Person":
            return None
        return name if self._leads_to_name(self._between(marks[last].end, name.start)) else None

    def _between(self, first: int, last: int) -> list[str]:
        """Return the words from one token to before another, without white space, in lower case."""
        return [token.lower_ for token in self.doc[first:last] if not token.is_space]

    def _leads_to_name(self, gap: Gap) -> bool:
        rest = [word for word in gap if not lexicon.is_title(word, self.models)]
        return len(gap) <= LONGEST_GAP and len(rest) <= 2 and BEFORE_NAME.issuperset(rest)

    @staticmethod
    def _follows_name(gap: Gap) -> bool:
        """Say whether a name and the function after it belong together; the person's country may stand between."""
        rest: list[str] = []
        depth = 0
        for word in gap:
            depth += word == "("
            if depth == 0:
                rest.append(word)
            depth -= word == ")"
        if depth > 0:
            rest = list(gap)
        return 0 < len(rest) < LONGEST_GAP and AFTER_NAME.issuperset(rest)
