"""Who may bring files into a register."""

from __future__ import annotations

from typing import Any

from khcn.kernel.access.decisions import Decision, requires
from khcn.kernel.access.roles import Role
from khcn.kernel.records.registry import Register

ABOVE_DIVISIONS = (Role.DIRECTOR, Role.ADMINISTRATOR)


def may_import(actor: Any, register: Register) -> Decision:
    """Decide whether the actor may import: an administrator, or whoever may enter records one by one.

    No actor means the system itself, at the command line.
    """
    takes_files = requires(
        any(column.importable for column in register.columns), f"Sổ «{register.label}» không nhận dữ liệu từ tệp."
    )
    if actor is None:
        return takes_files
    administrator = requires(actor.holds(Role.ADMINISTRATOR), f"Bạn không được nhập dữ liệu vào sổ «{register.label}».")
    if register.may_create is None:
        return takes_files & administrator
    decision: Decision = register.may_create(actor)
    return takes_files & (administrator | decision)


def may_overwrite(actor: Any, record: Any) -> Decision:
    """Decide whether an import by the actor may change a record that exists: not one of another division."""
    return requires(
        actor is None
        or actor.holds(*ABOVE_DIVISIONS)
        or record.division_id is None
        or record.division_id in actor.division_ids,
        "hồ sơ đã có thuộc phòng khác phụ trách",
    )
