"""Compare Vietnamese text that is written in different but equal ways.

Three differences are folded: composed and decomposed code points (NFC, NFD), the place of the tone mark
(``uỷ`` = ``ủy``, ``thuý`` = ``thúy``) and, for searching only, the marks themselves (``đ`` becomes ``d``).
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

# In dictionary order: level, huyền, hỏi, ngã, sắc, nặng.
TONE_ORDER = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
TONES = frozenset(TONE_ORDER[1:])
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_RANK = {letter: rank for rank, letter in enumerate(ALPHABET, start=1)}

_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[\W_]+")
_ETH = str.maketrans({"\u00d0": "Đ", "\u00f0": "đ"})
_UNMARKED = {**dict.fromkeys(range(0x300, 0x370)), **str.maketrans("đĐðÐ", "dDdD")}
_LOOKALIKES = str.maketrans(
    {"\u00d0": "Đ", "\u00f0": "đ", "\u00a0": " ", "\t": " ", "\r": " ", "\u2013": "-", "\u2014": "-", "\u2011": "-"},
)


def _with_tone(letter: str, tone: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", letter) + tone)


def _open_pairs() -> dict[str, str]:
    """Map each modern spelling of an open syllable's end to the traditional one, in every letter case."""
    pairs: dict[str, str] = {}
    for first, second in ("oa", "oe", "uy"):
        for tone in TONE_ORDER[1:]:
            for left in (first, first.upper()):
                for right in (second, second.upper()):
                    pairs[left + _with_tone(right, tone)] = _with_tone(left, tone) + right
    return pairs


_TRADITIONAL = _open_pairs()
# "quý" keeps its mark: there "u" belongs to the consonant; "hoàn" keeps it as well: the syllable is closed.
_MODERN_END = re.compile(r"(?<![qQ])(?:" + "|".join(_TRADITIONAL) + r")(?![\w\u0300-\u036f])")


def nfc(text: str) -> str:
    """Return the text with composed code points, the only form this product stores."""
    return unicodedata.normalize("NFC", text)


def plain_line(text: str) -> str:
    """Return a text as one line: composed, without characters that steer its direction or cannot be seen."""
    composed = nfc(text)
    if not composed.isprintable():
        composed = "".join(" " if sign.isspace() else sign for sign in composed if sign.isspace() or not _unseen(sign))
    return " ".join(composed.split())


def _unseen(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Cf", "Cs"}


def nfd(text: str) -> str:
    """Return the text with decomposed code points."""
    return unicodedata.normalize("NFD", text)


def traditional_tones(text: str) -> str:
    """Write the tone mark of open syllables in its traditional place: ``uỷ`` becomes ``ủy``; length in NFC is kept."""
    return _MODERN_END.sub(lambda found: _TRADITIONAL[found.group()], nfc(text))


def without_marks(text: str) -> str:
    """Return the text without tone and vowel marks and with ``đ`` as ``d``; letter case is kept."""
    return nfc(nfd(text).translate(_UNMARKED))


def search_key(text: str) -> str:
    """Return lower-case words without marks, single-spaced: what a careless searcher types matches what is stored."""
    return _NOT_WORD.sub(" ", without_marks(nfc(text).casefold())).strip()


def name_key(text: str) -> str:
    """Return a key equal for two spellings of one name; marks count (``Thuý`` = ``Thúy``, but not ``Thùy``)."""
    return _SPACES.sub(" ", traditional_tones(text.translate(_ETH)).lower()).strip()


def same_name(left: str, right: str) -> bool:
    """Tell whether two strings spell the same name."""
    return name_key(left) == name_key(right)


def _syllable_rank(syllable: str) -> tuple[tuple[int, ...], int]:
    tone, letters = 0, []
    for char in nfd(syllable.lower()):
        if char in TONES:
            tone = TONE_ORDER.index(char)
        else:
            letters.append(char)
    composed = nfc("".join(letters))
    return tuple(_LETTER_RANK.get(char, len(ALPHABET) + ord(char)) for char in composed), tone


def sort_key(full_name: str) -> tuple[tuple[tuple[int, ...], int], ...]:
    """Return the key that sorts people as Vietnamese lists do: given name first, then surname and middle names."""
    syllables = name_key(full_name).split()
    return tuple(_syllable_rank(syllable) for syllable in [*syllables[-1:], *syllables[:-1]])


@dataclass(frozen=True, slots=True)
class AlignedText:
    """Hold a canonical text together with the way back to the text it was made from.

    ``text`` is NFC with traditional tones; tabs, no-break spaces, carriage returns and long dashes are plain.
    """

    source: str
    text: str
    starts: tuple[int, ...] | None  # source offset of each canonical character; None when offsets are equal

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open span in ``source`` of the half-open span in ``text``."""
        if self.starts is None:
            return start, end
        first = self.starts[start] if start < len(self.text) else len(self.source)
        last = self.starts[end] if end < len(self.text) else len(self.source)
        return first, max(first, last)

    def position(self, offset: int) -> int:
        """Return the canonical position of the character that covers a source offset."""
        return offset if self.starts is None else max(0, bisect_right(self.starts, offset) - 1)


def _clusters(text: str) -> tuple[str, tuple[int, ...]]:
    pieces: list[str] = []
    starts: list[int] = []
    for found in re.finditer(r"[^\u0300-\u036f][\u0300-\u036f]*|[\u0300-\u036f]+", text, re.DOTALL):
        composed = nfc(found.group())
        pieces.append(composed)
        starts.extend([found.start()] * len(composed))
    return "".join(pieces), tuple(starts)


def align(source: str) -> AlignedText:
    """Make the canonical form of a text and keep the offsets into the original; linear in its length."""
    if unicodedata.is_normalized("NFC", source):
        composed, starts = source, None
    else:
        composed, starts = _clusters(source)
    plain = _MODERN_END.sub(lambda found: _TRADITIONAL[found.group()], composed.translate(_LOOKALIKES))
    return AlignedText(source, plain, starts)
