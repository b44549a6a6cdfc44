"""What differs between two readings of a report's figures, found inside the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from khcn.kernel.indicators.values import answers, counted
from khcn.reporting.behind import Behind
from khcn.reporting.models import PeriodReport
from khcn.reporting.selectors import FigureLine, figure_lines, lines_of


@dataclass(frozen=True)
class LineDifference:
    """How one figure differs between two readings: its values, the records that came and went, how many of each."""

    line: FigureLine
    before: Decimal | None
    after: Decimal | None
    added: Behind | None
    removed: Behind | None
    added_count: int
    removed_count: int

    @property
    def moved(self) -> bool:
        """Tell whether value or records differ."""
        return self.before != self.after or bool(self.added_count or self.removed_count)


def differences(before: Sequence[FigureLine], after: Sequence[FigureLine]) -> list[LineDifference]:
    """Return, for each line of the earlier reading, what the later one adds and takes away.

    One query, however many records came and went.
    """
    later = {line.indicator: line for line in after}
    pairs = [(line, later[line.indicator]) for line in before if line.indicator in later]
    came = [_only_in(new, old) for old, new in pairs]
    went = [_only_in(old, new) for old, new in pairs]
    counts = _counts([*came, *went])
    return [
        LineDifference(
            line=old,
            before=old.value,
            after=new.value,
            added=came[place],
            removed=went[place],
            added_count=counts[place],
            removed_count=counts[len(pairs) + place],
        )
        for place, (old, new) in enumerate(pairs)
    ]


def _only_in(one: FigureLine, other: FigureLine) -> Behind | None:
    return None if one.records is None else one.records.without(other.records)


def _counts(groups: Iterable[Behind | None]) -> list[int]:
    asked = list(groups)
    found = answers({place: counted(group.rows) for place, group in enumerate(asked) if group is not None})
    return [found.get(place, 0) for place in range(len(asked))]


def since_freeze(report: PeriodReport, indicator: str = "") -> list[LineDifference]:
    """Return what moved since the report was frozen, of one indicator or of all; an unfrozen one has no differences."""
    if report.frozen_at is None:
        return []
    frozen = [line for line in lines_of(report) if indicator in ("", line.indicator)]
    live = figure_lines([line.indicator for line in frozen], report.period, office=report.office)
    return [row for row in differences(frozen, live) if row.moved]


def visible_difference(moved: LineDifference, user: Any) -> LineDifference:
    """Return the difference naming only the records the user may see; its values and counts stay."""
    return replace(
        moved,
        added=moved.added and moved.added.visible_to(user),
        removed=moved.removed and moved.removed.visible_to(user),
    )
