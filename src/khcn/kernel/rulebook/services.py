"""Enter and change rule values."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from khcn.kernel.identity.models import Office
from khcn.kernel.records.recording import recording
from khcn.kernel.rulebook.kinds import require_readable
from khcn.kernel.rulebook.matching import key_of, met_by, said_ever
from khcn.kernel.rulebook.models import Confidence, Rule
from khcn.kernel.rulebook.permissions import may_change_rule
from khcn.kernel.rulebook.selectors import said, said_of
from khcn.kernel.rulebook.shipped import ShippedRule, shipped_rules
from khcn.kernel.rulebook.timeline import Plan, RuleNotChanged, Said, after_correcting, after_replacing
from khcn.language.words import words as _

CONFIRMED = "confirm-rule"
"""The verb of history under which a value was compared with its text."""


@dataclass(frozen=True)
class RulesChanged:
    """A change of a rule as those who reckon by it see it: the value before and after, and all that is said now."""

    before: Rule
    after: Rule
    plan: Plan


changed_hooks: list[Callable[[RulesChanged, Any], None]] = []
"""Hooks of upper mechanisms, called inside the change with what changed and who changed it."""


def load_shipped_rules(*, actor: Any = None) -> int:
    """Enter the shipped rules that were never said here and meet no value of this place; returns how many.

    What an office changed stays: a shipped row of the same days is offered to its administrator instead.
    """
    added = 0
    offices = {office.code: office for office in Office.objects.all()}
    ever, rows = set(said_ever()), list(Rule.objects.all())
    with recording(actor=actor, verb="load-rules", label=_("nạp quy định kèm theo phần mềm")):
        for row in shipped_rules():
            office = offices.get(row.office)
            if row.office and office is None:
                continue  # the rule of an office which is not here must not become the country's
            place = office.pk if office else None
            if key_of(row, place) in ever or met_by(row, place, rows):
                continue
            rule = _shipped(row, office)
            rule.save()
            rows.append(rule)
            added += 1
    return added


def _shipped(row: ShippedRule, office: Office | None) -> Rule:
    return Rule(
        key=row.key,
        label=row.label,
        value=row.value,
        unit=row.unit,
        office=office,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        legal_basis=row.legal_basis,
        confidence=row.confidence,
        note=row.note,
        shipped=True,
    )


@dataclass(frozen=True)
class NewValue:
    """What an administrator says of a rule.

    `value`: of the kind that the rule holds. `valid_to` is asked only where a row is corrected: a new value ends where
    the one that it follows would have ended.
    """

    value: Any
    valid_from: date | None
    legal_basis: str
    confidence: str
    why: str
    valid_to: date | None = None


def plan_replacing(rule: Rule, new: NewValue) -> Plan:
    """Return what the rule would say if the value followed this one; nothing is written.

    Raises: UnreadableValue; RuleNotChanged.
    """
    _require_reasoned(rule, new)
    if new.valid_from is None:
        raise RuleNotChanged(
            _("Chưa sửa được «{label}»: ghi ngày giá trị mới bắt đầu có hiệu lực.").format(label=rule.label)
        )
    with _named(rule):
        return after_replacing(said_of(rule.key), said(rule), new.value, new.valid_from)


def plan_correcting(rule: Rule, new: NewValue) -> Plan:
    """Return what the rule would say if this row had been written so from the beginning; nothing is written.

    Raises: UnreadableValue; RuleNotChanged.
    """
    _require_reasoned(rule, new)
    corrected = Said(rule.pk, new.value, new.valid_from, new.valid_to, rule.office_id)
    with _named(rule):
        return after_correcting(said_of(rule.key), said(rule), corrected)


def replace_rule(
    *, rule: Rule, value: Any, valid_from: date, legal_basis: str, confidence: str, actor: Any, why: str
) -> Rule:
    """End a value the day before a new one begins; both stay readable, the reason is kept.

    Raises: NotPermitted; UnreadableValue; RuleNotChanged, without a reason, or if the new value would begin outside the
    old one's validity.
    """
    may_change_rule(actor, rule).enforce()
    new = NewValue(value, valid_from, legal_basis, confidence, why)
    with recording(
        actor=actor,
        verb="replace-rule",
        label=_("thay giá trị quy định «{label}»").format(label=rule.label)[:200],
        why=why,
    ):
        _lock(rule)
        plan_replacing(rule, new)
        ends = rule.valid_to  # where another value follows, the new one ends where the old one would have
        rule.valid_to = valid_from - timedelta(days=1)
        rule.save()
        fresh = Rule(
            key=rule.key,
            label=rule.label,
            value=value,
            unit=rule.unit,
            office=rule.office,
            valid_from=valid_from,
            valid_to=ends,
            legal_basis=legal_basis,
            confidence=confidence,
            note=why,
        )
        fresh.save()
        _let_follow(rule, fresh, frozenset({rule.pk}), actor)
    return fresh


def correct_rule(*, rule: Rule, new: NewValue, actor: Any) -> Rule:
    """Put a mistaken row right; what it said before stays readable as of the time it was believed.

    Raises: NotPermitted; UnreadableValue; RuleNotChanged, if nothing differs too.
    """
    may_change_rule(actor, rule).enforce()
    with recording(
        actor=actor,
        verb="correct-rule",
        label=_("sửa sai quy định «{label}»").format(label=rule.label)[:200],
        why=new.why,
    ):
        _lock(rule)
        before = copy.copy(rule)
        plan = plan_correcting(rule, new)
        if _as_written(rule) == (new.value, new.valid_from, new.valid_to, new.legal_basis, new.confidence):
            raise RuleNotChanged(
                _("Chưa sửa «{label}»: nội dung gửi lên không khác giá trị đang ghi.").format(label=rule.label)
            )
        for one in plan.after:
            if one.pk in plan.touched and one.pk != rule.pk:
                neighbour = Rule.objects.get(pk=one.pk)
                neighbour.valid_to = one.valid_to
                neighbour.save()
        rule.value, rule.valid_from, rule.valid_to = new.value, new.valid_from, new.valid_to
        rule.legal_basis, rule.confidence = new.legal_basis, new.confidence
        rule.save()
        _let_follow(before, rule, plan.touched | {rule.pk}, actor)
    return rule


def confirm_rule(*, rule: Rule, document: str, article: str, actor: Any, local: bool = False) -> Rule:
    """Say that a value was compared with its text, or that it is a practice of the office itself; the value stays.

    Raises: NotPermitted; RuleNotChanged, without the document, or for a legal value without the article.
    """
    may_change_rule(actor, rule).enforce()
    read = ", ".join(part.strip() for part in (document, article) if part.strip())
    if not document.strip() or not (local or article.strip()):
        raise RuleNotChanged(
            _("Chưa ghi được việc đối chiếu «{label}»: nêu văn bản đã đọc và điều, khoản.").format(label=rule.label)
        )
    label = (
        _("xác nhận «{label}» là quy ước của Sở").format(label=rule.label)
        if local
        else _("đối chiếu «{label}» với văn bản").format(label=rule.label)
    )
    why = f"Theo {read}" if local else _("Đã đọc {read}").format(read=read)
    with recording(actor=actor, verb=CONFIRMED, label=label[:200], why=why):
        _lock(rule)
        rule.legal_basis, rule.confidence = read, Confidence.LOCAL if local else Confidence.VERIFIED
        rule.save()
    return rule


def _lock(rule: Rule) -> None:
    """Lock all values of the rule's key, so that two changes take turns, and read the row as it stands now."""
    list(Rule.objects.select_for_update().filter(key=rule.key))
    rule.refresh_from_db()


def _let_follow(before: Rule, after: Rule, touched: frozenset[int], actor: Any) -> None:
    change = RulesChanged(before, after, Plan(tuple(said_of(after.key)), touched))
    for hook in changed_hooks:
        hook(change, actor)


def _require_reasoned(rule: Rule, new: NewValue) -> None:
    if not new.why.strip():
        raise RuleNotChanged(_("Chưa sửa được «{label}»: nêu lý do sửa.").format(label=rule.label))
    if not new.legal_basis.strip():
        raise RuleNotChanged(_("Chưa sửa được «{label}»: nêu căn cứ.").format(label=rule.label))
    require_readable(key=rule.key, before=rule.value, value=new.value, label=rule.label)


@contextmanager
def _named(rule: Rule) -> Iterator[None]:
    """Name the rule before a refusal of its timeline."""
    try:
        yield
    except RuleNotChanged as refusal:
        raise RuleNotChanged(
            _("Chưa sửa được «{label}»: {refusal}").format(label=rule.label, refusal=refusal)
        ) from refusal


def _as_written(rule: Rule) -> tuple[Any, ...]:
    return (rule.value, rule.valid_from, rule.valid_to, rule.legal_basis, rule.confidence)
