"""What the pages of an import show at each of its steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from khcn.kernel.exchange.cells import is_empty, text_cell
from khcn.kernel.exchange.checking import check, is_large
from khcn.kernel.exchange.declaring import PastRefused
from khcn.kernel.exchange.guessing import Rows, candidates, headings_at
from khcn.kernel.exchange.jobs import check_staging
from khcn.kernel.exchange.lookups import Lookups
from khcn.kernel.exchange.models import Staging, StagingStep
from khcn.kernel.exchange.staging import matching_of, top_of
from khcn.kernel.exchange.suggesting import Suggester
from khcn.kernel.exchange.values import label_of
from khcn.kernel.records.registry import Register, UnknownRegister, register
from khcn.language.words import words as _
from khcn.ui import formats

FIRST_VALUES = 3
LONGEST_SHOWN = 60
HEADINGS_OFFERED = 20
VALUES_A_PAGE = 20
EXCLUDED = ""
PLACES = {
    StagingStep.COLUMNS: "register-import-columns",
    StagingStep.CHECKING: "register-import-progress",
    StagingStep.CHECKED: "register-import-check",
    StagingStep.APPLYING: "register-import-progress",
    StagingStep.DONE: "register-import-result",
}
STEPS = (
    (_("Chọn tệp"), ()),
    (_("Ghép cột"), (StagingStep.COLUMNS,)),
    (_("Kiểm tra, sửa lỗi"), (StagingStep.CHECKING, StagingStep.CHECKED)),
    (_("Nhập vào sổ"), (StagingStep.APPLYING,)),
)


def place_of(staging: Staging) -> str:
    """Return the address of the step at which the staging stands."""
    return reverse(PLACES[StagingStep(staging.step)], args=[staging.register, staging.pk])


def go_on(request: Any, found: Register, staging: Staging) -> HttpResponse:
    """Check what waits for it, at once or by a job, and lead to the step at which the person is needed."""
    if staging.step == StagingStep.CHECKING:
        recheck(request, found, staging)
    return redirect(place_of(staging))


def recheck(request: Any, found: Register, staging: Staging) -> None:
    """Check the whole staging: at once where it is small, else by a job whose page the person is led to."""
    if is_large(staging):
        with transaction.atomic():  # it waits exactly if the worker knows of it
            Staging.objects.filter(pk=staging.pk).update(step=StagingStep.CHECKING)
            check_staging.enqueue(staging.pk)
        staging.step = StagingStep.CHECKING
        return
    try:
        check(found, staging, actor=request.user, on=request.today)
    except PastRefused as refusal:
        messages.error(request, str(refusal))
        staging.step, staging.is_stale = StagingStep.CHECKED, True
        staging.save(update_fields=["step", "is_stale"])


def frame(found: Register, staging: Staging | None = None) -> dict[str, Any]:
    """Return what every page of an import of the register shows."""
    list_url = reverse("register", args=[found.key])
    trail = [
        {"label": _("Sổ quản lý"), "url": reverse("registers")},
        {"label": found.label, "url": list_url},
        {"label": _("Nhập từ tệp")},
    ]
    if staging is None:
        return {"register": found, "breadcrumb": trail, "list_url": list_url}
    trail[-1]["url"] = reverse("register-import", args=[found.key])
    trail.append({"label": staging.name})
    return {"register": found, "breadcrumb": trail, "list_url": list_url, "staging": staging, "steps": _steps(staging)}


def _steps(staging: Staging) -> list[dict[str, str]]:
    now = next((place for place, (_, steps) in enumerate(STEPS) if staging.step in steps), len(STEPS))
    columns_url = reverse("register-import-columns", args=[staging.register, staging.pk])
    may_turn_back = staging.step == StagingStep.CHECKED
    return [
        {
            "label": label,
            "state": "done" if place < now else "current" if place == now else "todo",
            "url": columns_url if place == 1 and may_turn_back else "",
        }
        for place, (label, _) in enumerate(STEPS)
    ]


def left_undone(request: Any) -> list[dict[str, Any]]:
    """Return the imports that the person has under way, into whatever register, newest first."""
    mine = (
        Staging.objects.of(request.user).under_way().filter(expires_at__gt=request.now).order_by("-started_at", "-pk")
    )
    return [
        {
            "name": one.name,
            "url": place_of(one),
            "register": _label_of_register(one.register),
            "step": StagingStep(one.step).label,
            "started": formats.instant(timezone.localtime(one.started_at)),
            "expires": formats.day(timezone.localtime(one.expires_at).date()),
        }
        for one in mine[:HEADINGS_OFFERED]
    ]


def _label_of_register(key: str) -> str:
    try:
        return register(key).label
    except UnknownRegister:
        return key


def columns_page(found: Register, staging: Staging, chosen: dict[int, str]) -> dict[str, Any]:
    """Return the page on which columns are matched. `chosen`: place of a cell → name of the register's column."""
    lines = top_of(staging)
    headings = headings_at(lines, staging.first_heading, staging.last_heading)
    body = [cells for number, cells in lines if number > staging.last_heading]
    options = [
        {"value": one.name, "label": label_of(found, one), "required": one.required or one.name == "title"}
        for one in found.columns
        if one.importable
    ]
    width = max((len(cells) for _, cells in lines), default=0)
    columns = [
        {
            "name": f"cot-{place}",
            "letter": letters_of(place),
            "heading": headings.texts.get(place, ""),
            "values": values,
            "chosen": chosen.get(place, EXCLUDED),
        }
        for place in range(width)
        if (values := _first_values(body, place)) or place in headings.texts
    ]
    return {
        **frame(found, staging),
        "columns": columns,
        "options": options,
        "sheets": list(enumerate(staging.sheets)) if len(staging.sheets) > 1 else [],
        "headings": _offered(lines),
        "chosen_heading": f"{staging.first_heading}-{staging.last_heading}",
        "remembered": matching_of(found, staging),
    }


