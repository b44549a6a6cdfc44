"""Pages of upper modules that the page of one's account leads to."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True)
class AccountDoor:
    """One page about one's account: its name, what it is for, and its address, reversed without arguments."""

    label: str
    text: str
    url_name: str


_doors: dict[str, AccountDoor] = {}


def add_account_door(door: AccountDoor) -> None:
    """Enter a page; one of the same name is replaced."""
    _doors[door.label] = door


def account_doors() -> list[tuple[AccountDoor, str]]:
    """Return the pages by name, each with its address; those that are not part of this installation are left out."""
    found = []
    for _, door in sorted(_doors.items()):
        try:
            found.append((door, reverse(door.url_name)))
        except NoReverseMatch:
            continue
    return found
