"""Open the slips, let each member write and lock their own, count them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from khcn.councils.judging import JudgementRefused, Said, judgements_from, refuse_unfinished
from khcn.councils.models import Council, Matter, Seat, Slip
from khcn.councils.permissions import may_answer_for, may_run, may_write_slip
from khcn.councils.ratings import family_or_first, rating_in_force
from khcn.councils.rules import SheetFault, SlipRefused, refuse_irregular
from khcn.councils.rules import Slip as CountedSlip
from khcn.councils.sealing import digest_of, is_untouched
from khcn.councils.selectors import (
    IN_THE_ROOM,
    body_rule,
    needed_share_of,
    points_of,
    products_of,
    rating_rule_of,
    seats_of,
    sheet_of,
    unsettled_slips,
)
from khcn.councils.sheets import sheet_in_force
from khcn.councils.states import ConflictAnswer, CouncilState, Vote
from khcn.councils.votes import vote_rule_in_force
from khcn.councils.workflow import COUNCIL_WORKFLOW
from khcn.kernel.obligations.services import close_obligations, open_obligation
from khcn.kernel.records.recording import recording
from khcn.kernel.workflow.services import NotPossible, perform
from khcn.language.words import words as _

WRITING = _("Ghi phiếu")
LOCKING = _("Khóa phiếu")
DUTY = "slip-"


def open_slips(*, council: Council, actor: Any, on: date) -> Council:
    """Open the slips once the quorum is there; the rules of this moment are kept with the council.

    Raises: NotPermitted; NotPossible, before the day of the meeting; RuleUnknown; SheetFault.
    """
    label = COUNCIL_WORKFLOW.by_name["open"].label
    if council.meets_on is not None and on < council.meets_on:
        raise NotPossible(council, label, [_("Chưa đến ngày họp.")])
    used = {"body": vars(body_rule(council))}
    if council.sheet:
        used["sheet"] = vars(sheet_in_force(council.sheet, on=on, office=council.office)[1])
    if council.is_judged:
        family = family_or_first(council.rated_by)
        used["rating"] = vars(rating_in_force(family, council.regime, on=on, office=council.office))
    if council.is_voted:
        used["vote"] = vars(vote_rule_in_force(council.purpose, on=on, office=council.office))
    council.rules_used = used
    with recording(actor=actor, verb="open", label=_("mở phiếu"), on=on) as act:
        council.opened_at = act.known_from or act.at
        perform(COUNCIL_WORKFLOW, "open", council, actor=actor, on=on)
        matters = list(council.matters.all())
        for seat in seats_of(council):
            if seat.presence in IN_THE_ROOM:
                _hand_out(council, seat, matters, actor, on)
    return council


def _hand_out(council: Council, seat: Seat, matters: Sequence[Matter], actor: Any, on: date) -> None:
    for matter in matters:
        Slip(seat=seat, matter=matter).save()
    if seat.user is not None:
        act, due_on = _("Ghi và khóa phiếu đánh giá"), council.meets_on
        duty: dict[str, Any] = {"record": council, "kind": _duty(seat), "action": act, "person": seat.user}
        open_obligation(started_on=min(on, due_on or on), due_on=due_on, actor=actor, **duty)


def declare_interest(*, slip: Slip, answer: ConflictAnswer, text: str, actor: Any, on: date) -> Slip:
    """Declare whether the member has an interest in the matter; who has one gives no points.

    Raises: NotPermitted; NotPossible.
    """
    if answer == ConflictAnswer.SOME and not text.strip():
        raise NotPossible(slip.seat.council, WRITING, [_("Ghi rõ quan hệ, lợi ích liên quan.")])
    with recording(actor=actor, verb="declare", label=_("kê khai xung đột lợi ích"), on=on):
        _hold(slip)
        _refuse_closed(slip, WRITING, actor)
        slip.interest, slip.interest_text, slip.written_by = answer, text.strip(), actor
        if answer == ConflictAnswer.SOME:
            slip.points, slip.judgements, slip.vote, slip.remarks = {}, {}, "", ""
        slip.save()
        _note_done(slip, actor, on)
    return slip


def write_slip(*, slip: Slip, points: Mapping[int, Decimal], remarks: str, actor: Any, on: date) -> Slip:
    """Keep what the member has written so far.

    Raises: NotPermitted; NotPossible, for points that the sheet does not allow, or before interests were declared.
    """
    with recording(actor=actor, verb="write-slip", label=_("ghi phiếu"), on=on):
        _hold(slip)
        _refuse_closed(slip, WRITING, actor)
        _refuse_interested(slip, WRITING)
        _refuse_points(slip, points, WRITING, whole=False)
        slip.points = {str(order): format(value, "f") for order, value in sorted(points.items())}
        slip.remarks, slip.written_by = remarks.strip(), actor
        slip.save()
    return slip


def judge_products(*, slip: Slip, judgements: Said, remarks: str, actor: Any, on: date) -> Slip:
    """Keep what the member has judged so far.

    `judgements`: the number of a product, or `report` → the criterion → the rating.
    Raises: NotPermitted; NotPossible, for what the dossier does not promise, or before interests were declared.
    """
    with recording(actor=actor, verb="write-slip", label=_("ghi phiếu"), on=on):
        _hold(slip)
        _refuse_closed(slip, WRITING, actor)
        _refuse_interested(slip, WRITING)
        _refuse_judgements(slip, judgements, WRITING, whole=False)
        slip.judgements = {key: dict(said) for key, said in judgements.items() if said}
        slip.remarks, slip.written_by = remarks.strip(), actor
        slip.save()
    return slip


def cast_vote(*, slip: Slip, vote: Vote | None, remarks: str, actor: Any, on: date) -> Slip:
    """Keep how the member votes so far; None: not yet.

    Raises: NotPermitted; NotPossible, where the council takes no vote, or before interests were declared.
    """
    with recording(actor=actor, verb="write-slip", label=_("ghi phiếu"), on=on):
        _hold(slip)
        _refuse_closed(slip, WRITING, actor)
        _refuse_interested(slip, WRITING)
        if needed_share_of(slip.seat.council) is None:
            raise NotPossible(slip.seat.council, WRITING, [_("Hội đồng này không bỏ phiếu đạt hay không đạt.")])
        slip.vote = vote or ""
        slip.remarks, slip.written_by = remarks.strip(), actor
        slip.save()
    return slip


def lock_slip(*, slip: Slip, actor: Any, on: date) -> Slip:
    """Lock the slip: from now on nobody changes it, and its digest proves so. Locking again changes nothing.

    Raises: NotPermitted; NotPossible, for a slip that is blank or does not answer every criterion.
    """
    with recording(actor=actor, verb="lock-slip", label=_("khóa phiếu"), on=on) as act:
        _hold(slip)  # of two who lock at once the second finds it locked
        if slip.locked_at is not None:
            may_answer_for(actor, slip).enforce()
            return slip
        _refuse_closed(slip, LOCKING, actor)
        _refuse_interested(slip, LOCKING)
        _refuse_points(slip, points_of(slip), LOCKING, whole=True)
        _refuse_judgements(slip, slip.judgements, LOCKING, whole=True)
        if needed_share_of(slip.seat.council) is not None and not slip.vote:
            words = _("Phiếu của {member} chưa chọn «Đạt» hay «Không đạt».")
            raise NotPossible(slip.seat.council, LOCKING, [words.format(member=slip.seat.person.listed_name)])
        slip.locked_at = act.known_from or act.at
        slip.digest = digest_of(slip)
        slip.save()
        _note_done(slip, actor, on)
    return slip


def set_aside_slip(*, slip: Slip, reason: str, actor: Any, on: date) -> Slip:
    """Put an open slip down as irregular, as the tellers do with one that was not handed in.

    Raises: NotPermitted; NotPossible, for a locked slip, or without the reason.
    """
    council = slip.seat.council
    label = _("Ghi phiếu không hợp lệ")
    may_run(actor, council).enforce()
    with recording(actor=actor, verb="void-slip", label=_("ghi phiếu không hợp lệ"), why=reason, on=on):
        _hold(slip)
        if slip.locked_at is not None:
            raise NotPossible(council, label, [_("Phiếu đã khóa; phiếu đã khóa được tính như thành viên ghi.")])
        if council.state != CouncilState.SCORING or council.withdrawn_on is not None:
            raise NotPossible(council, label, [_("Phiếu không còn mở.")])
        if not reason.strip():
            raise NotPossible(council, label, [_("Ghi lý do phiếu không hợp lệ.")])
        slip.void_reason = reason.strip()
        slip.save()
        _note_done(slip, actor, on)
    return slip


def count_slips(*, council: Council, actor: Any, on: date) -> Council:
    """Break the seal: from now on the result is reckoned from the slips by whoever may read them.

    Raises: NotPermitted; NotPossible, before the day of the meeting, while a slip waits, or where one is missing or
    does not bear its digest.
    """
    label = COUNCIL_WORKFLOW.by_name["count"].label
    if council.meets_on is not None and on < council.meets_on:
        raise NotPossible(council, label, [_("Chưa đến ngày họp.")])
    with recording(actor=actor, verb="count", label=_("kiểm phiếu"), on=on) as act:
        council.counted_at = act.known_from or act.at
        perform(COUNCIL_WORKFLOW, "count", council, actor=actor, on=on)
        if faults := _broken_seals(council):
            raise NotPossible(council, label, faults)
    return council


def _broken_seals(council: Council) -> list[str]:
    """Return what shows that slips were changed, or taken away, behind the product."""
    slips: Any = Slip.objects.filter(seat__council=council).select_related("seat__person", "matter")
    rows = list(slips.prefetch_related("matter__items"))
    broken = [str(one.seat) for one in rows if not is_untouched(one) or (one.locked_at and one.void_reason)]
    faults = [_("Phiếu không khớp dấu đã khóa: {names}.").format(names=", ".join(broken))] if broken else []
    seats = [seat for seat in seats_of(council) if seat.presence in IN_THE_ROOM]
    wanted = {(seat.pk, matter.pk) for seat in seats for matter in council.matters.all()}
    if wanted != {(one.seat_id, one.matter_id) for one in rows}:
        faults.append(_("Số phiếu không khớp với thành viên đã điểm danh và hồ sơ xem xét."))
    return faults


def _duty(seat: Seat) -> str:
    return f"{DUTY}{seat.pk}"


def _note_done(slip: Slip, actor: Any, on: date) -> None:
    """Close what the member owes the council once none of their slips waits; a new declaration opens nothing again."""
    if not unsettled_slips(slip.seat.council).filter(seat=slip.seat_id).exists():
        close_obligations(record=slip.seat.council, kinds=(_duty(slip.seat),), on=on, actor=actor)


def _hold(slip: Slip) -> None:
    """Hold the council, then the slip, as they stand now until the change ends: no count runs past an open slip."""
    slip.seat.council.settle()
    slip.settle()


def _refuse_closed(slip: Slip, label: str, actor: Any) -> None:
    may_write_slip(actor, slip).enforce()
    council = slip.seat.council
    if council.state != CouncilState.SCORING or council.withdrawn_on is not None:
        raise NotPossible(council, label, [_("Phiếu chỉ ghi được khi hội đồng đang đánh giá.")])
    if slip.locked_at is not None:
        raise NotPossible(council, label, [_("Phiếu đã khóa, không đổi được.")])
    if slip.void_reason:
        raise NotPossible(council, label, [_("Phiếu đã được ghi là không hợp lệ.")])


def _refuse_interested(slip: Slip, label: str) -> None:
    reasons = {
        ConflictAnswer.UNDECLARED: _("Kê khai xung đột lợi ích trước khi chấm."),
        ConflictAnswer.SOME: _("Thành viên có lợi ích liên quan không chấm hồ sơ này."),
    }
    if (reason := reasons.get(ConflictAnswer(slip.interest))) is not None:
        raise NotPossible(slip.seat.council, label, [reason])


def _refuse_points(slip: Slip, points: Mapping[int, Decimal], label: str, *, whole: bool) -> None:
    council = slip.seat.council
    try:
        sheet = sheet_of(council)
        if sheet is None:
            return
        filled = dict(points) if whole else {one.order: Decimal(0) for one in sheet.criteria} | dict(points)
        refuse_irregular(sheet, CountedSlip(slip.seat.person.listed_name, filled))
    except (SlipRefused, SheetFault) as refusal:
        raise NotPossible(council, label, [str(refusal)]) from refusal


def _refuse_judgements(slip: Slip, judgements: Said, label: str, *, whole: bool) -> None:
    council, member = slip.seat.council, slip.seat.person.listed_name
    if rating_rule_of(council) is None:
        if judgements:
            raise NotPossible(council, label, [_("Hội đồng này không xếp loại sản phẩm.")])
        return
    products = products_of(slip.matter)
    try:
        judgements_from(member, products, judgements)
        if whole:
            refuse_unfinished(member, products, judgements)
    except JudgementRefused as refusal:
        raise NotPossible(council, label, [str(refusal)]) from refusal
