"""Example sentences with the expected marks written in them: ``[[Sénégal|country=SEN]]``.

A test strips the marks, runs a stage, writes what it found back into the sentence and compares the two, so that a false
positive fails as a miss does, and pytest's diff shows the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

MARK = re.compile(r"\[\[([^\[\]|]+)\|([\w=.: -]+)\]\]")


def unmark(example: str) -> str:
    """Return the plain text of an example; raise ValueError where a mark was left open."""
    text = example
    while MARK.search(text):  # from the inside out: marks may nest
        text = MARK.sub(r"\1", text)
    if re.search(r"\[\[|\]\]|\|", text):
        raise ValueError(f"malformed mark: {example!r}")
    return text


def mark(text: str, spans: Iterable[tuple[int, int, str]]) -> str:
    """Write spans (start, end, what stands after the bar) back into a text; outer spans enclose inner ones."""
    opens: dict[int, list[str]] = {}
    closes: dict[int, list[str]] = {}
    for start, end, what in sorted(spans, key=lambda s: (s[0], -s[1], s[2])):
        opens.setdefault(start, []).append("[[")
        closes.setdefault(end, []).insert(0, f"|{what}]]")
    signs = [
        "".join(closes.get(place, [])) + "".join(opens.get(place, [])) + (text[place] if place < len(text) else "")
        for place in range(len(text) + 1)
    ]
    return "".join(signs)
