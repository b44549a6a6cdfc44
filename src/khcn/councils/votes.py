"""Find the rules by which a vote passes; the modules whose records are voted on name theirs."""

from __future__ import annotations

from datetime import date
from typing import Any

from khcn.councils.sheets import RuleUsed, rule_used
from khcn.councils.states import Purpose
from khcn.councils.voting import needed_share
from khcn.kernel.identity.models import Office
from khcn.kernel.rulebook.kinds import TEXT, ValueKind, declare_kind
from khcn.language.words import words as _

_keys: dict[str, str] = {}


def name_vote_rule(purpose: Purpose, key: str) -> None:
    """Let votes of such councils pass by the share that stands under the key; called from a module's registers.py."""
    _keys[purpose] = key
    declare_kind(key, SHARE)


def vote_rule_in_force(purpose: str, *, on: date, office: Office | None = None) -> RuleUsed:
    """Return the rule by which a vote of such a council passes. Raises: RuleUnknown."""
    return rule_used(_keys.get(purpose, ""), on=on, office=office)


def _fault(value: Any) -> str:
    try:
        needed_share(value)
    except (ValueError, ArithmeticError):
        return _("Ghi tỷ lệ lớn hơn 0 và không quá 1, như 2/3 hoặc 75%.")
    return ""


SHARE = ValueKind("share", _("tỷ lệ biểu quyết"), _fault, TEXT.words)
