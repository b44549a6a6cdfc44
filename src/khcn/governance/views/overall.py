"""The report on carrying out the conclusions of all sessions."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from khcn.governance.overall import Asked, FollowUp, follow_up_report
from khcn.governance.overall_forms import FollowUpFilter
from khcn.governance.overall_printing import count_words, overall_document, span_words
from khcn.governance.printing import HEADINGS
from khcn.governance.selectors import Onlooker
from khcn.governance.views.readings import UNPROCESSABLE, crumbs
from khcn.governance.waiting import waiting_rows_of
from khcn.kernel.documents.docx import to_docx
from khcn.kernel.documents.pdf import to_pdf
from khcn.kernel.identity.requests import ActingRequest
from khcn.kernel.pages.instants import instant_asked
from khcn.kernel.pages.paper_styles import file_name, in_style, style_asked, style_choices
from khcn.language.drawing import drawn_in_source
from khcn.language.words import with_capital
from khcn.language.words import words as _

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PARAMETERS = {
    "first": "tu",
    "last": "den",
    "session": "buoi",
    "chair": "chu_tri",
    "agency": "co_quan",
    "state": "tinh_trang",
}


@require_GET
@login_required
def overall(request: ActingRequest) -> HttpResponse:
    """Show what became of all conclusions in a span of days, by session and by agency."""
    report, form = _asked(request)
    form.offer(report.choices)
    values = {
        "report": report,
        "form": form,
        "chips": _chips(request, report),
        "clear_url": reverse("governance:overall"),
        "span": span_words(report),
        "numbers": _numbers(request, report),
        "headings": HEADINGS,
        "parts": [
            {"part": part, "rows": waiting_rows_of(part.lines, part.session.held_on, report.day)}
            for part in report.parts
        ],
        "agencies": [_agency(request, report, part) for part in report.agencies],
        "paper_styles": _paper_styles(request),
        "breadcrumb": crumbs((_("Thực hiện mọi kết luận"), "")),
    }
    return render(request, "governance/overall.html", values, status=UNPROCESSABLE if form.errors else 200)


@drawn_in_source
@require_GET
@login_required
def overall_paper(request: ActingRequest, suffix: str) -> HttpResponse:
    """Give the same report as Word or PDF, in the style asked for."""
    report, form = _asked(request)
    if form.errors:
        return overall(request)
    office, style = request.user.working_office, style_asked(request.GET)

    def address_of(**changes: str) -> str:
        return f"{settings.PUBLIC_URL}{_address(request, **changes)}"

    made = overall_document(report, office=office, address_of=address_of, produced_at=request.now)
    document = in_style(made, style, office=office, on=request.today)
    content, kind = (to_docx(document), DOCX) if suffix == "docx" else (to_pdf(document), "application/pdf")
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{file_name("thuc-hien-ket-luan", style)}.{suffix}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _asked(request: ActingRequest) -> tuple[FollowUp, FollowUpFilter]:
    form = FollowUpFilter(request.GET, today=request.today)
    as_of = instant_asked(request.GET)
    said = {name: form.cleaned_data[key] for name, key in PARAMETERS.items()} if form.is_valid() else {}
    report = follow_up_report(
        Asked(**said, as_of=as_of), Onlooker(request.user), office=request.user.working_office, today=request.today
    )
    return report, form


def _address(request: ActingRequest, path: str = "", **changes: str) -> str:
    """Return the address of this report with parts of what is asked for changed; an empty one is left out."""
    asked = {key: request.GET.get(key, "") for key in (*PARAMETERS.values(), "as_of")}
    asked |= {PARAMETERS[name]: value for name, value in changes.items()}
    kept = {key: value for key, value in asked.items() if value}
    whole = path or reverse("governance:overall")
    return f"{whole}?{urlencode(kept)}" if kept else whole


def _numbers(request: ActingRequest, report: FollowUp) -> list[dict[str, Any]]:
    said = [("", report.counts.total, _("ý kiến kết luận")), *count_words(report.counts)]
    return [
        {
            "label": with_capital(words),
            "count": number,
            "url": _address(request, state=state),
            "active": report.asked.state == state,
        }
        for state, number, words in said
    ]


def _agency(request: ActingRequest, report: FollowUp, part: Any) -> dict[str, Any]:
    counted = [("", part.given, _("được giao")), ("da-ket-thuc", part.ended, _("đã kết thúc"))]
    counted.append(("con-no", len(part.owed), _("còn nợ")))
    counted += [("qua-han", part.overdue, _("quá hạn"))] if part.overdue else []
    return {
        "name": part.name,
        "numbers": [
            {"label": words, "count": number, "url": _address(request, agency=part.key, state=state)}
            for state, number, words in counted
        ],
        "owed": [{"one": one, "waiting": one.waiting.words(report.day)} for one in part.owed],
    }


def _chips(request: ActingRequest, report: FollowUp) -> list[dict[str, str]]:
    asked = report.asked
    labels = {"session": _("Buổi"), "chair": _("Chủ trì"), "agency": _("Cơ quan"), "state": _("Tình trạng")}
    return [
        {
            "label": label,
            "value": dict(report.choices[name]).get(value, value),
            "remove_url": _address(request, **{name: ""}),
        }
        for name, label in labels.items()
        if (value := getattr(asked, name))
    ]


def _paper_styles(request: ActingRequest) -> list[dict[str, Any]]:
    suffixes = {_("Tải Word"): "docx", _("Tải PDF"): "pdf"}
    paths = {label: reverse("governance:overall-paper", args=[suffix]) for label, suffix in suffixes.items()}
    kept = {key: value for key in (*PARAMETERS.values(), "as_of") if (value := request.GET.get(key, ""))}
    return style_choices(paths, kept)
