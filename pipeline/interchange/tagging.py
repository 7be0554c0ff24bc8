"""Writing a report as tagged text, see `pipeline.interchange.tagged`: as much of it as tags can say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from pipeline.interchange.reports import Annotated
from pipeline.interchange.tags import ATTRIBUTES, LABELS, TYPES, Tag
from pipeline.records import Claim, Document, Mention, Source, Span

PLAIN = re.compile(r"[\w-]+", re.ASCII)  # values of attributes that need no quotation marks


def tagged(report: Annotated) -> str:
    """Return a report as tagged text.

    Left out are spans that cross another one, claims that have thereby lost their content or sources, or stand in no
    paragraph, and what no tag can say.
    """
    document, text = report
    tags = _Tags(document)
    named = {tag.given.get("who") for tag in tags.chosen if tag.name in ("p", "s") or (tag.name == "r" and tag.claims)}
    speakers = [speaker for speaker in document.speakers if speaker.speaker_id in named]
    for tag in tags.chosen:
        if tag.given.get("who") not in named:
            tag.given.pop("who", None)
    lines = [_line("document", (f"{key}={_clean(value)}" for key, value in document.metadata if value is not None))]
    for one in speakers:
        values = (one.speaker_id, one.name, one.gender, one.country, one.sector)
        lines.append(_line("speaker", map(_clean, values)))
    return "".join([*lines, "@text\n", *_rendered(text, tags.chosen)])


def _line(kind: str, fields: Iterable[str]) -> str:
    return f"@{kind} {' | '.join(fields)}".rstrip() + "\n"


def _clean(value: object) -> str:
    return " ".join(str(value or "").replace("|", "/").split())


class _Tags:
    """The tags of a report, of which none crosses another."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.chosen: list[Tag] = []
        names = (speaker.speaker_id for speaker in document.speakers)
        self.known = {name for name in names if name == _clean(name)}  # others cannot stand in the header
        for paragraph in document.paragraphs:
            section = "" if paragraph.section == "body" else paragraph.section
            tag = _tag("par", paragraph, sec=section, th=" ".join(paragraph.themes))
            if not any(tag.start < other.end and other.start < tag.end for other in self.chosen):
                self.chosen.append(tag)
        self.mentions = [self.mention(one) for one in document.mentions if one.label != "Collective"]
        self.mentions = [tag for tag in self.mentions if _complete(tag)]
        for number, claim in enumerate(document.claims, 1):
            self.claim(str(number), claim)
        self.add(self.mentions)

    def mention(self, mention: Mention) -> Tag:
        name = next(name for name, label in LABELS.items() if label == mention.label)
        if name in ("k", "d"):
            return _tag(name, mention, iso=mention.iso3)
        return _tag(name, mention, who=mention.speaker_id if mention.speaker_id in self.known else None)

    def claim(self, number: str, claim: Claim) -> None:
        """Add the tags of a claim, or none where they cannot say it."""
        themes = " ".join(claim.themes)
        content = _tag("c", claim.content, n=number, style=claim.style, th=themes, opt="1" if claim.optional else None)
        if not (claim.optional or any(tag.name == "par" and tag.holds(content) for tag in self.chosen)):
            return
        parts = [content]
        if claim.cue and not _overlap(cue := _tag("q", claim.cue, n=number), content):
            parts += [cue] if self.fits(cue, parts) else []
        said = parts[-1]
        for source in claim.sources:
            if source.span:
                tag = self.source(source, source.span)
                parts += [tag] if _complete(tag) and self.fits(tag, parts) else []
        implicit = said is parts[-1] and any(source.span is None for source in claim.sources)
        if self.fits(content) and (implicit or said is not parts[-1]):
            if implicit:
                said.given["src"] = "implicit"
            for tag in parts:
                if number not in tag.claims:
                    tag.given["n"] = f"{tag.given.get('n', '')} {number}".strip()
            self.add(parts)

    def source(self, source: Source, span: Span) -> Tag:
        """Return the tag of a source: that of a mention which says the same, or of its own."""
        who = source.speaker_id if source.speaker_id in self.known else None
        for tag in (*self.mentions, *(tag for tag in self.chosen if tag.name == "s")):
            if (tag.start, tag.end) == (span.start, span.end) and _type(tag) == source.type:
                same = tag.given.get("iso") == source.iso3 if source.type == "country" else tag.given.get("who") == who
                if same:
                    return tag
        iso = source.iso3 if source.type == "country" else None
        return _tag("s", span, t=source.type, who=who, iso=iso)

    def add(self, tags: Iterable[Tag]) -> None:
        for tag in tags:
            if not any(tag is other for other in self.chosen) and self.fits(tag):
                self.chosen.append(tag)

    def fits(self, tag: Tag, others: Iterable[Tag] = ()) -> bool:
        """Say whether a tag crosses none that was chosen, nor these others."""
        return not any(_cross(tag, other) for other in (*self.chosen, *others))


def _tag(name: str, span: Span, **given: str | None) -> Tag:
    stripped = span.text.strip()
    start = span.start + span.text.find(stripped)
    return Tag(name, {key: value for key, value in given.items() if value}, 0, start, start + len(stripped))


def _type(tag: Tag) -> str:
    return TYPES.get(tag.name) or tag.given.get("t", "")


def _complete(tag: Tag) -> bool:
    """Say whether a tag of a mention or a source has a code where it needs one."""
    return "iso" in tag.given or not (tag.name in ("k", "d") or tag.given.get("t") == "country")


def _cross(one: Tag, two: Tag) -> bool:
    return one.start < two.start < one.end < two.end or two.start < one.start < two.end < one.end


def _overlap(one: Tag, two: Tag) -> bool:
    return one.start < two.end and two.start < one.end


def _rendered(text: str, tags: list[Tag]) -> Iterator[str]:
    """Yield the text with its tags, in pieces."""
    place = 0
    opened: list[Tag] = []

    def text_to(end: int) -> Iterator[str]:
        nonlocal place
        while opened and opened[-1].end <= end:
            closed = opened.pop()
            yield f"{escape(text[place : closed.end], quote=False)}</{closed.name}>"
            place = closed.end
        yield escape(text[place:end], quote=False)
        place = end

    # of several at one place, what comes first in the records is the innermost: its end is read first
    order = sorted(enumerate(tags), key=lambda one: (one[1].start, -one[1].end, one[1].name != "par", -one[0]))
    for _, tag in order:
        yield from text_to(tag.start)
        names = [name for names in ATTRIBUTES[tag.name] for name in names if name in tag.given]
        attributes = "".join(f" {name}={_quoted(tag.given[name])}" for name in names)
        yield f"<{tag.name}{attributes}>"
        opened.append(tag)
    yield from text_to(len(text))


def _quoted(value: str) -> str:
    return value if PLAIN.fullmatch(value) else f'"{escape(value)}"'
