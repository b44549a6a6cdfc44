"""Whether a code of a research field is right on a day: its digits, its length, its parent, its level, its time; pure.

Source: QĐ 12/2008/QĐ-BKHCN (codes of 1, 3 and 5 digits), TT 24/2025/TT-BKHCN (7 digits besides), both as restated.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from khcn.language.words import words as _
from khcn.ui import formats

LEVEL_OF_LENGTH = {1: 1, 3: 2, 5: 3, 7: 4}
"""A field, a sector, a speciality and a sub-field have so many digits."""


class FieldFaultKind(StrEnum):
    """What is wrong with a code, as files for machines say it."""

    NOT_DIGITS = "not-digits"
    LENGTH = "length"
    UNKNOWN = "unknown"
    NOT_VALID = "not-valid-on-the-day"
    PARENT = "no-parent"
    LEVEL = "level"


@dataclass(frozen=True)
class FieldFault:
    """Why a code is not right, for machines and in a sentence."""

    kind: FieldFaultKind
    words: str


@dataclass(frozen=True)
class FieldEntry:
    """One entry of a scheme; the days are both inclusive, none is without end. `level`: as the list says it."""

    scheme: str
    code: str
    level: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def is_valid_on(self, day: date) -> bool:
        """Tell whether the entry is in force on the day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    @property
    def days(self) -> str:
        """Return from when to when it is in force, in words."""
        first = _("từ {day}").format(day=formats.day(self.valid_from)) if self.valid_from else ""
        last = _("đến hết {day}").format(day=formats.day(self.valid_to)) if self.valid_to else ""
        return " ".join(one for one in (first, last) if one)


FieldTable = Mapping[str, Sequence[FieldEntry]]
"""All entries of all schemes, by code; one code may stand in several schemes."""


def field_table(entries: Iterable[FieldEntry]) -> FieldTable:
    """Return the entries by code."""
    found: dict[str, list[FieldEntry]] = {}
    for one in entries:
        found.setdefault(one.code, []).append(one)
    return found


def parent_code(code: str) -> str:
    """Return the code of the entry above, "" for one of the highest level."""
    return code[: -1 if len(code) == 1 else -2]


def field_faults(
    code: str, day: date, known: FieldTable, levels: Collection[int] | None = None, *, scheme: str = ""
) -> tuple[FieldFault, ...]:
    """Return why a code is not right on the day, () where it is.

    `levels`: those that are allowed, None for any. `scheme`: the list of which it is meant, "" where only its digits
    are known; one code may stand in several. What cannot be asked after an earlier fault is not.
    """
    if not (code.isascii() and code.isdecimal()):
        return (_fault(FieldFaultKind.NOT_DIGITS, _("Mã lĩnh vực «{code}» chỉ được gồm chữ số."), code),)
    if len(code) not in LEVEL_OF_LENGTH:
        return (_fault(FieldFaultKind.LENGTH, _("Mã lĩnh vực «{code}» phải có 1, 3, 5 hoặc 7 chữ số."), code),)
    if code not in known:
        return (_fault(FieldFaultKind.UNKNOWN, _("Mã lĩnh vực «{code}» không có trong bảng phân loại."), code),)
    meant = [one for one in known[code] if scheme in ("", one.scheme)] or known[code]
    valid = [one for one in meant if one.is_valid_on(day)]
    if not valid:
        return (_not_valid(code, day, meant),)
    return tuple(_deeper_faults(code, day, known, valid, levels))


def _deeper_faults(
    code: str, day: date, known: FieldTable, valid: Sequence[FieldEntry], levels: Collection[int] | None
) -> Iterable[FieldFault]:
    level, above = LEVEL_OF_LENGTH[len(code)], parent_code(code)
    schemes = {one.scheme for one in known.get(above, ()) if one.is_valid_on(day)}
    if above and not any(one.scheme in schemes for one in valid):
        words = _("Mã lĩnh vực «{code}» không có mã cấp trên «{above}» trong cùng bảng.")
        yield FieldFault(FieldFaultKind.PARENT, words.format(code=code, above=above))
    if all(one.level not in (None, level) for one in valid):
        words = _("Bảng phân loại ghi mã «{code}» ở cấp khác cấp {level} theo số chữ số.")
        yield FieldFault(FieldFaultKind.LEVEL, words.format(code=code, level=level))
    if levels is not None and level not in levels:
        words = _("Mã lĩnh vực «{code}» ở cấp {level}; yêu cầu cấp {wanted}.")
        wanted = ", ".join(str(one) for one in sorted(levels))
        yield FieldFault(FieldFaultKind.LEVEL, words.format(code=code, level=level, wanted=wanted))


def _fault(kind: FieldFaultKind, words: str, code: str) -> FieldFault:
    return FieldFault(kind, words.format(code=code))


def _not_valid(code: str, day: date, entries: Sequence[FieldEntry]) -> FieldFault:
    spans = "; ".join(one.days for one in entries)
    words = _("Mã lĩnh vực «{code}» không có hiệu lực ngày {day} (có hiệu lực {spans}).")
    return FieldFault(FieldFaultKind.NOT_VALID, words.format(code=code, day=formats.day(day), spans=spans))
