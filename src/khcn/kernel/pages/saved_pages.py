"""Pages that save a list as it stands, and keep what was saved in order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.identity.requests import ActingRequest
from khcn.kernel.pages.addresses import register_url, with_parameters
from khcn.kernel.pages.listing import Asked, chips_of
from khcn.kernel.pages.models import SavedView
from khcn.kernel.pages.saved_forms import SaveViewForm, ViewForm
from khcn.kernel.pages.saved_views import kept_parameters, may_change, view_url, views_for, whole_url
from khcn.kernel.pages.saving import NotSaved, change_view, choose_default, remove_view, save_view
from khcn.kernel.pages.views import list_asked, register_or_404
from khcn.kernel.records.refs import LARGEST_NUMBER
from khcn.kernel.records.registry import Register
from khcn.language.words import words as _

POST = "POST"
UNPROCESSABLE = 422


@login_required
@require_http_methods(["GET", "POST"])
def save(request: ActingRequest, key: str) -> HttpResponse:
    """Ask for a name, then save the list as its address shows it."""
    found, asked = list_asked(request, key)
    past = asked.parameters.get("as_of", "") if asked.instant else ""
    form = SaveViewForm(request.POST if request.method == POST else None, user=request.user, past=past)
    if request.method == POST and form.is_valid():
        with _told_on(form):
            return _saved(request, found, asked, form.cleaned_data)
    kept = " · ".join(f"{chip['label']}: {chip['value']}" for chip in chips_of(found, asked)) or _("Cả sổ, không lọc")
    values = {
        "heading": _("Lưu cách xem này"),
        "subline": f"{found.label} · {kept}",
        "submit_label": _("Lưu cách xem"),
        "cancel_url": with_parameters(register_url(found.key), request.GET),
    }
    return _form_page(request, found, form, values)


@require_GET
@login_required
def show_saved(request: ActingRequest, key: str) -> HttpResponse:
    """Show the views of the register that the person may use."""
    found = register_or_404(key)
    views = [
        {"view": view, "url": view_url(view), "changes": bool(may_change(request.user, view))}
        for view in views_for(request.user, found.key)
    ]
    trail = [*_trail(found), {"label": _("Cách xem đã lưu")}]
    values = {"register": found, "views": views, "list_url": whole_url(found.key), "breadcrumb": trail}
    return render(request, "pages/saved_views.html", values)


@login_required
@require_http_methods(["GET", "POST"])
def change(request: ActingRequest, key: str, number: int) -> HttpResponse:
    """Give a view another name, and others."""
    found, view = _load(request, key, number)
    may_change(request.user, view).enforce()
    sent = request.POST if request.method == POST else None
    form = ViewForm(sent, user=request.user, view=view)
    if sent is not None and form.is_valid():
        with _told_on(form):
            change_view(view=view, **form.cleaned_data, actor=request.user)
            messages.success(request, _("Đã lưu thay đổi của cách xem «{name}».").format(name=view.name))
            return redirect("saved-views", found.key)
    values = {
        "heading": _("Đổi tên, chia sẻ cách xem"),
        "subline": found.label,
        "submit_label": _("Lưu thay đổi"),
        "cancel_url": reverse("saved-views", args=[found.key]),
    }
    return _form_page(request, found, form, values)


@login_required
@require_http_methods(["GET", "POST"])
def remove(request: ActingRequest, key: str, number: int) -> HttpResponse:
    """Ask once, then remove a view."""
    found, view = _load(request, key, number)
    may_change(request.user, view).enforce()
    if request.method == POST:
        remove_view(view=view, actor=request.user)
        messages.success(request, _("Đã xóa cách xem «{name}».").format(name=view.name))
        return redirect("saved-views", found.key)
    confirm = {
        "consequence": _(
            "Cách xem không còn hiện phía trên danh sách, cũng với những người được chia sẻ. "
            "Không hồ sơ nào bị ảnh hưởng."
        ),
        "facts": [{"label": _("Cách xem"), "value": view.name}, {"label": _("Ai dùng được"), "value": _sharing(view)}],
        "action_label": _("Xóa cách xem"),
        "danger": True,
        "cancel_url": reverse("saved-views", args=[found.key]),
    }
    trail = [*_trail(found), {"label": _("Xóa cách xem")}]
    values = {"heading": _("Xóa cách xem «{name}»").format(name=view.name), "confirm": confirm, "breadcrumb": trail}
    return render(request, "ui/confirm.html", values)


@require_POST
@login_required
def set_default(request: ActingRequest, key: str) -> HttpResponse:
    """Let the register open with a view for the person, or whole again."""
    found = register_or_404(key)
    number = request.POST.get("xem", "")
    view = _load(request, key, int(number))[1] if number.isdecimal() and number != "0" else None
    choose_default(register=found.key, view=view, actor=request.user)
    words = _("Sổ mở bằng cách xem «{name}».").format(name=view.name) if view else _("Sổ lại mở với mọi hồ sơ.")
    messages.success(request, words)
    return redirect("saved-views", found.key)


@contextmanager
def _told_on(form: ViewForm) -> Iterator[None]:
    try:
        yield
    except NotSaved as refusal:
        form.add_error("name", str(refusal))
    except NotPermitted as refusal:
        form.add_error(None, str(refusal))


def _saved(request: ActingRequest, found: Register, asked: Asked, said: dict[str, Any]) -> HttpResponse:
    view = save_view(
        register=found.key,
        name=said["name"],
        parameters=kept_parameters(found, asked, with_instant=said.get("with_instant", False)),
        sharing=said["sharing"],
        actor=request.user,
        as_default=said["as_default"],
    )
    messages.success(request, _("Đã lưu cách xem «{name}».").format(name=view.name))
    return redirect(view_url(view))


def _load(request: ActingRequest, key: str, number: int) -> tuple[Register, SavedView]:
    found = register_or_404(key)
    view = views_for(request.user, found.key).filter(pk=min(number, LARGEST_NUMBER)).first()
    if view is None:
        raise Http404
    return found, view


def _sharing(view: SavedView) -> str:
    return str(view.division) if view.division else str(view.get_sharing_display())


def _trail(found: Register) -> list[dict[str, str]]:
    return [
        {"label": _("Sổ quản lý"), "url": reverse("registers")},
        {"label": found.label, "url": register_url(found.key)},
    ]


def _form_page(request: ActingRequest, found: Register, form: Any, values: dict[str, Any]) -> HttpResponse:
    trail = [*_trail(found), {"label": values["heading"]}]
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "pages/record_form.html", {"form": form, "breadcrumb": trail, **values}, status=status)
