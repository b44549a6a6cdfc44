"""The desk of tasks, and the money that a budget year needs."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from khcn.kernel.identity.requests import ActingRequest
from khcn.kernel.pages.addresses import with_parameters
from khcn.kernel.rulebook.selectors import RuleUnknown
from khcn.language.words import words as _
from khcn.research.desk_presenting import desk_values
from khcn.research.estimate_presenting import estimate_values, listed_numbers
from khcn.research.forms import EstimateForm
from khcn.research.permissions import may_open_desk

OK, FORBIDDEN, UNPROCESSABLE = 200, 403, 422


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
    """Show the money that tasks need in a budget year, with the records that it rests on.

    `nam` in the address leads to another year; the number of each form, where given, stands for that of the list.
    """
    decision = may_open_desk(request.user)
    if not decision:
        return render(request, "403.html", {"reason": decision.sentence()}, status=FORBIDDEN)
    if year not in EstimateForm.YEARS:
        raise Http404(_("Không tính nhu cầu kinh phí của năm này."))
    form = EstimateForm(request.GET, year=year, listed=listed_numbers(request.user, year))
    if form.is_valid() and form.year != year:
        return redirect(with_parameters(reverse("task-estimate", args=[form.year]), request.GET, nam=""))
    try:
        values = estimate_values(request.user, year, request.today, form.planned())
    except RuleUnknown as unknown:
        return render(request, "403.html", {"reason": str(unknown)}, status=UNPROCESSABLE)
    desk = {"label": _("Điều hành nhiệm vụ"), "url": reverse("task-desk")}
    values |= {"form": form, "breadcrumb": [desk, {"label": _("Nhu cầu kinh phí")}]}
    return render(request, "research/estimate.html", values, status=UNPROCESSABLE if form.errors else OK)
