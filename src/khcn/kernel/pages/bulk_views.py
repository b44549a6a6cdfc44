"""Pages of acts on many records: what would be done and what cannot, then what was done and what was not."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from khcn.kernel.identity.requests import ActingRequest
from khcn.kernel.pages.addresses import record_url, register_url, with_parameters
from khcn.kernel.pages.bulk import (
    MOST_AT_ONCE,
    BulkAct,
    Prospect,
    act_named,
    acts_of,
    chosen_rows,
    may_act_on_many,
    prospects_of,
)
from khcn.kernel.pages.bulk_forms import BROKEN, CHOSEN, BulkForm
from khcn.kernel.pages.bulk_runs import run_act
from khcn.kernel.pages.listing import Asked, state_value
from khcn.kernel.pages.models import BulkRun
from khcn.kernel.pages.submitting import FormSentBefore
from khcn.kernel.pages.typed_forms import SUBMISSION
from khcn.kernel.pages.views import list_asked, register_or_404
from khcn.kernel.records.refs import LARGEST_NUMBER
from khcn.kernel.records.registry import Register
from khcn.language.words import words as _
from khcn.ui import formats

SHOWN = 200
PICKED, EVERYTHING, ACT = "chon", "tat-ca", "viec"
UNPROCESSABLE = 422
COLUMNS = [{"label": _("Mã")}, {"label": _("Tên")}, {"label": _("Trạng thái")}]


@login_required
@require_http_methods(["GET", "POST"])
def preview(request: ActingRequest, key: str) -> HttpResponse:
    """Show with which of the chosen records the act can be done, and ask what it needs."""
    found, asked, act = _load(request, key)
    if request.method == "GET" or act is None:  # after signing in again, or nothing was chosen
        return _back(request, found, _("Chọn việc cần làm rồi bấm «Xem trước»."))
    picked = [int(one) for one in request.POST.getlist(PICKED) if one.isdecimal() and int(one) <= LARGEST_NUMBER]
    everything = EVERYTHING in request.POST
    records, more = chosen_rows(found, asked, request.user, None if everything else picked)
    if not records:
        return _back(request, found, _("Chưa chọn hồ sơ nào. Đánh dấu ô đầu dòng, hoặc chọn tất cả theo bộ lọc."))
    seen = prospects_of(found, act, records, request.user)
    chosen = ",".join(f"{one.record.pk}-{one.stamp}" for one in seen if not one.why_not)
    form = BulkForm(register=found, act=act, user=request.user, today=request.today, initial={CHOSEN: chosen})
    return _preview_page(request, found, act, form, seen, more=more)


@login_required
@require_http_methods(["GET", "POST"])
def do(request: ActingRequest, key: str) -> HttpResponse:
    """Do the act with each record of the preview, then show what became of each."""
    found, asked, act = _load(request, key)
    if request.method == "GET" or act is None:
        return _back(request, found, _("Chọn các hồ sơ và việc cần làm, rồi bấm «Xem trước»."))
    form = BulkForm(request.POST, register=found, act=act, user=request.user, today=request.today)
    if form.is_valid():
        said, wanted, token = form.said, form.cleaned_data[CHOSEN], form.cleaned_data[SUBMISSION]
        try:
            run = run_act(found, act, said, wanted, actor=request.user, at=request.now, token=token)
        except FormSentBefore as refusal:
            return _back(request, found, str(refusal))
        return redirect(with_parameters(reverse("bulk-result", args=[key, run.token]), request.GET))
    if CHOSEN not in form.cleaned_data:
        return _back(request, found, BROKEN)
    records, _more = chosen_rows(found, asked, request.user, form.cleaned_data[CHOSEN])
    seen = prospects_of(found, act, records, request.user)
    return _preview_page(request, found, act, form, seen, status=UNPROCESSABLE)


@require_GET
@login_required
def show_result(request: ActingRequest, key: str, token: UUID) -> HttpResponse:
    """Show what became of each record of a run, to who started it."""
    found = register_or_404(key)
    run = BulkRun.objects.filter(token=token, user=request.user, register=found.key).first()
    if run is None:
        raise Http404
    outcomes = list(run.outcomes.order_by("pk"))
    known = {row.pk: row for row in found.visible_to(request.user).filter(pk__in=run.wanted)}
    done = [_outcome(known.get(one.record_id), one.why) for one in outcomes if one.done]
    failed = [_outcome(known.get(one.record_id), one.why) for one in outcomes if not one.done]
    left = len(run.wanted) - len(outcomes)
    values = {
        "heading": run.act,
        "done_text": _("Đã làm với {done} hồ sơ.").format(done=formats.number(len(done))) if done else "",
        "failed_text": _("Không làm được với {failed} hồ sơ.").format(failed=formats.number(len(failed)))
        if failed
        else "",
        "left_text": _("Còn {left} hồ sơ chưa làm tới.").format(left=formats.number(left)) if left else "",
        "columns": [{"label": _("Mã")}, {"label": _("Tên")}, {"label": _("Vì sao, ghi chú")}],
        "done": done,
        "failed": failed,
        "list_url": with_parameters(register_url(found.key), request.GET),
        "breadcrumb": [*_trail(found), {"label": run.act}],
    }
    return render(request, "pages/bulk_result.html", values)


def _load(request: ActingRequest, key: str) -> tuple[Register, Asked, BulkAct | None]:
    found, asked = list_asked(request, key)
    if not acts_of(found):
        raise Http404
    if asked.instant is not None:
        raise BadRequest(_("Không làm được việc gì trên sổ trong quá khứ. Về hiện tại rồi chọn lại."))
    may_act_on_many(request.user).enforce()
    return found, asked, act_named(found, request.POST.get(ACT, ""))


def _back(request: ActingRequest, found: Register, words: str) -> HttpResponse:
    messages.warning(request, words)
    return redirect(with_parameters(register_url(found.key), request.GET))


def _preview_page(
    request: ActingRequest,
    found: Register,
    act: BulkAct,
    form: BulkForm,
    seen: list[Prospect],
    *,
    more: bool = False,
    status: int = 200,
) -> HttpResponse:
    can = [one for one in seen if not one.why_not]
    cannot = [one for one in seen if one.why_not]
    count = formats.number(len(can))
    values = {
        "heading": act.label,
        "register": found,
        "form": form,
        "hidden": [{"name": ACT, "value": act.name}],
        "action": with_parameters(reverse("bulk-do", args=[found.key]), request.GET),
        "list_url": with_parameters(register_url(found.key), request.GET),
        "submit_label": _("Thực hiện với {count} hồ sơ").format(count=count),
        "consequence": _("Ghi riêng vào lịch sử của {count} hồ sơ; hồ sơ nào không làm được sẽ được nêu tên.").format(
            count=count
        ),
        "more_text": _("Bộ lọc giữ nhiều hơn; mỗi lần làm với {most_at_once} hồ sơ đầu.").format(
            most_at_once=formats.number(MOST_AT_ONCE)
        )
        if more
        else "",
        "can_text": _("Sẽ làm với {count} hồ sơ").format(count=count) if can else "",
        "cannot_text": _("Không làm được với {cannot} hồ sơ").format(cannot=formats.number(len(cannot)))
        if cannot
        else "",
        "columns": COLUMNS,
        "why_columns": [*COLUMNS, {"label": _("Vì sao")}],
        "can": [_row(found, one) for one in can[:SHOWN]],
        "cannot": [_row(found, one, why=True) for one in cannot[:SHOWN]],
        "can_more": max(0, len(can) - SHOWN),
        "cannot_more": max(0, len(cannot) - SHOWN),
        "breadcrumb": [*_trail(found), {"label": act.label}],
    }
    return render(request, "pages/bulk.html", values, status=status)


def _row(found: Register, one: Prospect, *, why: bool = False) -> dict[str, Any]:
    record = one.record
    cells = [record.code, record.title, {"state": state_value(found.workflow, record.state)}]
    return {"url": record_url(record), "cells": [*cells, one.why_not] if why else cells}


def _outcome(record: Any, why: str) -> dict[str, Any]:
    if record is None:  # no longer visible: what it is called is not told
        return {"cells": [None, None, why or None]}
    return {"url": record_url(record), "cells": [record.code, record.title, why or None]}


def _trail(found: Register) -> list[dict[str, str]]:
    return [
        {"label": _("Sổ quản lý"), "url": reverse("registers")},
        {"label": found.label, "url": register_url(found.key)},
    ]
