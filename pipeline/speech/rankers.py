"""The tables of weights of the stage claims, one a decision."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from pipeline.learning.ranker import Ranker


@dataclass(frozen=True)
class Rankers:
    """The learned decisions: is a word a cue, where is its content, what names its source, of what kind is that, whom
    does a pronoun stand for, and is the claim one."""

    cues: Ranker
    contents: Ranker
    sources: Ranker
    kinds: Ranker
    antecedents: Ranker
    claims: Ranker

    @classmethod
    def read(cls, folder: Path) -> Rankers:
        """Read the tables of a folder; raise `pipeline.resources.ResourceError` where one is missing or broken."""
        return cls(**{name: Ranker.from_file(path_of(folder, name)) for name in names()})

    def write(self, folder: Path) -> None:
        """Write the tables into a folder."""
        for name in names():
            getattr(self, name).to_file(path_of(folder, name))


def names() -> list[str]:
    """Return the names of the decisions, as the tables are called."""
    return [field.name for field in fields(Rankers)]


def path_of(folder: Path, name: str) -> Path:
    """Return the file of a decision's table."""
    return folder / f"{name}.tsv.gz"
