"""Search over HTTP: the page of results and the suggestions while typing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from khcn.kernel.records.registry import registers
from khcn.kernel.search.contracts import Filters, Page, Sort
from khcn.kernel.search.engine import IndexMissing
from khcn.kernel.search.outbox import has_pending
from khcn.kernel.search.selectors import Hit, Results, find, suggestions
from khcn.kernel.search.services import index_pending, is_missing
from khcn.kernel.search.visibility import viewer_of
from khcn.kernel.search.words import Piece
from khcn.language.words import words as _

LAST_PAGE = 400
LONGEST_NUMBER = 6
SORTS = ((Sort.RELEVANCE, _("Phù hợp nhất")), (Sort.NEWEST, _("Mới nhất")))


@require_GET
def results(request: HttpRequest) -> HttpResponse:
    """Show what was found, by register, with passages. Works without scripts."""
    asked = _Asked(request)
    _freshen(request)
    try:
        found = find(asked.text, viewer_of(request.user), filters=asked.filters, sort=asked.sort, page=asked.page)
    except IndexMissing:
        return render(request, "search/results.html", {**asked.frame(), "missing": True}, status=503)
    return render(request, "search/results.html", {**asked.frame(), **_shown(asked, found)})


@require_GET
def suggest(request: HttpRequest) -> JsonResponse:
    """Answer with records whose title or code goes on as what was typed: code, title, register, url."""
    _freshen(request)
    try:
        found = suggestions(request.GET.get("q", ""), viewer_of(request.user))
    except IndexMissing:
        found = ()
    rows = [
        {"code": hit.record.code, "title": hit.record.title, "register": hit.label, "url": hit.url} for hit in found
    ]
    return JsonResponse({"suggestions": rows})


class _Asked:
    """What the address asks for; what cannot be read is as if it were not there."""

    def __init__(self, request: HttpRequest) -> None:
        self.text = request.GET.get("q", "").strip()
        self.register = request.GET.get("so", "")
        self.year = request.GET.get("nam", "")
        self.sort = Sort.NEWEST if request.GET.get("sap") == Sort.NEWEST else Sort.RELEVANCE
        self.page = Page(min(max(_number(request.GET.get("trang", "")), 1), LAST_PAGE))
        self.authenticated = request.user.is_authenticated

    @property
    def filters(self) -> Filters:
        year = _number(self.year)
        return Filters(registers=(self.register,) if self.register else (), years=(year,) if year else ())

    def url(self, **changes: str) -> str:
        values = {"q": self.text, "so": self.register, "nam": self.year, "sap": self.sort.value, **changes}
        kept = {
            name: value for name, value in values.items() if value and (name, value) != ("sap", Sort.RELEVANCE.value)
        }
        return f"{reverse('search')}?{urlencode(kept)}"

    def frame(self) -> dict[str, Any]:
        layout = "ui/base.html" if self.authenticated else "ui/public.html"
        return {"layout": layout, "q": self.text, "search_text": self.text, "action": reverse("search")}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else 0


def _shown(asked: _Asked, found: Results) -> dict[str, Any]:
    return {
        "found": found,
        "hits": [_row(hit) for hit in found.hits],
        "tabs": _tabs(asked, found),
        "chips": _chips(asked),
        "years": _years(asked, found),
        "sorts": [
            {"label": label, "url": asked.url(sap=sort.value), "active": sort is asked.sort} for sort, label in SORTS
        ],
        "pager": _pager(asked, found),
    }


def _row(hit: Hit) -> dict[str, Any]:
    return {
        "url": hit.url,
        "title": _marked(hit.title),
        "passage": _marked(hit.passage),
        "label": hit.label,
        "code": hit.record.code,
        "withdrawn_on": hit.record.withdrawn_on,
    }


def _marked(pieces: Sequence[Piece]) -> SafeString:
    """Return the pieces as HTML; made here because a template would put spaces between them."""
    marked = (format_html("<mark>{}</mark>", piece.text) if piece.hit else piece.text for piece in pieces)
    return format_html_join("", "{}", ((piece,) for piece in marked))


def _tabs(asked: _Asked, found: Results) -> list[dict[str, Any]]:
    counts = found.facets.get("register", {})
    if not counts:
        return []
    every = {"label": _("Tất cả"), "url": asked.url(so=""), "active": not asked.register, "count": sum(counts.values())}
    rows = [
        {
            "label": register.label,
            "url": asked.url(so=register.key),
            "active": register.key == asked.register,
            "count": counts[register.key],
        }
        for register in registers()
        if register.key in counts
    ]
    return [every, *rows]


def _years(asked: _Asked, found: Results) -> list[dict[str, Any]]:
    counts = found.facets.get("year", {})
    return [
        {
            "label": _("Năm {year}").format(year=year),
            "value": counts[year],
            "url": asked.url(nam=year),
            "active": year == asked.year,
        }
        for year in sorted(counts, reverse=True)
    ]


def _chips(asked: _Asked) -> list[dict[str, str]]:
    return [{"label": _("Năm"), "value": asked.year, "remove_url": asked.url(nam="")}] if asked.year else []


def _pager(asked: _Asked, found: Results) -> dict[str, str] | None:
    number, size = asked.page.number, asked.page.size
    if found.total is None or found.total <= size:
        return None
    last = min(LAST_PAGE, -(-found.total // size))
    return {
        "previous": asked.url(trang=str(number - 1)) if number > 1 else "",
        "next": asked.url(trang=str(number + 1)) if number < last else "",
        "text": f"Trang {number} / {last}",
    }


def _freshen(request: HttpRequest) -> None:
    """Index what waits before answering, where no worker runs apart that would do it."""
    if settings.ENVIRONMENT.run_jobs_in_process and (has_pending() or is_missing()):
        index_pending(now=request.now)  # type: ignore[attr-defined]  # set by the middleware
