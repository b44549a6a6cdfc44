"""Name who sits in a council and what it considers; record its decision, its invitation, its end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from khcn.councils.models import Council, Matter, Seat
from khcn.councils.permissions import may_form, may_run
from khcn.councils.selectors import body_of, body_rule
from khcn.councils.states import CouncilState, Presence
from khcn.councils.workflow import COUNCIL_WORKFLOW
from khcn.kernel.calendar import WorkingDays, due_on, parse_limit, subtract_working_days
from khcn.kernel.obligations.models import Obligation
from khcn.kernel.obligations.services import close_obligations
from khcn.kernel.obligations.work_calendar import work_calendar
from khcn.kernel.records.record import Record
from khcn.kernel.records.recording import recording
from khcn.kernel.workflow.services import NotPossible, enter, perform
from khcn.language.words import words as _
from khcn.parties.models import Person
from khcn.ui import formats

InterestFacts = Callable[[Matter, Person], list[str]]
interest_facts: list[InterestFacts] = []
"""Hooks of the modules whose records are considered: what is known of a person's interest in a matter, in sentences."""

NAMING = _("Ghi thành viên")
CONSIDERING = _("Ghi hồ sơ xem xét")
CHANGEABLE = (CouncilState.FORMING, CouncilState.ESTABLISHED, CouncilState.INVITED)


def form_council(*, council: Council, actor: Any, on: date) -> Council:
    """Begin a council.

    Raises: NotPermitted; RuleUnknown, where the rulebook says nothing of such councils.
    """
    may_form(actor).enforce()
    body_rule(council)
    enter(COUNCIL_WORKFLOW, council, actor=actor, on=on, label=_("lập hội đồng"))
    return council


def name_member(*, seat: Seat, actor: Any, on: date, why: str = "") -> Seat:
    """Name a member; after the decision only with the reason, as the decision is changed too.

    Raises: NotPermitted; NotPossible, for one who sits already, or of whom an interest is known.
    """
    council = seat.council
    _refuse_late(council, NAMING, actor, why)
    doubled = council.seats.filter(person=seat.person).exists()
    if doubled:
        raise NotPossible(council, NAMING, [_("{person} đã có trong hội đồng.").format(person=seat.person)])
    if seat.user_id is not None and council.seats.filter(user_id=seat.user_id).exists():
        raise NotPossible(council, NAMING, [_("Tài khoản này đã thuộc một thành viên khác của hội đồng.")])
    if known := facts_about(council, seat.person):
        raise NotPossible(council, NAMING, known)
    with recording(
        actor=actor,
        verb="name-member",
        label=_("ghi thành viên {name}").format(name=seat.person.kept_name[:80]),
        why=why,
        on=on,
    ):
        seat.save()
    return seat


def drop_member(*, seat: Seat, actor: Any, on: date, why: str) -> None:
    """Take a member out, with the reason.

    Raises: NotPermitted; NotPossible.
    """
    _refuse_late(seat.council, _("Bỏ thành viên"), actor, why, needs_reason=True)
    with recording(
        actor=actor,
        verb="drop-member",
        label=_("bỏ thành viên {name}").format(name=seat.person.kept_name[:80]),
        why=why,
        on=on,
    ):
        seat.remove()


def add_matter(*, matter: Matter, actor: Any, on: date, why: str = "") -> Matter:
    """Let the council consider a dossier.

    Raises: NotPermitted; NotPossible, for one that it considers already, or in which a member has a known interest.
    """
    council = matter.council
    _refuse_late(council, CONSIDERING, actor, why)
    subject = matter.subject
    if subject and council.matters.filter(subject_register=subject.register, subject_id=subject.id).exists():
        raise NotPossible(council, CONSIDERING, [_("Hội đồng đã xem xét hồ sơ này.")])
    people = [seat.person for seat in council.seats.select_related("person")]
    if known := [fact for person in people for hook in interest_facts for fact in hook(matter, person)]:
        raise NotPossible(council, CONSIDERING, known)
    with recording(
        actor=actor,
        verb="add-matter",
        label=_("ghi hồ sơ xem xét «{name}»").format(name=matter.title[:80]),
        why=why,
        on=on,
    ):
        matter.save()
    return matter


def facts_about(council: Council, person: Person) -> list[str]:
    """Return what is known of the person's interests in the matters of the council, in sentences."""
    return [fact for matter in council.matters.all() for hook in interest_facts for fact in hook(matter, person)]


