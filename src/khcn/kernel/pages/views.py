"""Home, inbox, the list of registers, and each register's list with its exports."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from khcn.kernel.exchange.exporting import FORMATS, export_rows
from khcn.kernel.exchange.permissions import may_import
from khcn.kernel.pages.addresses import register_url, with_parameters
from khcn.kernel.pages.forms import FilterForm
from khcn.kernel.pages.inbox import inbox_values
from khcn.kernel.pages.instants import sentence
from khcn.kernel.pages.listing import Asked, asked_of, chips_of, choices_of, list_values, sorted_rows
from khcn.kernel.pages.rail import address_of
from khcn.kernel.records.registry import Register, UnknownRegister, register, registers


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Send the person to the inbox, or to sign in first."""
    return redirect("inbox" if request.user.is_authenticated else "sign-in")


@require_GET
@login_required
def show_inbox(request: HttpRequest) -> HttpResponse:
    """Show what the person has to do."""
    today = request.today  # type: ignore[attr-defined]  # set by the middleware
    return render(request, "pages/inbox.html", inbox_values(request.user, today, request.GET.get("so", "")))


@require_GET
@login_required
def show_registers(request: HttpRequest) -> HttpResponse:
    """Show all registers by group."""
    groups = [
        {"heading": heading, "anchor": f"nhom-{number}", "registers": [(one, register_url(one.key)) for one in members]}
        for number, (heading, members) in enumerate(groupby(registers(), key=lambda one: one.group), start=1)
    ]
    return render(request, "pages/registers.html", {"groups": groups})


@require_GET
@login_required
def show_register(request: HttpRequest, key: str) -> HttpResponse:
    """Show one register's list, as asked by the address."""
    found, asked = list_asked(request, key)
    values = {
        "register": found,
        "asked": asked,
        "form": _filter_form(found, asked),
        "chips": chips_of(found, asked),
        "past": sentence(asked.instant) if asked.instant else "",
        "exports": _exports(found, request),
        **_carried(request, key),
        **list_values(found, asked, request.user),
        **({} if asked.instant else _acts(found, request)),
        "breadcrumb": [{"label": "Sổ quản lý", "url": reverse("registers")}, {"label": found.label}],
    }
    return render(request, "pages/register.html", values)


@require_GET
@login_required
def export_register(request: HttpRequest, key: str, file_format: str) -> StreamingHttpResponse:
    """Send exactly what the list shows, all its pages, as a file."""
    if file_format not in FORMATS:
        raise Http404
    found, asked = list_asked(request, key)
    pieces = export_rows(found, sorted_rows(found, asked, request.user), asked.columns, file_format)
    day = timezone.localtime(asked.instant).date() if asked.instant else request.today  # type: ignore[attr-defined]  # set by the middleware
    headers = {"Content-Disposition": f'attachment; filename="{key}-{day:%Y-%m-%d}.{file_format}"'}
    return StreamingHttpResponse(pieces, content_type=FORMATS[file_format], headers=headers)


def register_or_404(key: str) -> Register:
    """Return the register of that key, or answer that there is no such page."""
    try:
        return register(key)
    except UnknownRegister as error:
        raise Http404(str(error)) from error


def list_asked(request: Any, key: str) -> tuple[Register, Asked]:
    """Return the register and what the address asks of its list.

    Raises: Http404, for a register that is not; BadRequest, for an instant that cannot be understood.
    """
    found = register_or_404(key)
    return found, asked_of(found, request.GET, choices_of(found, request.user), now=request.now)


def _filter_form(found: Register, asked: Asked) -> FilterForm:
    initial = {
        **asked.filters,
        "as_of": asked.parameters.get("as_of", ""),
        "thu-hoi": asked.withdrawn,
        "cot": [column.name for column in asked.columns],
    }
    return FilterForm(register=found, choices=asked.choices, initial=initial)


def _carried(request: HttpRequest, key: str) -> dict[str, Any]:
    """Return what each of the page's two forms must carry along of the other, and the addresses that lift things."""
    others = ((name, values) for name, values in request.GET.lists() if name not in ("q", "sau", "truoc"))
    return {
        "hidden": [{"name": name, "value": request.GET[name]} for name in ("q", "xep") if request.GET.get(name)],
        "kept": [(name, value) for name, values in others for value in values],
        "present_url": with_parameters(register_url(key), request.GET, as_of=""),
        "clear_url": register_url(key),
    }


def _acts(found: Register, request: HttpRequest) -> dict[str, Any]:
    user: Any = request.user
    creates = found.may_create is not None and bool(found.may_create(user))
    return {
        "create_url": _create_url(found) if creates else "",
        "import_url": reverse("register-import", args=[found.key]) if may_import(user, found) else "",
    }


def _exports(found: Register, request: HttpRequest) -> list[dict[str, str]]:
    addresses = {name: reverse("register-export", args=[found.key, name]) for name in FORMATS}
    return [
        {"label": name.upper(), "url": with_parameters(url, request.GET, sau="", truoc="")}
        for name, url in addresses.items()
    ]


def _create_url(found: Register) -> str:
    """Return the address of the module's own page, or of the shared one where the register enters through it."""
    if not found.create_url:
        return reverse("record-create", args=[found.key]) if found.enter is not None else ""
    return found.create_url if found.create_url.startswith("/") else address_of(found.create_url)
