"""The page a link opens, and the page on which links are given out and taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.identity.models import Office
from khcn.kernel.identity.requests import ActingRequest
from khcn.kernel.pages.addresses import record_url
from khcn.kernel.pages.finding import find_record
from khcn.kernel.pages.views import register_or_404
from khcn.kernel.records.record import Record
from khcn.kernel.records.registry import resolve
from khcn.kernel.sharing.forms import LinkForm
from khcn.kernel.sharing.models import SharedLink
from khcn.kernel.sharing.registry import Shareable, shareable_of
from khcn.kernel.sharing.selectors import Opened, Refusal, address_of_link, links_of, opened_by
from khcn.kernel.sharing.services import note_opening, release_link, revoke_link, usual_days
from khcn.kernel.workflow.services import NotPossible
from khcn.language.words import words as _

GONE, NOT_FOUND = 410, 404
HEADERS = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


@require_GET
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the link opens as to someone without an account, or say kindly whom to ask."""
    request.user = AnonymousUser()  # what is released is the same for everyone, also for whoever is signed in
    found = opened_by(token, request.today)  # type: ignore[attr-defined]  # set by the middleware
    if found.shareable is None or found.link is None:
        answer = _refused(request, found)
    else:
        answer = found.shareable.show(request, found.record)
        note_opening(link=found.link, on=request.today)  # type: ignore[attr-defined]  # as above
    for name, value in HEADERS.items():
        answer[name] = value
    return answer


def _refused(request: HttpRequest, found: Opened) -> HttpResponse:
    record = resolve([found.link.ref], everything=True).get(found.link.ref) if found.link else None
    office = record.office if record is not None else Office.objects.order_by("pk").first()
    values = {
        "link": found.link,
        "expired": found.refusal == Refusal.EXPIRED,
        "office": office,
        "organisation": office.name if office else "",
    }
    status = NOT_FOUND if found.refusal == Refusal.UNKNOWN else GONE
    return render(request, "sharing/refused.html", values, status=status)


@require_http_methods(["GET", "POST"])
@login_required
def show_links(request: ActingRequest, key: str, code: str) -> HttpResponse:
    """Show the links to one record with their QR codes, and give out another."""
    record, shareable = _shared(request, key, code)
    days = usual_days(request.today, record.office)
    form = LinkForm(request.POST if request.method == "POST" else None, days=days)
    if request.method == "POST" and form.is_valid():
        try:
            release_link(record=record, actor=request.user, on=request.today, **form.cleaned_data)
            messages.success(request, _("Đã mở một liên kết đọc {code}.").format(code=record.code))
            return redirect("shared-links", key, code)
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
    return _page(request, record, shareable, form)


@require_POST
@login_required
def revoke(request: ActingRequest, number: int) -> HttpResponse:
    """Take a link back."""
    link = get_object_or_404(SharedLink, pk=number)
    record = resolve([link.ref], request.user).get(link.ref)
    if record is None:
        raise Http404
    revoke_link(link=link, actor=request.user, on=request.today)
    messages.success(
        request,
        _("Đã thu hồi liên kết «{link}» của {code}; bản in có mã này không mở được nữa.").format(
            link=link, code=record.code
        ),
    )
    return redirect("shared-links", record.REGISTER, record.code)


def _shared(request: ActingRequest, key: str, code: str) -> tuple[Record, Shareable]:
    shareable = shareable_of(key)
    record = find_record(register_or_404(key), code, request.user)
    if shareable is None or record is None:
        raise Http404
    decision = shareable.may_release(request.user, record)
    if not decision:
        raise NotPermitted(decision)
    return record, shareable


def _page(request: ActingRequest, record: Record, shareable: Shareable, form: LinkForm) -> HttpResponse:
    links = [_link(one, request) for one in links_of(record)]
    values: dict[str, Any] = {
        "record": record,
        "label": shareable.label,
        "closed": shareable.closed(record),
        "links": links,
        "form": form,
        "record_url": record_url(record),
        "breadcrumb": [{"label": record.code, "url": record_url(record)}, {"label": _("Liên kết đọc")}],
    }
    return render(request, "sharing/links.html", values, status=422 if form.errors else 200)


def _link(link: SharedLink, request: ActingRequest) -> dict[str, Any]:
    opens = link.is_in_force(request.today)
    opening = getattr(link, "opening", None)
    return {
        "row": link,
        "opens": opens,
        "address": address_of_link(link) if opens else "",
        "last_opened_on": opening.last_opened_on if opening else None,
        "revoke_url": reverse("shared-link-revoke", args=[link.pk]),
    }
