"""The classifications: read by everyone at work; administrators bring codes from files, which they first see."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from khcn.kernel.access.decisions import Decision
from khcn.kernel.classifications.schemes import schemes
from khcn.kernel.classifications.services import ClassesRefused
from khcn.kernel.exchange.class_imports import NoFirstDay, import_classes, preview_classes
from khcn.kernel.exchange.class_sheets import ClassHeadingsNotFound
from khcn.kernel.exchange.permissions import may_import_classes
from khcn.kernel.exchange.tables import Table, read_table
from khcn.kernel.exchange.uploads import keep, kept
from khcn.kernel.files.reading import UnreadableFile
from khcn.kernel.files.uploads import TOO_LARGE
from khcn.kernel.identity.requests import ActingRequest
from khcn.kernel.pages.class_forms import FINGERPRINT, ClassImportForm
from khcn.kernel.pages.class_pages import fault_values, list_values, plan_mark, preview_values, scheme_values
from khcn.kernel.pages.permissions import may_read_office_pages
from khcn.language.words import words as _

UNPROCESSABLE = 422
FILE_NAME, SEEN = "ten-tep", "da-xem"
"""Names of what else the preview sends back: the name of the file, the mark of the plan that was shown."""


@require_GET
@login_required
def show_schemes(request: ActingRequest) -> HttpResponse:
    """Show every classification with its number of codes, validity, basis and confidence."""
    _enforce(may_read_office_pages(request.user))
    values = list_values(request.today)
    return render(request, "pages/classes.html", values | {"may_import": bool(may_import_classes(request.user))})


@require_GET
@login_required
def show_scheme(request: ActingRequest, scheme: str) -> HttpResponse:
    """Show the codes of a classification level by level (`ma`), or those that answer a search (`q`)."""
    _enforce(may_read_office_pages(request.user))
    found = next((one for one in schemes() if one.key == scheme), None)
    if found is None:
        raise Http404(_("Không có bảng phân loại này."))
    text, code = (request.GET.get(name, "").strip() for name in ("q", "ma"))
    values = scheme_values(found, text, code, request.today)
    may_import = bool(found.lengths) and bool(may_import_classes(request.user))
    return render(request, "pages/classes_of.html", values | {"may_import": may_import})


@require_http_methods(["GET", "POST"])
@login_required
def import_scheme(request: ActingRequest) -> HttpResponse:
    """Ask for a file of codes; show what it would change; take it in once that was confirmed."""
    _enforce(may_import_classes(request.user))
    today: Any = request.today
    if request.method == "GET":
        form = ClassImportForm(today=today, initial={"scheme": request.GET.get("bang", "")})
        return render(request, "pages/classes_import.html", {"form": form})
    form = ClassImportForm(request.POST, request.FILES, today=today, too_large=bool(request.META.get(TOO_LARGE)))
    values: dict[str, Any] = {"form": form}
    try:
        if form.is_valid() and (table := _table(request, form)) is not None:
            return _previewed_or_done(request, form, table)
    except ClassesRefused as refusal:
        values |= fault_values(refusal.faults)
    except (UnreadableFile, ClassHeadingsNotFound) as refusal:
        form.add_error("file", str(refusal))
    except NoFirstDay as refusal:
        form.add_error("valid_from", str(refusal))
    return render(request, "pages/classes_import.html", values, status=UNPROCESSABLE)


def _table(request: ActingRequest, form: ClassImportForm) -> Table | None:
    """Return the cells of the file that was sent, or of the one kept since its preview; None where it is gone."""
    sent = form.cleaned_data["file"]
    if sent:
        data = sent.read()
        table = read_table(data, sent.name)
        keep(data, request.now.timestamp())
        return table
    data = kept(request.POST.get(FINGERPRINT, ""))
    if data is None:
        form.ask_again()
        return None
    return read_table(data, request.POST.get(FILE_NAME, "")[:255])


def _previewed_or_done(request: ActingRequest, form: ClassImportForm, table: Table) -> HttpResponse:
    said = form.said()
    plan = preview_classes(table=table, said=said, actor=request.user)
    if plan.faults:
        raise ClassesRefused(said.scheme, plan.faults)
    mark = plan_mark(plan)
    if request.POST.get(SEEN) == mark:
        today: Any = request.today
        done = import_classes(table=table, said=said, actor=request.user, on=today)
        words = _("Đã nhập bảng «{label}». {counts}")
        messages.success(request, words.format(label=said.scheme.label, counts=done.sentence()))
        return redirect("class-scheme", said.scheme.key)
    pairs = {FINGERPRINT: table.sha256, FILE_NAME: table.name, SEEN: mark}
    hidden = [*form.as_sent(), *({"name": name, "value": value} for name, value in pairs.items())]
    values = preview_values(said, table.name, plan) | {"hidden": hidden, "warnings": table.warnings}
    return render(request, "pages/classes_preview.html", values | {"has_changes": bool(plan.changes)})


def _enforce(decision: Decision) -> None:
    if not decision:
        raise PermissionDenied(decision.sentence())
