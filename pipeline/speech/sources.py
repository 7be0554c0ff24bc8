"""Who said it: the words that name the source of a cue.

Candidates are the names, functions, pronouns and noun phrases around a cue, and nobody (``implicit``); a linear
`Ranker` chooses among them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.learning.ranker import Ranker, probabilities
from pipeline.lexicon.grammar import grammar
from pipeline.speech.contents import Content
from pipeline.speech.places import Cue
from pipeline.speech.view import View, bucket, pos, word

BACK, AHEAD = 3, 1  # sentences before and after the cue in which its source may stand
BY_FORM = ("sd", "k", "dep", "gov", "b", "subj", "earl", "same", "in", "top", "x", "v")  # differ by the form of the cue
WITHIN_PHRASE = frozenset({"ADJ", "ADP", "DET", "NOUN", "PROPN", "NUM", "CCONJ", "ADV"})
NOMINAL = frozenset({"NOUN", "PROPN"})
SUBJECT = frozenset({"nsubj", "nsubj:pass", "nsubj:caus", "expl:subj"})


class Candidate(NamedTuple):
    """Positions (first, after the last) and main word of something that may be a source."""

    first: int
    last: int
    head: int
    kind: str  # person, role, pronoun, indefinite, country, phrase, implicit


IMPLICIT = Candidate(-1, -1, -1, "implicit")


@dataclass(frozen=True)
class Named:
    """What earlier stages know of a paragraph: positions of persons, functions and states."""

    persons: Sequence[tuple[int, int]] = ()
    roles: Sequence[tuple[int, int]] = ()
    countries: Sequence[tuple[int, int]] = ()
    person_at: dict[int, tuple[int, int]] = field(default_factory=dict)
    role_at: dict[int, tuple[int, int]] = field(default_factory=dict)
    country_at: dict[int, tuple[int, int]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, persons: Sequence[tuple[int, int]], roles: Sequence[tuple[int, int]], countries: Sequence[tuple[int, int]]
    ) -> Named:
        tables = [{n: span for span in spans for n in range(*span)} for spans in (persons, roles, countries)]
        return cls(persons, roles, countries, *tables)


class Choice(NamedTuple):
    """The candidate that was chosen, how sure (0 to 1), and what spoke most for it."""

    candidate: Candidate
    probability: float
    reason: str


def phrase(view: View, n: int) -> tuple[int, int]:
    """Return the noun phrase around a noun, without what a comma, a verb or a relative pronoun sets off."""
    first, last = n, n + 1
    low, high = view.edges[n]
    while first > low and view.pos[first - 1] in ("DET", "ADJ", "NUM") and view.head[first - 1] == n:
        first -= 1
    while first > 0 and view.pos[first - 1] == "DET" and view.sentence[first - 1] == view.sentence[n]:
        first -= 1
    while last <= high and view.pos[last] in WITHIN_PHRASE and view.text[last] not in ",;:(":
        if view.pos[last] == "CCONJ" and word(view, last + 1) in grammar("definite articles"):
            break  # another phrase: l'Union africaine et la CEDEAO
        last += 1
    while last > n + 1 and view.pos[last - 1] in ("ADP", "DET", "CCONJ", "ADV"):
        last -= 1
    return first, last


def candidates(view: View, cue: Cue, named: Named) -> Iterator[Candidate]:
    """Yield what may be the source of a cue, in the order of the text, and last of all nobody."""
    here = view.sentence[cue.first]
    n = 0
    while n < len(view):
        if not here - BACK <= view.sentence[n] <= here + AHEAD:
            n += 1
            continue
        possessive = cue.first < n < cue.last and view.lower[n] in grammar("possessives")
        found = Candidate(n, n + 1, n, "pronoun") if possessive else _candidate(view, n, named)
        if found and not (
            found.first < cue.last and cue.first < found.last and found.kind not in ("pronoun", "person", "role")
        ):
            yield found
        n = max(found.last if found and found.kind in ("person", "role") else n + 1, n + 1)
    yield IMPLICIT


def _candidate(view: View, n: int, named: Named) -> Candidate | None:
    if n in named.person_at:
        return Candidate(*named.person_at[n], n, "person")
    if n in named.role_at:
        return Candidate(*named.role_at[n], n, "role")
    lower = view.lower[n].lstrip("-").removeprefix("t-")
    if lower in grammar("personal pronouns"):
        return Candidate(n, n + 1, n, "pronoun")
    if lower in grammar("anaphoric adjectives") and word(view, n - 1) in ("ce", "cette", "ces"):
        return Candidate(n - 1, n + 1, n, "pronoun")
    if lower in grammar("other") and word(view, n - 1) in ("un", "une", "l'", "d'", "les"):
        return Candidate(n - 1, n + 1, n, "indefinite") if pos(view, n + 1) not in ("NOUN", "ADJ", "PROPN") else None
    if (
        lower in grammar("indefinite pronouns")
        and view.pos[n] in ("PRON", "ADJ", "NOUN", "ADV")
        and pos(view, n + 1) not in ("NOUN", "ADJ")
    ):
        return Candidate(n - (word(view, n - 1) in ("d'", "de", "les", "l'")), n + 1, n, "indefinite")
    if n in named.country_at:
        return Candidate(*named.country_at[n], n, "country") if named.country_at[n][0] == n else None
    if view.pos[n] in NOMINAL or (
        view.text[n][:1].isupper() and view.pos[n] in ("ADJ", "X") and view.dep[n] in SUBJECT
    ):
        return _beside_name(view, Candidate(*phrase(view, n), n, "phrase"), named)
    return None


def _beside_name(view: View, one: Candidate, named: Named) -> Candidate | None:
    """Cut a phrase before a name that it governs; None where the name is the same person (``l'avocat Jean Ba``)."""
    name = next((n for n in range(one.head + 1, min(one.last + 1, len(view))) if n in named.person_at), None)
    if name is None:
        return one
    last = name
    while last > one.head + 1 and view.pos[last - 1] in ("ADP", "DET"):
        last -= 1
    return one._replace(last=last) if last < name else None


class SourceFeatures:
    """What the ranker weighs, for one cue."""

    def __init__(
        self,
        view: View,
        cue: Cue,
        cues: Sequence[Cue],
        named: Named,
        *,
        content: Content | None,
        earlier: Candidate | None,
    ) -> None:
        self.view, self.cue, self.named, self.content, self.earlier = view, cue, named, content, earlier
        self.found = list(candidates(view, cue, named))
        self.others = [other for other in cues if other.first != cue.first]
        self.frame = self._frame()
        self.subject = {k for k in view.children[cue.head] if view.dep[k] in SUBJECT}
        self.subject |= {k for c in range(cue.first, cue.last) for k in view.children[c] if view.dep[k] in SUBJECT}

    def _frame(self) -> str:
        """The form of the cue: preposition, inverted, passive, participle, gerund, infinitive or plain."""
        view, cue = self.view, self.cue
        words = view.lower[cue.first : cue.last]
        form = view.morph(cue.head, "VerbForm")
        if view.pos[cue.head] not in ("VERB", "AUX") or words[0] in ("selon", "pour", "d'après", "d'"):
            return "prep:" + words[0]
        if words[0] in ("comme", "ainsi"):
            return "comme"
        if any(w.startswith("-") for w in words) or (cue.last < len(view) and view.lower[cue.last].startswith("-")):
            return "inverted"
        if any(view.dep[n] == "aux:pass" for n in range(cue.first, cue.last)) or "été" in words:
            return "passive"
        if form == "Part" and view.morph(cue.head, "Tense") == "Pres":
            return "participle"
        if form == "Part" and cue.last - cue.first == 1:
            return "bare"
        return "infinitive" if form == "Inf" and cue.last - cue.first == 1 else "plain"

    def features(self, index: int) -> list[str]:
        """Return what is known of a candidate beside the cue."""
        one = self.found[index]
        if one.kind == "implicit":
            return self._nobody()
        side, low, high = self._side(one)
        values = self._values(one, side, low, high)
        return [
            *(f"{key}={value}" for key, value in values.items()),
            *(f"{side} {key}={value}" for key, value in values.items() if key not in ("sd", "k")),
            *(f"{self.frame} {key}={values[key]}" for key in BY_FORM),
            *(f"{one.kind} {key}={value}" for key, value in values.items() if key != "k"),
            *self._pairs(one, side, high - low if side[0] != "I" else 0, values),
        ]

    def _nobody(self) -> list[str]:
        frame, subject, lead = self.frame, bool(self.subject), word(self.view, self.cue.first - 1)
        return [
            "implicit",
            f"implicit fr={frame}",
            f"implicit subj={subject}",
            f"implicit fr*subj={frame}|{subject}",
            f"implicit p={lead}",
            f"implicit l={self.cue.lemma}",
            f"implicit fr*n={frame}|{word(self.view, self.cue.last)}",
            f"implicit rivals={min(len(self.found), 6)}",
            f"implicit fr*p={frame}|{lead}",
            f"implicit first={self.cue.first == 0}",
        ]

    def _side(self, one: Candidate) -> tuple[str, int, int]:
        """Return on which side of the cue a candidate stands, sentences away if any, and the positions between."""
        gap = self.view.sentence[one.head] - self.view.sentence[self.cue.first]
        away = str(gap) if gap else ""
        if one.last <= self.cue.first:
            return f"B{away}", one.last, self.cue.first
        if one.first >= self.cue.last:
            return f"A{away}", self.cue.last, one.first
        return f"I{away}", one.first, one.first

    def _values(self, one: Candidate, side: str, low: int, high: int) -> dict[str, object]:
        view, cue = self.view, self.cue
        between = [c for c in self.found if low <= c.first < high and c.kind != "implicit"]
        opens = view.sentences[view.sentence[one.head]][0]
        return {
            "k": one.kind,
            "sd": f"{side}|{bucket(high - low) if side != 'I' else 0}",
            "btw": min(len(between), 6),
            "same": min(sum(c.kind == one.kind for c in between), 4),
            "dep": view.dep[one.head],
            "gov": cue.first <= view.head[one.head] < cue.last,
            "b": self._before(one),
            "a": word(view, one.last),
            "in": self.content is not None and self.content.first <= one.head < self.content.last,
            "q": view.quote[one.head] >= 0 and view.quote[one.head] != view.quote[cue.head],
            "subj": any(one.first <= subject < one.last for subject in self.subject),
            "agr": self._agreement(view.morph(one.head, "Number")),
            "earl": self.earlier is not None and self.earlier.first == one.first,
            "v": min(view.finite_verbs[high] - view.finite_verbs[low] if high > low else 0, 3),
            "x": min(sum(low <= other.first < high for other in self.others), 3),
            "first": one.first - opens in (0, 1),
            "top": self._chain(one.head),
        }

    def _pairs(self, one: Candidate, side: str, distance: int, values: dict[str, object]) -> list[str]:
        view, frame, kind = self.view, self.frame, one.kind
        before, subject, earlier = values["b"], values["subj"], values["earl"]
        same, crossed, verbs = (min(int(str(values[key])), most) for key, most in (("same", 3), ("x", 2), ("v", 2)))
        lemma = view.lemma[one.head] if kind == "phrase" else kind
        determiner = word(view, one.first) if kind == "phrase" and view.pos[one.first] == "DET" else before
        near = bucket(distance)
        return [
            f"sd*fr*k={side}|{frame}|{kind}",
            f"side*fr*subj={side}|{frame}|{subject}",
            f"side*fr*same={side}|{frame}|{same}|{kind}",
            f"b*fr={before}|{frame}|{side}",
            f"k*x*v={kind}|{crossed}|{verbs}|{side}",
            f"earl*x={earlier}|{frame}|{crossed}",
            f"lem={lemma}",
            f"lem*fr={lemma}|{frame}",
            f"cap={view.text[one.head][:1].isupper()}|{kind}",
            f"has={self._has_country(one)}|{kind}",
            f"num={view.morph(one.head, 'Number')}|{kind}",
            f"fr*l={frame}|{self.cue.lemma}|{kind}",
            f"subj*dep={subject}|{values['dep']}|{kind}",
            f"adj={values['a']}|{near if near < 3 else 9}|{side}|{frame}",
            f"det={determiner}|{kind}",
        ]

    def _before(self, one: Candidate) -> str:
        """The word before a candidate; behind an article or a title, the word before that too."""
        before = word(self.view, one.first - 1)
        if before in grammar("definite articles") or before.rstrip(".") in ("m", "mme", "mlle", "mm"):
            return before + "<" + word(self.view, one.first - 2)
        return before

    def _agreement(self, number: str) -> str:
        verb = next(
            (n for n in range(self.cue.first, self.cue.last) if self.view.morph(n, "VerbForm") == "Fin"), self.cue.head
        )
        other = self.view.morph(verb, "Number")
        return "?" if not number or not other else str(number == other)

    def _has_country(self, one: Candidate) -> bool:
        return any(n in self.named.country_at for n in range(one.first, min(one.last + 4, len(self.view))))

    def _chain(self, n: int) -> str:
        """The arcs from a candidate up to the cue, as far as three steps."""
        steps = []
        for _ in range(3):
            head = self.view.head[n]
            steps.append(self.view.dep[n])
            if self.cue.first <= head < self.cue.last:
                return ">".join([*steps, "cue"])
            if head == n:
                break
            n = head
        return ">".join(steps[:2])


def choose(features: SourceFeatures, ranker: Ranker) -> Choice:
    """Return the likeliest source of a cue."""
    rows = [features.features(n) for n in range(len(features.found))]
    scores = [ranker.score(row) for row in rows]
    best = max(range(len(scores)), key=scores.__getitem__)
    return Choice(features.found[best], probabilities(scores)[best], ranker.heaviest(rows[best]))
