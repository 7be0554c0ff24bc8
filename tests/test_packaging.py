"""The wheel: what is in it, and that it works in a folder that is not the checkout."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from pipeline import STAGES, __version__

ROOT = Path(__file__).resolve().parent.parent
SENTENCE = "Mme Awa Ndiaye, Ministre de la santé du Sénégal, a déclaré que la mer montait.\n"


def files(folder: Path) -> set[str]:
    """Return the files below a folder that git would keep."""
    found = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix() for path in found}


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command outside the checkout, and return what it prints."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(list(map(str, command)), cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel in a clean copy: setuptools would take files that are gone from an old ``build/``."""
    copy = tmp_path_factory.mktemp("copy")
    for name in ("pipeline", "models"):
        shutil.copytree(ROOT / name, copy / name)
    for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", copy / "dist", cwd=copy)
    (built,) = (copy / "dist").iterdir()
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel in a fresh environment, which borrows the libraries of this one; return its ``bin``."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False, symlinks=True)
    run(sys.executable, "-m", "pip", "--python", folder, "install", "-q", "--no-deps", "--no-index", wheel, cwd=folder)
    (site,) = folder.glob("lib/python*/site-packages")
    borrowed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (site / "libraries.pth").write_text("\n".join(sorted(borrowed)) + "\n", encoding="utf-8")
    return folder / "bin"


@pytest.mark.parametrize(("folder", "place"), [("models", "pipeline/models/"), ("pipeline", "pipeline/")])
def test_the_wheel_holds_every_file(wheel: Path, folder: str, place: str) -> None:
    names = {name.removeprefix(place) for name in zipfile.ZipFile(wheel).namelist() if name.startswith(place)}
    if folder == "pipeline":
        names = {name for name in names if not name.startswith("models/")}
    assert names == files(ROOT / folder)


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert tops == {"pipeline", f"quidit-{__version__}.dist-info"}


def test_it_is_the_installed_one_that_runs(installed: Path, tmp_path: Path) -> None:
    place = run(installed / "python", "-c", "import pipeline; print(pipeline.__file__)", cwd=tmp_path)
    assert Path(place).is_relative_to(installed.parent)


@pytest.mark.parametrize("command", [["quidit"], ["python", "-m", "pipeline"]], ids=" ".join)
def test_version(installed: Path, tmp_path: Path, command: list[str]) -> None:
    assert run(installed / command[0], *command[1:], "--version", cwd=tmp_path) == f"quidit, version {__version__}\n"


def test_run(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "dakar.txt").write_text(SENTENCE, encoding="utf-8")
    run(installed / "quidit", "run", "dakar.txt", "-o", "out", cwd=tmp_path)
    document = json.loads((tmp_path / "out" / "documents" / "dakar.json").read_text("utf-8"))
    assert [speaker["name"] for speaker in document["speakers"]] == ["Awa Ndiaye"]
    assert [country["iso3"] for country in document["countries"]] == ["SEN"]
    assert [claim["content"]["text"] for claim in document["claims"]] == ["la mer montait"]


def test_entry_points_load(installed: Path, tmp_path: Path) -> None:
    code = (
        "from importlib.metadata import distribution\n"
        "for point in distribution('quidit').entry_points:\n"
        "    point.load()\n"
        "    print(point.group, point.name)"
    )
    found = run(installed / "python", "-c", code, cwd=tmp_path).splitlines()
    assert {f"spacy_factories {stage}" for stage in STAGES} | {"console_scripts quidit"} <= set(found)


def test_stages_are_there_for_other_programs(installed: Path, tmp_path: Path) -> None:
    code = (
        "import spacy\n"
        "nlp = spacy.blank('fr')\n"
        f"print(all(nlp.has_factory(stage) for stage in {STAGES}))\n"
        "nlp.add_pipe('countries')\n"
        "doc = nlp('Le Sénégal accueille le Mali.')\n"
        "print([(span.text, span.kb_id_) for span in doc.spans['countries']])"
    )
    found = run(installed / "python", "-c", code, cwd=tmp_path)
    assert found.splitlines() == ["True", "[('Sénégal', 'SEN'), ('Mali', 'MLI')]"]
