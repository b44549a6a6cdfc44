"""The rulebook: read by everyone at work, changed by administrators, who first see what would move."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from khcn.kernel.access.decisions import Decision
from khcn.kernel.calendar import CalendarError
from khcn.kernel.exchange.exporting import FORMATS
from khcn.kernel.obligations.recomputing import moves_by_rule
from khcn.kernel.pages.instants import instant_asked, sentence
from khcn.kernel.pages.rule_export import rules_as_sheet
from khcn.kernel.pages.rule_forms import ReadingForm, RuleForm
from khcn.kernel.pages.rule_pages import asked_for, chosen, list_values, preview_values, rule_values
from khcn.kernel.rulebook.kinds import words_of
from khcn.kernel.rulebook.models import Rule
from khcn.kernel.rulebook.offering import offers
from khcn.kernel.rulebook.permissions import may_change_rule, may_change_rules, may_read_rules
from khcn.kernel.rulebook.services import confirm_rule, correct_rule, plan_correcting, plan_replacing, replace_rule
from khcn.kernel.rulebook.telling import validity_words
from khcn.kernel.rulebook.timeline import RuleNotChanged
from khcn.language.drawing import drawn_in_source
from khcn.language.words import words as _

UNPROCESSABLE = 422
REFUSALS = (ValueError, CalendarError)
"""What a change is refused with: the rulebook's own refusals are ValueErrors."""


@require_GET
@login_required
def show_rulebook(request: HttpRequest) -> HttpResponse:
    """Show every legal value with its basis, validity, confidence and last change."""
    _enforce(may_read_rules(request.user))
    values = list_values(asked_for(request.GET), request.today)  # type: ignore[attr-defined]  # set by the middleware
    values["offered"] = len(offers()) if may_change_rules(request.user) else 0
    return render(request, "pages/rulebook.html", values)


@drawn_in_source
@require_GET
@login_required
def export_rulebook(request: HttpRequest) -> HttpResponse:
    """Give the list that is shown as a spreadsheet."""
    _enforce(may_read_rules(request.user))
    _, rules = chosen(asked_for(request.GET))
    answer = HttpResponse(rules_as_sheet(rules), content_type=FORMATS["xlsx"])
    answer["Content-Disposition"] = 'attachment; filename="bo-quy-dinh.xlsx"'
    return answer


@require_GET
@login_required
def show_rule(request: HttpRequest, rule_key: str) -> HttpResponse:
    """Show one rule: its values over time, where it is read, its history; as known at an instant if asked."""
    _enforce(may_read_rules(request.user))
    past = instant_asked(request.GET)
    rows = list(
        Rule.objects.as_of(past)
        .select_related("office")
        .filter(key=rule_key)
        .order_by(F("valid_from").asc(nulls_first=True), "id")
    )
    if not rows:
        raise Http404(_("Bộ quy định không có mục này."))
    today: Any = request.today  # type: ignore[attr-defined]  # set by the middleware
    values = rule_values(rule_key, rows, reader=request.user, today=today, past=past)
    return render(request, "pages/rule.html", {**values, "past": sentence(past) if past else ""})


@require_http_methods(["GET", "POST"])
@login_required
def change_value(request: HttpRequest, rule_key: str, number: int, *, correcting: bool) -> HttpResponse:
    """Ask for a new value or a correction; show what it would move; make it once that was confirmed."""
    rule = _rule(request, rule_key, number)
    said = request.POST if request.method == "POST" else None
    form = RuleForm(said, rule=rule, today=request.today, correcting=correcting)  # type: ignore[attr-defined]  # as above
    if form.is_valid():
        try:
            return _previewed_or_done(request, rule, form, correcting=correcting)
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
    values = {**_about(rule), "form": form, "correcting": correcting}
    return render(request, "pages/rule_change.html", values, status=UNPROCESSABLE if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@login_required
def confirm_value(request: HttpRequest, rule_key: str, number: int) -> HttpResponse:
    """Take down in which text a value was found as it stands."""
    rule = _rule(request, rule_key, number)
    form = ReadingForm(request.POST or None)
    if form.is_valid():
        try:
            confirm_rule(rule=rule, actor=request.user, **form.cleaned_data)
        except RuleNotChanged as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("Đã ghi: «{label}» theo {legal_basis}.").format(label=rule.label, legal_basis=rule.legal_basis),
            )
            return redirect("rule", rule_key)
    values = {**_about(rule), "form": form}
    return render(request, "pages/rule_confirm.html", values, status=UNPROCESSABLE if form.is_bound else 200)


def _previewed_or_done(request: HttpRequest, rule: Rule, form: RuleForm, *, correcting: bool) -> HttpResponse:
    new, actor = form.said(), request.user
    if request.POST.get("xac-nhan") != "1":
        plan = plan_correcting(rule, new) if correcting else plan_replacing(rule, new)
        values = preview_values(rule, new, moves_by_rule(plan), actor)
        hidden = [*form.as_sent(), {"name": "xac-nhan", "value": "1"}]
        return render(request, "pages/rule_preview.html", {**values, "hidden": hidden, "action_url": request.path})
    if correcting:
        correct_rule(rule=rule, new=new, actor=actor)
    else:
        _replace(rule, new, actor)
    messages.success(
        request, _("Đã ghi «{label}»: {key}.").format(label=rule.label, key=words_of(rule.key, new.value, rule.unit))
    )
    return redirect("rule", rule.key)


def _replace(rule: Rule, new: Any, actor: Any) -> None:
    replace_rule(
        rule=rule,
        value=new.value,
        valid_from=new.valid_from,
        legal_basis=new.legal_basis,
        confidence=new.confidence,
        actor=actor,
        why=new.why,
    )


def _rule(request: HttpRequest, key: str, number: int) -> Rule:
    found: Rule = get_object_or_404(Rule.objects.select_related("office"), key=key, pk=number)
    _enforce(may_change_rule(request.user, found))
    return found


def _about(rule: Rule) -> dict[str, Any]:
    return {
        "rule": rule,
        "value": words_of(rule.key, rule.value, rule.unit),
        "validity": validity_words(rule.valid_from, rule.valid_to),
    }


def _enforce(decision: Decision) -> None:
    if not decision:
        raise PermissionDenied(decision.sentence())
