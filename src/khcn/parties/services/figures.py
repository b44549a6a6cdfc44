"""Enter what organisations report each year of their people and their spending."""

from __future__ import annotations

from datetime import date
from typing import Any

from khcn.kernel.records.constraints import broken_constraint
from khcn.kernel.workflow.services import NotPossible, enter
from khcn.kernel.workflow.standing import withdrawn_reason
from khcn.language.words import joined
from khcn.language.words import words as _
from khcn.parties.models import ScienceSpending, ScienceStaffing
from khcn.parties.permissions import may_edit_figure
from khcn.parties.rules import counted_twice
from khcn.parties.science_workflow import SPENDING_WORKFLOW, STAFFING_WORKFLOW
from khcn.parties.states import SpendingItem


def enter_staffing(*, staffing: ScienceStaffing, actor: Any, on: date) -> ScienceStaffing:
    """Enter the people of an organisation at the end of a year; the divisions must add up to the total.

    Raises: NotPermitted; NotPossible.
    """
    staffing.title = _("Nhân lực khoa học và công nghệ năm {year}").format(year=staffing.year)
    _require(staffing, actor, on)
    enter(STAFFING_WORKFLOW, staffing, actor=actor, on=on, label=_("ghi nhân lực trong năm"))
    return staffing


def enter_spending(*, spending: ScienceSpending, actor: Any, on: date) -> ScienceSpending:
    """Enter what an organisation spent in a year on an item; a whole and its part may not both stand.

    Raises: NotPermitted; NotPossible.
    """
    spending.title = _("{item}, năm {year}").format(item=SpendingItem(spending.item).label, year=spending.year)
    _require(spending, actor, on)
    if reasons := _counted_twice(spending):
        raise NotPossible(spending, _label(spending), reasons)
    enter(SPENDING_WORKFLOW, spending, actor=actor, on=on, label=_("ghi chi trong năm"))
    return spending


def _counted_twice(spending: ScienceSpending) -> list[str]:
    """Return why an item cannot stand: another row of the organisation's year holds the same money."""
    same = ScienceSpending.objects.standing().filter(organisation=spending.organisation, year=spending.year)
    others = set(same.values_list("item", flat=True))
    twice = [f"{one} {SpendingItem(one).label}" for one in counted_twice(spending.item, others)]
    if not twice:
        return []
    return [
        _(
            "Năm {year} của tổ chức này đã ghi mục {twice}, cùng khoản tiền với mục {item}. Chỉ ghi mục gộp hoặc chỉ "
            "ghi các mục con."
        ).format(year=spending.year, twice=joined("; ", twice), item=spending.item)
    ]


def _require(figure: Any, actor: Any, on: date) -> None:
    if actor is not None:
        may_edit_figure(actor, figure).enforce()
    reasons = [withdrawn_reason(figure.organisation)] if withdrawn_reason(figure.organisation) else []
    if figure.year > on.year:
        reasons.append(_("Năm {year} chưa đến.").format(year=figure.year))
    if broken := broken_constraint(figure, actor):
        reasons.append(broken.sentence)
    if reasons:
        raise NotPossible(figure, _label(figure), reasons)


def _label(figure: Any) -> str:
    return _("Ghi {what}").format(what=figure._meta.verbose_name)
