"""The papers of a council: the decision that establishes it, its minutes, and each slip for the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from khcn.councils.dossier_presenting import place_words
from khcn.councils.judging import CouncilRating, JudgementRefused
from khcn.councils.models import Council, Matter, Seat, Slip
from khcn.councils.rating_presenting import judged_lines, rating_words, reasons_of
from khcn.councils.rules import Count, mean_words, shown, total_of
from khcn.councils.sealing import is_untouched
from khcn.councils.selectors import (
    body_rule,
    counts_of,
    needed_share_of,
    points_of,
    ranking_of,
    rating_rule_of,
    ratings_of,
    seats_of,
    sheet_of,
    slips_of,
    votes_of,
    why_not,
)
from khcn.councils.sheets import RuleUsed
from khcn.councils.states import Presence, Rating, SeatRole, Vote
from khcn.councils.voting_presenting import VERDICTS
from khcn.kernel.documents.model import (
    Align,
    Block,
    Column,
    Heading,
    Note,
    NumberedList,
    OfficialDocument,
    Paragraph,
    Row,
    Signature,
    Table,
    runs,
)
from khcn.kernel.pages.office_papers import office_draft
from khcn.language.words import words as _
from khcn.ui import formats

MEMBER_COLUMNS = (
    Column(_("TT"), 0.5, Align.CENTER),
    Column(_("Họ và tên"), 2.5),
    Column(_("Cơ quan công tác"), 3),
    Column(_("Vai trò"), 2),
)
RESULT_COLUMNS = (
    Column(_("TT"), 0.5, Align.CENTER),
    Column(_("Hồ sơ"), 4),
    Column(_("Phiếu được tính"), 1.2, Align.CENTER),
    Column(_("Điểm trung bình"), 1.2, Align.CENTER),
    Column(_("Kết quả"), 1.5, Align.CENTER),
)
RANKING_COLUMNS = (
    Column(_("Hạng"), 0.7, Align.CENTER),
    Column(_("Hồ sơ"), 2.5),
    Column(_("Điểm trung bình"), 1, Align.CENTER),
    Column(_("Điểm cộng"), 0.9, Align.CENTER),
    Column(_("Điểm xếp hạng"), 1, Align.CENTER),
    Column(_("Vì sao"), 3),
)
RATING_COLUMNS = (
    Column(_("TT"), 0.5, Align.CENTER),
    Column(_("Hồ sơ"), 3),
    *(Column(rating.label, 0.8, Align.CENTER) for rating in Rating),
    Column(_("Xếp loại của hội đồng"), 1.5, Align.CENTER),
)
VOTE_COLUMNS = (
    Column(_("TT"), 0.5, Align.CENTER),
    Column(_("Hồ sơ"), 3),
    Column(_("Có mặt"), 0.8, Align.CENTER),
    *(Column(vote.label, 0.9, Align.CENTER) for vote in Vote),
    Column(_("Kết quả"), 1.2, Align.CENTER),
)
JUDGED_COLUMNS = (Column(_("Nội dung đánh giá"), 5), Column(_("Mức"), 1.5, Align.CENTER))
SLIP_COLUMNS = (
    Column(_("TT"), 0.5, Align.CENTER),
    Column(_("Tiêu chí"), 5),
    Column(_("Điểm tối đa"), 1.2, Align.CENTER),
    Column(_("Điểm"), 1.2, Align.CENTER),
)


TOUCHED = Note(_("Có phiếu bị đổi sau khi khóa: kết quả trên không dùng được."))


def decision_document(council: Council, *, produced_at: datetime, today: date) -> OfficialDocument:
    """Return the draft of the decision that establishes the council."""
    rule = body_rule(council)
    matters = [runs(matter.title) for matter in council.matters.all()]
    subject = _("Về việc thành lập {title}").format(title=council.title)
    return council_document(
        council,
        kind=_("Quyết định"),
        symbol="QĐ",
        subject=subject,
        produced_at=produced_at,
        day=council.decided_on or today,
        legal_grounds=(_("Căn cứ {basis};").format(basis=rule.legal_basis),),
        signature=Signature(position=_("Giám đốc")),
        body=(
            Paragraph.of(_("Điều 1. Thành lập {title} gồm các thành viên sau:").format(title=council.title)),
            Table(columns=MEMBER_COLUMNS, rows=tuple(_member_rows(council))),
            Paragraph.of(_("Điều 2. Hội đồng xem xét các hồ sơ:")),
            NumberedList(tuple(matters)),
            Paragraph.of(_("Hội đồng tự giải tán sau khi hoàn thành nhiệm vụ.")),
            Paragraph.of(_("Điều 3. Các thành viên có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này.")),
        ),
    )


def minutes_document(council: Council, *, produced_at: datetime) -> OfficialDocument:
    """Return the minutes, with what the slips give; for a council whose slips were counted."""
    seats = seats_of(council)
    chair = next((seat for seat in seats if seat.role == SeatRole.CHAIR and seat.presence == Presence.PRESENT), None)
    return council_document(
        council,
        kind=_("Biên bản"),
        symbol="BB",
        subject=_("Họp {title}").format(title=council.title),
        produced_at=produced_at,
        day=council.meets_on,
        signature=Signature(position=_("Chủ tịch Hội đồng"), name=chair.person.listed_name if chair else None),
        body=(
            Heading(1, _("I. Thông tin chung")),
            Paragraph.of(_meeting_words(council)),
            Heading(1, _("II. Thành phần")),
            Paragraph.of(_presence_words(seats)),
            NumberedList(tuple(runs(_seat_words(seat)) for seat in seats)),
            *_tellers(seats),
            Heading(1, _("III. Kết quả đánh giá")),
            *_results(council),
            Heading(1, _("IV. Kết luận")),
            *(Paragraph.of(f"{matter.title}: {matter.conclusion}") for matter in council.matters.all()),
            Paragraph.of(_("Thư ký khoa học ghi biên bản: {name}.").format(name=_secretary(seats))),
        ),
    )


def slip_document(slip: Slip, *, produced_at: datetime) -> OfficialDocument:
    """Return one slip for the file, to be signed by its member; only for a slip that was locked."""
    council = slip.seat.council
    locked = formats.instant(timezone.localtime(slip.locked_at)) if slip.locked_at else ""
    return council_document(
        council,
        kind=_("Phiếu đánh giá"),
        symbol="",
        subject=slip.matter.title,
        produced_at=produced_at,
        day=council.meets_on,
        signature=Signature(position=slip.seat.get_role_display(), name=slip.seat.person.listed_name),
        body=(
            Paragraph.of(_("Hội đồng: {title}").format(title=council.title)),
            Paragraph.of(_("Thành viên: {member}").format(member=_seat_words(slip.seat))),
            *_slip_tables(slip),
            Paragraph.of(_("Nhận xét, kiến nghị: {remarks}").format(remarks=slip.remarks or "—")),
            Note(_("Phiếu khóa lúc {at}; dấu của phiếu: {digest}.").format(at=locked, digest=slip.digest)),
        ),
    )


def _slip_tables(slip: Slip) -> Iterator[Block]:
    """Yield what a slip says line by line: points, or judgements of products; nothing where only opinions are asked."""
    sheet, points = sheet_of(slip.seat.council), points_of(slip)
    if rating_rule_of(slip.seat.council) is not None:
        rows = tuple(Row.of(line["label"], line["value"] or "—") for line in judged_lines(slip))
        yield Table(columns=JUDGED_COLUMNS, rows=rows)
    elif needed_share_of(slip.seat.council) is not None:
        yield Paragraph.of(_("Biểu quyết: {vote}").format(vote=slip.get_vote_display() or "—"))
    elif sheet is not None:
        lines = [
            Row.of(str(one.order), one.label, shown(one.most), shown(points[one.order]) if one.order in points else "—")
            for one in sheet.criteria
        ]
        total = Row.of("", _("Tổng"), shown(sheet.most), shown(total_of(points)), emphasised=True)
        yield Table(columns=SLIP_COLUMNS, rows=(*lines, total))


def council_document(council: Council, **said: Any) -> OfficialDocument:
    """Return a draft under the name of the council's office; `said`: as `office_draft` takes it."""
    return office_draft(council.office, about=council.code, **said)


