"""The rows and columns of statistics form 04CS on S&T tasks, and which tasks each counts; pure.

The rows are data (`statistics_form.csv`), in the form's own words (TT 25/2015/TT-BKHCN, as restated; later forms
unread). Rows marked `ours` are blank in that source or stand outside the form.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from operator import add
from pathlib import Path

from khcn.language.words import words as _
from khcn.research.states import FundingSource, TaskForm, TaskLevel

FORM = "04CS-KHCN"
FORM_TITLE = _("Nhiệm vụ khoa học và công nghệ")
FORM_SOURCE = _("Biểu 04CS-KHCN, TT 25/2015/TT-BKHCN (theo nguồn thứ cấp); biểu thay thế sau này chưa đọc được")
NONE = "none"
FIELDS = frozenset("123456")
"""First digits of codes of research fields: the six fields of the form."""
BITS: Mapping[FundingSource, int] = {source: 1 << place for place, source in enumerate(FundingSource)}
"""The sources of a task are kept as the sum of their bits: each once, in however many lines of its estimate."""


class Measure(StrEnum):
    """The columns of the form."""

    TOTAL = "total"
    FEMALE = "female"
    NEW = "new"
    CARRIED_OVER = "carried-over"
    ACCEPTED = "accepted"
    PUT_INTO_USE = "put-into-use"


MEASURES: Mapping[Measure, tuple[str, str]] = {
    Measure.TOTAL: (
        _("Tổng số"),
        _(
            "Nhiệm vụ thực hiện trong năm: được phê duyệt trong năm; hoặc đã ký hợp đồng đến hết năm mà đến đầu năm "
            "chưa được đánh giá nghiệm thu, chưa chấm dứt; hoặc được nghiệm thu trong năm."
        ),
    ),
    Measure.FEMALE: (
        _("Chủ nhiệm là nữ"),
        _("Trong tổng số: chủ nhiệm có lý lịch khoa học ghi giới tính nữ; chưa ghi thì không tính."),
    ),
    Measure.NEW: (
        _("Phê duyệt mới trong năm"),
        _("Ngày quyết định phê duyệt trong năm; về sau rút, dừng, chấm dứt vẫn tính."),
    ),
    Measure.CARRIED_OVER: (
        _("Chuyển tiếp từ năm trước"),
        _("Ký hợp đồng trước năm thống kê, đến đầu năm chưa được đánh giá nghiệm thu, chưa chấm dứt."),
    ),
    Measure.ACCEPTED: (_("Được nghiệm thu"), _("Hội đồng nghiệm thu họp trong năm, xếp loại đạt trở lên.")),
    Measure.PUT_INTO_USE: (
        _("Đã đưa vào ứng dụng"),
        _("Có phiếu ứng dụng báo cáo trong năm, kể cả nhiệm vụ nghiệm thu từ các năm trước; nhiều phiếu tính một."),
    ),
}
"""Each column's heading, and what it counts."""
NOTES = (
    _("Mỗi nhiệm vụ tính một lần trong mỗi dòng. Dòng chia theo lĩnh vực lấy chữ số đầu của mã lĩnh vực."),
    _(
        "Nhiệm vụ có nhiều nguồn kinh phí được tính ở dòng của từng nguồn có dòng dự toán, nên các dòng nguồn cộng lại "
        "có thể lớn hơn tổng số; dòng «Ngân sách nhà nước» tính nhiệm vụ có cả hai cấp một lần."
    ),
    _(
        "Phê duyệt mới và chuyển tiếp cộng lại có thể nhỏ hơn tổng số: nhiệm vụ phê duyệt từ năm trước, ký hợp đồng "
        "trong năm chỉ có ở tổng số."
    ),
    _("Quỹ phát triển KH&CN của tỉnh tính ở «Nguồn khác»: biểu năm 2015 không có dòng riêng."),
    _("Nhãn có dấu * do hệ thống đặt: nguồn của biểu để trống."),
)


