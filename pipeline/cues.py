"""The words that attribute: cues out of the marks, with their entry in the lexicon; out of the lexicon alone without marks.

An entry gives a cue its class (what the source does with the content) and its frames (what it takes).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from pipeline import lexicon
from pipeline.contents import Cue
from pipeline.view import View

AUXILIARY = frozenset({"AUX"})
SKIPPED = frozenset({"ADV", "PUNCT", "PRON", "DET", "AUX"})
NEGATION = frozenset("pas jamais point guère plus aucunement nullement".split())


def main_word(view: View, first: int, last: int) -> int:
    """Return the position of a cue's main word: its last verb, else the word that governs the rest."""
    verbs = [n for n in range(first, last) if view.pos[n] == "VERB"]
    if verbs:
        return verbs[-1]
    tops = [n for n in range(first, last) if not first <= view.head[n] < last or view.head[n] == n]
    content = [n for n in tops if view.pos[n] not in SKIPPED]
    return (content or tops)[0]


def entry_of(view: View, first: int, last: int) -> lexicon.CueEntry | None:
    """Return the lexicon's entry for the words of a cue; None where it has none."""
    return lexicon.cue_of(view.text[first:last], view.lemma[first:last])


def make(view: View, first: int, last: int) -> Cue:
    """Return a cue with its main word and its entry."""
    head = main_word(view, first, last)
    entry = entry_of(view, first, last)
    frames = frozenset(frame.split(":")[0] for frame in entry.frames) if entry else frozenset()
    return Cue(first, last, head, view.lemma[head], frames)


def find(view: View, doc: Doc) -> list[Cue]:
    """Return the cues of a paragraph in the order of the text."""
    marks = [mark for mark in doc.spans.get("marks", []) if mark.label_ == "Cue"]
    if "marks" not in doc.spans or len(doc.spans["marks"]) == 0:
        return list(by_lexicon(view))
    low, high = view.start[0], view.end[-1]
    places = [view.within(m.start_char, m.end_char) for m in marks if low <= m.start_char < high]
    return [make(view, *place) for place in sorted(p for p in places if p is not None)]


def by_lexicon(view: View) -> Iterator[Cue]:
    """Yield the cues that the lexicon alone announces: certain prepositions, and verbs that take ``que``, are inverted
    in an incise, or follow a quotation."""
    taken = -1
    for n in range(len(view)):
        if n <= taken:
            continue
        length = lexicon.preposition_at(view.lower, n)
        if length:
            taken = n + length - 1
            yield make(view, n, n + length)
            continue
        entry = lexicon.cue(view.lemma[n]) if view.pos[n] == "VERB" else None
        if entry is None or view.quote[n] >= 0:
            continue
        first = n
        while first > 0 and view.pos[first - 1] in ("AUX", "ADV") and view.sentence[first - 1] == view.sentence[n]:
            first -= 1
        if announces(view, entry, first, n + 1):
            taken = n
            yield make(view, first, n + 1)


def announces(view: View, entry: lexicon.CueEntry, first: int, last: int) -> bool:
    """Say whether a verb is used to report: by what stands right after it, or by a quotation or comma before it."""
    after = view.lower[last] if last < len(view) else ""
    before = view.text[first - 1] if first else ""
    frames = {frame.split(":")[0] for frame in entry.frames}
    if after in ("que", "qu'") and "que" in frames:
        return True
    inverted = any(view.lower[n].startswith(("-t-", "-il", "-elle", "-t")) for n in range(first, min(last + 2, len(view))))
    return bool({"mid", "quote"} & frames) and ((inverted and before in (",", "»")) or after in (":", "«") or before == "»")


def negated(view: View, cue: Cue) -> bool:
    """Say whether a cue is denied: ``n'a pas dit``."""
    around: Sequence[str] = view.lower[max(0, cue.first - 3) : cue.last + 2]
    return any(w in ("ne", "n'") for w in around) and any(w in NEGATION for w in around)