def _member_rows(council: Council) -> Iterator[Row]:
    for number, seat in enumerate(seats_of(council), start=1):
        yield Row.of(str(number), seat.person.listed_name, seat.employer, seat.get_role_display())


def _meeting_words(council: Council) -> str:
    words = _("Quyết định thành lập số {number} ngày {decided}. Họp ngày {met}").format(
        number=council.decision_number, decided=_day(council.decided_on), met=_day(council.meets_on)
    )
    return f"{words}, {council.venue}." if council.venue else f"{words}."


def _presence_words(seats: list[Seat]) -> str:
    there = sum(seat.presence == Presence.PRESENT for seat in seats)
    return _("Có mặt {there} trên {all} thành viên.").format(there=there, all=len(seats))


def _seat_words(seat: Seat) -> str:
    words = ", ".join(part for part in (seat.person.listed_name, seat.get_role_display(), seat.employer) if part)
    absent = seat.presence in {Presence.ABSENT, Presence.WRITTEN}
    return f"{words} ({seat.get_presence_display().lower()})" if absent else words


def _results(council: Council) -> Iterator[Block]:
    """Yield the table of results, who was left out of it and why, and by which rule it was reckoned."""
    if rating_rule_of(council) is not None:
        yield from _ratings(council)
    elif needed_share_of(council) is not None:
        yield from _votes(council)
    else:
        yield from _scores(council)


