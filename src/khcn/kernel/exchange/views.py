"""Bring a file into a register: upload, dry run, confirmation."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
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
from khcn.kernel.exchange.declaring import PastRefused
from khcn.kernel.exchange.forms import UploadForm
from khcn.kernel.exchange.headers import HeadingsNotFound
from khcn.kernel.exchange.permissions import may_declare_past, may_import
from khcn.kernel.exchange.reports import ImportReport
from khcn.kernel.exchange.runs import ImportUnderWay, is_imported_since, runs_left_by
from khcn.kernel.exchange.services import import_rows
from khcn.kernel.exchange.tables import Table, read_table, table_of_text
from khcn.kernel.exchange.uploads import drop, keep, kept
from khcn.kernel.exchange.values import label_of
from khcn.kernel.files.reading import UnreadableFile
from khcn.kernel.files.uploads import TOO_LARGE
from khcn.kernel.records.registry import Register, UnknownRegister, register

SESSION_KEY = "khcn_import"
SHOWN_FAULTS = 200
REMINDED = timedelta(days=30)


@login_required
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, key: str) -> HttpResponse:
    """Ask for a file; then show what it would do."""
    found = _register(request, key)
    form = _form(request)
    if request.method == "GET":
        return _show(request, found, form)
    if form.is_valid():
        try:
            return _checked(request, found, form)
        except (UnreadableFile, HeadingsNotFound) as refusal:
            form.add_error("file" if form.cleaned_data["file"] else "pasted", str(refusal))
        except PastRefused as refusal:
            form.add_error("known_from", str(refusal))
    return _show(request, found, form, status=422)


def _form(request: HttpRequest) -> UploadForm:
    user: Any = request.user
    may_declare = may_declare_past(user, user.office)
    if request.POST.get("known_from") and not may_declare:
        raise PermissionDenied(may_declare.sentence())
    given = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
    return UploadForm(
        **given,
        today=request.today,  # type: ignore[attr-defined]  # set by the middleware
        may_declare_past=bool(may_declare),
        too_large=bool(request.META.get(TOO_LARGE)),
    )


def _checked(request: HttpRequest, found: Register, form: UploadForm) -> HttpResponse:
    """Show what the file would do; only a file that could be read is kept until the person confirms."""
    file = form.cleaned_data["file"]
    data = file.read() if file else form.cleaned_data["pasted"].encode()
    table = read_table(data, file.name) if file else table_of_text(form.cleaned_data["pasted"])
    said = {
        "name": table.name,
        "pasted": not file,
        "mode": form.cleaned_data["mode"],
        "known_from": _iso(form.cleaned_data.get("known_from")),
        "checked_at": request.now.isoformat(),  # type: ignore[attr-defined]  # set by the middleware
    }
    report = _run(request, found, table, said, dry_run=True)
    said["sha256"] = keep(data, request.now.timestamp())  # type: ignore[attr-defined]  # set by the middleware
    request.session[f"{SESSION_KEY}:{found.key}"] = said
    return _show_report(request, found, report, said)


@login_required
@require_POST
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """Import the file whose dry run was shown; a second click finds it under way or done."""
    found = _register(request, key)
    said = request.session.get(f"{SESSION_KEY}:{key}")
    if said is not None and _is_done(request, found, said):
        messages.success(request, f"Đã nhập xong {said['name']}.")
        return redirect("register", key)
    data = kept(said["sha256"]) if said else None
    if said is None or data is None:
        messages.warning(request, "Tệp đã kiểm tra không còn được giữ. Tải lên lại.")
        return redirect("register-import", key)
    try:
        table = table_of_text(data.decode()) if said["pasted"] else read_table(data, said["name"])
        report = _run(request, found, table, said, dry_run=False)
    except ImportUnderWay as refusal:
        messages.warning(request, str(refusal))
        return redirect("register", key)
    except (UnreadableFile, HeadingsNotFound, PastRefused) as refusal:
        drop(said["sha256"])
        messages.error(request, str(refusal))
        return redirect("register-import", key)
    return _finish(request, found, report, said)


def _finish(request: HttpRequest, found: Register, report: ImportReport, said: dict[str, Any]) -> HttpResponse:
    if not report.finished:
        return _show_report(request, found, report, said, status=422)
    drop(said["sha256"])
    request.session.pop(f"{SESSION_KEY}:{found.key}", None)
    messages.success(request, f"Nhập {said['name']}: {report.sentence()}")
    return redirect("register", found.key)


def _is_done(request: HttpRequest, found: Register, said: dict[str, Any]) -> bool:
    since = datetime.fromisoformat(said["checked_at"])
    return is_imported_since(sha256=said["sha256"], register=found.key, actor=request.user, since=since)


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
    values = {**_frame(found), "form": form, "expected": columns, "unfinished": _unfinished(request, found)}
    return render(request, "exchange/upload.html", values, status=status)


def _unfinished(request: HttpRequest, found: Register) -> list[str]:
    """Say of the person's own files which of the last days were left half imported."""
    since = request.now - REMINDED  # type: ignore[attr-defined]  # set by the middleware
    return [
        f"Lần nhập trước của tệp {run.name} dừng sau {run.rows_done} trong {run.rows_total} dòng; gửi lại đúng tệp để "
        "nhập tiếp."
        for run in runs_left_by(request.user, register=found.key, since=since)
    ]


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
        "notices": report.notices,
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
