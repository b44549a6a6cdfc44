"""Read the rows of a sheet as codes of a classification, and say of each that cannot be read where, why, what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from khcn.kernel.classifications.planning import CODE, NAME, PARENT, SINCE, UNTIL, ClassFault, StatedClass
from khcn.kernel.classifications.schemes import Scheme
from khcn.kernel.exchange.cells import BadCell, day_cell, is_empty, text_cell
from khcn.kernel.exchange.tables import Table
from khcn.kernel.rulebook.models import Confidence
from khcn.kernel.text.folding import plain_line, search_key
from khcn.language.words import in_source, joined
from khcn.language.words import words as _

NAME_EN, LEVEL, BASIS, CONFIDENCE = _("Tên tiếng Anh"), _("Cấp"), _("Căn cứ"), _("Độ tin cậy")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": (CODE, "Mã số", "Mã lĩnh vực", "Mã ngành", "code"),
    "name": (NAME, "Tên gọi", "Tên lĩnh vực", "Tên ngành", "Lĩnh vực", "name", "name_vi"),
    "name_en": (NAME_EN, "name_en"),
    "parent": (PARENT, "Thuộc mã", "Mã cha", "parent"),
    "level": (LEVEL, "level"),
    "valid_from": (SINCE, "Từ ngày", "valid_from"),
    "valid_to": (UNTIL, "Đến ngày", "valid_to"),
    "legal_basis": (BASIS, "Căn cứ pháp lý", "legal_basis"),
    "confidence": (CONFIDENCE, "confidence"),
}
"""What a row may say, each by the headings under which it is found."""
REQUIRED = ("code", "name")
ROWS_LOOKED_AT = 30
LONGEST = 300
"""Characters of a name or a basis, as the table keeps them."""
STATABLE = (Confidence.UNCHECKED, Confidence.SECONDARY, Confidence.VERIFIED)
"""How sure an officer may say to be of a code; a classification is never a practice of the office."""


class ClassHeadingsNotFound(ValueError):
    """The sheet has no line of headings with those of codes and names; the message says what is expected."""


@dataclass(frozen=True)
class Defaults:
    """What holds for rows that do not say it themselves."""

    valid_from: date | None = None
    legal_basis: str = ""
    confidence: str = ""


@dataclass
class ClassSheet:
    """The rows of a sheet: those whose codes look right, and what is wrong with any of them."""

    stated: list[StatedClass] = field(default_factory=list)
    faults: list[ClassFault] = field(default_factory=list)


def read_classes(table: Table, scheme: Scheme, defaults: Defaults) -> ClassSheet:
    """Return what the rows of the table say of the codes of the classification.

    Raises: ClassHeadingsNotFound.
    """
    heading, places = _headings(table)
    sheet = ClassSheet()
    for number, cells in enumerate(table.rows[heading + 1 :], start=heading + 2):
        if all(is_empty(cell) for cell in cells):
            continue
        row = _Row(number, {name: cells[place] for name, place in places.items() if place < len(cells)}, scheme)
        one = row.stated(defaults)
        sheet.faults += row.faults
        if row.is_code_right:
            sheet.stated.append(one)
    return sheet


def _headings(table: Table) -> tuple[int, dict[str, int]]:
    """Return the place of the line of headings, and of each column that it names."""
    names = {search_key(word): name for name, words in COLUMNS.items() for word in words}
    found = [_matched(row, names) for row in table.rows[:ROWS_LOOKED_AT]]
    best = max(range(len(found)), key=lambda index: (len(found[index]), -index))
    missing = [name for name in REQUIRED if name not in found[best]]
    if missing:
        lacking = joined(", ", [_("«{name}»").format(name=COLUMNS[name][0]) for name in missing])
        raise ClassHeadingsNotFound(
            _(
                "Tệp «{name}» thiếu cột {lacking}. Dòng tiêu đề cần có «Mã», «Tên»; có thể thêm: {others}. "
                "Sửa dòng tiêu đề rồi nhập lại."
            ).format(
                name=table.name,
                lacking=lacking,
                others=joined(", ", [words[0] for name, words in COLUMNS.items() if name not in REQUIRED]),
            )
        )
    return best, found[best]


def _matched(row: tuple[Any, ...], names: Mapping[str, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        name = names.get(search_key(cell)) if isinstance(cell, str) else None
        if name is not None:
            found.setdefault(name, place)
    return found


class _Row:
    """One row under reading, with what was found wrong in it."""

    def __init__(self, number: int, cells: Mapping[str, Any], scheme: Scheme) -> None:
        self.number, self.cells, self.scheme = number, cells, scheme
        self.code = plain_line(self._text("code"))
        self.faults: list[ClassFault] = list(self._code_faults())
        self.is_code_right = not self.faults

    def stated(self, defaults: Defaults) -> StatedClass:
        """Return what the row says; its other faults are added to those of its code."""
        first = self._day("valid_from") or defaults.valid_from
        last = self._day("valid_to") or (self.scheme.valid_to if first is None else None)
        self._refuse_backward_days(first, last)
        self._refuse_another_place()
        return StatedClass(
            row=self.number,
            code=self.code,
            name=self._words("name"),
            name_en=self._words("name_en"),
            parent=self._text("parent"),
            valid_from=first,
            valid_to=last,
            legal_basis=self._words("legal_basis") or defaults.legal_basis,
            confidence=self._confidence() or defaults.confidence,
        )

    def _text(self, name: str) -> str:
        cell = self.cells.get(name)
        return "" if is_empty(cell) else text_cell(cell)

    def _refuse(self, column: str, reason: str, cure: str) -> None:
        self.faults.append(ClassFault(self.number, column, reason, cure))

    def _code_faults(self) -> Iterator[ClassFault]:
        code, lengths = self.code, joined(", ", [str(one) for one in self.scheme.lengths])
        if not code:
            yield ClassFault(self.number, CODE, _("chưa có mã"), _("Ghi mã, hoặc bỏ dòng này"))
        elif not (code.isascii() and code.isdecimal()):
            reason = _("«{code}» không chỉ gồm chữ số").format(code=code)
            yield ClassFault(self.number, CODE, reason, _("Chỉ ghi chữ số, bỏ dấu chấm, dấu cách và chữ cái"))
        elif self.scheme.level_of(code) is None:
            reason = _("mã «{code}» có {count} chữ số").format(code=code, count=len(code))
            cure = _("Mã của bảng này có {lengths} chữ số tùy cấp; xem lại mã").format(lengths=lengths)
            yield ClassFault(self.number, CODE, reason, cure)

    def _words(self, name: str) -> str:
        column, text = COLUMNS[name][0], " ".join(self._text(name).split())
        if name == "name" and not text:
            self._refuse(column, _("mã «{code}» chưa có tên").format(code=self.code), _("Ghi tên theo văn bản"))
        if len(text) > LONGEST:
            reason = _("dài {count} ký tự, quá {longest}").format(count=len(text), longest=LONGEST)
            self._refuse(column, reason, _("Xem lại có phải nhiều ô bị gộp vào một không"))
        return text[:LONGEST]

    def _day(self, name: str) -> date | None:
        cell = self.cells.get(name)
        if is_empty(cell):
            return None
        try:
            return day_cell(cell)
        except BadCell as fault:
            self._refuse(COLUMNS[name][0], str(fault), _("Ghi ngày như 15/12/2025, hoặc để trống"))
            return None

    def _refuse_backward_days(self, first: date | None, last: date | None) -> None:
        if first is not None and last is not None and last < first:
            reason = _("ngày kết thúc {last:%d/%m/%Y} trước ngày bắt đầu {first:%d/%m/%Y}")
            self._refuse(UNTIL, reason.format(last=last, first=first), _("Sửa một trong hai ngày"))

    def _refuse_another_place(self) -> None:
        """Refuse a parent or a level that the digits of the code contradict."""
        parent, level = self._text("parent"), self._text("level")
        above, own = self.scheme.parent_of(self.code), self.scheme.level_of(self.code)
        if own is None:
            return
        if parent and parent != above:
            reason = _("«{parent}» không phải mã cấp trên của «{code}»").format(parent=parent, code=self.code)
            cure = _("Theo chữ số, mã cấp trên là «{above}»") if above else _("Mã cấp 1 không có cấp trên: để trống")
            self._refuse(PARENT, reason, cure.format(above=above))
        if level and level != str(own):
            reason = _("ghi cấp {level}, nhưng mã «{code}» có số chữ số của cấp {own}")
            words = reason.format(level=level, code=self.code, own=own)
            self._refuse(LEVEL, words, _("Sửa mã hoặc cấp cho khớp"))

    def _confidence(self) -> str:
        said = search_key(self._text("confidence"))
        if not said:
            return ""
        known = {search_key(word): one.value for one in STATABLE for word in (in_source(one.label), one.value)}
        if said not in known:
            choices = joined(", ", [one.label for one in STATABLE])
            reason = _("không hiểu «{said}»").format(said=self._text("confidence"))
            self._refuse(CONFIDENCE, reason, _("Ghi một trong: {choices}; hoặc để trống").format(choices=choices))
        return known.get(said, "")