def _scores(council: Council) -> Iterator[Block]:
    """Yield the table of points, who was left out of it and why, the order where dossiers compete, and the rule."""
    counts = counts_of(council)
    if not counts:
        yield Paragraph.of(_("Hội đồng không chấm điểm; ý kiến của thành viên ở các phiếu kèm theo."))
        return
    matters = list(council.matters.all())
    rows = [_result_row(number, one.title, counts[one.pk]) for number, one in enumerate(matters, start=1)]
    yield Table(columns=RESULT_COLUMNS, rows=tuple(rows))
    touched = [slip for matter in matters for slip in slips_of(matter) if not is_untouched(slip)]
    if touched:
        yield TOUCHED
    names = {str(seat.pk): seat.person.listed_name for seat in seats_of(council)}
    for matter in matters:
        for member, why in counts[matter.pk].left_out.items():
            said = _("{matter}: không tính phiếu của {member}, {why}.")
            yield Note(said.format(matter=matter.title, member=names.get(member, ""), why=why))
    yield from _ranking(council)
    yield _by_rule(council, "sheet")


def _ranking(council: Council) -> Iterator[Block]:
    """Yield the dossiers in order, where they compete."""
    places = ranking_of(council)
    if places:
        rows = [
            Row.of(rank, matter.title, mean, bonus, score, why)
            for matter, place in places
            for rank, mean, bonus, score, why in (place_words(place, places),)
        ]
        yield Paragraph.of(_("Xếp hạng các hồ sơ:"))
        yield Table(columns=RANKING_COLUMNS, rows=tuple(rows))


def _ratings(council: Council) -> Iterator[Block]:
    """Yield the table of ratings, each member's with its reasons, who was left out and why, and the rule."""
    try:
        matters, found = list(council.matters.all()), ratings_of(council)
    except JudgementRefused:
        yield TOUCHED
        return
    rows = [_rating_row(number, one.title, found[one.pk]) for number, one in enumerate(matters, start=1)]
    yield Table(columns=RATING_COLUMNS, rows=tuple(rows))
    for matter in matters:
        yield from _matter_ratings(matter, found[matter.pk])
    yield _by_rule(council, "rating")


def _matter_ratings(matter: Matter, found: CouncilRating) -> Iterator[Block]:
    slips = slips_of(matter)
    members = {one.member: one for one in found.members}
    if not all(is_untouched(slip) for slip in slips):
        yield TOUCHED
    yield Paragraph.of(f"{matter.title}: {rating_words(found)}. ", " ".join(map(str, found.reasons)))
    said = []
    for slip in slips:
        rated = members.get(str(slip.seat_id))
        words = f"{rated.rating.label}. {reasons_of(rated)}" if rated else f"{why_not(slip)}."
        said.append(runs(f"{slip.seat.person.listed_name}: {words}"))
    yield NumberedList(tuple(said))


def _votes(council: Council) -> Iterator[Block]:
    """Yield the table of votes, the reason of each verdict, who was left out and why, and the rule."""
    try:
        matters, found = list(council.matters.all()), votes_of(council)
    except JudgementRefused:
        yield TOUCHED
        return
    rows = [
        Row.of(str(number), one.title, *map(str, (vote.present, vote.passed, vote.failed)), VERDICTS[vote.verdict])
        for number, one in enumerate(matters, start=1)
        for vote in (found[one.pk],)
    ]
    yield Table(columns=VOTE_COLUMNS, rows=tuple(rows))
    names = {str(seat.pk): seat.person.listed_name for seat in seats_of(council)}
    for matter in matters:
        yield Paragraph.of(f"{matter.title}: ", " ".join(map(str, found[matter.pk].reasons)))
        for member, why in found[matter.pk].left_out.items():
            yield Note(f"{names.get(member, '')}: {why}.")
    yield _by_rule(council, "vote")


def _rating_row(number: int, title: str, found: CouncilRating) -> Row:
    said = Counter(one.rating for one in found.members)
    return Row.of(str(number), title, *(str(said[rating]) for rating in Rating), rating_words(found))


def _by_rule(council: Council, name: str) -> Note:
    used = RuleUsed(**council.rules_used[name])
    doubt = f" ({used.doubt.lower()})" if used.doubt else ""
    return Note(_("Tính theo {basis}{doubt}.").format(basis=used.legal_basis, doubt=doubt))


def _result_row(number: int, title: str, found: Count) -> Row:
    return Row.of(str(number), title, str(len(found.counted)), mean_words(found), found.band or VERDICTS[found.verdict])


def _tellers(seats: list[Seat]) -> Iterator[Block]:
    names = [seat.person.listed_name for seat in seats if seat.is_teller]
    if names:
        yield Paragraph.of(_("Người kiểm phiếu: {names}.").format(names=", ".join(names)))


def _secretary(seats: list[Seat]) -> str:
    return next((seat.person.listed_name for seat in seats if seat.role == SeatRole.SECRETARY), "—")


def _day(value: date | None) -> str:
    return formats.day(value) if value else "…"
