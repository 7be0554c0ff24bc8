"""What a dataset was made from, and with what."""

from __future__ import annotations

import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from pipeline import __version__
from pipeline.marks import WEIGHTS
from pipeline.nlp import load, version
from pipeline.parse import Parse
from pipeline.resources import fingerprint

if TYPE_CHECKING:
    from pipeline.run import Summary


def manifest(models: Path, summary: Summary, started: datetime) -> dict[str, Any]:
    """Return the manifest of a run. The same inputs and versions give the same, but for ``times``."""
    french = cast(Parse, load(models).get_pipe("parse")).language.meta
    weights = models / WEIGHTS
    finished = datetime.now(UTC)
    return {
        "program": {"name": "quidit", "version": __version__},
        "python": platform.python_version(),
        "spacy": version(),
        "french_model": {"name": f"{french['lang']}_{french['name']}", "version": french["version"]},
        "models": {
            "fingerprint": fingerprint(models),
            "recogniser": fingerprint(weights) if weights.is_dir() else None,
        },
        "inputs": [{"doc_id": doc_id, **said} for doc_id, said in sorted(summary.inputs.items())],
        "failures": [row.model_dump() for row in sorted(summary.failures, key=lambda row: row.file)],
        "times": {
            "started": started.isoformat(timespec="seconds"),
            "finished": finished.isoformat(timespec="seconds"),
            "seconds": round((finished - started).total_seconds(), 3),
            "reports": dict(sorted(summary.seconds.items())),
        },
    }