def establish(*, council: Council, decision_number: str, decided_on: date, actor: Any, on: date) -> Council:
    """Record the decision by which the council is established.

    Raises: NotPermitted; NotPossible, e.g. for a day still to come or a composition that the rule does not allow.
    """
    label = COUNCIL_WORKFLOW.by_name["establish"].label
    if decided_on > on:
        words = _("Ngày quyết định {decided} sau ngày ghi {on}.")
        raise NotPossible(council, label, [words.format(decided=formats.day(decided_on), on=formats.day(on))])
    council.decision_number, council.decided_on = decision_number, decided_on
    perform(COUNCIL_WORKFLOW, "establish", council, actor=actor, on=on)
    return council


def invite(*, council: Council, documents_sent_on: date, meets_on: date, venue: str, actor: Any, on: date) -> Council:
    """Record that every member was sent the documents, and when the council meets.

    Raises: NotPermitted; NotPossible, where the documents came too late for that day.
    """
    label = COUNCIL_WORKFLOW.by_name["invite"].label
    if fault := too_late_words(council, documents_sent_on, meets_on):
        raise NotPossible(council, label, [fault])
    council.documents_sent_on, council.meets_on, council.venue = documents_sent_on, meets_on, venue
    perform(COUNCIL_WORKFLOW, "invite", council, actor=actor, on=on)
    return council


def too_late_words(council: Council, sent_on: date, meets_on: date) -> str:
    """Return why documents sent on that day come too late for a meeting, "" where they do not."""
    rule = body_rule(council)
    limit = parse_limit(body_of(council).documents)
    if isinstance(limit, WorkingDays):
        latest = subtract_working_days(meets_on, limit.days, work_calendar())
    else:
        latest = meets_on - (due_on(meets_on, limit, work_calendar(), rolls=False) - meets_on)
    if sent_on <= latest:
        return ""
    return _("Tài liệu phải gửi trước ngày họp {meets} ít nhất {limit}, chậm nhất {latest} ({basis}).").format(
        meets=formats.day(meets_on), limit=limit, latest=formats.day(latest), basis=rule.legal_basis
    )


def record_presence(*, seat: Seat, presence: Presence, actor: Any, on: date) -> Seat:
    """Record whether a member came.

    Raises: NotPermitted; NotPossible, before the documents were sent or once slips are open.
    """
    council = seat.council
    may_run(actor, council).enforce()
    if council.state != CouncilState.INVITED:
        words = _("Điểm danh khi tài liệu đã gửi và phiếu chưa mở.")
        raise NotPossible(council, _("Điểm danh"), [words])
    if seat.presence == presence:
        return seat
    with recording(
        actor=actor, verb="presence", label=_("điểm danh {name}").format(name=seat.person.kept_name[:80]), on=on
    ):
        seat.presence = presence
        seat.save()
    return seat


def conclude(*, council: Council, actor: Any, on: date) -> Council:
    """Record that the minutes were approved.

    Raises: NotPermitted; NotPossible.
    """
    perform(COUNCIL_WORKFLOW, "conclude", council, actor=actor, on=on)
    return council


def dissolve(*, council: Council, actor: Any, on: date, note: str) -> Council:
    """End the council without a conclusion, with the reason.

    Raises: NotPermitted; NotPossible.
    """
    with recording(actor=actor, verb="dissolve", label=_("giải tán hội đồng"), why=note, on=on):
        perform(COUNCIL_WORKFLOW, "dissolve", council, actor=actor, on=on, note=note)
        kinds = Obligation.objects.about(council.ref).open().values_list("kind", flat=True)
        close_obligations(record=council, kinds=list(kinds), on=on, actor=actor, cancelled=True)
    return council


def record_conclusion(*, matter: Matter, conclusion: str, actor: Any, on: date) -> Matter:
    """Write what the council concluded of a matter, after the count and before the minutes are approved.

    Raises: NotPermitted; NotPossible.
    """
    council = matter.council
    may_run(actor, council).enforce()
    if council.state != CouncilState.COUNTED:
        raise NotPossible(
            council, _("Ghi kết luận"), [_("Ghi kết luận sau khi kiểm phiếu và trước khi thông qua biên bản.")]
        )
    with recording(actor=actor, verb="conclusion", label=_("ghi kết luận của hội đồng"), on=on):
        matter.conclusion = conclusion.strip()
        matter.save()
    return matter


def _refuse_late(council: Record, label: str, actor: Any, why: str, *, needs_reason: bool = False) -> None:
    may_run(actor, council).enforce()
    state = council.as_stored("state")
    if state not in CHANGEABLE:
        raise NotPossible(council, label, [_("Phiếu đã mở; thành viên và hồ sơ không đổi được nữa.")])
    if (needs_reason or state != CouncilState.FORMING) and not why.strip():
        raise NotPossible(council, label, [_("Hội đồng đã có quyết định: ghi lý do thay đổi, căn cứ văn bản nào.")])
