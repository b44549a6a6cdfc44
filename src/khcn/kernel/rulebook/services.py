"""Enter and change rule values."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from khcn.kernel.access.decisions import requires
from khcn.kernel.access.roles import Role
from khcn.kernel.identity.models import Office
from khcn.kernel.records.recording import recording
from khcn.kernel.rulebook.models import Rule
from khcn.kernel.rulebook.shipped import shipped_rules

ReplacedHook = Callable[[Rule, Rule, Any], None]
replaced_hooks: list[ReplacedHook] = []
"""Hooks of upper mechanisms, called inside the change: the value ended, the one that follows, who replaced it."""


def load_shipped_rules(*, actor: Any = None) -> int:
    """Enter the shipped rules that are not yet in the rulebook; what an office changed stays. Returns how many."""
    added = 0
    offices = {office.code: office for office in Office.objects.all()}
    with recording(actor=actor, verb="load-rules", label="nạp quy định kèm theo phần mềm"):
        for row in shipped_rules():
            office = offices.get(row.office)
            if row.office and office is None:
                continue  # the rule of an office which is not here must not become the country's
            if Rule.objects.filter(key=row.key, office=office, valid_from=row.valid_from).exists():
                continue
            Rule(
                key=row.key,
                label=row.label,
                value=row.value,
                unit=row.unit,
                office=office,
                valid_from=row.valid_from,
                valid_to=row.valid_to,
                legal_basis=row.legal_basis,
                confidence=row.confidence,
                note=row.note,
                shipped=True,
            ).save()
            added += 1
    return added


def replace_rule(
    *, rule: Rule, value: Any, valid_from: date, legal_basis: str, confidence: str, actor: Any, why: str
) -> Rule:
    """End a value the day before a new one begins; both stay readable, the reason is kept.

    Raises: NotPermitted; ValueError, without a reason or if the new value would begin outside the old one's validity.
    """
    requires(actor.holds(Role.ADMINISTRATOR), "Chỉ quản trị hệ thống được sửa bộ quy định.").enforce()
    if not why.strip():
        raise ValueError(f"Chưa sửa được «{rule.label}»: nêu lý do sửa.")
    if rule.valid_from and valid_from <= rule.valid_from:
        raise ValueError(
            f"Chưa sửa được «{rule.label}»: giá trị mới phải có hiệu lực sau ngày {rule.valid_from:%d/%m/%Y}."
        )
    if rule.valid_to and valid_from > rule.valid_to:
        raise ValueError(
            f"Chưa sửa được «{rule.label}»: giá trị này hết hiệu lực ngày {rule.valid_to:%d/%m/%Y}. "
            "Chọn giá trị đang có hiệu lực vào ngày bắt đầu của giá trị mới."
        )
    with recording(actor=actor, verb="replace-rule", label=f"thay giá trị quy định «{rule.label}»", why=why):
        ends = rule.valid_to  # where another value follows, the new one ends where the old one would have
        rule.valid_to = valid_from - timedelta(days=1)
        rule.save()
        fresh = Rule(
            key=rule.key,
            label=rule.label,
            value=value,
            unit=rule.unit,
            office=rule.office,
            valid_from=valid_from,
            valid_to=ends,
            legal_basis=legal_basis,
            confidence=confidence,
            note=why,
        )
        fresh.save()
        for hook in replaced_hooks:
            hook(rule, fresh, actor)
    return fresh
