"""Further sources of a claim: what the text joins to the first one, and states in parentheses. By rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline import lexicon
from pipeline.lexicon.grammar import grammar, phrases
from pipeline.speech.places import Cue
from pipeline.speech.sources import Candidate, Named
from pipeline.speech.view import View, pos

LONGEST_LIST = 24
LONGEST_ASIDE = 14  # words of a parenthesis that belongs to a source


def after_source(view: View, one: Candidate, named: Named) -> int:
    """Return the position after a source and what belongs to it: its country in parentheses, its functions."""
    n = one.last
    while n < len(view):
        aside = view.text[n : n + LONGEST_ASIDE]
        if aside[0] == "(" and ")" in aside:
            n += aside.index(")") + 1
            continue
        role = n
        while role < n + 2 and role < len(view) and view.lower[role] in (",", *grammar("definite articles")):
            role += 1
        if role not in named.role_at or named.role_at[role][0] != role:
            return n
        n = named.role_at[role][1]
    return n


def joined(view: View, one: Candidate, found: Sequence[Candidate], cue: Cue, *, named: Named) -> list[Candidate]:
    """Return the sources that a list or a comparison joins to one, on either side of it, in the order of the text."""
    by_first: dict[int, Candidate] = {}
    for other in sorted(found, key=lambda c: c.last - c.first):
        if other.kind not in ("implicit", "pronoun"):
            by_first[other.first] = other
    return [*_left(view, one, by_first, named), *_right(view, one, by_first, cue, named)]


def _right(view: View, one: Candidate, by_first: dict[int, Candidate], cue: Cue, named: Named) -> Iterator[Candidate]:
    n = after_source(view, one, named)
    for _ in range(LONGEST_LIST):
        follow = _next(view, n, by_first, cue)
        if follow is None or (follow.kind == "role" and one.kind == "person"):  # a second function of the person
            return
        yield follow
        n = after_source(view, follow, named)


def _left(view: View, one: Candidate, by_first: dict[int, Candidate], named: Named) -> list[Candidate]:
    """Return the states or persons that a list or ``à l'instar de`` sets before one of their kind."""
    before: list[Candidate] = []
    first = one.first
    for _ in range(LONGEST_LIST):
        n = first - 1
        while n > 0 and view.lower[n] in grammar("before a source"):
            n -= 1
        if n < 1 or view.lower[n] not in (",", "et"):
            break
        previous = next(
            (c for c in by_first.values() if c.kind == one.kind and after_source(view, c, named) == n), None
        )
        if previous is None or one.kind not in ("country", "person"):
            break
        if view.lower[n] == "," and not (before or _compared(view, previous) or _ends_list(view, one)):
            break
        before.insert(0, previous)
        first = previous.first
    return before


def _compared(view: View, one: Candidate) -> bool:
    """Say whether a comparison stands before a candidate: à l'instar du Mexique, l'Argentine …"""
    last = one.first
    while last > 0 and view.lower[last - 1] in grammar("before a source"):
        last -= 1
    return any(tuple(view.lower[last - len(words) : last]) == words for words in phrases("comparing"))


def _ends_list(view: View, one: Candidate) -> bool:
    """Say whether ``et`` follows a candidate at once, as before the last of a list."""
    return view.lower[one.last : one.last + 1] == ["et"]


def _next(view: View, n: int, by_first: dict[int, Candidate], cue: Cue) -> Candidate | None:
    """Return the candidate after a joining word, if one stands there and before the cue comes."""
    for words in phrases("joins"):
        if tuple(view.lower[n : n + len(words)]) != words:
            continue
        m = n + len(words)
        while (
            m < len(view)
            and m not in by_first
            and (view.lower[m] in grammar("before a source") or view.pos[m] == "DET")
        ):
            m += 1
        if m not in by_first or cue.first <= m < cue.last:
            return None
        follow = by_first[m]
        if words == (",",) and not _listed(view, follow, by_first, cue):
            return None
        if words[-1] == "dont" and pos(view, follow.last) in ("VERB", "AUX") and follow.last != cue.first:
            return None  # a relative clause: dont la côte est longue
        return follow
    return None


