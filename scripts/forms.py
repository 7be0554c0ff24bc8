"""What form a cue has and by what construction a claim is attributed: by the words and the parse of its paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.lexicon.cue_entries import preposition_at
from pipeline.lexicon.grammar import grammar
from pipeline.records import Claim, Document, Span
from pipeline.resources import models_dir
from pipeline.speech.cues import main_word
from pipeline.speech.view import View, views, word
from pipeline.train import annotated_paragraphs

CUE_FORMS = (
    "plain verb",
    "second verb of a source",
    "phrase",
    "noun or adjective",
    "participle",
    "infinitive",
    "preposition or comme",
)
CONSTRUCTIONS = (
    "verb + que",
    "verb + infinitive",
    "verb + question",
    "verb + noun phrase",
    "content before the verb",
    "direct",
    "no cue",
    "mixed",
    "according-to",
    "as-noted",
    "parenthetical",
)
ASKING = frozenset({"si", "s'", "comment", "pourquoi", "combien", "quand", "où", "quel", "quelle", "quels", "quelles"})
CLITICS = frozenset({"ne", "n'", "y", "en", "se", "s'", "le", "la", "les", "l'", "lui", "leur", "me", "nous"})
CONTENT = frozenset({"NOUN", "ADJ", "VERB", "PROPN"})

Forms = dict[tuple[str, str], "Form"]  # by doc_id and claim_id


class Form(NamedTuple):
    """The form of a claim's cue (empty where it has none) and its construction."""

    cue: str
    construction: str


def forms(documents: Mapping[str, Document], texts: Mapping[str, str], nlp: Language) -> Forms:
    """Return the forms of all claims of reports, annotated or found; `texts` are the raw texts, by doc_id."""
    found: Forms = {}
    for doc_id, document in documents.items():
        with nlp.memory_zone():
            found |= {(doc_id, claim_id): form for claim_id, form in forms_in(document, parsed(document, texts, nlp))}
    return found


def parsed(document: Document, texts: Mapping[str, str], nlp: Language) -> Doc:
    """Return a report with the parse of the paragraphs that a document has."""
    doc = annotated_paragraphs(nlp, document, texts[document.doc_id])
    nlp.get_pipe("segment").sentences(doc, document.paragraphs)
    return nlp.get_pipe("parse")(doc)


def forms_in(document: Document, doc: Doc) -> Iterator[tuple[str, Form]]:
    """Yield the form of each claim of a report with its identifier."""
    starts = frozenset(sentence.start for sentence in doc.spans["sentences"])
    around = [*views(doc, models_dir()), View(doc[:], starts, doc.text, models_dir())]
    held: dict[int, list[Claim]] = {}
    for claim in document.claims:  # a few stand outside the paragraphs, or in two of them
        held.setdefault(next(n for n, view in enumerate(around) if holds(view, claim)), []).append(claim)
    for n, claims in held.items():
        cues = sorted(place for place in (place_of(around[n], c.cue) for c in claims) if place)
        for claim in claims:
            cue = place_of(around[n], claim.cue)
            form = cue_form(around[n], cue, cues, claim) if cue else ""
            yield claim.claim_id, Form(form, construction(around[n], claim, cue))


def holds(view: View, claim: Claim) -> bool:
    """Say whether a claim begins in a paragraph with its cue and its content."""
    return all(view.start[0] <= span.start < view.end[-1] for span in (claim.cue, claim.content) if span)


def place_of(view: View, span: Span | None) -> tuple[int, int] | None:
    """Return the positions of a span in its paragraph."""
    return view.within(span.start, span.end) if span else None


def cue_form(view: View, cue: tuple[int, int], cues: list[tuple[int, int]], claim: Claim) -> str:
    """Return one of `CUE_FORMS`; `cues` are all of the paragraph."""
    first, last = cue
    head = main_word(view, first, last)
    led = view.pos[first] in ("ADP", "SCONJ", "ADV") or preposition_at(view.lower, first, view.models) > 0
    if led and claim.style in ("according-to", "as-noted"):
        return "preposition or comme"
    if view.pos[head] not in ("VERB", "AUX"):
        return "noun or adjective"
    if any(view.pos[n] in CONTENT for n in range(first, last) if n != head):
        return "phrase"
    if view.morph(head, "VerbForm") == "Part" and view.morph(head, "Tense") == "Pres":
        return "participle"
    subject = any(view.dep[n].startswith("nsubj") for n in view.children[head])
    earlier = any(view.sentence[other] == view.sentence[first] for other, _ in cues if other < first)
    if earlier and not subject and word(view, first - 1) in ("et", ",", "puis", "mais", "ou"):
        return "second verb of a source"
    if first + 1 == last and view.morph(head, "VerbForm") in ("Part", "Inf"):
        return "participle" if view.morph(head, "VerbForm") == "Part" else "infinitive"
    return "plain verb"


def construction(view: View, claim: Claim, cue: tuple[int, int] | None) -> str:
    """Return one of `CONSTRUCTIONS`."""
    if claim.style != "indirect" or cue is None:
        return claim.style if cue or claim.style == "parenthetical" else "no cue"
    first = (place_of(view, claim.content) or cue)[0]
    before = word(view, first - 1)
    if first < cue[0]:
        return "content before the verb"
    if before in ("que", "qu'"):
        return "verb + que"
    if view.lower[first] in ASKING or before in ASKING:
        return "verb + question"
    while first + 1 < len(view) and view.lower[first] in CLITICS | grammar("negation"):
        first += 1
    return "verb + infinitive" if view.morph(first, "VerbForm") == "Inf" else "verb + noun phrase"
