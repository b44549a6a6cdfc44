"""Ask for more time, decide on it, remind."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.urls import reverse

from khcn.assignments.models import Assignment, Extension, Urging
from khcn.assignments.permissions import (
    may_decide_extension,
    may_request_extension,
    may_urge,
)
from khcn.assignments.services.clocks import DUTY, move_clock
from khcn.assignments.services.refusing import refuse
from khcn.assignments.states import DeadlinePrecision, ExtensionOutcome
from khcn.kernel.access.roles import Role
from khcn.kernel.notices.services import notify
from khcn.kernel.obligations.audience import People
from khcn.kernel.obligations.models import Obligation
from khcn.kernel.obligations.states import UrgingLevel
from khcn.kernel.records.recording import recording
from khcn.language.words import words as _
from khcn.ui import formats


def request_extension(
    *, assignment: Assignment, reason: str, requested_due_on: date, actor: Any, on: date
) -> Extension:
    """Ask for more time; the deadline in force stands until someone decides.

    Raises: NotPermitted; NotPossible, e.g. without a reason, or while another request waits.
    """
    may_request_extension(actor, assignment).enforce()
    waiting = assignment.extensions.filter(outcome=ExtensionOutcome.PENDING).exists()
    refuse(
        assignment,
        _("Xin gia hạn"),
        {
            _("Nhiệm vụ không ở trạng thái đang làm."): not assignment.is_open,
            _("Nêu lý do xin gia hạn."): not reason.strip(),
            _("Hạn xin đến phải sau hạn hiện nay."): bool(assignment.due_on and requested_due_on <= assignment.due_on),
            _("Hạn xin đến phải sau ngày xin."): requested_due_on <= on,
            _("Đã có một đề nghị gia hạn chờ quyết định."): waiting,
        },
    )
    with recording(actor=actor, verb="request-extension", label=_("xin gia hạn"), why=reason, on=on) as change:
        asked = Extension(
            assignment=assignment,
            requested_on=on,
            requested_by=actor,
            reason=reason,
            previous_due_on=assignment.due_on,
            requested_due_on=requested_due_on,
        )
        asked.save()
        _tell_deciders(asked, at=change.at)
    return asked


def decide_extension(
    *, extension: Extension, approved: bool, actor: Any, on: date, note: str = "", due_on: date | None = None
) -> Extension:
    """Answer a request for more time; granting moves the deadline, to `due_on` or to the day asked for.

    Raises: NotPermitted; NotPossible, if it was answered already or the work is no longer open.
    """
    assignment = extension.assignment
    may_decide_extension(actor, extension).enforce()
    refuse(
        assignment,
        _("Quyết định gia hạn"),
        {
            _("Đề nghị này đã có quyết định."): extension.outcome != ExtensionOutcome.PENDING,
            _("Nhiệm vụ không ở trạng thái đang làm."): approved and not assignment.is_open,
            _("Ghi lý do không đồng ý."): not approved and not note.strip(),
            _("Hạn được gia phải từ ngày giao trở đi."): approved and bool(due_on and due_on < assignment.assigned_on),
        },
    )
    extension.outcome = ExtensionOutcome.GRANTED if approved else ExtensionOutcome.REFUSED
    extension.decided_on, extension.decided_by, extension.decision_note = on, actor, note
    label = _("đồng ý gia hạn") if approved else _("không đồng ý gia hạn")
    with recording(actor=actor, verb="decide-extension", label=label, why=note or extension.reason, on=on) as change:
        if approved:
            extension.granted_due_on = due_on or extension.requested_due_on
            assignment.due_on, assignment.precision = extension.granted_due_on, DeadlinePrecision.DAY
            assignment.save()
            move_clock(assignment, actor=actor, why=note or extension.reason)
        extension.save()
        _tell_asker(extension, at=change.at)
    return extension


def _tell_deciders(asked: Extension, *, at: datetime) -> None:
    """Tell those who may answer, and who stands in for them; a waiting request must not depend on being found."""
    assignment = asked.assignment
    people = People(assignment.office, asked.requested_on)
    words = _("{lead_text} xin gia hạn {code} đến {requested_due_on}").format(
        lead_text=assignment.lead_text, code=assignment.code, requested_due_on=formats.day(asked.requested_due_on)
    )
    url = reverse("assignment-extension-decision", args=[assignment.code, asked.pk])
    visible = Assignment.objects.filter(pk=assignment.pk)
    for user in people.with_stand_ins(people.holders(Role.MONITOR, Role.DIRECTOR)):
        if may_decide_extension(user, asked) and visible.visible_to(user).exists():
            notify(user=user, text=f"{words}: {asked.reason}", url=url, at=at)


def _tell_asker(answered: Extension, *, at: datetime) -> None:
    assignment = answered.assignment
    words = _("Hạn giữ nguyên {previous_due_on}: {decision_note}").format(
        previous_due_on=formats.day(answered.previous_due_on), decision_note=answered.decision_note
    )
    if answered.granted_due_on is not None:
        words = _("Hạn mới {granted_due_on}. {decision_note}").format(
            granted_due_on=formats.day(answered.granted_due_on), decision_note=answered.decision_note
        )
    text = _("{code}: {answered} gia hạn. {words}").format(
        code=assignment.code, answered=answered.get_outcome_display().lower(), words=words
    )
    url = f"{reverse('record', args=[assignment.REGISTER, assignment.code])}#gia-han"
    notify(user=answered.requested_by, text=text, url=url, at=at)


def urge(*, assignment: Assignment, level: UrgingLevel, text: str, actor: Any, on: date) -> Urging:
    """Remind the lead, and keep who was reminded of which deadline.

    Raises: NotPermitted; NotPossible, where nothing is owed or nothing is said.
    """
    may_urge(actor, assignment).enforce()
    refuse(
        assignment,
        _("Đôn đốc", "step"),
        {
            _("Nhiệm vụ không ở trạng thái đang làm."): not assignment.is_open,
            _("Ghi nội dung đôn đốc."): not text.strip(),
        },
    )
    with recording(
        actor=actor, verb="urge", label=_("đôn đốc: {label}").format(label=level.label.lower()), why=text, on=on
    ):
        reminder = Urging(
            assignment=assignment, urged_on=on, urged_by=actor, level=level, due_on=assignment.due_on, text=text
        )
        reminder.save()
    return reminder


def note_urging(duty: Obligation, level: UrgingLevel, text: str, on: date) -> None:
    """Keep with the work that the system itself reminded of it; duties of other registers are passed over."""
    if duty.register != Assignment.REGISTER or duty.kind != DUTY:
        return
    with recording(
        actor=None, verb="urge", label=_("đôn đốc: {label}").format(label=level.label.lower()), why=text, on=on
    ):
        Urging(assignment_id=duty.record_id, urged_on=on, level=level, due_on=duty.effective_on, text=text).save()
