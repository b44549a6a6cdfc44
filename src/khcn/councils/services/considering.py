"""Say of a dossier what slips and results rest on: the products that it promised, when it was filed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from khcn.councils.judging import REPORT
from khcn.councils.models import Matter, MatterItem
from khcn.councils.services.holding import changing
from khcn.councils.states import CHANGEABLE, CouncilState, KnownFact
from khcn.kernel.workflow.services import NotPossible
from khcn.language.words import words as _

PROMISING = _("Ghi sản phẩm")
STRIKING = _("Bỏ sản phẩm")
FILING = _("Ghi việc nộp hồ sơ")
STANDING = _("Ghi căn cứ xếp hạng")
RANKABLE = (*CHANGEABLE, CouncilState.SCORING, CouncilState.COUNTED)
"""Ties show only after the count: what tells them apart may still be put down then, with the reason."""


def add_item(*, item: MatterItem, actor: Any, on: date, why: str = "") -> MatterItem:
    """Say what a dossier promised, so that slips ask for it; after the decision only with the reason.

    Raises: NotPermitted; NotPossible, where products are not rated, or for one named twice or like the report.
    """
    council = item.matter.council
    words = _("ghi sản phẩm «{name}»").format(name=item.name[:80])
    with changing(council, PROMISING, actor, on, verb="add-item", words=words, why=why):
        if not council.is_judged:
            raise NotPossible(council, PROMISING, [_("Chỉ hội đồng nghiệm thu không chấm điểm mới xếp loại sản phẩm.")])
        item.name = item.name.strip()
        if not item.name or item.name.lower() == REPORT:
            raise NotPossible(council, PROMISING, [_("Ghi tên sản phẩm; «report» là tên của báo cáo tổng hợp.")])
        if item.matter.items.filter(name=item.name).exists():
            raise NotPossible(council, PROMISING, [_("Hồ sơ đã có sản phẩm «{name}».").format(name=item.name)])
        item.save()
    return item


def drop_item(*, item: MatterItem, actor: Any, on: date, why: str = "") -> None:
    """Take out a product that was not promised; after the decision only with the reason.

    Raises: NotPermitted; NotPossible.
    """
    words = _("bỏ sản phẩm «{name}»").format(name=item.name[:80])
    with changing(item.matter.council, STRIKING, actor, on, verb="drop-item", words=words, why=why):
        item.remove()


def record_filing(*, matter: Matter, filed_late: bool, actor: Any, on: date, why: str = "") -> Matter:
    """Say whether the file came later than the rule allows, which fails it whatever was delivered.

    Raises: NotPermitted; NotPossible.
    """
    words = _("ghi việc nộp hồ sơ «{name}»").format(name=matter.title[:80])
    with changing(matter.council, FILING, actor, on, verb="filing", words=words, why=why):
        matter.filed_late = filed_late
        matter.save()
    return matter


def record_standing(
    *,
    matter: Matter,
    asked_vnd: Decimal | None,
    host_proposed: bool,
    led_excellent: KnownFact,
    actor: Any,
    on: date,
    why: str = "",
) -> Matter:
    """Say by what a dossier is put in order beside its points; after the decision only with the reason.

    `asked_vnd`: of the State budget, in đồng. Raises: NotPermitted; NotPossible, where dossiers do not compete or once
    the minutes are approved.
    """
    council = matter.council
    words = _("ghi căn cứ xếp hạng «{name}»").format(name=matter.title[:80])
    with changing(council, STANDING, actor, on, verb="standing", words=words, why=why, while_in=RANKABLE):
        if not council.is_ranked:
            raise NotPossible(council, STANDING, [_("Chỉ hội đồng tuyển chọn có chấm điểm mới xếp hạng hồ sơ.")])
        matter.asked_vnd, matter.host_proposed, matter.led_excellent = asked_vnd, host_proposed, led_excellent
        matter.save()
    return matter
