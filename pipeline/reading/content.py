"""What every reader returns, and what it raises."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class ReadError(ValueError):
    """A file or folder that cannot be read; the message is one line with the file and the cause."""

    def __init__(self, cause: str, path: Path | None = None) -> None:
        super().__init__(cause if path is None else f"{shown(path)}: {cause}")
        self.cause = cause


def shown(path: Path) -> str:
    """Return a path as it can stand in a message of one line, whatever signs are in it."""
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in str(path))


class Content(NamedTuple):
    """What a reader makes of the bytes of a file.

    `encoding` is None where the text is not that of the file itself, `pages` None for a format without pages: the
    offsets in the text, in code points, at which they start. `warnings` say what of the file is not in the text.
    """

    text: str
    encoding: str | None = None
    pages: list[int] | None = None
    warnings: tuple[str, ...] = ()
