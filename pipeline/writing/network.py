"""Who speaks about what, as a network: actors (persons, countries, organisations) linked to themes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NamedTuple

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

from pipeline.records import Document, Source, Speaker


class Actor(NamedTuple):
    """A node: its identifier, and what Gephi shows of it."""

    id: str
    kind: str
    label: str
    country: str = ""
    sector: str = ""


class Network:
    """The network of several reports; it does not depend on their order."""

    def __init__(self) -> None:
        self.actors: dict[str, Actor] = {}
        self.claims: Counter[tuple[str, str]] = Counter()
        self.reports: Counter[tuple[str, str]] = Counter()

    def add(self, document: Document) -> None:
        """Count the claims of a report; a claim counts once for each of its actors and themes."""
        speakers = {speaker.speaker_id: speaker for speaker in document.speakers}
        met: set[tuple[str, str]] = set()
        for claim in document.claims:
            found = (actor(source, speakers) for source in claim.sources if claim.themes)
            actors = {one.id: one for one in found if one is not None}
            for key, one in actors.items():
                self.actors[key] = max(one, self.actors.get(key, one))  # whichever report comes first
            edges = [(key, theme) for key in actors for theme in claim.themes]
            self.claims.update(edges)
            met.update(edges)
        self.reports.update(met)

    def graph(self) -> nx.Graph:
        """Return the network for networkx."""
        graph = nx.Graph()
        for key, (_, kind, label, country, sector) in sorted(self.actors.items()):
            graph.add_node(key, label=label, kind=kind, country=country, sector=sector)
        for theme in sorted({theme for _, theme in self.claims}):
            graph.add_node(theme, label=theme, kind="theme", country="", sector="")
        for edge, weight in sorted(self.claims.items()):
            graph.add_edge(*edge, weight=weight, reports=self.reports[edge])
        return graph

    def write(self, path: Path) -> None:
        """Write GEXF, without the day on which it was written: the same reports give the same bytes."""
        writer = GEXFWriter()
        writer.add_graph(self.graph())
        for meta in writer.xml.iter("meta"):
            del meta.attrib["lastmodifieddate"]
        with path.open("wb") as file:
            writer.write(file)


def actor(source: Source, speakers: dict[str, Speaker]) -> Actor | None:
    """Return whom a source stands for in the network; None for those who cannot be told apart."""
    if source.speaker_id is not None:
        speaker = speakers[source.speaker_id]
        label = printable(speaker.name)
        return Actor(f"person:{speaker.person_id}", "person", label, speaker.country or "", speaker.sector or "")
    if source.type == "country" and source.iso3 is not None:
        return Actor(f"country:{source.iso3}", "country", printable(source.name or source.iso3), source.iso3)
    if source.type == "organisation" and source.span is not None:
        label = printable(source.span.text)
        return Actor(f"organisation:{label.lower()}", "organisation", label)
    return None


def printable(text: str) -> str:
    """Return a text on one line, without the signs that XML does not allow."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
