"""The page that leaders see first."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from khcn.kernel.identity.requests import ActingRequest
from khcn.overview.permissions import may_open_overview
from khcn.overview.presenting import overview_values


@require_GET
@login_required
def show_overview(request: ActingRequest) -> HttpResponse:
    """Show the four numbers, what does not move, three charts; `ket-luan=tat-ca` shows all that does not move."""
    decision = may_open_overview(request.user)
    if not decision:
        raise PermissionDenied(decision.sentence())
    whole = request.GET.get("ket-luan") == "tat-ca"
    return render(
        request, "overview/overview.html", overview_values(request.user, request.today, request.now, whole=whole)
    )
