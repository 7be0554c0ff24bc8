"""From the words that name a source to what they name: a speaker, a state, an institution, a group, a document."""

from __future__ import annotations

import re

from pipeline import lexicon
from pipeline.learning.ranker import Ranker
from pipeline.lexicon.grammar import grammar
from pipeline.persons.names import fold
from pipeline.persons.roles import head_words, repeats
from pipeline.records import Source, Span, Speaker
from pipeline.speech import coreference, kinds
from pipeline.speech.coreference import Anaphor, Discourse, Entity
from pipeline.speech.known import Known
from pipeline.speech.sources import SUBJECT, Candidate, Named, phrase
from pipeline.speech.view import View, word

ARTICLE = re.compile(r"(?:les?\s|la\s|l['’])\s*(?=\S)", re.IGNORECASE)
GENDERS = {"Masc": "M", "Fem": "F"}
SHORTEST_SURNAME = 3  # signs
SHORTEST_FUNCTION = 2  # words that tell something
REACH = 4  # words after a noun phrase in which its country may stand: le représentant de la Suisse


def without_article(span: Span) -> Span:
    """Return a span without the definite article that opens it: only groups keep theirs."""
    found = ARTICLE.match(span.text)
    size = found.end() if found else 0
    return Span(start=span.start + size, end=span.end, text=span.text[size:])


