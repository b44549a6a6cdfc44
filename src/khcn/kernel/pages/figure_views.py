"""What a list holds, asked for on demand: all its records counted, its numbers summed; a piece for htmx, or a page."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET

from khcn.kernel.identity.requests import ActingRequest
from khcn.kernel.pages.addresses import register_url, with_parameters
from khcn.kernel.pages.figures import count_all, sums_of
from khcn.kernel.pages.instants import sentence
from khcn.kernel.pages.listing import Asked, chips_of, rows_of, sums_url
from khcn.kernel.pages.views import list_asked
from khcn.kernel.records.registry import Register
from khcn.language.words import words as _


@require_GET
@login_required
def show_count(request: ActingRequest, key: str) -> HttpResponse:
    """Count to the last one the records that the list holds."""
    found, asked = list_asked(request, key)
    values = {"count_text": count_all(rows_of(found, asked, request.user)).words(), "sums_url": sums_url(found, asked)}
    return _answer(request, found, asked, {"piece": "ui/components/count.html", **values})


@require_GET
@login_required
def show_sums(request: ActingRequest, key: str) -> HttpResponse:
    """Sum the numbers of the records that the list holds."""
    found, asked = list_asked(request, key)
    values = sums_of(found, rows_of(found, asked, request.user))
    return _answer(request, found, asked, {"piece": "ui/components/sums.html", **values})


def _answer(request: ActingRequest, found: Register, asked: Asked, values: dict[str, Any]) -> HttpResponse:
    if request.headers.get("HX-Request"):
        answer = render(request, str(values["piece"]), values)
    else:
        answer = render(request, "pages/figures.html", {**_frame(found, asked), **values})
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def _frame(found: Register, asked: Asked) -> dict[str, Any]:
    url = with_parameters(register_url(found.key), asked.parameters)
    return {
        "register": found,
        "chips": chips_of(found, asked),
        "past": sentence(asked.instant) if asked.instant else "",
        "list_url": url,
        "breadcrumb": [
            {"label": _("Sổ quản lý"), "url": reverse("registers")},
            {"label": found.label, "url": url},
            {"label": _("Số hồ sơ, tổng")},
        ],
    }
