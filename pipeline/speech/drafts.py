"""Claims as they are found in a paragraph, before they are weighed.

A cue announces most of them: its content and its source are chosen, and what a rule knows better is set right.
What no cue announces is found by rule: a sentence that closes with states in parentheses, a quotation that goes on with
the words of who spoke last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.records import Mention, Source, Span, Style
from pipeline.speech import contents, joined, sources
from pipeline.speech.content_features import Counts, Features
from pipeline.speech.contents import Content
from pipeline.speech.cues import entry_of
from pipeline.speech.places import Cue
from pipeline.speech.rankers import Rankers
from pipeline.speech.resolve import Resolver
from pipeline.speech.sources import IMPLICIT, Candidate, Choice, Named, SourceFeatures
from pipeline.speech.view import CLOSING, OPENING, STRAIGHT, View, word
from pipeline.speech.weigh import LEAST, confidence, facts

SHORTEST_QUOTE = 6  # words, guillemets included, of a quotation that is a claim without a cue
QUOTED = 0.7  # how sure a quotation without a cue is, before it is weighed
LIST_ENDS = frozenset({".", ";", ":"})


@dataclass(frozen=True)
class Draft:
    """A claim as positions in its paragraph; `facts` are what it is weighed by."""

    cue: Cue | None
    content: Content
    sources: tuple[Source, ...]
    rule: str
    style: Style
    facts: tuple[str, ...]

    @property
    def first(self) -> int:
        """Where it begins: at its cue or its content."""
        return min(self.content.first, self.cue.first) if self.cue else self.content.first


def style_of(view: View, content: Content, frame: str) -> Style:
    """Return how a claim is attributed, by the form of its cue and the guillemets of its content."""
    if frame.startswith("prep:"):
        return "according-to"
    if frame == "comme":
        return "as-noted"
    quoted = [view.quote[n] >= 0 for n in range(content.first, content.last)]
    if not any(quoted):
        return "indirect"
    before = word(view, content.first - 1)
    opened = before in OPENING or before == STRAIGHT
    whole = all(quoted) and (opened or view.text[content.first] in OPENING | {STRAIGHT})
    led = word(view, content.first - 1 - opened) in ("que", "qu'", "de", "d'", "à")
    return "direct" if whole and not led else "mixed"


def trimmed(view: View, content: Content) -> Content:
    """Take off a content's closing points, and the guillemets at both ends where they are one pair."""
    first, last = content.first, content.last
    while last - first > 2 and view.text[last - 1] in {".", ";", ":", ","}:
        last -= 1
    opened = view.text[first] in OPENING or (view.text[first] == STRAIGHT and view.quote[first] >= 0)
    closed = view.text[last - 1] in CLOSING or view.text[last - 1] == STRAIGHT
    if opened and closed and view.quote[first] == view.quote[last - 1] and last - first > 2:
        first, last = first + 1, last - 1
    while last - first > 1 and view.text[last - 1] == ".":
        last -= 1
    opens = sum(text in OPENING for text in view.text[first:last])
    closes = sum(text in CLOSING for text in view.text[first:last])
    if opens == closes + 1 and last < len(view) and view.text[last] in CLOSING:
        last += 1  # a quotation that begins inside the content ends with it
    return content._replace(first=first, last=last)


def to_the_end(view: View, cue: Cue, content: Content) -> Content:
    """Return a content after ``Comme l'a relevé Mme Ba, …`` that opens a sentence: it is the rest of the sentence."""
    first, last = view.sentences[view.sentence[cue.first]]
    opens = cue.first - first <= 1 and content.first >= cue.last and content.last < last
    return content._replace(last=last) if opens else content


def names_speech(view: View, one: Candidate) -> bool:
    """Say whether a phrase names what was said and nobody: ``un consensus s'est dégagé``."""
    entry = entry_of(view, one.head, one.head + 1)
    return entry is not None and "noun" in entry.kinds


def in_order(drafts: Iterable[Draft]) -> list[Draft]:
    """Return claims in the order of the text."""
    return sorted(drafts, key=lambda draft: (draft.first, draft.content.first, draft.content.last))


