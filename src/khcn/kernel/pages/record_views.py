"""A record's page, its steps and its links."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from khcn.kernel.pages.addresses import printed_values, record_url, with_parameters
from khcn.kernel.pages.editing import ASKED, Editor, with_editing
from khcn.kernel.pages.finding import find_record
from khcn.kernel.pages.forms import LinkForm, StepForm, may_link
from khcn.kernel.pages.instants import instant_asked, sentence
from khcn.kernel.pages.meanwhile import stale_step, tell
from khcn.kernel.pages.permissions import may_correct, may_withdraw
from khcn.kernel.pages.record_forms import correction_form, open_names
from khcn.kernel.pages.record_page import Reader, own_section, record_values, step_values
from khcn.kernel.pages.steps import NotPermitted, NotPossible, step_refusals, take_step
from khcn.kernel.pages.views import register_or_404
from khcn.kernel.records.constraints import NOT_KEPT
from khcn.kernel.records.corrections import version_stamp
from khcn.kernel.records.links import LinkKind, link_records
from khcn.kernel.records.record import Record
from khcn.kernel.records.registry import Register
from khcn.kernel.workflow.table import Transition
from khcn.language.words import words as _

UNPROCESSABLE = 422
FORBIDDEN = 403


@require_GET
@login_required
def show_record(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """Show one record, as known now or at an instant; to whom it is invisible, it does not exist."""
    found, record = _load(request, key, code)
    asked = request.GET.get(ASKED, "")
    return page_of_record(request, found, record, editor=_editor(request, found, record, asked) if asked else None)


@require_http_methods(["GET", "POST"])
@login_required
def post_step(request: HttpRequest, key: str, code: str, name: str) -> HttpResponse:
    """Take a step; a refusal is shown on the record's page with everything typed still there."""
    found, record = _load(request, key, code)
    transition = found.workflow.by_name.get(name) if found.workflow is not None else None
    if found.workflow is None or transition is None or transition.consequence:
        raise Http404
    if request.method == "GET":  # after the session ended and the person signed in again
        return redirect(record_url(record) + "#buoc-tiep")
    form, status = _step_sent(request, found, record, transition)
    if form.is_valid():
        status = _take(request, found, record, form, name)
    if not status:
        messages.success(
            request,
            _("Đã thực hiện «{label}» với {code}. Trạng thái: {state}.").format(
                label=transition.label, code=record.code, state=found.workflow.state_label(record.state)
            ),
        )
        return redirect(record_url(record))
    record = _load(request, key, code)[1]
    return page_of_record(request, found, record, failed=form, failed_name=name, status=status)


