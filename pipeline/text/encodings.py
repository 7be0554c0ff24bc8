"""The encoding of a plain text: UTF-8 or UTF-16 where its bytes say so, else the one in which it looks most French."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

# The beginnings of formats that are often given the name of a text by mistake.
SIGNATURES = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive (or a Word, Excel or LibreOffice document)"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "an image (PNG)"),
    (b"\xff\xd8\xff", "an image (JPEG)"),
    (b"GIF8", "an image (GIF)"),
    (b"II*\x00", "an image (TIFF)"),
    (b"MM\x00*", "an image (TIFF)"),
    (b"\x1f\x8b", "a gzip archive"),
)
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins as UTF-16 does: first
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
OLDER = ("cp1252", "iso8859_15", "mac_roman", "cp850")  # the last two decode any bytes
# What French prose has above ASCII. A wrong encoding shows letters of other languages, box drawing, signs of currency,
# and capitals inside words.
CAPITAL_INSIDE = re.compile(r"(?<=[a-zàâçéèêëîïôùû])[ÀÂÇÉÈÊËÎÏÔŒÙÛÜ]")
FRENCH = re.compile(r"[àâæçéèêëîïôœùûüÿÀÂÇÉÈÊËÎÏÔŒÙÛÜ«»’‘“”–—…°€\u00a0]")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x7f]")
WHOLE = 0.3  # share of NUL bytes from which a text without a mark is UTF-16: almost one in two
TOLERATED = 0.001  # share of control characters in a text that was once typed on another machine


def decode(data: bytes) -> tuple[str, str]:
    """Return (text, encoding) of the bytes of a plain text; raises ValueError with the cause where they are none."""
    for signature, kind in SIGNATURES:
        if data.startswith(signature):
            raise ValueError(f"{kind}, not a text")
    encoding = _declared(data) or _older(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ValueError(f"not a text in {encoding}: {error.reason} at byte {error.start}") from error
    if len(CONTROL.findall(text)) > TOLERATED * len(text):
        raise ValueError("binary data, not a text")
    return text, encoding


def _declared(data: bytes) -> str | None:
    """Return the encoding that the bytes show by themselves; None for an older one, of a byte a sign."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding
    if data.count(0) > WHOLE * len(data):
        return "utf-16-le" if data[1::2].count(0) > data[::2].count(0) else "utf-16-be"
    return "utf-8" if _decodes(data, "utf-8") else None


def _older(data: bytes) -> str:
    """Return the encoding of a byte a sign that makes a text at all, and the most French one."""
    matches = [match.encoding for match in from_bytes(data, cp_isolation=list(OLDER))]
    possible = matches or [encoding for encoding in OLDER if _decodes(data, encoding)]
    return max(possible, key=lambda encoding: _frenchness(data.decode(encoding)))


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _frenchness(text: str) -> int:
    french = len(FRENCH.findall(text))
    foreign = sum(not sign.isascii() for sign in text) - french + len(CAPITAL_INSIDE.findall(text))
    return french - 2 * foreign - 10 * len(CONTROL.findall(text))
