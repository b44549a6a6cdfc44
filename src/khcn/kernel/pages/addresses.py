"""Addresses of registers and records, and of one page with other parameters."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.urls import reverse

from khcn.kernel.records.record import Record


def register_url(key: str) -> str:
    """Return the address of a register's list."""
    return reverse("register", args=[key])


def record_url(record: Record, as_of: str = "") -> str:
    """Return the address of a record's page, as of an instant written as in the address line if one is given."""
    url = reverse("record", args=[record.REGISTER, record.code])
    return with_parameters(url, QueryDict(mutable=True), as_of=as_of)


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
