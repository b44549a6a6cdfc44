"""What a programme's page shows beside the kernel's own, as plain values."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from khcn.assignments.permissions import may_give
from khcn.assignments.states import AssignmentState
from khcn.kernel.pages.addresses import record_url
from khcn.kernel.records.record import Record
from khcn.language.words import words as _
from khcn.policies.models import Programme
from khcn.policies.permissions import may_advance
from khcn.policies.selectors import execution_items, year_in_view
from khcn.policies.states import PROGRAMMES_EVER_ISSUED, ProgrammeState
from khcn.policies.target_presenting import number_text, target_table
from khcn.ui import formats

ITEM_COLUMNS = ({"label": _("Nhiệm vụ")}, {"label": _("Chủ trì")}, {"label": _("Hạn")}, {"label": _("Trạng thái")})


def programme_page(request: Any, programme: Programme) -> dict[str, Any]:
    """Return targets by year, results, execution items that the reader may see, and the acts."""
    user = request.user
    year = year_in_view(programme, request.today)
    return {
        **target_table(programme, user, today=request.today, year=year),
        "result_rows": [
            {"on": one.reported_on, "who": str(one.reported_by), "text": one.text, "target": _target_words(one)}
            for one in programme.results.select_related("reported_by", "target").order_by("-reported_on", "-pk")
        ],
        **item_table(programme, user),
        "programme_acts": _acts(programme, user, year),
    }


def item_table(origin: Record, user: Any) -> dict[str, Any]:
    """Return the work given by a record that the reader may know of, as table.html shows it."""
    items = execution_items(origin).visible_to(user).select_related("lead_organisation", "lead_division")
    return {"item_columns": ITEM_COLUMNS, "item_rows": [_item_row(one) for one in items.order_by("due_on", "pk")]}


def _target_words(result: Any) -> str:
    if result.target is None or result.target.is_kept_back:
        return ""
    value = f": {number_text(result.value)} {result.target.unit}".rstrip() if result.value is not None else ""
    return f"{result.target.title}{value}"


def _item_row(one: Any) -> dict[str, Any]:
    url = record_url(one)
    due = formats.day(one.due_on) if one.due_on else one.get_precision_display()
    return {
        "url": url,
        "cells": [
            {"text": one.title, "url": url, "sub": one.code},
            one.lead_text,
            due,
            str(AssignmentState(one.state).label),
        ],
    }


def _acts(programme: Programme, user: Any, year: int) -> list[dict[str, str]]:
    keeps = bool(may_advance(user, programme))
    issued = programme.state in PROGRAMMES_EVER_ISSUED
    gives = programme.state in (ProgrammeState.ISSUED, ProgrammeState.CARRIED_OUT) and bool(may_give(user))
    offered = (
        (_("Thêm chỉ tiêu"), reverse("programme-target-new", args=[programme.code]), "target", keeps),
        (
            _("Đề nghị báo cáo số liệu"),
            reverse("programme-values-ask", args=[programme.code]),
            "send",
            keeps and issued,
        ),
        (_("Ghi kết quả"), reverse("programme-result-new", args=[programme.code]), "report", keeps and issued),
        (_("Giao việc thực hiện"), give_url(programme), "send", gives),
        (_("Xuất cho hệ thống của Bộ"), reverse("programme-export", args=[programme.code, year]), "download", issued),
    )
    return [
        {"label": label, "url": url, "icon": icon, "kind": "secondary"}
        for label, url, icon, possible in offered
        if possible
    ]


def give_url(programme: Programme, target: Any = None) -> str:
    """Return the address of the form that gives work by which a programme, or one of its targets, is carried out."""
    words = f"{programme.number} {programme.title}".strip()
    query = {
        "noi-giao": str((target or programme).ref),
        "cau": f"{target.title} ({words})" if target is not None else words,
        "nguoi-giao": programme.issuer.listed_name if programme.issuer else "",
    }
    return f"{reverse('assignment-new')}?{urlencode(query)}"
