"""The page of a new request."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from khcn.kernel.calendar import CalendarError
from khcn.kernel.identity.requests import ActingRequest
from khcn.kernel.pages.addresses import record_url, register_url
from khcn.kernel.pages.submitting import FormSentBefore, entered_once
from khcn.kernel.rulebook.selectors import RuleUnknown
from khcn.language.words import words as _
from khcn.transfer import services
from khcn.transfer.forms import AppraisalForm
from khcn.transfer.models import TechnologyAppraisal
from khcn.transfer.permissions import may_receive

UNPROCESSABLE = 422
FORBIDDEN = 403


@require_http_methods(["GET", "POST"])
@login_required
def receive(request: ActingRequest) -> HttpResponse:
    """Enter a request about the technology of an investment project."""
    decision = may_receive(request.user)
    if not decision:
        return render(request, "403.html", {"reason": decision.sentence()}, status=FORBIDDEN)
    form = AppraisalForm(request.POST or None, user=request.user, today=request.today)

    def act() -> TechnologyAppraisal:
        said = {"request": form.record(), "paper": form.paper()}
        return services.receive_request(actor=request.user, on=request.today, **said)

    if form.is_valid():
        try:
            with transaction.atomic():
                entered = entered_once(TechnologyAppraisal.REGISTER, act, actor=request.user, token=form.token)
        except (RuleUnknown, CalendarError, FormSentBefore) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, entered.words(_("Đã tiếp nhận {record}.").format(record=entered.record)))
            return redirect(record_url(entered.record))
    values = {"form": form, "page_heading": _("Tiếp nhận đề nghị"), "back": register_url(TechnologyAppraisal.REGISTER)}
    return render(request, "transfer/form.html", values, status=UNPROCESSABLE if form.is_bound else 200)
