"""Who drafts, who records what was issued, who plans."""

from __future__ import annotations

from typing import Any

from khcn.kernel.access.decisions import Decision, requires
from khcn.kernel.access.roles import Role
from khcn.language.words import words as _
from khcn.parties.models import organisation_ids_of

DRAFTER_WORDS = _("Chuyên viên, lãnh đạo phòng của phòng phụ trách; lãnh đạo Sở")
ISSUE_WORDS = _("Phòng phụ trách, văn thư, lãnh đạo Sở")
REPORTER_WORDS = _("Cơ quan chịu trách nhiệm chỉ tiêu; phòng phụ trách chương trình, lãnh đạo Sở")
DECIDER_WORDS = _("Phòng phụ trách chương trình, lãnh đạo Sở; không phải người đã nhập số liệu")


def may_draft(actor: Any, _record: Any = None) -> Decision:
    """Decide whether the actor may begin a document, a programme or a plan: a specialist, a head, a director."""
    return requires(
        actor.holds(Role.SPECIALIST, Role.DIVISION_HEAD, Role.DIRECTOR),
        _("Chỉ chuyên viên, lãnh đạo phòng hoặc lãnh đạo Sở được soạn văn bản, chương trình, kế hoạch."),
    )


def may_advance(actor: Any, record: Any) -> Decision:
    """Decide whether the actor may take a step of drafting: staff of the division in charge, or a director."""
    return may_draft(actor) & _in_charge(actor, record)


def may_record_issue(actor: Any, record: Any) -> Decision:
    """Decide whether the actor may record number and day of what was signed: the division in charge or a clerk."""
    clerk = requires(actor.holds(Role.CLERK), _("Chỉ phòng phụ trách hoặc văn thư ghi nhận được việc ban hành."))
    return may_advance(actor, record) | (clerk & _in_office(actor, record))


def _in_office(actor: Any, record: Any) -> Decision:
    return requires(record.office_id == actor.office_id, _("Hồ sơ thuộc sổ của cơ quan quản lý khác."))


def _in_charge(actor: Any, record: Any) -> Decision:
    return _in_office(actor, record) & requires(
        actor.holds(Role.DIRECTOR) or record.division_id is None or record.division_id in actor.division_ids,
        _("Hồ sơ thuộc phòng khác phụ trách."),
    )


def may_report_value(actor: Any, target: Any) -> Decision:
    """Decide whether the actor may report a value: the agency that answers, or the officer who has it on paper."""
    ids = organisation_ids_of(actor) if actor.holds(Role.ASSIGNED_AGENCY) else []
    answers = target.owner_organisation_id is not None and target.owner_organisation_id in ids
    agency = requires(
        answers, _("Chỉ cơ quan chịu trách nhiệm chỉ tiêu hoặc phòng phụ trách chương trình báo cáo được.")
    )
    return (agency & _in_office(actor, target)) | may_advance(actor, target.programme)


def may_import_target(actor: Any, programme: Any) -> Decision:
    """Decide whether the actor may bring in a target of the programme: who keeps its targets, or an administrator."""
    return may_advance(actor, programme) | _administers(actor, programme)


def may_import_value(actor: Any, target: Any) -> Decision:
    """Decide whether the actor may bring in a value of the target: who may report it, or an administrator."""
    return may_report_value(actor, target) | _administers(actor, target)


def _administers(actor: Any, record: Any) -> Decision:
    administrator = requires(actor.holds(Role.ADMINISTRATOR), _("Chỉ quản trị hệ thống nhập được từ tệp."))
    return administrator & _in_office(actor, record)


def may_decide_report(actor: Any, report: Any) -> Decision:
    """Decide whether the actor may accept or return a value: the programme's officers, not the one who entered it."""
    return may_advance(actor, report.target.programme) & requires(
        report.reported_by_id is None or report.reported_by_id != actor.pk,
        _("Người đã nhập số liệu không được tự chấp nhận hay trả lại."),
    )


def may_follow_target(actor: Any, target: Any) -> Decision:
    """Decide whether the actor may set or drop a target: the programme's officers."""
    return may_advance(actor, target.programme)
