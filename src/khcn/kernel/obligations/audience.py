"""Who is told of an obligation: those who must do it, those above them, and whoever stands in for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from khcn.kernel.access.roles import Role
from khcn.kernel.identity.models import Office, RoleGrant, User
from khcn.kernel.obligations.models import Obligation
from khcn.kernel.obligations.states import UrgingLevel
from khcn.kernel.records.refs import RecordRef

HolderAccounts = Callable[[RecordRef, date], Sequence[User]]
holder_accounts: list[HolderAccounts] = []
"""Hooks of upper modules: the users who act for an outside party on a day."""

Told = dict[User, User | None]
"""Who is told → the absent person they stand in for, None who is told in their own right."""


class People:
    """Who holds which role in an office on a day, and who stands in for whom; read once for many obligations."""

    def __init__(self, office: Office, day: date) -> None:
        self._day = day
        self._users: dict[int, User] = {}
        self._holders: dict[str, list[RoleGrant]] = defaultdict(list)
        self._stand_ins: dict[int, list[User]] = defaultdict(list)
        self._accounts: dict[RecordRef, list[User]] = {}
        rows = RoleGrant.objects.in_force(day).filter(office=office, user__is_active=True)
        grants = list(rows.select_related("user").order_by("pk"))
        holding = {(grant.role, grant.user_id) for grant in grants if grant.delegated_by_id is None}
        for grant in grants:
            grant.user = self._one(grant.user)
            if grant.delegated_by_id is not None:
                self._stand_ins[grant.delegated_by_id].append(grant.user)
            if (grant.role, grant.delegated_by_id) not in holding:  # else they are reached through the absent
                self._holders[grant.role].append(grant)

    def officers(self, duty: Obligation) -> list[User]:
        """Return who must do it: the outside party's people and the person named, else the division's specialists."""
        named = self._outside(duty) + ([self._one(duty.person)] if duty.person and duty.person.is_active else [])
        return named or self._of_division(Role.SPECIALIST, duty.division_id) or self.heads(duty)

    def heads(self, duty: Obligation) -> list[User]:
        """Return the heads of the unit that must do it; where it has none, who follows work for the office."""
        division = duty.division_id or (duty.person.division_id if duty.person else None)
        found = self._outside(duty) + self._of_division(Role.DIVISION_HEAD, division)
        return found or self.holders(Role.MONITOR)

    def holders(self, *roles: Role) -> list[User]:
        """Return who holds one of the roles in the office."""
        return list(dict.fromkeys(grant.user for role in roles for grant in self._holders[role]))

    def told(self, duty: Obligation, level: UrgingLevel) -> Told:
        """Return who is told at a level, the absent as well as those who stand in for them."""
        groups: dict[UrgingLevel, Callable[[], list[User]]] = {
            UrgingLevel.OFFICER: lambda: self.officers(duty),
            UrgingLevel.UNIT_HEAD: lambda: self.heads(duty),
            UrgingLevel.DIRECTOR: lambda: self.holders(Role.DIRECTOR),
            UrgingLevel.ISSUER: lambda: self.holders(Role.MONITOR) or self.holders(Role.DIRECTOR),
        }
        return self.with_stand_ins(groups[level]())

    def with_stand_ins(self, people: Iterable[User]) -> Told:
        """Return the people and those to whom they handed their role for the day."""
        found: Told = dict.fromkeys(people)
        for absent in list(found):
            for other in self._stand_ins[absent.pk]:
                found.setdefault(other, absent)
        return found

    def _of_division(self, role: Role, division: int | None) -> list[User]:
        if division is None:
            return []
        return [
            grant.user
            for grant in self._holders[role]
            if grant.division_id == division or (grant.division_id is None and grant.user.division_id == division)
        ]

    def _outside(self, duty: Obligation) -> list[User]:
        if duty.holder_id is None:
            return []
        ref = RecordRef(duty.holder_register, duty.holder_id)
        if ref not in self._accounts:
            known = [user for hook in holder_accounts for user in hook(ref, self._day) if user.is_active]
            self._accounts[ref] = [self._one(user) for user in known]
        return list(self._accounts[ref])

    def _one(self, user: Any) -> User:
        """Return the one row kept of a person, acting on the day, so that their roles are read once."""
        if user.pk not in self._users:
            self._users[user.pk] = user.act_on(self._day)
        return self._users[user.pk]
