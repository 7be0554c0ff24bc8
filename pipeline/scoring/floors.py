"""Floors: what a run must reach on a split of the gold, kept in ``annotations/floors.json``.

Floors hold for the very gold that they were set on, so its SHA-256 stands beside them. They are raised with a better
run and lowered by nobody who does not say so.
"""

from __future__ import annotations

import hashlib
import math
from pathlib import Path

from pydantic import Field, TypeAdapter, ValidationError

from pipeline.evaluation import LAYERS
from pipeline.records import Record
from pipeline.scoring.gold import Gold
from pipeline.scoring.scores import Scores

# floors are rounded down to this many parts, so that the run that set them reaches them
PARTS = 10_000


class FloorError(ValueError):
    """Floors cannot be checked or set; the message says why."""


class Floors(Record):
    """Floors of one split: F1 or accuracy between 0 and 1 of each layer."""

    gold_sha256: str = Field(description="SHA-256 of the gold files that the floors were set on")
    floors: dict[str, float] = Field(description="layer as `quidit evaluate` prints it, and its floor")


_FILE = TypeAdapter(dict[str, Floors])


def fingerprint(gold: Gold) -> str:
    """Return the SHA-256 of the gold files, in the order of their doc_id."""
    digest = hashlib.sha256()
    for doc_id, path in sorted(gold.files.items()):
        digest.update(doc_id.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def read_floors(path: Path) -> dict[str, Floors]:
    """Return the floors of each split; none where there is no file yet. Raises `FloorError` for a faulty one."""
    try:
        return _FILE.validate_json(path.read_bytes()) if path.is_file() else {}
    except ValidationError as error:
        raise FloorError(f"{path}: {error}") from error


def check_floors(path: Path, split: str, scores: Scores, gold: Gold) -> list[str]:
    """Return one line for each layer that is below its floor.

    Raises `FloorError` where the split has no floors, or its gold is not the one that they were set on.
    """
    known = read_floors(path).get(split)
    if known is None:
        raise FloorError(f"{path}: no floors for the split {split}")
    if known.gold_sha256 != fingerprint(gold):
        raise FloorError(f"{path}: the gold of the split {split} has changed since its floors were set")
    return [
        f"{name} is {'not there' if value is None else f'{100 * value:.2f}'}, its floor is {100 * floor:.2f}"
        for name, floor in known.floors.items()
        if (value := _value(scores, name)) is None or value < floor
    ]


def update_floors(path: Path, split: str, scores: Scores, gold: Gold, *, lower: bool = False) -> None:
    """Set the floors of a split to what a run reached, for the gold as it is now.

    Raises `FloorError` where that would lower or drop a floor and `lower` does not allow it.
    """
    known = read_floors(path)
    values = {row.name: _value(scores, row.name) for row in LAYERS}
    floors = {name: math.floor(value * PARTS) / PARTS for name, value in values.items() if value is not None}
    before = known[split].floors if split in known else {}
    lowered = [name for name, floor in before.items() if floors.get(name, -1) < floor]
    if lowered and not lower:
        raise FloorError(f"{path}: these floors would be lowered: {', '.join(lowered)}")
    known[split] = Floors(gold_sha256=fingerprint(gold), floors=floors)
    path.write_bytes(_FILE.dump_json(dict(sorted(known.items())), indent=1) + b"\n")


def _value(scores: Scores, name: str) -> float | None:
    return scores.figures[name].value if name in scores.figures else None
