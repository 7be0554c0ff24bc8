"""The network of actors and themes."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest

from pipeline.records import Claim, Document, Source, Span, Speaker
from pipeline.writing.network import Network, actor, printable

SPEAKER = Speaker(speaker_id="awa", person_id="awa-ndiaye", name="Awa Ndiaye", country="SEN", sector="government")
AWA = Source(type="person", span=Span(start=0, end=3, text="Awa"), speaker_id="awa")
SENEGAL = Source(type="country", iso3="SEN", name="Sénégal")
UNION = Source(type="organisation", span=Span(start=0, end=15, text="Union\nafricaine"))


def report(doc_id: str, *claims: tuple[list[Source], list[str]]) -> Document:
    content = Span(start=0, end=1, text="x")
    return Document(
        doc_id=doc_id,
        file=f"{doc_id}.txt",
        sha256="0" * 64,
        format="txt",
        characters=1,
        words=1,
        speakers=[SPEAKER],
        claims=[
            Claim.model_validate(
                {
                    "claim_id": f"c{number}",
                    "style": "indirect",
                    "content": content.model_dump(),
                    "themes": themes,
                    "sources": [source.model_dump() for source in sources],
                }
            )
            for number, (sources, themes) in enumerate(claims, 1)
        ],
    )


FIRST = report("a", ([AWA, SENEGAL], ["children"]), ([AWA, AWA], ["children", "implementation"]), ([UNION], []))
SECOND = report("b", ([AWA], ["children"]), ([UNION], ["security-tensions"]))


def network(*documents: Document) -> Network:
    found = Network()
    for document in documents:
        found.add(document)
    return found


def test_edges_count_claims_and_reports() -> None:
    assert sorted(network(FIRST, SECOND).graph().edges(data=True)) == [
        ("country:SEN", "children", {"weight": 1, "reports": 1}),
        ("organisation:union africaine", "security-tensions", {"weight": 1, "reports": 1}),
        ("person:awa-ndiaye", "children", {"weight": 3, "reports": 2}),
        ("person:awa-ndiaye", "implementation", {"weight": 1, "reports": 1}),
    ]


def test_nodes_say_who_they_are() -> None:
    assert dict(network(FIRST).graph().nodes(data=True)) == {
        "children": {"label": "children", "kind": "theme", "country": "", "sector": ""},
        "implementation": {"label": "implementation", "kind": "theme", "country": "", "sector": ""},
        "country:SEN": {"label": "Sénégal", "kind": "country", "country": "SEN", "sector": ""},
        "person:awa-ndiaye": {"label": "Awa Ndiaye", "kind": "person", "country": "SEN", "sector": "government"},
    }


@pytest.mark.parametrize(
    "source",
    [
        Source(type="implicit"),
        Source(type="collective", span=Span(start=0, end=8, text="Certains")),
        Source(type="document", span=Span(start=0, end=8, text="le texte")),
        Source(type="person", span=Span(start=0, end=11, text="le ministre")),
    ],
    ids=lambda source: source.type,
)
def test_who_cannot_be_told_apart_is_no_actor(source: Source) -> None:
    assert actor(source, {}) is None


def test_gexf_comes_back(tmp_path: Path) -> None:
    network(FIRST, SECOND).write(tmp_path / "network.gexf")
    found = nx.read_gexf(tmp_path / "network.gexf")
    assert found.nodes["person:awa-ndiaye"]["label"] == "Awa Ndiaye"
    assert found.edges["person:awa-ndiaye", "children"]["weight"] == 3


def test_gexf_does_not_depend_on_day_or_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    network(FIRST, SECOND).write(tmp_path / "a.gexf")
    monkeypatch.setattr("time.strftime", lambda *args: "1999-12-31")
    network(SECOND, FIRST).write(tmp_path / "b.gexf")
    assert (tmp_path / "a.gexf").read_bytes() == (tmp_path / "b.gexf").read_bytes()
    assert b"1999" not in (tmp_path / "b.gexf").read_bytes()


def test_gexf_without_a_claim_is_empty(tmp_path: Path) -> None:
    network().write(tmp_path / "network.gexf")
    assert len(nx.read_gexf(tmp_path / "network.gexf")) == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Union\n africaine", "Union africaine"),
        ("a\x00b\x0cc\ufffe", "a b c"),
        ("N'Diaye & <Fils>", "N'Diaye & <Fils>"),
    ],
)
def test_labels_are_fit_for_xml(text: str, expected: str) -> None:
    assert printable(text) == expected
