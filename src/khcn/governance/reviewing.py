"""The review screen of a reading: the text with its spans, the proposals by kind, what is still missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.urls import reverse

from khcn.governance.models import ReadingItem, SessionReading
from khcn.governance.selectors import CHOICE_LOST, match_name, person_chosen
from khcn.governance.services.confirming import NEW_PERSON, iso_day
from khcn.governance.states import AttendancePart, Comparator, ItemDecision, ItemKind
from khcn.kernel.indicators.registry import UnknownIndicator, find_indicator
from khcn.language.words import words as _
from khcn.ui import formats
from khcn.ui.values import State, Tone

KIND_ORDER = (
    ItemKind.SESSION,
    ItemKind.PERSON,
    ItemKind.FIGURE,
    ItemKind.DISCUSSION,
    ItemKind.DIRECTIVE,
    ItemKind.PETITION,
    ItemKind.PHOTO,
)
MARKS = {
    ItemKind.SESSION: "due",
    ItemKind.PERSON: "party",
    ItemKind.FIGURE: "figure",
    ItemKind.DIRECTIVE: "task",
    ItemKind.PETITION: "law",
}
"""Kind → the colour of its spans; kinds without one are underlined only."""
DECISIONS = {
    ItemDecision.PROPOSED: Tone.DUE_SOON,
    ItemDecision.ACCEPTED: Tone.DONE,
    ItemDecision.EDITED: Tone.DONE,
    ItemDecision.REJECTED: Tone.PAUSED,
}
RULES = {
    "session_date": _("ngày gắn với câu nói về buổi làm việc"),
    "name_and_post": _("họ tên đi cùng chức vụ"),
    "form_of_address": _("cách xưng hô trước họ tên"),
    "caption_line": _("dòng chú thích ảnh"),
    "người rà soát thêm": _("người rà soát thêm"),
}
SURE, FAIR = Decimal("0.85"), Decimal("0.6")
VIEW, DOUBTFUL = "xem", "chua-chac"
"""The query of the screen that shows the least sure proposals first."""


Span = tuple[int, int, ReadingItem]


def paragraphs_of(text: str, items: Sequence[ReadingItem]) -> list[list[dict[str, Any]]]:
    """Return the text as paragraphs of pieces, each with the items whose span covers it, the longest span first.

    Spans may overlap: the text is cut wherever one begins or ends. Shape of a piece: text, marks [{id, tone}].
    """
    spans = [(row.span_start, row.span_end, row) for row in items if row.span_start is not None and row.span_end]
    active: list[Span] = []
    paragraphs: list[list[dict[str, Any]]] = [[]]
    opened = _by_start(spans)
    for start, end in pairwise(_cuts(text, spans)):
        active = [span for span in active if span[1] > start] + opened.get(start, [])
        words = text[start:end]
        if words.strip():
            nested = sorted(active, key=lambda span: (span[0] - span[1], span[2].pk))
            paragraphs[-1].append({"text": words, "marks": [_mark(span[2]) for span in nested]})
        elif "\n" not in words:
            paragraphs[-1].append({"text": words, "marks": []})
        if words.endswith("\n"):
            paragraphs.append([])
    return [pieces for pieces in paragraphs if pieces]


def _by_start(spans: Sequence[Span]) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = {}
    for span in spans:
        found.setdefault(span[0], []).append(span)
    return found


def _cuts(text: str, spans: Sequence[Span]) -> list[int]:
    """Return the places where a span begins or ends, or a line ends."""
    ends = {min(end, len(text)) for _, end, _ in spans} | {start for start, _, _ in spans if start <= len(text)}
    lines = {place + 1 for place, letter in enumerate(text) if letter == "\n"}
    return sorted({0, len(text)} | ends | lines)


def _mark(item: ReadingItem) -> dict[str, Any]:
    return {"id": item.pk, "tone": MARKS.get(ItemKind(item.kind), "")}


def groups_of_items(
    reading: SessionReading, items: Sequence[ReadingItem], user: Any, *, is_open: bool
) -> list[dict[str, Any]]:
    """Return the proposals by kind; shape: kind, label, tone, items as review_item.html shows them, url to add one."""
    day = _day_of(items)
    groups = []
    for kind in KIND_ORDER:
        shown = [
            _shown(reading, item, _note(reading, item, day, user), is_open=is_open)
            for item in items
            if item.kind == kind
        ]
        if shown:
            groups.append({"label": kind.label, "tone": MARKS.get(kind, ""), "entries": shown})
    return groups


def doubtful_first(
    reading: SessionReading, items: Sequence[ReadingItem], user: Any, *, is_open: bool
) -> list[dict[str, Any]]:
    """Return the proposals as one group, those the reader is least sure of first; shape as `groups_of_items`."""
    day = _day_of(items)
    ordered = sorted(items, key=order_by_doubt)
    shown = [
        _shown(reading, item, _note(reading, item, day, user), is_open=is_open, view=f"?{VIEW}={DOUBTFUL}")
        for item in ordered
    ]
    return [{"label": _("Từ chỗ chưa chắc nhất"), "tone": "", "entries": shown, "mixed": True}] if shown else []


def order_by_kind(item: ReadingItem) -> tuple[Any, ...]:
    """Return the place of a proposal on the screen by kind."""
    return KIND_ORDER.index(ItemKind(item.kind)), item.ordinal, item.pk


def order_by_doubt(item: ReadingItem) -> tuple[Any, ...]:
    """Return the place of a proposal on the screen that begins with the least sure."""
    return (item.confidence, *order_by_kind(item))


def views_of(reading: SessionReading, waiting: Sequence[ReadingItem], *, by_doubt: bool) -> list[dict[str, Any]]:
    """Return the two orders of the screen as tabs; none when so few wait that order does not matter."""
    if len(waiting) < 2:  # noqa: PLR2004 - one proposal has no order
        return []
    address = reverse("governance:reading", args=[reading.code])
    doubtful = sum(item.confidence < SURE for item in waiting)
    return [
        {"label": _("Theo loại"), "url": address, "active": not by_doubt, "count": None},
        {
            "label": _("Chưa chắc xem trước"),
            "url": f"{address}?{VIEW}={DOUBTFUL}",
            "active": by_doubt,
            "count": doubtful,
        },
    ]


def progress_words(items: Sequence[ReadingItem]) -> str:
    """Return how much of the review is done."""
    waiting = sum(not item.is_decided for item in items)
    return (
        _("Còn {waiting} trong {count} mục chưa rà soát").format(waiting=waiting, count=len(items))
        if waiting
        else _("Đã rà soát cả {count} mục").format(count=len(items))
    )


def add_links(reading: SessionReading) -> list[dict[str, str]]:
    """Return links to add what the reader overlooked, one for each kind."""
    kinds = [kind for kind in KIND_ORDER if kind is not ItemKind.SESSION]
    return [
        {"label": kind.label, "url": reverse("governance:item-add", args=[reading.code, kind.value])} for kind in kinds
    ]


def _day_of(items: Sequence[ReadingItem]) -> Any:
    return iso_day(next((item.values.get("date") for item in items if item.kind == ItemKind.SESSION), None))


def _shown(reading: SessionReading, item: ReadingItem, note: str, *, is_open: bool, view: str = "") -> dict[str, Any]:
    decision = ItemDecision(item.decision)
    place = [reading.code, item.pk]
    decides = {
        "accept_url": reverse("governance:item-accept", args=place) + view
        if decision in (ItemDecision.PROPOSED, ItemDecision.REJECTED)
        else "",
        "edit_url": reverse("governance:item-edit", args=place) + view,
        "reject_url": reverse("governance:item-reject", args=place) + view if decision != ItemDecision.REJECTED else "",
    }
    clause = " ".join(item.clause.split())
    return {
        "id": item.pk,
        "kind": ItemKind(item.kind).label,
        "text": str(item),
        "fields": [{"label": label, "value": value} for label, value in _fields(item) if value],
        "state": State(DECISIONS[decision], decision.label),
        "confidence": _confidence(item),
        "note": note or (_("Đọc từ: «{clause}»").format(clause=clause) if clause and clause != str(item) else ""),
        **(decides if is_open else {}),
    }


def _confidence(item: ReadingItem) -> str:
    verb = item.rule.partition("verb:")[2]
    rule = _("có chữ «{verb}»").format(verb=verb) if verb else RULES.get(item.rule, "")
    sure = _("chắc") if item.confidence >= SURE else _("khá chắc") if item.confidence >= FAIR else _("nên xem lại")
    if item.decision == ItemDecision.EDITED:
        return _("người rà soát ghi")
    return f"{sure}: {rule}" if rule else sure


def _fields(item: ReadingItem) -> list[tuple[str, str]]:
    read: dict[ItemKind, Callable[[dict[str, Any]], list[tuple[str, str]]]] = {
        ItemKind.SESSION: _session_fields,
        ItemKind.PERSON: _person_fields,
        ItemKind.FIGURE: _figure_fields,
        ItemKind.DISCUSSION: lambda values: [(_("Bên nêu"), values.get("from") or "")],
        ItemKind.DIRECTIVE: _directive_fields,
        ItemKind.PETITION: lambda values: [
            (_("Bên nêu"), values.get("from") or ""),
            (_("Trả lời tại chỗ"), values.get("response") or ""),
        ],
        ItemKind.PHOTO: lambda values: [(_("Trong ảnh"), values.get("person") or "")],
    }
    return read[ItemKind(item.kind)](item.values)


def _session_fields(values: dict[str, Any]) -> list[tuple[str, str]]:
    day = iso_day(values.get("date"))
    inferred = _(" (năm suy ra từ bài viết)") if values.get("year_inferred") else ""
    written = (
        f"{formats.day(day)}{inferred}"
        if day
        else _("{value}: thiếu năm").format(value=values.get("date_stated") or _("chưa rõ"))
    )
    year = values.get("period_year") or ""
    kinds = {
        "nine-month": _("9 tháng đầu năm {year}").format(year=year),
        "six-month": _("6 tháng đầu năm {year}").format(year=year),
        "year": _("năm {year}").format(year=year),
    }
    return [
        (_("Ngày họp"), written),
        (_("Địa điểm"), values.get("place") or ""),
        (_("Kỳ số liệu"), kinds.get(values.get("period_kind") or "", "")),
        (_("Cùng dự"), values.get("groups") or ""),
        (_("Tác giả"), values.get("byline") or ""),
    ]


def _person_fields(values: dict[str, Any]) -> list[tuple[str, str]]:
    part = values.get("part") or ""
    label = AttendancePart(part).label if part in AttendancePart.values else ""
    return [
        (_("Vai trò"), str(label)),
        (_("Chức vụ"), "; ".join(values.get("roles") or [])),
        (_("Cơ quan"), values.get("organisation") or ""),
    ]


def _figure_fields(values: dict[str, Any]) -> list[tuple[str, str]]:
    comparator = (values.get("comparator") or "exact").split(" ")[0]
    words = "" if comparator not in Comparator.values or comparator == "exact" else f"{Comparator(comparator).label} "
    value = formats.number(Decimal(str(values["value"])))
    indicator = values.get("indicator") or ""
    try:
        label = find_indicator(indicator).label if indicator else ""
    except UnknownIndicator:
        label = ""
    return [
        (_("Giá trị"), f"{words}{value} {values.get('unit') or ''}"),
        (_("Kỳ"), values.get("period") or ""),
        (_("Đối chiếu với"), label),
    ]


def _directive_fields(values: dict[str, Any]) -> list[tuple[str, str]]:
    on = iso_day(values.get("deadline_on"))
    said = values.get("deadline") or ""
    return [
        (_("Giao cho"), values.get("to") or _("chưa rõ")),
        (_("Phối hợp"), "; ".join(values.get("coordinators") or [])),
        (
            _("Thời hạn"),
            _("{said} (đến {on})").format(said=said, on=formats.day(on)) if on else said or _("không đặt hạn"),
        ),
        (_("Chủ đề"), values.get("topic") or ""),
    ]


def _note(reading: SessionReading, item: ReadingItem, day: Any, user: Any) -> str:
    """Return what a person should know before deciding on someone's name."""
    if item.kind != ItemKind.PERSON or item.decision == ItemDecision.REJECTED:
        return ""
    chosen = item.values.get("person") or ""
    if chosen == NEW_PERSON:
        return _("Ghi mới vào sổ cá nhân.")
    if chosen:
        known = person_chosen(chosen, reading.office, user) is not None
        return (
            _("Là {chosen} trong sổ cá nhân.").format(chosen=chosen)
            if known
            else _("{choice_lost} Bấm Sửa để chọn lại.").format(choice_lost=CHOICE_LOST)
        )
    name, roles = item.values.get("name") or "", item.values.get("roles") or []
    found = match_name(name, roles, office=reading.office, day=day, user=user)
    if found.doubt:
        return _("{doubt} Bấm Sửa để chọn đúng người.").format(doubt=found.doubt)
    return (
        _("Là {code} trong sổ cá nhân.").format(code=found.person.code)
        if found.person
        else _("Chưa có trong sổ cá nhân; sẽ ghi mới.")
    )
