"""Find the rules by which acceptance councils rate; the modules whose records are accepted name theirs."""

from __future__ import annotations

from datetime import date
from typing import Any

from khcn.councils.judging import rating_rule
from khcn.councils.sheets import RuleUsed, rule_used
from khcn.kernel.calendar import CalendarError, parse_limit
from khcn.kernel.identity.models import Office
from khcn.kernel.rulebook.kinds import TABLE, ValueKind, declare_kind
from khcn.language.words import words as _

_families: dict[str, str] = {}


def name_rating_rules(prefix: str, label: str) -> None:
    """Let councils rate by the rules whose key is the prefix and a regime; called from a module's registers.py.

    `label`: what such rules rate, as people choose it.
    """
    _families[prefix] = label
    declare_kind(f"{prefix}*", RATING)


def rating_families() -> dict[str, str]:
    """Return what may be rated: the prefix of the rules → its label."""
    return dict(_families)


def family_or_first(family: str) -> str:
    """Return the family chosen; where none was, as for councils of before there was a choice, the first one named."""
    return family or next(iter(_families), "")


def rating_in_force(family: str, regime: str, *, on: date, office: Office | None = None) -> RuleUsed:
    """Return the rule of the family for what was approved under the regime. Raises: RuleUnknown."""
    return rule_used(f"{family}{regime}", on=on, office=office)


def _fault(value: Any) -> str:
    try:
        rating_rule(value)
        parse_limit(value["late"])
    except (KeyError, TypeError, ValueError, ArithmeticError, CalendarError):
        return _(
            "Quy định xếp loại cần các tỷ lệ measured, delivered, excellent, failing từ 0 đến 1 (như 3/4) và thời hạn "
            "nộp hồ sơ late (như 6m)."
        )
    return ""


RATING = ValueKind("rating", _("xếp loại nghiệm thu"), _fault, TABLE.words)