def _listed(view: View, follow: Candidate, by_first: dict[int, Candidate], cue: Cue) -> bool:
    """Say whether a bare comma is that of a list: one that ends with ``et`` before the cue or the clause does."""
    stop = cue.first if cue.first > follow.first else min(len(view), follow.last + 60)
    return any(view.lower[m] in ("et", "ou") for m in range(follow.last, stop)) and follow.kind in ("person", "country")


def before_specifying(view: View, one: Candidate, found: Sequence[Candidate]) -> Candidate | None:
    """Return the group that a source is an instance of: ``plusieurs orateurs, dont M. Ba, ont …``."""
    n = one.first - 1
    while n > 0 and view.lower[n] in grammar("before a source"):
        n -= 1
    for words in phrases("specifying"):
        first = n - len(words) + 1
        if first > 0 and tuple(view.lower[first : n + 1]) == words:
            group = first - (view.text[first - 1] == ",")
            fitting = [c for c in found if c.kind in ("phrase", "indefinite") and c.last == group]
            return min(fitting, key=lambda c: c.first, default=None)
    return None


def before_parenthesis(view: View, one: Candidate, found: Sequence[Candidate], named: Named) -> Candidate | None:
    """Return the phrase whose parenthesis a state stands in: ``plusieurs États (Maldives, Tuvalu) ont …``."""
    opens = one.first
    while opens > 0 and view.text[opens] != "(" and view.text[opens] not in (")", ".", ";"):
        opens -= 1
    if view.text[opens] != "(" or not parenthesis(view, opens, named):
        return None
    fitting = [c for c in found if c.kind in ("phrase", "indefinite") and c.last == opens]
    return min(fitting, key=lambda c: c.first, default=None)


def named_beside(view: View, one: Candidate, named: Named) -> Candidate | None:
    """Return the person whose name follows a function as an apposition: ``selon le maire de Liège, M. Ba, …``."""
    n = one.last
    if n < len(view) and view.text[n] == "(" and ")" in view.text[n : n + 8]:
        n += view.text[n : n + 8].index(")") + 1
    if n < len(view) and view.text[n] == ",":
        n += 1
        while n < len(view) and n not in named.person_at and view.lower[n] in grammar("before a source"):
            n += 1
        if n in named.person_at and named.person_at[n][0] == n:
            return Candidate(*named.person_at[n], n, "person")
    return None


def states_represented(one: Candidate, named: Named) -> list[tuple[int, int]]:
    """Return the states of ``les délégués de l'Australie et de l'Égypte``, where there are several."""
    inside = sorted({named.country_at[n] for n in range(one.first, one.last) if n in named.country_at})
    return inside if len(inside) > 1 else []


def parenthesis(view: View, place: int, named: Named) -> list[tuple[int, int]]:
    """Return what is listed in the parenthesis that opens at a position: states, acronyms of organisations of states.

    None where it holds anything else, or explains an acronym: ``l'Union européenne (UE)``.
    """
    if place >= len(view) or view.text[place] != "(":
        return []
    found: list[tuple[int, int]] = []
    n = place + 1
    while n < len(view) and view.text[n] != ")":
        if n in named.country_at:
            found.append(named.country_at[n])
            n = named.country_at[n][1]
        elif view.text[n].isupper() and lexicon.sector(view.text[n], models=view.models) == "intergovernmental":
            found.append((n, n + 1))
            n += 1
        elif view.lower[n] in grammar("between states"):
            n += 1
        else:
            return []
    explains = len(found) == 1 and found[0][0] not in named.country_at and abbreviates(view, found[0][0], place)
    return found if n < len(view) and not explains else []


def abbreviates(view: View, n: int, place: int) -> bool:
    """Say whether an acronym is made of the initials of the words before its parenthesis."""
    initials = iter(word[0] for word in view.lower[max(0, place - 3 * len(view.text[n]) - 3) : place])
    return all(letter in initials for letter in view.lower[n])
