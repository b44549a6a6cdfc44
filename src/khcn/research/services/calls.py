"""Notices, proposals and dossiers: publish, receive, screen, group, check, choose, take back."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from khcn.kernel.records.recording import recording
from khcn.kernel.text.folding import name_key
from khcn.kernel.workflow.services import NotPossible, enter, perform
from khcn.kernel.workflow.standing import refuse_withdrawn
from khcn.language.words import words as _
from khcn.research.call_workflows import APPLICATION_WORKFLOW, CALL_WORKFLOW, PROPOSAL_WORKFLOW
from khcn.research.models import ResearchTask, TaskApplication, TaskCall, TaskProposal
from khcn.research.permissions import may_enter, may_propose
from khcn.research.selectors import RECOVERING, debts_of, rule_of
from khcn.research.services.taking import refuse_days
from khcn.research.states import IN_THE_RUNNING, CallKind, CallState, ProposalState, TaskState
from khcn.research.workflow import TASK_WORKFLOW
from khcn.ui import formats

EARLIEST = 3
"""Years before the year of its plan in which a proposal may come; more is a slip of the keyboard."""
RECEIVING, SENDING = _("Nhận đề xuất"), _("Gửi đề xuất")
FILING = _("Nhận hồ sơ đăng ký chủ trì")


def draft_call(*, call: TaskCall, actor: Any, on: date) -> TaskCall:
    """Begin a notice.

    Raises: NotPermitted.
    """
    may_enter(actor).enforce()
    enter(CALL_WORKFLOW, call, actor=actor, on=on, label=_("soạn thông báo"))
    return call


def enter_call_values(*, values: dict[str, Any], actor: Any, on: date) -> TaskCall:
    """Begin a notice from the answers of the form.

    Raises: NotPermitted.
    """
    said = {"division": actor.division, **values}
    return draft_call(call=TaskCall(office=actor.working_office, **said), actor=actor, on=on)


def open_notice(*, call: TaskCall, number: str, opens_on: date, closes_on: date, actor: Any, on: date) -> TaskCall:
    """Record that the notice was published.

    Raises: NotPermitted; NotPossible.
    """
    label = CALL_WORKFLOW.by_name["open"].label
    refuse_days(call, label, on, (_("Ngày bắt đầu nhận"), opens_on))
    if closes_on < opens_on:
        raise NotPossible(call, label, [_("Ngày kết thúc nhận sớm hơn ngày bắt đầu.")])
    call.number, call.opens_on, call.closes_on = number, opens_on, closes_on
    perform(CALL_WORKFLOW, "open", call, actor=actor, on=on)
    return call


def close_notice(*, call: TaskCall, actor: Any, on: date) -> TaskCall:
    """Record that nothing more is taken on this notice.

    Raises: NotPermitted; NotPossible.
    """
    perform(CALL_WORKFLOW, "close", call, actor=actor, on=on)
    return call


def cancel_notice(*, call: TaskCall, actor: Any, on: date, note: str) -> TaskCall:
    """Cancel the notice, with the reason.

    Raises: NotPermitted; NotPossible.
    """
    perform(CALL_WORKFLOW, "cancel", call, actor=actor, on=on, note=note)
    return call


def receive_proposal(*, proposal: TaskProposal, actor: Any, on: date) -> TaskProposal:
    """Enter a proposal.

    Raises: NotPermitted; NotPossible, for one that came before, outside the time of its notice, or without a proposer.
    """
    may_enter(actor).enforce()
    if faults := proposal_faults(proposal, on):
        raise NotPossible(proposal, RECEIVING, faults)
    enter(PROPOSAL_WORKFLOW, proposal, actor=actor, on=on, label=_("nhận đề xuất nhiệm vụ"))
    return proposal


def send_proposal(*, proposal: TaskProposal, actor: Any, on: date) -> TaskProposal:
    """Send a proposal on line for a notice that takes them today; who sends it follows what becomes of it.

    Raises: NotPermitted; NotPossible, for a notice that takes none today or a proposal that came before.
    """
    may_propose(actor).enforce()
    proposal.sent_by, proposal.received_on = actor, on
    faults = proposal_faults(proposal, on, sender=actor)
    if proposal.call is None:
        faults.append(_("Chọn thông báo mà đề xuất này gửi theo."))
    if faults:
        raise NotPossible(proposal, SENDING, faults)
    enter(PROPOSAL_WORKFLOW, proposal, actor=actor, on=on, label=_("gửi đề xuất nhiệm vụ trực tuyến"))
    return proposal


def proposal_faults(proposal: TaskProposal, on: date, *, sender: Any = None) -> list[str]:
    """Return why a proposal cannot be received, in sentences.

    `sender`: somebody outside, who is not told the code of a proposal that another sent.
    """
    faults = []
    if proposal.proposer is None and not proposal.proposer_text.strip():
        faults.append(_("Ghi tổ chức hoặc người đề xuất."))
    if proposal.received_on > on:
        faults.append(_("Ngày nhận {day} chưa đến.").format(day=formats.day(proposal.received_on)))
    if proposal.received_on.year < proposal.plan_year - EARLIEST:
        words = _("Ngày nhận {day} quá sớm cho kế hoạch năm {year}; kiểm tra lại ngày hoặc năm.")
        faults.append(words.format(day=formats.day(proposal.received_on), year=proposal.plan_year))
    if proposal.outside_vnd is not None and proposal.outside_vnd > (proposal.budget_vnd or 0):
        faults.append(_("Kinh phí ngoài ngân sách lớn hơn tổng kinh phí dự kiến."))
    call = proposal.call
    if call is not None and not _takes(call, CallKind.PROPOSALS, proposal.received_on):
        faults.append(
            _("Thông báo {code} không nhận đề xuất ngày {day}.").format(
                code=call.code, day=formats.day(proposal.received_on)
            )
        )
    if (earlier := same_proposal(proposal)) is not None and sender is not None and earlier.sent_by_id != sender.pk:
        faults.append(_("Đề xuất này của bên đề xuất ấy đã được nhận. Liên hệ Sở nếu cần bổ sung."))
    elif earlier is not None:
        words = _("Trùng với đề xuất {code} của cùng bên đề xuất cho kế hoạch năm {year}, nhận {day}; mở đề xuất ấy.")
        faults.append(words.format(code=earlier.code, year=earlier.plan_year, day=formats.day(earlier.received_on)))
    return faults


def same_proposal(proposal: TaskProposal) -> TaskProposal | None:
    """Return an earlier proposal of the same name by the same proposer for the same year, None where there is none."""
    rows = TaskProposal.objects.standing().filter(office=proposal.office, plan_year=proposal.plan_year)
    rows = rows.exclude(state=ProposalState.WITHDRAWN).select_related("proposer")
    wanted = _proposal_key(proposal)
    return next((row for row in rows if row.pk != proposal.pk and _proposal_key(row) == wanted), None)


def enter_proposal_values(*, values: dict[str, Any], actor: Any, on: date) -> TaskProposal:
    """Receive a proposal from the answers of the form.

    Raises: NotPermitted; NotPossible.
    """
    said = {"division": actor.division, **values}
    return receive_proposal(proposal=TaskProposal(office=actor.working_office, **said), actor=actor, on=on)


def screen_proposal(*, proposal: TaskProposal, similarity_note: str, actor: Any, on: date) -> TaskProposal:
    """Record what holding the proposal against earlier tasks and proposals showed.

    Raises: NotPermitted; NotPossible.
    """
    proposal.similarity_note, proposal.similarity_on = similarity_note, on
    perform(PROPOSAL_WORKFLOW, "screen", proposal, actor=actor, on=on)
    return proposal


def group_proposal(*, proposal: TaskProposal, task: ResearchTask, actor: Any, on: date) -> TaskProposal:
    """Put the proposal into a task, perhaps along with others.

    Raises: NotPermitted; NotPossible, for a task of another office or one that is past its list.
    """
    label = PROPOSAL_WORKFLOW.by_name["group"].label
    refuse_withdrawn(task, label)
    if task.office_id != proposal.office_id or task.state not in (TaskState.PROPOSED, TaskState.SCREENED):
        words = _("Nhiệm vụ {code} không còn nhận thêm đề xuất: chỉ gộp khi nhiệm vụ chưa ra hội đồng xác định.")
        raise NotPossible(proposal, label, [words.format(code=task.code)])
    proposal.task = task
    perform(PROPOSAL_WORKFLOW, "group", proposal, actor=actor, on=on)
    return proposal


def task_from(*, proposal: TaskProposal, actor: Any, on: date) -> ResearchTask:
    """Make a proposed task of a screened proposal, with what it says, and put the proposal into it.

    Raises: NotPermitted; NotPossible.
    """
    copied = ("title", "objectives", "content", "expected", "user_text", "division", "place", "field", "office")
    task = ResearchTask(**{name: getattr(proposal, name) for name in copied})
    task.confidentiality, task.provenance = proposal.confidentiality, proposal.provenance
    with recording(actor=actor, verb="task-from-proposal", label=_("lập nhiệm vụ từ đề xuất"), on=on):
        may_enter(actor).enforce()
        enter(TASK_WORKFLOW, task, actor=actor, on=on, label=_("lập nhiệm vụ từ đề xuất"))
        group_proposal(proposal=proposal, task=task, actor=actor, on=on)
    return task


def reject_proposal(*, proposal: TaskProposal, actor: Any, on: date, note: str) -> TaskProposal:
    """Leave the proposal out, with the reason.

    Raises: NotPermitted; NotPossible.
    """
    perform(PROPOSAL_WORKFLOW, "reject", proposal, actor=actor, on=on, note=note)
    return proposal


def withdraw_proposal(*, proposal: TaskProposal, actor: Any, on: date, note: str) -> TaskProposal:
    """Record that the proposer took the proposal back.

    Raises: NotPermitted; NotPossible.
    """
    perform(PROPOSAL_WORKFLOW, "withdraw", proposal, actor=actor, on=on, note=note)
    return proposal


def file_application(*, application: TaskApplication, actor: Any, on: date) -> TaskApplication:
    """Enter a dossier that applies for a task.

    Raises: NotPermitted; NotPossible, while the task takes none that day, or for a second one of the same host.
    """
    may_enter(actor).enforce()
    task = application.task
    application.title = application.title or _("{host} đăng ký {task}").format(
        host=application.host.kept_name, task=task.kept_name
    )
    with recording(actor=actor, verb="file-application", label=_("nhận hồ sơ đăng ký chủ trì"), on=on):
        task.settle()
        if faults := _application_faults(application, on):
            raise NotPossible(task, FILING, faults)
        enter(APPLICATION_WORKFLOW, application, actor=actor, on=on, label=_("nhận hồ sơ đăng ký chủ trì"))
    return application


def check_application(*, application: TaskApplication, is_valid: bool, findings: str, actor: Any, on: date) -> Any:
    """Record whether the dossier is valid; one that is not, with what is wrong.

    Raises: NotPermitted; NotPossible, for a host that owes the State money past its day; RuleUnknown.
    """
    if is_valid and (owed := _debt_faults(application, actor, on)):
        raise NotPossible(application, APPLICATION_WORKFLOW.by_name["find_valid"].label, owed)
    application.checked_on, application.findings = on, findings
    step = "find_valid" if is_valid else "find_invalid"
    perform(APPLICATION_WORKFLOW, step, application, actor=actor, on=on, note=findings)
    return application


def withdraw_application(*, application: TaskApplication, actor: Any, on: date, note: str) -> TaskApplication:
    """Record that the host took the dossier back.

    Raises: NotPermitted; NotPossible.
    """
    perform(APPLICATION_WORKFLOW, "withdraw", application, actor=actor, on=on, note=note)
    return application


def _debt_faults(application: TaskApplication, actor: Any, on: date) -> list[str]:
    """Return that the host owes money asked back; tasks that the actor may not know of are not named."""
    owing = debts_of(application.host, on)
    if not owing:
        return []
    visible = ResearchTask.objects.visible_to(actor).filter(pk__in=[one.pk for one in owing])
    named = ", ".join(visible.order_by("pk").values_list("code", flat=True)) or _("một nhiệm vụ khác")
    rule = rule_of(owing[0], f"research.limit.{RECOVERING}", on)
    words = _("{host} quá hạn hoàn trả kinh phí bị thu hồi của {tasks}, không được đăng ký chủ trì ({basis}).")
    return [words.format(host=application.host.listed_name, tasks=named, basis=rule.legal_basis)]


def _takes(call: TaskCall, kind: CallKind, day: date) -> bool:
    if call.kind != kind or call.state not in (CallState.OPEN, CallState.CLOSED):
        return False
    return bool(call.opens_on and call.closes_on and call.opens_on <= day <= call.closes_on)


def _proposal_key(proposal: TaskProposal) -> tuple[str, Any]:
    proposer: Any = proposal.proposer_id or name_key(proposal.proposer_text)
    return _words_of(proposal.title), proposer


def _words_of(title: str) -> str:
    """Return the words of a title: signs between and after them tell no two proposals apart."""
    return " ".join(re.findall(r"\w+", name_key(title)))


def _application_faults(application: TaskApplication, on: date) -> list[str]:
    task, day = application.task, application.filed_on
    faults = []
    if task.state != TaskState.CALL_OPEN:
        faults.append(_("Nhiệm vụ không đang nhận hồ sơ."))
    elif not (task.call_opens_on or day) <= day <= (task.call_closes_on or day):
        words = _("Ngày nộp {day} ngoài thời gian nhận hồ sơ ({first} đến {last}).")
        faults.append(
            words.format(
                day=formats.day(day),
                first=formats.day(task.call_opens_on),
                last=formats.day(task.call_closes_on),
            )
        )
    if day > on:
        faults.append(_("Ngày nộp {day} chưa đến.").format(day=formats.day(day)))
    again = task.applications.standing().filter(host=application.host, state__in=IN_THE_RUNNING)
    if earlier := again.first():
        faults.append(_("Tổ chức này đã nộp hồ sơ {code} cho nhiệm vụ.").format(code=earlier.code))
    return faults
