"""Take targets and reported values in from a sheet, by the same rules as when they are entered one by one."""

from __future__ import annotations

from datetime import date
from typing import Any

from khcn.kernel.records.record import Provenance
from khcn.policies.models import ProgrammeTarget, TargetReport
from khcn.policies.permissions import may_import_target, may_import_value
from khcn.policies.rules import wanted_years
from khcn.policies.services.targets import keep_report, keep_target

YEARS = "years_text"


def import_target(values: dict[str, Any], *, actor: Any, on: date, **_known: Any) -> ProgrammeTarget:
    """Set one target of an import sheet, with what it wants in each year.

    `values`: importable columns by name, the years as one text, e.g. «2025: 50; 2026: 62,5». Without an actor the
    system itself imports; since when it is known stands with the change that the import writes.
    Raises: NotPermitted; NotPossible; ValueError, naming the part of the years that cannot be read.
    """
    fields = {name: value for name, value in values.items() if name != YEARS}
    target = ProgrammeTarget(**{"provenance": Provenance.IMPORTED, **fields})
    if actor is not None:
        may_import_target(actor, target.programme).enforce()
    return keep_target(target=target, years=wanted_years(values.get(YEARS, "")), actor=actor, on=on)


def import_report(values: dict[str, Any], *, actor: Any, on: date, **_known: Any) -> TargetReport:
    """Enter one reported value of an import sheet; like any other it counts once an officer has accepted it.

    `values`: importable columns by name; the day of the report is the sheet's own.
    Raises: NotPermitted; NotPossible.
    """
    report = TargetReport(**{"provenance": Provenance.IMPORTED, **values})
    if actor is not None:
        may_import_value(actor, report.target).enforce()
    report.reported_on = report.reported_on or on
    return keep_report(report=report, actor=actor, on=on)
