"""The rulebook and the permissions, as everyone at work may read them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from khcn.kernel.pages.permission_tables import STEP_HEADS, RegisterRights, gate_rows, register_rights
from khcn.kernel.pages.permissions import may_read_office_pages
from khcn.kernel.rulebook.kinds import words_of
from khcn.kernel.rulebook.models import Rule
from khcn.kernel.text.folding import search_key
from khcn.ui import formats


@require_GET
@login_required
def show_rulebook(request: HttpRequest) -> HttpResponse:
    """Show every legal value with its basis, validity and confidence."""
    may_read_office_pages(request.user).enforce()
    text = request.GET.get("q", "").strip()
    unchecked = request.GET.get("chua") == "1"
    rules = [
        rule
        for rule in Rule.objects.select_related("office")
        if _answers(rule, text) and (rule.is_unchecked or not unchecked)
    ]
    total = Rule.objects.count()
    values = {
        "rules": [_rule_row(rule, request.today) for rule in rules],  # type: ignore[attr-defined]  # set by the middleware
        "text": text,
        "unchecked_only": unchecked,
        "count_text": f"{formats.number(len(rules))} trong {formats.number(total)} giá trị",
    }
    return render(request, "pages/rulebook.html", values)


@require_GET
@login_required
def show_permissions(request: HttpRequest) -> HttpResponse:
    """Show who may do what, made from the registers, the workflows and the gates themselves."""
    may_read_office_pages(request.user).enforce()
    pages = [{"cells": [name, words]} for name, words in gate_rows()]
    values = {
        "registers": [_rights_values(one) for one in register_rights()],
        "pages": pages,
        "page_columns": [{"label": "Địa chỉ"}, {"label": "Ai vào được"}],
    }
    return render(request, "pages/permissions.html", values)


@require_GET
@login_required
def old_permissions(_request: HttpRequest) -> HttpResponse:
    """Lead from the address that the page had before."""
    return redirect("permissions", permanent=True)


def _answers(rule: Rule, text: str) -> bool:
    words = search_key(f"{rule.key} {rule.label} {rule.legal_basis}")
    return all(word in words for word in search_key(text).split())


def _rule_row(rule: Rule, today: Any) -> dict[str, Any]:
    since = f"từ {formats.day(rule.valid_from)}" if rule.valid_from else ""
    until = f"đến hết {formats.day(rule.valid_to)}" if rule.valid_to else ""
    in_force = (rule.valid_from is None or rule.valid_from <= today) and (
        rule.valid_to is None or today <= rule.valid_to
    )
    return {
        "rule": rule,
        "value": value_in_words(rule),
        "validity": " ".join(word for word in (since, until) if word) or "không nêu thời hạn",
        "in_force": in_force,
    }


def value_in_words(rule: Rule) -> str:
    """Return a rule's value as people read it."""
    return words_of(rule.key, rule.value, rule.unit)


def _rights_values(one: RegisterRights) -> dict[str, Any]:
    return {
        "label": one.label,
        "facts": [{"heading": "", "facts": [{"label": label, "value": words} for label, words in one.acts]}],
        "columns": [{"label": label} for label in STEP_HEADS],
        "rows": [{"cells": [cell or None for cell in row]} for row in one.steps],
    }
