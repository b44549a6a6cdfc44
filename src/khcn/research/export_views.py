"""The pages of exports: the profiles with their fields, an export as one archive, at once or made by a job."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from khcn.kernel.identity.requests import ActingRequest
from khcn.language.drawing import drawn_in_source
from khcn.language.words import words as _
from khcn.research.export_archives import is_large, pack
from khcn.research.export_profiles import Profile, profiles
from khcn.research.exporting import Scope
from khcn.research.jobs import make_prepared_export
from khcn.research.models import PreparedExport
from khcn.research.permissions import may_export
from khcn.research.services.prepared_exports import NotFetched, ask_for_export, file_to_fetch
from khcn.research.states import ExportState
from khcn.research.statistics_views import FIRST_YEAR, YEAR, trail
from khcn.ui import formats

LONG = timedelta(minutes=30)
"""Who has waited so long is told to ask for help: the worker may be standing still."""
COLUMNS = [{"label": _("Trường")}, {"label": _("Lấy từ")}, {"label": _("Bắt buộc")}, {"label": _("Ghi chú")}]


@require_GET
@login_required
def show_exports(request: ActingRequest) -> HttpResponse:
    """Show the profiles with their fields, and where to download the export of all tasks or of a year (`nam`)."""
    _allow(request)
    year = _year_asked(request)
    this = request.today.year
    choices = [(_("Mọi năm"), "?", None), *((str(one), f"?nam={one}", one) for one in range(this, this - 5, -1))]
    heading = _("Xuất dữ liệu nhiệm vụ")
    values = {
        "page_heading": heading,
        "years": [{"label": label, "url": url, "active": one == year} for label, url, one in choices],
        "profiles": [_shown(profile, year) for profile in profiles().values()],
        "is_large": is_large(_scope(request, year)),
        "prepared": [_told(one, request.now) for one in PreparedExport.objects.of(request.user).order_by("-pk")],
        "columns": COLUMNS,
        "breadcrumb": trail(heading),
    }
    return render(request, "research/exports.html", values)


@drawn_in_source
@require_GET
@login_required
def download_export(request: ActingRequest, profile: str) -> HttpResponse | FileResponse:
    """Give the files of a profile and their report as one archive: of the tasks that the person may know of.

    Where these are too many to wait for, lead to where they are asked for.
    """
    _allow(request)
    year, found = _year_asked(request), _profile(profile)
    scope = _scope(request, year)
    if is_large(scope):
        messages.info(request, _("Nhiều nhiệm vụ quá để tải ngay: bấm «Lập tệp», hệ thống báo khi tệp lập xong."))
        return redirect(f"{reverse('task-exports')}{f'?nam={year}' if year else ''}")
    name = "-".join([profile, *([str(year)] if year else []), f"{request.today:%Y-%m-%d}"])
    packed: Any = tempfile.TemporaryFile()  # noqa: SIM115 (closed by the answer)
    pack(found, scope, packed)
    return FileResponse(packed, as_attachment=True, filename=f"{name}.zip")


@require_POST
@login_required
def prepare_export(request: ActingRequest, profile: str) -> HttpResponse:
    """Have the worker make an export, once however often it is asked for while it waits."""
    _allow(request)
    year, found = _year_asked(request), _profile(profile)
    with transaction.atomic():  # asked for exactly if the worker knows of it
        export, is_new = ask_for_export(profile=found.key, year=year, actor=request.user, at=request.now)
        if is_new:
            make_prepared_export.enqueue(export.pk)
    return redirect("task-export-file", export.pk)


@require_GET
@login_required
def show_export_file(request: ActingRequest, number: int) -> HttpResponse:
    """Show how far an export is that the person asked for, and where its file is fetched."""
    export = _own(request, number)
    heading = _("Tệp xuất {name}").format(name=export.filename)
    exports = {"label": _("Xuất dữ liệu nhiệm vụ"), "url": reverse("task-exports")}
    values = {"page_heading": heading, "breadcrumb": [*trail("")[:-1], exports, {"label": heading}]}
    return render(request, "research/export_file.html", values | _told(export, request.now))


@drawn_in_source
@require_GET
@login_required
def fetch_export_file(request: ActingRequest, number: int) -> HttpResponse | FileResponse:
    """Give the file to the one who asked for it, if all that is in it may still go to them."""
    export = _own(request, number)
    try:
        path = file_to_fetch(export=export, actor=request.user, at=request.now)
    except NotFetched as refusal:
        messages.error(request, str(refusal))
        return redirect("task-exports")
    return FileResponse(path.open("rb"), as_attachment=True, filename=export.filename)


def _own(request: ActingRequest, number: int) -> PreparedExport:
    """Return the export of that number, if the person asked for it and may still export; of others nothing is told."""
    _allow(request)
    found: PreparedExport = get_object_or_404(PreparedExport.objects.of(request.user), pk=number)
    return found


def _told(export: PreparedExport, now: Any) -> dict[str, Any]:
    """Return what a page says of an export that was asked for."""
    is_ready = export.state == ExportState.READY
    waits_long = export.state == ExportState.WAITING and now - export.asked_at > LONG
    until = formats.instant(timezone.localtime(export.expires_at))
    return {
        "export": export,
        "is_running": export.state == ExportState.WAITING,
        "label": export.get_state_display(),
        "url": reverse("task-export-file", args=[export.pk]),
        "result": {"label": _("Tải tệp"), "url": reverse("task-export-fetch", args=[export.pk])} if is_ready else None,
        "words": _("{tasks} nhiệm vụ · giữ đến {until}").format(tasks=formats.number(export.tasks), until=until)
        if is_ready
        else _("Chờ đã lâu: nhờ quản trị hệ thống xem các việc chạy nền.")
        if waits_long
        else export.refusal,
    }


def _profile(key: str) -> Profile:
    if key not in profiles():
        raise Http404(_("Không có hồ sơ xuất «{profile}».").format(profile=key))
    return profiles()[key]


def _scope(request: ActingRequest, year: int | None) -> Scope:
    return Scope(request.user.working_office, request.today, year, request.user)


def _shown(profile: Profile, year: int | None) -> dict[str, object]:
    url, prepare_url = (reverse(name, args=[profile.key]) for name in ("task-export-download", "task-export-prepare"))
    asked = f"?nam={year}" if year else ""
    return {
        "profile": profile,
        "checked": profile.confidence == "verified",
        "formats": ", ".join(one.upper() for one in profile.formats),
        "url": f"{url}{asked}",
        "prepare_url": f"{prepare_url}{asked}",
        "rows": [
            {"cells": [f"{entity}/{one.path}", one.source or "—", _("Có") if one.required else "", one.note]}
            for entity, fields in profile.entities.items()
            for one in fields
        ],
    }


def _allow(request: ActingRequest) -> None:
    decision = may_export(request.user)
    if not decision:
        raise PermissionDenied(decision.sentence())


def _year_asked(request: ActingRequest) -> int | None:
    text = request.GET.get("nam", "")
    if not text:
        return None
    if not YEAR.fullmatch(text) or not FIRST_YEAR <= int(text) <= request.today.year:
        raise Http404(_("Không có dữ liệu của năm này."))
    return int(text)
