"""The errors of a run, each with its class: what was missed, invented or cut, and what a source was taken for.

`pipeline.scoring.differences` lists errors layer by layer as the scores count them; here they are told apart by what
went wrong, so that a cue that is found with a content that is not counts as an error of the content.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from forms import Forms

from pipeline.lexicon.grammar import grammar
from pipeline.records import Claim, Document, Mention, Source, Span
from pipeline.scoring.matching import (
    AlignedReport,
    Alignment,
    Attributed,
    Item,
    align,
    align_report,
    align_sources,
    overlaps,
    same_ends,
    shared,
)

AROUND = 40  # code points of context on either side
LONGEST = 150  # code points of an example

Places = Sequence[tuple[int, int]]


class Case(NamedTuple):
    """An error: its layer, its class, and the words it is about, gold in ⟨ ⟩ and what was found in [ ]."""

    layer: str
    kind: str
    doc_id: str
    shown: str
    lost: bool = True  # not only badly cut


class Report(NamedTuple):
    """A report with its gold, what was found in it, the forms of the cues of both, and its raw text."""

    gold: Document
    found: Document
    gold_forms: Forms
    found_forms: Forms
    raw: str

    def excerpt(self, gold: Places, found: Places, focus: tuple[int, int]) -> str:
        """Return the text around a place on one line, with the spans of both sides that begin or end there."""
        low, high = max(0, focus[0] - AROUND), min(len(self.raw), focus[1] + AROUND)
        low = self.raw.find(" ", low, focus[0]) + 1 or low
        high = max(self.raw.rfind(" ", focus[1], high), focus[1]) if high < len(self.raw) else high
        pairs = [*((span, "⟨⟩") for span in gold), *((span, "[]") for span in found)]
        signs = [(start, 1, -end, pair[0]) for (start, end), pair in pairs]  # at one place, what closes comes first
        signs += [(end, 0, -start, pair[1]) for (start, end), pair in pairs]
        text = ""
        for place, _, _, sign in sorted(one for one in signs if low <= one[0] <= high):
            text += self.raw[low:place] + sign
            low = place
        plain = (text + self.raw[low:high]).replace("|", "/").replace("](", "] (")  # neither a cell nor a link
        line = " ".join(plain.split())
        return line if len(line) <= LONGEST else f"{line[: LONGEST // 2]} … {line[-LONGEST // 2 :]}"


def cases(report: Report) -> Iterator[Case]:
    """Yield the errors of a report."""
    aligned = align_report(report.gold, report.found)
    for layer, found in (
        ("cue", cue_cases(report, aligned)),
        ("content", content_cases(report)),
        ("claim without cue", bare_cases(report, aligned)),
        ("source", source_cases(report, aligned)),
        ("speaker", speaker_cases(report, aligned)),
        ("role", role_cases(report, aligned)),
    ):
        for kind, shown, *lost in found:
            yield Case(layer, kind, report.gold.doc_id, shown, *lost)


def totals(gold: Document) -> Iterator[tuple[str, int]]:
    """Yield how many items gold has in each layer, optional ones out."""
    claims = [claim for claim in gold.claims if not claim.optional]
    yield "cue", len({(claim.cue.start, claim.cue.end) for claim in claims if claim.cue})
    yield "content", sum(claim.cue is not None for claim in claims)
    yield "claim without cue", sum(claim.cue is None for claim in claims)
    yield "source", sum(len(claim.sources) for claim in claims)
    yield "speaker", len(gold.speakers)
    yield "role", len({(m.start, m.end) for m in gold.mentions if m.label == "Role"})


def place(span: Span | Item) -> tuple[int, int]:
    """Return where a span begins and ends."""
    return span.start, span.end


def touch(gold: Item, found: Item) -> bool:
    """Say whether two items share a code point."""
    return shared(gold, found) > 0


def cue_cases(report: Report, aligned: AlignedReport) -> Iterator[tuple[str, str, bool]]:
    """Yield cues that were missed and invented, by their form, and those that were cut otherwise."""
    cues = aligned.spans["cues"]
    rest = align([cue for cue in cues.missed if not cue.optional], cues.spurious, touch)
    for gold, found in [*cues.pairs, *rest.pairs]:
        if not gold.optional and not same_ends(gold, found):
            ends = (min(gold.start, found.start), max(gold.end, found.end))
            yield "cut otherwise", report.excerpt([place(gold)], [place(found)], ends), not overlaps(gold, found)
    for gold in rest.missed:
        form = form_of(report.gold, report.gold_forms, gold)
        yield f"missed: {form}", report.excerpt([place(gold)], [], place(gold)), True
    for found in rest.spurious:
        form = form_of(report.found, report.found_forms, found)
        yield f"invented: {form}", report.excerpt([], [place(found)], place(found)), True


def form_of(document: Document, forms: Forms, cue: Item[Span]) -> str:
    """Return the form of a cue of a document."""
    claim = next(c for c in document.claims if c.cue and place(c.cue) == place(cue))
    return forms[document.doc_id, claim.claim_id].cue


def by_cue(claims: Sequence[Claim]) -> list[Item[Claim]]:
    """Return claims by the places of their cues."""
    return [Item(*place(claim.cue), claim, optional=claim.optional) for claim in claims if claim.cue]


def content_cases(report: Report) -> Iterator[tuple[str, str, bool]]:
    """Yield the contents with wrong ends, of claims whose cue was found."""
    for item, answer in align(by_cue(report.gold.claims), by_cue(report.found.claims), touch).pairs:
        gold, found = item.record.content, answer.record.content
        if item.optional:
            continue
        lost = not overlaps(gold, found)
        if not shared(gold, found):
            ends = (min(gold.start, found.start), max(gold.end, found.end))
            side = (gold.start < item.start) != (found.start < item.start)
            kind = "on the wrong side of the cue" if side else "elsewhere on the same side"
            yield kind, report.excerpt([place(gold)], [place(found)], ends), lost
            continue
        for name, right, wrong in (("start", gold.start, found.start), ("end", gold.end, found.end)):
            if right != wrong:
                focus = (min(right, wrong), max(right, wrong))
                kind = f"{name} too {'early' if wrong < right else 'late'}"
                yield kind, report.excerpt([place(gold)], [place(found)], focus), lost


def bare_cases(report: Report, aligned: AlignedReport) -> Iterator[tuple[str, str]]:
    """Yield claims without a cue that were missed or invented."""
    for item in aligned.claims.missed:
        if item.record.cue is None and not item.optional:
            yield f"missed: {item.record.style}", report.excerpt([place(item)], [], place(item))
    for item in aligned.claims.spurious:
        if item.record.cue is None:
            yield f"invented: {item.record.style}", report.excerpt([], [place(item)], place(item))


def source_cases(report: Report, aligned: AlignedReport) -> Iterator[tuple[str, str]]:
    """Yield the sources that are wrong, of claims that were found."""
    for claim, answer in aligned.claims.pairs:
        if claim.optional:
            continue
        sources = align_sources(Alignment([(claim, answer)]), report.gold, report.found)
        here = align(sources.missed, sources.spurious, touch)
        for gold, found in here.pairs:
            yield mistaken(report, gold.record.source, found.record.source), both(report, gold, found)
        apart = min(len(here.missed), len(here.spurious))
        for gold, found in zip(here.missed, here.spurious, strict=False):
            yield other_words(gold.record.source, found.record.source), both(report, gold, found)
        for gold in here.missed[apart:]:
            yield "further source missed", both(report, gold, None)
        for found in here.spurious[apart:]:
            yield "further source added", both(report, None, found)


def both(report: Report, gold: Item[Attributed] | None, found: Item[Attributed] | None) -> str:
    """Return the words of a source on both sides, and what they are taken for."""
    wanted, given = words(gold), words(found)
    ends = [end for span in (*wanted, *given) for end in span]
    items = [item.record for item in (gold, found) if item]
    focus = (min(ends), max(ends)) if ends else place(items[0].claim.cue or items[0].claim.content)
    taken = " → ".join(f"{item.source.type} {identity(item.source)}".strip() for item in items)
    return f"{report.excerpt(wanted, given, focus)} ({taken})"


def words(item: Item[Attributed] | None) -> Places:
    """Return the place of the words that name a source."""
    return [place(item.record.source.span)] if item and item.record.source.span else []


def identity(source: Source) -> str:
    """Return who or which state a source is, as far as it is known."""
    return (source.iso3 if source.type == "country" else source.name or source.speaker_id) or ""


def other_words(gold: Source, found: Source) -> str:
    """Return the class of a source whose words are not those of gold."""
    if gold.type == "implicit":
        return "somebody where nobody is named"
    return "nobody where somebody is named" if found.type == "implicit" else "wrong words"


def mistaken(report: Report, gold: Source, found: Source) -> str:
    """Return the class of a source whose words are those of gold, and which was taken for another."""
    names = [m for m in report.gold.mentions if m.label == "Person" and gold.span and m.start == gold.span.start]
    if gold.speaker_id and found.speaker_id and is_same(report, gold.speaker_id, found.speaker_id):
        return "right person, other name"
    if gold.span and gold.span.text.lower() in grammar("personal pronouns"):
        return "pronoun: wrong referent"
    if gold.type == found.type == "person":
        return "name: wrong person" if names else "function: wrong referent"
    if gold.type != found.type:
        return "wrong type"
    return "wrong state" if gold.type == "country" else "cut otherwise"


def names_of(document: Document, speaker_id: str | None = None) -> list[Mention]:
    """Return the names of a speaker in a document, or all names."""
    names = [mention for mention in document.mentions if mention.label == "Person"]
    return [name for name in names if name.speaker_id == speaker_id] if speaker_id else names


def is_same(report: Report, gold: str, found: str) -> bool:
    """Say whether two speakers are one person: a name of one is a name of the other."""
    return any(shared(g, f) for g in names_of(report.gold, gold) for f in names_of(report.found, found))


def speaker_cases(report: Report, aligned: AlignedReport) -> Iterator[tuple[str, str]]:
    """Yield speakers who were missed and invented, and why."""
    speakers = {speaker.speaker_id for speaker in report.found.speakers}
    for item in aligned.speakers.missed:
        own = names_of(report.gold, item.record.speaker_id)
        answers = [f for f in names_of(report.found) if any(shared(g, f) for g in own)]
        if any(f.speaker_id in speakers for f in answers):
            kind = "missed: under another name"
        else:
            kind = "missed: named, and no speaker" if answers else "missed: no name found"
        yield kind, " → ".join([item.record.name, *sorted({" ".join(f.text.split()) for f in answers})])
    gold_speakers = {speaker.speaker_id for speaker in report.gold.speakers}
    for item in aligned.speakers.spurious:
        own = names_of(report.found, item.record.speaker_id)
        answers = [g for g in names_of(report.gold) if any(shared(g, f) for f in own)]
        if any(g.speaker_id in gold_speakers for g in answers):
            kind = "invented: a speaker under another name"
        else:
            kind = "invented: a person who does not speak" if answers else "invented: not a name"
        yield kind, item.record.name


def role_cases(report: Report, aligned: AlignedReport) -> Iterator[tuple[str, str, bool]]:
    """Yield roles that were cut otherwise, missed and invented."""
    roles = aligned.spans["roles"]
    rest = align(roles.missed, roles.spurious, touch)
    for gold, found in [*roles.pairs, *rest.pairs]:
        if not same_ends(gold, found):
            name = "shorter" if found.end - found.start < gold.end - gold.start else "longer"
            ends = (min(gold.start, found.start), max(gold.end, found.end))
            yield f"cut {name}", report.excerpt([place(gold)], [place(found)], ends), not overlaps(gold, found)
    for gold in rest.missed:
        yield "missed", report.excerpt([place(gold)], [], place(gold)), True
    for found in rest.spurious:
        yield "invented", report.excerpt([], [place(found)], place(found)), True
