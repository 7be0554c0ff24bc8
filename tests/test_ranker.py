"""A linear choice: sums, probabilities, and the table on disk."""

from __future__ import annotations

import gzip
import math
from pathlib import Path

import pytest

from pipeline.learning.ranker import Ranker, probabilities
from pipeline.resources import ResourceError
from pipeline.speech.rankers import Rankers, names, path_of

RANKER = Ranker({"a": 1.5, "b": -0.5, "c": 0.25})


def test_score_is_the_sum_of_known_weights() -> None:
    assert RANKER.score(["a", "b", "unknown", "c"]) == 1.25
    assert RANKER.score(["a", "a"]) == 3.0
    assert RANKER.score([]) == 0.0


def test_heaviest() -> None:
    assert RANKER.heaviest(["b", "c", "a"]) == "a"
    assert RANKER.heaviest(["b", "unknown"]) == "unknown"
    assert RANKER.heaviest([]) == ""


def test_probabilities() -> None:
    assert probabilities([math.log(1), math.log(3)]) == pytest.approx([0.25, 0.75])
    assert probabilities([math.log(2), math.log(2), math.log(4)]) == pytest.approx([0.25, 0.25, 0.5])
    assert probabilities([5.0]) == [1.0]
    assert probabilities([]) == []


def test_large_scores_do_not_overflow() -> None:
    assert probabilities([5000.0, 5000.0, -5000.0]) == pytest.approx([0.5, 0.5, 0.0])


def test_table_comes_back(tmp_path: Path) -> None:
    weights = {"p=l'|d'": -1.25, "mot=é\u00a0»": 0.5, "with\ttab": 2.0, "": 0.125}
    Ranker(weights).to_file(tmp_path / "folder" / "t.tsv.gz")
    assert Ranker.from_file(tmp_path / "folder" / "t.tsv.gz").weights == weights


def test_heaviest_first_and_the_same_bytes(tmp_path: Path) -> None:
    Ranker({"a": 1.0, "b": -3.0, "c": 1.0}).to_file(tmp_path / "one.tsv.gz")
    Ranker({"c": 1.0, "b": -3.0, "a": 1.0}).to_file(tmp_path / "two.tsv.gz")
    assert gzip.decompress((tmp_path / "one.tsv.gz").read_bytes()) == b"b\t-3.000\na\t1.000\nc\t1.000\n"
    assert (tmp_path / "one.tsv.gz").read_bytes() == (tmp_path / "two.tsv.gz").read_bytes()


@pytest.mark.parametrize("line", ["b\theavy", "no tab", "b\t"])
def test_broken_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "t.tsv.gz"
    path.write_bytes(gzip.compress(f"a\t1.0\n{line}\n".encode()))
    with pytest.raises(ResourceError, match=r"t\.tsv\.gz, line 2: not a feature, a tab and a weight"):
        Ranker.from_file(path)


def test_missing_table_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match=r"t\.tsv\.gz: is missing; quidit train makes it"):
        Ranker.from_file(tmp_path / "t.tsv.gz")


def test_all_tables_come_back(tmp_path: Path) -> None:
    rankers = Rankers(**{name: Ranker({name: 1.0}) for name in names()})
    rankers.write(tmp_path)
    again = Rankers.read(tmp_path)
    assert {name: getattr(again, name).weights for name in names()} == {name: {name: 1.0} for name in names()}
    path_of(tmp_path, "kinds").unlink()
    with pytest.raises(ResourceError, match=r"kinds\.tsv\.gz: is missing"):
        Rankers.read(tmp_path)
