"""The desk of tasks, and the money that a budget year needs."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from khcn.kernel.identity.requests import ActingRequest
from khcn.kernel.rulebook.selectors import RuleUnknown
from khcn.language.words import words as _
from khcn.research.desk_presenting import desk_values, estimate_values
from khcn.research.permissions import may_open_desk

FORBIDDEN, UNPROCESSABLE = 403, 422


@require_GET
@login_required
def show_desk(request: ActingRequest) -> HttpResponse:
    """Show where tasks stand, what is late, unused, planned and paid."""
    decision = may_open_desk(request.user)
    if not decision:
        return render(request, "403.html", {"reason": decision.sentence()}, status=FORBIDDEN)
    return render(request, "research/desk.html", desk_values(request.user, request.today))


@require_GET
@login_required
def show_estimate(request: ActingRequest, year: int) -> HttpResponse:
    """Show the money that tasks need in a budget year, with the records that it rests on."""
    decision = may_open_desk(request.user)
    if not decision:
        return render(request, "403.html", {"reason": decision.sentence()}, status=FORBIDDEN)
    try:
        values = estimate_values(request.user, year, request.today)
    except RuleUnknown as unknown:
        return render(request, "403.html", {"reason": str(unknown)}, status=UNPROCESSABLE)
    desk = {"label": _("Điều hành nhiệm vụ"), "url": reverse("task-desk")}
    values["breadcrumb"] = [desk, {"label": _("Nhu cầu kinh phí")}]
    return render(request, "research/estimate.html", values)
