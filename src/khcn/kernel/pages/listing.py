"""One register's list: what a person asked for, the rows that answer it, and the values its page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.urls import reverse

from khcn.kernel.exchange.values import completed, field_of, label_of, shown_columns, text_of, value_of, with_related
from khcn.kernel.exchange.visibility import readable_rows
from khcn.kernel.pages.addresses import record_url, register_url, with_parameters
from khcn.kernel.pages.figures import count_capped, summed_columns
from khcn.kernel.pages.finding import find_record, matching
from khcn.kernel.pages.instants import instant_asked
from khcn.kernel.pages.paging import Page, page_of
from khcn.kernel.records.record import Provenance
from khcn.kernel.records.registry import Column, Register
from khcn.kernel.workflow.table import Workflow
from khcn.language.words import joined
from khcn.language.words import words as _
from khcn.ui import formats
from khcn.ui.icons import known_icons

LONGEST_CELL = 160
OPENED, LONGEST_CODE = "mo", 40


@dataclass(frozen=True)
class Asked:
    """What an address asks of a list.

    `filters`: name → chosen value, only values that are offered. `choices`: what each filter offers. `parameters`: the
    address itself, to build others. `opened`: the code of the record to show beside the list. `now`: when it was asked.
    """

    text: str
    filters: dict[str, str]
    columns: list[Column]
    sort: str
    instant: datetime | None
    withdrawn: bool
    parameters: Any
    choices: dict[str, list[tuple[str, str]]]
    opened: str
    now: datetime


def asked_of(register: Register, parameters: Any, choices: dict[str, list[tuple[str, str]]], *, now: datetime) -> Asked:
    """Read what an address asks for.

    Raises: BadRequest, for an instant that cannot be understood.
    """
    filters = {}
    for name, offered in choices.items():
        value = parameters.get(name, "")
        if value in {choice for choice, _ in offered}:
            filters[name] = value
    return Asked(
        text=parameters.get("q", "").strip(),
        filters=filters,
        columns=shown_columns(register, parameters.getlist("cot")),
        sort=_sort(register, parameters.get("xep", "")),
        instant=instant_asked(parameters),
        withdrawn=parameters.get("thu-hoi", "") not in ("", "0"),
        parameters=parameters,
        choices=choices,
        opened=parameters.get(OPENED, "")[:LONGEST_CODE],
        now=now,
    )


def choices_of(register: Register, user: Any) -> dict[str, list[tuple[str, str]]]:
    """Return what each filter offers to the person."""
    return {one.name: [(str(value), str(label)) for value, label in one.choices(user)] for one in register.filters}


def rows_of(register: Register, asked: Asked, user: Any) -> Any:
    """Return the records that answer, unsorted: those the person may know of, as of the instant."""
    rows = readable_rows(register, user, instant=asked.instant, now=asked.now)
    rows = rows if asked.withdrawn else rows.standing()
    for one in register.filters:
        if one.name in asked.filters:
            rows = one.keep(rows, asked.filters[one.name])
    return matching(rows, asked.text)


def sorted_rows(register: Register, asked: Asked, user: Any) -> Any:
    """Return all records that answer, in the order of the list."""
    column, falling = asked.sort.removeprefix("-"), asked.sort.startswith("-")
    order = models.F(column).desc(nulls_last=True) if falling else models.F(column).asc(nulls_last=True)
    return rows_of(register, asked, user).order_by(order, "-pk" if falling else "pk")


def list_values(register: Register, asked: Asked, user: Any) -> dict[str, Any]:
    """Return the values of the list's page; the number of queries does not depend on the rows."""
    rows = rows_of(register, asked, user)
    page = page_of(
        with_related(register, rows, asked.columns),
        asked.sort,
        after=asked.parameters.get("sau", ""),
        before=asked.parameters.get("truoc", ""),
    )
    return {
        "columns": [_heading(register, column, asked) for column in asked.columns],
        "rows": [_row(register, row, asked) for row in completed(register, page.rows)],
        "preview_url": _opened_url(register, page, asked, user),
        **_count(register, rows, asked),
        **_pager(register, page, asked),
    }


def _count(register: Register, rows: Any, asked: Asked) -> dict[str, str]:
    counted = count_capped(rows)
    url = with_parameters(reverse("register-count", args=[register.key]), asked.parameters, sau="", truoc="")
    return {
        "count_text": counted.words(),
        "bulk_all_text": _("Tất cả {count} của danh sách").format(count=counted.words()),
        "count_url": url if counted.more else "",
        "sums_url": sums_url(register, asked),
    }


