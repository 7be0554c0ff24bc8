"""Writing a folder of files so that an interrupted run leaves the old ones whole."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Staging:
    """A temporary folder inside the folder `out` that its files are meant for."""

    folder: Path
    out: Path

    def publish(self, manifest: dict[str, Any]) -> None:
        """Move the files into place, and the manifest last: it lists them with their SHA-256.

        Files that an earlier manifest lists and this one does not are removed; nothing else in the folder is touched.
        """
        new = {path.relative_to(self.folder).as_posix(): sha256(path) for path in files(self.folder)}
        old = listed(self.out / MANIFEST)
        text = json.dumps({**manifest, "outputs": new}, ensure_ascii=False, indent=2) + "\n"
        (self.folder / MANIFEST).write_text(text, encoding="utf-8", newline="\n")
        for name in (*new, MANIFEST):
            target = self.out / name
            target.parent.mkdir(exist_ok=True)
            os.replace(self.folder / name, target)
        for name in old - set(new):
            gone = (self.out / name).resolve()
            if gone.is_relative_to(self.out.resolve()) and gone.is_file():
                gone.unlink()


@contextmanager
def staging(out: Path) -> Iterator[Staging]:
    """Make the folder `out` where it is missing, and a staging folder in it that is removed at the end."""
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".quidit-", dir=out) as folder:
        yield Staging(Path(folder), out)


def files(folder: Path) -> list[Path]:
    """Return the files below a folder, in the order of their names."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def listed(path: Path) -> set[str]:
    """Return the files that the manifest of an earlier run lists; none where there is no such manifest."""
    try:
        return set(json.loads(path.read_text(encoding="utf-8"))["outputs"])
    except (OSError, ValueError, KeyError, TypeError):
        return set()