class Paragraph:
    """Finds what may be a claim in one paragraph."""

    def __init__(self, view: View, named: Named, cues: Sequence[Cue], *, rankers: Rankers, resolver: Resolver) -> None:
        self.view, self.named, self.cues, self.rankers, self.resolver = view, named, cues, rankers, resolver
        self.counts = Counts(view)
        self.names = frozenset(named.person_at) | frozenset(named.role_at)

    def drafts(self, before: Source | None) -> list[Draft]:
        """Return the claims of the paragraph; `before` spoke last in the one before it."""
        found = list(self._announced())
        found += list(self._parentheses(found))
        return in_order([*found, *self._quotations(in_order(found), before)])

    def _announced(self) -> Iterator[Draft]:
        """Yield the claims that a cue announces, in the order of the text."""
        earlier: Candidate | None = None
        for cue in self.cues:
            features = Features(self.view, cue, self.cues, self.counts, self.names)
            content = contents.choose(features, self.rankers.contents)
            if content is None:
                continue
            weighed = SourceFeatures(self.view, cue, self.cues, self.named, content=content, earlier=earlier)
            choice = sources.choose(weighed, self.rankers.sources)
            if choice.candidate.kind != "implicit":
                earlier = choice.candidate
            yield self._draft(cue, content, weighed, choice)

    def _draft(self, cue: Cue, content: Content, weighed: SourceFeatures, choice: Choice) -> Draft:
        one = self._settled(choice.candidate, weighed, cue)
        source, sure = self.resolver.source(one)
        if weighed.frame == "comme":
            content = to_the_end(self.view, cue, content)
        content, states = self._states_after(trimmed(self.view, content))
        found = [*self._all_sources(one, source, weighed, cue), *self._as_sources(states)]
        if states and source.type == "implicit":
            found = found[1:]
        style = style_of(self.view, content, weighed.frame)
        looked = facts(self.view, cue, content, weighed, choice=choice, source=source, sure=sure, style=style)
        return Draft(cue, content, tuple(found), f"contents: {content.reason}", style, tuple(looked))

    def _settled(self, one: Candidate, weighed: SourceFeatures, cue: Cue) -> Candidate:
        """Return the source where a rule knows better: the name beside a function, the group before its parenthesis."""
        if one.kind in ("country", "person"):
            group = joined.before_specifying(self.view, one, weighed.found)
            if group is None and one.kind == "country":
                group = joined.before_parenthesis(self.view, one, weighed.found, self.named)
            return group or one
        unsaid = weighed.frame == "passive" or any(w in ("se", "s'") for w in self.view.lower[cue.first : cue.last])
        if one.kind == "phrase" and unsaid and names_speech(self.view, one):
            return IMPLICIT
        if one.kind in ("phrase", "role"):
            return joined.named_beside(self.view, one, self.named) or one
        return one

    def _all_sources(self, one: Candidate, source: Source, weighed: SourceFeatures, cue: Cue) -> list[Source]:
        """Return a source with those that a list, a comparison or a parenthesis joins to it."""
        view = self.view
        found = [source]
        if one.kind not in ("implicit", "pronoun"):
            others = joined.joined(view, one, weighed.found, cue, named=self.named)
            found += [self.resolver.source(other)[0] for other in others]
        if source.type == "collective":
            found += self._as_sources(joined.parenthesis(view, one.last, self.named))
        if (
            source.type in ("country", "collective")
            and one.kind == "phrase"
            and view.morph(one.head, "Number") == "Plur"
        ):
            states = joined.states_represented(one, self.named)
            found = [*self._as_sources(states), *found[1:]] if states else found
        return found

    def _as_sources(self, spans: Sequence[tuple[int, int]]) -> list[Source]:
        """Return the states and organisations of a parenthesis as sources."""
        found = []
        for first, last in spans:
            if first in self.named.country_at:
                found.append(self.resolver.source(Candidate(first, last, first, "country"))[0])
            else:
                start, end = self.view.slice(first, last)
                span = Span(start=start, end=end, text=self.view.raw[start:end])
                found.append(Source(type="organisation", span=span))
        return found

    def _states_after(self, content: Content) -> tuple[Content, list[tuple[int, int]]]:
        """Return the states in the parenthesis that closes a content, and the content without it."""
        view, last = self.view, content.last
        if view.text[last - 1] == ")" and "(" in view.text[content.first : last]:
            last = max(n for n in range(content.first, last) if view.text[n] == "(")
        closes = last > content.first and self._closes_clause(last)
        states = joined.parenthesis(view, last, self.named) if closes else []
        return (content._replace(last=last), states) if states else (content, [])

    def _closes_clause(self, place: int) -> bool:
        """Say whether the parenthesis at a position closes a clause, not says where a town or a person is from."""
        view = self.view
        if not 0 < place < len(view) or view.text[place] != "(" or ")" not in view.text[place:]:
            return False
        before = place - 1
        named = before in self.names or view.pos[before] == "PROPN"
        after = view.text.index(")", place) + 1
        ends = after >= len(view) or view.text[after] in LIST_ENDS or view.sentence[after] != view.sentence[place]
        return ends and not named

    def _parentheses(self, taken: Sequence[Draft]) -> Iterator[Draft]:
        """Yield the clauses that nothing but states in parentheses attributes."""
        view = self.view
        for first, last in view.sentences:
            announced = [draft for draft in taken if draft.cue and first <= draft.cue.first < last]
            if any(confidence(draft.facts, self.rankers.claims) >= LEAST for draft in announced):
                continue
            clause = first
            for n in range(first, last):
                clause = n + 1 if view.text[n] == ";" else clause
                states = joined.parenthesis(view, n, self.named) if self._closes_clause(n) else []
                if states and any(view.pos[m] in ("VERB", "AUX") for m in range(clause, n)):
                    found = tuple(self._as_sources(states))
                    content = Content(clause, n, 1.0, "")
                    yield Draft(None, content, found, "states in parentheses", "parenthetical", ("parenthetical",))

    def _quotations(self, taken: Sequence[Draft], before: Source | None) -> Iterator[Draft]:
        """Yield the quotations that stand as sentences of their own and go on with the words of who spoke last."""
        for first, last in self.view.spans_of_quotes.values():
            if not self._is_sentence(first, last):
                continue
            if any(d.content.first < last and first < d.content.last for d in taken):
                continue
            if any(first <= cue.first < last for cue in self.cues):
                continue
            earlier = [draft for draft in taken if draft.first < first]
            source = earlier[-1].sources[0] if earlier and earlier[-1].sources else before
            if source is not None and source.span is not None:
                content = trimmed(self.view, Content(first, last, QUOTED, ""))
                looked = ("quotation", f"quotation here={bool(earlier)}")
                yield Draft(None, content, (source,), "quotation that goes on", "direct", looked)

    def _is_sentence(self, first: int, last: int) -> bool:
        """Say whether a quotation stands as a sentence of its own, or after a colon."""
        view = self.view
        closed = view.text[last - 1] in CLOSING or view.text[last - 1] == STRAIGHT
        if last - first < SHORTEST_QUOTE or not closed:
            return False
        opens = first == 0 or view.sentence[first] != view.sentence[first - 1] or view.text[first - 1] in ":.–—"
        closes = last >= len(view) or view.text[last] in ".…" or view.sentence[last] != view.sentence[last - 1]
        return opens and closes and any(view.morph(n, "VerbForm") == "Fin" for n in range(first, last))

    def references(self, drafts: Iterable[Draft]) -> Iterator[Mention]:
        """Yield the functions that stand alone for a speaker, those that are sources among them."""
        said = {source.span.start: source.speaker_id for draft in drafts for source in draft.sources if source.span}
        for place in self.named.roles:
            start, end = self.view.slice(*place)
            if self.resolver.known.role_at.get(start):
                continue
            speaker = said[start] if start in said else self.resolver.holder(place)
            if speaker:
                text = self.view.raw[start:end]
                yield Mention(mention_id="", label="Role", start=start, end=end, text=text, speaker_id=speaker)


def spoke_last(drafts: Sequence[Draft]) -> Source | None:
    """Return whose words were quoted last in a paragraph: a quotation may go on in the next."""
    quoted = [draft for draft in drafts if draft.style in ("direct", "mixed") and draft.sources]
    return quoted[-1].sources[0] if quoted else None
