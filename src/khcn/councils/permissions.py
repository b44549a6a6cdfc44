"""Who forms and runs councils, who writes slips, who may read them."""

from __future__ import annotations

from typing import Any

from khcn.councils.states import CouncilState, Presence
from khcn.kernel.access.decisions import Decision, requires
from khcn.kernel.access.roles import Role
from khcn.language.words import words as _

FORMERS = (Role.SPECIALIST, Role.DIVISION_HEAD, Role.DIRECTOR)
RUNNER_WORDS = _("Chuyên viên, lãnh đạo phòng của phòng phụ trách; lãnh đạo Sở")
SEAT_WORDS = _("Thành viên hội đồng với phiếu của mình")


def may_form(actor: Any, _record: Any = None) -> Decision:
    """Decide whether the actor may begin a council."""
    return requires(actor.holds(*FORMERS), _("Chỉ chuyên viên, lãnh đạo phòng hoặc lãnh đạo Sở được lập hội đồng."))


def may_run(actor: Any, council: Any) -> Decision:
    """Decide whether the actor may take a step of a council: staff of the division in charge, or a director."""
    return (
        may_form(actor)
        & requires(council.office_id == actor.office_id, _("Hội đồng thuộc sổ của cơ quan quản lý khác."))
        & requires(
            actor.holds(Role.DIRECTOR) or council.division_id is None or council.division_id in actor.division_ids,
            _("Hội đồng thuộc phòng khác phụ trách."),
        )
    )


def may_establish(actor: Any, council: Any) -> Decision:
    """Decide whether the actor may record the decision that establishes a council: a director or a head of division."""
    return may_run(actor, council) & requires(
        actor.holds(Role.DIRECTOR, Role.DIVISION_HEAD),
        _("Chỉ lãnh đạo phòng hoặc lãnh đạo Sở ghi quyết định thành lập hội đồng."),
    )


def may_answer_for(actor: Any, slip: Any) -> Decision:
    """Decide whether this slip is the actor's to hand in: the member's; a paper one, who runs the council.

    A slip that its member began to write is the member's alone, absent or not.
    """
    member = slip.seat.user_id
    if member is not None and member == actor.pk:
        return requires(condition=True, reason="")
    on_paper = member is None or (slip.seat.presence == Presence.WRITTEN and slip.written_by_id != member)
    return requires(
        on_paper and may_run(actor, slip.seat.council).allowed,
        _("Phiếu này của thành viên khác; mỗi người chỉ ghi phiếu của mình."),
    )


def may_write_slip(actor: Any, slip: Any) -> Decision:
    """Decide whether the actor may write this slip; whoever typed a paper one does not open it again once it is locked.

    The seal holds for who copied the paper as for everybody: until the count a locked slip opens to its member alone.
    """
    open_still = slip.locked_at is None or not slip.seat.council.is_sealed or slip.seat.user_id == actor.pk
    return may_answer_for(actor, slip) & requires(
        open_still, _("Phiếu đã khóa, còn niêm phong; nội dung chỉ mở khi kiểm phiếu.")
    )


def may_read_slip(actor: Any, slip: Any) -> Decision:
    """Decide whether the actor may read this slip: until the count its writer alone, then who runs the council too."""
    council = slip.seat.council
    if slip.seat.user_id is not None and slip.seat.user_id == actor.pk:
        return requires(condition=True, reason="")
    return requires(
        not council.is_sealed and (may_run(actor, council).allowed or sits(actor, council)),
        _("Phiếu còn niêm phong; chỉ thành viên ghi phiếu đọc được cho đến khi kiểm phiếu.")
        if council.is_sealed
        else _("Phiếu chỉ mở cho thành viên và người tổ chức hội đồng."),
    )


def may_ask_as(actor: Any, seat: Any) -> Decision:
    """Decide whether the actor may ask in the name of this member: the member; who runs it for one without account."""
    own = seat.user_id is not None and seat.user_id == actor.pk
    return requires(
        own or (seat.user_id is None and may_run(actor, seat.council).allowed),
        _("Mỗi thành viên tự gửi câu hỏi; người tổ chức chỉ ghi thay thành viên không có tài khoản."),
    )


def sits(actor: Any, council: Any) -> bool:
    """Tell whether the actor is a member of the council, once it is established."""
    return bool(council.state != CouncilState.FORMING and any(seat.user_id == actor.pk for seat in council.seats.all()))


def may_read_slips(actor: Any, council: Any) -> Decision:
    """Decide whether the actor may see which slips are locked: who sits, and who runs the council."""
    return may_run(actor, council) | requires(
        sits(actor, council), _("Chỉ thành viên hội đồng và người tổ chức hội đồng xem được các phiếu.")
    )
