"""Bring a file into a register: send it, and see what of earlier ones was left half done."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.exchange.declaring import Declaration, PastRefused, enforce_past
from khcn.kernel.exchange.forms import UploadForm
from khcn.kernel.exchange.models import Staging
from khcn.kernel.exchange.permissions import may_declare_past
from khcn.kernel.exchange.reaching import register_to_import
from khcn.kernel.exchange.runs import runs_left_by
from khcn.kernel.exchange.staging import Arrival, stage
from khcn.kernel.exchange.tables import read_table, table_of_text
from khcn.kernel.exchange.values import label_of
from khcn.kernel.exchange.wizard_pages import frame, go_on, left_undone
from khcn.kernel.files.reading import UnreadableFile
from khcn.kernel.files.uploads import TOO_LARGE
from khcn.kernel.records.registry import Register
from khcn.language.words import words as _

REMINDED = timedelta(days=30)


@login_required
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, key: str) -> HttpResponse:
    """Ask for a file; then go on to the first step at which the person is needed."""
    found = register_to_import(request, key)
    form = _form(request)
    if request.method == "GET":
        return _show(request, found, form)
    if form.is_valid():
        try:
            return go_on(request, found, _staged(request, found, form))
        except UnreadableFile as refusal:
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


def _staged(request: Any, found: Register, form: UploadForm) -> Staging:
    """Keep the sheet; only one that could be read, bears no mark of secrecy, and may be declared so."""
    file = form.cleaned_data["file"]
    data = file.read() if file else form.cleaned_data["pasted"].encode()
    table = read_table(data, file.name) if file else table_of_text(form.cleaned_data["pasted"])
    known_from = _start_of(form.cleaned_data.get("known_from"))
    try:
        enforce_past(Declaration(found, request.user, request.user.office, request.today, known_from, table.name))
    except NotPermitted as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    staging = stage(found, Arrival(table, data, known_from, request.now), owner=request.user)
    if staging.started_at != request.now:
        messages.info(
            request, _("Bạn đang nhập dở {name}; trang này đi tiếp từ chỗ đã dừng.").format(name=staging.name)
        )
    return staging


def _show(request: HttpRequest, found: Register, form: UploadForm, status: int = 200) -> HttpResponse:
    columns = [
        {"label": label_of(found, one), "required": one.required or one.name == "title", "key": one.key}
        for one in found.columns
        if one.importable
    ]
    values = {
        **frame(found),
        "form": form,
        "expected": columns,
        "unfinished": _unfinished(request, found),
        "undone": left_undone(request),
    }
    return render(request, "exchange/upload.html", values, status=status)


def _unfinished(request: HttpRequest, found: Register) -> list[str]:
    """Say of the person's own files which of the last days were left half imported."""
    since = request.now - REMINDED  # type: ignore[attr-defined]  # set by the middleware
    return [
        _(
            "Lần nhập trước của tệp {name} dừng sau {rows_done} trong {rows_total} dòng; gửi lại đúng tệp để nhập tiếp."
        ).format(name=run.name, rows_done=run.rows_done, rows_total=run.rows_total)
        for run in runs_left_by(request.user, register=found.key, since=since)
    ]


def _start_of(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None
