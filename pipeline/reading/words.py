"""The words of a line of glyphs: blanks are those that PDFium sees, except between letters that are spaced apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from statistics import mean, median, median_low

from pipeline.reading.glyphs import BROKEN, GUESSED, Glyph

CALL, CALL_END = "\ue000", "\ue001"  # around a small raised number: it may call a note
SPACE, TIGHT = 0.25, 0.05  # of the size: a gap so wide parts words, and in one so narrow there is no guessed blank
LETTERS = 4  # so many single letters in a row are a word, spaced apart
SPACED = 0.08  # of the size: the gap between letters that are spaced apart
MOST = 0.85  # share of such gaps in a line that is spaced apart as a whole
WORD_GAP = 1.6  # times the usual gap between letters that are spaced apart: parts two words
RAISED = 0.8  # of the size of the line: the digits of a call are smaller
INITIAL = 1.8  # times the size of what follows: a large letter at the beginning of a text


def text_of(row: Sequence[Glyph], size: float) -> str:
    """Return the text of a line whose usual size is given.

    Raised figures stand between `CALL` and `CALL_END`, and the hyphen of a word that the line breaks is `BROKEN`.
    """
    words = list(_spaced_joined(list(_words(row))))
    base = median(glyph.bottom for glyph in row if glyph.sign.strip())
    text = " ".join("".join(_signs(word, size, base)) for word in words)
    text = text.replace(f"{CALL_END}{CALL}", "")
    broken = text.endswith(BROKEN)
    return text.replace(BROKEN, "") + (BROKEN if broken else "")


def _words(row: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Yield the words of a line; a large initial letter belongs to the word after it."""
    word: list[Glyph] = []
    blank = ""
    for glyph in row:
        if not glyph.sign.strip():
            blank = max(blank, glyph.sign)
            continue
        if word:
            last = word[-1]
            gap = glyph.left - last.right
            seen = blank == GUESSED and gap > TIGHT * glyph.size
            wide = gap > SPACE * min(glyph.size, last.size) and last.size < INITIAL * glyph.size
            if blank == " " or seen or wide:
                yield word
                word = []
        word.append(glyph)
        blank = ""
    if word:
        yield word


def _spaced_joined(words: list[list[Glyph]]) -> Iterator[list[Glyph]]:
    """Join letters that are spaced apart; the words of a whole line of them are told by their wider gaps."""
    apart = _spaced(words)
    for single, group in groupby(words, key=lambda word: apart or _is_letter(word)):
        run = list(group)
        letters = [glyph for word in run for glyph in word]
        if not single or sum(letter.sign.isalpha() for letter in letters) < LETTERS:
            yield from run
            continue
        gaps = [b.left - a.right for a, b in pairwise(letters)]
        word = letters[:1]
        for letter, gap in zip(letters[1:], gaps, strict=True):
            if gap > WORD_GAP * max(median_low(gaps), 0.1):
                yield word
                word = []
            word.append(letter)
        yield word


def _spaced(words: Sequence[Sequence[Glyph]]) -> bool:
    """Say whether all letters of a line are spaced apart, even where PDFium sees no blank between some of them."""
    signs = [glyph for word in words for glyph in word]
    wide = [b.left - a.right > SPACED * a.size for a, b in pairwise(signs)]
    return len(signs) > LETTERS and mean(wide) > MOST


def _is_letter(word: Sequence[Glyph]) -> bool:
    """Say whether a word is a single sign, or a large initial and one; figures stand alone for other reasons."""
    first, last = word[0], word[-1]
    return not first.sign.isdigit() and (len(word) == 1 or (len(word) == 2 and first.size > INITIAL * last.size))


def _signs(word: Sequence[Glyph], size: float, base: float) -> Iterator[str]:
    for glyph in word:
        raised = glyph.size < RAISED * size and glyph.bottom > base + 0.1 * size
        yield f"{CALL}{glyph.sign}{CALL_END}" if raised and glyph.sign.isdigit() else glyph.sign
