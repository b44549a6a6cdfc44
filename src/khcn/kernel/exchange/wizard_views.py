"""The steps of an import after its file has come: columns, names, faulty rows, confirmation, result."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khcn.kernel.exchange.checking import (
    NotReady,
    apply_at_once,
    begin,
    check_some,
    is_large,
    run_of,
)
from khcn.kernel.exchange.declaring import PastRefused
from khcn.kernel.exchange.exporting import FORMATS
from khcn.kernel.exchange.jobs import apply_staging
from khcn.kernel.exchange.leaving import sheet_of_rows_left
from khcn.kernel.exchange.lookups import Lookups
from khcn.kernel.exchange.memory import forget_columns, forget_value, remember_values, remembered_values
from khcn.kernel.exchange.mending import mending_page, numbers_of, typed_of
from khcn.kernel.exchange.models import ColumnMatching, Staging, StagingStep
from khcn.kernel.exchange.reaching import register_to_import, staging_to_import
from khcn.kernel.exchange.results import records_of
from khcn.kernel.exchange.runs import ImportUnderWay
from khcn.kernel.exchange.staging import (
    MatchingRefused,
    SecretTyped,
    columns_of,
    discard,
    file_of,
    match_columns,
    mend,
    move_headings,
    restage,
    set_aside,
    take_back,
)
from khcn.kernel.exchange.suggesting import Suggester
from khcn.kernel.exchange.tables import read_table
from khcn.kernel.exchange.values import label_of
from khcn.kernel.exchange.wizard_pages import (
    VALUES_A_PAGE,
    check_page,
    columns_page,
    frame,
    go_on,
    place_of,
    recheck,
    values_page,
)
from khcn.kernel.files.reading import UnreadableFile
from khcn.kernel.records.registry import Register
from khcn.language.drawing import drawn_in_source
from khcn.language.words import words as _
from khcn.ui import formats

RECORDS_A_PAGE = 50
BUSY = (StagingStep.CHECKING, StagingStep.APPLYING)


def _is_at(staging: Staging, *steps: str) -> bool:
    return staging.step in steps


@login_required
@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, key: str, staging_key: int) -> HttpResponse:
    """Show each column of the sheet with what it is taken for; take what the person says instead."""
    found, staging = staging_to_import(request, key, staging_key)
    if not _is_at(staging, StagingStep.COLUMNS, StagingStep.CHECKED):
        return redirect(place_of(staging))
    chosen = {int(place): name for place, name in staging.columns.items()}
    error = ""
    if request.method == "POST":
        chosen = _chosen_columns(found, request)
        try:
            match_columns(found, staging, chosen, actor=request.user, at=request.now)  # type: ignore[attr-defined]  # set by the middleware
            return go_on(request, found, staging)
        except MatchingRefused as refusal:
            error = str(refusal)
    values = {**columns_page(found, staging, chosen), "error": error}
    return render(request, "exchange/columns.html", values, status=422 if error else 200)


def _chosen_columns(found: Register, request: HttpRequest) -> dict[int, str]:
    known = {column.name for column in found.columns if column.importable}
    said = ((name.removeprefix("cot-"), str(request.POST[name])) for name in request.POST if name.startswith("cot-"))
    return {int(place): name for place, name in said if place.isdecimal() and len(place) <= 4 and name in known}  # noqa: PLR2004 (digits of the widest sheet)


@login_required
@require_POST
def layout(request: HttpRequest, key: str, staging_key: int) -> HttpResponse:
    """Take another sheet of the file, or other lines as its headings."""
    found, staging = staging_to_import(request, key, staging_key)
    if not _is_at(staging, StagingStep.COLUMNS, StagingStep.CHECKED):
        return redirect(place_of(staging))
    try:
        if request.POST.get("trang", "").isdecimal():
            _take_sheet(found, staging, int(request.POST["trang"][:3]))
        else:
            first, _, last = request.POST.get("tieu-de", "").partition("-")
            if first.isdecimal() and last.isdecimal():
                move_headings(found, staging, int(first[:7]), int(last[:7]))
    except (MatchingRefused, UnreadableFile) as refusal:
        messages.error(request, str(refusal))
    if staging.step == StagingStep.CHECKING:
        return go_on(request, found, staging)
    return redirect("register-import-columns", key, staging.pk)


def _take_sheet(found: Register, staging: Staging, sheet: int) -> None:
    data = file_of(staging)
    if data is None:
        raise MatchingRefused(_("Tệp không còn được giữ để đọc trang tính khác. Bỏ lần nhập này rồi tải tệp lên lại."))
    restage(found, staging, read_table(data, staging.name, sheet))


@login_required
@require_GET
def overview(request: HttpRequest, key: str, staging_key: int) -> HttpResponse:
    """Show what the import would do, and what is still in its way."""
    found, staging = staging_to_import(request, key, staging_key)
    if not _is_at(staging, StagingStep.CHECKED):
        return redirect(place_of(staging))
    return render(request, "exchange/check.html", check_page(found, staging, request.user))


@login_required
@require_http_methods(["GET", "POST"])
def values(request: HttpRequest, key: str, staging_key: int) -> HttpResponse:
    """Ask once for each name that nobody knows what it means, and remember the answers."""
    found, staging = staging_to_import(request, key, staging_key)
    if not _is_at(staging, StagingStep.CHECKED):
        return redirect(place_of(staging))
    page = int(request.GET.get("trang", "0")[:4]) if request.GET.get("trang", "0").isdecimal() else 0
    shown = values_page(request, found, staging, page)
    if request.method == "POST":
        said, wrong = _said_values(request, found, staging)
        remember_values(found, staging.office, said, actor=request.user, at=request.now)  # type: ignore[attr-defined]  # set by the middleware
        if said:
            recheck(request, found, staging)
        if not wrong:
            return redirect(place_of(staging))
        shown = values_page(request, found, staging, page)
        for item in shown["items"]:
            item["wrong"] = wrong.get((item["column"], item["text"]), "")
    return render(request, "exchange/values.html", shown, status=422 if request.method == "POST" else 200)


def _said_values(
    request: Any, found: Register, staging: Staging
) -> tuple[dict[tuple[str, str], str], dict[tuple[str, str], str]]:
    """Return what names were said to mean, and the words typed that mean nothing either."""
    lookups = Lookups(actor=request.user, office=staging.office, on=request.today)
    known = {column.name: column for column in columns_of(found, staging).values()}
    suggesters: dict[str, Suggester] = {}
    said: dict[tuple[str, str], str] = {}
    wrong: dict[tuple[str, str], str] = {}
    for place in range(VALUES_A_PAGE):
        name, text = request.POST.get(f"cot-{place}", ""), request.POST.get(f"chu-{place}", "")
        target = request.POST.get(f"go-{place}", "").strip() or request.POST.get(f"la-{place}", "")
        if name not in known or not text or not target:
            continue
        suggester = suggesters.setdefault(name, Suggester(found, known[name], lookups))
        (said if suggester.reads(target) else wrong)[name, text] = target
    return said, wrong


@login_required
@require_http_methods(["GET", "POST"])
def rows(request: HttpRequest, key: str, staging_key: int) -> HttpResponse:
    """Show the faulty rows to be mended; keep whatever was typed, and judge it at once."""
    found, staging = staging_to_import(request, key, staging_key)
    if not _is_at(staging, StagingStep.CHECKED):
        return redirect(place_of(staging))
    after = (numbers_of([request.GET.get("sau", "")]) or [0])[0]
    error = ""
    if request.method == "POST":
        error = _keep_typed(request, found, staging)
        if not error:
            left = staging.rows.filter(is_faulty=True, is_set_aside=False, number__gt=after).exists()
            again = f"{reverse('register-import-rows', args=[key, staging.pk])}?sau={after}"
            return redirect(again if left and staging.step == StagingStep.CHECKED else place_of(staging))
    shown = {**frame(found, staging), "page": mending_page(found, staging, after), "after": after, "error": error}
    return render(request, "exchange/rows.html", shown, status=422 if error else 200)


def _keep_typed(request: Any, found: Register, staging: Staging) -> str:
    """Keep what was typed, set aside what was ticked, check again; returns what could not be kept."""
    places = columns_of(found, staging).keys()
    typed = {
        number: {place: text for place, text in cells.items() if place in places}
        for number, cells in typed_of(request.POST).items()
    }
    error = ""
    try:
        changed = mend(staging, typed)
    except SecretTyped as refusal:
        error, changed = str(refusal), list(typed)
    act = request.POST.get("viec", "")
    if act == "de-lai":
        set_aside(staging, numbers_of(request.POST.getlist("dong")))
    elif act == "de-lai-het":
        set_aside(staging)
    _check_again(request, found, staging, changed if act != "de-lai-het" else [])
    return error


def _check_again(request: Any, found: Register, staging: Staging, changed: list[int]) -> None:
    """Check the whole where it is small; of a large sheet the rows that were changed, the whole later."""
    if not is_large(staging):
        recheck(request, found, staging)
    elif changed:
        check_some(found, staging, changed, actor=request.user, on=request.today)
    else:
        Staging.objects.filter(pk=staging.pk).update(is_stale=True)


@login_required
@require_POST
def settle(request: HttpRequest, key: str, staging_key: int) -> HttpResponse:
    """Set all faulty rows aside, bring back those set aside, or check the whole again."""
    found, staging = staging_to_import(request, key, staging_key)
    if not _is_at(staging, StagingStep.CHECKED):
        return redirect(place_of(staging))
    if request.POST.get("viec") == "de-lai-het":
        set_aside(staging)
    elif request.POST.get("viec") == "dua-lai":
        take_back(staging)
    recheck(request, found, staging)
    return redirect(place_of(staging))


@login_required
@require_POST
def confirm(request: HttpRequest, key: str, staging_key: int) -> HttpResponse:
    """Import what was checked; a second click finds it under way or done."""
    found, staging = staging_to_import(request, key, staging_key)
    user: Any = request.user
    try:
        if is_large(staging):
            with transaction.atomic():  # begun exactly if the worker knows of it
                if begin(staging):
                    apply_staging.enqueue(staging.pk)
        elif not apply_at_once(found, staging, actor=user, on=request.today):  # type: ignore[attr-defined]  # set by the middleware
            staging.refresh_from_db()
            if staging.step == StagingStep.CHECKED:
                messages.error(request, _("Chưa nhập gì: có dòng vừa thành lỗi. Xem các dòng đó rồi nhập lại."))
    except (NotReady, PastRefused, ImportUnderWay) as refusal:
        messages.error(request, str(refusal))
    staging.refresh_from_db()
    return redirect(place_of(staging))


@login_required
@require_GET
def progress(request: HttpRequest, key: str, staging_key: int) -> HttpResponse:
    """Show how far the worker is."""
    found, staging = staging_to_import(request, key, staging_key)
    if not _is_at(staging, *BUSY):
        return redirect(place_of(staging))
    run = run_of(staging) if staging.step == StagingStep.APPLYING else None
    shown = {**frame(found, staging), "label": StagingStep(staging.step).label, "done": run.rows_done if run else 0}
    shown["total"] = run.rows_total if run else 0
    return render(request, "exchange/progress.html", shown)


@login_required
@require_GET
def result(request: HttpRequest, key: str, staging_key: int) -> HttpResponse:
    """Show what was written: exactly the records that this import made or changed."""
    found, staging = staging_to_import(request, key, staging_key)
    if not _is_at(staging, StagingStep.DONE):
        return redirect(place_of(staging))
    after = (numbers_of([request.GET.get("sau", "")]) or [0])[0]
    written = records_of(staging.run, found, request.user) if staging.run else found.model.objects.none()
    listed = list(written.filter(pk__gt=after)[: RECORDS_A_PAGE + 1])
    shown = {
        **frame(found, staging),
        "sentence": (
            _("Đã tạo mới {value} hồ sơ, cập nhật {value2}, không đổi {value3}.").format(
                value=staging.summary.get("created", 0),
                value2=staging.summary.get("updated", 0),
                value3=staging.summary.get("unchanged", 0),
            )
        ),
        "count": written.count(),
        "aside": staging.rows.filter(is_set_aside=True).count(),
        "columns": [{"label": _("Mã hồ sơ")}, {"label": found.label_one}],
        "rows": [
            {"cells": [{"text": one.code, "url": reverse("record", args=[key, one.code])}, one.title]}
            for one in listed[:RECORDS_A_PAGE]
        ],
        "next_after": listed[RECORDS_A_PAGE - 1].pk if len(listed) > RECORDS_A_PAGE else 0,
    }
    return render(request, "exchange/result.html", shown)


@drawn_in_source
@login_required
@require_GET
def left_rows(request: HttpRequest, key: str, staging_key: int) -> HttpResponse:
    """Send the rows set aside as a spreadsheet with the reason of each, to be mended outside and brought back."""
    found, staging = staging_to_import(request, key, staging_key)
    data = sheet_of_rows_left(found, staging)
    headers = {"Content-Disposition": f'attachment; filename="{key}-de-lai-{staging.pk}.xlsx"'}
    return HttpResponse(data, content_type=FORMATS["xlsx"], headers=headers)


@login_required
@require_POST
def give_up(request: HttpRequest, key: str, staging_key: int) -> HttpResponse:
    """Forget what was prepared; what the register already holds stays."""
    _found, staging = staging_to_import(request, key, staging_key)
    if not _is_at(staging, StagingStep.APPLYING):
        discard(staging)
        messages.success(request, _("Đã bỏ lần nhập {name}.").format(name=staging.name))
    return redirect("register-import", key)


@login_required
@require_http_methods(["GET", "POST"])
def remembered(request: HttpRequest, key: str) -> HttpResponse:
    """Show how columns and names were matched for this register, by whom and when; forget what is wrong."""
    found = register_to_import(request, key)
    user: Any = request.user
    if request.method == "POST":
        for number in numbers_of([request.POST.get("cot", "")]):
            forget_columns(found, user.office, number)
        for number in numbers_of([request.POST.get("gia-tri", "")]):
            forget_value(found, user.office, number)
        messages.success(request, _("Đã quên. Lần nhập sau sẽ hỏi lại."))
        return redirect("register-import-remembered", key)
    lookups = Lookups(actor=user, office=user.office, on=request.today)  # type: ignore[attr-defined]  # set by the middleware
    labels = {one.name: label_of(found, one) for one in found.columns}
    matchings = ColumnMatching.objects.filter(office=user.office, register=key).select_related("matched_by")
    shown = {
        **frame(found),
        "matchings": [
            {
                "pk": one.pk,
                "pairs": [(heading, labels.get(name, "")) for heading, name in one.columns.items()],
                "by": one.matched_by.full_name,
                "at": formats.day(one.matched_at.date()),
            }
            for one in matchings[:RECORDS_A_PAGE]
        ],
        "meanings": [
            {"match": one, "label": labels.get(one.column, one.column), "by": one.matched_by.full_name}
            for one in remembered_values(found, [c for c in found.columns if c.importable], lookups)
        ],
    }
    return render(request, "exchange/remembered.html", shown)
