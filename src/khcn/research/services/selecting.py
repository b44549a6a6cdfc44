"""Check dossiers, choose the host, have the money appraised, record the approval and the contract."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from khcn.councils.states import Purpose, Regime
from khcn.kernel.calendar import add_months, due_on, parse_limit
from khcn.kernel.obligations.work_calendar import work_calendar
from khcn.kernel.records.record import Record
from khcn.kernel.records.recording import recording
from khcn.kernel.rulebook.selectors import RuleUnknown, rule_in_force, rule_value
from khcn.kernel.workflow.services import NotPossible, perform
from khcn.language.words import words as _
from khcn.research.call_workflows import APPLICATION_WORKFLOW
from khcn.research.financing import lump_sum_faults
from khcn.research.models import ResearchTask, TaskApplication
from khcn.research.selectors import (
    REGIME,
    applications_of,
    councils_on,
    estimate_lines,
    labour_check,
    rule_of,
    was_concluded_on,
)
from khcn.research.services.identifying import end_application
from khcn.research.services.money import grant
from khcn.research.services.taking import label_of, refuse_days, take
from khcn.research.states import ApplicationState, LumpSum
from khcn.research.workflow import TASK_WORKFLOW
from khcn.ui import formats

LONGEST, PUBLISHED = "research.contract-months", "research.limit.publish"
LUMP_RULE, LABOUR_RULE = "research.lump", "research.norm.labour"


def check_eligibility(*, task: ResearchTask, actor: Any, on: date) -> ResearchTask:
    """Record that all dossiers were checked.

    Raises: NotPermitted; NotPossible.
    """
    return take(task, "check_eligibility", actor=actor, on=on)


def send_to_selection(*, task: ResearchTask, actor: Any, on: date) -> ResearchTask:
    """Record that the council that selects has all valid dossiers.

    Raises: NotPermitted; NotPossible.
    """
    return take(task, "send_to_selection", actor=actor, on=on)


def select_application(*, task: ResearchTask, application: TaskApplication, actor: Any, on: date) -> ResearchTask:
    """Choose the dossier that the council concluded for: its host and leader become those of the task.

    Raises: NotPermitted; NotPossible, for a dossier of another task or one that no council concluded on.
    """
    label = label_of("select")
    if application.task_id != task.pk or application.state != ApplicationState.VALID:
        raise NotPossible(task, label, [_("Chọn một hồ sơ hợp lệ của chính nhiệm vụ này.")])
    if not was_concluded_on(application, Purpose.SELECT):
        words = _("Hội đồng tuyển chọn chưa kết luận về hồ sơ {code}.")
        raise NotPossible(task, label, [words.format(code=application.code)])
    if faults := _published_too_late(task, application):
        raise NotPossible(task, label, faults)
    with recording(actor=actor, verb="select", label=TASK_WORKFLOW.by_name["select"].verb, on=on):
        perform(APPLICATION_WORKFLOW, "choose", application, actor=actor, on=on)
        chosen: dict[str, Any] = {"host": application.host, "leader": application.leader, "months": application.months}
        take(task, "select", actor=actor, on=on, **chosen)
        for other in applications_of(task):
            if other.pk != application.pk:
                note = _("Đã chọn hồ sơ {code}.").format(code=application.code)
                end_application(other, actor=actor, on=on, note=note)
    return task


def file_revision(*, task: ResearchTask, revised_on: date, actor: Any, on: date) -> ResearchTask:
    """Record that the host handed in the revised explanation.

    Raises: NotPermitted; NotPossible.
    """
    councils = [one for dossier in _chosen(task) for one in councils_on(dossier, Purpose.SELECT)]
    met = max((one.meets_on for one in councils if one.meets_on), default=None)
    days = ((_("Ngày họp hội đồng"), met), (_("Ngày nộp thuyết minh"), revised_on))
    refuse_days(task, label_of("file_revision"), on, *days)
    return take(task, "file_revision", actor=actor, on=on, revised_on=revised_on)


def return_for_revision(*, task: ResearchTask, actor: Any, on: date, note: str) -> ResearchTask:
    """Ask the host to revise again, with the reason.

    Raises: NotPermitted; NotPossible.
    """
    return take(task, "return_for_revision", actor=actor, on=on, note=note)


def approve_task(
    *,
    task: ResearchTask,
    approval_number: str,
    approved_on: date,
    lump_sum: LumpSum,
    actor: Any,
    on: date,
    evidence: Sequence[Record] = (),
) -> ResearchTask:
    """Record the decision of approval: the law in force that day governs the task from now on, the money is granted.

    Raises: NotPermitted; NotPossible, for a day before the revised explanation or a lump sum that the rule refuses;
    RuleUnknown.
    """
    label = label_of("approve")
    refuse_days(
        task, label, on, (_("Ngày nộp thuyết minh"), task.revised_on), (_("Ngày quyết định phê duyệt"), approved_on)
    )
    regime = Regime(rule_value(REGIME, on=approved_on, office=task.office))
    if faults := _estimate_faults(task, lump_sum, regime, approved_on):
        raise NotPossible(task, label, faults)
    said: dict[str, Any] = {"approval_number": approval_number, "approved_on": approved_on}
    said |= {"lump_sum": lump_sum, "regime": regime}
    with recording(actor=actor, verb="approve", label=TASK_WORKFLOW.by_name["approve"].verb, on=on):
        take(task, "approve", actor=actor, on=on, evidence=evidence, **said)
        grant(task=task, document_number=approval_number, moved_on=approved_on, actor=actor, on=on)
    return task


def sign_contract(
    *,
    task: ResearchTask,
    contract_number: str,
    contracted_on: date,
    starts_on: date,
    ends_on: date,
    actor: Any,
    on: date,
    evidence: Sequence[Record] = (),
) -> ResearchTask:
    """Record the contract as signed.

    Raises: NotPermitted; NotPossible, for a contract before the approval or one that ends before it begins.
    """
    label = label_of("sign_contract")
    refuse_days(task, label, on, (_("Ngày phê duyệt"), task.approved_on), (_("Ngày ký hợp đồng"), contracted_on))
    if faults := _contract_faults(task, contracted_on, starts_on, ends_on):
        raise NotPossible(task, label, faults)
    said: dict[str, Any] = {"contract_number": contract_number, "contracted_on": contracted_on}
    days: dict[str, Any] = {"starts_on": starts_on, "ends_on": ends_on}
    return take(task, "sign_contract", actor=actor, on=on, evidence=evidence, **said, **days)


def _published_too_late(task: ResearchTask, application: TaskApplication) -> list[str]:
    """Return that the council met sooner after the notice than the rule allows; [] where no rule is entered."""
    met = min((one.meets_on for one in councils_on(application, Purpose.SELECT) if one.meets_on), default=None)
    if met is None or task.call_opens_on is None:
        return []
    try:
        rule = rule_of(task, PUBLISHED, task.call_opens_on)
    except RuleUnknown:
        return []
    first = due_on(task.call_opens_on, parse_limit(rule.value), work_calendar(), rolls=False)
    if met >= first:
        return []
    words = _("Hội đồng họp ngày {met}, phải từ ngày {first} trở đi vì thông báo nhận hồ sơ từ {opened} ({basis}).")
    said = {"met": formats.day(met), "first": formats.day(first), "opened": formats.day(task.call_opens_on)}
    return [words.format(basis=rule.legal_basis, **said)]


def _estimate_faults(task: ResearchTask, lump_sum: LumpSum, regime: Regime, approved_on: date) -> list[str]:
    """Return what the rules on lump sums and on labour have against the estimate, each with its rule.

    A law for which nobody entered a norm of labour sets none. Raises: RuleUnknown, for the rule on lump sums.
    """
    faults = []
    if lump_sum == LumpSum.FINAL_PRODUCT:
        rule = rule_in_force(f"{LUMP_RULE}.{regime}", on=approved_on, office=task.office)
        found = lump_sum_faults(lump_sum, estimate_lines(task.budget_lines.all()), rule.value)
        faults += [f"{fault} ({rule.legal_basis})." for fault in found]
    try:
        norm = rule_in_force(f"{LABOUR_RULE}.{regime}", on=approved_on, office=task.office)
    except RuleUnknown:
        return faults
    return faults + [f"{fault} ({norm.legal_basis})." for fault in labour_check(task, norm).faults]


def _contract_faults(task: ResearchTask, contracted_on: date, starts_on: date, ends_on: date) -> list[str]:
    if ends_on < starts_on:
        return [_("Ngày kết thúc sớm hơn ngày bắt đầu.")]
    try:
        rule = rule_in_force(f"{LONGEST}.{task.track}", on=contracted_on, office=task.office)
    except RuleUnknown:
        return []  # nobody entered how long a contract of this kind may run
    last = add_months(starts_on, int(rule.value))
    if ends_on <= last:
        return []
    words = _("Hợp đồng dài quá {months} tháng, phải kết thúc trước {last} ({basis}).")
    return [words.format(months=rule.value, last=formats.day(last), basis=rule.legal_basis)]


def _chosen(task: ResearchTask) -> list[TaskApplication]:
    return [one for one in applications_of(task) if one.state == ApplicationState.CHOSEN]
