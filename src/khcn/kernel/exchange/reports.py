"""What an import did, or would do, row by row where something is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from khcn.language.words import words as _


@dataclass(frozen=True)
class BadRow:
    """One thing wrong in one row: its number as people count, the heading of the column, the reason.

    `unknown`: the text of the cell, where it is a name that the register's lists do not hold.
    """

    row: int
    column: str
    reason: str
    unknown: str = ""

    def sentence(self) -> str:
        """Return it as one sentence."""
        where = (
            _("Dòng {row}, cột «{column}»").format(row=self.row, column=self.column)
            if self.column
            else _("Dòng {row}").format(row=self.row)
        )
        return f"{where}: {self.reason}."


@dataclass(frozen=True)
class ShownChange:
    """What a row would change in one record: its key and code, and of each field its heading, before and after."""

    row: int
    record: int
    code: str
    fields: tuple[tuple[str, str, str], ...]


@dataclass
class ImportReport:
    """The outcome of an import or of its dry run; counts are rows of the file.

    `finished` is False when nothing was written because of bad rows. `resumed_at`: rows done by an earlier run of
    the same file that was cut short. `stopped_at`: the line of the file, as people count, at which that was.
    `changes`: of a dry run, the first rows that would change a record.
    """

    register: str
    name: str
    total: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    bad: list[BadRow] = field(default_factory=list)
    changes: list[ShownChange] = field(default_factory=list)
    ignored: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    dry_run: bool = False
    finished: bool = False
    resumed_at: int = 0
    stopped_at: int = 0

    @property
    def bad_rows(self) -> int:
        """Return how many rows have something wrong."""
        return len({found.row for found in self.bad})

    @property
    def notices(self) -> tuple[str, ...]:
        """Return what else is to be told of the file: how it was read, and whether it was left half imported."""
        if not self.stopped_at:
            return self.warnings
        again = _("gửi lại đúng tệp để nhập tiếp") if self.dry_run else _("lần này đã nhập tiếp")
        return (
            *self.warnings,
            _("Lần nhập trước của tệp này dừng ở dòng {stopped_at}; {again}.").format(
                stopped_at=self.stopped_at, again=again
            ),
        )

    def sentence(self) -> str:
        """Return the counts as one sentence."""
        words = _("sẽ tạo mới") if self.dry_run else _("đã tạo mới")
        if not self.dry_run and not self.finished:
            return _(
                "Chưa nhập gì: {bad_rows} trong {total} dòng có lỗi. Sửa các dòng đó rồi nhập lại, hoặc chọn bỏ "
                "qua dòng lỗi."
            ).format(bad_rows=self.bad_rows, total=self.total)
        return _("{total} dòng: {words} {created}, cập nhật {updated}, không đổi {unchanged}, lỗi {bad_rows}.").format(
            total=self.total,
            words=words,
            created=self.created,
            updated=self.updated,
            unchanged=self.unchanged,
            bad_rows=self.bad_rows,
        )

    def as_data(self) -> dict[str, Any]:
        """Return the report as plain values, for machines."""
        return {
            "register": self.register,
            "file": self.name,
            "dry_run": self.dry_run,
            "finished": self.finished,
            "total": self.total,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "bad_rows": self.bad_rows,
            "bad": [{"row": found.row, "column": found.column, "reason": found.reason} for found in self.bad],
            "ignored_columns": list(self.ignored),
            "warnings": list(self.warnings),
            "resumed_at": self.resumed_at,
            "stopped_at": self.stopped_at,
        }
