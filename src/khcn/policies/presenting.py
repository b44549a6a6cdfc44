"""What a programme's page shows beside the kernel's own, as plain values."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from khcn.assignments.permissions import may_give
from khcn.assignments.states import AssignmentState
from khcn.kernel.pages.addresses import record_url
from khcn.policies.models import Programme
from khcn.policies.permissions import may_advance
from khcn.policies.selectors import TargetStanding, execution_items, target_standings
from khcn.policies.states import PROGRAMMES_EVER_ISSUED, ProgrammeState
from khcn.ui import formats

TARGET_COLUMNS = (
    {"label": "Năm", "num": True},
    {"label": "Chỉ tiêu"},
    {"label": "Kế hoạch", "num": True},
    {"label": "Đạt", "num": True},
    {"label": "%", "num": True},
)
ITEM_COLUMNS = ({"label": "Nhiệm vụ"}, {"label": "Chủ trì"}, {"label": "Hạn"}, {"label": "Trạng thái"})


def programme_page(request: Any, programme: Programme) -> dict[str, Any]:
    """Return targets with their latest results, results, execution items that the reader may see, and the acts."""
    user = request.user
    items = execution_items(programme).visible_to(user).select_related("lead_organisation", "lead_division")
    return {
        "target_columns": TARGET_COLUMNS,
        "target_rows": [{"cells": _target_cells(one)} for one in target_standings(programme)],
        "result_rows": [
            {"on": one.reported_on, "who": str(one.reported_by), "text": one.text, "target": str(one.target or "")}
            for one in programme.results.select_related("reported_by", "target").order_by("-reported_on", "-pk")
        ],
        "item_columns": ITEM_COLUMNS,
        "item_rows": [_item_row(one) for one in items.order_by("due_on", "pk")],
        "programme_acts": _acts(programme, user),
    }


def _target_cells(one: TargetStanding) -> list[Any]:
    target, latest = one.target, one.latest
    reached = latest.value if latest is not None else None
    return [
        {"text": str(target.year), "num": True},
        {"text": target.text, "sub": target.owner},
        {"text": f"{formats.number(_whole(target.value))} {target.unit}".strip(), "num": True},
        {"text": formats.number(_whole(reached)), "num": True},
        {"text": formats.percent(one.percent, 1), "num": True},
    ]


def _whole(value: Any) -> Any:
    """Return the number without trailing zeros, so that 10.0000 reads 10."""
    if value is None:
        return None
    return int(value) if value == int(value) else value.normalize()


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


def _acts(programme: Programme, user: Any) -> list[dict[str, str]]:
    keeps = bool(may_advance(user, programme))
    issued = programme.state in PROGRAMMES_EVER_ISSUED
    gives = programme.state in (ProgrammeState.ISSUED, ProgrammeState.CARRIED_OUT) and bool(may_give(user))
    offered = (
        ("Thêm chỉ tiêu", reverse("programme-target-new", args=[programme.code]), "target", keeps),
        ("Ghi kết quả", reverse("programme-result-new", args=[programme.code]), "report", keeps and issued),
        ("Giao việc thực hiện", _give_url(programme), "send", gives),
    )
    return [
        {"label": label, "url": url, "icon": icon, "kind": "secondary"}
        for label, url, icon, possible in offered
        if possible
    ]


def _give_url(programme: Programme) -> str:
    words = f"{programme.number} {programme.title}".strip()
    query = {
        "noi-giao": str(programme.ref),
        "cau": words,
        "nguoi-giao": programme.issuer.listed_name if programme.issuer else "",
    }
    return f"{reverse('assignment-new')}?{urlencode(query)}"
