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
from khcn.kernel.identity.requests import ActingRequest
from khcn.kernel.pages.addresses import printed_values, register_url, with_parameters
from khcn.kernel.pages.bulk import acts_of, may_act_on_many
from khcn.kernel.pages.forms import FilterForm
from khcn.kernel.pages.homes import home_of
from khcn.kernel.pages.inbox import inbox_values
from khcn.kernel.pages.instants import sentence
from khcn.kernel.pages.listing import OPENED, Asked, asked_of, chips_of, choices_of, list_values, sorted_rows
from khcn.kernel.pages.models import SavedView
from khcn.kernel.pages.rail import address_of
from khcn.kernel.pages.saved_views import VIEW, WHOLE, tabs_of, view_url, views_for, whole_url
from khcn.kernel.records.registry import Register, UnknownRegister, register, registers
from khcn.language.drawing import drawn_in_source
from khcn.language.words import words as _


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Send the person to the page that comes first for them, or to sign in before."""
    return redirect(home_of(request.user) if request.user.is_authenticated else "sign-in")


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
def show_register(request: ActingRequest, key: str) -> HttpResponse:
    """Show one register's list, as asked by the address; if it asks nothing, as the person's default view shows it."""
    views = list(views_for(request.user, register_or_404(key).key))
    default = next((view_url(view) for view in views if view.is_default), "")  # type: ignore[attr-defined]  # annotated
    if default and not request.GET:
        return redirect(default)
    found, asked = list_asked(request, key)
    if default:  # what the page leads to must not fall back to the default once nothing else is asked
        asked.parameters.setdefault(VIEW, WHOLE)
    values = {
        "register": found,
        "asked": asked,
        "form": _filter_form(found, asked),
        "chips": chips_of(found, asked),
        "past": sentence(asked.instant) if asked.instant else "",
        "exports": _exports(found, asked),
        "printed": printed_values(request, with_parameters(register_url(found.key), asked.parameters)),
        **_carried(found, asked, views),
        **list_values(found, asked, request.user),
        **({} if asked.instant else _acts(found, asked, request)),
        "breadcrumb": [{"label": _("Sổ quản lý"), "url": reverse("registers")}, {"label": found.label}],
    }
    return render(request, "pages/register.html", values)


@drawn_in_source
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
    asked = asked_of(found, request.GET.copy(), choices_of(found, request.user), now=request.now)
    asked.parameters.pop(OPENED, None)  # where the page leads to, another record may be opened or none
    return found, asked


def _filter_form(found: Register, asked: Asked) -> FilterForm:
    initial = {
        **asked.filters,
        "as_of": asked.parameters.get("as_of", ""),
        "thu-hoi": asked.withdrawn,
        "cot": [column.name for column in asked.columns],
    }
    return FilterForm(register=found, choices=asked.choices, initial=initial)


def _carried(found: Register, asked: Asked, views: list[SavedView]) -> dict[str, Any]:
    """Return what each of the page's two forms must carry along of the other, and the addresses that lift things."""
    url, said = register_url(found.key), asked.parameters
    others = ((name, values) for name, values in said.lists() if name not in ("q", "sau", "truoc"))
    return {
        "hidden": [{"name": name, "value": said[name]} for name in ("q", "xep", VIEW) if said.get(name)],
        "kept": [(name, value) for name, values in others for value in values],
        "present_url": with_parameters(url, said, as_of=""),
        "list_url": url,
        "clear_url": whole_url(found.key) if VIEW in said else url,
        "saved_views": tabs_of(found, asked, views),
        "save_view_url": with_parameters(
            reverse("saved-view-save", args=[found.key]), said, sau="", truoc="", **{VIEW: ""}
        ),
        "saved_views_url": reverse("saved-views", args=[found.key]) if views else "",
    }


def _acts(found: Register, asked: Asked, request: HttpRequest) -> dict[str, Any]:
    user: Any = request.user
    creates = found.may_create is not None and bool(found.may_create(user))
    return {
        "create_url": _create_url(found) if creates else "",
        "import_url": reverse("register-import", args=[found.key]) if may_import(user, found) else "",
        "bulk_acts": acts_of(found) if may_act_on_many(user) else [],
        "bulk_url": with_parameters(reverse("bulk-preview", args=[found.key]), asked.parameters, sau="", truoc=""),
    }


def _exports(found: Register, asked: Asked) -> list[dict[str, str]]:
    addresses = {name: reverse("register-export", args=[found.key, name]) for name in FORMATS}
    return [
        {"label": name.upper(), "url": with_parameters(url, asked.parameters, sau="", truoc="")}
        for name, url in addresses.items()
    ]


def _create_url(found: Register) -> str:
    """Return the address of the module's own page, or of the shared one where the register enters through it."""
    if not found.create_url:
        return reverse("record-create", args=[found.key]) if found.enter is not None else ""
    return found.create_url if found.create_url.startswith("/") else address_of(found.create_url)