def _first_values(body: Sequence[Sequence[Any]], place: int) -> list[str]:
    cells = (row[place] for row in body if place < len(row) and not is_empty(row[place]))
    return [_short(text_cell(cell)) for cell, _ in zip(cells, range(FIRST_VALUES), strict=False)]


def _offered(lines: Rows) -> list[dict[str, str]]:
    offered = []
    for one in candidates(lines):
        if one.first != one.last:
            continue
        offered.append(
            {
                "value": f"{one.first}-{one.last}",
                "label": _("Dòng {first}: {texts}").format(first=one.first, texts=_joined(one.texts)),
            }
        )
        if (double := headings_at(lines, one.first, one.first + 1)).texts != one.texts:
            words = _("Hai dòng {first}–{value}: {texts}").format(
                first=one.first, value=one.first + 1, texts=_joined(double.texts)
            )
            offered.append({"value": f"{one.first}-{one.first + 1}", "label": words})
    return offered[: 2 * HEADINGS_OFFERED]


def _joined(texts: dict[int, str]) -> str:
    return _short(" | ".join(texts.values()))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def letters_of(place: int) -> str:
    """Return the letters by which spreadsheets call a column: A, B, …, Z, AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def check_page(found: Register, staging: Staging, user: Any) -> dict[str, Any]:
    """Return the page that says what the import would do, and what is still in its way."""
    said = staging.summary
    faulty = staging.rows.filter(is_faulty=True, is_set_aside=False).count()
    aside = staging.rows.filter(is_set_aside=True).count()
    ready = not faulty and not staging.is_stale
    writes = said.get("created", 0) + said.get("updated", 0)
    return {
        **frame(found, staging),
        "said": said,
        "faulty": faulty,
        "aside": aside,
        "unknown": len(said.get("unknown", ())),
        "changes": _visible_changes(found, said, user),
        "change_columns": [
            {"label": _("Dòng")},
            {"label": _("Hồ sơ")},
            {"label": _("Cột")},
            {"label": _("Đang là")},
            {"label": _("Sẽ là")},
        ],
        "may_apply": ready and writes > 0,
        "is_idle": ready and not writes,
        "remembered": matching_of(found, staging),
    }


def _visible_changes(found: Register, said: dict[str, Any], user: Any) -> list[dict[str, Any]]:
    """Return the first changes, of records that the person may still know of."""
    listed = said.get("changes", [])
    if not listed:
        return []
    known = set(found.visible_to(user).filter(pk__in=[one[1] for one in listed]).values_list("pk", flat=True))
    return [
        {
            "cells": [
                str(row),
                {"text": code, "url": reverse("record", args=[found.key, code])},
                label,
                before or None,
                after or None,
            ]
        }
        for row, record, code, fields in listed
        if record in known
        for label, before, after in fields
    ]


def values_page(request: Any, found: Register, staging: Staging, page: int) -> dict[str, Any]:
    """Return the page on which names that nobody knows are told what they mean."""
    unknown = staging.summary.get("unknown", [])
    shown = unknown[page * VALUES_A_PAGE : (page + 1) * VALUES_A_PAGE]
    known = {column.name: column for column in found.columns}
    lookups = Lookups(actor=request.user, office=staging.office, on=request.today)
    texts: dict[str, list[str]] = {}
    for name, text, _count in shown:
        texts.setdefault(name, []).append(text)
    suggested = {
        name: Suggester(found, known[name], lookups).suggest(listed) for name, listed in texts.items() if name in known
    }
    items = [
        {
            "place": place,
            "column": name,
            "label": label_of(found, known[name]),
            "text": text,
            "count": count,
            "suggestions": suggested[name].get(text, []),
        }
        for place, (name, text, count) in enumerate(shown)
        if name in suggested
    ]
    return {
        **frame(found, staging),
        "items": items,
        "page": page,
        "next_page": page + 1 if len(unknown) > (page + 1) * VALUES_A_PAGE else 0,
        "total": len(unknown),
    }
