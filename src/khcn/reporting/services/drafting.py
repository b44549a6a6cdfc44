"""Draft a period report, freeze its figures, sign it."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import transaction

from khcn.kernel.calendar import CalendarUnknown
from khcn.kernel.identity.models import Office
from khcn.kernel.indicators.selectors import report_period
from khcn.kernel.obligations.services import close_obligations, open_obligation
from khcn.kernel.records.clock import settled_instant
from khcn.kernel.records.recording import current_recording, recording
from khcn.kernel.rulebook.selectors import RuleUnknown
from khcn.kernel.workflow.services import NotPossible, enter, perform
from khcn.kernel.workflow.standing import refuse_withdrawn
from khcn.language.words import words as _
from khcn.reporting.designs import design_in_force, outline_in
from khcn.reporting.models import PeriodReport, ReportSection
from khcn.reporting.outlines import Outline, outline, tables_as_data
from khcn.reporting.permissions import may_draft_report, may_sign_report
from khcn.reporting.selectors import live_lines_of
from khcn.reporting.sending import SEND, SENT, WITHIN
from khcn.reporting.services.freezing import freeze
from khcn.reporting.states import ReportState
from khcn.reporting.workflow import REPORT_WORKFLOW
from khcn.ui import formats

SIGN = _("Ký và chốt số liệu")
RELEASE = _("Cho xem chênh lệch số liệu")
UNSIGNED = (ReportState.DRAFT, ReportState.SUBMITTED)


def draft_report(*, office: Office, kind: str, year: int, part: int = 0, actor: Any, on: date) -> PeriodReport:
    """Draft a report from its outline, with the period of the rule in force.

    `part`: which month or quarter. While one of the same period stands unsigned, that one is returned instead of a
    second.
    Raises: NotPermitted; UnknownOutline; UnknownPeriod; RuleUnknown.
    """
    may_draft_report(actor).enforce()
    outline(kind)
    period, rule = report_period(kind, year, office=office, part=part)
    design = design_in_force(office, kind, period.last)
    plan = outline_in(design, kind)
    report = PeriodReport(
        office=office,
        kind=kind,
        year=year,
        period_part=part,
        title=plan.title_on(period),
        period_first=period.first,
        period_last=period.last,
        period_rule=rule,
        design=design,
        division=getattr(actor, "division", None),
        responsible=actor,
    )
    with recording(actor=actor, verb="draft-report", label=_("soạn báo cáo"), on=on):
        # Of two who draft at once the second waits here, then finds what the first began.
        Office.objects.select_for_update().get(pk=office.pk)
        if (begun := unsigned_report(office, kind, year, actor, part)) is not None:
            return begun
        enter(REPORT_WORKFLOW, report, actor=actor, on=on, label=_("soạn báo cáo"))
        for section in sections_planned(report, plan):
            section.save()
        open_sending(report, actor)
    return report


def sections_planned(report: PeriodReport, plan: Outline) -> list[ReportSection]:
    """Return the sections that a new report takes from an outline, not yet kept."""
    return [
        ReportSection(
            report=report,
            ordinal=ordinal,
            number=section.number,
            heading=section.heading,
            text=section.text,
            tables=tables_as_data(section.tables),
        )
        for ordinal, section in enumerate(plan.sections_on(report.period), start=1)
    ]


def open_sending(report: PeriodReport, actor: Any) -> None:
    """Let a report fall due to be sent, unless an earlier edition of it was signed or its kind is not sent so.

    Where rules or calendar give no day, the duty stands without one.
    """
    if report.kind not in SENT or _signed_before(report):
        return
    action = _("Ký, gửi báo cáo {label}").format(label=report.period.label)
    fall_due = partial(
        open_obligation, record=report, kind=SEND, action=action, started_on=report.period_last, actor=actor
    )
    try:
        fall_due(rule_key=WITHIN)
    except (RuleUnknown, CalendarUnknown):
        fall_due()


def _signed_before(report: PeriodReport) -> bool:
    rows = PeriodReport.objects.of_office(report.office).standing().exclude(frozen_at=None)
    return bool(rows.filter(kind=report.kind, year=report.year, period_part=report.period_part).exists())


def unsigned_report(office: Office, kind: str, year: int, actor: Any, part: int = 0) -> PeriodReport | None:
    """Return the report of that kind, year and part that stands unsigned, None where there is none."""
    rows = PeriodReport.objects.visible_to(actor).of_office(office).standing()
    rows = rows.filter(kind=kind, year=year, period_part=part, state__in=UNSIGNED)
    found: PeriodReport | None = rows.order_by("pk").first()
    return found


def edit_section(*, section: ReportSection, text: str, actor: Any, on: date) -> ReportSection:
    """Change the text of one section while the report is a draft.

    Raises: NotPermitted; NotPossible.
    """
    may_draft_report(actor, section.report).enforce()
    refuse_withdrawn(section.report, _("Sửa lời văn"))
    with recording(actor=actor, verb="edit-section", label=_("sửa mục «{section}»").format(section=section), on=on):
        if _state_now(section.report) != ReportState.DRAFT:
            raise NotPossible(section.report, _("Sửa lời văn"), [_("Chỉ sửa được khi báo cáo đang soạn.")])
        section.text = text
        section.save()
    return section


def submit_report(*, report: PeriodReport, actor: Any, on: date) -> PeriodReport:
    """Send a draft to be signed.

    Raises: NotPermitted; NotPossible.
    """
    perform(REPORT_WORKFLOW, "submit", report, actor=actor, on=on)
    return report


def sign_report(*, report: PeriodReport, number: str, signed_on: date, actor: Any, on: date) -> PeriodReport:
    """Freeze the figures at a settled instant and sign; number and date are those the document system gave.

    Raises: NotPermitted; NotPossible, e.g. for a day before the period ended or after `on`.
    """
    may_sign_report(actor, report).enforce()
    refuse_withdrawn(report, SIGN)
    _refuse_odd_signature(report, number, signed_on, on)
    with transaction.atomic():
        instant = settled_instant()
        if (state := _state_now(report)) != ReportState.SUBMITTED:
            words = REPORT_WORKFLOW.state_label(state)
            reason = _("Báo cáo đang ở trạng thái «{words}»; chỉ ký được báo cáo đã trình ký.").format(words=words)
            raise NotPossible(report, SIGN, [reason])
        lines = live_lines_of(report, instant)
        with recording(actor=actor, verb="sign", label=_("chốt số liệu"), on=on):
            freeze(report, lines)
            report.frozen_at, report.number, report.signed_on, report.signed_by = (
                instant,
                number.strip(),
                signed_on,
                actor,
            )
            perform(REPORT_WORKFLOW, "sign", report, actor=actor, on=on)
            close_obligations(record=report, kinds=(SEND,), on=signed_on, actor=actor)
    return report


def _refuse_odd_signature(report: PeriodReport, number: str, signed_on: date, on: date) -> None:
    day, last = formats.day(signed_on), formats.day(report.period_last)
    faults = {
        _("Ghi số, ký hiệu do hệ thống văn bản cấp."): not number.strip(),
        _("Ngày ký {day} trước ngày cuối kỳ báo cáo {last}. Kiểm tra lại ngày ký.").format(
            day=day, last=last
        ): signed_on < report.period_last,
        _("Ngày ký {day} chưa đến. Ghi ngày trên bản đã ký.").format(day=day): signed_on > on,
    }
    if reasons := [reason for reason, present in faults.items() if present]:
        raise NotPossible(report, SIGN, reasons)


def release_report_differences(*, report: PeriodReport, actor: Any, on: date) -> PeriodReport:
    """Let others than the office's staff see what moved since the freeze.

    Raises: NotPermitted; NotPossible.
    """
    may_sign_report(actor, report).enforce()
    refuse_withdrawn(report, RELEASE)
    if report.frozen_at is None:
        raise NotPossible(report, RELEASE, [_("Báo cáo chưa ký, chưa chốt số liệu nên chưa có chênh lệch.")])
    report.released_on = on
    with recording(actor=actor, verb="release", label=_("cho xem chênh lệch số liệu"), on=on):
        report.save()
    return report


def _state_now(report: PeriodReport) -> str:
    """Lock the report's row and return its state, which may have moved since the report was read."""
    rows = PeriodReport.objects.select_for_update().filter(pk=report.pk)
    return str(rows.values_list("state", flat=True).get())


def enter_signed_report(
    *, report: PeriodReport, signed_on: date, frozen_at: datetime, actor: Any, number: str = ""
) -> PeriodReport:
    """Enter a report signed before the register was opened, with its figures as known at its own freeze.

    Only inside an import of legacy data, which says since when it was known.
    Raises: NotPossible, outside such an import.
    """
    if not current_recording().imported:
        raise NotPossible(report, _("Nhập báo cáo đã ký"), [_("Chỉ nhập báo cáo cũ trong một lần nhập dữ liệu cũ.")])
    freeze(report, live_lines_of(report, frozen_at))
    report.frozen_at, report.number, report.signed_on, report.signed_by = frozen_at, number, signed_on, actor
    report.state = ReportState.SIGNED
    report.save()
    return report
