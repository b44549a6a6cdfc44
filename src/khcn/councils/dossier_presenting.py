"""What the page of one dossier shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from khcn.councils.judging import amount_words
from khcn.councils.models import Council, Matter
from khcn.councils.permissions import may_run
from khcn.councils.states import CHANGEABLE
from khcn.kernel.pages.addresses import record_url
from khcn.kernel.pages.record_page import sentence_of
from khcn.kernel.records.history import history_of
from khcn.kernel.records.registry import resolve
from khcn.language.words import words as _

ITEM_COLUMNS = [{"label": _("Sản phẩm")}, {"label": _("Đặt hàng, giao nộp")}, {"label": _("Tiêu chí")}]
PARTS = ("items",)


def dossier_values(council: Council, matter: Matter, user: Any) -> dict[str, Any]:
    """Return what the page of a dossier is drawn with."""
    changeable = may_run(user, council).allowed and council.state in CHANGEABLE and council.withdrawn_on is None
    return {
        "council": council,
        "matter": matter,
        "facts": [{"heading": "", "facts": list(_facts(council, matter, user))}],
        "item_columns": ITEM_COLUMNS,
        "item_rows": _item_rows(matter, droppable=changeable),
        "acts": list(_acts(council, matter)) if changeable else [],
        "result_url": "" if council.is_sealed else _url("council-result", matter),
        "history": [
            {"at": one.at, "who": one.actor, "what": sentence_of(one), "note": one.why}
            for one in history_of(matter, PARTS, reader=user)
        ],
    }


def _facts(council: Council, matter: Matter, user: Any) -> Iterator[dict[str, Any]]:
    subject = resolve([matter.subject], user).get(matter.subject) if matter.subject else None
    if subject is not None:
        yield {"label": _("Hồ sơ trong sổ"), "value": subject.code, "url": record_url(subject)}
    if council.is_judged:
        words = _("Quá thời hạn cho phép") if matter.filed_late else _("Trong thời hạn cho phép")
        yield {"label": _("Nộp hồ sơ"), "value": words}
    yield {"label": _("Kết luận của hội đồng"), "value": matter.conclusion}


def _item_rows(matter: Matter, *, droppable: bool) -> list[dict[str, Any]]:
    rows = []
    for item in matter.items.all():
        name: dict[str, Any] = {"text": item.name}
        if droppable:
            name |= {"sub": _("Bỏ sản phẩm"), "url": reverse("council-item-drop", args=[matter.council.code, item.pk])}
        criteria = ", ".join(str(one.label) for one in item.criteria)
        rows.append({"cells": [name, amount_words(item.ordered, item.delivered, item.unit), criteria]})
    return rows


def _acts(council: Council, matter: Matter) -> Iterator[dict[str, str]]:
    """Yield what may be changed of the dossier now."""
    if council.is_judged:
        yield {"label": _("Thêm sản phẩm"), "url": _url("council-item", matter), "icon": "plus"}
        yield {"label": _("Ghi việc nộp hồ sơ"), "url": _url("council-filing", matter), "icon": "pencil"}
    yield {"label": _("Bỏ hồ sơ khỏi hội đồng"), "url": _url("council-matter-drop", matter), "icon": "circle-x"}


def _url(name: str, matter: Matter) -> str:
    return reverse(name, args=[matter.council.code, matter.pk])
