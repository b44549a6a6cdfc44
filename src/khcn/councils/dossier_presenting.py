"""What the page of one dossier shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from khcn.councils.judging import amount_words
from khcn.councils.models import Council, Matter
from khcn.councils.permissions import may_ask_as, may_run
from khcn.councils.ranking import Place
from khcn.councils.rules import mean_words, shown, shown_mean, unrounded
from khcn.councils.services.considering import RANKABLE
from khcn.councils.sheets import RuleUsed
from khcn.councils.states import BEFORE_THE_MEETING, CHANGEABLE
from khcn.kernel.pages.addresses import record_url
from khcn.kernel.pages.record_page import sentence_of
from khcn.kernel.records.history import history_of
from khcn.kernel.records.registry import resolve
from khcn.language.words import words as _
from khcn.ui import formats

ITEM_COLUMNS = [{"label": _("Sản phẩm")}, {"label": _("Đặt hàng, giao nộp")}, {"label": _("Tiêu chí")}]
RANKING_COLUMNS = [
    {"label": _("Hạng")},
    {"label": _("Hồ sơ")},
    {"label": _("Điểm trung bình"), "num": True},
    {"label": _("Điểm cộng"), "num": True},
    {"label": _("Điểm xếp hạng"), "num": True},
    {"label": _("Vì sao")},
]
QUESTION_COLUMNS = [{"label": _("Người hỏi")}, {"label": _("Câu hỏi")}, {"label": _("Trả lời")}]
PARTS = ("items", "questions")


def dossier_values(council: Council, matter: Matter, user: Any) -> dict[str, Any]:
    """Return what the page of a dossier is drawn with."""
    runs = may_run(user, council).allowed and council.withdrawn_on is None
    return {
        "council": council,
        "matter": matter,
        "facts": [{"heading": "", "facts": list(_facts(council, matter, user))}],
        "item_columns": ITEM_COLUMNS,
        "item_rows": _item_rows(matter, droppable=runs and council.state in CHANGEABLE),
        "question_columns": QUESTION_COLUMNS,
        "question_rows": _question_rows(matter, answers=runs and council.state in BEFORE_THE_MEETING),
        "acts": [*_asking(council, matter, user), *(_acts(council, matter) if runs else ())],
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
    if council.is_ranked:
        words = formats.money(matter.asked_vnd) if matter.asked_vnd is not None else ""
        yield {"label": _("Ngân sách nhà nước đề nghị"), "value": words}
        proposed = _("Có") if matter.host_proposed else _("Không")
        yield {"label": _("Tổ chức chủ trì đã đề xuất nhiệm vụ"), "value": proposed}
        label = _("Chủ nhiệm có nhiệm vụ xếp loại xuất sắc trong 5 năm")
        yield {"label": label, "value": matter.get_led_excellent_display()}
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


def _question_rows(matter: Matter, *, answers: bool) -> list[dict[str, Any]]:
    rows = []
    for one in matter.questions.all():
        url = reverse("council-answer", args=[matter.council.code, one.pk]) if answers else ""
        words = one.answer or (_("Ghi trả lời") if answers else _("Chưa trả lời"))
        said = {"text": words, "url": url, "sub": formats.day(one.answered_on) if one.answered_on else ""}
        rows.append({"cells": [{"text": one.asked_by, "sub": formats.day(one.asked_on)}, one.text, said]})
    return rows


def _asking(council: Council, matter: Matter, user: Any) -> Iterator[dict[str, str]]:
    if council.state in BEFORE_THE_MEETING and any(may_ask_as(user, seat) for seat in council.seats.all()):
        yield {"label": _("Gửi câu hỏi"), "url": _url("council-question", matter), "icon": "plus"}


def _acts(council: Council, matter: Matter) -> Iterator[dict[str, str]]:
    """Yield what may be changed of the dossier now."""
    if council.is_ranked and council.state in RANKABLE:
        yield {"label": _("Ghi căn cứ xếp hạng"), "url": _url("council-standing", matter), "icon": "pencil"}
    if council.state not in CHANGEABLE:
        return
    if council.is_judged:
        yield {"label": _("Thêm sản phẩm"), "url": _url("council-item", matter), "icon": "plus"}
        yield {"label": _("Ghi việc nộp hồ sơ"), "url": _url("council-filing", matter), "icon": "pencil"}
    yield {"label": _("Bỏ hồ sơ khỏi hội đồng"), "url": _url("council-matter-drop", matter), "icon": "circle-x"}


def ranking_values(council: Council, places: list[tuple[Matter, Place]]) -> dict[str, Any]:
    """Return the dossiers in order with all that made the order."""
    used = RuleUsed(**council.rules_used["sheet"])
    return {
        "columns": RANKING_COLUMNS,
        "rows": [{"cells": _place_cells(matter, place, places)} for matter, place in places],
        "rule": {"text": used.legal_basis, "doubt": used.doubt},
    }


def place_words(place: Place, places: list[tuple[Matter, Place]]) -> tuple[str, str, str, str, str]:
    """Return rank, mean, bonus, the score by which the order is made, and why, as pages and minutes say them.

    Scores that would look alike and are not are written with the decimals that tell them apart.
    """
    mean, score = place.candidate.count.mean, place.score
    if mean is None or score is None:
        return "—", "—", "—", "—", " ".join(map(str, place.reasons))
    near = any(shown(one.score) == shown(score) and one.score != score for _m, one in places if one.score is not None)
    rank = str(place.rank) if place.rank is not None else "—"
    bonus = shown(score - mean) if score != mean else "—"
    told = mean_words(place.candidate.count)
    said = unrounded(score) if near else shown_mean(score) if score != mean else told
    return rank, told, bonus, said, " ".join(map(str, place.reasons))


def _place_cells(matter: Matter, place: Place, places: list[tuple[Matter, Place]]) -> list[Any]:
    rank, mean, bonus, score, why = place_words(place, places)
    return [rank, {"text": matter.title, "url": _url("council-dossier", matter)}, mean, bonus, score, why]


def _url(name: str, matter: Matter) -> str:
    return reverse(name, args=[matter.council.code, matter.pk])
