"""Where the page of a record is; the pages stand above search and say so here."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import NoReverseMatch, reverse

from khcn.kernel.records.record import Record

Addressing = Callable[[Record], str]


def by_route(record: Record) -> str:
    """Return the address of the route `record` for the register's key and the code; empty if there is none."""
    try:
        return reverse("record", args=[record.REGISTER, record.code])
    except NoReverseMatch:
        return ""


_addressing: list[Addressing] = [by_route]


def use_record_address(addressing: Addressing) -> None:
    """Let the layer that draws record pages say where they are."""
    _addressing[:] = [addressing]


def address_of(record: Record) -> str:
    """Return the address of a record's page, empty if it has none."""
    return _addressing[0](record)
