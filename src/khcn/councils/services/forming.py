"""Name who sits in a council and what it considers; record its decision, its invitation, its end."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from khcn.councils.models import Council, Matter, Seat
from khcn.councils.permissions import may_form, may_run
from khcn.councils.ratings import family_or_first
from khcn.councils.selectors import body_of, body_rule
from khcn.councils.services.holding import changing, hold
from khcn.councils.states import BEFORE_THE_MEETING, CouncilState, Presence
from khcn.councils.workflow import COUNCIL_WORKFLOW
from khcn.kernel.calendar import WorkingDays, due_on, parse_limit, subtract_working_days
from khcn.kernel.obligations.models import Obligation
from khcn.kernel.obligations.services import close_obligations
from khcn.kernel.obligations.work_calendar import work_calendar
from khcn.kernel.records.recording import recording
from khcn.kernel.workflow.services import NotPossible, enter, perform
from khcn.language.words import words as _
from khcn.parties.models import Person
from khcn.ui import formats

InterestFacts = Callable[[Matter, Person], list[str]]
interest_facts: list[InterestFacts] = []
"""Hooks of the modules whose records are considered: what is known of a person's interest in a matter, in sentences."""

FORMING = _("Lập hội đồng")
NAMING = _("Ghi thành viên")
DROPPING = _("Bỏ thành viên")
CONSIDERING = _("Ghi hồ sơ xem xét")
LEAVING_OUT = _("Bỏ hồ sơ xem xét")
TELLERS = _("Chọn người kiểm phiếu")
ROLL = _("Điểm danh")


def form_council(*, council: Council, actor: Any, on: date) -> Council:
    """Begin a council.

    Raises: NotPermitted; NotPossible, for a score sheet where members vote; RuleUnknown, where the rulebook says
    nothing of such councils.
    """
    may_form(actor).enforce()
    if council.is_voted and council.sheet:
        words = _("Hội đồng này bỏ phiếu đạt hay không đạt; chọn «Không chấm điểm» ở phiếu chấm.")
        raise NotPossible(council, FORMING, [words])
    body_rule(council)
    council.rated_by = family_or_first(council.rated_by) if council.is_judged else ""
    enter(COUNCIL_WORKFLOW, council, actor=actor, on=on, label=_("lập hội đồng"))
    return council


def name_member(*, seat: Seat, actor: Any, on: date, why: str = "") -> Seat:
    """Name a member; after the decision only with the reason, as the decision is changed too.

    Raises: NotPermitted; NotPossible, for one who sits already, of whom an interest is known, or with the account of
    the person who names them.
    """
    council = seat.council
    words = _("ghi thành viên {name}").format(name=seat.person.kept_name[:80])
    with changing(council, NAMING, actor, on, verb="name-member", words=words, why=why):
        if council.seats.filter(person=seat.person).exists():
            raise NotPossible(council, NAMING, [_("{person} đã có trong hội đồng.").format(person=seat.person)])
        if seat.user_id is not None and council.seats.filter(user_id=seat.user_id).exists():
            raise NotPossible(council, NAMING, [_("Tài khoản này đã thuộc một thành viên khác của hội đồng.")])
        if seat.user_id is not None and seat.user_id == actor.pk:
            own = _("Bạn không tự ghi tài khoản của mình vào hội đồng; nhờ người khác trong phòng hoặc lãnh đạo ghi.")
            raise NotPossible(council, NAMING, [own])
        if known := facts_about(council, seat.person):
            raise NotPossible(council, NAMING, known)
        seat.save()
    return seat


def drop_member(*, seat: Seat, actor: Any, on: date, why: str) -> None:
    """Take a member out, with the reason.

    Raises: NotPermitted; NotPossible.
    """
    words = _("bỏ thành viên {name}").format(name=seat.person.kept_name[:80])
    with changing(seat.council, DROPPING, actor, on, verb="drop-member", words=words, why=why):
        if not why.strip():
            raise NotPossible(seat.council, DROPPING, [_("Ghi lý do bỏ thành viên.")])
        for question in seat.questions.all():
            question.seat = None
            question.save()
        seat.remove()


