"""Pages that enter, correct and withdraw records of any register."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.exchange.values import label_of
from khcn.kernel.identity.requests import ActingRequest
from khcn.kernel.pages.addresses import record_url, register_url
from khcn.kernel.pages.editing import FACT, Editor, editor_address, fact_address
from khcn.kernel.pages.finding import find_record
from khcn.kernel.pages.forms import SEEN
from khcn.kernel.pages.meanwhile import changes_since, settled, tell, watching
from khcn.kernel.pages.permissions import may_correct, may_enter, may_withdraw
from khcn.kernel.pages.record_forms import (
    WHY,
    CorrectionForm,
    EntryForm,
    WithdrawalForm,
    correction_form,
    open_names,
    rebased,
)
from khcn.kernel.pages.record_views import page_of_record
from khcn.kernel.pages.services import enter_once, withdraw_record
from khcn.kernel.pages.steps import NotPossible, step_refusals
from khcn.kernel.pages.submitting import FormSentBefore
from khcn.kernel.pages.typed_forms import SUBMISSION
from khcn.kernel.pages.views import register_or_404
from khcn.kernel.records.constraints import NOT_KEPT
from khcn.kernel.records.corrections import CorrectionRefused, StaleRecord, correct_record
from khcn.kernel.records.record import Record
from khcn.kernel.records.registry import Column, Register
from khcn.language.words import words as _

UNPROCESSABLE = 422
POST = "POST"


@login_required
@require_http_methods(["GET", "POST"])
def create_record(request: ActingRequest, key: str) -> HttpResponse:
    """Enter a new record of the register."""
    found = register_or_404(key)
    if found.enter is None:
        raise Http404
    may_enter(request.user, found).enforce()
    sent = request.POST if request.method == POST else None
    form = EntryForm(sent, register=found, user=request.user, today=request.today)
    if sent is not None and form.is_valid():
        with told_on(form):
            token = form.cleaned_data[SUBMISSION]
            record, made = enter_once(found, form.values, actor=request.user, on=request.today, token=token)
            words = (
                _("Đã thêm {code}.").format(code=record.code)
                if made
                else _("Biểu mẫu này đã gửi trước đó; hồ sơ là {code}.").format(code=record.code)
            )
            messages.success(request, words)
            return redirect(record_url(record))
    values = {
        "heading": _("Thêm {label_one}").format(label_one=found.label_one.lower()),
        "submit_label": _("Thêm vào sổ"),
        "cancel_url": register_url(found.key),
        "draft_key": f"{request.user.pk}-{found.key}-moi",
        "breadcrumb": [*_trail(found), {"label": _("Thêm mới")}],
    }
    return _form_page(request, form, values)


@login_required
@require_http_methods(["GET", "POST"])
def edit_record(request: ActingRequest, key: str, code: str) -> HttpResponse:
    """Correct the facts of a record, with a reason."""
    found, record = _load(request, key, code)
    if not found.editable:
        raise Http404
    may_correct(request.user, found, record).enforce()
    if record.withdrawn_on is not None:
        messages.error(request, _("Hồ sơ {code} đã thu hồi nên không sửa được.").format(code=record.code))
        return redirect(record_url(record))
    fact = _fact_asked(request, found, record)
    if fact and request.method != POST:  # after the session ended and the person signed in again
        return redirect(editor_address(record, fact))
    form = _sent(request, found, record, fact)
    if form.is_bound and form.is_valid():
        try:
            with told_on(form):
                return _corrected(request, found, record, form, fact)
        except StaleRecord as stale:
            seen = form.cleaned_data[SEEN]
            form = rebased(form, found, record, user=request.user, today=request.today)
            tell(form, (str(stale), *changes_since(found, record, seen, request.user)))
    if fact:
        return page_of_record(request, found, record, editor=Editor(fact, form), status=UNPROCESSABLE)
    values = {
        "heading": _("Sửa {code}").format(code=record.code),
        "subline": record.title,
        "submit_label": _("Lưu thay đổi"),
        "cancel_url": record_url(record),
        "draft_key": f"{request.user.pk}-{record.code}-sua",
        "consequence": _("Giá trị cũ, giá trị mới, người sửa và lý do được giữ trong lịch sử hồ sơ."),
        "breadcrumb": [*_trail(found), {"label": record.code, "url": record_url(record)}, {"label": _("Sửa")}],
    }
    return _form_page(request, form, values)


def _fact_asked(request: ActingRequest, found: Register, record: Record) -> str:
    """Return the only fact that is to be corrected, empty where the whole record is.

    Raises: Http404, for what may not be corrected now.
    """
    fact = request.GET.get(FACT, "")
    if fact and fact not in open_names(found, record):
        raise Http404
    return fact


def _sent(request: ActingRequest, found: Register, record: Record, fact: str) -> CorrectionForm:
    data = request.POST if request.method == POST else None
    return correction_form(found, record, user=request.user, today=request.today, data=data, fact=fact)


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: ActingRequest, key: str, code: str) -> HttpResponse:
    """Ask for the reason, then withdraw the record."""
    found, record = _load(request, key, code)
    if record.withdrawn_on is not None:
        messages.error(request, _("Hồ sơ {code} đã thu hồi rồi.").format(code=record.code))
        return redirect(record_url(record))
    may_withdraw(request.user, found, record).enforce()
    form = watching(WithdrawalForm(request.POST if request.method == POST else None), record)
    if settled(form, record, request.user):
        with told_on(form):
            withdraw_record(record=record, actor=request.user, on=request.today, why=form.cleaned_data[WHY])
            messages.success(request, _("Đã thu hồi {code}.").format(code=record.code))
            return redirect(record_url(record))
    confirm = {
        "consequence": _(
            "Hồ sơ không còn được tính trong báo cáo và không hiện trong danh sách; lịch sử vẫn giữ nguyên."
        ),
        "facts": [{"label": _("Mã hồ sơ"), "value": record.code}, {"label": found.label_one, "value": record.title}],
        "action_label": _("Thu hồi hồ sơ"),
        "danger": True,
        "cancel_url": record_url(record),
        "form": form,
    }
    trail = [*_trail(found), {"label": record.code, "url": record_url(record)}, {"label": _("Thu hồi")}]
    values = {"heading": _("Thu hồi {code}").format(code=record.code), "confirm": confirm, "breadcrumb": trail}
    return render(request, "ui/confirm.html", values, status=UNPROCESSABLE if form.errors else 200)


@contextmanager
def told_on(form: Form) -> Iterator[None]:
    """Show on the form why a service could not do what it asked; a stale form is for the caller."""
    try:
        yield
    except StaleRecord:
        raise
    except CorrectionRefused as refusal:
        place = next((name for name in refusal.names if name in form.fields), None)
        form.add_error(place, str(refusal))
    except NotPossible as refusal:
        for reason in refusal.reasons:
            form.add_error(None, reason)
    except IntegrityError:
        form.add_error(None, NOT_KEPT)
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
    except _refusals() as refusal:
        form.add_error(None, str(refusal))


def _refusals() -> tuple[type[Exception], ...]:
    return (NotPermitted, FormSentBefore, *step_refusals)


def _corrected(
    request: ActingRequest, found: Register, record: Record, form: CorrectionForm, fact: str
) -> HttpResponse:
    names = correct_record(
        record=record,
        values=form.changed,
        actor=request.user,
        on=request.today,
        why=form.cleaned_data[WHY],
        seen=form.cleaned_data[SEEN],
    )
    labels = ", ".join(f"«{form.fields[name].label or label_of(found, Column(name))}»" for name in names)
    words = (
        _("Đã sửa {labels} của {code}.").format(labels=labels, code=record.code)
        if names
        else _("Không có gì khác với {code} hiện nay.").format(code=record.code)
    )
    messages.success(request, words)
    return redirect(fact_address(record, fact))


def _load(request: ActingRequest, key: str, code: str) -> tuple[Register, Record]:
    found = register_or_404(key)
    record = find_record(found, code, request.user)
    if record is None:
        raise Http404
    return found, record


def _trail(found: Register) -> list[dict[str, str]]:
    return [
        {"label": _("Sổ quản lý"), "url": reverse("registers")},
        {"label": found.label, "url": register_url(found.key)},
    ]


def _form_page(request: ActingRequest, form: Form, values: dict[str, Any]) -> HttpResponse:
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "pages/record_form.html", {"form": form, **values}, status=status)
