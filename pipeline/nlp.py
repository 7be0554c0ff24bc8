"""The whole pipeline as one spaCy ``Language``."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from pathlib import Path

import spacy
from spacy.lang.fr import French
from spacy.language import Language
from spacy.util import get_package_version, is_package, load_config
from thinc.api import NumpyOps, set_current_ops

from pipeline import STAGES
from pipeline.parse import ReportTokenizer, load_french
from pipeline.resources import ResourceError, models_dir


class ModelError(RuntimeError):
    """The French model is missing or of another version; the message says how to install it."""


def check_model(model: str, version: str) -> None:
    """Raise `ModelError` unless the French model is installed in a version that begins with `version`."""
    install = f"install it with: python -m pip install '{model.replace('_', '-')}=={version}.*'"
    if not is_package(model):
        raise ModelError(f"the French model {model} is not installed; {install}")
    found = get_package_version(model) or "?"
    if not found.startswith(f"{version}."):
        raise ModelError(f"the French model {model} is of version {found}, and {version} is needed; {install}")


def load(models: str | Path | None = None) -> Language:
    """Return a spaCy ``Language`` that reads a report: ``doc = load()(text)``.

    The results are in ``doc.spans``, one group a stage (see `pipeline.layers`); `pipeline.datasets.document` makes
    records of them. `models` is a folder made like ``models/``, the one that is shipped if None. Raises `ModelError`
    where the French model is missing, `ResourceError` where the folder is broken.
    """
    folder = Path(models) if models is not None else models_dir()
    return _load(folder.resolve())


def prepare_operators() -> None:
    """Let numpy multiply matrices; to be called before weights are read. BLIS has one thread and is slower here."""
    set_current_ops(NumpyOps(use_blis=False))


@lru_cache(maxsize=2)
def _load(folder: Path) -> Language:
    if not (folder / "config.cfg").is_file():
        raise ResourceError(f"{folder}: not a folder of models: config.cfg is missing")
    settings = load_config(folder / "config.cfg")["quidit"]
    check_model(settings["model"], settings["version"])
    prepare_operators()
    french = load_french(settings["model"])
    nlp = French(vocab=french.vocab)
    nlp.tokenizer = ReportTokenizer(french.tokenizer)
    for stage in STAGES:
        import_module(f"pipeline.{stage}")  # entry points are there only when the package is installed
        config = {"model": settings["model"]} if stage == "parse" else {"models": str(folder)}
        component = nlp.add_pipe(stage, config=config)
        if stage == "parse":
            component.language = french  # the same vocabulary, read once
    return nlp


def version() -> str:
    """Return the version of spaCy, for the manifest."""
    return spacy.__version__
