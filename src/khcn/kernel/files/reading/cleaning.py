"""Bring text from any source to one shape: NFC, plain line ends, no invisible characters."""

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe\uffff]"
)
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_GAPS = re.compile("\n{3,}")
_MOST_MARKS = 16


def nfc(text: str) -> str:
    """Compose letters and marks (NFC); of an endless run of marks on one letter only the first few are kept."""
    if text.isascii():
        return text
    # Ordering a run of marks takes the square of its length: a hostile text would never end.
    marks = re.escape("".join(sorted(char for char in set(text) if unicodedata.combining(char))))
    if marks:
        text = re.sub(f"([{marks}]{{{_MOST_MARKS}}})[{marks}]+", r"\1", text)
    return unicodedata.normalize("NFC", text)


def clean_text(text: str) -> str:
    """Return text in NFC: single line feeds, plain spaces, at most one empty line in a row, nothing invisible."""
    text = _LINE_ENDS.sub("\n", text)
    text = _SURROGATES.sub("\ufffd", _SPACES.sub(" ", _INVISIBLE.sub("", text)))
    text = "\n".join(line.rstrip(" \t") for line in text.split("\n"))
    return _GAPS.sub("\n\n", nfc(text)).strip("\n")
