"""Further sources of a claim: what the text joins to the first one, and states in parentheses. By rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.contents import Cue
from pipeline.sources import Candidate, Named
from pipeline.view import View

# Closed class: conjunctions and prepositions that join a source to one before it.
JOINS = (
    ("et",), ("ou",), (",",), ("ainsi", "que"), (",", "ainsi", "que"), (",", "dont"), ("dont",), (",", "tels", "que"), ("tels", "que"), ("telles", "que"), (",", "telles", "que"),
    ("tel", "que"), (",", "notamment"), ("notamment",), (",", "y", "compris"), ("à", "l'", "instar"), (",", "à", "l'", "instar"), (",", "appuyé", "par"), (",", "appuyée", "par"), (",", "appuyés", "par"),
    (",", "rejoint", "par"), (",", "rejointe", "par"), (",", "suivi", "par"), (",", "suivie", "par"), (",", "soutenu", "par"), (",", "soutenue", "par"), (",", "comme"), ("comme",), ("et", "de"), ("et", "par"),
    (",", "en", "particulier"), (",", "parmi", "lesquels"), (",", "parmi", "lesquelles"), (",", "puis"), (",", "suivi", "de"), (",", "suivie", "de"), ("avec",), ("de", "même", "que"), (",", "de", "même", "que"), ("comme", "de"), (",", "entre", "autres"),
)
EMPTY = frozenset("le la les l' de d' du des m. mme mm. mmes mlle celui celle ceux celles un une par s.e. monsieur madame messieurs mesdames dr me".split())
LONGEST_LIST = 24
SPECIFYING = frozenset({"dont", "tels", "telles", "notamment", "lesquels", "lesquelles", "particulier", "autres", "compris"})


def after_source(view: View, one: Candidate, named: Named) -> int:
    """Return the position after a source and what belongs to it: its country in parentheses, its function, an apposition."""
    n = one.last
    moved = True
    while moved and n < len(view):
        moved = False
        if view.text[n] == "(" and ")" in view.text[n : n + 14]:
            n = n + view.text[n : n + 14].index(")") + 1
            moved = True
            continue
        for skip in (0, 1, 2):
            if n + skip < len(view) and n + skip in named.role_at and named.role_at[n + skip][0] == n + skip and all(view.lower[m] in (",", "le", "la", "l'") for m in range(n, n + skip)):
                n = named.role_at[n + skip][1]
                moved = True
                break
    return n


def joined(view: View, one: Candidate, found: Sequence[Candidate], cue: Cue, named: Named) -> Iterator[Candidate]:
    """Yield the sources that a list joins to the first, on its right."""
    by_first: dict[int, Candidate] = {}
    for other in sorted(found, key=lambda c: c.last - c.first):
        if other.kind != "implicit":
            by_first[other.first] = other
    n = after_source(view, one, named)
    for _ in range(LONGEST_LIST):
        follow = _next(view, n, by_first, cue)
        if follow is None or not _alike(one, follow):
            return
        yield follow
        n = after_source(view, follow, named)


def _next(view: View, n: int, by_first: dict[int, Candidate], cue: Cue) -> Candidate | None:
    """Return the candidate after a joining word, if one stands there and before the cue comes."""
    for words in sorted(JOINS, key=len, reverse=True):
        if tuple(view.lower[n : n + len(words)]) != words:
            continue
        m = n + len(words)
        while m < len(view) and m not in by_first and (view.lower[m] in EMPTY or view.pos[m] == "DET"):
            m += 1
        if m not in by_first or cue.first <= m < cue.last:
            return None
        follow = by_first[m]
        if words == (",",) and not _listed(view, follow, by_first, cue):
            return None
        return follow
    return None


def _listed(view: View, follow: Candidate, by_first: dict[int, Candidate], cue: Cue) -> bool:
    """Say whether a bare comma is that of a list: one that ends with ``et`` before the cue or the clause does."""
    stop = cue.first if cue.first > follow.first else min(len(view), follow.last + 60)
    return any(view.lower[m] in ("et", "ou") for m in range(follow.last, stop)) and follow.kind in ("person", "country")


def _alike(one: Candidate, other: Candidate) -> bool:
    """Say whether two candidates can share a verb: names with names, phrases with anything that is not a pronoun."""
    if "pronoun" in (one.kind, other.kind):
        return False
    return True


def parenthesis(view: View, place: int, named: Named) -> list[tuple[int, int]]:
    """Return the states listed in the parenthesis that opens at a position; none where it holds anything else."""
    if place >= len(view) or view.text[place] != "(":
        return []
    found: list[tuple[int, int]] = []
    n = place + 1
    while n < len(view) and view.text[n] != ")":
        if n in named.country_at:
            found.append(named.country_at[n])
            n = named.country_at[n][1]
        elif view.lower[n] in (",", "et", "ou", "le", "la", "les", "l'", ";", "notamment", "par", "exemple", "ainsi", "que"):
            n += 1
        else:
            return []
    return found if n < len(view) else []
