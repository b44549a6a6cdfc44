"""The permissions, as everyone at work may read them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from khcn.kernel.pages.permission_tables import STEP_HEADS, RegisterRights, gate_rows, register_rights
from khcn.kernel.pages.permissions import may_read_office_pages
from khcn.language.words import words as _


@require_GET
@login_required
def show_permissions(request: HttpRequest) -> HttpResponse:
    """Show who may do what, made from the registers, the workflows and the gates themselves."""
    may_read_office_pages(request.user).enforce()
    pages = [{"cells": [name, words]} for name, words in gate_rows()]
    values = {
        "registers": [_rights_values(one) for one in register_rights()],
        "pages": pages,
        "page_columns": [{"label": _("Địa chỉ")}, {"label": _("Ai vào được")}],
    }
    return render(request, "pages/permissions.html", values)


@require_GET
@login_required
def old_permissions(_request: HttpRequest) -> HttpResponse:
    """Lead from the address that the page had before."""
    return redirect("permissions", permanent=True)


def _rights_values(one: RegisterRights) -> dict[str, Any]:
    return {
        "label": one.label,
        "facts": [{"heading": "", "facts": [{"label": label, "value": words} for label, words in one.acts]}],
        "columns": [{"label": label} for label in STEP_HEADS],
        "rows": [{"cells": [cell or None for cell in row]} for row in one.steps],
    }
