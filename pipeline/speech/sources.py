"""Who said it: the words that name the source of a cue.

Candidates are the names, functions, pronouns and noun phrases around a cue, and nobody (``implicit``); a linear `Ranker`
chooses among them. What the text joins to the chosen one (``et``, ``dont``, ``tels que``, ``à l'instar de``) is a
further source, by rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.learning.ranker import Ranker, probabilities
from pipeline.speech.contents import Content
from pipeline.speech.places import Cue
from pipeline.speech.view import View, bucket, pos, word

BACK, AHEAD = 3, 1  # sentences before and after the cue in which its source may stand
PERSONAL = frozenset(
    [
        "il",
        "elle",
        "ils",
        "elles",
        "on",
        "lui",
        "eux",
        "je",
        "j'",
        "nous",
        "celui-ci",
        "celle-ci",
        "ceux-ci",
        "celles-ci",
    ]
)
ANAPHORIC = frozenset(["dernier", "dernière", "derniers", "dernières"])
INDEFINITE = frozenset(
    [
        "certains",
        "certaines",
        "d'autres",
        "autres",
        "plusieurs",
        "tous",
        "toutes",
        "beaucoup",
        "nul",
        "personne",
        "aucun",
        "aucune",
        "chacun",
        "quelques-uns",
        "aucuns",
    ]
)
POSSESSIVE = frozenset(["son", "sa", "ses", "leur", "leurs", "l'", "les"])  # inside a cue: à ses yeux, à l'entendre
OTHER = frozenset(["autre", "autres", "un", "une"])
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
    while (
        last <= high
        and view.pos[last] in ("ADJ", "ADP", "DET", "NOUN", "PROPN", "NUM", "CCONJ", "ADV")
        and view.text[last] not in ",;:("
    ):
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
        possessive = cue.first < n < cue.last and view.lower[n] in POSSESSIVE
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
    if lower in PERSONAL:
        return Candidate(n, n + 1, n, "pronoun")
    if lower in ANAPHORIC and word(view, n - 1) in ("ce", "cette", "ces"):
        return Candidate(n - 1, n + 1, n, "pronoun")
    if lower in OTHER and word(view, n - 1) in ("un", "une", "l'", "d'", "les"):
        return Candidate(n - 1, n + 1, n, "indefinite") if pos(view, n + 1) not in ("NOUN", "ADJ", "PROPN") else None
    if (
        lower in INDEFINITE
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
        self.previous = max((o for o in self.others if o.last <= cue.first), key=lambda o: o.last, default=None)
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
        view, cue = self.view, self.cue
        one = self.found[index]
        frame = self.frame
        if one.kind == "implicit":
            subject = bool(self.subject)
            lead = word(view, cue.first - 1)
            return [
                "implicit",
                f"implicit fr={frame}",
                f"implicit subj={subject}",
                f"implicit fr*subj={frame}|{subject}",
                f"implicit p={lead}",
                f"implicit l={cue.lemma}",
                f"implicit fr*n={frame}|{word(view, cue.last)}",
                f"implicit rivals={min(len(self.found), 6)}",
                f"implicit fr*p={frame}|{lead}",
                f"implicit first={cue.first == 0}",
            ]
        kind = one.kind
        gap = view.sentence[one.head] - view.sentence[cue.first]
        if one.last <= cue.first:
            side, low, high = "B", one.last, cue.first
        elif one.first >= cue.last:
            side, low, high = "A", cue.last, one.first
        else:
            side, low, high = "I", one.first, one.first
        side += str(gap) if gap else ""
        between = [c for c in self.found if low <= c.first < high and c.kind != "implicit"]
        same = sum(c.kind == kind for c in between)
        dep = view.dep[one.head]
        governed = cue.first <= view.head[one.head] < cue.last
        before, after = word(view, one.first - 1), word(view, one.last)
        if before in ("le", "la", "l'", "les") or before.rstrip(".") in ("m", "mme", "mlle", "mm"):
            before = before + "<" + word(view, one.first - 2)
        inside = self.content is not None and self.content.first <= one.head < self.content.last
        quoted = view.quote[one.head] >= 0 and (view.quote[one.head] != view.quote[cue.head])
        subject = one.head in self.subject or any(one.first <= s < one.last for s in self.subject)
        number = view.morph(one.head, "Number")
        agrees = self._agreement(number)
        earlier = self.earlier is not None and self.earlier.first == one.first
        verbs = sum(view.pos[n] == "VERB" and view.morph(n, "VerbForm") == "Fin" for n in range(low, high))
        crossed = sum(low <= o.first < high for o in self.others)
        distance = bucket(high - low) if side != "I" else 0
        first = (
            one.first == view.sentences[view.sentence[one.head]][0]
            or one.first - 1 == view.sentences[view.sentence[one.head]][0]
        )
        top = self._chain(one.head)
        values = {
            "k": kind,
            "sd": f"{side}|{distance}",
            "btw": min(len(between), 6),
            "same": min(same, 4),
            "dep": dep,
            "gov": governed,
            "b": before,
            "a": after,
            "in": inside,
            "q": quoted,
            "subj": subject,
            "agr": agrees,
            "earl": earlier,
            "v": min(verbs, 3),
            "x": min(crossed, 3),
            "first": first,
            "top": top,
        }
        out = [f"{key}={value}" for key, value in values.items()]
        out += [f"{side} {key}={value}" for key, value in values.items() if key not in ("sd", "k")]
        out += [
            f"{frame} {key}={value}"
            for key, value in values.items()
            if key in ("sd", "k", "dep", "gov", "b", "subj", "earl", "same", "in", "top", "x", "v")
        ]
        out += [f"{kind} {key}={value}" for key, value in values.items() if key not in ("k",)]
        out += [
            f"sd*fr*k={side}|{frame}|{kind}",
            f"side*fr*subj={side}|{frame}|{subject}",
            f"side*fr*same={side}|{frame}|{min(same, 3)}|{kind}",
            f"b*fr={before}|{frame}|{side}",
            f"k*x*v={kind}|{min(crossed, 2)}|{min(verbs, 2)}|{side}",
            f"earl*x={earlier}|{frame}|{min(crossed, 2)}",
            f"lem={view.lemma[one.head] if kind == 'phrase' else kind}",
            f"lem*fr={view.lemma[one.head] if kind == 'phrase' else kind}|{frame}",
            f"cap={view.text[one.head][:1].isupper()}|{kind}",
            f"has={self._has_country(one)}|{kind}",
            f"num={number}|{kind}",
            f"fr*l={frame}|{cue.lemma}|{kind}",
            f"subj*dep={subject}|{dep}|{kind}",
            f"adj={view.text[one.last - 1] if False else after}|{distance if distance < 3 else 9}|{side}|{frame}",
            f"det={word(view, one.first) if kind == 'phrase' and view.pos[one.first] == 'DET' else before}|{kind}",
        ]
        return out

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
