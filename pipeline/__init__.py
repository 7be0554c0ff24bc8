"""Who said what: a French report in, a dataset of speakers, countries and claims out.

The way of the data, one module a stage:

    read        a file of raw/ as it was received: its text, and what is known of it
    segment     paragraphs, sections and sentences; title, dates and place
    marks       persons, roles and cues, by a recogniser trained on annotated reports
    people      one record a person: names, functions, organisations, gender, country, sector
    countries   every state and nationality, with its ISO 3166-1 code
    claims      what was said, by whom: cue, sources and content
    themes      ten themes on paragraphs and claims, each with its evidence
    datasets    the tables, the JSON and the network that a run writes
    evaluation  the same, scored against gold

``parse`` stands between segment and marks: spaCy's French syntax, one paragraph at a time.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

__version__ = "0.1.0"
STAGES = ("segment", "parse", "marks", "people", "countries", "claims", "themes")


def load(models: str | Path | None = None) -> Language:
    """Return the whole pipeline as a spaCy ``Language``; see `pipeline.nlp.load`."""
    from pipeline.nlp import load as load_language  # noqa: PLC0415  spaCy takes half a second to import

    return load_language(models)
