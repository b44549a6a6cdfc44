"""What the rules of finance say of estimates, lump sums, advances and the money of a coming year; pure.

Amounts are whole đồng. Every share and threshold is a value of the rulebook.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from khcn.councils.rules import share as share_of
from khcn.language.words import words as _
from khcn.research.states import STATE_BUDGET, CostItem, FundingSource, LumpSum, MemberRole, Recovery, TaskForm
from khcn.ui import formats

NEVER_LUMP = (CostItem.EQUIPMENT, CostItem.TRAVEL_ABROAD)


@dataclass(frozen=True)
class Line:
    """One line of an estimate."""

    item: CostItem
    source: FundingSource
    amount: int
    is_lump: bool


def state_money(lines: Iterable[Line]) -> int:
    """Return what the State budget pays."""
    return sum(one.amount for one in lines if one.source in STATE_BUDGET)


def shares_by_source(lines: Iterable[Line]) -> dict[FundingSource, tuple[int, Fraction]]:
    """Return for every source its amount and its share of the whole."""
    found: dict[FundingSource, int] = {}
    for one in lines:
        found[one.source] = found.get(one.source, 0) + one.amount
    whole = sum(found.values())
    return {source: (amount, Fraction(amount, whole)) for source, amount in found.items()}


def lump_sum_faults(method: LumpSum, lines: Iterable[Line], rule: Mapping[str, Any]) -> list[str]:
    """Return why a lump sum to the final product is not allowed, [] where it is or where another method is meant.

    `rule`: `share` of the State budget and `most` đồng that items outside the lump may cost. Source: TTLT 27/2015,
    điều 7.
    """
    if method is not LumpSum.FINAL_PRODUCT:
        return []
    kept = list(lines)
    outside = sum(
        one.amount for one in kept if one.source in STATE_BUDGET and (not one.is_lump or one.item in NEVER_LUMP)
    )
    whole, share, most = state_money(kept), share_of(rule["share"]), int(rule["most"])
    faults = []
    if whole and Fraction(outside, whole) > share:
        words = _("Phần không khoán {outside} vượt {share}% ngân sách nhà nước ({whole}).")
        faults.append(words.format(outside=formats.money(outside), share=_percent(share), whole=formats.money(whole)))
    if outside > most:
        words = _("Phần không khoán {outside} vượt {most}.")
        faults.append(words.format(outside=formats.money(outside), most=formats.money(most)))
    return faults


@dataclass(frozen=True)
class Worker:
    """Somebody who works on a task: as what, and for how many converted months; None where nobody said."""

    role: MemberRole
    months: Decimal | None


@dataclass(frozen=True)
class LabourCheck:
    """What the State budget is asked to pay for labour, and the most that the norm allows for who works how long."""

    asked: int
    most: int
    unsaid: int

    @property
    def faults(self) -> list[str]:
        """Return why the estimate cannot be approved, [] where it can."""
        if not self.asked:
            return []
        if self.unsaid:
            words = _("Ngân sách nhà nước trả công lao động {asked} mà {count} thành viên chưa ghi số tháng quy đổi.")
            return [words.format(asked=formats.money(self.asked), count=self.unsaid)]
        if self.asked <= self.most:
            return []
        words = _("Công lao động {asked} vượt định mức {most} theo vai trò và số tháng quy đổi của các thành viên.")
        return [words.format(asked=formats.money(self.asked), most=formats.money(self.most))]


def check_labour(lines: Iterable[Line], workers: Iterable[Worker], rule: Mapping[str, Any]) -> LabourCheck:
    """Hold the labour that the State pays against the norm.

    `rule`: `leader`, the most đồng for a converted month of the leader; `others`, the share of it for every other
    role. Source: TT 03/2023/TT-BTC, điều 4.
    """
    asked = sum(one.amount for one in lines if one.item is CostItem.LABOUR and one.source in STATE_BUDGET)
    people = list(workers)
    leader = Fraction(int(rule["leader"]))
    others = leader * share_of(rule["others"])
    most = sum(Fraction(one.months or 0) * (leader if one.role is MemberRole.LEADER else others) for one in people)
    return LabourCheck(asked, int(most), sum(one.months is None for one in people) if people else 1)


@dataclass(frozen=True)
class AdvanceState:
    """What was paid of the State budget so far: approved, advanced in all, and of that accounted for.

    `is_accepted`: a council accepted the result.
    """

    approved: int
    advanced: int
    verified: int
    is_accepted: bool = False

    @property
    def unverified(self) -> int:
        """Return what was advanced and is not accounted for."""
        return self.advanced - self.verified


def advance_faults(amount: int, state: AdvanceState, rule: Mapping[str, Any]) -> list[str]:
    """Return why this advance may not be paid.

    `rule`: `first`, the share of the approved State budget that the first advance may reach; `cleared`, the share of
    the earlier ones that must be accounted for before the next; `last`: "accepted" where the payment that exhausts the
    budget waits for the result to be accepted. Source: TTLT 27/2015, điều 13.
    """
    faults = _advance_faults(amount, state, rule)
    exhausts = amount + state.advanced >= state.approved
    if rule.get("last") == "accepted" and exhausts and not state.is_accepted:
        faults.append(_("Lần cấp cuối cùng chỉ thực hiện khi kết quả được nghiệm thu ở mức «Đạt» trở lên."))
    return faults


def _advance_faults(amount: int, state: AdvanceState, rule: Mapping[str, Any]) -> list[str]:
    first, cleared = share_of(rule["first"]), share_of(rule["cleared"])
    if state.advanced == 0:
        most = int(first * state.approved)
        if amount <= most:
            return []
        words = _("Tạm ứng đợt đầu {amount} vượt {share}% kinh phí được duyệt, tối đa {most}.")
        share = _percent(first)
        return [words.format(amount=formats.money(amount), share=share, most=formats.money(most))]
    needed = cleared * state.advanced
    if state.verified >= needed:
        return []
    words = _("Mới nghiệm thu khối lượng {verified} trên {advanced} đã tạm ứng, chưa đủ {share}% để cấp tiếp.")
    share = _percent(cleared)
    return [words.format(verified=formats.money(state.verified), advanced=formats.money(state.advanced), share=share)]


@dataclass(frozen=True)
class Spent:
    """What of the State's money was paid and is not given back: accounted for by work done, and not."""

    verified: int
    open: int

    @property
    def whole(self) -> int:
        """Return all that could be asked back."""
        return self.verified + self.open


