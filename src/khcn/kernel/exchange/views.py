"""Bring a file into a register: upload, dry run, confirmation."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from khcn.kernel.access.decisions import requires
from khcn.kernel.exchange.cells import is_empty
from khcn.kernel.exchange.forms import UploadForm
from khcn.kernel.exchange.headers import HeadingsNotFound
from khcn.kernel.exchange.permissions import may_import
from khcn.kernel.exchange.reports import ImportReport
from khcn.kernel.exchange.services import import_rows
from khcn.kernel.exchange.tables import Table, read_table
from khcn.kernel.exchange.uploads import drop, keep, kept
from khcn.kernel.exchange.values import label_of
from khcn.kernel.files.reading import UnreadableFile
from khcn.kernel.records.registry import Register, UnknownRegister, register

SESSION_KEY = "khcn_import"
SHOWN_FAULTS = 200


@login_required
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, key: str) -> HttpResponse:
    """Ask for a file; then show what it would do."""
    found = _register(request, key)
    today = request.today  # type: ignore[attr-defined]  # set by the middleware
    if request.method == "GET":
        return _show(request, found, UploadForm(today=today))
    form = UploadForm(request.POST, request.FILES, today=today)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            table = read_table(file.read(), file.name)
            said = {
                "name": file.name,
                "mode": form.cleaned_data["mode"],
                "known_from": _iso(form.cleaned_data["known_from"]),
            }
            report = _run(request, found, table, said, dry_run=True)
        except (UnreadableFile, HeadingsNotFound) as refusal:
            form.add_error("file", str(refusal))
        else:
            file.seek(0)
            said["sha256"] = keep(file.read(), request.now.timestamp())  # type: ignore[attr-defined]  # set by the middleware
            request.session[f"{SESSION_KEY}:{key}"] = said
            return _show_report(request, found, report, said)
    return _show(request, found, form, status=422)


@login_required
@require_POST
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """Import the file whose dry run was shown."""
    found = _register(request, key)
    said = request.session.get(f"{SESSION_KEY}:{key}")
    data = kept(said["sha256"]) if said else None
    if said is None or data is None:
        messages.warning(request, "Tệp đã kiểm tra không còn được giữ. Tải lên lại.")
        return redirect("register-import", key)
    report = _run(request, found, read_table(data, said["name"]), said, dry_run=False)
    if not report.finished:
        return _show_report(request, found, report, said, status=422)
    drop(said["sha256"])
    del request.session[f"{SESSION_KEY}:{key}"]
    messages.success(request, f"Nhập tệp {said['name']}: {report.sentence()}")
    return redirect("register", key)


def _run(request: HttpRequest, found: Register, table: Table, said: dict[str, Any], *, dry_run: bool) -> ImportReport:
    return import_rows(
        found,
        table,
        actor=request.user,
        on=request.today,  # type: ignore[attr-defined]  # set by the middleware
        dry_run=dry_run,
        skip_bad=said["mode"] == "skip",
        known_from=_start_of(said["known_from"]),
    )


def _register(request: HttpRequest, key: str) -> Register:
    try:
        found = register(key)
    except UnknownRegister as error:
        raise Http404(str(error)) from error
    user: Any = request.user
    decision = may_import(user, found) & requires(user.office_id, "Tài khoản của bạn chưa thuộc cơ quan nào.")
    if not decision:
        raise PermissionDenied(decision.sentence())
    return found


def _show(request: HttpRequest, found: Register, form: UploadForm, status: int = 200) -> HttpResponse:
    columns = [
        {"label": label_of(found, one), "required": one.required or one.name == "title", "key": one.key}
        for one in found.columns
        if one.importable
    ]
    return render(request, "exchange/upload.html", {**_frame(found), "form": form, "expected": columns}, status=status)


def _show_report(
    request: HttpRequest,
    found: Register,
    report: ImportReport,
    said: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    values = {
        **_frame(found),
        "report": report,
        "name": said["name"],
        "skips": said["mode"] == "skip",
        "may_go_on": report.dry_run
        and (not report.bad or (said["mode"] == "skip" and report.created + report.updated > 0)),
        "columns": [{"label": "Dòng", "num": True}, {"label": "Cột"}, {"label": "Vì sao"}],
        "rows": [{"cells": [str(one.row), one.column or None, one.reason]} for one in report.bad[:SHOWN_FAULTS]],
        "more": max(0, len(report.bad) - SHOWN_FAULTS),
    }
    return render(request, "exchange/report.html", values, status=status)


def _frame(found: Register) -> dict[str, Any]:
    trail = [
        {"label": "Sổ quản lý", "url": reverse("registers")},
        {"label": found.label, "url": reverse("register", args=[found.key])},
        {"label": "Nhập từ tệp"},
    ]
    return {"register": found, "breadcrumb": trail, "list_url": reverse("register", args=[found.key])}


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _start_of(text: str) -> datetime | None:
    return None if is_empty(text) else timezone.make_aware(datetime.combine(date.fromisoformat(text), time.min))