def add_matter(*, matter: Matter, actor: Any, on: date, why: str = "") -> Matter:
    """Let the council consider a dossier.

    Raises: NotPermitted; NotPossible, for one that it considers already, for itself, or for one in which a member has a
    known interest.
    """
    council, subject = matter.council, matter.subject
    words = _("ghi hồ sơ xem xét «{name}»").format(name=matter.title[:80])
    with changing(council, CONSIDERING, actor, on, verb="add-matter", words=words, why=why):
        if subject == council.ref:
            raise NotPossible(council, CONSIDERING, [_("Hội đồng không xem xét chính mình.")])
        if subject and council.matters.filter(subject_register=subject.register, subject_id=subject.id).exists():
            raise NotPossible(council, CONSIDERING, [_("Hội đồng đã xem xét hồ sơ này.")])
        people = [seat.person for seat in council.seats.select_related("person")]
        if known := [fact for person in people for hook in interest_facts for fact in hook(matter, person)]:
            raise NotPossible(council, CONSIDERING, known)
        matter.save()
    return matter


def drop_matter(*, matter: Matter, actor: Any, on: date, why: str = "") -> None:
    """Take a dossier out with what was promised and asked of it; after the decision only with the reason.

    Raises: NotPermitted; NotPossible.
    """
    council = matter.council
    words = _("bỏ hồ sơ xem xét «{name}»").format(name=matter.title[:80])
    with changing(council, LEAVING_OUT, actor, on, verb="drop-matter", words=words, why=why):
        for part in (*matter.items.all(), *matter.questions.all()):
            part.remove()
        matter.remove()


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
    if documents_sent_on > on:
        raise NotPossible(council, label, [_("Ngày gửi tài liệu chưa đến; ghi ngày đã gửi.")])
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


def call_roll(*, council: Council, presences: Mapping[Seat, Presence], actor: Any, on: date) -> None:
    """Record who came, all of them or none.

    Raises: NotPermitted; NotPossible, before the documents were sent or once slips are open.
    """
    may_run(actor, council).enforce()
    with transaction.atomic():
        for seat, presence in presences.items():
            _record_presence(council, seat, presence, actor, on)


def _record_presence(council: Council, seat: Seat, presence: Presence, actor: Any, on: date) -> None:
    words = _("điểm danh {name}").format(name=seat.person.kept_name[:80])
    with recording(actor=actor, verb="presence", label=words, on=on):
        hold(council, ROLL)
        if council.state != CouncilState.INVITED:
            raise NotPossible(council, ROLL, [_("Điểm danh khi tài liệu đã gửi và phiếu chưa mở.")])
        if seat.presence != presence:
            seat.presence = presence
            seat.save()


def choose_tellers(*, council: Council, tellers: Collection[Seat], actor: Any, on: date) -> None:
    """Say which members count the slips, all of them at once; whoever is not named counts no more.

    Raises: NotPermitted; NotPossible, before the decision, once slips are open, or for one of another council.
    """
    may_run(actor, council).enforce()
    with recording(actor=actor, verb="tellers", label=_("chọn người kiểm phiếu"), on=on):
        hold(council, TELLERS)
        if council.state not in BEFORE_THE_MEETING:
            raise NotPossible(council, TELLERS, [_("Chọn người kiểm phiếu sau khi có quyết định, trước khi mở phiếu.")])
        seats, chosen = list(council.seats.all()), {seat.pk for seat in tellers}
        if chosen - {seat.pk for seat in seats}:
            raise NotPossible(council, TELLERS, [_("Người kiểm phiếu phải là thành viên của hội đồng.")])
        for seat in seats:
            if seat.is_teller != (seat.pk in chosen):
                seat.is_teller = seat.pk in chosen
                seat.save()


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
    council, label = matter.council, _("Ghi kết luận")
    may_run(actor, council).enforce()
    with recording(actor=actor, verb="conclusion", label=_("ghi kết luận của hội đồng"), on=on):
        hold(council, label)
        if council.state != CouncilState.COUNTED:
            words = _("Ghi kết luận sau khi kiểm phiếu và trước khi thông qua biên bản.")
            raise NotPossible(council, label, [words])
        matter.conclusion = conclusion.strip()
        matter.save()
    return matter
