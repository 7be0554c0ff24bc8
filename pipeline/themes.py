"""themes: what paragraphs and claims are about, out of ten themes, each with the words that decided.

Reads the paragraphs of "segment" and the claims of "claims", writes the group "themes" (records `Evidence`). A document
without paragraphs is one paragraph, "p1".

A rule of ``models/themes/`` has a weight, and counts once however often its words stand in a paragraph. They do not
count inside a person's name or function, inside a cue, and where ``silence.csv`` says so. Where a paragraph has words
of a theme, its surroundings count too (``context.csv``): heading, title of the report, the paragraph before. The theme
is marked where the sum reaches its threshold, which is lower in a short paragraph. Where neither the report nor the
paragraph is about migration (``migration.csv``), none is. A claim has those themes of its paragraph of which it has
words itself, and that of a paragraph that has one only.

F1 over gold paragraphs: 82 on the client's report, 69 on the reports whose vocabulary the rules were made from, about
53 on reports of other kinds that nobody had read for them (precision 69, recall 43): what is said in other words is
missed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from pipeline import layers
from pipeline.records import Claim, Evidence, Paragraph, Theme
from pipeline.resources import models_dir
from pipeline.tagging.finder import Finder, Hit
from pipeline.tagging.rules import MIGRATION, RuleBook, read_book

GROUP = "themes"
SPEAKING = frozenset({"Person", "Role", "Cue"})  # marks that tell who speaks, and that he does
POINT = re.compile(
    r"[-–—*• \t]*\d+[.)]\s*[^.:]*[.:]"
)  # number and title, with which the first paragraph of a point begins
LETTERS = re.compile(r"[^\W\d_]{2}")


class Found(NamedTuple):
    """Words that count for a theme. `rule` is a name in the theme's file or in context.csv; offsets are code points."""

    rule: str
    weight: float
    start: int
    end: int


class Finding(NamedTuple):
    """What speaks for a theme in a paragraph or a claim, whether it suffices or not."""

    theme: Theme
    unit: Literal["paragraph", "claim"]
    unit_id: str
    found: list[Found]
    threshold: float
    about_migration: bool = True

    @property
    def sum(self) -> float:
        return total(self.found)

    @property
    def marked(self) -> bool:
        return self.about_migration and self.sum >= self.threshold


class Area(NamedTuple):
    """A paragraph, with the places of the heading that it stands under; offsets are code points."""

    paragraph: Paragraph
    heading: tuple[int, int]


def total(found: Iterable[Found]) -> float:
    """Return a sum of weights; to two decimals, since weights have one or two."""
    return round(sum(words.weight for words in found), 2)


def once(found: Iterable[Found], start: int, end: int) -> list[Found]:
    """Return what stands between two offsets, the first words of each rule."""
    first: dict[str, Found] = {}
    for words in found:
        if start <= words.start and words.end <= end:
            first.setdefault(words.rule, words)
    return list(first.values())


def paragraphs(doc: Doc, text: str) -> list[Paragraph]:
    """Return the paragraphs of a document; the whole document as one where it has not been segmented."""
    if "segment" in doc.spans or not text:
        return layers.stored(doc, "segment", Paragraph)
    return [Paragraph(start=0, end=len(text), text=text, paragraph_id="p1", section="body")]


def areas(doc: Doc, text: str) -> Iterator[Area]:
    """Yield the paragraphs with their headings: the text since the last paragraph, or the title of their point."""
    heading, section, last = (0, 0), None, None
    for paragraph in paragraphs(doc, text):
        if last is not None and LETTERS.search(text, last, paragraph.start):
            heading = (last, paragraph.start)
        if paragraph.section.startswith("point-") and paragraph.section != section:
            title = POINT.match(paragraph.text)
            heading = (paragraph.start, paragraph.start + title.end() if title else paragraph.start)
        section, last = paragraph.section, paragraph.end
        yield Area(paragraph, heading)


def audible(doc: Doc, hits: list[Hit]) -> Iterator[Hit]:
    """Yield what counts: not what stands in a name, a mark or a sentence that is silenced."""
    names = {(hit.start, hit.end) for hit in hits if hit.rule.owner == "words"}
    marks = [(span.start, span.end) for span in doc.spans.get("marks", ()) if span.label_ in SPEAKING]
    silent = {hit.sentence for hit in hits if hit.rule.owner == "sentence"}
    for hit in hits:
        place = (hit.start, hit.end)
        inside = any(a <= hit.start and hit.end <= b for a, b in marks)
        named = any(a <= hit.start and hit.end <= b for a, b in names if (a, b) != place)
        if not inside and not named and hit.sentence not in silent:
            yield hit


