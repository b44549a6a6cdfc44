"""Every address of the product, and how one of a record is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, get_resolver, reverse

from khcn.kernel.access.gates import Gate
from khcn.kernel.records.registry import Register
from khcn.kernel.rulebook.models import Rule

# Beside what the routes name, each parameter has one value; numbers are of nothing, so that what is owned is missing.
FILLED = {
    "number": 999_999,
    "ordinal": 999,
    "grant_number": 999_999,
    "staging_key": 999_999,
    "year": 2021,
    "digest": "khong-co",
    "notice": "khong-co",
    "act": "ngung",
    "token": "00000000-0000-4000-8000-000000000000",
    "secret": "khong-co",
    "filename": "a.pdf",
    "file_format": "csv",
    "suffix": "docx",
    "kind": "directive",
    "outline_kind": "nine-month",
    "section": "khong-co",
    "side": "kinh-phi",
    "table": "khong-co",
}
# A figure that tells nothing of what is late, which not everyone who reads figures is told.
FIGURE = "ip.titles_granted"
# Where parameters of the same name mean something else.
MEANT: dict[str, dict[str, Any]] = {
    "governance:session-act": {"name": "cho-xem"},
    "programme-download": {"suffix": "json"},
    "task-statistics-records": {"row": "01", "measure": "total"},
    "task-statistics-download": {"suffix": "csv"},
    "task-export-download": {"profile": "tasks-2025"},
    "task-decision-paper": {"paper": "phe-duyet"},
    "task-joint-paper": {"paper": "hop-dong"},
    "task-export-prepare": {"profile": "tasks-2025"},
    "class-scheme": {"scheme": "research-field-2008"},
    "task-part-new": {"kind": "bao-cao"},
    "task-part": {"kind": "bao-cao"},
    "task-part-drop": {"kind": "thanh-vien"},
    "reporting:figure": {"indicator": FIGURE},
    "reporting:difference": {"indicator": FIGURE},
    "api:read_indicator": {"code": FIGURE},
    "api:list_indicator_records": {"code": FIGURE},
}


def patterns(found: Any, place: str = "", space: str = "") -> Iterator[tuple[str, str, set[str]]]:
    """Yield route, name and parameters of every address of the product."""
    for one in found.url_patterns:
        route = place + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from patterns(one, route, f"{space}{one.namespace}:" if one.namespace else space)
        else:
            yield route, f"{space}{one.name}" if one.name else "", set(one.pattern.regex.groupindex)


ADDRESSES = {name: (route, parameters) for route, name, parameters in patterns(get_resolver()) if name}


def path_of(gate: Gate, parameters: set[str], found: Register | None, code: str) -> str:
    """Return the address with everything it asks for filled in: of that register and record."""
    workflow = found.workflow if found is not None else None
    values = {
        **FILLED,
        "key": found.key if found else "",
        "register": found.key if found else "",
        "code": code,
        "name": workflow.transitions[0].name if workflow else "khong-co",
    }
    if "rule_key" in parameters:
        rule = Rule.objects.filter(office=None).earliest("pk")
        values |= {"rule_key": rule.key, "number": rule.pk}
    values |= MEANT.get(gate.name, {})
    return reverse(gate.name, kwargs={name: values[name] for name in parameters})
