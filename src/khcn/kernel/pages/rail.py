"""The left rail: what a person does here, one line each; upper modules add theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from khcn.kernel.access.decisions import allow_all
from khcn.kernel.access.roles import Role


@dataclass(frozen=True)
class RailItem:
    """One line of the rail.

    `url_name`: reversed without arguments; an item whose address does not exist is not shown. `order`: 10 inbox,
    20 conclusions and tasks, 30 reports, 40 registers, 50 library, 60 analysis, 90 administration. `may`: asked with
    the user. `children`: asked with the user, gives (label, url) pairs. `short`: the word for the phone.
    """

    label: str
    url_name: str
    icon: str
    order: int
    may: Callable[[Any], Any] = allow_all
    children: Callable[[Any], Iterable[tuple[str, str]]] | None = None
    short: str = ""


_items: dict[str, RailItem] = {}


def add_rail_item(item: RailItem) -> None:
    """Enter an item into the rail; an item of the same label is replaced."""
    _items[item.label] = item


def rail_for(user: Any, path: str) -> list[dict[str, Any]]:
    """Return the rail as the frame shows it to this person on this page."""
    shown = []
    for item in sorted(_items.values(), key=lambda item: (item.order, item.label)):
        url = address_of(item.url_name)
        if url and item.may(user):
            children = [{"label": label, "url": child} for label, child in item.children(user)] if item.children else []
            shown.append(
                {"label": item.label, "short": item.short, "url": url, "icon": item.icon, "children": children}
            )
    _mark_active(shown, path)
    return shown


def address_of(url_name: str) -> str:
    """Return the address of that name, nothing where it is not part of this installation."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def reads_registers(user: Any) -> bool:
    """Tell whether the person works with the registers: staff and provincial leaders."""
    return bool(user.is_office_staff or user.holds(Role.PROVINCIAL_LEADER))


def _mark_active(shown: list[dict[str, Any]], path: str) -> None:
    """Mark the item, and the child, whose address is the longest beginning of the path."""
    matches = [
        (len(one["url"]), index, one)
        for index, item in enumerate(shown)
        for one in (*item["children"], item)
        if path.startswith(one["url"].partition("#")[0]) and "#" not in one["url"]
    ]
    if matches:
        _, index, deepest = max(matches, key=lambda match: match[:2])
        shown[index]["active"] = True
        deepest["active"] = True
