"""Pages that register, draft, instruct and number papers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from khcn.correspondence.drafting import begun_again, draft_form
from khcn.correspondence.forms import DraftForm, IncomingPaperForm, InstructForm, NumberForm
from khcn.correspondence.models import Paper
from khcn.correspondence.permissions import may_draft, may_instruct, may_register
from khcn.correspondence.services import (
    Signature,
    SignedCopy,
    change_draft,
    draft_outgoing_paper,
    instruct,
    record_signature,
    register_incoming_paper,
)
from khcn.correspondence.states import Direction
from khcn.kernel.access.decisions import Decision
from khcn.kernel.files.reading.errors import FileTooLarge, UnreadableFile
from khcn.kernel.files.uploads import TOO_LARGE, InMemoryUpload
from khcn.kernel.identity.requests import ActingRequest
from khcn.kernel.pages.meanwhile import settled, watching
from khcn.kernel.pages.submitting import FormSentBefore, entered_once
from khcn.kernel.records.corrections import StaleRecord
from khcn.kernel.rulebook.selectors import RuleUnknown
from khcn.kernel.workflow.services import NotPossible
from khcn.language.words import words as _

Act = Callable[[], Paper]


def takes_file(view: Callable[..., HttpResponse]) -> Any:
    """Receive the file of a form in memory only; the token is checked once the handler is set."""
    checked = csrf_protect(view)

    def receive(request: ActingRequest, **parts: str) -> HttpResponse:
        request.upload_handlers = [InMemoryUpload(request)]
        return checked(request, **parts)

    return csrf_exempt(login_required(require_http_methods(["GET", "POST"])(receive)))


def _register(request: ActingRequest) -> HttpResponse:
    """Enter a paper that came in."""
    paper = Paper(office=request.user.office, direction=Direction.INCOMING)
    form = IncomingPaperForm(
        request.POST or None, request.FILES or None, instance=paper, user=request.user, today=request.today
    )
    return _page(
        request,
        may_register(request.user),
        form,
        {"heading": _("Vào sổ văn bản đến"), "submit": _("Vào sổ"), "draft": "incoming-paper"},
        lambda: register_incoming_paper(paper=paper, actor=request.user, on=request.today, copy=_copy(request)),
    )


def _number(request: ActingRequest, code: str) -> HttpResponse:
    """Record the number and date of a signed paper, with its signed file."""
    paper = _paper(request, code)
    given: dict[str, Any] = {"paper": paper, "user": request.user, "today": request.today}
    form = watching(NumberForm(request.POST or None, request.FILES or None, **given), paper)
    return _page(
        request,
        may_register(request.user, paper),
        form,
        {
            "heading": _("Ghi số bản đã ký: {title}").format(title=paper.title),
            "submit": _("Ghi số"),
            "paper": paper,
            "consequence": _("Số đã ghi không sửa và không dùng lại được, kể cả khi văn bản bị thu hồi."),
        },
        lambda: record_signature(
            paper=paper, signature=_signature(form), actor=request.user, on=request.today, copy=_copy(request)
        ),
    )


register_paper = takes_file(_register)
number_paper = takes_file(_number)


@require_GET
@login_required
def create_paper(request: ActingRequest) -> HttpResponse:
    """Lead to the form of the direction that is the person's work; whoever does both chooses."""
    registers, drafts = may_register(request.user), may_draft(request.user)
    if registers and drafts:
        return render(request, "correspondence/create.html")
    if not (registers or drafts):
        return render(request, "403.html", {"reason": (registers | drafts).sentence()}, status=403)
    return redirect("paper-register" if registers else "paper-draft")


@login_required
@require_http_methods(["GET", "POST"])
def draft_paper(request: ActingRequest) -> HttpResponse:
    """Begin a paper that is to go out."""
    paper = Paper(office=request.user.office, direction=Direction.OUTGOING)
    form = DraftForm(request.POST or None, instance=paper, user=request.user, today=request.today)
    return _page(
        request,
        may_draft(request.user),
        form,
        {"heading": _("Soạn văn bản đi"), "submit": _("Lưu dự thảo"), "draft": "outgoing-paper"},
        lambda: draft_outgoing_paper(paper=paper, addressees=form.addressees, actor=request.user, on=request.today),
    )


