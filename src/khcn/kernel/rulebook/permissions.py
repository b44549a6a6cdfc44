"""Who may change the rulebook, and who may read it."""

from __future__ import annotations

from typing import Any

from khcn.kernel.access.decisions import Decision, requires
from khcn.kernel.access.roles import Role
from khcn.kernel.rulebook.models import Rule
from khcn.language.words import words as _


def may_change_rules(actor: Any) -> Decision:
    """Decide whether the actor may change values at all: administrators."""
    return requires(actor.holds(Role.ADMINISTRATOR), _("Chỉ quản trị hệ thống được sửa bộ quy định."))


def may_change_rule(actor: Any, rule: Rule) -> Decision:
    """Decide whether the actor may change this value: administrators, those of the office whose own value it is."""
    return may_change_rules(actor) & requires(
        rule.office_id is None or rule.office_id == actor.office_id,
        _("Giá trị riêng của cơ quan khác do quản trị của cơ quan ấy sửa."),
    )


def may_read_rules(actor: Any) -> Decision:
    """Decide whether the actor may read the rulebook: everyone at work in the office."""
    return requires(actor.is_office_staff, _("Trang này dành cho cán bộ của Sở."))
