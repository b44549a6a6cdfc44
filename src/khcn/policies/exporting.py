"""Give a programme's targets and values of a year for another system, by a mapping that is data.

The ministry's own schema is not public; each row of `export_mapping.csv` says how far it was checked.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import xlsxwriter

from khcn.kernel.exchange.exporting import without_formula
from khcn.policies.models import Programme, ProgrammeTarget
from khcn.policies.selectors import Reading, TargetStanding, TargetValue, target_standings
from khcn.policies.states import Progress

FORMAT, VERSION = "khcn.programme-targets", 1
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class MappedField:
    """One field of the export: its name there, which of our values fills it, what it means, how far it was checked."""

    field: str
    value: str
    meaning: str
    confidence: str
    note: str


@cache
def mapping() -> tuple[MappedField, ...]:
    """Return the fields of the export in their order."""
    with Path(__file__).with_name("export_mapping.csv").open(encoding="utf-8", newline="") as file:
        return tuple(MappedField(**row) for row in csv.DictReader(file))


def export_of(
    programme: Programme, *, year: int, today: date, user: Any = None, everything: bool = False, as_of: Any = None
) -> dict[str, Any]:
    """Return a programme's targets and values of a year under the names of the mapping.

    Only what the user may know of, or all of it if `everything`. Numbers are text with a point, so that none is rounded
    on the way; days are ISO.
    """
    instant: datetime | None = as_of
    standings = target_standings(programme, Reading(today, instant, frozenset({year})))
    if not everything:
        rows = ProgrammeTarget.objects.visible_to(user).filter(programme_id=programme.pk)
        seen = set(rows.values_list("pk", flat=True))
        standings = [one for one in standings if one.target.pk in seen]
    fields = mapping()
    checked = all(one.confidence == "verified" for one in fields)
    return {
        "format": FORMAT,
        "version": VERSION,
        "mapping_confidence": "verified" if checked else "unchecked",
        "programme": {"code": programme.code, "number": programme.number, "title": programme.title},
        "year": year,
        "as_of": instant.isoformat() if instant is not None else None,
        "targets": [_named(programme, one, year, fields) for one in standings if one.of(year) is not None],
    }


def written(found: dict[str, Any], suffix: str) -> bytes:
    """Return an export as the bytes of a json, csv or xlsx file."""
    return {"json": _json, "csv": _csv, "xlsx": _xlsx}[suffix](found)


def _named(
    programme: Programme, one: TargetStanding, year: int, fields: tuple[MappedField, ...]
) -> dict[str, str | bool | int | None]:
    values = _values(programme, one, year)
    return {mapped.field: values[mapped.value] for mapped in fields}


def _values(programme: Programme, one: TargetStanding, year: int) -> dict[str, Any]:
    target, standing = one.target, one.of(year)
    wanted = standing.wanted if standing is not None else None
    return {
        "programme_number": programme.number,
        "code": target.code,
        "mark": target.mark or target.code,
        "title": target.title,
        "unit": target.unit,
        "direction": target.direction,
        "baseline": _number(target.baseline),
        "baseline_year": target.baseline_year,
        "wanted": _number(wanted.value if wanted is not None else None),
        "progress": str(standing.progress if standing is not None else Progress.NO_VALUE),
        "owner": target.owner_text,
        "source": target.source,
        "illustrative": target.is_illustrative,
        **_reached(target, standing.found if standing is not None else None),
    }


def _reached(target: ProgrammeTarget, found: TargetValue | None) -> dict[str, Any]:
    if found is None:
        return {"value": None, "comparator": None, "measured_on": None, "origin": "", "evidence": ""}
    said = {
        "value": _number(found.value),
        "comparator": found.comparator,
        "measured_on": found.on.isoformat(),
        "origin": "register",
        "evidence": "",
    }
    if found.report is None:
        return said
    illustrative = target.is_illustrative or found.report.is_illustrative
    return {**said, "origin": "reported", "evidence": found.report.evidence, "illustrative": illustrative}


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def _json(found: dict[str, Any]) -> bytes:
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


def shown_cells(row: dict[str, Any]) -> list[Any]:
    """Return a row of the export as its tables show it."""
    return ["" if value is None else str(value).lower() if isinstance(value, bool) else value for value in row.values()]


def _csv(found: dict[str, Any]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([one.field for one in mapping()])
    writer.writerows([without_formula(cell) for cell in shown_cells(row)] for row in found["targets"])
    return "\ufeff".encode() + text.getvalue().encode()


def _xlsx(found: dict[str, Any]) -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("targets")
    sheet.write_row(0, 0, [one.field for one in mapping()])
    for number, row in enumerate(found["targets"], start=1):
        sheet.write_row(number, 0, [without_formula(cell) for cell in shown_cells(row)])
    names = book.add_worksheet("mapping")
    names.write_row(0, 0, ["field", "meaning", "confidence", "note"])
    for number, one in enumerate(mapping(), start=1):
        names.write_row(number, 0, [one.field, one.meaning, one.confidence, one.note])
    book.close()
    return content.getvalue()
