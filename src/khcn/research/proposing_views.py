"""The pages by which people, firms and agencies outside the department propose tasks and see what becomes of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from khcn.kernel.identity.requests import ActingRequest
from khcn.kernel.pages.addresses import record_url
from khcn.kernel.pages.submitting import entered_once
from khcn.kernel.workflow.services import NotPossible
from khcn.language.words import words as _
from khcn.parties.models import Organisation, organisation_ids_of
from khcn.research.models import TaskProposal
from khcn.research.permissions import may_propose
from khcn.research.proposing_forms import SendProposalForm
from khcn.research.selectors import calls_taking_proposals
from khcn.research.services import calls
from khcn.research.states import ProposalState
from khcn.research.views import UNPROCESSABLE, forbidden, sent, tell
from khcn.ui import formats

SENT_COLUMNS = [{"label": _("Đề xuất")}, {"label": _("Gửi ngày")}, {"label": _("Trạng thái")}]


@require_GET
@login_required
def show_proposing(request: ActingRequest) -> HttpResponse:
    """Show which notices take proposals today, and what the reader sent before."""
    if not (decision := may_propose(request.user)):
        return forbidden(request, decision)
    found = calls_taking_proposals(request.user.working_office, request.today)
    values = {
        "calls": [{"call": one, "url": reverse("task-proposal-send", args=[one.code])} for one in found],
        "sent_columns": SENT_COLUMNS,
        "sent_rows": [_sent_row(one) for one in TaskProposal.objects.sent_by(request.user)],
    }
    return render(request, "research/proposing.html", values)


@require_http_methods(["GET", "POST"])
@login_required
def send_proposal(request: ActingRequest, notice: str) -> HttpResponse:
    """Propose a task by a notice that takes proposals today."""
    if not (decision := may_propose(request.user)):
        return forbidden(request, decision)
    known = {one.code: one for one in calls_taking_proposals(request.user.working_office, request.today)}
    if notice not in known:
        messages.error(request, _("Thông báo {code} không nhận đề xuất hôm nay.").format(code=notice))
        return redirect("task-proposing")
    own = Organisation.objects.filter(pk__in=organisation_ids_of(request.user)).first()
    form = SendProposalForm(sent(request), call=known[notice], user=request.user, organisation=own)
    if form.is_valid():
        try:
            entered = entered_once(
                TaskProposal.REGISTER,
                lambda: calls.send_proposal(proposal=form.proposal(), actor=request.user, on=request.today),
                actor=request.user,
                token=form.token,
            )
        except NotPossible as refusal:
            tell(form, refusal)
        else:
            messages.success(request, entered.words(_("Đã gửi {record}.").format(record=entered.record)))
            return redirect(record_url(entered.record))
    values = {"form": form, "call": known[notice]}
    return render(request, "research/send_proposal.html", values, status=UNPROCESSABLE if form.errors else 200)


def _sent_row(proposal: TaskProposal) -> dict[str, Any]:
    state: Any = ProposalState(proposal.state).label
    if proposal.task_id is not None:
        state = {"text": state, "sub": _("Đang cùng xét trong kế hoạch năm {year}").format(year=proposal.plan_year)}
    name = {"text": proposal.title, "url": record_url(proposal), "sub": proposal.code}
    return {"cells": [name, formats.day(proposal.received_on), state]}
