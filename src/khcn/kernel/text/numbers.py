"""Read and write Vietnamese numbers: ``1.234.567,89``, ``3,44``, ``một trăm linh năm``, ``60-80``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from khcn.kernel.text.folding import name_key

THOUSAND = 1000
BILLION = 10**9
# "Nine hundred … billion billion" is the largest amount this grammar writes.
WRITABLE_LIMIT = BILLION**2

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_DIGIT_VALUES = {
    **{word: value for value, word in enumerate(_DIGITS)},
    "mốt": 1,
    "tư": 4,
    "lăm": 5,
    "nhăm": 5,
    "bẩy": 7,
}
_SCALES = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6}
_BILLION_WORDS = frozenset({"tỷ", "tỉ"})
_FILLERS = frozenset({"linh", "lẻ"})
_HALF = Decimal("0.5")

_NUMERAL = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3}){2,}|\d+(?:[.,]\d+)?"
_NUMERAL_ALONE = re.compile(_NUMERAL)
# Newspapers write "12,5km" and "3.200MW": a measure may stand at once after its number.
_AFTER = (
    r"(?:(?=(?i:ha|km[2²]?|m[23²³]?|cm|mm|kg|tấn|tạ|lít|tỷ|tỉ|triệu|đồng|đ|usd|kwh|kw|mwp|mw|gw|kv|mva|gb|tb)(?!\w))"
    r"|(?!\w|[.,]\d))"
)
_IN_TEXT = re.compile(
    rf"(?<![\w.,/])(?<![^\W\d_]-)(?P<low>{_NUMERAL})(?:(?P<dash>\s?-\s?)(?P<high>{_NUMERAL}))?{_AFTER}"
)
_WORD = "|".join([*_DIGIT_VALUES, "mười", "mươi", "trăm", *_SCALES, *_BILLION_WORDS, *_FILLERS, "rưỡi"])
# "năm không giải quyết" is five years of nothing: a zero goes on only before its hundred.
_WORD_AFTER = _WORD.replace("không|", r"không(?=\străm)|", 1)
_WORDS_IN_TEXT = re.compile(rf"\b(?:một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín|mười|nửa)(?:\s(?:{_WORD_AFTER}))*\b")


class NumberReadingError(ValueError):
    """Say, in Vietnamese, why a text is not a number."""


@dataclass(frozen=True, slots=True)
class NumberMatch:
    """One number, or one range, found in a text; ``start`` and ``end`` are half-open offsets into that text."""

    start: int
    end: int
    raw: str
    value: Decimal
    high: Decimal | None = None
    in_words: bool = False


def parse_number(raw: str) -> Decimal:
    """Read a number written in digits, Vietnamese separators first.

    A point before three digits and a comma before other counts are Vietnamese; ``14.9`` and ``66,000`` are
    understood as the foreign habit they are.

    Raises:
        NumberReadingError: the text is not one number.

    """
    text = raw.strip()
    sign = -1 if text.startswith("-") else 1
    text = text.lstrip("+-").strip()
    if not _NUMERAL_ALONE.fullmatch(text):
        raise NumberReadingError(
            f"“{raw}” không phải là số. Viết như 1.234.567,89 (chấm ngăn hàng nghìn, phẩy thập phân)."
        )
    return sign * Decimal(_plain_digits(text))


def _plain_digits(text: str) -> str:
    if re.fullmatch(r"\d{1,3}(?:,\d{3}){2,}|[1-9]\d{0,2},000", text):
        return text.replace(",", "")
    if re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?|0(?:\.\d{3}){2,}", text):
        return text.replace(".", "").replace(",", ".")
    if "," in text:
        return text.replace(".", "").replace(",", ".")
    return text


def find_numbers(text: str) -> Iterator[NumberMatch]:
    """Yield numbers written in digits, in order; ``60-80`` is one match with ``value`` 60 and ``high`` 80."""
    for found in _IN_TEXT.finditer(text):
        low, high = found["low"], found["high"]
        yield NumberMatch(
            found.start(),
            found.end(),
            found.group(),
            Decimal(_plain_digits(low)),
            Decimal(_plain_digits(high)) if high else None,
        )


def find_number_words(lowered: str) -> Iterator[NumberMatch]:
    """Yield numbers written in words in a lower-case text, in order.

    A single ``năm`` or ``ba`` may be something else than a number: the caller judges by the next word.
    """
    for found in _WORDS_IN_TEXT.finditer(lowered):
        try:
            value = Decimal("0.5") if found.group() == "nửa" else parse_words(found.group())
        except NumberReadingError:
            continue
        yield NumberMatch(found.start(), found.end(), found.group(), value, in_words=True)


def parse_words(raw: str) -> Decimal:
    """Read a number written in words: ``một trăm linh năm`` is 105, ``hai triệu rưỡi`` is 2 500 000.

    Raises:
        NumberReadingError: a word is not part of a number.

    """
    words = name_key(raw).split()
    if words == ["nửa"]:
        return _HALF
    strange = [word for word in words if not re.fullmatch(_WORD, word)]
    if strange or not words or words[0] in {"mươi", "rưỡi", "mốt", "lăm", "nhăm"}:
        raise NumberReadingError(f"“{raw}” không phải là số viết bằng chữ.")
    return _above_billion(words)


def _above_billion(words: list[str]) -> Decimal:
    last = max((place for place, word in enumerate(words) if word in _BILLION_WORDS), default=-1)
    if last < 0:
        return _below_billion(words)
    high = _above_billion(words[:last]) if last else Decimal(1)
    rest = words[last + 1 :]
    if rest == ["rưỡi"]:
        return (high + _HALF) * BILLION
    return high * BILLION + (_below_billion(rest) if rest else 0)


def _below_billion(words: list[str]) -> Decimal:
    total, scale = Decimal(0), 1
    group: list[str] = []
    for word in words:
        if word in _SCALES:
            scale = _SCALES[word]
            total += (_below_thousand(group) if group else 1) * scale
            group = []
        else:
            group.append(word)
    if group == ["rưỡi"]:
        return total + _HALF * scale
    return total + _below_thousand(group) if group else total


def _below_thousand(words: list[str]) -> Decimal:
    total, digit = Decimal(0), Decimal(0)
    for word in words:
        if word == "trăm":
            total, digit = total + (digit or (0 if "không" in words[:1] else 1)) * 100, Decimal(0)
        elif word == "mươi":
            total, digit = total + digit * 10, Decimal(0)
        elif word == "mười":
            total, digit = total + 10, Decimal(0)
        elif word == "rưỡi":
            digit += 50 if total else _HALF
        elif word not in _FILLERS:
            digit = digit * 10 + _DIGIT_VALUES[word] if digit else Decimal(_DIGIT_VALUES[word])
    return total + digit


def number_in_words(value: int) -> str:
    """Write a whole number in Vietnamese words, lower case: 105 is ``một trăm linh năm``.

    Raises:
        NumberReadingError: the number is too large to be written.

    """
    if value < 0:
        return f"âm {number_in_words(-value)}"
    if value >= WRITABLE_LIMIT:
        raise NumberReadingError(f"Số {value} quá lớn để viết bằng chữ.")
    return " ".join(_written(value)) or "không"


def _written(value: int, *, padded: bool = False) -> list[str]:
    high, low = divmod(value, BILLION)
    words = [*_written(high), "tỷ"] if high else []
    started = bool(words) or padded
    for scale, name in ((10**6, "triệu"), (THOUSAND, "nghìn"), (1, "")):
        group = low // scale % THOUSAND
        if group:
            words += _written_group(group, padded=started)
            words += [name] if name else []
            started = True
    return words


def _written_group(group: int, *, padded: bool) -> list[str]:
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    words = [_DIGITS[hundreds], "trăm"] if hundreds or padded else []
    if tens == 1:
        words.append("mười")
    elif tens:
        words += [_DIGITS[tens], "mươi"]
    elif ones and words:
        words.append("linh")
    return words + _written_ones(tens, ones)


def _written_ones(tens: int, ones: int) -> list[str]:
    if not ones:
        return []
    if tens > 1 and ones == 1:
        return ["mốt"]
    if tens and ones == 5:  # noqa: PLR2004 - the digit five changes its name after a ten
        return ["lăm"]
    return [_DIGITS[ones]]


def money_in_words(amount_vnd: int) -> str:
    """Write an amount of đồng as papers state it: ``Một triệu hai trăm nghìn đồng``."""
    words = f"{number_in_words(amount_vnd)} đồng"
    return words[0].upper() + words[1:]


def format_number(value: Decimal | int, places: int | None = None) -> str:
    """Write a number with Vietnamese separators: points between thousands, a comma before decimals."""
    text = f"{value:,}" if places is None else f"{value:,.{places}f}"
    return text.replace(",", "\0").replace(".", ",").replace("\0", ".")
