"""Find the rule that applies."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F

from khcn.kernel.identity.models import Office
from khcn.kernel.rulebook.models import Rule


class RuleUnknown(Exception):
    """No value of this key is in force on the day asked for."""


def rule_in_force(key: str, *, on: date, office: Office | None = None, as_of: Any = None) -> Rule:
    """Return the value in force on the day; one of the office itself goes before the country's.

    Raises: RuleUnknown, naming the key and the day.
    """
    rows: Any = Rule.objects.as_of(as_of).filter(key=key).in_force(on).order_by(F("valid_from").desc(nulls_last=True))
    found: list[Rule] = sorted(rows, key=lambda rule: rule.office_id is None)
    for rule in found:
        if rule.office_id is None or (office is not None and rule.office_id == office.pk):
            return rule
    raise RuleUnknown(
        f"Bộ quy định chưa có giá trị «{key}» cho ngày {on:%d/%m/%Y}. Quản trị hệ thống thêm ở mục Bộ quy định.",
    )


def rule_value(key: str, *, on: date, office: Office | None = None) -> Any:
    """Return just the value in force on the day.

    Raises: RuleUnknown.
    """
    return rule_in_force(key, on=on, office=office).value
