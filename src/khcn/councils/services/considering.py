"""Say of a dossier what slips and results rest on: the products that it promised, when it was filed."""

from __future__ import annotations

from datetime import date
from typing import Any

from khcn.councils.judging import REPORT
from khcn.councils.models import Matter, MatterItem
from khcn.councils.services.holding import changing
from khcn.kernel.workflow.services import NotPossible
from khcn.language.words import words as _

PROMISING = _("Ghi sản phẩm")
STRIKING = _("Bỏ sản phẩm")
FILING = _("Ghi việc nộp hồ sơ")


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
