"""Cut Vietnamese text into paragraphs and sentences that know their place in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Abbreviations whose point ends no sentence, lower case, without the point.
ABBREVIATIONS = frozenset(
    [
        "ts",
        "gs",
        "pgs",
        "ths",
        "bs",
        "ks",
        "cn",
        "cvc",
        "tp",
        "q",
        "p",
        "h",
        "tx",
        "tt",
        "tr",
        "st",
        "mr",
        "mrs",
        "ms",
        "dr",
        "đ/c",
        "đc",
        "vs",
        "nxb",
        "v.v",
        "nđ",
        "qđ",
        "tw",
        "tư",
        "ubnd",
        "gs.ts",
        "pgs.ts",
        "gs.tskh",
        "pgs.tskh",
        "tskh",
        "kts",
        "cki",
        "ckii",
        "bs.cki",
        "bs.ckii",
        "kt",
        "tl",
        "tm",
        "tuq",
        "nsnd",
        "nsưt",
        "vv",
        "tel",
        "email",
        "no",
    ],
)
MARKER = re.compile(
    r"[ ]*(?P<marker>[-+•*▪►–]|\d{1,2}(?:\.\d{1,2})*[.)]?(?=[ ])|\d{1,2}[.)]|[IVX]{1,5}[.)]|[a-zđ][.)]"
    r"|\([a-zđ\d]{1,2}\))[ ]+(?=\S)",
)
_NUMBER_WITHOUT_POINT = re.compile(r"\d{1,2}$")
_END = re.compile(r"(?:\.{2,}|…|[.!?])[\"”’'»)\]]*(?=\s|$)")
_WORD_BEFORE = re.compile(r"[\w/.]+$")
_OPENING = re.compile(r"\s*[\"“‘'«(\[-]*\s*(?=(\S))")
_LINE = re.compile(r"[^\n]+")
_LONGEST_ABBREVIATION = 12


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; ``start`` and ``end`` are half-open offsets; ``marker`` is the list mark or number before it."""

    text: str
    start: int
    end: int
    paragraph: int
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the text that is not blank, without its outer spaces and list mark."""

    text: str
    start: int
    end: int
    marker: str = ""


def _marker(line: str) -> tuple[str, int]:
    found = MARKER.match(line)
    if found is None or _NUMBER_WITHOUT_POINT.match(found["marker"]):
        return "", len(line) - len(line.lstrip())
    return found["marker"], found.end()


def split_paragraphs(text: str) -> list[Paragraph]:
    """Return the non-blank lines in order; ``start`` points after a list mark, which stands in ``marker``."""
    paragraphs = []
    for found in _LINE.finditer(text):
        line = found.group().rstrip()
        if not line.strip():
            continue
        marker, skipped = _marker(line)
        start, end = found.start() + skipped, found.start() + len(line)
        paragraphs.append(Paragraph(text[start:end], start, end, marker))
    return paragraphs


def _is_end(text: str, found: re.Match[str]) -> bool:
    opening = _OPENING.match(text, found.end())
    if opening is None:
        return True
    following = opening[1]
    if found.group()[0] in "!?":
        return not following.islower()
    before = _WORD_BEFORE.search(text, max(0, found.start() - _LONGEST_ABBREVIATION), found.start())
    word = before.group() if before else ""
    if found.group().startswith(("..", "…")):
        return not following.islower() and following not in ",;"
    return not following.islower() and not _is_abbreviation(word)


def _is_abbreviation(word: str) -> bool:
    last = word.rsplit(".", 1)[-1]
    single_capital = len(last) == 1 and last.isalpha() and last.isupper()
    return single_capital or word.lower() in ABBREVIATIONS or last.lower() in ABBREVIATIONS


def _cuts(paragraph: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in _END.finditer(paragraph):
        if _is_end(paragraph, found):
            yield start, found.end()
            start = found.end()
    yield start, len(paragraph)


def split_sentences(text: str) -> list[Sentence]:
    """Return the sentences in order; a line always ends one, so titles, captions and list items stand alone."""
    sentences = []
    for number, paragraph in enumerate(split_paragraphs(text)):
        for start, end in _cuts(paragraph.text):
            piece = paragraph.text[start:end]
            if not piece.strip():
                continue
            left = paragraph.start + start + len(piece) - len(piece.lstrip())
            right = paragraph.start + start + len(piece.rstrip())
            marker = paragraph.marker if start == 0 else ""
            sentences.append(Sentence(text[left:right], left, right, number, marker))
    return sentences
