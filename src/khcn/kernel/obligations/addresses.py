"""Where obligations lead; the pages lie above and say how they are addressed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from khcn.kernel.records.record import Record


@dataclass(frozen=True)
class Addresses:
    """The address of a record's page, and that of the list of dates that moved."""

    of_record: Callable[[Record], str]
    of_moves: Callable[[], str]


_addresses: list[Addresses] = []


def use_addresses(of_record: Callable[[Record], str], of_moves: Callable[[], str]) -> None:
    """Let obligations lead to these addresses; called by the mechanism that owns the pages."""
    _addresses[:] = [Addresses(of_record, of_moves)]


def record_address(record: Record) -> str:
    """Return the address of a record's page; nothing where this installation has no pages."""
    return _addresses[0].of_record(record) if _addresses else ""


def moves_address() -> str:
    """Return the address of the list of dates that moved; nothing where this installation has no pages."""
    return _addresses[0].of_moves() if _addresses else ""
