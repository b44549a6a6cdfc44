"""What the paper of a report consists of besides its figures: its sections, and the annexes that list records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q

from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.exchange.values import label_of, text_of, value_of, with_related
from khcn.kernel.indicators.values import answers, counted
from khcn.kernel.records.record import Record
from khcn.kernel.records.registry import Register, register
from khcn.reporting.behind import Behind
from khcn.reporting.designs import outline_of
from khcn.reporting.models import PeriodReport, ReportSection
from khcn.reporting.outlines import OutlineList, OutlineTable, tables_from
from khcn.reporting.selectors import FigureLine
from khcn.reporting.wording import roman


@dataclass(frozen=True)
class PaperSection:
    """One section as the paper bears it; `row` is what a person edits."""

    row: ReportSection
    number: str
    is_part: bool
    has_parts: bool

    @property
    def tables(self) -> tuple[OutlineTable, ...]:
        """Return the tables of figures that stand below the section's text."""
        return tables_from(self.row.tables)


def paper_sections(report: PeriodReport, rows: Iterable[ReportSection] | None = None) -> list[PaperSection]:
    """Return the sections of the paper in order; in a signed one what stayed empty is left out, the rest renumbered.

    `rows`: sections of a report that is not kept; those of the report itself where it is not said.
    """
    kept = report.sections.all() if rows is None else rows
    parts = [(part, [row for row in below if _stands(row, report)]) for part, below in _by_part(kept)]
    standing = [(part, below) for part, below in parts if below or _stands(part, report)]
    found: list[PaperSection] = []
    for place, (part, below) in enumerate(standing, start=1):
        found.append(PaperSection(part, roman(place), is_part=True, has_parts=bool(below)))
        found += [
            PaperSection(row, str(number), is_part=False, has_parts=False) for number, row in enumerate(below, start=1)
        ]
    return found


def _stands(row: ReportSection, report: PeriodReport) -> bool:
    return report.frozen_at is None or bool(row.text.strip() or row.tables)


def _by_part(rows: Iterable[ReportSection]) -> list[tuple[ReportSection, list[ReportSection]]]:
    groups: list[tuple[ReportSection, list[ReportSection]]] = []
    for row in rows:
        if row.number.isalpha() or not groups:
            groups.append((row, []))
        else:
            groups[-1][1].append(row)
    return groups


@dataclass(frozen=True)
class RecordList:
    """An annex that lists records.

    `columns`: field names with their headings. `rows`: each record with its cells. `unnamed`: how many are not named.
    """

    title: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[Record, tuple[str, ...]], ...]
    unnamed: int


@dataclass(frozen=True)
class _Asked:
    """A list that the outline asks for: the registers it draws from, each with all its records and those named."""

    plan: OutlineList
    drawn: tuple[tuple[Register, Any, Any], ...]


def record_lists(
    report: PeriodReport, lines: Sequence[FigureLine], as_of: datetime | None, *, most: int | None = None, **reader: Any
) -> list[RecordList]:
    """Return the lists of the report's outline over the records behind its lines, as known at the instant (None: now).

    A list without records is left out; a confidential record is counted, not named. `most`: how many a list names, all
    if not said. `reader`: names only what that user may know of.
    """
    asked = [_asked(plan, lines, as_of, **reader) for plan in outline_of(report).lists]
    counts = answers(
        {(place, at): counted(one.drawn[at][1]) for place, one in enumerate(asked) for at in range(len(one.drawn))}
    )
    totals = [sum(counts[place, at] for at in range(len(one.drawn))) for place, one in enumerate(asked)]
    return [_record_list(one, total, most) for one, total in zip(asked, totals, strict=True) if total]


def _asked(plan: OutlineList, lines: Sequence[FigureLine], as_of: datetime | None, **reader: Any) -> _Asked:
    wanted: dict[str, list[Behind]] = {}
    for line in lines:
        if line.indicator in plan.indicators and line.records is not None:
            wanted.setdefault(line.records.register, []).append(line.records)
    drawn = []
    for key, groups in wanted.items():
        kept = register(key)
        rows = _rows_behind(kept, groups, as_of)
        named = rows.exclude(confidentiality=Confidentiality.CONFIDENTIAL)
        drawn.append((kept, rows, named.visible_to(reader["reader"]) if "reader" in reader else named))
    return _Asked(plan, tuple(drawn))


def _rows_behind(kept: Register, groups: Sequence[Behind], as_of: datetime | None) -> Any:
    """Return the records of one register behind some figures, as known at the instant."""
    if len(groups) == 1 and groups[0].key == "pk" and groups[0].rows.instant == as_of:
        return groups[0].rows  # as they were selected: an index on what they are sorted by yields the first ones
    condition = Q()
    for group in groups:
        condition |= Q(pk__in=group.rows.order_by().values(group.key))
    return kept.model.objects.as_of(as_of).filter(condition)


def _record_list(asked: _Asked, total: int, most: int | None) -> RecordList:
    plan = asked.plan
    found = [row for kept, _, named in asked.drawn for row in _listed(plan, kept, named, most)]
    found.sort(key=lambda row: (row[0] or date.max, row[1].code))
    first = asked.drawn[0][0]
    headings = tuple((name, label_of(first, first.column(name))) for name in plan.columns)
    shown = tuple(row[1:] for row in found[:most])
    return RecordList(plan.title, headings, shown, total - len(shown))


def _listed(
    plan: OutlineList, kept: Register, named: Any, most: int | None
) -> Iterable[tuple[Any, Record, tuple[str, ...]]]:
    """Yield the first records of one register that may be named: what they are sorted by, the record, its cells."""
    columns = [kept.column(name) for name in plan.columns]
    rows = with_related(kept, named, columns).order_by(F(plan.order).asc(nulls_last=True), "code")
    for row in rows[:most]:
        cells = tuple(text_of(value_of(kept, row, column), column) for column in columns)
        yield getattr(row, plan.order), row, cells
