"""The report on carrying out the conclusions of all sessions, as one document for Word and PDF, and as plain values."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from khcn.governance.following_up import FollowCounts, paper_words
from khcn.governance.overall import AgencyPart, FollowUp, Owed, SessionPart
from khcn.governance.printing import COLUMNS, line_rows, subject_of
from khcn.governance.waiting import waiting_of
from khcn.kernel.documents.model import (
    Align,
    Block,
    Cell,
    Column,
    Heading,
    Inline,
    Link,
    Metadata,
    Note,
    OfficialDocument,
    Orientation,
    Paragraph,
    Row,
    Style,
    Table,
    Text,
)
from khcn.kernel.identity.models import Office
from khcn.kernel.records.record import Record
from khcn.language.words import words as _
from khcn.ui import formats

LONGEST = 600
AGENCY_COLUMNS = (
    Column(_("TT"), 0.5, Align.CENTER),
    Column(_("Nhiệm vụ còn nợ"), 4.2),
    Column(_("Buổi làm việc"), 2.4),
    Column(_("Hạn"), 1.2, Align.CENTER),
    Column(_("Đang chờ"), 3.4),
    Column(_("Trạng thái"), 1.4, Align.CENTER),
)
AddressOf = Callable[..., str]
"""Gives the address of the page that shows the same report in one state, of one agency."""


def overall_document(
    report: FollowUp, *, office: Office, address_of: AddressOf, produced_at: datetime
) -> OfficialDocument:
    """Return the report as a document; each number in its summary opens the records it counts."""
    subject = f"Kết quả thực hiện kết luận tại các buổi làm việc {span_words(report)}"
    return OfficialDocument(
        parent_agency=office.parent_name,
        agency=office.name,
        symbol=f"BC-{office.symbol}",
        place=office.seat,
        year=report.day.year,
        kind="Báo cáo",
        subject=subject,
        metadata=Metadata(title=subject, produced_at=produced_at.replace(microsecond=0), author=office.name),
        body=_body(report, address_of),
        draft_mark=True,
        orientation=Orientation.LANDSCAPE,
        style=Style.COMPACT,
    )


def span_words(report: FollowUp) -> str:
    """Return the days of the sessions as a title names them."""
    last = formats.day(report.last)
    if report.first is None:
        return _("đến ngày {last}").format(last=last)
    return _("từ ngày {first} đến ngày {last}").format(first=formats.day(report.first), last=last)


def count_words(counts: FollowCounts) -> list[tuple[str, int, str]]:
    """Return the numbers of the summary: state in the address, number, words; late work only where there is some."""
    waiting = (
        _(" ({number} chờ ghi nhận)").format(number=formats.number(counts.to_confirm)) if counts.to_confirm else ""
    )
    said = [
        ("xong", counts.done, _("đã xong") + waiting),
        ("dang-thuc-hien", counts.under_way, _("đang thực hiện")),
        ("chua-giao", counts.not_given, _("chưa giao nhiệm vụ")),
    ]
    return [*said, ("qua-han", counts.overdue, _("nhiệm vụ quá hạn"))] if counts.overdue else said


def as_values(report: FollowUp) -> dict[str, Any]:
    """Return the whole report as plain values for JSON: sessions with their conclusions and tasks, then agencies."""
    counts = report.counts
    return {
        "from": report.first.isoformat() if report.first else None,
        "to": report.last.isoformat(),
        "as_of": report.asked.as_of.isoformat() if report.asked.as_of else None,
        "counts": {
            "total": counts.total,
            "done": counts.done,
            "to_confirm": counts.to_confirm,
            "under_way": counts.under_way,
            "not_given": counts.not_given,
            "overdue_tasks": counts.overdue,
        },
        "sessions": [_session_values(part, report) for part in report.parts],
        "agencies": [_agency_values(part) for part in report.agencies],
    }


def _body(report: FollowUp, address_of: AddressOf) -> tuple[Block, ...]:
    rows = [row for part in report.parts for row in _session_rows(part)]
    known = f" Như đã biết lúc {formats.instant(report.asked.as_of)}." if report.asked.as_of else ""
    agencies = [row for part in report.agencies for row in _agency_rows(part, address_of)]
    return (
        Paragraph(_summary(report, address_of)),
        *((Note(known.strip()),) if known else ()),
        Heading(1, "I. THEO BUỔI LÀM VIỆC"),
        Table(columns=COLUMNS, rows=tuple(rows)) if rows else Paragraph.of("Không có ý kiến kết luận nào."),
        Heading(1, "II. CƠ QUAN NÀO CÒN NỢ GÌ"),
        Table(columns=AGENCY_COLUMNS, rows=tuple(agencies)) if agencies else Paragraph.of("Chưa giao nhiệm vụ nào."),
    )


def _summary(report: FollowUp, address_of: AddressOf) -> tuple[Inline, ...]:
    found: list[Inline] = [
        Text(f"Đến ngày {formats.day(report.day)}: "),
        Link(formats.number(report.counts.total), address_of(state="")),
        Text(" ý kiến kết luận, trong đó "),
    ]
    for place, (state, number, words) in enumerate(count_words(report.counts)):
        found += [Text(", ")] if place else []
        found += [Link(formats.number(number), address_of(state=state)), Text(f" {words}")]
    return (*found, Text("."))


def _session_rows(part: SessionPart) -> list[Row]:
    chairs = f". Chủ trì: {', '.join(part.chairs.values())}" if part.chairs else ""
    named = subject_of(part.session)
    head = Row(
        (Cell((Text(f"{named[:1].upper()}{named[1:]}{chairs}"),), span=len(COLUMNS), align=Align.LEFT),),
        emphasised=True,
    )
    return [head, *(row for line in part.lines for row in line_rows(line, LONGEST))]


def _agency_rows(part: AgencyPart, address_of: AddressOf) -> list[Row]:
    numbers: list[Inline] = [Text(f"{part.name}: "), _number(part.given, address_of(agency=part.key, state=""))]
    numbers += [Text(" nhiệm vụ, "), _number(part.ended, address_of(agency=part.key, state="da-ket-thuc"))]
    numbers += [Text(" đã kết thúc, "), _number(len(part.owed), address_of(agency=part.key, state="con-no"))]
    numbers.append(Text(" còn nợ"))
    if part.overdue:
        numbers += [Text(", "), _number(part.overdue, address_of(agency=part.key, state="qua-han")), Text(" quá hạn")]
    head = Row((Cell(tuple(numbers), span=len(AGENCY_COLUMNS), align=Align.LEFT),), emphasised=True)
    return [head, *(_owed_row(place, one) for place, one in enumerate(part.owed, start=1))]


def _number(value: int, url: str) -> Link:
    return Link(formats.number(value), url)


def _owed_row(place: int, one: Owed) -> Row:
    held = f" ngày {formats.day(one.session.held_on)}" if one.session.held_on else ""
    waiting = one.waiting
    since = f", từ {formats.day(waiting.since)}" if waiting.since else ""
    words = f"{waiting.whom} {waiting.what}{since}".strip()
    return Row.of(
        str(place),
        f"{one.task.task.title[:1].upper()}{one.task.task.title[1:]}",
        f"{one.session.code}{held}",
        one.task.due or "không đặt hạn",
        f"{words[:1].upper()}{words[1:]}",
        one.task.state.label,
    )


def _session_values(part: SessionPart, report: FollowUp) -> dict[str, Any]:
    session = part.session
    return {
        "code": session.code,
        "title": session.title,
        "held_on": session.held_on.isoformat() if session.held_on else None,
        "chairs": list(part.chairs.values()),
        "conclusions": [
            {
                "code": line.followed.conclusion.code,
                "number": line.number,
                "sentence": line.followed.conclusion.sentence or line.followed.conclusion.title,
                "state": line.followed.conclusion.state,
                "waiting": waiting_of(line, session.held_on).words(report.day),
                "tasks": [
                    {
                        "code": task.task.code,
                        "title": task.task.title,
                        "agency": task.agency,
                        "due_on": task.task.due_on.isoformat() if task.task.due_on else None,
                        "state": task.board.value,
                        "papers": _cited(task.followed.papers),
                        "evidence": _cited(task.followed.evidence),
                    }
                    for task in line.tasks
                ],
            }
            for line in part.lines
        ],
    }


def _cited(records: tuple[Record, ...]) -> list[dict[str, str]]:
    return [{"register": row.REGISTER, "code": row.code, "cited": paper_words(row)} for row in records]


def _agency_values(part: AgencyPart) -> dict[str, Any]:
    owed = [
        {"task": one.task.task.code, "session": one.session.code, "state": one.task.board.value} for one in part.owed
    ]
    return {"name": part.name, "given": part.given, "ended": part.ended, "overdue": part.overdue, "owed": owed}
