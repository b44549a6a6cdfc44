"""Which levels of reminding an obligation has reached; pure, but for the rulebook's days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from khcn.kernel.identity.models import Office
from khcn.kernel.obligations.states import UrgingLevel
from khcn.kernel.rulebook.selectors import RuleUnknown, rule_value

Days = Mapping[UrgingLevel, int]


def urging_keys(register: str, level: UrgingLevel) -> tuple[str, str]:
    """Return the keys of the rule that says when a level is reached: the register's own, then that of all registers."""
    name = level.value.replace("_", "-")
    return f"{register}.urge.{name}", f"obligation.urge.{name}"


def urging_days(register: str, *, on: date, office: Office) -> dict[UrgingLevel, int]:
    """Return for each level how many days after the due date it is reached; a level without a rule is not used."""
    found: dict[UrgingLevel, int] = {}
    for level in UrgingLevel:
        for key in urging_keys(register, level):
            try:
                found[level] = int(rule_value(key, on=on, office=office))
            except RuleUnknown:
                continue
            break
    return found


def levels_due(after: int, days: Days) -> list[UrgingLevel]:
    """Return the levels reached `after` days after the due date (negative: before).

    Once a level that speaks of lateness is reached, what warns before the due date is no longer said.
    """
    reached = [level for level, start in days.items() if start <= after]
    late = [level for level in reached if days[level] > 0]
    return late or reached
