"""Plain text and Markdown: the text is that of the file, unchanged."""

from __future__ import annotations

from pipeline.reading.content import Content, ReadError
from pipeline.text.encodings import decode


def read(data: bytes) -> Content:
    """Read plain text or Markdown. Raises `ReadError` (without the file) where the bytes are no text."""
    try:
        return Content(*decode(data))
    except ValueError as error:
        raise ReadError(str(error)) from error
