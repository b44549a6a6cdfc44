"""Find the score sheets of the rulebook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import DatabaseError

from khcn.councils.rules import Sheet, SheetFault, sheet_from
from khcn.kernel.identity.models import Office
from khcn.kernel.rulebook.kinds import ValueKind
from khcn.kernel.rulebook.models import Confidence, Rule
from khcn.kernel.rulebook.selectors import RuleUnknown, rule_in_force
from khcn.kernel.rulebook.shipped import shipped_rules
from khcn.language.words import words as _

SHEETS = "council.sheet."


@dataclass(frozen=True)
class RuleUsed:
    """A rule by which something was decided, as it must be shown beside the decision."""

    key: str
    label: str
    value: Any
    legal_basis: str
    confidence: str
    note: str = ""

    @property
    def doubt(self) -> str:
        """Return the words that go beside a value nobody compared with the text of the law."""
        return "" if self.confidence in {Confidence.VERIFIED, Confidence.LOCAL} else Confidence(self.confidence).label


def rule_used(key: str, *, on: date, office: Office | None = None) -> RuleUsed:
    """Return the rule in force on the day; where no installation stands yet, the one that ships.

    Raises: RuleUnknown.
    """
    try:
        rule: Any = rule_in_force(key, on=on, office=office)
    except DatabaseError:
        rule = _shipped(key, on)
    return RuleUsed(key, rule.label, rule.value, rule.legal_basis, rule.confidence, rule.note)


def sheet_in_force(name: str, *, on: date, office: Office | None = None) -> tuple[Sheet, RuleUsed]:
    """Return the sheet of that name and the rule that holds it. Raises: RuleUnknown; SheetFault."""
    rule = rule_used(SHEETS + name, on=on, office=office)
    return sheet_from(name, rule.value), rule


def _shipped(key: str, on: date) -> Any:
    for rule in shipped_rules():
        if rule.key == key and (rule.valid_from or on) <= on <= (rule.valid_to or on):
            return rule
    raise RuleUnknown(
        _("Bộ quy định kèm phần mềm chưa có giá trị «{key}» cho ngày {on:%d/%m/%Y}.").format(key=key, on=on)
    )


def _fault(value: Any) -> str:
    try:
        sheet_from("", value)
    except SheetFault as fault:
        return str(fault)
    return ""


def _words(value: Any, _unit: str) -> str:
    sheet = sheet_from("", value)
    lines = "; ".join(f"{one.order}. {one.label} ({one.most:f})" for one in sheet.criteria)
    passed = (
        _(" · đạt từ {threshold} điểm").format(threshold=f"{sheet.threshold:f}") if sheet.threshold is not None else ""
    )
    return lines + passed


SHEET = ValueKind("sheet", _("phiếu chấm điểm"), _fault, _words)


def sheets_in_force(on: date) -> dict[str, str]:
    """Return the score sheets of the day: key → its label."""
    rows = Rule.objects.filter(key__startswith=SHEETS).in_force(on).order_by("label")
    return {rule.key.removeprefix(SHEETS): rule.label for rule in rows}
