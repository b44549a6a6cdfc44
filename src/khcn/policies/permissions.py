"""Who drafts, who records what was issued, who plans."""

from __future__ import annotations

from typing import Any

from khcn.kernel.access.decisions import Decision, requires
from khcn.kernel.access.roles import Role

DRAFTER_WORDS = "Chuyên viên, lãnh đạo phòng của phòng phụ trách; lãnh đạo Sở"
ISSUE_WORDS = "Phòng phụ trách, văn thư, lãnh đạo Sở"


def may_draft(actor: Any, _record: Any = None) -> Decision:
    """Decide whether the actor may begin a document, a programme or a plan: a specialist, a head, a director."""
    return requires(
        actor.holds(Role.SPECIALIST, Role.DIVISION_HEAD, Role.DIRECTOR),
        "Chỉ chuyên viên, lãnh đạo phòng hoặc lãnh đạo Sở được soạn văn bản, chương trình, kế hoạch.",
    )


def may_advance(actor: Any, record: Any) -> Decision:
    """Decide whether the actor may take a step of drafting: staff of the division in charge, or a director."""
    return may_draft(actor) & _in_charge(actor, record)


def may_record_issue(actor: Any, record: Any) -> Decision:
    """Decide whether the actor may record number and day of what was signed: the division in charge or a clerk."""
    clerk = requires(actor.holds(Role.CLERK), "Chỉ phòng phụ trách hoặc văn thư ghi nhận được việc ban hành.")
    return may_advance(actor, record) | (clerk & _in_office(actor, record))


def _in_office(actor: Any, record: Any) -> Decision:
    return requires(record.office_id == actor.office_id, "Hồ sơ thuộc sổ của cơ quan quản lý khác.")


def _in_charge(actor: Any, record: Any) -> Decision:
    return _in_office(actor, record) & requires(
        actor.holds(Role.DIRECTOR) or record.division_id is None or record.division_id in actor.division_ids,
        "Hồ sơ thuộc phòng khác phụ trách.",
    )
