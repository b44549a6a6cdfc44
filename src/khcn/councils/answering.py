"""Find the parts of a council for a request, and answer forms over a council alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render

from khcn.councils.models import Council, Slip
from khcn.councils.permissions import may_run
from khcn.councils.states import CouncilState
from khcn.kernel.access.decisions import Decision
from khcn.kernel.calendar import CalendarError
from khcn.kernel.identity.requests import ActingRequest
from khcn.kernel.pages.addresses import record_url, register_url
from khcn.kernel.pages.meanwhile import settled, watching
from khcn.kernel.pages.submitting import FormSentBefore
from khcn.kernel.rulebook.selectors import RuleUnknown
from khcn.kernel.workflow.services import NotPossible
from khcn.language.words import words as _

UNPROCESSABLE = 422
FORBIDDEN = 403
REFUSALS = (NotPossible, RuleUnknown, CalendarError, FormSentBefore)


def changed(
    request: ActingRequest, council: Council, form: Any, act: Callable[[Any], None], heading: str, *, back: str = ""
) -> HttpResponse:
    """Ask permission, then show the form over the council, or do the act and go back to it, or to the page named."""
    decision = may_run(request.user, council)
    return acted(request, council, form, act, heading, back=back) if decision else forbidden(request, decision)


def acted(
    request: ActingRequest, council: Council, form: Any, act: Callable[[Any], None], heading: str, *, back: str = ""
) -> HttpResponse:
    """Show the form over the council, or do the act and go back; who may was asked before."""
    back = back or record_url(council)
    if settled(watching(form, council), council, request.user):
        try:
            act(form)
        except REFUSALS as refusal:
            for reason in getattr(refusal, "reasons", [str(refusal)]):
                form.add_error(None, reason)
        else:
            messages.success(request, _("Đã ghi vào {code}.").format(code=council.code))
            return redirect(back)
    return form_page(request, form, heading, back=back, council=council)


def form_page(
    request: ActingRequest, form: Any, heading: str, *, back: str, council: Council | None = None
) -> HttpResponse:
    """Show a form of a council, or of one that is being formed."""
    way = (
        trail(council, heading) if council is not None else [{"label": _("Hội đồng"), "url": back}, {"label": heading}]
    )
    values = {"form": form, "page_heading": heading, "back": back, "council": council, "breadcrumb": way}
    return render(request, "councils/form.html", values, status=UNPROCESSABLE if form.errors else 200)


def trail(council: Council, label: str) -> list[dict[str, str]]:
    """Return the way to a page of the council."""
    register = {"label": _("Hội đồng"), "url": register_url(Council.REGISTER)}
    return [register, {"label": council.code, "url": record_url(council)}, {"label": label}]


def load_council(request: ActingRequest, code: str) -> Council:
    """Return the council of that code in the user's office, if they may know of it.

    Raises: Http404.
    """
    rows = Council.objects.visible_to(request.user).select_related("office", "division")
    found: Council = get_object_or_404(rows, code=code, office=request.user.office_id)
    return found


def part_of(council: Council, model: Any, number: int) -> Any:
    """Return a part of the council by its number.

    Raises: Http404.
    """
    row = get_object_or_404(model.objects.filter(council=council), pk=number)
    row.council = council
    return row


def load_slip(council: Council, number: int) -> Slip:
    """Return one slip of the council.

    Raises: Http404.
    """
    rows = Slip.objects.filter(seat__council=council).select_related("seat__council", "seat__person", "matter")
    rows = rows.prefetch_related("matter__items")
    found: Slip | None = rows.filter(pk=number).first()
    if found is None:
        raise Http404(_("Hội đồng không có phiếu này."))
    return found


def is_decided(council: Council) -> bool:
    """Tell whether changes need a reason."""
    return council.state != CouncilState.FORMING


def sent(request: ActingRequest) -> QueryDict | None:
    """Return what was sent, None where the page is only opened."""
    return request.POST if request.method == "POST" else None


def sealed() -> Decision:
    """Return the refusal of what stands in slips before the count."""
    return Decision(allowed=False, reasons=(_("Phiếu còn niêm phong cho đến khi kiểm phiếu."),))


def forbidden(request: ActingRequest, decision: Decision) -> HttpResponse:
    """Refuse with the reasons."""
    return render(request, "403.html", {"reason": decision.sentence()}, status=FORBIDDEN)
