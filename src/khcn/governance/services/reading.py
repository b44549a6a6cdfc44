"""Read a text and let a person correct what was read; nothing enters a register here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from khcn.governance.models import ReadingItem, SessionReading
from khcn.governance.permissions import may_record_session
from khcn.governance.reader import read_text
from khcn.governance.selectors import suggest_indicator
from khcn.governance.states import ItemDecision, ItemKind
from khcn.governance.suggesting import byline_of, captions_of, groups_of, period_of, words_after
from khcn.governance.workflow import READING_WORKFLOW
from khcn.kernel.files.services import attach
from khcn.kernel.identity.models import Office
from khcn.kernel.records.recording import recording
from khcn.kernel.workflow.services import NotPossible, enter
from khcn.kernel.workflow.standing import refuse_withdrawn
from khcn.language.words import words as _

KIND_OF_LIST = {
    "people": ItemKind.PERSON,
    "figures": ItemKind.FIGURE,
    "discussion_points": ItemKind.DISCUSSION,
    "directives": ItemKind.DIRECTIVE,
    "petitions": ItemKind.PETITION,
}
META_KEYS = frozenset({"text", "span", "rule", "confidence", "session"})
LONGEST_TEXT = 300_000
CAPTION_CONFIDENCE = 0.7


@dataclass(frozen=True)
class GivenText:
    """A text to read: its words, and the bytes of its file if it came in one. `warnings`: sentences for people."""

    text: str
    filename: str = ""
    warnings: tuple[str, ...] = ()
    data: bytes | None = None
    source_note: str = ""


def start_reading(*, office: Office, given: GivenText, actor: Any, on: date) -> SessionReading:
    """Read a text and keep the proposals for review, with the original file; nothing enters a register yet.

    Raises: NotPermitted; ValueError, if there is no text or too much; UnreadableFile, if the file is refused.
    """
    may_record_session(actor).enforce()
    if not given.text.strip():
        raise ValueError(_("Chưa đọc được: văn bản trống. Dán nội dung hoặc chọn tệp có chữ."))
    if len(given.text) > LONGEST_TEXT:
        raise ValueError(
            _(
                "Chưa đọc được: văn bản dài {count} ký tự, quá mức {longest_text} ký tự của một bài. Chỉ đưa "
                "phần về buổi làm việc."
            ).format(count=len(given.text), longest_text=LONGEST_TEXT)
        )
    found = read_text(given.text).to_json()
    reading = SessionReading(
        office=office,
        title=(found["title"] or given.filename or _("Bài viết chưa có tiêu đề"))[:500],
        text=given.text,
        filename=given.filename[:200],
        warnings="\n".join([*given.warnings, *_several_sessions(found)]),
        received_on=on,
        division=actor.division,
        responsible=actor,
        source_note=given.source_note,
    )
    with recording(actor=actor, verb="read", label=_("đọc văn bản"), on=on):
        enter(READING_WORKFLOW, reading, actor=actor, on=on, label=_("đọc văn bản"))
        for item in _proposals(reading, found):
            item.save()
        if given.data is not None:
            attach(record=reading, data=given.data, filename=given.filename, actor=actor, on=on)
    return reading


def decide_item(
    *, item: ReadingItem, decision: ItemDecision, actor: Any, on: date, values: Mapping[str, Any] | None = None
) -> ReadingItem:
    """Accept, edit or reject one proposal; deciding again replaces the decision.

    Raises: NotPermitted; NotPossible, if the reading is closed or an edit has no values.
    """
    may_record_session(actor, item.reading).enforce()
    _require_open(item.reading, _("Rà soát đề xuất"))
    if decision is ItemDecision.EDITED:
        if not values:
            raise NotPossible(item.reading, _("Sửa đề xuất"), [_("Chưa có giá trị sửa.")])
        item.values = {**item.values, **values}
    elif decision is ItemDecision.ACCEPTED and item.values != item.proposed:
        decision = ItemDecision.EDITED
    item.decision = decision
    with recording(
        actor=actor,
        verb="decide-item",
        label=_label(_("{label} đề xuất «{item}»").format(label=ItemDecision(decision).label.lower(), item=item)),
        on=on,
    ):
        item.save()
    return item


def accept_remaining(*, reading: SessionReading, actor: Any, on: date) -> int:
    """Accept every proposal still waiting; returns how many.

    Raises: NotPermitted; NotPossible.
    """
    may_record_session(actor, reading).enforce()
    _require_open(reading, _("Chấp nhận tất cả còn lại"))
    waiting = list(reading.items.undecided())
    with recording(actor=actor, verb="accept-remaining", label=_("chấp nhận các đề xuất còn lại"), on=on):
        for item in waiting:
            item.decision = ItemDecision.ACCEPTED
            item.save()
    return len(waiting)


def add_item(
    *, reading: SessionReading, kind: ItemKind, values: Mapping[str, Any], actor: Any, on: date
) -> ReadingItem:
    """Add what the reader overlooked; where the text holds the words, the item points at them.

    Raises: NotPermitted; NotPossible.
    """
    may_record_session(actor, reading).enforce()
    _require_open(reading, _("Thêm đề xuất"))
    item = ReadingItem(
        reading=reading,
        kind=kind,
        ordinal=reading.items.of_kind(kind).count(),
        values=dict(values),
        rule=_("người rà soát thêm"),
        decision=ItemDecision.EDITED,
    )
    start = reading.text.find(str(item)) if len(str(item)) > 2 else -1  # noqa: PLR2004 - two letters occur anywhere
    if start >= 0:
        item.span_start, item.span_end = start, start + len(str(item))
    with recording(
        actor=actor,
        verb="add-item",
        label=_label(_("thêm {label} «{item}»").format(label=ItemKind(kind).label.lower(), item=item)),
        on=on,
    ):
        item.save()
    return item


def _several_sessions(found: dict[str, Any]) -> list[str]:
    """Return what to say of a text that tells of more than one session: a session is recorded once for each."""
    parts = found.get("sessions", [])
    if not parts:
        return []
    named = "; ".join(" ".join(word for word in (part["part_of_day"], part["place"]) if word) for part in parts)
    advice = _("Ngày, nơi họp là của buổi đầu; bỏ các mục của buổi khác rồi đọc riêng phần còn lại.")
    return [
        _("Bài nói về {count} buổi làm việc: {named}. {advice}").format(count=len(parts), named=named, advice=advice)
    ]


def _label(words: str) -> str:
    return words if len(words) <= 200 else f"{words[:198]}…"  # noqa: PLR2004 - the length of a verb in history


def _require_open(reading: SessionReading, act: str) -> None:
    refuse_withdrawn(reading, act)
    if reading.state != READING_WORKFLOW.initial:
        raise NotPossible(
            reading,
            act,
            [_("Bài đọc đã ở trạng thái «{state}».").format(state=READING_WORKFLOW.state_label(reading.state))],
        )


def _proposals(reading: SessionReading, found: dict[str, Any]) -> list[ReadingItem]:
    year = _year(found["date"])
    names = [person["name"] for person in found["people"]]
    items = [_session_item(reading, found, names, year)]
    for name, kind in KIND_OF_LIST.items():
        for ordinal, row in enumerate(found[name]):
            values = {key: value for key, value in row.items() if key not in META_KEYS}
            if kind is ItemKind.FIGURE:
                values |= _figure_proposals(values, reading.text, row["span"][0], year)
            items.append(_item(reading, kind, ordinal, values, row))
    for ordinal, caption in enumerate(captions_of(reading.text, names, found["title"] or "")):
        where = {"span": (caption.start, caption.end), "rule": "caption_line", "confidence": CAPTION_CONFIDENCE}
        items.append(
            _item(reading, ItemKind.PHOTO, ordinal, {"caption": caption.text, "person": caption.person}, where)
        )
    return items


def _session_item(reading: SessionReading, found: dict[str, Any], names: list[str], year: int | None) -> ReadingItem:
    values = {key: found[key] for key in ("title", "date", "date_stated", "year_inferred", "place")}
    periods = [period_of(row["period"] or "", year) for row in found["figures"]] + [period_of(reading.text, year)]
    period = next((one for one in periods if one is not None), None)
    values |= {
        "period_kind": period[0] if period else "",
        "period_year": period[1] if period else None,
        "groups": groups_of(reading.text, names),
        "byline": byline_of(reading.text),
    }
    return _item(reading, ItemKind.SESSION, 0, values, found["date_evidence"] or {})


def _figure_proposals(values: Mapping[str, Any], text: str, start: int, year: int | None) -> dict[str, Any]:
    unit, what = values.get("unit") or "", values.get("what") or ""
    period = period_of(values.get("period") or "", year)
    return {
        # What stands after the number says best what is counted; the sentence around it often names other things too.
        "indicator": suggest_indicator(words_after(text, start), unit=unit) or suggest_indicator(what, unit=unit),
        "period_kind": period[0] if period else "",
        "period_year": period[1] if period else None,
    }


def _year(iso: str | None) -> int | None:
    return int(iso[:4]) if iso and iso[:4].isdigit() else None


def _item(
    reading: SessionReading, kind: str, ordinal: int, values: dict[str, Any], evidence: Mapping[str, Any]
) -> ReadingItem:
    span = evidence.get("span")
    start, end = (span[0], span[1]) if span and span[1] > span[0] else (None, None)
    return ReadingItem(
        reading=reading,
        kind=kind,
        ordinal=ordinal,
        proposed=values,
        values=values,
        span_start=start,
        span_end=end,
        rule=str(evidence.get("rule", ""))[:80],
        confidence=Decimal(str(round(evidence.get("confidence", 1), 3))),
    )
