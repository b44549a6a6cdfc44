"""Set targets, ask for their values, report, accept and return them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from khcn.kernel.indicators.models import ReportedValue, Target
from khcn.kernel.indicators.periods import YEAR
from khcn.kernel.indicators.registry import Kind, find_indicator
from khcn.kernel.indicators.selectors import report_period
from khcn.kernel.obligations.models import Obligation
from khcn.kernel.obligations.services import close_obligations, open_obligation
from khcn.kernel.records.recording import recording
from khcn.kernel.workflow.services import NotPossible, enter, perform
from khcn.kernel.workflow.standing import refuse_withdrawn
from khcn.language.words import in_source
from khcn.language.words import words as _
from khcn.policies.models import Programme, ProgrammeTarget, TargetReport, TargetYear
from khcn.policies.permissions import may_advance, may_follow_target, may_report_value
from khcn.policies.selectors import counted_here
from khcn.policies.states import PROGRAMMES_EVER_ISSUED, TargetReportState, TargetState
from khcn.policies.target_workflow import TARGET_REPORT_WORKFLOW, TARGET_WORKFLOW

REPORT_RULE = "policies.target_report"


def add_target(
    *, target: ProgrammeTarget, years: Mapping[int, Decimal | None], actor: Any, on: date
) -> ProgrammeTarget:
    """Set one target of a programme with what it wants in each year; it is kept where its programme is.

    Raises: NotPermitted; NotPossible; UnknownIndicator, if it names an indicator that does not exist.
    """
    may_advance(actor, target.programme).enforce()
    return keep_target(target=target, years=years, actor=actor, on=on)


def keep_target(
    *, target: ProgrammeTarget, years: Mapping[int, Decimal | None], actor: Any, on: date
) -> ProgrammeTarget:
    """Write a target whose setting was decided upon already: on its page, or as a row of a sheet.

    Raises: NotPossible; UnknownIndicator.
    """
    programme = target.programme
    same = ProgrammeTarget.objects.filter(programme_id=programme.pk, title=target.title, withdrawn_on=None)
    known = same.visible_to(actor) if actor is not None else same  # of a hidden one nothing is told
    _refuse(
        programme,
        _("Đặt chỉ tiêu"),
        {_("Chỉ tiêu «{title}» đã có trong sổ.").format(title=target.title): known.exists()},
    )
    if target.indicator:
        find_indicator(target.indicator)
    target.office, target.division = programme.office, programme.division
    target.responsible, target.confidentiality = programme.responsible, programme.confidentiality
    with recording(actor=actor, verb="add-target", label=_("đặt chỉ tiêu"), on=on):
        enter(TARGET_WORKFLOW, target, actor=actor, on=on, label=_("đặt chỉ tiêu"))
        for year, value in sorted(years.items()):
            TargetYear(target=target, year=year, value=value).save()
    return target


def set_target_year(
    *, target: ProgrammeTarget, year: int, value: Decimal | None, actor: Any, on: date, why: str
) -> TargetYear:
    """Set or change what a target wants in one year, with the reason; history keeps what was wanted before.

    Raises: NotPermitted; NotPossible, without a reason.
    """
    may_follow_target(actor, target).enforce()
    _refuse(target, _("Đặt chỉ tiêu năm"), {_("Ghi lý do hoặc văn bản điều chỉnh."): not why.strip()})
    row = target.years.filter(year=year).first() or TargetYear(target=target, year=year)
    row.value = value
    with recording(
        actor=actor, verb="set-target-year", label=_("đặt chỉ tiêu năm {year}").format(year=year), why=why, on=on
    ):
        row.save()
    return row


def drop_target(*, target: ProgrammeTarget, actor: Any, on: date, note: str) -> ProgrammeTarget:
    """Stop following a target, with the reason; what was asked of its agency is asked no longer.

    Raises: NotPermitted; NotPossible.
    """
    with recording(actor=actor, verb="drop", label=_("thôi theo dõi chỉ tiêu"), why=note, on=on):
        perform(TARGET_WORKFLOW, "drop", target, actor=actor, on=on, note=note)
        kinds = list(Obligation.objects.about(target.ref).open().values_list("kind", flat=True))
        close_obligations(record=target, kinds=kinds, on=on, actor=actor, cancelled=True)
    return target


def adopt_target(*, year: TargetYear, actor: Any, on: date) -> Target:
    """Let an issued programme's target be the target of its indicator in reports, with the programme as source.

    Raises: NotPermitted; NotPossible, before issue, or without indicator or value.
    """
    target, programme = year.target, year.target.programme
    may_advance(actor, programme).enforce()
    _refuse(
        programme,
        _("Đưa chỉ tiêu vào báo cáo"),
        {
            _("Chương trình chưa ban hành."): programme.state not in PROGRAMMES_EVER_ISSUED,
            _("Chỉ tiêu chưa gắn với chỉ số."): not target.indicator,
            _("Chỉ tiêu chưa có giá trị."): year.value is None,
        },
    )
    key = {"office": programme.office, "indicator": target.indicator, "period_kind": YEAR, "year": year.year}
    row = Target.objects.filter(**key).first() or Target(**key)
    row.value, row.source = year.value, f"{programme.number} {target.source}".strip()
    row.source_register, row.source_id = programme.REGISTER, programme.pk
    with recording(
        actor=actor, verb="adopt-target", label=_("đưa chỉ tiêu «{year}» vào báo cáo").format(year=year), on=on
    ):
        row.save()
    return row


def ask_for_values(*, programme: Programme, year: int, period: str, actor: Any, on: date) -> int:
    """Ask the agencies for the values of a period; each falls due by the rule, counted from the cut-off.

    Returns how many were asked; what was asked before, or is reported already, is not asked again.
    Raises: NotPermitted; NotPossible, before issue; RuleUnknown; CalendarUnknown.
    """
    may_advance(actor, programme).enforce()
    issued = programme.state in PROGRAMMES_EVER_ISSUED
    _refuse(programme, _("Đề nghị báo cáo số liệu"), {_("Chương trình chưa ban hành."): not issued})
    followed = programme.targets.filter(years__year=year, state=TargetState.FOLLOWED, withdrawn_on=None)
    kind = obligation_kind(year, period)
    asked = set(
        Obligation.objects.filter(
            office=programme.office,
            register=ProgrammeTarget.REGISTER,
            record_id__in=followed.values("pk"),
            kind=kind,
            cancelled=False,
        ).values_list("record_id", flat=True)
    )
    known = (TargetReportState.REPORTED, TargetReportState.ACCEPTED)
    said = set(
        TargetReport.objects.filter(target__programme=programme, year=year, period=period, state__in=known)
        .standing()
        .values_list("target_id", flat=True)
    )
    wanted = [
        one
        for one in followed.select_related("owner_organisation", "office", "division", "responsible")
        if one.pk not in asked | said and not counted_here(one)
    ]
    with recording(actor=actor, verb="ask-for-values", label=_("đề nghị báo cáo số liệu chỉ tiêu"), on=on):
        for target in wanted:
            _ask(target, year, period, actor)
    return len(wanted)


def report_value(*, report: TargetReport, actor: Any, on: date) -> TargetReport:
    """Report a value of a target for a period, with its evidence; what was asked of the agency is done.

    A value that stands already stays in use until this one is accepted in its place.
    Raises: NotPermitted; NotPossible.
    """
    may_report_value(actor, report.target).enforce()
    report.reported_on = on
    return keep_report(report=report, actor=actor, on=on)


def keep_report(*, report: TargetReport, actor: Any, on: date) -> TargetReport:
    """Write a value whose reporting was decided upon already; it waits to be accepted.

    `report.reported_on` is the day it was reported. Raises: NotPossible.
    """
    target = report.target
    waiting = target.reports.filter(year=report.year, period=report.period, state=TargetReportState.REPORTED)
    _refuse(
        target,
        _("Báo cáo số liệu chỉ tiêu"),
        {
            _("Giá trị của chỉ tiêu này lấy từ sổ, không nhập tay."): counted_here(target),
            _("Chỉ tiêu đã thôi theo dõi."): target.state != TargetState.FOLLOWED,
            _("Nêu minh chứng: số văn bản, địa chỉ trang hoặc giấy tờ."): not report.evidence.strip(),
            _("Số liệu chốt sau ngày báo cáo."): report.measured_on > report.reported_on,
            _("Ngày báo cáo chưa tới."): report.reported_on > on,
            _("Ngày chốt số liệu không thuộc năm báo cáo."): report.measured_on.year != report.year,
            _("Đã có số liệu của kỳ này chờ chấp nhận."): waiting.standing().exists(),
        },
    )
    report.office, report.division, report.confidentiality = target.office, target.division, target.confidentiality
    report.reported_by = actor
    report.organisation = report.organisation or target.owner_organisation
    report.title = report.title or f"{target.title}: {in_source(report.get_period_display()).lower()} {report.year}"
    with recording(actor=actor, verb="report-value", label=_("báo cáo số liệu chỉ tiêu"), on=on):
        enter(TARGET_REPORT_WORKFLOW, report, actor=actor, on=on, label=_("báo cáo số liệu"))
        kinds = [obligation_kind(report.year, report.period)]
        close_obligations(record=target, kinds=kinds, on=on, actor=actor)
    return report


def accept_report(*, report: TargetReport, actor: Any, on: date, note: str = "") -> TargetReport:
    """Accept a value; one accepted before for the period gives way, kept with its number and day.

    A value of a reported indicator is what period reports show for that indicator.
    Raises: NotPermitted; NotPossible.
    """
    with recording(actor=actor, verb="accept", label=_("chấp nhận số liệu"), why=note, on=on):
        earlier = report.target.reports.accepted().filter(year=report.year, period=report.period)
        for old in earlier.exclude(pk=report.pk):
            perform(
                TARGET_REPORT_WORKFLOW,
                "supersede",
                old,
                actor=actor,
                on=on,
                note=_("Thay bằng {code}.").format(code=report.code),
            )
        perform(TARGET_REPORT_WORKFLOW, "accept", report, actor=actor, on=on, note=note)
        _give_to_reports(report)
    return report


def return_report(*, report: TargetReport, actor: Any, on: date, note: str) -> TargetReport:
    """Return a value with the reason; its agency owes one again, by the same date as before.

    Raises: NotPermitted; NotPossible, without a reason.
    """
    with recording(actor=actor, verb="return", label=_("trả lại số liệu"), why=note, on=on):
        perform(TARGET_REPORT_WORKFLOW, "return", report, actor=actor, on=on, note=note)
        _ask(report.target, report.year, report.period, actor)
    return report


def obligation_kind(year: int, period: str) -> str:
    """Return the kind of the obligation to report the values of a period."""
    return f"target-report:{year}:{period}"


def _ask(target: ProgrammeTarget, year: int, period: str, actor: Any) -> None:
    dates, _parts = report_period(period, year, office=target.office)
    open_obligation(
        record=target,
        kind=obligation_kind(year, period),
        action=_("Báo cáo số liệu chỉ tiêu {label}").format(label=dates.label),
        started_on=dates.last,
        rule_key=REPORT_RULE,
        actor=actor,
        holder=target.owner_organisation,
    )


def _give_to_reports(report: TargetReport) -> None:
    target = report.target
    if not target.indicator or find_indicator(target.indicator).kind is not Kind.REPORTED:
        return
    key = {
        "office": target.office,
        "indicator": target.indicator,
        "period_kind": report.period,
        "year": report.year,
        "is_estimate": False,
    }
    row = ReportedValue.objects.filter(**key).first() or ReportedValue(**key)
    row.value, row.comparator, row.period_last = report.value, report.comparator, report.measured_on
    row.answered_by = report.organisation.kept_name if report.organisation else target.owner_text
    row.source, row.source_register, row.source_id = report.evidence[:400], report.REGISTER, report.pk
    row.save()


def _refuse(record: Any, label: str, faults: dict[str, bool]) -> None:
    refuse_withdrawn(record, label)
    reasons = [reason for reason, present in faults.items() if present]
    if reasons:
        raise NotPossible(record, label, reasons)
