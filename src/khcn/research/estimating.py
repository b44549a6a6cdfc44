"""Reckon the money that tasks need in a budget year: what runs on, and what will be opened by averages of before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import F, Min, Q, Sum
from django.db.models.functions import Coalesce, ExtractYear, Greatest

from khcn.kernel.identity.models import Office
from khcn.kernel.rulebook.models import Rule
from khcn.kernel.rulebook.selectors import rule_in_force
from khcn.language.words import words as _
from khcn.research.financing import NewTasks, Opened, new_task_money
from khcn.research.models import BudgetLine, Movement, ResearchTask, Tranche
from khcn.research.states import NEVER_APPROVED, PLANNED, STATE_BUDGET, MovementKind, TaskForm
from khcn.ui import formats

ESTIMATE_YEARS = "research.estimate.years"
NAMED = 10
"""How many tasks a warning names before it only counts the rest."""


@dataclass(frozen=True)
class CarriedOver:
    """One running task and what its contract still has to be paid in the year."""

    task: ResearchTask
    amount: int


@dataclass(frozen=True)
class Unpriced:
    """A task newly opened in a year without a single line of an estimate: nobody knows what it costs."""

    code: str
    form: TaskForm
    year: int


@dataclass(frozen=True)
class Estimate:
    """The money that tasks need in a budget year: what runs on, and what will be opened by the averages of before.

    `opened`: the tasks that the averages are made of. `unpriced`: those of the same years that are in no average, since
    no estimate of theirs was entered.
    """

    year: int
    carried: tuple[CarriedOver, ...]
    new: tuple[NewTasks, ...]
    opened: tuple[Opened, ...]
    unpriced: tuple[Unpriced, ...]
    rule: Rule

    @property
    def years_words(self) -> str:
        """Return the years that the averages look at: 2024–2026."""
        return f"{self.year - int(self.rule.value)}–{self.year - 1}"

    @property
    def carried_vnd(self) -> int:
        """Return what running tasks need."""
        return sum(one.amount for one in self.carried)

    @property
    def lacking(self) -> tuple[NewTasks, ...]:
        """Return the forms that will be opened and have no average to go by."""
        return tuple(one for one in self.new if one.amount is None)

    @property
    def new_known_vnd(self) -> int:
        """Return what new tasks need, of those forms that have an average."""
        return sum(one.amount or 0 for one in self.new)

    @property
    def known_vnd(self) -> int:
        """Return what could be reckoned of the whole; less than the whole where a form lacks its average."""
        return self.carried_vnd + self.new_known_vnd

    @property
    def total_vnd(self) -> int | None:
        """Return the whole, None where the need of a form is not known: what is not known is not nothing."""
        return None if self.lacking else self.known_vnd


def estimate_of(
    tasks: Any, office: Office, year: int, *, on: date, planned: Mapping[TaskForm, int] | None = None
) -> Estimate:
    """Return what tasks need in the budget year.

    `tasks`: those that the reader may know of; averages too are made of them alone, since the average of one hidden
    task would be its money. `planned`: how many of each form will be opened; else those listed for the year.
    Source: NĐ 265/2025/NĐ-CP, điều 7, khoản 2, điểm a. Raises: RuleUnknown.
    """
    rule = rule_in_force(ESTIMATE_YEARS, on=on, office=office)
    years = int(rule.value)
    opened = opened_before(tasks, year, years)
    wanted = planned if planned is not None else planned_by_form(tasks, year)
    new = new_task_money(year, wanted, opened, years=years)
    unpriced = unpriced_before(tasks, year, years)
    return Estimate(year, tuple(carried_into(tasks, year)), tuple(new), tuple(opened), tuple(unpriced), rule)


def planned_by_form(tasks: Any, year: int) -> dict[TaskForm, int]:
    """Return how many listed tasks of each form are planned to be opened in the year."""
    counts = Counter(opening_in(tasks.filter(state__in=PLANNED), year).values_list("form", flat=True))
    return {form: counts[form] for form in TaskForm if counts[form]}


def opening_in(tasks: Any, year: int) -> Any:
    """Keep the tasks that are newly opened in the year.

    A task is newly opened in one year: the first budget year of its estimate; before it has one, the plan year of its
    proposal, but not before its list was approved; without either, the year after the list, since a list is approved
    before the estimate of the coming year is sent.
    """
    listed = ExtractYear("listed_on")
    plan_year = Min("proposals__plan_year", filter=Q(proposals__withdrawn_on=None))
    rows = tasks.order_by().annotate(estimated=Min("budget_lines__year"), meant=plan_year)
    opens = Coalesce("estimated", Greatest(Coalesce("meant", listed + 1), listed), "meant")
    return rows.annotate(opens=opens).filter(opens=year)


def opened_before(tasks: Any, year: int, years: int) -> list[Opened]:
    """Return the tasks newly opened in the years before, each with the State's money allotted to it within those years.

    A task is opened in the first budget year of its estimate; its own approval may be of the year before. The money is
    that of every budget year of its estimate from then to the last of the years looked at, not of the first year alone:
    the decree speaks of the State budget for newly opened tasks over the years, and one task is opened once.
    """
    lines = BudgetLine.objects.filter(task__in=_approved(tasks).values("pk")).order_by()
    firsts = lines.values_list("task_id", "task__form").annotate(first=Min("year"))
    known = {task: (TaskForm(form), first) for task, form, first in firsts if year - years <= first < year}
    allotted = lines.filter(source__in=STATE_BUDGET, year__gte=year - years, year__lt=year)
    sums = dict(allotted.values_list("task_id").annotate(amount=Sum("amount_vnd")))
    return [Opened(task, form, first, sums.get(task, 0)) for task, (form, first) in sorted(known.items())]


def unpriced_before(tasks: Any, year: int, years: int) -> list[Unpriced]:
    """Return the tasks that began in the years before without a line of an estimate.

    They began in the year of their approval; where an imported record lacks it, of their contract or their beginning.
    """
    began = Coalesce("approved_on", "contracted_on", "starts_on")
    rows = _approved(tasks).filter(budget_lines=None).annotate(began=began).order_by("code")
    rows = rows.filter(began__gte=date(year - years, 1, 1), began__lt=date(year, 1, 1))
    return [
        Unpriced(code, TaskForm(form), began.year) for code, form, began in rows.values_list("code", "form", "began")
    ]


def carried_into(tasks: Any, year: int) -> list[CarriedOver]:
    """Return the running tasks with what their tranches of the State's money planned for the year still have to pay."""
    planned = Tranche.objects.filter(task__in=tasks.under_way(), planned_on__year=year, source__in=STATE_BUDGET)
    amounts = dict(planned.order_by().values_list("task_id").annotate(amount=Sum("amount_vnd")))
    paid = _paid(Movement.objects.filter(tranche__in=planned))
    rows = tasks.filter(pk__in=amounts).order_by("code")
    found = [CarriedOver(task, amounts[task.pk] - paid.get(task.pk, 0)) for task in rows]
    return [one for one in found if one.amount > 0]


