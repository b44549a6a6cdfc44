"""Pages that enter organisations and people, and give and end roles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from khcn.kernel.access.decisions import Decision
from khcn.kernel.calendar import CalendarError
from khcn.kernel.identity.requests import ActingRequest
from khcn.kernel.pages.meanwhile import settled, watching
from khcn.kernel.pages.submitting import FormSentBefore, entered_once
from khcn.kernel.records.record import Record
from khcn.kernel.rulebook.selectors import RuleUnknown
from khcn.kernel.workflow.services import NotPossible
from khcn.language.words import words as _
from khcn.parties.forms import EndRoleForm, OrganisationForm, PersonForm, RoleForm
from khcn.parties.models import Organisation, Person, PersonRole
from khcn.parties.permissions import may_edit_party
from khcn.parties.presenting import record_address
from khcn.parties.services import (
    PartyRefused,
    end_role,
    enter_organisation,
    enter_person,
    give_role,
)

REFUSALS = (PartyRefused, FormSentBefore, NotPossible, RuleUnknown, CalendarError)


@login_required
@require_http_methods(["GET", "POST"])
def create_organisation(request: ActingRequest) -> HttpResponse:
    """Enter an organisation."""
    fresh = Organisation(office=request.user.office)
    form = OrganisationForm(request.POST or None, instance=fresh, user=request.user, today=request.today)
    return answer_form(
        request,
        may_edit_party(request.user),
        form,
        {"heading": _("Ghi tổ chức vào sổ"), "draft": "organisation", "register": Organisation.REGISTER},
        lambda: enter_organisation(organisation=fresh, actor=request.user, on=request.today),
    )


@login_required
@require_http_methods(["GET", "POST"])
def create_person(request: ActingRequest) -> HttpResponse:
    """Enter a person."""
    fresh = Person(office=request.user.office)
    form = PersonForm(request.POST or None, instance=fresh, user=request.user, today=request.today)
    return answer_form(
        request,
        may_edit_party(request.user),
        form,
        {"heading": _("Ghi cá nhân vào sổ"), "draft": "person", "register": Person.REGISTER},
        lambda: enter_person(person=fresh, actor=request.user, on=request.today),
    )


@login_required
@require_http_methods(["GET", "POST"])
def give_person_role(request: ActingRequest, code: str) -> HttpResponse:
    """Enter a role of a person."""
    person = own_record(request, Person, code)
    held = PersonRole(person=person)
    form = watching(RoleForm(request.POST or None, instance=held, user=request.user, today=request.today), person)
    return answer_form(
        request,
        may_edit_party(request.user, person),
        form,
        {"heading": _("Ghi chức vụ của {person}").format(person=person), "record": person, "register": Person.REGISTER},
        lambda: give_role(held=held, actor=request.user, on=request.today),
    )


@login_required
@require_http_methods(["GET", "POST"])
def end_person_role(request: ActingRequest, number: int) -> HttpResponse:
    """Record the last day of a role."""
    held = get_object_or_404(PersonRole, pk=number, person__in=Person.objects.visible_to(request.user))
    form = watching(EndRoleForm(request.POST or None, today=request.today), held.person)
    return answer_form(
        request,
        may_edit_party(request.user, held.person),
        form,
        {
            "heading": _("{person} thôi giữ chức vụ «{role}»").format(person=held.person, role=held.role),
            "record": held.person,
            "register": Person.REGISTER,
        },
        lambda: end_role(held=held, actor=request.user, on=request.today, **form.cleaned_data),
    )


def answer_form(
    request: ActingRequest, decision: Decision, form: Any, values: dict[str, Any], act: Callable[[], Any]
) -> HttpResponse:
    """Ask permission, then show the form, or do the act and go to the record it touched."""
    if not decision:
        return render(request, "403.html", {"reason": decision.sentence()}, status=403)
    record = values.get("record")
    ready = settled(form, record, request.user) if record else form.is_valid()
    if ready:
        token = getattr(form, "token", None)
        try:
            entered = entered_once(values["register"], lambda: _touched(act()), actor=request.user, token=token)
        except REFUSALS as refusal:
            for reason in getattr(refusal, "reasons", [str(refusal)]):
                form.add_error(None, reason)
        else:
            messages.success(request, entered.words(_("Đã ghi {record}.").format(record=entered.record)))
            return redirect(record_address(entered.record) or "/")
    shown = {**values, "form": form, "cancel_url": record_address(record) if record else ""}
    return render(request, "parties/form.html", shown, status=422 if form.errors else 200)


def _touched(done: Any) -> Record:
    """Return the party that an act touched: of a role, its person."""
    return done.person if isinstance(done, PersonRole) else done


def own_record(request: ActingRequest, model: type[Record], code: str) -> Any:
    """Return the record of that code in the user's office, if they may know of it.

    Raises: Http404.
    """
    return get_object_or_404(model.objects.visible_to(request.user), office_id=request.user.office_id, code=code)
