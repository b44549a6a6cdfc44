"""Give work, let it rest, withdraw it, and say when continuous work ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings

from khcn.assignments.models import Assignment, Coordinator
from khcn.assignments.permissions import (
    may_give,
    may_monitor,
)
from khcn.assignments.services.clocks import (
    REVIEW,
    close_clocks,
    let_clock_run,
    move_clock,
    open_clocks,
    open_review,
    stop_clock,
)
from khcn.assignments.services.refusing import refuse, refuse_early_day
from khcn.assignments.states import DATED, AssignmentState, DeadlinePrecision
from khcn.assignments.workflow import ASSIGNMENT_WORKFLOW
from khcn.kernel.identity.models import Division, Office
from khcn.kernel.obligations.services import close_obligations
from khcn.kernel.records.links import Link, LinkKind, link_records
from khcn.kernel.records.record import Provenance, Record
from khcn.kernel.records.recording import recording
from khcn.kernel.workflow.services import enter, perform
from khcn.kernel.workflow.standing import refuse_withdrawn
from khcn.language.words import words as _
from khcn.parties.models import Organisation
from khcn.ui import formats


def give_assignment(
    *, assignment: Assignment, coordinators: Sequence[Organisation | Division] = (), actor: Any, on: date
) -> Assignment:
    """Give the work to its lead, with those who help, and open what falls due by its deadline.

    A date without a precision counts as said to the day. The origin, where it is a record, is linked as basis.
    Raises: NotPermitted; NotPossible, if the lead or the deadline is not said properly.
    """
    may_give(actor, assignment).enforce()
    _complete(assignment, on)
    late = _("Ngày giao {assigned_on} chưa đến. Ghi ngày {on} hoặc sớm hơn.").format(
        assigned_on=formats.day(assignment.assigned_on), on=formats.day(on)
    )
    refuse(assignment, _("Giao nhiệm vụ"), {late: assignment.assigned_on > on})
    with recording(actor=actor, verb="give", label=_("giao nhiệm vụ"), on=on):
        enter(ASSIGNMENT_WORKFLOW, assignment, actor=actor, on=on, label=_("giao nhiệm vụ"))
        for party in dict.fromkeys(coordinators):
            add_coordinator(assignment=assignment, party=party)
        if assignment.origin is not None:
            link_records(source=assignment, target=assignment.origin, kind=LinkKind.BASIS, actor=actor)
        open_clocks(assignment, actor)
    return assignment


def add_coordinator(*, assignment: Assignment, party: Organisation | Division) -> Coordinator:
    """Name one who helps the lead, inside the change under way.

    Raises: UnrecordedChange.
    """
    side = {"organisation": party} if isinstance(party, Organisation) else {"division": party}
    helper = Coordinator(assignment=assignment, **side)
    helper.save()
    return helper


def import_assignment(
    values: dict[str, Any], *, actor: Any, on: date, known_from: datetime | None = None
) -> Assignment:
    """Enter one assignment of an import sheet, in the state the sheet says; what is not done falls due.

    `values`: importable columns by name. Without an actor the system itself imports, into the office of this
    installation. Raises: NotPermitted; NotPossible.
    """
    office = actor.working_office if actor is not None else Office.objects.get(code=settings.OFFICE)
    assignment = Assignment(**{"office": office, "provenance": Provenance.IMPORTED, **values})
    if actor is not None:
        may_give(actor, assignment).enforce()
    assignment.state = assignment.state or AssignmentState.GIVEN
    _complete(assignment, assignment.assigned_on or on)
    closed = assignment.state == AssignmentState.CLOSED
    undated = closed and (assignment.completed_on is None or assignment.closed_on is None)
    refuse(
        assignment, _("Nhập nhiệm vụ"), {_("Nhiệm vụ đã hoàn thành phải có ngày hoàn thành và ngày xác nhận."): undated}
    )
    label = _("nhập nhiệm vụ từ tệp")
    with recording(actor=actor, verb="import", label=label, on=on, known_from=known_from, imported=True):
        assignment.save()
        if not ASSIGNMENT_WORKFLOW.state_info(assignment.state).final:
            open_clocks(assignment, actor)
    return assignment


def link_chain_paper(*, assignment: Assignment, paper: Record, actor: Any, on: date) -> Link:
    """Link the paper by which the work reaches its lead, e.g. the Committee's where the department only advises.

    Raises: NotPermitted; NotPossible.
    """
    may_give(actor, assignment).enforce()
    refuse_withdrawn(assignment, _("Gắn văn bản giao"))
    with recording(actor=actor, verb="link-paper", label=_("gắn văn bản giao"), on=on):
        return link_records(source=assignment, target=paper, kind=LinkKind.PAPER, actor=actor)


def suspend_assignment(*, assignment: Assignment, on: date, actor: Any, note: str) -> Assignment:
    """Let the work rest, with the reason; it is neither overdue nor done meanwhile.

    Raises: NotPermitted; NotPossible.
    """
    refuse_early_day(assignment, _("Tạm dừng", "step"), on)
    assignment.suspended_on = on
    with recording(actor=actor, verb="suspend", label=_("tạm dừng nhiệm vụ"), on=on):
        perform(ASSIGNMENT_WORKFLOW, "suspend", assignment, actor=actor, on=on, note=note)
        stop_clock(assignment, on=on, reason=note, actor=actor)
    return assignment


def resume_assignment(
    *, assignment: Assignment, on: date, actor: Any, due_on: date | None = None, note: str = ""
) -> Assignment:
    """Let the work go on; whoever decides may set another deadline, else the old one stands.

    Raises: NotPermitted; NotPossible.
    """
    refuse_early_day(assignment, _("Cho làm tiếp"), on)
    early = due_on is not None and due_on < assignment.assigned_on
    refuse(assignment, _("Cho làm tiếp"), {_("Hạn phải từ ngày giao trở đi."): early})
    assignment.suspended_on = None
    if due_on is not None:
        assignment.due_on, assignment.precision = due_on, DeadlinePrecision.DAY
    with recording(actor=actor, verb="resume", label=_("cho làm tiếp"), on=on):
        perform(ASSIGNMENT_WORKFLOW, "resume", assignment, actor=actor, on=on, note=note)
        let_clock_run(assignment, on=on, actor=actor)
        if due_on is not None:
            move_clock(assignment, actor=actor, why=note or _("Đặt hạn mới khi cho làm tiếp"))
    return assignment


def cancel_assignment(*, assignment: Assignment, on: date, actor: Any, note: str) -> Assignment:
    """Withdraw the work with the reason; it stays in the register and its clock ends.

    Raises: NotPermitted; NotPossible.
    """
    refuse_early_day(assignment, _("Không phải làm nữa"), on)
    assignment.completed_on = None
    with recording(actor=actor, verb="cancel", label=_("rút nhiệm vụ đã giao"), why=note, on=on):
        perform(ASSIGNMENT_WORKFLOW, "cancel", assignment, actor=actor, on=on, note=note)
        # Afterwards: no step is taken on a record that is withdrawn.
        assignment.withdrawn_on, assignment.withdrawal_reason = on, note
        assignment.save()
        let_clock_run(assignment, on=on, actor=actor)
        close_clocks(assignment, on=on, actor=actor, cancelled=True)
    return assignment


def set_closing_rule(
    *, assignment: Assignment, closing_rule: str, review_on: date | None, actor: Any, on: date
) -> Assignment:
    """Say when continuous work counts as done and when it is looked at again.

    Raises: NotPermitted; NotPossible, for work with a deadline.
    """
    may_monitor(actor, assignment).enforce()
    fits = assignment.precision == DeadlinePrecision.CONTINUOUS
    refuse(assignment, _("Đặt quy tắc kết thúc"), {_("Chỉ việc thường xuyên có quy tắc kết thúc."): not fits})
    assignment.closing_rule, assignment.review_on = closing_rule, review_on
    with recording(actor=actor, verb="set-closing-rule", label=_("đặt quy tắc kết thúc"), why=closing_rule, on=on):
        assignment.save()
        close_obligations(record=assignment, kinds=(REVIEW,), on=on, actor=actor)
        open_review(assignment, actor)
    return assignment


def _complete(assignment: Assignment, on: date) -> None:
    assignment.assigned_on = assignment.assigned_on or on
    if assignment.due_on is not None and assignment.precision not in DATED:
        assignment.precision = DeadlinePrecision.DAY
    assignment.original_due_on = assignment.due_on
    assignment.division = assignment.division or assignment.lead_division
    leads = [party for party in (assignment.lead_organisation, assignment.lead_division) if party is not None]
    due = assignment.due_on
    refuse(
        assignment,
        _("Giao nhiệm vụ"),
        {
            _("Ghi nội dung nhiệm vụ."): not assignment.title.strip(),
            _("Chọn đúng một đơn vị chủ trì: cơ quan ngoài Sở hoặc một phòng của Sở."): len(leads) != 1,
            _("Thời hạn có độ rõ nhưng thiếu ngày."): due is None and assignment.precision in DATED,
            _("Hạn phải từ ngày giao trở đi."): due is not None and due < assignment.assigned_on,
        },
    )