@require_http_methods(["GET", "POST"])
@login_required
def post_link(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """Link the record to others."""
    found, record = _load(request, key, code)
    if request.method == "GET":  # after the session ended and the person signed in again
        return redirect(record_url(record) + "#lien-quan")
    form = LinkForm(request.POST, user=request.user)
    if not (decision := may_link(request.user, record)):
        form.add_error(None, decision.sentence())
        return page_of_record(request, found, record, link_form=form, status=FORBIDDEN)
    if not form.is_valid():
        return page_of_record(request, found, record, link_form=form, status=UNPROCESSABLE)
    for target in form.cleaned_data["target"]:
        kind = LinkKind(form.cleaned_data["kind"])
        link_records(source=record, target=target, kind=kind, actor=request.user, note=form.cleaned_data["note"])
    messages.success(
        request,
        _("Đã gắn {value} với {code}.").format(
            value=", ".join(target.code for target in form.cleaned_data["target"]), code=record.code
        ),
    )
    return redirect(record_url(record) + "#lien-quan")


def _read_once(found: Register, record: Record, reader: Any, instant: Any) -> None:
    """Let the page ask once for what several places of it ask for."""
    for name in ("office", "division"):
        if getattr(record, f"{name}_id") is not None and getattr(record, f"{name}_id") == getattr(reader, f"{name}_id"):
            setattr(record, name, getattr(reader, name))
    if instant is None and found.read_once:
        prefetch_related_objects([record], *found.read_once)


def _step_sent(request: HttpRequest, found: Register, record: Record, transition: Transition) -> tuple[StepForm, int]:
    """Return the form as sent; where others changed the record since it was opened, it says what, to be sent again."""
    today = request.today  # type: ignore[attr-defined]  # set by the middleware
    options: dict[str, Any] = {"register": found, "transition": transition, "user": request.user}
    form = StepForm(request.POST, today=today, **options)
    if form.is_valid() and (told := stale_step(found, record, form, request.user)):
        form = form.begun_again(version_stamp(record), **options)
        tell(form, told)
    return form, UNPROCESSABLE


def _editor(request: HttpRequest, found: Register, record: Record, fact: str) -> Editor | None:
    """Return the editor of the fact that was asked for, None where the person may not correct it now."""
    may = not instant_asked(request.GET) and may_correct(request.user, found, record)
    if not may or fact not in open_names(found, record):
        return None
    today = request.today  # type: ignore[attr-defined]  # set by the middleware
    return Editor(fact, correction_form(found, record, user=request.user, today=today, fact=fact))


def _take(request: HttpRequest, found: Register, record: Record, form: StepForm, name: str) -> int:
    """Take the step; return the status of the refusal, or nothing."""
    said = form.cleaned_data
    try:
        take_step(
            found,
            name,
            record,
            actor=request.user,
            on=said["on"],
            note=said["note"],
            evidence=said["evidence"],
            data=form.own_values,
        )
    except NotPermitted as refusal:
        form.add_error(None, str(refusal))
        return FORBIDDEN
    except NotPossible as refusal:
        for reason in refusal.reasons:
            form.add_error(None, reason)
        return UNPROCESSABLE
    except IntegrityError:
        form.add_error(None, NOT_KEPT)
        return UNPROCESSABLE
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return UNPROCESSABLE
    except tuple(step_refusals) as refusal:
        form.add_error(None, str(refusal))
        return UNPROCESSABLE
    return 0


def _load(request: HttpRequest, key: str, code: str) -> tuple[Register, Record]:
    found = register_or_404(key)
    record = find_record(found, code, request.user, instant_asked(request.GET))
    if record is None:
        raise Http404
    return found, record


def page_of_record(
    request: HttpRequest, found: Register, record: Record, *, status: int = 200, **forms: Any
) -> HttpResponse:
    """Show the record's page; `forms`: what is open or was refused there (`failed`, `link_form`, `editor`)."""
    instant = instant_asked(request.GET)
    _read_once(found, record, request.user, instant)
    reader = Reader(request.user, request.today, instant)  # type: ignore[attr-defined]  # set by the middleware
    url = record_url(record)
    values = {
        "register": found,
        "record": record,
        "past": sentence(instant) if instant else "",
        "record_url": url,
        "printed": printed_values(request, with_parameters(url, request.GET, **{ASKED: ""})),
        "history_url": with_parameters(url, request.GET, **{"lich-su": "1"}) + "#lich-su",
        "steps": step_values(found, record, reader, forms.get("failed"), forms.get("failed_name", "")),
        "link_form": forms.get("link_form")
        or (LinkForm(user=request.user) if may_link(request.user, record) and not instant else None),
        **record_values(found, record, reader, whole_history=bool(request.GET.get("lich-su"))),
        **own_section(found, record, request),
        **({} if instant else _acts(request.user, found, record)),
    }
    if values.get("edit_url"):
        values["groups"] = with_editing(values["groups"], found, record, forms.get("editor"))
    return render(request, "pages/record.html", values, status=status)


def _acts(user: Any, found: Register, record: Record) -> dict[str, str]:
    """Return the addresses where the person may correct or withdraw the record."""
    place = [found.key, record.code]
    edits, withdraws = may_correct(user, found, record), may_withdraw(user, found, record)
    return {
        "edit_url": reverse("record-edit", args=place) if edits else "",
        "withdraw_url": reverse("record-withdraw", args=place) if withdraws else "",
    }
