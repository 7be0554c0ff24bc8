"""What the rules of ``models/themes/`` are and do, in lines to print: for an analyst who edits them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from spacy.lang.fr import French
from spacy.tokens import Doc
from spacy.util import load_config

import pipeline
from pipeline.nlp import check_model
from pipeline.parse import Parse, ReportTokenizer, load_french
from pipeline.read import find_reports, read
from pipeline.records import Document, Paragraph, Theme
from pipeline.resources import ResourceError
from pipeline.run import analyse
from pipeline.scoring.gold import RecordError, load_gold, load_output
from pipeline.tagging.rules import CONTEXT, MIGRATION, RuleBook, read_book
from pipeline.themes import GROUP, Finding, Judge

Used = Counter[tuple[str, str, str]]  # (theme, rule, "paragraph" or "claim")


def listing(models: Path) -> Iterator[str]:
    """Yield the themes with their definitions, thresholds and rules."""
    book = read_book((models / GROUP).resolve())
    for theme, definition in book.definitions.items():
        yield f"{theme}: {definition.label}"
        yield f"  {definition.definition}"
        yield f"  marked from {definition.paragraph} in a paragraph, from {definition.claim} in a claim"
        for rule in book.rules[theme]:
            yield f"  {rule.weight:<5} {rule.name:28} {rule.written}"
        yield ""


def explain(text: str, models: Path) -> Iterator[str]:
    """Yield what a text, read as one paragraph, has of each theme: rules, words, weights, sum and threshold."""
    book = read_book((models / GROUP).resolve())
    findings = Judge(book).findings(parsed(text, models))
    if not findings:
        yield "no rule finds anything"
    elif not findings[0].about_migration:
        yield f"not about migration (see {book.folder / MIGRATION}.csv): no theme is marked"
    for finding in sorted(findings, key=lambda one: one.sum / one.threshold, reverse=True):
        verdict = "marked" if finding.marked else "not marked"
        yield f"{finding.theme}: {finding.sum:.2f} of {finding.threshold:.2f}, {verdict}"
        yield from (f"  {line}" for line in reasons(finding, book, text))


def reasons(finding: Finding, book: RuleBook, text: str) -> Iterator[str]:
    """Yield weight, rule, words and line of what speaks for a theme."""
    lines = {rule.name: rule.line for rule in book.rules[finding.theme]}
    for found in finding.found:
        place = f"{finding.theme}.csv, line {lines[found.rule]}"
        words = " ".join(text[found.start : found.end].split())
        yield f"{found.weight:.2f}  {found.rule}  «{words}»  {place}"


def parsed(text: str, models: Path) -> Doc:
    """Return a text with the lemmas of the French model, which words are compared by."""
    if not (models / "config.cfg").is_file():
        raise ResourceError(f"{models}: not a folder of models: config.cfg is missing")
    settings = load_config(models / "config.cfg")["quidit"]
    check_model(settings["model"], settings["version"])
    french = load_french(settings["model"])
    nlp = French(vocab=french.vocab)
    nlp.tokenizer = ReportTokenizer(french.tokenizer)
    parse = Parse(nlp)
    parse.language = french
    return parse(nlp.make_doc(text))


def count(corpus: Path, gold: Path | None, models: Path) -> Iterator[str]:
    """Yield, for each rule, in how many paragraphs and claims it helped to mark its theme, and its precision on gold.

    A paragraph of gold is the one that overlaps most; paragraphs without gold are not in the precision.
    """
    book = read_book((models / GROUP).resolve())
    documents = read_documents(corpus, models)
    known = load_gold(gold).documents if gold is not None else {}
    if gold is not None and not set(known) & {document.doc_id for document in documents}:
        raise RecordError([f"{gold}: has no gold for the reports of {corpus}"])
    used: Used = Counter()
    judged: Counter[tuple[str, str, bool]] = Counter()
    for document in documents:
        right = gold_themes(document, known[document.doc_id]) if document.doc_id in known else {}
        for item in {(item.theme, item.rule, item.unit, item.unit_id) for item in document.themes}:
            used[item[:3]] += 1
            if item[2] == "paragraph" and item[3] in right:
                judged[item[0], item[1], item[0] in right[item[3]]] += 1
    yield f"{len(documents)} report{'s' * (len(documents) != 1)}"
    yield f"{'theme':26}{'rule':28}{'paragraphs':>11}{'claims':>8}" + (
        "{:>8}{:>8}".format("right", "of") if known else ""
    )
    for theme, rules in book.rules.items():
        for name in (*(rule.name for rule in rules), *CONTEXT) if theme != MIGRATION else ():
            yield from counts(theme, name, used, judged)
    fired = {key[:2] for key in used}
    idle = [
        f"{theme}/{rule.name}"
        for theme in book.definitions
        for rule in book.rules[theme]
        if (theme, rule.name) not in fired
    ]
    yield f"{len(idle)} rules decided nothing: {', '.join(idle)}" if idle else "every rule decided something"


def counts(theme: str, rule: str, used: Used, judged: Mapping[tuple[str, str, bool], int]) -> Iterator[str]:
    """Yield the line of a rule that decided something."""
    paragraphs, claims = used[theme, rule, "paragraph"], used[theme, rule, "claim"]
    right, wrong = judged.get((theme, rule, True), 0), judged.get((theme, rule, False), 0)
    if paragraphs or claims:
        share = f"{right:>8}{right + wrong:>8}  {right / (right + wrong):.0%}" if right + wrong else ""
        yield f"{theme:26}{rule:28}{paragraphs:>11}{claims:>8}{share}"


def read_documents(corpus: Path, models: Path) -> list[Document]:
    """Return the reports of a folder: as a run wrote them, or by reading the reports that are in it."""
    if (corpus / "documents").is_dir():
        documents = list(load_output(corpus).values())
        if not documents:
            raise RecordError([f"{corpus / 'documents'}: no report in it"])
        return documents
    files = find_reports([corpus])
    nlp = pipeline.load(models)
    return [analyse(nlp, read(path, root)) for path, root in files]


def gold_themes(found: Document, gold: Document) -> dict[str, set[Theme]]:
    """Return the gold themes of the paragraphs found, by paragraph_id; of those that overlap with a gold paragraph."""
    themes: dict[str, set[Theme]] = {}
    for paragraph in found.paragraphs:
        best = max(gold.paragraphs, key=lambda other: overlap(paragraph, other), default=None)
        if best is not None and overlap(paragraph, best) > 0:
            themes[paragraph.paragraph_id] = set(best.themes)
    return themes


def overlap(one: Paragraph, other: Paragraph) -> int:
    """Return how many code points two paragraphs share, or a number below 1."""
    return min(one.end, other.end) - max(one.start, other.start)
