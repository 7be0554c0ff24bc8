"""What the stages before the claims know of a report, by place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.records import Mention, Speaker
from pipeline.speech.sources import Named
from pipeline.speech.view import View


@dataclass
class Known:
    """What earlier stages say of a report, by place: code points of mentions."""

    speakers: dict[str, Speaker] = field(default_factory=dict)
    person_at: dict[int, str] = field(default_factory=dict)  # start of a name -> speaker
    role_at: dict[int, str | None] = field(default_factory=dict)  # start of a function -> speaker, if it has one
    states: dict[int, str] = field(default_factory=dict)  # each code point of a country or demonym -> ISO code
    persons: Sequence[Mention] = ()
    roles: Sequence[Mention] = ()
    countries: Sequence[Mention] = ()

    @classmethod
    def of(cls, speakers: Sequence[Speaker], mentions: Sequence[Mention], countries: Sequence[Mention]) -> Known:
        persons = [m for m in mentions if m.label == "Person"]
        roles = [m for m in mentions if m.label == "Role"]
        return cls(
            {s.speaker_id: s for s in speakers},
            {m.start: m.speaker_id or "" for m in persons},
            {m.start: m.speaker_id for m in roles},
            {place: m.iso3 for m in countries for place in range(m.start, m.end) if m.iso3},
            persons,
            roles,
            [m for m in countries if m.label == "Country"],
        )

    def named(self, view: View) -> Named:
        """Return the positions of persons, functions and states in a paragraph."""
        low, high = view.start[0], view.end[-1]
        tables = []
        for mentions in (self.persons, self.roles, self.countries):
            places = [view.within(m.start, m.end) for m in mentions if low <= m.start < high]
            tables.append([place for place in places if place is not None])
        return Named.of(*tables)

    def states_in(self, view: View) -> dict[int, str]:
        """Return the ISO codes of the words of a paragraph that name a state or a nationality."""
        found = {n: self.states.get(view.start[n]) or self.states.get(view.end[n] - 1) for n in range(len(view))}
        return {n: iso3 for n, iso3 in found.items() if iso3}