@dataclass(frozen=True)
class Kind:
    """What of a task decides in which rows it stands. `digit`: of its field, "" without one; `sources`: bits."""

    form: str
    level: str = ""
    digit: str = ""
    sources: int = 0


@dataclass(frozen=True)
class FormRow:
    """One row: the tasks of these forms, of that level, field or source where it names one.

    `field`: the first digit of the code, `none` for tasks without one. `sources`: any of them; `none` for tasks without
    a line of an estimate. `outside`: the row stands beside the form, which has no such row.
    """

    code: str
    label: str
    is_ours: bool
    outside: bool
    forms: tuple[TaskForm, ...]
    level: TaskLevel | None
    field: str
    sources: tuple[FundingSource, ...]
    without_source: bool

    @property
    def shown(self) -> str:
        """Return the label as pages show it: one of ours with its mark."""
        return f"{self.label} *" if self.is_ours else self.label

    @property
    def aspect(self) -> int:
        """Return what the row asks for beside the form: 0 the level or nothing, 1 the field, 2 the sources."""
        return 2 if self.sources or self.without_source else int(bool(self.field))

    @property
    def is_total(self) -> bool:
        """Tell whether the row counts all tasks of its forms."""
        return not (self.level or self.field or self.sources or self.without_source)

    def takes(self, kind: Kind) -> bool:
        """Tell whether tasks of that kind stand in this row."""
        if kind.form not in self.forms or (self.level is not None and kind.level != self.level):
            return False
        if self.field and self.field != (kind.digit or NONE):
            return False
        if self.without_source:
            return kind.sources == 0
        return not self.sources or any(kind.sources & BITS[source] for source in self.sources)


@cache
def form_rows() -> tuple[FormRow, ...]:
    """Return all rows in their order: the 38 of the form, then those beside it."""
    with Path(__file__).with_name("statistics_form.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_row(one) for one in csv.DictReader(file))


def form_row(code: str) -> FormRow | None:
    """Return the row of that code, None where there is none."""
    return next((row for row in form_rows() if row.code == code), None)


Counts = dict[Measure, int | None]
"""What the columns of a row count; None where nobody knows."""


def row_counts(groups: Iterable[tuple[Kind, Sequence[int]]]) -> dict[str, Counts]:
    """Return for each row, by its code, what its columns count.

    `groups`: how many tasks of each kind every column counts, in their order; one kind may come several times.
    """
    merged: tuple[dict[Kind, list[int]], ...] = ({}, {}, {})
    for kind, numbers in groups:
        # A row asks for one thing beside the form; kinds that are alike in it are added first, since they are few.
        for found, alike in zip(merged, _alike(kind), strict=True):
            sums = found.setdefault(alike, [0] * len(numbers))
            sums[:] = map(add, sums, numbers)
    return {row.code: _counted(row, merged[row.aspect]) for row in form_rows()}


def _alike(kind: Kind) -> tuple[Kind, Kind, Kind]:
    """Return the kind with nothing but its level, its field, its sources."""
    return Kind(kind.form, kind.level), Kind(kind.form, digit=kind.digit), Kind(kind.form, sources=kind.sources)


def _counted(row: FormRow, merged: Mapping[Kind, Sequence[int]]) -> Counts:
    taken = [numbers for kind, numbers in merged.items() if row.takes(kind)]
    sums = [sum(column) for column in zip(*taken, strict=True)] or [0] * len(Measure)
    return dict(zip(Measure, sums, strict=True))


def _row(said: dict[str, str]) -> FormRow:
    without = said["sources"] == NONE
    return FormRow(
        code=said["row"],
        label=said["label"],
        is_ours=bool(said["ours"]),
        outside=bool(said["outside"]),
        forms=tuple(TaskForm(one) for one in said["forms"].split("+")),
        level=TaskLevel(said["level"]) if said["level"] else None,
        field=said["field"],
        sources=() if without else tuple(FundingSource(one) for one in said["sources"].split("+") if one),
        without_source=without,
    )
