"""Why a part of a task cannot be written: a day to come, a person twice, more money than the contract has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from khcn.kernel.exchange.values import short_decimal
from khcn.language.words import words as _
from khcn.research.models import BudgetLine, ResultUse, TaskChange, TaskMember, Tranche
from khcn.research.selectors import money_by_source, paid_of
from khcn.research.states import ChangeOutcome, FundingSource, MemberRole, UseForm
from khcn.ui import formats

FULL = 100


def past_faults(name: str) -> Callable[[Any, date], list[str]]:
    """Return the question whether the day of that field is still to come."""

    def faults(part: Any, on: date) -> list[str]:
        return day_faults(part, name, on)

    return faults


def day_faults(part: Any, name: str, on: date) -> list[str]:
    """Return why the day of that field cannot be, [] where it can or is not said."""
    day = getattr(part, name)
    if day is None or day <= on:
        return []
    label = part._meta.get_field(name).verbose_name
    return [_("«{label}» {day} chưa đến.").format(label=label, day=formats.day(day))]


def member_faults(member: TaskMember, _on: date) -> list[str]:
    """Return why somebody cannot take part: a second leader, or shares above the whole."""
    others = [one for one in member.task.members.select_related("person") if one.pk != member.pk]
    faults = []
    if any(one.person_id == member.person_id for one in others):
        faults.append(_("{person} đã có trong danh sách.").format(person=member.person))
    single = [role for role in (MemberRole.LEADER, MemberRole.SECRETARY) if member.role == role]
    faults += [
        _("Nhiệm vụ đã có {role}.").format(role=role.label.lower())
        for role in single
        if any(one.role == role for one in others)
    ]
    whole = sum((one.share_percent or Decimal(0) for one in [*others, member]), Decimal(0))
    if whole > FULL:
        faults.append(
            _("Tỷ lệ đóng góp cộng lại {whole}%, quá 100%.").format(whole=formats.number(short_decimal(whole)))
        )
    return faults


def line_faults(line: BudgetLine, _on: date) -> list[str]:
    """Return why a line of the estimate cannot be: its year is before the task was thought of."""
    first = line.task.listed_on or line.task.similarity_on
    if first is not None and line.year < first.year:
        words = _("Năm ngân sách {year} trước năm lập danh mục ({first}).")
        return [words.format(year=line.year, first=first.year)]
    return []


def tranche_faults(tranche: Tranche, _on: date) -> list[str]:
    """Return why a tranche cannot be: the tranches of a source above its estimate, or below what was paid of it."""
    task = tranche.task
    others = [one for one in task.tranches.all() if one.pk != tranche.pk]
    planned = money_by_source([*others, tranche]).get(tranche.source, 0)
    estimated = money_by_source(task.budget_lines.all()).get(tranche.source, 0)
    faults = []
    if planned > estimated:
        words = _("Các đợt cấp từ {source} cộng lại {planned}, vượt dự toán được duyệt {estimated}.")
        faults.append(
            words.format(
                source=FundingSource(tranche.source).label,
                planned=formats.money(planned),
                estimated=formats.money(estimated),
            )
        )
    if tranche.pk is not None and (paid := paid_of(tranche)) > tranche.amount_vnd:
        faults.append(_("Đợt này đã giải ngân {paid}.").format(paid=formats.money(paid)))
    return faults


def change_faults(change: TaskChange, on: date) -> list[str]:
    """Return why a request for change cannot be entered: another one waits for its decision."""
    waiting = change.task.changes.filter(outcome=ChangeOutcome.ASKED).exclude(pk=change.pk)
    found = day_faults(change, "asked_on", on)
    return [*found, _("Một đề nghị khác đang chờ quyết định.")] if waiting.exists() else found


def use_faults(use: ResultUse, on: date) -> list[str]:
    """Return why a record of use cannot be: nobody is named, or its year is before the result or still to come.

    Of a year without use it is told why the result is not used.
    """
    faults = day_faults(use, "reported_on", on)
    if use.form == UseForm.NOT_USED:
        if not use.obstacles.strip():
            faults.append(_("Chưa ứng dụng thì ghi vướng mắc: vì sao, cần gì để ứng dụng."))
    elif use.organisation is None and not use.organisation_text.strip():
        faults.append(_("Ghi tổ chức hoặc người sử dụng kết quả."))
    elif not use.evidence.strip():
        faults.append(_("Ghi minh chứng của việc ứng dụng."))
    accepted = use.task.accepted_on
    if use.year > on.year or (accepted is not None and use.year < accepted.year):
        words = _("Năm {year} trước khi kết quả được nghiệm thu hoặc chưa đến.")
        faults.append(words.format(year=use.year))
    return faults
