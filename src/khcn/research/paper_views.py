"""Give the papers of a task as Word or PDF."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from khcn.kernel.identity.requests import ActingRequest
from khcn.kernel.pages.addresses import record_url
from khcn.kernel.pages.office_papers import file_answer, moment
from khcn.language.words import words as _
from khcn.research.models import ResearchTask
from khcn.research.papers.annexing import annex_document
from khcn.research.papers.kinds import DECISIONS, JOINT, PaperKind
from khcn.research.papers.reading import Printing, annexes_of
from khcn.research.permissions import may_print_joint, may_record_signed
from khcn.research.views import forbidden, load_task


@login_required
@require_GET
def decision_paper(request: ActingRequest, code: str, paper: str, suffix: str) -> HttpResponse:
    """Give a paper that the department issues."""
    task = load_task(request, code)
    decision = may_record_signed(request.user, task)
    return _given(request, task, DECISIONS, paper, suffix) if decision else forbidden(request, decision)


@login_required
@require_GET
def joint_paper(request: ActingRequest, code: str, paper: str, suffix: str) -> HttpResponse:
    """Give a paper that the host signs too."""
    task = load_task(request, code)
    decision = may_print_joint(request.user, task)
    return _given(request, task, JOINT, paper, suffix) if decision else forbidden(request, decision)


@login_required
@require_GET
def annex_paper(request: ActingRequest, code: str, number: int, suffix: str) -> HttpResponse:
    """Give the annex to the contract for one agreed change."""
    task = load_task(request, code)
    decision = may_print_joint(request.user, task)
    if not decision:
        return forbidden(request, decision)
    annex = next((one for one in annexes_of(task) if one.change.pk == number), None)
    if annex is None or task.withdrawn_on is not None:
        raise Http404(_("Điều chỉnh này không có phụ lục hợp đồng."))
    asked = _asked(request, task)
    return file_answer(lambda: annex_document(asked, annex), f"phu-luc-{annex.number:02d}-{task.code}", suffix)


def _given(
    request: ActingRequest, task: ResearchTask, kinds: Mapping[str, PaperKind], key: str, suffix: str
) -> HttpResponse:
    """Give the paper of that name, or go back to the task and say what is missing."""
    kind = kinds.get(key)
    if kind is None:
        raise Http404(_("Nhiệm vụ không có văn bản này."))
    if not kind.possible(task):
        words = _("Chưa lập được «{paper}» của {code}: {needs}.")
        needs = kind.needs if task.withdrawn_on is None else _("nhiệm vụ đã thu hồi")
        messages.error(request, words.format(paper=kind.label, code=task.code, needs=needs))
        return redirect(record_url(task))
    asked = _asked(request, task)
    return file_answer(lambda: kind.make(asked), f"{key}-{task.code}", suffix)


def _asked(request: ActingRequest, task: ResearchTask) -> Printing:
    return Printing(task, request.user, moment(request), request.today)
