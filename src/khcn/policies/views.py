"""The pages of policies: new documents, programmes and plan items, targets and results."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from khcn.kernel.access.decisions import Decision, NotPermitted
from khcn.kernel.identity.requests import ActingRequest
from khcn.kernel.pages.addresses import record_url, register_url
from khcn.kernel.pages.finding import find_record
from khcn.kernel.pages.meanwhile import settled, watching
from khcn.kernel.pages.submitting import FormSentBefore, entered_once
from khcn.kernel.records.constraints import NOT_KEPT
from khcn.kernel.records.record import Record
from khcn.kernel.records.registry import register
from khcn.kernel.workflow.services import NotPossible
from khcn.language.words import joined
from khcn.language.words import words as _
from khcn.policies import services
from khcn.policies.forms import LegalDocumentForm, ProgrammeForm, ResultForm, WorkPlanForm
from khcn.policies.models import LegalDocument, Programme, WorkPlanItem
from khcn.policies.permissions import may_advance, may_draft

UNPROCESSABLE = 422
FORBIDDEN = 403


@require_http_methods(["GET", "POST"])
@login_required
def propose_document(request: ActingRequest) -> HttpResponse:
    """Enter the proposal of a legal document."""
    form = LegalDocumentForm(request.POST or None, user=request.user, today=request.today)

    def enter() -> Record:
        return services.propose_document(document=form.record(), actor=request.user, on=request.today)

    return _create(request, form, enter, _("Đề nghị xây dựng văn bản"), LegalDocument.REGISTER)


@require_http_methods(["GET", "POST"])
@login_required
def draft_programme(request: ActingRequest) -> HttpResponse:
    """Begin a programme, plan, scheme or project."""
    form = ProgrammeForm(request.POST or None, user=request.user, today=request.today)

    def enter() -> Record:
        return services.draft_programme(programme=form.record(), actor=request.user, on=request.today)

    return _create(request, form, enter, _("Soạn chương trình, kế hoạch, đề án"), Programme.REGISTER)


@require_http_methods(["GET", "POST"])
@login_required
def plan_item(request: ActingRequest) -> HttpResponse:
    """Put one thing into the work plan."""
    form = WorkPlanForm(request.POST or None, user=request.user, today=request.today)

    def enter() -> Record:
        return services.plan_item(item=form.record(), actor=request.user, on=request.today)

    return _create(request, form, enter, _("Thêm việc vào kế hoạch công tác"), WorkPlanItem.REGISTER)


@require_http_methods(["GET", "POST"])
@login_required
def record_result(request: ActingRequest, code: str) -> HttpResponse:
    """Record what came of a programme."""
    programme = load_programme(request, code)
    form = ResultForm(request.POST or None, user=request.user, today=request.today, programme=programme)

    def enter() -> Record:
        said: dict[str, Any] = {**form.cleaned_data, "evidence": form.cleaned_data["evidence"] or ()}
        services.record_result(programme=programme, actor=request.user, **said)
        return programme

    decision = may_advance(request.user, programme)
    page = FormPage(_("Ghi kết quả"), record_url(programme), decision, of=programme)
    return answer_form(request, form, enter, page)


@dataclass(frozen=True)
class FormPage:
    """What a form's page is for, where it leads back, and who may use it.

    `of`: the record it adds to, if any; `about`: what of it the heading names, its code if not said.
    """

    act: str
    back: str
    decision: Decision
    register: str = Programme.REGISTER
    of: Record | None = None
    about: str = ""

    @property
    def heading(self) -> str:
        """Return the words above the form."""
        return self.act if self.of is None else joined(" · ", [self.act, self.about or self.of.code])

    @property
    def breadcrumb(self) -> list[dict[str, str]]:
        """Return the way to the page."""
        way = trail_of(self.of) if self.of is not None else _trail(self.register)
        return [*way, {"label": self.act}]


def _create(
    request: ActingRequest, form: forms.Form, enter: Callable[[], Record], heading: str, key: str
) -> HttpResponse:
    return answer_form(request, form, enter, FormPage(heading, register_url(key), may_draft(request.user), key))


def answer_form(request: ActingRequest, form: Any, enter: Callable[[], Record], page: FormPage) -> HttpResponse:
    """Do what a valid form asks and lead to the record; show a refusal on the form."""
    if not page.decision:
        return render(request, "403.html", {"reason": page.decision.sentence()}, status=FORBIDDEN)
    ready = form.is_valid() if page.of is None else settled(watching(form, page.of), page.of, request.user)
    if ready:
        try:
            with transaction.atomic():
                entered = entered_once(page.register, enter, actor=request.user, token=form.token)
        except (NotPermitted, NotPossible, FormSentBefore) as refusal:
            form.add_error(None, str(refusal))
        except IntegrityError:
            form.add_error(None, NOT_KEPT)
        else:
            messages.success(request, entered.words(_("Đã ghi vào {record}.").format(record=entered.record)))
            return redirect(record_url(entered.record))
    values = {"form": form, "page_heading": page.heading, "back": page.back, "breadcrumb": page.breadcrumb}
    return render(request, "policies/form.html", values, status=UNPROCESSABLE if form.is_bound else 200)


def trail_of(record: Record) -> list[dict[str, str]]:
    """Return the way to a record, to stand above the pages that add to it."""
    return [*_trail(record.REGISTER), {"label": record.code, "url": record_url(record)}]


def _trail(key: str) -> list[dict[str, str]]:
    found = register(key)
    return [{"label": _("Sổ quản lý"), "url": reverse("registers")}, {"label": found.label, "url": register_url(key)}]


def load_programme(request: ActingRequest, code: str) -> Programme:
    """Return the programme of that code.

    Raises: Http404, if the reader may not know of it.
    """
    found = find_record(register(Programme.REGISTER), code, request.user)
    if not isinstance(found, Programme):
        raise Http404(_("Không có chương trình {code}.").format(code=code))
    return found
