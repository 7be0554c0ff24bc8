"""countries: every state and nationality that a report names, with its ISO 3166-1 alpha-3 code.

Writes the group ``countries``: one `Mention` for each name of a state (Country) and each adjective or noun that names
a nationality (Demonym). The forms come from `pipeline.lexicon.gazetteer`; here are the rules that need the text around
them: homonyms, persons, languages, compounds, official titles, and forms that two states share. No French model is
needed: the stage runs on any ``Doc``, and knows more of persons where the stage ``marks`` has run.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.layers import Place, store
from pipeline.lexicon.gazetteer import WORD, Gazetteer, Match, Reading, fold, gazetteer
from pipeline.records import Country, Label, Mention

GROUP = "countries"
NEAR = 100  # code points within which a place speaks for a homonym that is no state
ADDRESS = re.compile(r"@|://|www\.")
CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
NAME = rf"(?:{CAPITAL}\.|{CAPITAL}[\w'’-]*)(?:[ \u00a0\u202f-]+(?:{CAPITAL}\.|{CAPITAL}[\w'’-]*))*"
BETWEEN = re.compile(r"[\s,;/(]*(?:(?:et|ou|ni|vers) )?(?:en |du |de |d'|de la |de l'|le |la |l'|les |des |au |aux )?")
INCLUSIVE = re.compile(r"\((?:ne|e)s?\)s?|[·•.‧⋅-](?:ne|e)s?(?:[·•.‧⋅-]s)?(?!\w)")  # Mauritanien(ne)s, Afghan·es
OF = {"du", "de", "d", "des", "la", "l", "les"}
Span = tuple[int, int]


class Finder:
    """Finds the states and nationalities of one text. `persons` are spans known to be names of persons."""

    def __init__(self, known: Gazetteer, text: str, persons: Iterable[Span] = ()) -> None:
        self.known = known
        self.lists = known.lists
        self.text = text
        self.reading = Reading(text)
        self.persons = list(persons)
        self._hinted: dict[str, list[tuple[int, str]]] = {}
        self.rules: dict[str | None, Callable[[Match], bool]] = {
            "man": self._state_not_man,
            "woman": self._state_not_woman,
            "small": lambda match: self.reading.plain[match.start].islower(),
        }

    def mentions(self) -> list[Mention]:
        """Return what the text names, in its order."""
        matches = [match for match in self._without_languages(self._scan()) if match.entry.kind in {"name", "demonym"}]
        matches = [match for match in matches if not self._inside_address(match) and not self._inside_person(match)]
        matches = [match for n, match in enumerate(matches) if self._whole(matches, n)]
        matches = [match for n, match in enumerate(matches) if self._names_state(matches, n)]
        found: list[Mention] = []
        since = 0  # a title begins after the match before
        for match in matches:
            title = self._title(match, since)
            since = match.end
            iso3 = self._resolved(match, matches) if title is None else match.entry.iso3
            if not iso3:
                continue
            label: Label = "Demonym" if match.entry.kind == "demonym" and title is None else "Country"
            start, end = self.reading.span(match.start if title is None else title, self._end(match))
            number = f"m{len(found) + 1}"
            text = self.text[start:end]
            found.append(Mention(mention_id=number, label=label, start=start, end=end, text=text, iso3=iso3))
        return found

    def _scan(self) -> list[Match]:
        """Return the longest forms from left to right, with those that only keep a shorter one from being found."""
        found: list[Match] = []
        for index in self.known.starts(self.reading):
            if found and index <= found[-1].last:
                continue
            match = next((m for m in self.known.candidates(self.reading, index) if self._fits(m)), None)
            if match is not None:
                found.append(match)
        return found

    def _fits(self, match: Match) -> bool:
        rule = self.rules.get(self._condition(match))
        return rule is None or rule(match)

    def _condition(self, match: Match) -> str | None:
        return self.known.conditions.get(match.entry.lemma)

    # Conditions of homonyms.csv that the words beside a form decide.

    def _state_not_man(self, match: Match) -> bool:
        hyphened = self.reading.gap(match.first - 1) == "-"
        return not hyphened and self._state_not_national(match, self.lists["masculine"])

    def _state_not_woman(self, match: Match) -> bool:
        return self._state_not_national(match, self.lists["feminine"])

    def _state_not_national(self, match: Match, determiners: set[str]) -> bool:
        """Tell whether what comes before a form is no determiner of a person and no noun that it qualifies."""
        before = self.reading.before(match.first)
        if before in determiners | self.lists["regime-head"] or self._named_woman(match):
            return False
        if not before or before in self.lists["function"] | self.lists["article"]:
            return True
        shouted = self.reading.shouted(match.first - 1) and self.reading.shouted(match.first)
        return self.reading.capital(match.first - 1) and not shouted

    def _named_woman(self, match: Match) -> bool:
        """Tell whether a name follows, as in « la Suisse Lara Gut »."""
        return self.reading.before(match.first) in {"la", "l"} and self.reading.name_follows(match.last)

    # Languages.

    def _without_languages(self, matches: Sequence[Match]) -> list[Match]:
        kept: list[Match] = []
        last = -1  # where the last language ended
        for match in matches:
            joined = 0 <= last <= match.start and BETWEEN.fullmatch(self.reading.folded, last, match.start)
            if self._language(match, joined=bool(joined)):
                last = match.end
            else:
                kept.append(match)
        return kept

    def _language(self, match: Match, *, joined: bool) -> bool:
        """Tell whether a form is a language: « en français », « la version anglaise », « Original : anglais »."""
        if match.entry.kind == "language" or not match.entry.language:
            return match.entry.kind == "language"
        before = self.reading.before(match.first)
        two_before = self.reading.before(match.first - 1) if before else ""
        if any(word.removesuffix("s") in self.lists["language-noun"] for word in (before, two_before)):
            return True
        if not match.entry.noun or (self._capital(match) and not self._alone(match)):
            return False
        if before in {"le", "l", "du", "au"}:
            return not self.reading.name_follows(match.last)
        taught = before in {"de", "d"} and bool({two_before, two_before.removesuffix("s")} & self.lists["course"])
        spoken = before in self.lists["speak"] or (before.endswith("ment") and two_before in self.lists["speak"])
        return joined or taught or spoken or before == "en" or self._alone(match)

    def _capital(self, match: Match) -> bool:
        """Tell whether a form begins with a capital that its line does not have throughout."""
        return self.reading.capital(match.first) and not self.reading.shouted(match.first)

    def _alone(self, match: Match) -> bool:
        """Tell whether a form stands alone on its line, after a colon there, or in parentheses."""
        left, right = self._around(match)
        if left.endswith(":") and not right:
            heading = WORD.findall(fold(left))[-1:]
            return not self._capital(match) or bool(set(heading) & self.lists["language-noun"])
        return (not left and not right) or (not self._capital(match) and left.endswith("(") and right.startswith(")"))

    def _around(self, match: Match) -> tuple[str, str]:
        """Return the line of a form before and after it."""
        before = self.reading.line(match.start, until=match.start)
        return before.strip(), self.reading.line(match.start, since=match.end).strip()

    # Forms that are part of something else.

    def _inside_address(self, match: Match) -> bool:
        folded = self.reading.folded
        end = folded.find(" ", match.end)
        word = folded[folded.rfind(" ", 0, match.start) + 1 : end if end >= 0 else None]
        return ADDRESS.search(word) is not None

    def _inside_person(self, match: Match) -> bool:
        start, end = self.reading.span(match.start, match.end)
        for first, last in self.persons:
            if first <= start and end <= last and not re.search(r"[(,;]", self.text[first:start]):
                return last - first > end - start or self._condition(match) is not None
        at = bisect_right(self._titled, match.start, key=lambda span: span[0])
        return at > 0 and match.end <= self._titled[at - 1][1]

    @cached_property
    def _titled(self) -> list[Span]:
        """Names that a title introduces: ``M. Sénégal Diop``."""
        titles = "|".join(sorted(self.lists["title"], key=len, reverse=True))
        found = re.finditer(rf"\b(?:{titles})\.?[ \u00a0\u202f]+({NAME})", self.reading.plain)
        return [name.span(1) for name in found]

    def _whole(self, matches: Sequence[Match], n: int) -> bool:
        """Tell whether a name stands by itself: not in ``Ouest-France``, but in ``ex-Zaïre`` and ``Canada-UE``."""
        match, folded = matches[n], self.reading.folded
        if match.entry.kind == "demonym":
            return True
        if folded.endswith("-", 0, match.start):
            beside = n > 0 and folded[matches[n - 1].end : match.start].strip() == "-"
            before = self.reading.words[match.first - 1].text
            if not beside and before not in self.lists["prefix"] and not self.reading.shouted(match.first - 1):
                return False
        follows = re.match(r"-\w", folded[match.end : match.end + 2])
        beside = n + 1 < len(matches) and matches[n + 1].start == match.end + 1
        if follows is None or beside or self.reading.words[match.last + 1].text in self.lists["prefix"]:
            return True
        return self.reading.shouted(match.last + 1) or not self.reading.capital(match.last + 1)

    # Conditions of homonyms.csv that the other states of the text decide.

    def _names_state(self, matches: Sequence[Match], n: int) -> bool:
        match = matches[n]
        condition = self._condition(match)
        if condition == "article":
            named = self.reading.before(match.first) in self.lists["article"] and not self.reading.name_follows(
                match.last
            )
            return named or self._listed(matches, n)
        if condition == "forename":
            if self._forename(match):
                return False
            others = (other for other in matches if other.entry is match.entry)
            return self._listed(matches, n) or not any(self._forename(other) for other in others)
        return True

    def _forename(self, match: Match) -> bool:
        before = self.reading.before(match.first)
        surname = before and before not in self.lists["function"] and self.reading.capital(match.first - 1)
        return bool(surname) or self.reading.name_follows(match.last)

    def _listed(self, matches: Sequence[Match], n: int) -> bool:
        """Tell whether a name stands in parentheses, in a list of states, or alone on its line or before its colon."""
        match = matches[n]
        left, right = self._around(match)
        if (left.endswith("(") and right.startswith((")", ","))) or (not left and (not right or right[0] == ":")):
            return True
        if self.reading.before(match.first) not in {"", "et", "ou", "ni"}:
            return False
        return any(self._condition(other) != "article" for other in self._list(matches, n))

    def _list(self, matches: Sequence[Match], n: int) -> list[Match]:
        """Return the other forms of the list in which a form stands."""
        first = last = n
        while first > 0 and self._list_joins(matches[first - 1], matches[first]):
            first -= 1
        while last + 1 < len(matches) and self._list_joins(matches[last], matches[last + 1]):
            last += 1
        return [*matches[first:n], *matches[n + 1 : last + 1]]

    def _list_joins(self, left: Match, right: Match) -> bool:
        between = self.reading.folded[left.end : right.start]
        return bool(between.strip() and BETWEEN.fullmatch(between))

    # What is marked, and with which code.

    def _title(self, match: Match, since: int) -> int | None:
        """Return where the title of a state begins before its name: « République du Mali », « République malienne »."""
        index = match.first - 1
        if match.entry.kind == "name":
            while self.reading.joined(index) and self.reading.words[index].text in OF:
                index -= 1
            if index == match.first - 1:
                return None
        while self.reading.joined(index) and self.reading.words[index].text in self.lists["regime"]:
            index -= 1
        if not self.reading.joined(index) or self.reading.words[index].text not in self.lists["regime-head"]:
            return None
        if self.reading.words[index].text == "republique" and match.entry.masculine:
            return None  # « le président de la République italien »
        start = self.reading.words[index].start
        return start if start >= since else None

    def _resolved(self, match: Match, matches: Sequence[Match]) -> str:
        """Return the code of a form; of one that several states share, by what else the text names."""
        states = self.known.contexts.get(match.entry.lemma)
        if states is None:
            return match.entry.iso3
        evidence = [
            (m.start, m.entry.iso3)
            for m in matches
            if m.entry.iso3 in states and m.entry.lemma not in self.known.contexts
        ]
        evidence += [item for item in self._places(match.entry.lemma) if item[1] or abs(item[0] - match.start) < NEAR]
        usual = next(iter(states))
        if match.entry.kind == "name" and "" not in states:
            named = {iso3 for _, iso3 in evidence}
            beside = {other.entry.iso3 for other in self._list(matches, matches.index(match))}
            return named.pop() if len(named) == 1 and not named & beside else usual
        return min(evidence, key=lambda item: abs(item[0] - match.start), default=(0, usual))[1]

    def _places(self, lemma: str) -> list[tuple[int, str]]:
        """Return where places of the states that share a form are named, and their codes."""
        if lemma not in self._hinted:
            hints = self.known.contexts[lemma].items()
            found = [(place.start(), iso3) for iso3, hint in hints for place in hint.finditer(self.reading.folded)]
            self._hinted[lemma] = found
        return self._hinted[lemma]

    def _end(self, match: Match) -> int:
        found = INCLUSIVE.match(self.reading.folded, match.end) if match.entry.kind == "demonym" else None
        return found.end() if found else match.end


def find(text: str, persons: Iterable[Span] = (), models: Path | None = None) -> list[Mention]:
    """Return the states and nationalities of a text, in its order.

    `persons` are spans (start, end) in code points that name persons: what stands inside one is no state. `models` is a
    folder of models, the shipped one if None.
    """
    return Finder(gazetteer(models), text, persons).mentions()


def countries(doc: Doc, models: Path | None = None) -> list[Mention]:
    """Return the states and nationalities of a report, none inside a person that the stage marks has found."""
    marks = doc.spans.get("marks") or ()
    persons = [(span.start_char, span.end_char) for span in marks if span.label_ == "Person"]
    return find(doc.text, persons, models)


def within(mentions: Iterable[Mention], start: int, end: int) -> list[Mention]:
    """Return the mentions that lie in a stretch of the text, such as a role or an organisation."""
    return [mention for mention in mentions if start <= mention.start and mention.end <= end]


def table(models: Path | None = None) -> dict[str, Country]:
    """Return the countries of ISO 3166-1, and Kosovo, by alpha-3, with no counts yet."""
    return gazetteer(models).table


def code(name: str, models: Path | None = None) -> str | None:
    """Return the alpha-3 of a country or territory by its name in any spelling (``Etats-Unis``), None if unknown."""
    return gazetteer(models).code(name)


class Countries:
    """Component: writes the states and nationalities of a report."""

    def __init__(self, nlp: Language, name: str = GROUP, *, models: str | None = None) -> None:
        self.name = name
        self.models = Path(models) if models is not None else None
        gazetteer(self.models)  # a broken table is reported now, not at the first report

    def __call__(self, doc: Doc) -> Doc:
        mentions = countries(doc, self.models)
        store(doc, GROUP, mentions, (Place(m.start, m.end, m.label, kb_id=m.iso3 or "") for m in mentions))
        return doc


@Language.factory("countries", assigns=["doc.spans"])
def make_countries(nlp: Language, name: str, models: str | None = None) -> Countries:
    """Make the stage; `models` is a folder of models, the shipped one if None."""
    return Countries(nlp, name, models=models)
