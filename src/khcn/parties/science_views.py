"""Pages over CVs, over what is known of organisations of science, and the statistics of potential."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from khcn.kernel.access.decisions import Decision
from khcn.kernel.identity.requests import ActingRequest
from khcn.kernel.pages.meanwhile import watching
from khcn.language.words import words as _
from khcn.parties.models import (
    CareerEntry,
    Organisation,
    ProfileLanguage,
    Publication,
    ScienceOrganisation,
    ScientistProfile,
)
from khcn.parties.permissions import may_edit_party, may_erase_private, may_keep_private, may_see_statistics
from khcn.parties.science_forms import (
    CareerForm,
    ConsentForm,
    LanguageForm,
    PrivateForm,
    PublicationForm,
    RemovalForm,
    ScienceOrganisationForm,
)
from khcn.parties.services import science
from khcn.parties.statistics_presenting import statistics_page
from khcn.parties.views import answer_form, own_record


@dataclass(frozen=True)
class CvSection:
    """One kind of parts of a CV: its table, its form, and what its pages are called."""

    model: Any
    form: Any
    adding: str
    removing: str


SECTIONS = {
    "language": CvSection(ProfileLanguage, LanguageForm, _("Thêm ngoại ngữ"), _("Bỏ ngoại ngữ «{part}»")),
    "career": CvSection(CareerEntry, CareerForm, _("Thêm quá trình công tác"), _("Bỏ quá trình công tác «{part}»")),
    "publication": CvSection(Publication, PublicationForm, _("Thêm công bố"), _("Bỏ công bố «{part}»")),
}


@login_required
@require_http_methods(["GET", "POST"])
def add_part(request: ActingRequest, code: str, section: str) -> HttpResponse:
    """Add a language, a post or a publication to a CV."""
    profile, kind = own_record(request, ScientistProfile, code), SECTIONS[section]
    part = kind.model(profile=profile)
    form = kind.form(request.POST or None, instance=part, user=request.user, today=request.today)
    return _over(
        request, profile, form, kind.adding, lambda: science.add_to_cv(part=part, actor=request.user, on=request.today)
    )


@login_required
@require_http_methods(["GET", "POST"])
def remove_part(request: ActingRequest, code: str, number: int, section: str) -> HttpResponse:
    """Take away a language, a post or a publication that was entered by mistake."""
    profile, kind = own_record(request, ScientistProfile, code), SECTIONS[section]
    part = get_object_or_404(kind.model.objects.filter(profile=profile), pk=number)
    part.profile = profile
    form = RemovalForm(request.POST or None)
    act = {"part": part, "actor": request.user, "on": request.today}
    heading = kind.removing.format(part=part)
    return _over(request, profile, form, heading, lambda: science.remove_from_cv(**act, **form.cleaned_data))


@dataclass(frozen=True)
class CvAct:
    """One act on a whole CV: what its page is called, what it asks, who may, and the service that does it."""

    heading: str
    form: Callable[[Any, ActingRequest, ScientistProfile], Any]
    may: Callable[[Any, Any], Decision]
    service: Callable[..., Any]


def _reason(sent: Any, _request: ActingRequest, _profile: ScientistProfile) -> RemovalForm:
    return RemovalForm(sent)


ACTS = {
    "private": CvAct(
        _("Dữ liệu cá nhân để thống kê"),
        lambda sent, _request, profile: PrivateForm(sent, profile=profile),
        may_keep_private,
        science.keep_private,
    ),
    "private-erase": CvAct(_("Xóa hẳn dữ liệu cá nhân"), _reason, may_erase_private, science.erase_private),
    "consent": CvAct(
        _("Ghi nhận đồng ý công bố lý lịch"),
        lambda sent, request, _profile: ConsentForm(sent, today=request.today),
        may_edit_party,
        science.record_consent,
    ),
    "consent-withdraw": CvAct(_("Ghi nhận rút đồng ý công bố"), _reason, may_edit_party, science.withdraw_consent),
}


@login_required
@require_http_methods(["GET", "POST"])
def act_on_cv(request: ActingRequest, code: str, act: str) -> HttpResponse:
    """Write or erase what a CV keeps apart, record consent or that it was taken back."""
    profile, asked = own_record(request, ScientistProfile, code), ACTS[act]
    form = asked.form(request.POST or None, request, profile)
    decision = asked.may(request.user, profile)

    def do() -> ScientistProfile:
        said = {"profile": profile, "actor": request.user, "on": request.today}
        done: ScientistProfile = asked.service(**said, **form.cleaned_data)
        return done

    return _over(request, profile, form, asked.heading, do, decision=decision)


@login_required
@require_http_methods(["GET", "POST"])
def describe_organisation(request: ActingRequest, code: str) -> HttpResponse:
    """Write what is known of an organisation of science."""
    organisation: Organisation = own_record(request, Organisation, code)
    known = ScienceOrganisation.objects.filter(organisation=organisation).select_related("field").first()
    facts = known or ScienceOrganisation(organisation=organisation)
    facts.organisation = organisation
    form = ScienceOrganisationForm(request.POST or None, instance=facts, user=request.user, today=request.today)

    def act() -> Organisation:
        field = form.cleaned_data["field_code"]
        science.describe_organisation(facts=facts, field=field, actor=request.user, on=request.today)
        return organisation

    return _over(request, organisation, form, _("Thông tin khoa học và công nghệ của tổ chức"), act)


@login_required
@require_GET
def show_statistics(request: ActingRequest) -> HttpResponse:
    """Show the rows of the forms on people and on spending for a year."""
    decision = may_see_statistics(request.user)
    if not decision:
        return render(request, "403.html", {"reason": decision.sentence()}, status=403)
    return render(request, "parties/statistics.html", statistics_page(request))


def _over(
    request: ActingRequest,
    record: Any,
    form: Any,
    heading: str,
    act: Callable[[], Any],
    *,
    decision: Decision | None = None,
) -> HttpResponse:
    """Answer with a form over a record of the user's office, or do the act and go back to the record."""
    asked = decision if decision is not None else may_edit_party(request.user, record)
    values = {"heading": heading, "record": record, "register": record.REGISTER, "about": record.title}
    return answer_form(request, asked, watching(form, record), values, act)
