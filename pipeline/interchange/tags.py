"""The tags of a tagged text, see `pipeline.interchange.tagged`: found, checked, and gathered into claims."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import get_args

from pipeline.records import ISO3, THEMES, Label, Section, SourceType, Style

LABELS: dict[str, Label] = {"p": "Person", "r": "Role", "o": "Organisation", "k": "Country", "d": "Demonym"}
TYPES: dict[str, SourceType] = {
    "p": "person",
    "r": "person",
    "o": "organisation",
    "k": "country",
}  # of other sources: t
# tag: its attributes, those that it must have first
ATTRIBUTES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "par": ((), ("th", "sec")),
    "p": ((), ("who", "n")),
    "r": ((), ("who", "n")),
    "o": ((), ("who", "n")),
    "k": (("iso",), ("n",)),
    "d": (("iso",), ()),
    "q": (("n",), ("src",)),
    "c": (("n", "style"), ("th", "opt", "src")),
    "s": (("n", "t"), ("who", "iso")),
}
VALUES: dict[str, tuple[str, ...]] = {
    "th": THEMES,
    "sec": get_args(Section),
    "style": get_args(Style),
    "src": ("implicit",),
    "opt": ("1",),
    "t": tuple(kind for kind in get_args(SourceType) if kind != "implicit"),
}

Fault = tuple[int, str]  # line, reason


@dataclass
class Tag:
    """A tag and the stretch of the text that it encloses."""

    name: str
    given: dict[str, str]
    line: int
    start: int
    end: int = -1

    @property
    def claims(self) -> list[str]:
        """The numbers of the claims that it belongs to."""
        return self.given.get("n", "").split()

    @property
    def themes(self) -> list[str]:
        """The themes that it names."""
        return self.given.get("th", "").split()

    def holds(self, other: Tag) -> bool:
        """Say whether another tag stands within this one."""
        return self.start <= other.start and other.end <= self.end


class Stripper(HTMLParser):
    """Takes the tags out of a text and keeps where they stood; white space at the ends of a <par> is outside it."""

    def __init__(self, first_line: int) -> None:
        super().__init__(convert_charrefs=True)
        self.first_line = first_line
        self.text = ""
        self.open: list[Tag] = []
        self.tags: list[Tag] = []
        self.faults: list[Fault] = []

    def strip(self, source: str) -> None:
        """Fill `text`, `tags` (in the order of the text, outer ones first) and `faults`."""
        self.feed(source)
        self.close()
        self.faults += [(left.line, f"<{left.name}> is never closed") for left in self.open]
        self.tags.sort(key=lambda tag: (tag.start, -tag.end))

    @property
    def line(self) -> int:
        """The line that is read."""
        return self.first_line + self.getpos()[0] - 1

    def fault(self, reason: str, line: int | None = None) -> None:
        """Note what is wrong, here or on another line."""
        self.faults.append((line or self.line, reason))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.fault(f"<!--{data}--> is no tag")

    def handle_decl(self, decl: str) -> None:
        self.fault(f"<!{decl}> is no tag")

    def unknown_decl(self, data: str) -> None:
        self.fault(f"<![{data}> is no tag")

    def handle_pi(self, data: str) -> None:
        self.fault(f"<?{data}> is no tag")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(Tag(tag, {name: value or "" for name, value in attrs}, self.line, len(self.text)))
        if tag not in ATTRIBUTES:
            self.fault(f"<{tag}> is no tag")
        elif tag == "par" and any(outer.name == "par" for outer in self.open[:-1]):
            self.fault("<par> within <par>")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1].name != tag:
            inner = f"<{self.open[-1].name}> of line {self.open[-1].line}" if self.open else "nothing"
            self.fault(f"</{tag}> closes {inner}")
            return
        closed = self.open.pop()
        block = self.text[closed.start :]
        closed.end = closed.start + len(block.rstrip())
        if not block.strip():
            self.fault(f"<{tag}> encloses nothing", closed.line)
        elif tag == "par":
            closed.start += len(block) - len(block.lstrip())
        elif block != block.strip():
            self.fault(f"<{tag}> begins or ends with white space", closed.line)
        self.tags.append(closed)


def check(tag: Tag, speakers: set[str]) -> Iterator[Fault]:
    """Yield what is wrong with the attributes of a tag."""
    given = tag.given
    needed, possible = ATTRIBUTES[tag.name]
    for name in given.keys() - {*needed, *possible}:
        yield tag.line, f"<{tag.name}> has no attribute {name}"
    needed = (*needed, "iso") if given.get("t") == "country" else needed
    for name in needed:
        if not given.get(name):
            yield tag.line, f"<{tag.name}> needs {name}"
    for name in VALUES.keys() & given.keys():
        for value in set(tag.themes if name == "th" else [given[name]]) - {*VALUES[name], ""}:
            yield tag.line, f"{value} is none of the values of {name}: {', '.join(VALUES[name])}"
    if given.get("who", "") not in {*speakers, ""}:
        yield tag.line, f"no @speaker {given['who']}"
    if given.get("iso") and not re.fullmatch(ISO3, given["iso"]):
        yield tag.line, f"{given['iso']} is no ISO 3166-1 alpha-3 code"


@dataclass
class Claim:
    """The tags of a claim."""

    number: str
    contents: list[Tag] = field(default_factory=list)
    cues: list[Tag] = field(default_factory=list)
    sources: list[Tag] = field(default_factory=list)

    @property
    def implicit(self) -> bool:
        """Whether cue or content says that nobody is named."""
        return any("src" in tag.given for tag in (*self.cues, *self.contents))

    def faults(self, tags: list[Tag]) -> Iterator[Fault]:
        """Yield what is wrong with the claim among all tags."""
        line = min(tag.line for tag in (*self.contents, *self.cues, *self.sources))
        name = f"claim {self.number}"
        if len(self.contents) != 1 or len(self.cues) > 1:
            yield line, f"{name} has {len(self.contents)} contents and {len(self.cues)} cues"
            return
        content = self.contents[0]
        for cue in self.cues:
            if cue.start < content.end and content.start < cue.end:
                yield cue.line, f"the cue of {name} lies in its content"
        if self.implicit == bool(self.sources):
            yield line, f"{name} has {'both a source and an implicit one' if self.implicit else 'no source'}"
        if not content.given.get("opt") and not any(tag.name == "par" and tag.holds(content) for tag in tags):
            yield content.line, f"{name} stands in no <par>"


def claims_of(tags: list[Tag]) -> list[Claim]:
    """Return the claims to which tags belong, in the order of their numbers."""
    claims: dict[str, Claim] = {}
    for tag in tags:
        for number in tag.claims:
            claim = claims.setdefault(number, Claim(number))
            {"c": claim.contents, "q": claim.cues}.get(tag.name, claim.sources).append(tag)
    return sorted(claims.values(), key=lambda claim: (len(claim.number), claim.number))
