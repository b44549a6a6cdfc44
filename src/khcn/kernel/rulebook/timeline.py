"""The values of one rule over time, before and after a change; pure, so that a change can be seen before it is made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from khcn.language.words import words as _

DAY = timedelta(days=1)


class RuleNotChanged(ValueError):
    """A value cannot be written as asked; the message names the rule, the reason, and what to do."""


@dataclass(frozen=True)
class Said:
    """One value during one validity; `pk` is None for one not yet written, `office` None for the whole country."""

    pk: int | None
    value: Any
    valid_from: date | None
    valid_to: date | None
    office: int | None = None

    @property
    def first(self) -> date:
        """Return the first day of validity, the earliest there is where none is named."""
        return self.valid_from or date.min

    @property
    def last(self) -> date:
        """Return the last day of validity, the latest there is where none is named."""
        return self.valid_to or date.max

    def meets(self, other: Said) -> bool:
        """Tell whether both would be in force on one day in one place."""
        return self.office == other.office and self.first <= other.last and other.first <= self.last


@dataclass(frozen=True)
class Plan:
    """What a rule says after a change: all its values, and the rows whose time or value is no longer what it was."""

    after: tuple[Said, ...]
    touched: frozenset[int]


def applying(rows: Iterable[Said], *, on: date, office: int | None) -> Said | None:
    """Return the value in force on the day; one of the office itself goes before the country's, a later one first."""
    found = [row for row in rows if row.first <= on <= row.last and row.office in (None, office)]
    return max(found, key=lambda row: (row.office is not None, row.first), default=None)


def gaps(rows: Sequence[Said]) -> list[tuple[date, date]]:
    """Return the spans between values of one place on which none is in force, first and last day of each."""
    ordered = sorted(rows, key=lambda row: row.first)
    return [
        (earlier.last + DAY, later.first - DAY)
        for earlier, later in pairwise(ordered)
        if earlier.last < later.first - DAY
    ]


def after_replacing(rows: Sequence[Said], old: Said, value: Any, valid_from: date) -> Plan:
    """Return what follows when a new value begins inside the validity of an old one.

    Raises: RuleNotChanged, if it would begin outside, or on days of another value.
    """
    if old.valid_from and valid_from <= old.valid_from:
        raise RuleNotChanged(
            _("giá trị mới phải có hiệu lực sau ngày {valid_from:%d/%m/%Y}.").format(valid_from=old.valid_from)
        )
    if old.valid_to and valid_from > old.valid_to:
        raise RuleNotChanged(
            _(
                "giá trị này hết hiệu lực ngày {valid_to:%d/%m/%Y}. Chọn giá trị đang có hiệu lực vào ngày bắt "
                "đầu của giá trị mới."
            ).format(valid_to=old.valid_to)
        )
    fresh = Said(None, value, valid_from, old.valid_to, old.office)
    others = [row for row in rows if row.pk != old.pk]
    _refuse_meeting(fresh, others)
    return Plan((*others, replace(old, valid_to=valid_from - DAY), fresh), frozenset({old.pk or 0}))


def after_correcting(rows: Sequence[Said], old: Said, corrected: Said) -> Plan:
    """Return what follows when a mistaken row is put right; a value that ended the day before goes along.

    Raises: RuleNotChanged, if the row would end before it begins, or meet another value.
    """
    if corrected.last < corrected.first:
        raise RuleNotChanged(_("ngày hết hiệu lực phải sau ngày bắt đầu."))
    others = [row for row in rows if row.pk != old.pk]
    neighbour = _ending_before(old, others)
    if neighbour and corrected.valid_from and corrected.valid_from > neighbour.first:
        moved = replace(neighbour, valid_to=corrected.valid_from - DAY)
        others = [moved if row.pk == neighbour.pk else row for row in others]
    _refuse_meeting(corrected, others)
    changed = {row.pk or 0 for row in (*others, corrected) if row not in rows}
    return Plan((*others, corrected), frozenset(changed))


def _ending_before(old: Said, others: Iterable[Said]) -> Said | None:
    if old.valid_from is None:
        return None
    end = old.valid_from - DAY
    return next((row for row in others if row.office == old.office and row.valid_to == end), None)


def _refuse_meeting(said: Said, others: Iterable[Said]) -> None:
    for other in others:
        if said.meets(other):
            since = (
                _("từ {valid_from:%d/%m/%Y}").format(valid_from=other.valid_from) if other.valid_from else _("từ trước")
            )
            until = (
                _("đến {valid_to:%d/%m/%Y}").format(valid_to=other.valid_to) if other.valid_to else _("không thời hạn")
            )
            raise RuleNotChanged(
                _("trùng thời gian với giá trị có hiệu lực {since} {until}. Sửa giá trị ấy trước.").format(
                    since=since, until=until
                )
            )
