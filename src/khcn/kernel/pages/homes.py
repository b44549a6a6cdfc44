"""Which page comes first after signing in; upper modules name theirs for those who begin there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from khcn.kernel.pages.rail import address_of

_homes: dict[str, Callable[[Any], Any]] = {}


def add_home(url_name: str, may: Callable[[Any], Any]) -> None:
    """Let those whom `may` allows begin at that page; `url_name`: reversed without arguments."""
    _homes[url_name] = may


def home_of(user: Any) -> str:
    """Return the address of the person's first page: the inbox where no module named another."""
    named = (address_of(url_name) for url_name, may in _homes.items() if may(user))
    return next((url for url in named if url), address_of("inbox"))
