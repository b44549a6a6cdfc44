"""Record what was decided on how a task ended: a risk, its money, the recognition of its result."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from khcn.kernel.identity.requests import ActingRequest
from khcn.research.forms import RecognitionForm, RecoveryForm
from khcn.research.models import RiskFile
from khcn.research.part_sheets import MONEY, RESULT
from khcn.research.permissions import may_decide, may_record_signed
from khcn.research.selectors import spent_of
from khcn.research.services import accepting, recovering
from khcn.research.views import changed, load_task, sent


@require_http_methods(["GET", "POST"])
@login_required
def decide_risk(request: ActingRequest, code: str) -> HttpResponse:
    """Decide on a risk that came true."""
    task = load_task(request, code)
    risk = get_object_or_404(RiskFile.objects.filter(task=task))
    risk.task = task
    form = RecoveryForm(sent(request), today=request.today, spent=spent_of(task))

    def act(filled: Any) -> None:
        said: dict[str, Any] = {"actor": request.user, "on": request.today}
        recovering.decide_risk(risk=risk, asked=filled.decision(), opinion=filled.cleaned_data["why"], **said)

    decision = may_decide(request.user, task)
    return changed(request, task, form, act, decision, heading=recovering.RISK, side=RESULT)


@require_http_methods(["GET", "POST"])
@login_required
def decide_recovery(request: ActingRequest, code: str) -> HttpResponse:
    """Decide what of the money of a task comes back that was stopped or not accepted."""
    task = load_task(request, code)
    asks = not task.termination_cause
    form = RecoveryForm(sent(request), today=request.today, spent=spent_of(task), asks_cause=asks)

    def act(filled: Any) -> None:
        said: dict[str, Any] = {"actor": request.user, "on": request.today, "why": filled.cleaned_data["why"]}
        recovering.decide_recovery(task=task, cause=filled.cause(), asked=filled.decision(), **said)

    decision = may_decide(request.user, task)
    return changed(request, task, form, act, decision, heading=recovering.RECOVERY, side=MONEY)


@require_http_methods(["GET", "POST"])
@login_required
def recognise_result(request: ActingRequest, code: str) -> HttpResponse:
    """Record the decision that recognises a result."""
    task = load_task(request, code)
    form = RecognitionForm(sent(request), today=request.today)

    def act(filled: Any) -> None:
        accepting.recognise_result(task=task, actor=request.user, on=request.today, **filled.cleaned_data)

    decision = may_record_signed(request.user, task)
    return changed(request, task, form, act, decision, heading=accepting.RECOGNITION, side=RESULT)
