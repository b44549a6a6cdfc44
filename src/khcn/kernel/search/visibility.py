"""Say in tokens what `RecordQuerySet.visible_to` says in SQL, so that the engine counts only what may be known.

The two must agree: a test compares them on random users and records. Hits are checked against the database anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from khcn.kernel.access.roles import DIVISION_READERS, STAFF_ROLES, Confidentiality, Role
from khcn.kernel.identity.models import Office
from khcn.kernel.records.record import Record
from khcn.kernel.records.refs import RecordRef
from khcn.kernel.records.registry import resolve

PUBLIC = "public"


@dataclass(frozen=True)
class _OwnRule:
    """What a register's own `visible_to` says beyond, or instead of, the general one."""

    of_record: Callable[[Any], Iterable[str]]
    of_user: Callable[[Any], Iterable[str]]
    instead: Callable[[Any], bool]


_own_rules: dict[str, _OwnRule] = {}


@dataclass(frozen=True)
class Viewer:
    """Someone who searches: the tokens that open documents to them, and the last word of the database."""

    tokens: frozenset[str]
    check: Callable[[Iterable[RecordRef]], dict[RecordRef, Record]]


def never(_user: Any) -> bool:
    """Say no: the general rule holds for everyone."""
    return False


def add_visibility(
    register: str,
    *,
    of_record: Callable[[Any], Iterable[str]],
    of_user: Callable[[Any], Iterable[str]],
    instead: Callable[[Any], bool] = never,
) -> None:
    """Say in tokens what a register's own `visible_to` adds to the general rule, e.g. for the assigned agency.

    A record opens to a user who shares a token with it. `instead`: for which users the general rule does not hold
    in this register, so that these tokens alone count. Call it beside `add_register`; then reindex.
    """
    _own_rules[register] = _OwnRule(of_record, of_user, instead)


def tokens_of_record(record: Record) -> frozenset[str]:
    """Return the tokens of which a searcher needs one to know of the record."""
    own = _own_rules.get(record.REGISTER)
    if own is None:
        return frozenset(_general_tokens(record))
    tokens = {*_general_tokens(record), *(f"own:{token}" for token in own.of_record(record))}
    return frozenset(_inside(record.REGISTER, tokens))


def viewer_of(user: Any) -> Viewer:
    """Return what a user, perhaps one who has not signed in, may know of."""
    general = {PUBLIC, *_tokens_of_user(user)}
    known = user is not None and user.is_authenticated
    tokens = set(general)
    for register, own in _own_rules.items():
        tokens |= _inside(register, set() if known and own.instead(user) else general)
        tokens |= _inside(register, {f"own:{token}" for token in own.of_user(user)} if known else set())
    return Viewer(frozenset(tokens), lambda refs: resolve(refs, user))


def office_viewer(office: Office) -> Viewer:
    """Return the view of the system itself: all that the office owns."""

    def check(refs: Iterable[RecordRef]) -> dict[RecordRef, Record]:
        return {ref: record for ref, record in resolve(refs, everything=True).items() if record.office_id == office.pk}

    every = {f"office:{office.pk}:all"}
    return Viewer(frozenset(every.union(*(_inside(register, every) for register in _own_rules))), check)


def _inside(register: str, tokens: set[str]) -> set[str]:
    """Return the tokens as they count in one register only."""
    return {f"{register}|{token}" for token in tokens}


def _general_tokens(record: Record) -> Iterator[str]:
    office = f"office:{record.office_id}"
    yield f"{office}:all"
    if record.confidentiality == Confidentiality.PUBLIC:
        yield PUBLIC
    if record.confidentiality != Confidentiality.CONFIDENTIAL:
        yield f"{office}:open"
    if record.division_id is not None:
        yield f"{office}:division:{record.division_id}"
    if record.responsible_id is not None:
        yield f"{office}:user:{record.responsible_id}"


def _tokens_of_user(user: Any) -> Iterable[str]:
    if user is None or not user.is_authenticated or user.office_id is None:
        return ()
    office = f"office:{user.office_id}"
    if user.holds(Role.DIRECTOR):
        return (f"{office}:all",)
    if user.holds(*STAFF_ROLES):
        divisions = user.division_ids if user.holds(*DIVISION_READERS) else ()
        return (
            f"{office}:open",
            f"{office}:user:{user.pk}",
            *(f"{office}:division:{number}" for number in divisions),
        )
    return (f"{office}:open",) if user.holds(Role.PROVINCIAL_LEADER) else ()
