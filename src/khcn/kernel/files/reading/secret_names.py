"""Find a mark of State secrecy in the name of a file or the title of a paper, where it stands among other words."""

import re
from pathlib import PurePath

from khcn.kernel.files.reading.cleaning import clean_text
from khcn.kernel.files.reading.secrecy import LEVELS, secrecy_level

_SEPARATORS = re.compile(r"[\s_\-–—.,;+~()\[\]{}«»“”\"'#@!&=|/\\]+")
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,5}")
_HIGH = {("TUYỆT", "MẬT"): "TUYỆT MẬT", ("TỐI", "MẬT"): "TỐI MẬT", ("TUYET", "MAT"): "TUYỆT MẬT"}
_GLUED = {"TUYỆTMẬT": "TUYỆT MẬT", "TỐIMẬT": "TỐI MẬT", "TUYETMAT": "TUYỆT MẬT"}
# What «mật» is the second half of, and the first: words that have nothing to do with secrecy of State, or only name it.
_BEFORE = frozenset(
    {"BÍ", "BẢO", "CƠ", "CẨN", "THÂN", "TRĂNG", "TÚI", "ỐNG", "LẤY", "SỎI", "RỈ", "ONG", "HOA", "NUÔI", "VẮT", "ĐƯỜNG"}
)
_AFTER = frozenset(
    {"ONG", "ĐỘ", "MÃ", "KHẨU", "THIẾT", "THƯ", "HOA", "GẤU", "MÍA", "NGỌT", "DỪA", "NGỮ", "VỤ", "TÔNG", "THÁM", "NGHỊ"}
)
# What a stamp names, when the whole name is in capitals and «MẬT» there is as likely honey.
_PAPERS = (
    ("TÀI", "LIỆU"),
    ("CÔNG", "VĂN"),
    ("VĂN", "BẢN"),
    ("HỒ", "SƠ"),
    ("BÁO", "CÁO"),
    ("TỜ", "TRÌNH"),
    ("ĐÓNG", "DẤU"),
)
_PAPERS_UNMARKED = (("TAI", "LIEU"), ("CONG", "VAN"), ("VAN", "BAN"), ("HO", "SO"))


def secrecy_of_name(name: str) -> str | None:
    """Return the highest mark of State secrecy in the name of a file or in a title, or None.

    Separators, case of the higher degrees and missing marks of letters do not hide it; several degrees side by side
    are a list of them, not a mark.
    """
    cleaned = clean_text(name)
    whole = PurePath(cleaned).stem if _EXTENSION.fullmatch(PurePath(cleaned).suffix) else cleaned
    alone = secrecy_level(whole.replace("_", " ")) or secrecy_level(_SEPARATORS.sub(" ", whole).strip())
    if alone:
        return alone
    words = [word for word in _SEPARATORS.split(whole) if word]
    mixed = any(char.islower() for word in words for char in word)
    found = {level for place in range(len(words)) if (level := _level_at(words, place, mixed=mixed))}
    if len(found) > 1:
        return None
    return next((level for level in LEVELS if level in found), None)


def _level_at(words: list[str], place: int, *, mixed: bool) -> str | None:
    """Return the degree whose last word stands at the place. `mixed`: not all of the name is in capitals."""
    word = words[place].upper()
    before = words[place - 1].upper() if place else ""
    after = words[place + 1].upper() if place + 1 < len(words) else ""
    if word in _GLUED:
        return _GLUED[word]
    if word == "MẬT" and after in _AFTER:
        return None
    if (before, word) in _HIGH:
        return _HIGH[before, word]
    if words[max(0, place - 1) : place + 1] == ["TOI", "MAT"] and (mixed or not after):
        return "TỐI MẬT"
    return "MẬT" if _is_plain_mark(words, place, mixed=mixed) else None


def _is_plain_mark(words: list[str], place: int, *, mixed: bool) -> bool:
    """Tell whether «MẬT» in capitals stands out of a name in small letters, or says of what paper it is the mark."""
    named = tuple(word.upper() for word in words[max(0, place - 2) : place])
    if words[place] == "MAT":
        return named in _PAPERS_UNMARKED and words[place - 1].isupper()
    if words[place] != "MẬT" or (named and named[-1] in _BEFORE):
        return False
    return mixed or named in _PAPERS
