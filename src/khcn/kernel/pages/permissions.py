"""Who may enter, correct and withdraw records of any register; the registers themselves say more."""

from __future__ import annotations

from typing import Any

from khcn.kernel.access.decisions import Decision, requires
from khcn.kernel.access.roles import Role
from khcn.kernel.records.record import Record
from khcn.kernel.records.registry import Register
from khcn.language.words import words as _


def may_enter(actor: Any, register: Register) -> Decision:
    """Decide whether the actor may enter a record through the shared form."""
    open_to_forms = requires(
        register.enter is not None and register.may_create is not None,
        _("Sổ «{label}» không nhận hồ sơ mới qua biểu mẫu này.").format(label=register.label),
    )
    placed = requires(
        actor.office_id is not None,
        _("Tài khoản chưa thuộc cơ quan nào nên chưa thêm được hồ sơ. Báo quản trị gán cơ quan cho tài khoản."),
    )
    if not open_to_forms or not placed or register.may_create is None:
        return open_to_forms & placed
    decision: Decision = register.may_create(actor)
    return decision


def may_correct(actor: Any, register: Register, record: Record) -> Decision:
    """Decide whether the actor may correct the record: whom its register names, while it stands."""
    standing = requires(record.withdrawn_on is None, _("Hồ sơ đã thu hồi nên không sửa được."))
    if not register.editable or register.may_edit is None:
        return requires(False, _("Sổ «{label}» không cho sửa trực tiếp.").format(label=register.label))  # noqa: FBT003 (never holds)
    decision: Decision = register.may_edit(actor, record)
    return standing & decision


def may_withdraw(actor: Any, register: Register, record: Record) -> Decision:
    """Decide whether the actor may withdraw the record: a director of its office, the head of its division."""
    standing = requires(record.withdrawn_on is None, _("Hồ sơ đã thu hồi rồi."))
    if register.may_withdraw is not None:
        decision: Decision = register.may_withdraw(actor, record)
        return standing & decision
    heads = record.division_id is not None and actor.holds(Role.DIVISION_HEAD, division=record.division_id)
    return (
        standing
        & requires(
            actor.holds(Role.DIRECTOR) or heads,
            _("Chỉ lãnh đạo Sở hoặc lãnh đạo phòng phụ trách được thu hồi hồ sơ."),
        )
        & requires(record.office_id == actor.office_id, _("Hồ sơ thuộc sổ của cơ quan khác."))
    )


def may_read_office_pages(actor: Any) -> Decision:
    """Decide whether the actor may read the rulebook and who may do what: whoever works in the office."""
    return requires(actor.is_office_staff, _("Trang này dành cho cán bộ của Sở."))