class Resolver:
    """Follows a report from paragraph to paragraph and says what each source names."""

    def __init__(self, known: Known, kind: Ranker, antecedent: Ranker) -> None:
        self.known, self.kind, self.antecedent = known, kind, antecedent
        words = [head_words(role.text) for s in known.speakers.values() for role in s.roles]
        self.held = {few[0] for few in words if few}
        self.discourse = Discourse()
        self.paragraph = -1
        self.sentences = 0
        self.waiting: list[Entity] = []
        self.said: dict[int, tuple[Source, float]] = {}  # a pronoun with two verbs stands for one person

    def enter(self, view: View, named: Named) -> None:
        """Begin a paragraph: its mentions are noted as the claims come to them."""
        for entity in self.waiting:
            self.discourse.mention(entity)
        self.sentences += self.view.sentence[-1] + 1 if self.paragraph >= 0 else 0
        self.paragraph += 1
        self.view, self.named = view, named
        self.states = self.known.states_in(view)
        self.waiting = sorted(self._mentions(), key=lambda e: e.start)

    def _mentions(self) -> list[Entity]:
        view, named = self.view, self.named
        found = []
        for first, last in named.persons:
            speaker = self.known.speakers.get(self.known.person_at.get(view.start[first], ""))
            if speaker:
                found.append(self._person(speaker, first, last))
        for first, last in named.roles:
            speaker = self.known.speakers.get(self.known.role_at.get(view.start[first]) or "")
            if speaker:
                found.append(self._person(speaker, first, last))
        for n in range(len(view)):
            free = n not in named.person_at and n not in named.role_at
            if free and view.dep[n] in SUBJECT and view.pos[n] in ("NOUN", "PROPN") and view.quote[n] < 0:
                found.append(
                    self.entity(Candidate(*phrase(view, n), n, "country" if n in named.country_at else "phrase"))
                )
        return found

    def _person(self, speaker: Speaker, first: int, last: int) -> Entity:
        subject = any(self.view.dep[n] in SUBJECT for n in range(first, last))
        roles = [role.text for role in speaker.roles]
        return self._place(
            Entity(
                speaker.speaker_id,
                "person",
                0,
                0,
                0,
                speaker.gender or "",
                "Sing",
                subject,
                speaker_id=speaker.speaker_id,
                iso3=speaker.country,
                roles=roles,
                given="" if speaker.gender else lexicon.given_to(speaker.name, self.view.models) or "",
            ),
            first,
        )

    def _place(self, entity: Entity, n: int) -> Entity:
        entity.start, entity.sentence, entity.paragraph = (
            self.view.start[n],
            self.sentences + self.view.sentence[n],
            self.paragraph,
        )
        entity.first = n - self.view.sentences[self.view.sentence[n]][0] <= 2
        return entity

    def entity(self, one: Candidate) -> Entity:
        """Return a noun phrase as an entity, with its kind and its state."""
        view = self.view
        kind = self.kind_of(one).name
        kind = "person" if kind == "speaker" else kind
        iso3 = self.state(one) if kind == "country" else None
        gender = GENDERS.get(view.morph(one.head, "Gender"), "")
        key = f"{kind}:{iso3 or view.lemma[one.head]}"
        subject = view.dep[one.head] in SUBJECT
        return self._place(
            Entity(key, kind, 0, 0, 0, gender, view.morph(one.head, "Number"), subject, iso3=iso3), one.first
        )

    def describe(self, one: Candidate) -> list[str]:
        """Return what is known of a candidate that may tell its kind."""
        return kinds.describe(self.view, one, self.states, self.held)

    def kind_of(self, one: Candidate) -> kinds.Kind:
        """Return the kind of a noun phrase, function or name of a state."""
        return kinds.choose(self.describe(one), self.kind)

    def state(self, one: Candidate) -> str | None:
        """Return the state that a noun phrase names or represents: the last within it, or close after it."""
        inside = [n for n in range(one.first, one.last) if n in self.states]
        after = [n for n in range(one.last, min(one.last + REACH, len(self.view))) if n in self.states]
        closed = (
            all(self.view.pos[n] in ("ADP", "DET", "PUNCT", "ADJ", "NOUN", "PROPN") for n in range(one.last, after[0]))
            if after
            else False
        )
        return self.states[inside[-1]] if inside else self.states[after[0]] if after and closed else None

    def catch_up(self, place: int) -> None:
        """Note the mentions of the paragraph that stand before a place."""
        while self.waiting and self.waiting[0].start < place:
            self.discourse.mention(self.waiting.pop(0))

    def source(self, one: Candidate) -> tuple[Source, float]:
        """Return a candidate as the source of a claim, and how sure its kind and person are (0 to 1)."""
        if one.kind == "implicit":
            return Source(type="implicit"), 1.0
        view = self.view
        start, end = view.slice(one.first, one.last)
        start += len(view.text[one.first]) - len(view.text[one.first].lstrip("-")) if one.kind == "pronoun" else 0
        raw = view.raw
        if one.kind == "pronoun" and raw[start:end].lower().startswith("t-"):
            start += 2
        span = Span(start=start, end=end, text=raw[start:end])
        self.catch_up(view.start[one.first])
        if one.kind == "person":
            return self._speaker(span, self.known.person_at.get(view.start[one.first])), 1.0
        if one.kind == "role" and self.known.role_at.get(view.start[one.first]):
            return self._speaker(span, self.known.role_at[view.start[one.first]]), 1.0
        if one.kind == "pronoun":
            return self._refer(span, one, function=False)
        if one.kind == "indefinite":
            return Source(type="collective", span=span), 1.0
        settled = self._by_rule(without_article(span), one)
        if settled is not None:
            return settled, 1.0
        kind = self.kind_of(one)
        if kind.name != "collective":
            span = without_article(span)
        if kind.name == "speaker" or (
            kind.name == "person" and lexicon.stands_alone(self._with_article(one), self.view.models)
        ):
            source, sure = self._refer(span, one, function=True)
            return source, sure * kind.probability
        if kind.name == "country":
            return self._country(span, one), kind.probability
        entity = self.entity(one)
        self.discourse.mention(entity)
        self.discourse.attribute(entity.key)
        return Source(type=kind.name, span=span), kind.probability

    def holder(self, place: tuple[int, int]) -> str | None:
        """Return the speaker for whom a function standing alone stands, None where the report names nobody."""
        one = Candidate(*place, place[0], "role")
        kind = self.kind_of(one)
        if kind.name != "speaker":
            return None
        start, end = self.view.slice(*place)
        self.catch_up(start)
        span = Span(start=start, end=end, text=self.view.raw[start:end])
        entity, _ = coreference.choose(self.anaphor(span, one, function=True), self.discourse, self.antecedent)
        return entity.speaker_id if entity else None

    def _by_rule(self, span: Span, one: Candidate) -> Source | None:
        """Return what certain constructions name: a surname after a function, who speaks for a state."""
        seat = lexicon.capital(span.text, self.view.models)
        if seat is not None:
            return self._country(span, one, seat)
        named = self._surname(one) or self._repeated(span)
        if named is not None:
            return self._speaker(span, named)
        entry = lexicon.representative(span.text, self.view.models)
        iso3 = self.state(one) if entry else None
        if entry is None or iso3 is None:
            return None
        if entry.person == "yes":
            speaker = self._delegate(one, iso3)
            if speaker is not None:
                return self._speaker(span, speaker)
        return self._country(span, one)

    def _surname(self, one: Candidate) -> str | None:
        """Return the speaker whose surname closes a phrase that the recogniser did not mark: ``le ministre Bélem``."""
        last = self.view.text[one.last - 1]
        if not last[:1].isupper() or len(last) < SHORTEST_SURNAME or one.last - 1 in self.states:
            return None
        fitting = [s for s in self.known.speakers.values() if fold(last) in fold(s.name).split()[1:]]
        return fitting[0].speaker_id if len(fitting) == 1 else None

    def _repeated(self, span: Span) -> str | None:
        """Return the speaker whose function a phrase repeats in so many words: ``le Président de la République``."""
        if len(head_words(span.text)) < SHORTEST_FUNCTION:
            return None
        for entity in self.discourse.before(span.start):
            if entity.speaker_id and any(repeats(span.text, role) for role in entity.roles):
                return entity.speaker_id
        return None

    def _delegate(self, one: Candidate, iso3: str) -> str | None:
        """Return the person named before who speaks for a state, in the gender that the phrase shows."""
        gender = self._gender_of_phrase(one, one.head)
        for entity in self.discourse.before(self.view.start[one.first]):
            speaker = self.known.speakers.get(entity.speaker_id or "")
            if speaker and speaker.country == iso3 and speaker.gender in (None, gender or speaker.gender):
                return speaker.speaker_id
        return None

    def _speaker(self, span: Span, speaker_id: str | None) -> Source:
        speaker = self.known.speakers.get(speaker_id or "")
        if speaker is None:
            return Source(type="person", span=span)
        if speaker.speaker_id not in self.discourse.entities:
            mine = [e for e in self._mentions() if e.key == speaker.speaker_id]
            if mine:
                self.discourse.mention(mine[0])
        self.discourse.attribute(speaker.speaker_id)
        return Source(
            type="person",
            span=span,
            speaker_id=speaker.speaker_id,
            name=speaker.name,
            role=self._role(speaker),
            iso3=speaker.country,
        )

    @staticmethod
    def _role(speaker: Speaker) -> str | None:
        """Return the fullest function of a speaker, on one line."""
        longest = max(speaker.roles, key=lambda role: len(role.text), default=None)
        return " ".join(longest.text.split()) if longest else None

    def _country(self, span: Span, one: Candidate, iso3: str | None = None) -> Source:
        iso3 = iso3 or self.state(one)
        if iso3 is None:  # the Government: of the state that spoke last
            spoken = [e for e in self.discourse.before(span.start) if e.iso3 and e.source]
            iso3 = spoken[0].iso3 if spoken else None
        if iso3 is None:
            return Source(type="organisation", span=span)
        entity = self.entity(one)
        entity.key, entity.kind, entity.iso3 = f"country:{iso3}", "country", iso3
        self.discourse.mention(entity)
        self.discourse.attribute(entity.key)
        return Source(type="country", span=span, iso3=iso3)

    def anaphor(self, span: Span, one: Candidate, *, function: bool) -> Anaphor:
        """Return a pronoun or function with what its form shows."""
        view = self.view
        text = span.text
        if function:
            head = next((n for n in range(one.first, one.last) if view.pos[n] in ("NOUN", "PROPN")), one.head)
            gender, number = self._gender_of_phrase(one, head), view.morph(head, "Number")
        else:
            gender, number = coreference.gender_of(text), coreference.number_of(text)
        return Anaphor(
            " ".join(text.split()),
            view.start[one.first],
            self.sentences + view.sentence[one.head],
            self.paragraph,
            gender,
            number,
            function,
            self._determiner(one) if function else "",
            view.quote[one.head] >= 0,
        )

    def _determiner(self, one: Candidate) -> str:
        """The determiner of a noun phrase, in it or before it."""
        inside = self.view.pos[one.first] == "DET"
        return word(self.view, one.first if inside else one.first - 1)

    def _with_article(self, one: Candidate) -> str:
        first = one.first - (self.view.lower[one.first - 1] in grammar("definite articles") if one.first else 0)
        return self.view.words(first, one.last).replace("' ", "'")

    def _gender_of_phrase(self, one: Candidate, head: int) -> str:
        """Return the gender that the article shows, else that of the noun."""
        before = self.view.lower[one.first - 1] if one.first else ""
        article = {"le": "M", "la": "F", "un": "M", "une": "F"}
        return (
            article.get(self.view.lower[one.first])
            or article.get(before)
            or GENDERS.get(self.view.morph(head, "Gender"), "")
        )

    def _refer(self, span: Span, one: Candidate, *, function: bool) -> tuple[Source, float]:
        """Return what a pronoun or function stands for, the same each time it is asked."""
        if span.start not in self.said:
            self.said[span.start] = self._antecedent(span, one, function=function)
        return self.said[span.start]

    def _antecedent(self, span: Span, one: Candidate, *, function: bool) -> tuple[Source, float]:
        if span.text.lower() in grammar("unnamed"):
            return Source(type="collective", span=span), 1.0
        anaphor = self.anaphor(span, one, function=function)
        alone = not function or lexicon.stands_alone(self._with_article(one), self.view.models)
        entity, sure = coreference.choose(anaphor, self.discourse, self.antecedent, alone=alone)
        if entity is None:
            return Source(type="person", span=span), sure
        self.discourse.mention(
            Entity(
                entity.key,
                entity.kind,
                self.view.start[one.first],
                self.sentences + self.view.sentence[one.head],
                self.paragraph,
                subject=True,
            )
        )
        if entity.speaker_id:
            return self._speaker(span, entity.speaker_id), sure
        self.discourse.attribute(entity.key)
        return Source(type=entity.kind, span=span, iso3=entity.iso3 if entity.kind == "country" else None), sure
