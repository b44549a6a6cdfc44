"""The report on carrying out the conclusions of a session, as one document for Word and PDF."""

from __future__ import annotations

from datetime import date, datetime

from khcn.governance.following_up import FollowLine, TaskLine, as_sentence, counts_of, paper_words, shortened
from khcn.governance.models import WorkingSession
from khcn.kernel.documents.model import (
    Align,
    Cell,
    Column,
    LineBreak,
    Metadata,
    OfficialDocument,
    Orientation,
    Paragraph,
    QrCode,
    Row,
    Runs,
    Style,
    Table,
    Text,
)
from khcn.kernel.records.record import Record
from khcn.language.words import joined
from khcn.language.words import words as _
from khcn.ui import formats

COLUMNS = (
    Column(_("TT"), 0.5, Align.CENTER),
    Column(_("Ý kiến kết luận"), 3.8),
    Column(_("Nhiệm vụ giao"), 3),
    Column(_("Văn bản"), 1.7),
    Column(_("Cơ quan chủ trì; phối hợp"), 2.2),
    Column(_("Minh chứng"), 2),
    Column(_("Hạn"), 1.1, Align.CENTER),
    Column(_("Trạng thái"), 1.3, Align.CENTER),
)
HEADINGS = tuple(column.title for column in COLUMNS)
SHEET_CHARACTERS = 1_300
"""About how much of the sentences one sheet holds beside everything else; more sentences are cut shorter."""
SHORTEST_CUT = 60
CAPTION = _("Quét mã để xem bản cập nhật và minh chứng của từng việc.")


def follow_up_document(
    session: WorkingSession, lines: list[FollowLine], *, address: str, produced_at: datetime, today: date
) -> OfficialDocument:
    """Return the report as a document; `address` is what its QR code opens."""
    office = session.office
    longest = max(SHORTEST_CUT, SHEET_CHARACTERS // max(1, sum(line.row_count for line in lines)))
    subject = f"Thực hiện kết luận tại {subject_of(session)}"
    return OfficialDocument(
        parent_agency=office.parent_name,
        agency=office.name,
        symbol=f"BC-{office.symbol}",
        place=office.seat,
        year=today.year,
        kind="Báo cáo",
        subject=subject,
        metadata=Metadata(title=subject, produced_at=produced_at, author=office.name, subject=session.code),
        body=(
            Paragraph.of(summary_of(lines, today)),
            Table(columns=COLUMNS, rows=tuple(row for line in lines for row in line_rows(line, longest))),
            QrCode(address, CAPTION),
        ),
        draft_mark=True,
        orientation=Orientation.LANDSCAPE,
        style=Style.COMPACT,
    )


def subject_of(session: WorkingSession) -> str:
    """Return the session as the report's title names it."""
    title = shortened(session.title, 140)
    if session.held_on is None:
        return _("buổi làm việc: {title}").format(title=title)
    return _("buổi làm việc ngày {day}: {title}").format(day=formats.day(session.held_on), title=title)


def summary_of(lines: list[FollowLine], today: date) -> str:
    """Return the one sentence above the table."""
    counts = counts_of(lines)
    waiting = _(" ({number} chờ ghi nhận)").format(number=counts.to_confirm) if counts.to_confirm else ""
    said = [
        (counts.done, _("đã xong") + waiting),
        (counts.under_way, _("đang thực hiện")),
        *([(counts.not_given, _("chưa giao nhiệm vụ"))] if counts.not_given else []),
        *([(counts.overdue, _("nhiệm vụ quá hạn"))] if counts.overdue else []),
    ]
    return _("Đến ngày {day}: {total} ý kiến kết luận, trong đó {parts}.").format(
        day=formats.day(today),
        total=counts.total,
        parts=joined(", ", [_("{number} {state}").format(number=number, state=state) for number, state in said]),
    )


def line_rows(line: FollowLine, longest: int) -> list[Row]:
    """Return one conclusion as rows of the table; its texts cut at `longest` characters."""
    first = (Cell.of(str(line.number)), Cell.of(shortened(line.sentence, longest)))
    if not line.tasks:
        return [Row((*first, *(Cell.of("") for _ in range(5)), Cell.of(line.state.label)))]
    blank = (Cell.of(""), Cell.of(""))
    return [Row((*(first if place == 0 else blank), *_cells(task, longest))) for place, task in enumerate(line.tasks)]


def _cells(line: TaskLine, longest: int) -> tuple[Cell, ...]:
    who = (Text(line.agency), *((LineBreak(), Text(f"Phối hợp: {line.helpers}")) if line.helpers else ()))
    return (
        Cell.of(as_sentence(shortened(line.task.title, min(longest, 140)))),
        Cell(_listed(line.followed.papers)),
        Cell(who),
        Cell(_listed(line.followed.evidence)),
        Cell.of(line.due or "không đặt hạn"),
        Cell.of(line.state.label),
    )


def _listed(records: tuple[Record, ...]) -> Runs:
    parts: list[Text | LineBreak] = []
    for record in records:
        parts += [LineBreak()] if parts else []
        parts.append(Text(paper_words(record)))
    return tuple(parts) or (Text("—"),)
