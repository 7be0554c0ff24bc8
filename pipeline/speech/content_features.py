"""What the ranker of contents weighs: the place before a start, the place after an end, and the two together."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.lexicon.grammar import grammar
from pipeline.speech.places import ENDS_SENTENCE, LONGEST, Cue, ends, starts, window
from pipeline.speech.view import CLOSING, OPENING, STRAIGHT, View, bucket, pos, word


class Counts:
    """Running counts over a paragraph, to count within any stretch at once."""

    KINDS = ("comma", "finite", "open", "close", "bracket", "semicolon")

    def __init__(self, view: View) -> None:
        rows = [[0] * len(self.KINDS)]
        for n, text in enumerate(view.text):
            finite = view.pos[n] in ("VERB", "AUX") and view.morph(n, "VerbForm") == "Fin"
            one = (text == ",", finite, text in OPENING, text in CLOSING, (text == "(") - (text == ")"), text in ";:")
            rows.append([count + int(more) for count, more in zip(rows[-1], one, strict=True)])
        self.rows = rows

    def between(self, kind: str, first: int, last: int) -> int:
        k = self.KINDS.index(kind)
        return self.rows[last][k] - self.rows[first][k] if last > first else 0


class Features:
    """What the ranker weighs, for one cue among the cues of its paragraph.

    A pair's features are those of its start, those of its end, and a few of the two together.
    """

    def __init__(
        self, view: View, cue: Cue, cues: Sequence[Cue], counts: Counts, names: frozenset[int] = frozenset()
    ) -> None:
        self.view, self.cue, self.counts, self.names = view, cue, counts, names
        self.others = [other for other in cues if other.first != cue.first]
        self.reach = window(view, cue)
        self.opening = word(view, cue.first)
        self.closing = word(view, cue.last - 1)
        self.child = {view.edges[k][0]: k for k in view.children[cue.head] if not cue.first <= k < cue.last}
        self.right = {view.edges[k][1] + 1: k for k in self.child.values()}
        self.frame = "+".join(sorted(self.cue.frames & {"que", "inf", "np", "quote"}))
        self.kind = self._kind()
        verbs = {cue.head, *range(cue.first, cue.last)}
        self.subjects = [k for k in range(len(view)) if view.head[k] in verbs and view.dep[k].startswith("nsubj")]
        self.incise = self._incise()

    def _kind(self) -> str:
        """The form of what follows the cue, in a word."""
        after = word(self.view, self.cue.last)
        if after in ("que", "qu'", ":", "de", "d'", "à", "si", "comment", ",", ".", "sur", "par"):
            return after
        return pos(self.view, self.cue.last)

    def _incise(self) -> str:
        """Whether the subject stands after the cue, and what stands before it: ``…, a rappelé le délégué``."""
        after = any(k >= self.cue.last for k in self.subjects) or "-" in self.view.text[self.cue.last - 1]
        return f"{word(self.view, self.cue.first - 1)}|{after}"

    def start(self, n: int) -> list[str]:
        """Return what is known of a place where a content may begin."""
        view, cue = self.view, self.cue
        after = n >= cue.last
        side = "A" if after else "B"
        before = word(view, n - 1)
        low, high = (cue.last, n) if after else (n, cue.first)
        child = self.child.get(n, self.child.get(n - 1, -1))
        dep = view.dep[child] if child >= 0 else "-"
        distance = bucket(n - cue.last if after else cue.first - n)
        skipped = sum(low <= other.first < high for other in self.others)
        finite = min(self.counts.between("finite", low, high), 3)
        commas = min(self.counts.between("comma", low, high), 4)
        quoted = ("Q" if view.quote[n] >= 0 else "-") + (
            "o" if view.text[n] in OPENING or view.text[n] == STRAIGHT else ""
        )
        pre_quote = before in OPENING or (before == STRAIGHT and view.quote[n] >= 0)
        place = self._place(n)
        values = {
            "p": before,
            "p2": f"{word(view, n - 2)} {before}",
            "pp": pos(view, n - 1),
            "f": view.lower[n],
            "fp": view.pos[n],
            "f2": f"{view.pos[n]} {pos(view, n + 1)}",
            "d": distance,
            "dep": dep,
            "skip": skipped,
            "fin": finite,
            "com": commas,
            "q": quoted,
            "place": place,
            "in": str(n in self.names),
            "pq": pre_quote,
        }
        out = [f"s{side} {key}={value}" for key, value in values.items()]
        lemma, kind = cue.lemma, self.kind
        small = view.lower[n] if view.lower[n] in grammar("small words") else view.pos[n]
        out += [
            f"s{side} p*l={before}|{lemma}",
            f"s{side} d*k={distance}|{kind}",
            f"s{side} p*k={before}|{kind}",
            f"s{side} p*fr={before}|{self.frame}",
            f"s{side} dep*p={dep}|{before}",
            f"s{side} l={lemma}",
            f"s{side} c0={self.opening}",
            f"s{side} c1*fp={self.closing}|{view.pos[n]}",
            f"s{side} hp*p={view.pos[cue.head]}|{before}",
            f"s{side} d*fp={distance}|{view.pos[n]}",
            f"s{side} place*q={place}|{quoted}|{pre_quote}",
            f"s{side} pp*fp={pos(view, n - 1)}|{view.pos[n]}",
            f"s{side} cuefirst={cue.first == self.reach.first}|{place}",
            f"s{side} d*f={distance if distance < 4 else 9}|{small}",
            f"s{side} fin*p={finite}|{before}",
            f"s{side} com*p={commas}|{before}",
            f"s{side} skip*p={skipped}|{before}",
            f"s{side} inc={self.incise}|{place}",
            f"s{side} c0*place={self.opening}|{place}|{before}",
            f"s{side} inc*p={self.incise}|{before}",
        ]
        return out

    def _place(self, n: int) -> str:
        """Where a start is in the sentence of the cue."""
        if n == self.reach.first:
            return "first"
        if n < self.reach.first:
            return "early"
        return "late" if n >= self.reach.last else ""

    def end(self, n: int) -> list[str]:
        """Return what is known of the place after an end."""
        view, cue, reach = self.view, self.cue, self.reach
        after = n > cue.last
        side = "A" if after else "B"
        following, last = word(view, n), n - 1
        low, high = (cue.last, n) if after else (n, cue.first)
        stops = n >= reach.last or (n == reach.last - 1 and view.text[n] in ENDS_SENTENCE)
        place = (
            ("whole" if stops else "beyond" if n > reach.last else "") if after else ("cue" if n == cue.first else "")
        )
        coming = next((other for other in self.others if other.first >= n), None)
        to_next = bucket(coming.first - n) if coming and coming.first < reach.right else 99
        crossed = sum(low <= other.first < high for other in self.others)
        child = self.right.get(n, self.right.get(n - 1, -1))
        dep = view.dep[child] if child >= 0 else "-"
        closed = view.text[last] in CLOSING or (view.text[last] == STRAIGHT)
        next_closed = following in CLOSING or (following == STRAIGHT and view.quote[last] >= 0)
        verb = self._verb_after(n)
        values = {
            "n": following,
            "n2": f"{following} {word(view, n + 1)}",
            "np": pos(view, n),
            "np2": f"{pos(view, n)} {pos(view, n + 1)}",
            "l": view.lower[last] if view.pos[last] in ("PUNCT", "PRON") else view.pos[last],
            "place": place,
            "next": to_next,
            "cross": crossed,
            "dep": dep,
            "cl": closed,
            "ncl": next_closed,
            "v": verb,
            "in": str(n in self.names),
            "fin": min(self.counts.between("finite", low, high), 3),
            "com": min(self.counts.between("comma", low, high), 4),
            "q": view.quote[last] >= 0,
        }
        out = [f"e{side} {key}={value}" for key, value in values.items()]
        out += [
            f"e{side} n*v={following}|{verb}",
            f"e{side} n*place={following}|{place}",
            f"e{side} n*next={following}|{to_next}",
            f"e{side} n*dep={following}|{dep}",
            f"e{side} n*q={following}|{view.quote[last] >= 0}",
            f"e{side} place*k={place}|{self.kind}",
            f"e{side} n*np2={following}|{pos(view, n + 1)}",
            f"e{side} place*fr={place}|{self.frame}",
            f"e{side} cl*place={closed}|{next_closed}|{place}",
            f"e{side} n*cross={following}|{crossed}",
            f"e{side} c0*place={self.opening}|{place}",
            f"e{side} n*l={following}|{cue.lemma}",
            f"e{side} cuefirst={cue.first == reach.first}|{following}",
            f"e{side} n*head={following}|{self._arc(n)}",
        ]
        return out

    def _arc(self, n: int) -> str:
        """What the word after the end, or the one that it joins, hangs on: the cue, the content, or elsewhere."""
        view = self.view
        m = n + 1 if pos(view, n) in ("PUNCT", "CCONJ") else n
        if not 0 <= m < len(view):
            return "#"
        top = m
        for _ in range(12):
            head = view.head[top]
            if head == top or head < n:
                break
            top = head
        head = view.head[top]
        where = (
            "root" if head == top else "cue" if self.cue.first <= head < self.cue.last else "in" if head < n else "out"
        )
        return f"{where}:{view.dep[top]}"

    def _verb_after(self, n: int) -> str:
        """The kind of the first verb within a few words of an end: what follows a comma or ``et`` may be a clause."""
        for m in range(n, min(n + 7, self.reach.last)):
            if self.view.pos[m] in ("VERB", "AUX"):
                form = self.view.morph(m, "VerbForm") + self.view.morph(m, "Tense")
                return form + ("*" if any(o.first <= m < o.last for o in self.others) else "")
        return "-"

    def pair(self, first: int, last: int) -> list[str]:
        """Return what is known of a start and an end together."""
        view, cue, counts = self.view, self.cue, self.counts
        side = "A" if first >= cue.last else "B"
        length = bucket(last - first)
        balance = counts.between("open", first, last) - counts.between("close", first, last)
        brackets = counts.between("bracket", first, last)
        inside = sum(first <= other.first and other.last <= last for other in self.others)
        before, following = word(view, first - 1), word(view, last)
        opened = view.text[first] in OPENING or (view.text[first] == STRAIGHT and view.quote[first] >= 0)
        closed = view.text[last - 1] in CLOSING or view.text[last - 1] == STRAIGHT
        outer = (before in OPENING or before == STRAIGHT) and (following in CLOSING or following == STRAIGHT)
        sentences = min(view.sentence[last - 1] - view.sentence[first], 3)
        finite = min(counts.between("finite", first, last), 3)
        top = self._top(first, last)
        span = (last - first) * 10 // (self.reach.last - self.reach.first + 1)
        return [
            f"x{side} len={length}",
            f"x{side} bal={balance}",
            f"x{side} br={brackets}",
            f"x{side} ins={min(inside, 3)}",
            f"x{side} o*c={opened}|{closed}",
            f"x{side} out={outer}",
            f"x{side} sent={sentences}",
            f"x{side} fin={finite}",
            f"x{side} p*n={before}|{following}",
            f"x{side} span={min(span, 12)}",
            f"x{side} p*fin={before}|{finite}",
            f"x{side} ins*n={min(inside, 3)}|{following}",
            f"x{side} top={top}",
            f"x{side} top*p={top}|{before}",
            f"x{side} subj={self._subject(first, last)}",
            f"x{side} subj*inc={self._subject(first, last)}|{self.incise}",
            f"x{side} k*fin={self.kind}|{finite}",
            f"x{side} sent*out={sentences}|{outer}|{opened}",
            f"x{side} p*len={before}|{length}",
            f"x{side} first*last={first == self.reach.first}|{last >= self.reach.last - 1}",
        ]

    def _subject(self, first: int, last: int) -> str:
        """Whether a stretch holds the subject of the cue, and nothing else."""
        held = [k for k in self.subjects if first <= k < last]
        if not held:
            return "no"
        low, high = self.view.edges[held[0]]
        return "only" if low <= first + 1 and last <= high + 2 else "more"

    def _top(self, first: int, last: int) -> str:
        """Relation to the cue of the word that governs the stretch, and whether all of it hangs together."""
        tops = [n for n in range(first, last) if not first <= self.view.head[n] < last or self.view.head[n] == n]
        if not tops:
            return "none"
        governed = self.cue.first <= self.view.head[tops[0]] < self.cue.last
        return f"{self.view.dep[tops[0]]}|{governed}|{min(len(tops), 4)}"

    def candidates(self) -> list[tuple[int, int]]:
        """All pairs of a start and an end that do not cross the cue."""
        cue = self.cue
        lasts = list(ends(self.view, cue, self.reach))
        return [
            (s, e)
            for s in starts(self.view, cue, self.reach)
            for e in lasts
            if s < e <= s + LONGEST and (e <= cue.first or s >= cue.last)
        ]