def lacking_words(found: Estimate) -> list[str]:
    """Return why the whole is not known: the forms without an average, each in a sentence."""
    bare = Counter(one.form for one in found.unpriced)
    nobody = _("{count} {form} dự kiến mở mới: các năm {years} chưa có nhiệm vụ cùng loại để lấy bình quân.")
    unpriced = _(
        "{count} {form} dự kiến mở mới: các năm {years} có {opened} nhiệm vụ cùng loại mở mới nhưng chưa nhiệm vụ nào "
        "có dòng dự toán để lấy bình quân."
    )
    return [
        (unpriced if bare[one.form] else nobody).format(
            count=one.planned, form=one.form.label.lower(), years=found.years_words, opened=bare[one.form]
        )
        for one in found.lacking
    ]


def warning_words(found: Estimate) -> list[str]:
    """Return what of the averages is not to be relied on: tasks that were opened and are in none of them."""
    return [words for one in found.new for words in _unpriced_words(found, one)]


def _unpriced_words(found: Estimate, new: NewTasks) -> Iterable[str]:
    codes = [one.code for one in found.unpriced if one.form is new.form]
    if not codes:
        return
    more = len(codes) - NAMED
    names = ", ".join(codes[:NAMED])
    said = {
        "count": len(codes),
        "form": new.form.label.lower(),
        "years": found.years_words,
        "names": _("{names} và {more} nhiệm vụ khác").format(names=names, more=more) if more > 0 else names,
    }
    yield _(
        "{count} {form} mở mới các năm {years} chưa có dòng dự toán nên không vào bình quân: {names}. Nhập dự toán của "
        "các nhiệm vụ này rồi tính lại."
    ).format(**said)
    if new.average is not None:
        yield _(
            "Bình quân đang lấy trên {opened} {form} có dự toán: {average}; nếu chia cho cả {all} nhiệm vụ mà không "
            "thêm tiền thì chỉ còn {lower}."
        ).format(
            opened=new.opened,
            form=said["form"],
            average=_about(new.average),
            all=new.opened + len(codes),
            lower=_about(Fraction(new.spent, new.opened + len(codes))),
        )


def _about(amount: Fraction) -> str:
    return formats.money(round(amount))


def _approved(tasks: Any) -> Any:
    """Keep the tasks that were approved; an imported one may lack the day."""
    return tasks.exclude(state__in=NEVER_APPROVED)


def _paid(moves: Any) -> dict[int, int]:
    """Return what movements of payment paid for each task, reversals taken off."""
    sums = moves.filter(kind=MovementKind.DISBURSE).order_by().values_list("task_id")
    signed = sums.annotate(
        paid=Sum(F("amount_vnd"), filter=Q(reverses=None), default=0),
        undone=Sum(F("amount_vnd"), filter=Q(reverses__isnull=False), default=0),
    )
    return {task: paid - undone for task, paid, undone in signed}
