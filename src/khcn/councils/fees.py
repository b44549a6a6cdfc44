"""Reckon what members are paid for a meeting, by a rule of the rulebook; pure, in whole đồng."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from khcn.councils.states import SeatRole
from khcn.language.words import words as _

PER = "per"


class FeeFault(ValueError):
    """A rule of fees cannot be read; the message says what is wrong with it."""


class Per(StrEnum):
    """For what a fee is paid."""

    MATTER = "matter"  # for each dossier of which the member handed in a slip
    MEETING = "meeting"  # once, however many dossiers were considered


@dataclass(frozen=True)
class FeeRule:
    """What each role is paid, in đồng; empty while the province's resolution was not entered."""

    per: Per
    amounts: Mapping[SeatRole, int]


def fee_rule(value: Any) -> FeeRule:
    """Read the fees as the rulebook holds them: `per`, then an amount for every role, or for none.

    Raises: FeeFault.
    """
    if not isinstance(value, dict) or value.get(PER) not in set(Per):
        raise FeeFault(_("Dòng per ghi matter (mỗi hồ sơ) hoặc meeting (mỗi phiên họp)."))
    amounts = {name: amount for name, amount in value.items() if name != PER}
    if foreign := sorted(amounts.keys() - set(SeatRole.values)):
        words = _("Không có vai trò {foreign}; các vai trò: {roles}.")
        raise FeeFault(words.format(foreign=", ".join(foreign), roles=", ".join(SeatRole.values)))
    if missing := [role for role in SeatRole.values if amounts and role not in amounts]:
        raise FeeFault(_("Chưa có mức chi cho vai trò {roles}.").format(roles=", ".join(missing)))
    if wrong := [name for name, amount in amounts.items() if not _is_amount(amount)]:
        words = _("Mức chi của {roles} phải là số đồng nguyên, không âm.")
        raise FeeFault(words.format(roles=", ".join(wrong)))
    return FeeRule(Per(value[PER]), {SeatRole(name): amount for name, amount in amounts.items()})


def fee_of(rule: FeeRule, role: SeatRole, matters: int) -> int:
    """Return what a member who was there is paid, in đồng; `matters`: of how many dossiers they handed in a slip."""
    return rule.amounts[role] * (matters if rule.per is Per.MATTER else 1)


def _is_amount(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
