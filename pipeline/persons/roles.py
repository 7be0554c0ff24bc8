"""Functions: whose they are, by what stands between a function and a name, or because it repeats one held before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from pipeline import lexicon
from pipeline.lexicon.grammar import grammar
from pipeline.lexicon.wordlists import Synonym, entries
from pipeline.persons.names import Person, fold

Gap = Sequence[str]

LISTED = ([","], ["et"], [",", "et"])
LONGEST_GAP = 6  # words
LONGEST_ROLE = 16  # words of a function that is found by rule
NOMINAL = frozenset({"DET", "NOUN", "ADJ", "ADP", "PROPN", "CCONJ", "NUM"})


def head_words(role: str) -> list[str]:
    """Return the folded words of a function, without articles and prepositions; its head noun comes first.

    A function that is called by another name has the words of that: ``chef de l'État``, those of ``président de la
    République``.
    """
    folded = fold(role)
    for other, same in synonyms():
        if folded == other or folded.startswith(f"{other} "):
            folded = same + folded.removeprefix(other)
    return [word for word in folded.split() if word not in grammar("small words of a function")]


@lru_cache(maxsize=1)
def synonyms() -> tuple[tuple[str, str], ...]:
    """Return the functions with two names, folded."""
    return tuple((fold(entry.function), fold(entry.same_as)) for entry in entries(Synonym))


def repeats(short: str, full: str) -> bool:
    """Say whether a function standing alone repeats another: the same head noun, and no word that is not in it."""
    few, many = head_words(short), head_words(full)
    return bool(few) and bool(many) and few[0] == many[0] and set(few) <= set(many)


def role_owner(people: Sequence[Person], role: str, place: int) -> Person | None:
    """Return the person whose function a function standing alone repeats: the last before it, else the first after.

    Before the person is named, only the whole function counts: ``la ministre de la Santé du Mali``.
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


def word_before(mark: DocSpan) -> str:
    """Return the word before a mark in lower case, over white space; empty at the beginning."""
    before = (mark.doc[n] for n in range(mark.start - 1, -1, -1))
    return next((token.lower_ for token in before if not token.is_space), "")


def single(mark: DocSpan, models: Path) -> Iterator[DocSpan]:
    """Yield the functions of a mark: without a clause that it runs into, and each of two that ``et`` joins by itself.

    A function holds no finite verb but behind a relative pronoun; where one stands, the function ends with the last
    comma before it. Each of two joined functions has a head noun of its own: ``directeur de l'école et conseiller``.
    """
    doc, first, last = mark.doc, mark.start, mark.end
    verb = next((t.i for t in mark if "Fin" in t.morph.get("VerbForm")), last)
    relative = any(t.lower_ in grammar("relative pronouns") for t in doc[first:verb])
    commas = [t.i for t in doc[first:verb] if t.text == ","]
    if verb < last and commas and not relative and commas[-1] > first:
        last = commas[-1]
    starts = [first]
    if lexicon.is_function(doc[first].text, models):
        for token in doc[first + 1 : last - 1]:
            following = doc[token.i + 1]
            plural = following.text.endswith("s") and not doc[first].text.endswith("s")
            if token.lower_ == "et" and not plural and lexicon.is_function(following.text, models):
                starts.append(token.i + 1)
    for start, end in zip(starts, [*(start - 1 for start in starts[1:]), last], strict=True):
        yield closed(DocSpan(doc, start, end, label="Role"))


def closed(mark: DocSpan) -> DocSpan:
    """Return a function without what it runs on into: after a parenthesis and a comma, or with a word that links."""
    doc, last = mark.doc, mark.end
    last = next((t.i for t in mark[1:] if t.text == "," and doc[t.i - 1].text == ")"), last)
    while last > mark.start + 1 and doc[last - 1].lower_ in grammar("small words of a function"):
        last -= 1
    return DocSpan(doc, mark.start, last, label="Role")


def before_names(doc: Doc, marks: Sequence[DocSpan], models: Path) -> Iterator[DocSpan]:
    """Yield functions that were missed before a name: ``le chef de l'État, Son Excellence Monsieur Ba``.

    Between an article and the comma or title before the name there is nothing but words of a noun phrase, and the first
    is the head of a function.
    """
    taken = {token.i for mark in marks for token in mark}
    for mark in marks:
        if mark.label_ != "Person":
            continue
        last = mark.start
        while last > 0 and (doc[last - 1].text == "," or lexicon.is_title(doc[last - 1].text, models)):
            last -= 1
        first = last
        while first > 0 and last - first < LONGEST_ROLE and doc[first - 1].pos_ in NOMINAL and first - 1 not in taken:
            first -= 1
            if doc[first].lower_ in grammar("definite articles") and lexicon.is_function(doc[first + 1].text, models):
                if last < mark.start and first + 1 < last:
                    yield DocSpan(doc, first + 1, last, label="Role")
                break


def after_names(doc: Doc, marks: Sequence[DocSpan], models: Path) -> Iterator[DocSpan]:
    """Yield functions that were missed after a name: ``Mme Ba (Mali), directrice de l'École normale, …``.

    A comma, an article perhaps, then the head of a function and what belongs to it in the noun phrase.
    """
    taken = {token.i for mark in marks for token in mark}
    for mark in marks:
        first = mark.end
        if mark.label_ != "Person" or first + 1 >= len(doc):
            continue
        if doc[first].text == "(":
            closing = next((t.i for t in doc[first : first + LONGEST_GAP] if t.text == ")"), first)
            first = closing + 1
        if first + 1 >= len(doc) or doc[first].text != ",":
            continue
        first += 1 + (doc[first + 1].lower_ in grammar("definite articles"))
        last = first
        while last < len(doc) and last - first < LONGEST_ROLE and doc[last].pos_ in NOMINAL and last not in taken:
            last += 1
        while last > first and doc[last - 1].pos_ in ("DET", "ADP", "CCONJ"):
            last -= 1
        if last > first and lexicon.is_function(doc[first].text, models):
            yield DocSpan(doc, first, last, label="Role")


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
        led = word_before(mark) in grammar("before a function")
        if before is not None and before.label_ == "Person":
            after_name = self._follows_name(self._between(before.end, mark.start))
            if after_name and not (led and name is not None):
                return self.owner.get(before.start_char)
        if name is not None:
            return self.owner.get(name.start_char)
        if before is not None and previous is not None and previous[0] is before:
            gap = self._between(before.end, mark.start)
            if len(gap) < LONGEST_GAP and grammar("function to function").issuperset(gap):
                return previous[1]
        return None

    def _name_after(self, marks: Sequence[DocSpan], n: int) -> DocSpan | None:
        """Return the name that a function leads to, at once or over a second one: ``ministre et député, M. Ba``."""
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

    def _is_title(self, word: str) -> bool:
        return lexicon.is_title(word, self.models)

    def _leads_to_name(self, gap: Gap) -> bool:
        rest = [word for word in gap if not (self._is_title(word) or self._is_title(word.capitalize()))]
        return len(gap) <= LONGEST_GAP and len(rest) <= 2 and grammar("function to name").issuperset(rest)

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
        return 0 < len(rest) < LONGEST_GAP and grammar("name to function").issuperset(rest)
