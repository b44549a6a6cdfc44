"""Who gives work, who answers for it, who accepts the result."""

from __future__ import annotations

from typing import Any

from khcn.kernel.access.decisions import Decision, requires
from khcn.kernel.access.roles import Role
from khcn.language.words import words as _
from khcn.parties.models import organisation_ids_of

GIVER_WORDS = _("Người theo dõi nhiệm vụ, lãnh đạo Sở, lãnh đạo phòng")
MONITOR_WORDS = _("Người theo dõi nhiệm vụ, lãnh đạo Sở")
CLOSER_WORDS = _("Người theo dõi nhiệm vụ, lãnh đạo Sở; không phải người đã báo cáo hoàn thành")
LEAD_WORDS = _("Cơ quan, phòng chủ trì; với cơ quan ngoài: thêm công chức Sở được giao theo dõi")
RELEASER_WORDS = _("Lãnh đạo Sở")


def _in_its_office(actor: Any, assignment: Any) -> Decision:
    return requires(
        assignment is None or assignment.office_id == actor.office_id, _("Nhiệm vụ thuộc sổ của cơ quan quản lý khác.")
    )


def may_give(actor: Any, assignment: Any = None) -> Decision:
    """Decide whether the actor may give work: a monitor, a director or a head of division."""
    return requires(
        actor.holds(Role.MONITOR, Role.DIRECTOR, Role.DIVISION_HEAD),
        _("Chỉ người theo dõi nhiệm vụ, lãnh đạo Sở hoặc lãnh đạo phòng được giao nhiệm vụ."),
    ) & _in_its_office(actor, assignment)


def may_monitor(actor: Any, assignment: Any) -> Decision:
    """Decide whether the actor follows the work for the one who gave it: a monitor or a director."""
    return requires(
        actor.holds(Role.MONITOR, Role.DIRECTOR), _("Chỉ người theo dõi nhiệm vụ hoặc lãnh đạo Sở làm được việc này.")
    ) & _in_its_office(actor, assignment)


def may_report(actor: Any, assignment: Any) -> Decision:
    """Decide whether the actor answers for the work: the lead's people.

    For an outside lead, the officer who follows it may enter what the agency sent on paper.
    """
    if assignment.lead_division_id is not None:
        return requires(
            actor.holds(Role.SPECIALIST, Role.DIVISION_HEAD, division=assignment.lead_division_id)
            and assignment.lead_division_id in actor.division_ids,
            _("Chỉ công chức của {lead_division} báo cáo được nhiệm vụ này.").format(
                lead_division=assignment.lead_division
            ),
        )
    for_agency = actor.holds(Role.ASSIGNED_AGENCY) and assignment.lead_organisation_id in organisation_ids_of(actor)
    follows = actor.is_office_staff and assignment.responsible_id is not None and assignment.responsible_id == actor.pk
    return requires(
        for_agency or follows,
        _("Chỉ {lead_text} (cơ quan chủ trì) báo cáo được nhiệm vụ này.").format(lead_text=assignment.lead_text),
    )


def may_state_earlier_day(actor: Any, assignment: Any) -> Decision:
    """Decide whether the actor may say that something about the work happened before today: staff, not the lead's."""
    of_lead = assignment.lead_division_id is not None and assignment.lead_division_id in actor.division_ids
    return requires(
        actor.is_office_staff and not of_lead,
        _("Ngày sớm hơn do công chức Sở theo dõi nhiệm vụ ghi, kèm lý do; chủ trì không tự ghi lùi ngày."),
    ) & _in_its_office(actor, assignment)


def may_accept(actor: Any, assignment: Any) -> Decision:
    """Decide whether the actor may accept or refuse a result: a monitor or a director who did not report it."""
    return may_monitor(actor, assignment) & requires(
        assignment.reported_by_id is None or assignment.reported_by_id != actor.pk,
        _("Người đã báo cáo hoàn thành không được tự xác nhận kết quả."),
    )


def may_request_extension(actor: Any, assignment: Any) -> Decision:
    """Decide whether the actor may ask for more time: whoever answers for the work."""
    return may_report(actor, assignment)


def may_decide_extension(actor: Any, extension: Any) -> Decision:
    """Decide whether the actor may answer a request for more time: a monitor or a director, not the one who asked."""
    return may_monitor(actor, extension.assignment) & requires(
        extension.requested_by_id != actor.pk, _("Người xin gia hạn không được tự quyết định.")
    )


def may_urge(actor: Any, assignment: Any) -> Decision:
    """Decide whether the actor may remind the lead: whoever may give work."""
    return may_give(actor, assignment)


def may_release_lateness(actor: Any, assignment: Any) -> Decision:
    """Decide whether the actor may let those above see lateness: a director."""
    return requires(
        actor.holds(Role.DIRECTOR), _("Chỉ lãnh đạo Sở quyết định cho cấp trên xem tình trạng chậm.")
    ) & _in_its_office(actor, assignment)


def may_see_lateness(actor: Any, assignment: Any) -> Decision:
    """Decide whether the actor sees that the work is late: not a provincial leader before it is released."""
    only_above = actor.holds(Role.PROVINCIAL_LEADER) and not actor.is_office_staff
    return requires(
        not only_above or assignment.lateness_released_at is not None,
        _("Tình trạng chậm chưa được lãnh đạo Sở cho xem."),
    )