def least_recovery(spent: Spent, share: str) -> int:
    """Return the least that comes back: what is not accounted for in full, and a share of the rest, rounded up.

    Source: TTLT 27/2015, điều 16.
    """
    part = share_of(share) * spent.verified
    return spent.open - (-part.numerator // part.denominator)


def recovery_faults(recovery: Recovery, amount: int, spent: Spent, share: str | None) -> list[str]:
    """Return why a decision cannot ask back that sum, [] where it can.

    `share`: of the money properly spent, what at least comes back by the rule; None where no rule says.
    """
    whole = formats.money(spent.whole)
    if amount > spent.whole:
        words = _("Số tiền thu hồi {amount} vượt ngân sách nhà nước đã chi, chưa hoàn trả {whole}.")
        return [words.format(amount=formats.money(amount), whole=whole)]
    if (recovery == Recovery.NONE) != (amount == 0):
        return [_("Số tiền thu hồi không khớp với quyết định về kinh phí.")]
    if (recovery == Recovery.FULL) and amount != spent.whole:
        return [_("Thu hồi toàn bộ là thu đủ {whole}.").format(whole=whole)]
    if share is None or amount >= (least := least_recovery(spent, share)):
        return []
    words = _("Phải thu hồi ít nhất {least}: toàn bộ {open} chưa chứng minh và {share}% của {verified} đã chi đúng.")
    parts = {"open": formats.money(spent.open), "verified": formats.money(spent.verified)}
    return [words.format(least=formats.money(least), share=_percent(share_of(share)), **parts)]


@dataclass(frozen=True)
class Opened:
    """One task that was newly opened in a year, with the State's money that the years looked at allot to it."""

    task: int
    form: TaskForm
    year: int
    amount: int


@dataclass(frozen=True)
class NewTasks:
    """What the tasks of one form to be opened next year will cost: the average of earlier ones times the number."""

    form: TaskForm
    planned: int
    opened: int
    spent: int

    @property
    def average(self) -> Fraction | None:
        """Return the average of one task, None where none was opened in the years looked at."""
        return Fraction(self.spent, self.opened) if self.opened else None

    @property
    def amount(self) -> int | None:
        """Return what is needed, rounded up to whole đồng; None where something is planned and no average to go by."""
        if not self.planned:
            return 0
        return None if self.average is None else -(-self.average.numerator * self.planned // self.average.denominator)


def new_task_money(
    year: int, planned: Mapping[TaskForm, int], opened: Iterable[Opened], *, years: int = 3
) -> list[NewTasks]:
    """Return, for every form of task planned for the year, what it will cost by the averages of the years before.

    Source: NĐ 265/2025/NĐ-CP, điều 7, khoản 2, điểm a.
    """
    kept = [one for one in opened if year - years <= one.year < year]
    return [
        NewTasks(
            form,
            count,
            sum(1 for one in kept if one.form is form),
            sum(one.amount for one in kept if one.form is form),
        )
        for form, count in planned.items()
    ]


def _percent(share: Fraction) -> str:
    return formats.number(Decimal(share.numerator * 100) / Decimal(share.denominator))
