"""The records behind a figure, of the registers or frozen: rows to be asked for, never all of them at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django.db.models import Exists, OuterRef

from khcn.kernel.identity.models import Office
from khcn.kernel.indicators.comparison import inside
from khcn.kernel.indicators.periods import Period
from khcn.kernel.indicators.registry import Indicator
from khcn.kernel.pages.paging import page_of
from khcn.kernel.records.registry import UnknownRegister, register

READ_AT_ONCE = 2_000


@dataclass(frozen=True)
class FigureRecord:
    """One record behind a figure, as it was named then."""

    register: str
    id: int
    code: str
    title: str


@dataclass(frozen=True)
class RecordPage:
    """Some of the records, and the keys of what lies before and after them; empty where nothing does."""

    records: list[FigureRecord]
    before: str
    after: str


@dataclass(frozen=True, eq=False)  # two questions are not the same for asking alike
class Behind:
    """The records of one register that make a figure.

    `rows`: one for each record, with code and title. `key`: their column that says which record it is. `order`: the
    column by which pages walk them.
    """

    register: str
    rows: Any
    order: str
    key: str = "pk"

    def __iter__(self) -> Iterator[FigureRecord]:
        """Yield all of them by code; only a few thousand are in memory at once."""
        rows = self.rows.order_by("code", self.key).values_list(self.key, "code", "title")
        for pk, code, title in rows.iterator(chunk_size=READ_AT_ONCE):
            yield FigureRecord(self.register, pk, code, title)

    def count(self) -> int:
        """Count them to the last one."""
        return int(self.rows.order_by().count())

    def visible_to(self, user: Any) -> Self:
        """Keep the records that the user may know of."""
        if self.key == "pk":
            return self._with(self.rows.visible_to(user))
        try:
            seen = register(self.register).visible_to(user)
        except UnknownRegister:
            return self._with(self.rows.none())
        return self._with(self.rows.filter(Exists(seen.order_by().filter(pk=OuterRef(self.key)))))

    def without(self, other: Behind | None) -> Self:
        """Keep the records that the other figure does not rest on."""
        if other is None:
            return self
        theirs = inside(other.rows, self.rows) if other.key == "pk" else other.rows
        return self._with(self.rows.filter(~Exists(theirs.order_by().filter(**{other.key: OuterRef(self.key)}))))

    def page(self, *, after: str = "", before: str = "") -> RecordPage:
        """Return one page of them.

        Raises: BadRequest, if a key was not made by a page before.
        """
        found = page_of(self.rows, self.order, after=after, before=before)
        named = [FigureRecord(self.register, getattr(row, self.key), row.code, row.title) for row in found.rows]
        return RecordPage(named, found.before, found.after)

    def _with(self, rows: Any) -> Self:
        return type(self)(self.register, rows, self.order, self.key)


def live_records(found: Indicator, period: Period, office: Office, as_of: datetime | None) -> Behind | None:
    """Return the records of the register that make an indicator; None for what others report."""
    if found.select is None:
        return None
    rows: Any = found.select(period, as_of, office)
    return Behind(rows.model.REGISTER, rows, found.order)


def frozen_records(figure: Any) -> Behind | None:
    """Return the records frozen with a figure, in the order they were walked in when it was frozen."""
    return Behind(figure.register, figure.records.all(), "id", "record_id") if figure.register else None