@login_required
@require_http_methods(["GET", "POST"])
def edit_draft(request: ActingRequest, code: str) -> HttpResponse:
    """Change a draft and its addressees; what another wrote meanwhile is told first."""
    paper = _paper(request, code)
    begun: dict[str, Any] = {"user": request.user, "today": request.today}
    form = draft_form(paper, data=request.POST or None, **begun)
    values = {"heading": _("Sửa dự thảo {code}").format(code=paper.code), "submit": _("Lưu dự thảo"), "paper": paper}

    def change() -> Paper:
        addressees, seen = form.addressees, form.seen
        return change_draft(paper=paper, addressees=addressees, actor=request.user, on=request.today, seen=seen)

    try:
        return _page(request, may_draft(request.user, paper), form, values, change)
    except StaleRecord as stale:
        return _form(request, begun_again(form, paper, stale, **begun), values)


@login_required
@require_http_methods(["GET", "POST"])
def instruct_paper(request: ActingRequest, code: str) -> HttpResponse:
    """Record a leader's instruction on a paper."""
    paper = _paper(request, code)
    form = watching(InstructForm(request.POST or None, paper=paper, today=request.today), paper)
    return _page(
        request,
        may_instruct(request.user, paper),
        form,
        {"heading": _("Bút phê: {title}").format(title=paper.title), "submit": _("Ghi bút phê"), "paper": paper},
        lambda: instruct(paper=paper, actor=request.user, on=request.today, **form.cleaned_data),
    )


def _page(request: ActingRequest, decision: Decision, form: Any, values: dict[str, Any], act: Act) -> HttpResponse:
    """Ask permission, then show the form, or do the act and go to the paper."""
    if not decision:
        return render(request, "403.html", {"reason": decision.sentence()}, status=403)
    if request.method == "POST" and _ready(request, form, values.get("paper")):
        token = getattr(form, "token", None)
        try:
            entered = entered_once(Paper.REGISTER, act, actor=request.user, token=token)
        except NotPossible as refusal:
            for reason in refusal.reasons:
                form.add_error(None, reason)
        except (UnreadableFile, RuleUnknown, FormSentBefore) as refusal:
            form.add_error("copy" if isinstance(refusal, UnreadableFile) else None, str(refusal))
        else:
            done = entered.record
            messages.success(
                request, entered.words(_("Đã ghi văn bản {code} · {done}.").format(code=done.code, done=done))
            )
            return redirect(_address(done))
    return _form(request, form, values)


def _ready(request: ActingRequest, form: Any, paper: Paper | None) -> bool:
    """Tell whether the form may be done; a draft compares for itself, so that what nobody touched follows the paper."""
    if paper is None or isinstance(form, DraftForm):
        return bool(form.is_valid())
    return settled(form, paper, request.user)


def _form(request: ActingRequest, form: Any, values: dict[str, Any]) -> HttpResponse:
    paper = values.get("paper")
    shown = {**values, "form": form, "cancel_url": _address(paper) if paper else reverse("register", args=["paper"])}
    return render(request, "correspondence/form.html", shown, status=422 if form.errors else 200)


def _paper(request: ActingRequest, code: str) -> Paper:
    rows = Paper.objects.visible_to(request.user)
    found: Paper = get_object_or_404(rows, office_id=request.user.office_id, code=code)
    return found


def _copy(request: ActingRequest) -> SignedCopy | None:
    if request.META.get(TOO_LARGE):
        raise FileTooLarge(_("tệp nặng quá mức cho phép"))
    given: Any = request.FILES.get("copy")
    return SignedCopy(given.name, given.read()) if given else None


def _signature(form: NumberForm) -> Signature:
    said = {name: value for name, value in form.cleaned_data.items() if name != "copy"}
    return Signature(**said)


def _address(paper: Paper) -> str:
    return reverse("record", args=[paper.REGISTER, paper.code])
