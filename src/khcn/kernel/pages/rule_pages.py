"""What the pages of the rulebook show: the list, one rule over time, a change before it is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from khcn.kernel.indicators.period_rules import PART_PERIOD_RULE, PERIOD_RULE, period_example
from khcn.kernel.obligations.recomputing import Move
from khcn.kernel.records.registry import resolve
from khcn.kernel.rulebook.kinds import kind_of, words_of
from khcn.kernel.rulebook.models import Confidence, Rule
from khcn.kernel.rulebook.permissions import may_change_rule
from khcn.kernel.rulebook.selectors import last_changes, said
from khcn.kernel.rulebook.services import NewValue
from khcn.kernel.rulebook.telling import events_of, validity_words
from khcn.kernel.rulebook.timeline import applying, gaps
from khcn.kernel.rulebook.uses import group_of, kept_under, uses_of
from khcn.kernel.text.folding import search_key
from khcn.language.words import words as _
from khcn.ui import formats

SHOWN = 20
"""Moves listed before a change is confirmed; the rest are counted."""
TONES = {
    Confidence.VERIFIED: ("done", "shield-check"),
    Confidence.SECONDARY: ("due_soon", "book"),
    Confidence.UNCHECKED: ("unchecked", ""),
    Confidence.LOCAL: ("not_due", "building"),
}
BY_URGENCY = (Confidence.UNCHECKED, Confidence.SECONDARY, Confidence.VERIFIED, Confidence.LOCAL)
"""What must still be read in a text stands first."""
COLUMNS = (_("Nội dung"), _("Giá trị"), _("Hiệu lực"), _("Căn cứ"), _("Độ tin cậy"), _("Sửa lần cuối"))


@dataclass(frozen=True)
class Asked:
    """Which rules a list was asked for."""

    text: str = ""
    group: str = ""
    confidence: str = ""

    def keeps(self, rule: Rule) -> bool:
        """Tell whether the list shows the rule, whatever its confidence."""
        words = search_key(f"{rule.key} {rule.label} {rule.legal_basis}")
        found = all(word in words for word in search_key(self.text).split())
        return found and self.group in ("", group_of(rule.key)[0])


def asked_for(parameters: Any) -> Asked:
    """Read which rules an address asks for; an unknown confidence asks for all."""
    confidence = Confidence.UNCHECKED if parameters.get("chua") == "1" else parameters.get("tin-cay", "")
    return Asked(
        parameters.get("q", "").strip(),
        parameters.get("nhom", "").strip(),
        confidence if confidence in Confidence.values else "",
    )


def chosen(asked: Asked) -> tuple[list[Rule], list[Rule]]:
    """Return the rules that answer text and group, and those of them that have the confidence asked for."""
    found = [rule for rule in Rule.objects.select_related("office") if asked.keeps(rule)]
    return found, [rule for rule in found if asked.confidence in ("", rule.confidence)]


def list_values(asked: Asked, today: date) -> dict[str, Any]:
    """Return what the list of rules shows."""
    found, shown = chosen(asked)
    changes = last_changes(shown)
    query = f"q={asked.text}&nhom={asked.group}"
    tabs = [("", _("Tất cả"), len(found))]
    tabs += [(level.value, str(level.label), sum(rule.confidence == level for rule in found)) for level in BY_URGENCY]
    return {
        "asked": asked,
        "tabs": [
            {"label": label, "count": count, "url": f"?{query}&tin-cay={value}", "active": value == asked.confidence}
            for value, label, count in tabs
        ],
        "groups": sorted({group_of(key) for key in Rule.objects.order_by().values_list("key", flat=True).distinct()}),
        "columns": [{"label": label} for label in COLUMNS],
        "rows": [_list_row(rule, changes.get(rule.pk), today) for rule in shown],
        "silent": _silent(found, today),
        "export_url": f"{reverse('rulebook-export')}?{query}&tin-cay={asked.confidence}",
        "count_text": _("{shown} trong {found} giá trị").format(
            shown=formats.number(len(shown)), found=formats.number(len(found))
        ),
    }


def rule_values(key: str, rows: Sequence[Rule], *, reader: Any, today: date, past: datetime | None) -> dict[str, Any]:
    """Return what the page of one rule shows; `rows`: its values as known at the instant asked for."""
    latest, changes = rows[-1], last_changes(rows)
    changeable = past is None
    return {
        "key": key,
        "label": latest.label,
        "group": group_of(key)[1],
        "kind": kind_of(key, latest.value).label,
        "values": [_value_row(rule, changes.get(rule.pk), reader, today, changeable=changeable) for rule in rows],
        "unchecked": any(rule.is_unchecked for rule in rows),
        "holes": _holes(rows),
        "silent": not any(_in_force(rule, today) for rule in rows),
        "uses": uses_of(key),
        "entries": [
            {"at": timezone.localtime(event.at), "who": event.who, "what": event.what, "note": event.why}
            for event in events_of(key)
        ]
        if changeable
        else [],
        "examples": examples(latest.key, latest.value, today.year),
    }


def examples(key: str, value: Any, year: int) -> list[str]:
    """Return what a rule of periods means this year and the next; nothing for other rules."""
    if kind_of(key, value) not in (PERIOD_RULE, PART_PERIOD_RULE):
        return []
    return [period_example(key, value, one) for one in (year, year + 1)]


def preview_values(rule: Rule, new: NewValue, moves: list[Move], reader: Any) -> dict[str, Any]:
    """Return what is shown before a change is made: old and new, dates that move, reports that stay.

    Dates of records that the reader may not know of move too, but are neither named nor counted.
    """
    records = resolve({move.obligation.ref for move in moves}, reader)
    moves = [move for move in moves if move.obligation.ref in records]
    year = (new.valid_from or timezone.localdate()).year
    before, after = (words_of(rule.key, value, rule.unit) for value in (rule.value, new.value))
    facts = [
        (_("Đang ghi"), before),
        (_("Sẽ ghi"), after),
        (_("Hiệu lực"), validity_words(new.valid_from, new.valid_to)),
        (_("Căn cứ"), new.legal_basis),
        (_("Độ tin cậy"), str(Confidence(new.confidence).label)),
        (_("Lý do"), new.why),
        *((_("Kỳ số liệu"), sentence) for sentence in examples(rule.key, new.value, year)),
    ]
    return {
        "rule": rule,
        "consequence": _consequence(len(moves)),
        "action_label": _("Ghi và tính lại hạn") if moves else _("Ghi"),
        "facts": [{"label": label, "value": value} for label, value in facts],
        "columns": [{"label": label} for label in (_("Việc, hồ sơ"), _("Hạn cũ"), _("Hạn mới"), _("Chênh"))],
        "rows": [_move_row(move, records) for move in moves[:SHOWN]],
        "more": max(len(moves) - SHOWN, 0),
        "kept": kept_under(rule.pk, reader),
    }


def _consequence(moved: int) -> str:
    known = _("{moved} việc đang mở").format(moved=moved) if moved else _("Không việc đang mở nào")
    return _(
        "{known} bạn được biết đổi hạn; người liên quan được báo. Việc của hồ sơ bạn không được biết, nếu có, "
        "cũng theo giá trị mới. Giá trị cũ vẫn đọc được trong lịch sử."
    ).format(known=known)


def _move_row(move: Move, records: Any) -> dict[str, Any]:
    before, after = move.before.effective_on, move.after.effective_on
    days = (after - before).days if before and after else 0
    record = str(records[move.obligation.ref])
    later = _("muộn hơn {days} ngày").format(days=days) if days > 0 else _("sớm hơn {value} ngày").format(value=-days)
    return {"cells": [{"text": move.obligation.action, "sub": record}, formats.day(before), formats.day(after), later]}


def _list_row(rule: Rule, change: Any, today: date) -> dict[str, Any]:
    own = _(" · riêng {short_name}").format(short_name=rule.office.short_name) if rule.office else ""
    url = reverse("rule", args=[rule.key])
    return {
        "url": url,
        "cells": [
            {"text": rule.label, "url": url, "sub": f"{group_of(rule.key)[1]} · {rule.key}{own}"},
            {"text": words_of(rule.key, rule.value, rule.unit), "sub": rule.note},
            {"text": validity_words(rule.valid_from, rule.valid_to), "sub": _standing(rule, today)},
            rule.legal_basis,
            {"state": confidence_state(rule)},
            _changed(change),
        ],
    }


def _value_row(rule: Rule, change: Any, reader: Any, today: date, *, changeable: bool) -> dict[str, Any]:
    acts = (("rule-replace", _("Thay")), ("rule-confirm", _("Đối chiếu")), ("rule-correct", _("Sửa sai")))
    allowed = changeable and may_change_rule(reader, rule)
    return {
        "rule": rule,
        "value": words_of(rule.key, rule.value, rule.unit),
        "validity": validity_words(rule.valid_from, rule.valid_to),
        "standing": _standing(rule, today) or _("đang áp dụng"),
        "state": confidence_state(rule),
        "changed": _changed(change),
        "acts": [
            {"label": label, "url": reverse(name, args=[rule.key, rule.pk])}
            for name, label in acts
            if allowed and (name != "rule-confirm" or rule.confidence != Confidence.VERIFIED)
        ],
    }


def confidence_state(rule: Rule) -> dict[str, str]:
    """Return how sure a value is, as the interface shows it."""
    tone, icon = TONES[Confidence(rule.confidence)]
    return {"tone": tone, "icon": icon, "label": str(Confidence(rule.confidence).label)}


def _changed(change: Any) -> dict[str, str]:
    if change is None:
        return {"text": "", "sub": ""}
    return {"text": formats.day(timezone.localtime(change.at).date()), "sub": change.actor_name}


def _in_force(rule: Rule, today: date) -> bool:
    return said(rule).first <= today <= said(rule).last


def _standing(rule: Rule, today: date) -> str:
    if _in_force(rule, today):
        return ""
    return _("chưa đến ngày hiệu lực") if said(rule).first > today else _("đã hết hiệu lực")


def _holes(rows: Sequence[Rule]) -> list[str]:
    """Return the spans without a value, in words, each place for itself."""
    places = {rule.office_id for rule in rows}
    return [
        _("từ {first} đến hết {last}").format(first=formats.day(first), last=formats.day(last))
        for place in places
        for first, last in gaps([said(rule) for rule in rows if rule.office_id == place])
    ]


def _silent(rules: Sequence[Rule], today: date) -> list[str]:
    """Return the labels of the rules that have a day without a value, today or between two values."""
    by_key: dict[str, list[Rule]] = {}
    for rule in rules:
        by_key.setdefault(rule.key, []).append(rule)
    return [
        rows[-1].label
        for rows in by_key.values()
        if _holes(rows) or all(applying(map(said, rows), on=today, office=rule.office_id) is None for rule in rows)
    ]
