"""What the paper of a report consists of besides its figures: its sections, and the annexes that list records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.exchange.values import label_of, text_of, value_of, with_related
from khcn.kernel.records.record import Record
from khcn.kernel.records.registry import Register, register
from khcn.reporting.models import PeriodReport, ReportSection
from khcn.reporting.outlines import OutlineList, outline
from khcn.reporting.selectors import ReportLine
from khcn.reporting.wording import roman


@dataclass(frozen=True)
class PaperSection:
    """One section as the paper bears it; `row` is what a person edits."""

    row: ReportSection
    number: str
    is_part: bool
    has_parts: bool


def paper_sections(report: PeriodReport) -> list[PaperSection]:
    """Return the sections of the paper in order; in a signed one what stayed empty is left out, the rest renumbered."""
    parts = [(part, [row for row in below if _stands(row, report)]) for part, below in _by_part(report)]
    standing = [(part, below) for part, below in parts if below or _stands(part, report)]
    found: list[PaperSection] = []
    for place, (part, below) in enumerate(standing, start=1):
        found.append(PaperSection(part, roman(place), is_part=True, has_parts=bool(below)))
        found += [
            PaperSection(row, str(number), is_part=False, has_parts=False) for number, row in enumerate(below, start=1)
        ]
    return found


def _stands(row: ReportSection, report: PeriodReport) -> bool:
    return report.frozen_at is None or bool(row.text.strip())


def _by_part(report: PeriodReport) -> list[tuple[ReportSection, list[ReportSection]]]:
    groups: list[tuple[ReportSection, list[ReportSection]]] = []
    for row in report.sections.all():
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


def record_lists(report: PeriodReport, lines: Sequence[ReportLine], as_of: datetime | None) -> list[RecordList]:
    """Return the lists of the report's outline over the records behind its lines, as known at the instant (None: now).

    A list without records is left out; a confidential record is counted, not named.
    """
    plan = outline(report.kind)
    return [found for asked in plan.lists if (found := _record_list(asked, lines, as_of))]


def _record_list(asked: OutlineList, lines: Sequence[ReportLine], as_of: datetime | None) -> RecordList | None:
    wanted: dict[str, set[int]] = {}
    for record in (record for line in lines if line.indicator in asked.indicators for record in line.records):
        wanted.setdefault(record.register, set()).add(record.id)
    if not wanted:
        return None
    rows = [row for key, ids in wanted.items() for row in _listed(asked, register(key), ids, as_of)]
    rows.sort(key=lambda found: (found[0] or date.max, found[1].code))
    kept = register(next(iter(wanted)))
    headings = tuple((name, label_of(kept, kept.column(name))) for name in asked.columns)
    unnamed = sum(len(ids) for ids in wanted.values()) - len(rows)
    return RecordList(asked.title, headings, tuple(found[1:] for found in rows), unnamed)


def _listed(
    asked: OutlineList, kept: Register, ids: set[int], as_of: datetime | None
) -> Iterable[tuple[Any, Record, tuple[str, ...]]]:
    """Yield the records of one register that may be named: what they are sorted by, the record, its cells."""
    columns = [kept.column(name) for name in asked.columns]
    known = with_related(kept, kept.model.objects.as_of(as_of).filter(pk__in=ids), columns)
    for row in known.exclude(confidentiality=Confidentiality.CONFIDENTIAL):
        cells = tuple(text_of(value_of(kept, row, column), column) for column in columns)
        yield getattr(row, asked.order), row, cells
