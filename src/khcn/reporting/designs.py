"""Read which outline a report follows: the one its office designed, else the shipped one."""

from __future__ import annotations

from datetime import date

from django.db.models import F, QuerySet

from khcn.kernel.identity.models import Office
from khcn.reporting.models import PeriodReport, ReportDesign
from khcn.reporting.outlines import Outline, outline, outline_from


def design_in_force(office: Office, kind: str, day: date) -> ReportDesign | None:
    """Return the office's newest design for reports whose period ends on the day; None where the shipped one serves."""
    rows = ReportDesign.objects.filter(office=office, kind=kind, adopted_on__isnull=False, valid_from__lte=day)
    found: ReportDesign | None = rows.order_by("-valid_from", "-id").first()
    return None if found is None or found.is_shipped else found


def design_worked_on(office: Office, kind: str) -> ReportDesign | None:
    """Return the design that is being worked on, None where there is none."""
    rows = ReportDesign.objects.filter(office=office, kind=kind, adopted_on=None, is_dropped=False)
    found: ReportDesign | None = rows.first()
    return found


def designs_adopted(office: Office) -> QuerySet[ReportDesign]:
    """Return what the office ever adopted, the newest first."""
    rows: QuerySet[ReportDesign] = ReportDesign.objects.filter(office=office, adopted_on__isnull=False)
    return rows.select_related("adopted_by").order_by(F("valid_from").desc(), "-id")


def outline_in(design: ReportDesign | None, kind: str) -> Outline:
    """Return the outline that a design holds, the shipped one where there is no design.

    Raises: UnknownOutline.
    """
    return outline(kind) if design is None or design.is_shipped else outline_from(kind, design.content)


def outline_on(office: Office, kind: str, day: date) -> Outline:
    """Return the outline of the office for reports of the kind whose period ends on the day.

    Raises: UnknownOutline.
    """
    shipped = outline(kind)
    found = design_in_force(office, kind, day)
    return shipped if found is None else outline_in(found, kind)


def outline_of(report: PeriodReport) -> Outline:
    """Return the outline that a report was drafted from.

    Raises: UnknownOutline.
    """
    return outline_in(report.design, report.kind)
