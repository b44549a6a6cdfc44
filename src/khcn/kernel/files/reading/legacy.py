"""Convert text typed in the old Vietnamese codes, TCVN3 (ABC fonts) and VNI (Windows), to Unicode.

Both codes reuse the 256 places of one byte. Text is handled here as characters U+0000–U+00FF, one for each byte,
whether it was decoded from bytes or stands in a Unicode document that was typed with an old font.
Source of the tables: TCVN 5712:1993 (VN1, of which TCVN3 is the part fonts show) and the VNI-Windows code.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import chain

from khcn.kernel.files.reading.syllables import is_syllable

_VN1_CONTROLS = dict(
    zip("\x01\x02\x04\x05\x06\x11\x12\x13\x14\x15\x16\x17", "ÚỤỪỬỮỨỰỲỶỸÝỴ", strict=True)  # capitals on control codes
)
_VN1_CAPITALS = dict(zip(map(chr, range(0x80, 0xA0)), "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ", strict=True))
_VN1_LETTERS = dict(
    chain(
        zip(map(chr, range(0xA1, 0xB0)), "ĂÂÊÔƠƯĐăâêôơưđẰ", strict=True),
        zip(
            map(chr, range(0xB5, 0x100)),
            "àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ",
            strict=True,
        ),
    )
)
_VN1_MARKS = dict(zip("\xb0\xb1\xb2\xb3\xb4", "\u0300\u0309\u0303\u0301\u0323", strict=True))
TCVN3_TABLE = {**_VN1_CONTROLS, **_VN1_CAPITALS, **_VN1_LETTERS}

# On these places a Windows text has “”‘’•–—…; which of the two is meant, only the whole word tells.
_PUNCTUATION_PLACES = frozenset("\x84\x85\x91\x92\x93\x94\x95\x96\x97")
_TCVN3_WORD = re.compile(r"[A-Za-z\x01\x02\x04-\x06\x11-\x17\x80-\xff]+")
_VOWELS = frozenset("aeiouyăâêôơư")

_CP1252_SPECIALS = {
    char: chr(place) for place in range(0x80, 0xA0) if (char := bytes([place]).decode("cp1252", errors="ignore"))
}
_TO_PLACES = str.maketrans(_CP1252_SPECIALS)
_FROM_PLACES = str.maketrans({place: char for char, place in _CP1252_SPECIALS.items()})

_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_VNI_TONES = {"ø": _GRAVE, "ù": _ACUTE, "û": _HOOK, "õ": _TILDE, "ï": _DOT}
_VNI_CIRCUMFLEX = {"â": "", "à": _GRAVE, "á": _ACUTE, "å": _HOOK, "ã": _TILDE, "ä": _DOT}
_VNI_BREVE = {"ê": "", "è": _GRAVE, "é": _ACUTE, "ú": _HOOK, "ü": _TILDE, "ë": _DOT}
_VNI_SINGLES = {"ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ", "ô": "ơ", "ö": "ư"}


def _vni_table() -> dict[str, str]:
    """Return one letter or pair of characters of VNI → the Vietnamese letter, both cases."""
    lower = dict(_VNI_SINGLES)
    for base in ("a", "e", "o", "u", "y", "ô", "ö"):
        lower.update({base + mark: _VNI_SINGLES.get(base, base) + tone for mark, tone in _VNI_TONES.items()})
    for base in ("a", "e", "o"):
        lower.update({base + mark: f"{base}\u0302{tone}" for mark, tone in _VNI_CIRCUMFLEX.items()})
    lower.update({f"a{mark}": f"a\u0306{tone}" for mark, tone in _VNI_BREVE.items()})
    table: dict[str, str] = {}
    for code, letter in lower.items():
        composed = unicodedata.normalize("NFC", letter)
        table[code] = composed
        table[code.upper()] = composed.upper()
        if len(code) > 1:  # the case of the base letter decides, whatever the case of the mark
            table[code[0].upper() + code[1]] = composed.upper()
            table[code[0] + code[1].upper()] = composed
    return table


VNI_TABLE = _vni_table()
_VNI_CODE = re.compile("|".join(sorted(map(re.escape, VNI_TABLE), key=len, reverse=True)))


def as_places(text: str) -> str:
    """Put the signs that Windows shows on 0x80–0x9F back on their places, so that one character is one byte."""
    return text.translate(_TO_PLACES)


def convert_vni(text: str) -> str:
    """Convert VNI-Windows text to Unicode (NFC)."""
    return _VNI_CODE.sub(lambda found: VNI_TABLE[found[0]], text).translate(_FROM_PLACES)


def convert_tcvn3(text: str) -> str:
    """Convert TCVN3 (ABC) text to Unicode (NFC).

    TCVN3 has no capitals with a tone: they are typed with the small letter in a capital font, so a small letter with
    mark inside a word of capitals becomes a capital. The capitals of VN1 are read too.
    """
    return "\n".join(_convert_tcvn3_line(line) for line in text.split("\n"))


def _convert_tcvn3_line(line: str) -> str:
    pieces: list[str] = []
    words: list[str] = []
    end = 0
    for found in _TCVN3_WORD.finditer(line):
        pieces.append(line[end : found.start()])
        words.append(_convert_tcvn3_word(found[0]))
        end = found.end()
    words = _raise_capitals(words)
    return "".join(chain.from_iterable(zip(pieces, words, strict=True))) + line[end:]


@lru_cache(maxsize=20_000)
def _convert_tcvn3_word(word: str) -> str:
    as_letters = _spell(word, TCVN3_TABLE)
    if not _PUNCTUATION_PLACES.intersection(word):
        return as_letters
    all_signs = _PUNCTUATION_PLACES.issuperset(word)
    if not all_signs and is_syllable(as_letters):
        without_signs = _spell("".join(c for c in word if c not in _PUNCTUATION_PLACES), TCVN3_TABLE)
        if not is_syllable(without_signs):
            return as_letters
    signs = {place: place.translate(_FROM_PLACES) for place in _PUNCTUATION_PLACES}
    return _spell(word, {**TCVN3_TABLE, **signs})


def _spell(word: str, table: dict[str, str]) -> str:
    letters: list[str] = []
    for char in word:
        mark = _VN1_MARKS.get(char)
        if mark and letters and unicodedata.normalize("NFD", letters[-1])[0].lower() in _VOWELS:
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + mark)
        else:
            letters.append(table.get(char, char))
    return "".join(letters)


def _raise_capitals(words: list[str]) -> list[str]:
    """Turn the marked small letters of capital words into capitals; words that do not tell follow both neighbours."""
    known = [_is_capital(word) for word in words]
    before = _nearest(known)
    after = _nearest(known[::-1])[::-1]
    raised: list[str] = []
    for word, own, left, right in zip(words, known, before, after, strict=True):
        neighbours = {left, right} - {None}
        raised.append(word.upper() if own or (own is None and neighbours == {True}) else word)
    return raised


@lru_cache(maxsize=20_000)
def _is_capital(word: str) -> bool | None:
    """Tell whether a word is in capitals by its unaccented letters; None when they do not tell."""
    if any(char.islower() and char.isascii() for char in word):
        return False
    letters = [char for char in word if char.isalpha()]
    return True if any(char.isupper() for char in letters[1:]) else None


def _nearest(known: list[bool | None]) -> list[bool | None]:
    """Return for each place the last told value before it."""
    last: bool | None = None
    nearest: list[bool | None] = []
    for value in known:
        nearest.append(last)
        last = value if value is not None else last
    return nearest
