"""Who may bring files into a register, and what an import may change there."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from khcn.kernel.access.decisions import ALLOWED, Decision, requires
from khcn.kernel.access.roles import Role
from khcn.kernel.identity.models import Office
from khcn.kernel.records.registry import Register
from khcn.language.words import words as _

ABOVE_DIVISIONS = frozenset({Role.DIRECTOR, Role.ADMINISTRATOR})


def may_import(actor: Any, register: Register) -> Decision:
    """Decide whether the actor may import: an administrator, or whoever may enter records one by one.

    No actor means the system itself, at the command line.
    """
    takes_files = requires(
        any(column.importable for column in register.columns),
        _("Sổ «{label}» không nhận dữ liệu từ tệp.").format(label=register.label),
    )
    if actor is None:
        return takes_files
    administrator = requires(
        actor.holds(Role.ADMINISTRATOR), _("Bạn không được nhập dữ liệu vào sổ «{label}».").format(label=register.label)
    )
    if register.may_create is None:
        return takes_files & administrator
    decision: Decision = register.may_create(actor)
    return takes_files & (administrator | decision)


def may_import_classes(actor: Any) -> Decision:
    """Decide whether the actor may take codes from a file: administrators, and the system itself."""
    return requires(
        actor is None or actor.holds(Role.ADMINISTRATOR), _("Chỉ quản trị hệ thống được nhập bảng phân loại từ tệp.")
    )


def may_overwrite(actor: Any, register: Register, record: Any) -> Decision:
    """Decide whether an import by the actor may change a record that exists, and that the actor sees.

    Those above the divisions may; others only where the record is not of another division, and its register, if it
    says who may correct records, lets them.
    """
    if stands_above_divisions(actor, record.office):
        return ALLOWED
    near = requires(
        record.division_id is None or record.division_id in actor.division_ids, _("hồ sơ thuộc phòng khác phụ trách")
    )
    if not near or register.may_edit is None:
        return near & requires(
            record.division_id is not None, _("hồ sơ chưa có phòng phụ trách; nhờ quản trị hệ thống")
        )
    decision: Decision = register.may_edit(actor, record)
    return decision


def may_change_visibility(actor: Any, record: Any) -> Decision:
    """Decide whether an import by the actor may change who knows of the record.

    Those above the divisions may, and the head of the division in charge.
    """
    heads = record.division_id is not None and actor is not None
    return requires(
        stands_above_divisions(actor, record.office)
        or (heads and actor.holds(Role.DIVISION_HEAD, division=record.division_id)),
        _("chỉ lãnh đạo Sở, lãnh đạo phòng phụ trách hoặc quản trị hệ thống được đổi phạm vi biết hồ sơ"),
    )


def may_declare_past(actor: Any, office: Office | None) -> Decision:
    """Decide whether the actor may declare since when the office's old data was known: past figures move with it.

    An administrator of that office may, and the system itself.
    """
    return requires(
        actor is None or (office is not None and _holds_in(office, actor, {Role.ADMINISTRATOR})),
        _(
            "Chỉ quản trị hệ thống được khai dữ liệu đã biết từ trước, vì số liệu các kỳ đã qua đổi theo. "
            "Bỏ phần khai này để nhập như dữ liệu mới, hoặc nhờ quản trị hệ thống nhập."
        ),
    )


def stands_above_divisions(actor: Any, office: Office) -> bool:
    """Tell whether the actor brings data for every division; no actor means the system itself.

    What they may know of is another matter: an administrator brings codes along and reads nothing confidential.
    """
    return actor is None or _holds_in(office, actor, ABOVE_DIVISIONS)


def _holds_in(office: Office, actor: Any, roles: Collection[str]) -> bool:
    return any(grant.office_id == office.pk and grant.role in roles for grant in actor.grants)
