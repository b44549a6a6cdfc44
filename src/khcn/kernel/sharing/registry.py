"""What may be read by a link: upper modules say for their registers who releases, what is released, how it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from khcn.kernel.access.decisions import Decision


@dataclass(frozen=True)
class Shareable:
    """One kind of page that a link may open.

    `closed`: why the record may not be read without an account, "" where it may; asked when a link is made and each
    time one is opened. `show`: the page for someone without an account, called with the request and the record.
    """

    register: str
    label: str
    may_release: Callable[[Any, Any], Decision]
    closed: Callable[[Any], str]
    show: Callable[[HttpRequest, Any], HttpResponse]


_shareables: dict[str, Shareable] = {}


def add_shareable(shareable: Shareable) -> None:
    """Let records of a register be read by links."""
    _shareables[shareable.register] = shareable


def shareable_of(register: str) -> Shareable | None:
    """Return how records of the register are read by links; None where they are not."""
    return _shareables.get(register)