class Judge:
    """Decides which themes the paragraphs and claims of documents have, by the rules of a book."""

    def __init__(self, book: RuleBook) -> None:
        self.book = book
        self.finder = Finder([*(rule for rules in book.rules.values() for rule in rules), *book.silence], book.small)

    def findings(self, doc: Doc) -> list[Finding]:
        """Return what speaks for a theme in each paragraph, then in each claim; those that do not suffice, too."""
        places = self._places(doc)
        units = list(areas(doc, doc.text))
        about = self._about_migration(places[MIGRATION], [area.paragraph for area in units])
        found: list[Finding] = []
        for theme in self.book.definitions:
            before: list[Found] = []
            for area, open_ in zip(units, about, strict=True):
                own = once(places[theme], area.paragraph.start, area.paragraph.end)
                if own:
                    around = self._around(places[theme], area, before, units[0].paragraph.start)
                    threshold = self._threshold(theme, area.paragraph.text)
                    unit_id = area.paragraph.paragraph_id
                    found.append(Finding(theme, "paragraph", unit_id, [*own, *around], threshold, open_))
                before = own
        return [*found, *self._claims(doc, places, [area.paragraph for area in units], found)]

    def _places(self, doc: Doc) -> dict[str, list[Found]]:
        places: dict[str, list[Found]] = {owner: [] for owner in self.book.rules}
        for hit in audible(doc, self.finder.find(doc)):
            if hit.rule.owner in places:
                last = doc[hit.end - 1]
                words = Found(hit.rule.name, hit.rule.weight, doc[hit.start].idx, last.idx + len(last))
                places[hit.rule.owner].append(words)
        return places

    def _about_migration(self, places: list[Found], units: list[Paragraph]) -> list[bool]:
        if not units:
            return []
        enough = self.book.settings["paragraph"]
        sums = [total(once(places, unit.start, unit.end)) for unit in units]
        mean = sum(min(value, 1) for value in sums) / len(sums)
        whole = mean >= self.book.settings["report"] or total(once(places, 0, units[0].start)) >= enough
        return [whole or value >= enough for value in sums]

    def _around(self, places: list[Found], area: Area, before: list[Found], title: int) -> Iterator[Found]:
        surroundings = {"heading": once(places, *area.heading), "previous": before, "title": once(places, 0, title)}
        for name, words in surroundings.items():
            if words:
                strongest = max(words, key=lambda one: one.weight)
                weight = round(self.book.settings[name] * min(total(words), 1), 2)
                yield strongest._replace(rule=name, weight=weight)

    def _threshold(self, theme: Theme, text: str) -> float:
        short, long = self.book.settings["short"], self.book.settings["long"]
        share = short + (1 - short) * min(len(text.split()), long) / long
        return round(self.book.definitions[theme].paragraph * share, 2)

    def _claims(
        self, doc: Doc, places: dict[str, list[Found]], units: list[Paragraph], found: list[Finding]
    ) -> Iterator[Finding]:
        marked: dict[str, list[Finding]] = defaultdict(list)
        for finding in found:
            if finding.marked:
                marked[finding.unit_id].append(finding)
        for claim in layers.stored(doc, "claims", Claim):
            content = claim.content
            home = next((unit.paragraph_id for unit in units if unit.start <= content.start < unit.end), "")
            for finding in marked[home]:
                own = once(places[finding.theme], content.start, content.end)
                if not own and len(marked[home]) == 1:
                    own = [finding.found[0]._replace(rule="only-theme", weight=self.book.settings["only-theme"])]
                if own:
                    threshold = self.book.definitions[finding.theme].claim
                    yield Finding(finding.theme, "claim", claim.claim_id, own, threshold)


class Themes:
    """Component: see the module."""

    def __init__(self, nlp: Language, name: str = GROUP, *, models: str | None = None) -> None:
        del nlp  # the rules have a vocabulary of their own
        self.name = name
        self.judge = Judge(read_book((Path(models) if models else models_dir()) / GROUP))

    def find(self, doc: Doc) -> list[Evidence]:
        """Return the evidence for the themes of paragraphs and claims, that of paragraphs first."""
        text = doc.text  # built anew each time
        return [
            Evidence(
                theme=finding.theme,
                unit=finding.unit,
                unit_id=finding.unit_id,
                rule=words.rule,
                start=words.start,
                end=words.end,
                text=text[words.start : words.end],
            )
            for finding in self.judge.findings(doc)
            if finding.marked
            for words in finding.found
        ]

    def __call__(self, doc: Doc) -> Doc:
        found = self.find(doc)
        places = [layers.Place(words.start, words.end, words.theme, id=words.unit_id) for words in found]
        layers.store(doc, GROUP, found, places)
        return doc


@Language.factory(GROUP, assigns=["doc.spans"])
def make_themes(nlp: Language, name: str, models: str | None = None) -> Themes:
    """Make the stage; `models` is a folder made like ``models/``, the one that is shipped if None."""
    return Themes(nlp, name, models=models)
