"""A claim as a whole: how often such a claim is right, from how sure its parts are and from its construction."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.learning.ranker import Ranker, probabilities
from pipeline.records import Source, Style
from pipeline.speech.contents import Content
from pipeline.speech.places import Cue
from pipeline.speech.sources import Choice, SourceFeatures
from pipeline.speech.view import View, word

LEAST = 0.4  # of confidence; between 0.35 and 0.5, left-out reports of the train split have the same F1
SHORT_CUE = 3  # words of a cue that is remembered as it stands


def facts(
    view: View,
    cue: Cue,
    content: Content,
    weighed: SourceFeatures,
    *,
    choice: Choice,
    source: Source,
    sure: float,
    style: Style,
) -> list[str]:
    """Return what a claim is weighed by; `sure` says how sure it is whom the source names (0 to 1)."""
    after, before = word(view, cue.last), word(view, cue.first - 1)
    ahead = content.first >= cue.last
    gap = content.first - cue.last if ahead else cue.first - content.last
    size = cue.last - cue.first
    values = {
        "cue": int(cue.probability * 8),
        "content": int(content.probability * 8),
        "source": int(choice.probability * 8),
        "sure": int(sure * 5),
        "lemma": cue.lemma,
        "words": view.words(cue.first, cue.last) if size <= SHORT_CUE else "long",
        "form": weighed.frame,
        "style": style,
        "kind": choice.candidate.kind,
        "type": source.type,
        "subject": bool(weighed.subject),
        "after": after,
        "before": before,
        "known": "+".join(sorted(cue.frames)) or "-",
        "pos": view.pos[cue.head],
        "dep": view.dep[cue.head],
        "quoted": view.quote[cue.head] >= 0,
        "gap": min(gap, 6),
        "length": min((content.last - content.first) // 3, 8),
        "size": min(size, 5),
        "ahead": ahead,
        "first": view.lower[cue.first],
        "aux": any(view.pos[n] == "AUX" for n in range(cue.first, cue.last)),
        "in": view.quote[content.first] >= 0,
        "marked": cue.marked,
    }
    pairs = (
        "form content", "form kind", "known after", "lemma after", "lemma kind", "ahead style", "first type",
        "subject form", "pos known", "in style", "marked cue", "marked form", "cue form", "cue content", "lemma marked",
    )  # fmt: skip
    both = (f"{pair}={values[a]}|{values[b]}" for pair in pairs for a, b in [pair.split()])
    return [*(f"{name}={value}" for name, value in values.items()), *both]


def confidence(looked: Iterable[str], ranker: Ranker) -> float:
    """Return how often such a claim is right: it is one, and its content overlaps the annotated one."""
    return round(probabilities([ranker.score(looked), 0.0])[0], 3)
