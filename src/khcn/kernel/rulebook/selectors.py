"""Find the rule that applies."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import F

from khcn.kernel.identity.models import Office
from khcn.kernel.records.changes import Change
from khcn.kernel.records.clock import FOREVER
from khcn.kernel.rulebook.models import Rule
from khcn.kernel.rulebook.timeline import Said
from khcn.language.words import words as _


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
        _(
            "Bộ quy định chưa có giá trị «{key}» cho ngày {on:%d/%m/%Y}. Quản trị hệ thống thêm ở mục Bộ quy định."
        ).format(key=key, on=on),
    )


def rule_value(key: str, *, on: date, office: Office | None = None) -> Any:
    """Return just the value in force on the day.

    Raises: RuleUnknown.
    """
    return rule_in_force(key, on=on, office=office).value


def said(rule: Rule) -> Said:
    """Return what one row says, apart from its table."""
    return Said(rule.pk, rule.value, rule.valid_from, rule.valid_to, rule.office_id)


def said_of(key: str) -> list[Said]:
    """Return all values of a rule, of every time and office."""
    return [said(rule) for rule in Rule.objects.filter(key=key)]


def last_changes(rules: Iterable[Rule]) -> dict[int, Change]:
    """Return for each row, by its number, the change that made it what it is; one query."""
    versions = Rule.Version._base_manager.filter(id__in=[rule.pk for rule in rules], recorded_to=FOREVER)
    return {version.id: version.change for version in versions.select_related("change")}
