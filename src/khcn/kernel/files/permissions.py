"""Who may put files on records."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from khcn.kernel.access.decisions import Decision, requires
from khcn.kernel.records.record import Record
from khcn.language.words import words as _

Decider = Callable[[Any, Record], Decision]
_deciders: dict[str, Decider] = {}


def let_attach(register: str, decider: Decider) -> None:
    """Let a register's own decision say who else may put files on its records, e.g. the assigned agency."""
    _deciders[register] = decider


def may_attach(actor: Any, record: Record) -> Decision:
    """Decide whether the actor may put a file on the record: staff of its office, or whom the register lets."""
    staff = requires(
        actor.is_authenticated and actor.is_office_staff and actor.office_id == record.office_id,
        _("Chỉ cán bộ của cơ quan quản lý hồ sơ được đính kèm tệp."),
    )
    decider = _deciders.get(record.REGISTER)
    standing = requires(record.withdrawn_on is None, _("Hồ sơ đã thu hồi nên không đính kèm thêm được."))
    return standing & (staff | decider(actor, record) if decider else staff)
