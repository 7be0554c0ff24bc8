"""The program with only its rules, with only what it has learned, and as it is shipped.

Rules alone: a folder of models without weights. Names come from the rules for names, cues from the lexicon; contents,
sources, their kinds and antecedents are chosen by the same rankers with a few weights set by hand (``by_hand.csv``).
Learned alone: recogniser and rankers, with every rule for a construction switched off. The parse of spaCy's French
model, the word lists, and the places where a content may begin or end are there in each.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Literal, NamedTuple, get_args
from unittest.mock import patch

from scores import run
from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from pipeline import lexicon, people
from pipeline.learning.ranker import Ranker
from pipeline.marks import Marks
from pipeline.persons import roles
from pipeline.persons.names import mended
from pipeline.records import Document, Source, Span
from pipeline.resources import read_table
from pipeline.speech import coreference, drafts, joined
from pipeline.speech.contents import Content
from pipeline.speech.coreference import Anaphor, Discourse, Entity
from pipeline.speech.places import Cue
from pipeline.speech.rankers import Rankers, names
from pipeline.speech.resolve import Resolver
from pipeline.speech.sources import Candidate
from pipeline.speech.view import View

Variant = Literal["rules alone", "learned alone", "both"]
VARIANTS: tuple[Variant, ...] = get_args(Variant)
BY_HAND = Path(__file__).resolve().parent / "by_hand.csv"

Change = tuple[object, str, Callable[..., object]]  # an owner, the name of its function, what stands in for it


class Part(NamedTuple):
    """Annotated reports, their texts, and a folder of models that has not learned from them."""

    gold: Mapping[str, Document]
    texts: Mapping[str, Path]
    models: Path


def by_hand(table: Path = BY_HAND) -> Rankers:
    """Return rankers with the weights of a table; decisions that it does not name weigh nothing."""
    weights: dict[str, dict[str, float]] = {name: {} for name in names()}
    for _, row in read_table(table, ("table", "feature", "weight", "note")):
        weights[row["table"]][row["feature"]] = float(row["weight"])
    return Rankers(**{name: Ranker(few) for name, few in weights.items()})


def rules_only(models: Path, target: Path) -> Path:
    """Make a folder of models that holds the word lists of another, and no weights but those set by hand."""
    shutil.copytree(models, target, ignore=shutil.ignore_patterns("recogniser", "*.tsv.gz"))
    by_hand().write(target / "claims")
    return target


def found_by(variant: Variant, parts: Iterable[Part], rules: Path) -> dict[str, Document]:
    """Return what a variant finds in reports; `rules` is a folder that `rules_only` has made."""
    changes = {"rules alone": names_by_rule(rules), "learned alone": NO_RULES, "both": ()}[variant]
    found: dict[str, Document] = {}
    with replaced(changes):
        for part in parts:
            found |= run(dict(part.gold), dict(part.texts), rules if variant == "rules alone" else part.models)
    return found


@contextmanager
def replaced(changes: Iterable[Change]) -> Iterator[None]:
    """Let other functions stand in for some of the program's until the block ends."""
    with ExitStack() as stack:
        for owner, name, other in changes:
            stack.enter_context(patch.object(owner, name, other))
        yield


def names_by_rule(models: Path) -> Sequence[Change]:
    """Return the change by which rules mark the names: after a civility, before a function or an age."""

    def find(_: Marks, doc: Doc) -> list[DocSpan]:
        return mended(doc, [], models)

    return ((Marks, "find", find),)


def nothing(*_: object, **__: object) -> list[object]:
    """Stand in for a rule that finds more: it finds nothing."""
    return []


def nobody(*_: object) -> None:
    """Stand in for a rule that knows better: it knows nothing."""


def never(*_: object) -> bool:
    """Stand in for a test: it never holds."""
    return False


def as_marked(doc: Doc, marks: Sequence[DocSpan], models: Path) -> list[DocSpan]:
    """Stand in for `pipeline.persons.names.mended`: the names as they were recognised."""
    return sorted(marks, key=lambda mark: mark.start)


def whole(mark: DocSpan, models: Path) -> list[DocSpan]:
    """Stand in for `pipeline.persons.roles.single`: the function as it was recognised."""
    return [mark]


def untrimmed(view: View, content: Content) -> Content:
    """Stand in for `pipeline.speech.drafts.trimmed`: the content as it was chosen."""
    return content


def as_chosen(view: View, cue: Cue, content: Content) -> Content:
    """Stand in for `pipeline.speech.drafts.to_the_end`: the content as it was chosen."""
    return content


_choose, _country = coreference.choose, Resolver._country


def choose(
    anaphor: Anaphor, discourse: Discourse, ranker: Ranker, *, alone: bool = False
) -> tuple[Entity | None, float]:
    """Stand in for `pipeline.speech.coreference.choose`: nobody is a candidate even for a pronoun."""
    return _choose(anaphor, discourse, ranker)


def country(resolver: Resolver, span: Span, one: Candidate) -> Source:
    """Stand in for `Resolver._country`: a government is that of a state only where the state is named beside it."""
    return _country(resolver, span, one) if resolver.state(one) else Source(type="organisation", span=span)


NO_RULES: tuple[Change, ...] = (
    (people, "before_names", nothing),
    (people, "after_names", nothing),
    (people, "mended", as_marked),
    (people, "single", whole),
    (roles, "synonyms", nothing),
    (joined, "joined", nothing),
    (joined, "states_represented", nothing),
    (joined, "parenthesis", nothing),
    (joined, "before_specifying", nobody),
    (joined, "before_parenthesis", nobody),
    (joined, "named_beside", nobody),
    (drafts, "names_speech", never),
    (drafts, "trimmed", untrimmed),
    (drafts, "to_the_end", as_chosen),
    (drafts.Paragraph, "_quotations", nothing),
    (Resolver, "_by_rule", nobody),
    (Resolver, "_country", country),
    (lexicon, "stands_alone", never),
    (coreference, "choose", choose),
)
