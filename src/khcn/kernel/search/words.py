"""Words as the index and the searcher see them, and the passages that show why a record was found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from khcn.kernel.search.contracts import Term
from khcn.kernel.text.folding import nfc, search_key, traditional_tones, without_marks

LONGEST_WORD = 60
LONGEST_QUERY = 300
MOST_TERMS = 24
SCANNED = 300_000
PASSAGE = 240
BEFORE_HIT = 60
MOST_MATCHES = 400

_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]")
_COMBINING = re.compile("[\u0300-\u036f]")
_LATIN = (*range(0x41, 0x250), *range(0x1E00, 0x1F00))


def _one_letter(code: int) -> str:
    folded = without_marks(chr(code).lower())
    return folded if len(folded) == 1 else chr(code)


# One letter for one letter, so that an offset in the folded text is the same offset in the text as written.
_FOLDED_LETTERS = {code: _one_letter(code) for code in _LATIN}


def exact_words(text: str) -> list[str]:
    """Return the words of a text with their marks, in one spelling: lower case, composed, traditional tone places."""
    return [_spelled(word) for word in _WORD.findall(nfc(text).lower())]


def folded_words(text: str) -> list[str]:
    """Return the words of a text without marks: those of `search_key`, each reckoned once since syllables are few."""
    composed = nfc(text)
    if _COMBINING.search(composed):
        return [word[:LONGEST_WORD] for word in search_key(text).split()]
    return [folded for word in _WORD.findall(composed) for folded in _folded(word)]


@lru_cache(maxsize=50_000)
def _spelled(word: str) -> str:
    return traditional_tones(word)[:LONGEST_WORD]


@lru_cache(maxsize=50_000)
def _folded(word: str) -> tuple[str, ...]:
    return tuple(folded[:LONGEST_WORD] for folded in search_key(word).split())


def read_query(text: str) -> list[Term]:
    """Read what a person typed: words, "words that stand together", a beginning*; never fails.

    A word with inner punctuation, such as a paper's number, is read as words that stand together.
    """
    return list(islice(_terms(nfc(text)[:LONGEST_QUERY]), MOST_TERMS))


def _terms(text: str) -> Iterator[Term]:
    rest, position = [], 0
    for quoted in _QUOTED.finditer(text):
        rest.append(text[position : quoted.start()])
        position = quoted.end()
        if words := exact_words(quoted[1]):
            yield Term(tuple(words))
    rest.append(text[position:])
    for chunk in " ".join(rest).split():
        if words := exact_words(chunk):
            yield Term(tuple(words), prefix=chunk.endswith("*"))


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, and whether it is what was searched for."""

    text: str
    hit: bool = False


def highlighted(text: str, terms: Sequence[Term]) -> tuple[Piece, ...]:
    """Return the whole text in pieces, the words searched for marked."""
    written = nfc(text)
    return tuple(_pieces(written, list(_matches(written, terms)), 0, len(written)))


def passage(text: str, terms: Sequence[Term]) -> tuple[Piece, ...]:
    """Return the stretch of a long text that shows most of what was searched for; empty if it shows none.

    Only the first 300 000 characters are looked at.
    """
    written = nfc(text[:SCANNED])
    matches = list(islice(_matches(written, terms), MOST_MATCHES))
    if not matches:
        return ()
    best = max(matches, key=lambda match: _richness(written, matches, match[0]))
    start = _word_start(written, max(0, best[0] - BEFORE_HIT))
    end = _word_end(written, min(len(written), start + PASSAGE))
    pieces = list(_pieces(written, matches, start, end))
    return (*([Piece("… ")] if start else []), *pieces, *([Piece(" …")] if end < len(written) else []))


def plain(pieces: Iterable[Piece]) -> str:
    """Return pieces as one text, on one line."""
    return " ".join("".join(piece.text for piece in pieces).split())


def _matches(written: str, terms: Sequence[Term]) -> Iterator[tuple[int, int]]:
    patterns = [_pattern(term) for term in terms]
    if not patterns:
        return
    wanted = re.compile(rf"(?<![^\W_])(?:{'|'.join(patterns)})")
    for found in wanted.finditer(written.translate(_FOLDED_LETTERS)):
        yield found.span()


def _pattern(term: Term) -> str:
    words = [re.escape(word) for word in folded_words(" ".join(term.words))]
    return r"[\W_]+".join(words) + (r"[^\W_]*" if term.prefix else r"(?![^\W_])")


def _richness(written: str, matches: Sequence[tuple[int, int]], start: int) -> tuple[int, int]:
    near = {
        written[a:b].translate(_FOLDED_LETTERS) for a, b in matches if start <= a and b <= start + PASSAGE - BEFORE_HIT
    }
    return len(near), -start


def _pieces(written: str, matches: Sequence[tuple[int, int]], start: int, end: int) -> Iterator[Piece]:
    position = start
    for a, b in matches:
        if a < position or b > end:
            continue
        if a > position:
            yield Piece(written[position:a])
        yield Piece(written[a:b], hit=True)
        position = b
    if position < end:
        yield Piece(written[position:end])


def _word_start(written: str, position: int) -> int:
    while position > 0 and not written[position - 1].isspace():
        position -= 1
    return position


def _word_end(written: str, position: int) -> int:
    while position < len(written) and not written[position].isspace():
        position += 1
    return position
