"""Fixtures that several test files share. The pipeline takes seconds to load: once a session."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

import pipeline

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The whole pipeline."""
    return pipeline.load()


@pytest.fixture(scope="session")
def client_report() -> str:
    """The raw text of the client's report."""
    return (ROOT / "raw" / "idm-2017-juillet-geneve.txt").read_bytes().decode("utf-8")
