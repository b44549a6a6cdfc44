"""Addresses of registers and records, and of one page with other parameters."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from khcn.kernel.records.record import Record


def register_url(key: str) -> str:
    """Return the address of a register's list."""
    return reverse("register", args=[key])


def record_url(record: Record, as_of: str = "") -> str:
    """Return the address of a record's page, as of an instant written as in the address line if one is given."""
    url = reverse("record", args=[record.REGISTER, record.code])
    return with_parameters(url, QueryDict(mutable=True), as_of=as_of)


def printed_values(request: Any, path: str) -> dict[str, Any]:
    """Return what a printed page says of itself: its whole address (`path`), when, for whom, of which office.

    A code to scan takes as long to draw as all the rest of a page, on the screen too, where nobody scans it.
    """
    user = request.user
    return {
        "address": request.build_absolute_uri(path),
        "at": timezone.localtime(),
        "who": str(user),
        "office": str(user.office or ""),
    }


def with_parameters(path: str, parameters: QueryDict, **changes: Any) -> str:
    """Return the address with some parameters set; an empty value takes the parameter away."""
    changed = parameters.copy()
    for name, value in changes.items():
        if value in ("", None):
            changed.pop(name, None)
        else:
            changed[name] = value
    text = changed.urlencode()
    return f"{path}?{text}" if text else path