def sums_url(register: Register, asked: Asked) -> str:
    """Return the address that sums the list; empty for a register without numbers to sum."""
    if not summed_columns(register):
        return ""
    return with_parameters(reverse("register-sums", args=[register.key]), asked.parameters, sau="", truoc="")


def chips_of(register: Register, asked: Asked) -> list[dict[str, str]]:
    """Return what is in force, in plain words, each with the address that lifts it."""
    path = register_url(register.key)
    fresh = {"sau": "", "truoc": ""}
    chips = []
    if asked.text:
        chips.append(
            {
                "label": _("Có chữ"),
                "value": asked.text,
                "remove_url": with_parameters(path, asked.parameters, q="", **fresh),
            }
        )
    for one in register.filters:
        if value := asked.filters.get(one.name):
            url = with_parameters(path, asked.parameters, **{one.name: ""}, **fresh)
            chips.append({"label": one.label, "value": dict(asked.choices[one.name])[value], "remove_url": url})
    if asked.withdrawn:
        url = with_parameters(path, asked.parameters, **{"thu-hoi": ""}, **fresh)
        chips.append({"label": _("Gồm cả"), "value": _("hồ sơ đã thu hồi"), "remove_url": url})
    return chips


def state_value(workflow: Workflow | None, state: str) -> dict[str, str]:
    """Return a state as the interface shows it: colour, icon, word."""
    if workflow is None or state not in workflow.info:
        return {"tone": "not_due", "label": state, "icon": ""}
    info = workflow.state_info(state)
    # An icon the sprite lacks must not take a page down; the colour's own stands in.
    return {
        "tone": str(info.tone),
        "label": workflow.state_label(state),
        "icon": info.icon if info.icon in known_icons() else "",
    }


def _sort(register: Register, asked: str) -> str:
    names = {column.name for column in register.columns if _sorts(register, column)}
    if asked.removeprefix("-") in names:
        return asked
    return default_sort(register)


def default_sort(register: Register) -> str:
    """Return the order of a list that nobody asked to sort: the newest first."""
    return f"-{register.date_field}" if register.date_field else "-code"


def _sorts(register: Register, column: Column) -> bool:
    field = field_of(register.model, column.name)
    return field is not None and field.remote_field is None and not isinstance(field, models.JSONField)


def _heading(register: Register, column: Column, asked: Asked) -> dict[str, Any]:
    found: dict[str, Any] = {"label": label_of(register, column), "num": column.numeric}
    if _sorts(register, column):
        rising, falling = asked.sort == column.name, asked.sort == f"-{column.name}"
        wanted = f"-{column.name}" if rising else column.name
        found["sort_url"] = with_parameters(register_url(register.key), asked.parameters, xep=wanted, sau="", truoc="")
        found["sorted"] = "asc" if rising else "desc" if falling else ""
    return found


def _row(register: Register, row: Any, asked: Asked) -> dict[str, Any]:
    url = record_url(row, asked.parameters.get("as_of", ""))
    return {
        "url": url,
        "id": row.pk,
        "label": row.code,
        "selected": row.code == asked.opened,
        "cells": [_cell(register, row, column) for column in asked.columns],
    }


def _opened_url(register: Register, page: Page, asked: Asked, user: Any) -> str:
    """Return the address of the record to show beside the list where it is on another page of it."""
    if not asked.opened or any(row.code == asked.opened for row in page.rows):
        return ""
    record = find_record(register, asked.opened, user, asked.instant)
    return record_url(record, asked.parameters.get("as_of", "")) if record is not None else ""


def _cell(register: Register, row: Any, column: Column) -> Any:
    if column.name == "state":
        return {"state": state_value(register.workflow, row.state)}
    text = text_of(value_of(register, row, column), column) or None
    if column.name == "code":
        return {"text": text, "code": True}
    if text is not None and len(text) > LONGEST_CELL:
        text = text[:LONGEST_CELL].rstrip() + "…"
    if column.name == "title":
        marks = [str(Provenance(row.provenance).label)] if row.is_illustrative else []
        marks += (
            [_("thu hồi {withdrawn_on}").format(withdrawn_on=formats.day(row.withdrawn_on))] if row.withdrawn_on else []
        )
        return {"text": text, "sub": joined(" · ", marks)}
    return text


def _pager(register: Register, page: Page, asked: Asked) -> dict[str, str]:
    path = register_url(register.key)
    first = bool(asked.parameters.get("sau") or asked.parameters.get("truoc"))
    return {
        "previous_url": with_parameters(path, asked.parameters, truoc=page.before, sau="") if page.before else "",
        "next_url": with_parameters(path, asked.parameters, sau=page.after, truoc="") if page.after else "",
        "first_url": with_parameters(path, asked.parameters, sau="", truoc="") if first and page.before else "",
    }
