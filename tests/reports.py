"""Small reports for tests of the evaluation: what is found in a sentence, said in few words."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.records import Claim, Document, Mention, Paragraph, Source, Span, Speaker


def at(text: str, words: str) -> Span:
    """Return the place of words that stand in a text once."""
    assert text.count(words) == 1, words
    start = text.index(words)
    return Span(start=start, end=start + len(words), text=words)


def mention(text: str, words: str, label: str, **fields: str) -> Mention:
    """Return a mention; its number does not matter here."""
    return Mention.model_validate({**at(text, words).model_dump(), "mention_id": "m", "label": label, **fields})


def speaker(text: str, name: str, /, **fields: object) -> Speaker:
    """Return a speaker whose name stands in the text."""
    known = {"speaker_id": name, "person_id": name, "name": name, "mentions": [at(text, name)]}
    return Speaker.model_validate({**known, **fields})


def source(text: str, kind: str, words: str = "", **fields: str) -> Source:
    """Return a source of a type, with its words unless it is implicit."""
    return Source.model_validate({"type": kind, "span": at(text, words) if words else None, **fields})


def claim(text: str, content: str, cue: str = "", *sources: Source, **fields: object) -> Claim:
    """Return a claim, indirect unless a style is given."""
    places = {"content": at(text, content), "cue": at(text, cue) if cue else None}
    return Claim.model_validate(
        {"claim_id": content, "style": "indirect", "sources": list(sources), **places, **fields}
    )


def paragraph(text: str, words: str, *themes: str) -> Paragraph:
    """Return a paragraph of the body."""
    known = {"paragraph_id": words, "section": "body", "themes": list(themes)}
    return Paragraph.model_validate({**at(text, words).model_dump(), **known})


def report(
    text: str,
    *,
    doc_id: str = "r",
    mentions: Iterable[Mention] = (),
    speakers: Iterable[Speaker] = (),
    claims: Iterable[Claim] = (),
    paragraphs: Iterable[Paragraph] = (),
) -> Document:
    """Return the record of a report."""
    return Document(
        doc_id=doc_id,
        file=f"{doc_id}.txt",
        sha256="",
        format="txt",
        characters=len(text),
        words=len(text.split()),
        mentions=list(mentions),
        speakers=list(speakers),
        claims=list(claims),
        paragraphs=list(paragraphs),
    )
