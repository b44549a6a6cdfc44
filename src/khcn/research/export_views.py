"""The pages of exports: the profiles with their fields, and an export as one archive."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path
from typing import BinaryIO

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from khcn.kernel.identity.requests import ActingRequest
from khcn.language.drawing import drawn_in_source
from khcn.language.words import words as _
from khcn.research.export_profiles import Profile, profiles
from khcn.research.exporting import Scope, export_profile
from khcn.research.permissions import may_export
from khcn.research.statistics_views import FIRST_YEAR, YEAR, trail

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
        "columns": COLUMNS,
        "breadcrumb": trail(heading),
    }
    return render(request, "research/exports.html", values)


@drawn_in_source
@require_GET
@login_required
def download_export(request: ActingRequest, profile: str) -> FileResponse:
    """Give the files of a profile and their report as one archive: of the tasks that the person may know of."""
    _allow(request)
    year = _year_asked(request)
    if profile not in profiles():
        raise Http404(_("Không có hồ sơ xuất «{profile}».").format(profile=profile))
    scope = Scope(request.user.working_office, request.today, year, request.user)
    name = "-".join([profile, *([str(year)] if year else []), f"{request.today:%Y-%m-%d}"])
    return FileResponse(_packed(profiles()[profile], scope), as_attachment=True, filename=f"{name}.zip")


def _packed(profile: Profile, scope: Scope) -> BinaryIO:
    packed: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115 (closed by the answer)
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        export_profile(profile, Path(folder), scope)
        for file in sorted(Path(folder).iterdir()):
            archive.write(file, file.name)
    packed.seek(0)
    return packed


def _shown(profile: Profile, year: int | None) -> dict[str, object]:
    url = reverse("task-export-download", args=[profile.key])
    return {
        "profile": profile,
        "checked": profile.confidence == "verified",
        "formats": ", ".join(one.upper() for one in profile.formats),
        "url": f"{url}?nam={year}" if year else url,
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
