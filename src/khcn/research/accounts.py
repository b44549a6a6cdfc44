"""Where the money of a task is; pure. Every movement takes from one account and gives to another, in whole đồng.

A balance is what came in less what went out. All accounts of one source add up to nothing, since the first of them,
what was granted, stands as far below zero as the others above; only that one may.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from khcn.language.words import words as _
from khcn.research.states import Account, FundingSource, MovementKind
from khcn.ui import formats

A = Account
ROUTES: Mapping[MovementKind, tuple[Account, Account]] = {
    MovementKind.APPROVE: (A.GRANTED, A.UNALLOCATED),
    MovementKind.ALLOCATE: (A.UNALLOCATED, A.ALLOCATED),
    MovementKind.DISBURSE: (A.ALLOCATED, A.ADVANCED),
    MovementKind.VERIFY: (A.ADVANCED, A.VERIFIED),
    MovementKind.SETTLE: (A.VERIFIED, A.SETTLED),
    MovementKind.RETURN: (A.ADVANCED, A.RETURNED),
    MovementKind.CARRY_OVER: (A.ALLOCATED, A.ALLOCATED),
    MovementKind.RELEASE: (A.ALLOCATED, A.UNALLOCATED),
    MovementKind.REDUCE: (A.UNALLOCATED, A.GRANTED),
    MovementKind.RECOVER: (A.VERIFIED, A.RETURNED),
}
"""From which account to which each kind of movement goes."""
BY_YEAR = frozenset({Account.ALLOCATED})
"""Accounts kept apart by budget year."""


class MoneyRefused(ValueError):
    """Money cannot go that way; the message names the accounts and the amounts."""


@dataclass(frozen=True)
class Place:
    """One account of one source; `year` is 0 where the account is not kept by budget year."""

    source: FundingSource
    account: Account
    year: int = 0

    @property
    def words(self) -> str:
        """Return the account as sentences name it."""
        year = f" {self.year}" if self.year else ""
        return f"«{self.account.label}{year}» ({self.source.label})"


@dataclass(frozen=True)
class Move:
    """An amount that goes from one place to another."""

    origin: Place
    target: Place
    amount: int

    @property
    def reversed(self) -> Move:
        """Return the movement that undoes this one."""
        return replace(self, origin=self.target, target=self.origin)


def move(kind: MovementKind, source: FundingSource, amount: int, *, year: int = 0, to_year: int = 0) -> Move:
    """Return the movement of that kind.

    `year`: the budget year of an account kept by year; `to_year`: the year into which money is carried over.
    Raises: MoneyRefused, for no amount, or a missing or backward year.
    """
    if amount != int(amount):
        raise MoneyRefused(_("Số tiền là số đồng nguyên."))
    if amount <= 0:
        raise MoneyRefused(_("Số tiền phải lớn hơn 0 đồng."))
    origin, target = ROUTES[kind]
    if BY_YEAR & {origin, target} and not year:
        raise MoneyRefused(_("Ghi năm ngân sách của khoản tiền."))
    if kind is MovementKind.CARRY_OVER and to_year <= year:
        raise MoneyRefused(
            _("Kinh phí chỉ chuyển sang năm sau: từ {year} không chuyển sang {to_year}.").format(
                year=year, to_year=to_year or "—"
            )
        )
    later = to_year if kind is MovementKind.CARRY_OVER else year
    return Move(
        Place(source, origin, year if origin in BY_YEAR else 0),
        Place(source, target, later if target in BY_YEAR else 0),
        amount,
    )


def balances(moves: Iterable[Move]) -> dict[Place, int]:
    """Return what stands in every place that money went through."""
    found: defaultdict[Place, int] = defaultdict(int)
    for one in moves:
        found[one.origin] -= one.amount
        found[one.target] += one.amount
    return dict(found)


def refuse_overdrawn(standing: Mapping[Place, int], wanted: Move) -> None:
    """Stop where a movement takes more than stands in the account that it takes from.

    Raises: MoneyRefused.
    """
    if wanted.origin.account is Account.GRANTED:
        return
    available = standing.get(wanted.origin, 0)
    if wanted.amount > available:
        words = _("{place} chỉ còn {available}, không lấy ra được {amount}.")
        raise MoneyRefused(
            words.format(
                place=wanted.origin.words,
                available=formats.money(available),
                amount=formats.money(wanted.amount),
            )
        )


def total(standing: Mapping[Place, int], account: Account, sources: Iterable[FundingSource] | None = None) -> int:
    """Return what stands in one account, of all sources and years or of the sources asked for."""
    kept = None if sources is None else frozenset(sources)
    return sum(
        amount
        for place, amount in standing.items()
        if place.account is account and (kept is None or place.source in kept)
    )
