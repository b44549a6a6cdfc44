from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from khcn.assignments.models import Assignment
from khcn.assignments.services import (
    acknowledge_assignment,
    cancel_assignment,
    close_assignment,
    decide_extension,
    give_assignment,
    link_chain_paper,
    release_lateness,
    report_done,
    report_progress,
    request_extension,
    resume_assignment,
    return_assignment,
    set_closing_rule,
    suspend_assignment,
    urge,
)
from khcn.assignments.states import AssignmentState, DeadlinePrecision, ExtensionOutcome
from khcn.assignments.tests.factories import GIVEN_ON, make_assignment, make_evidence, make_organisation, walk
from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.obligations.models import Obligation
from khcn.kernel.obligations.selectors import inbox_of
from khcn.kernel.obligations.states import DueState, UrgingLevel
from khcn.kernel.records.history import history_of
from khcn.kernel.records.links import Link, LinkKind
from khcn.kernel.workflow.services import NotPossible

pytestmark = pytest.mark.django_db

S = AssignmentState
DUE = date(2021, 10, 15)
LATE = date(2021, 10, 20)
EARLY = date(2021, 10, 10)


def due_work(world, **fields):
    return make_assignment(world.monitor, lead=world.agency, due_on=DUE, **fields)


def clock(assignment):
    return Obligation.objects.about(assignment.ref).get(kind="assignment")


def test_given_work_opens_an_obligation_of_its_lead_by_the_deadline(world):
    assignment = due_work(world)

    found = clock(assignment)
    assert (found.effective_on, found.holder_register, found.holder_id) == (DUE, "organisation", world.agency.pk)
    assert (assignment.code, assignment.precision, assignment.original_due_on) == ("NV-2021-0001", "day", DUE)


def test_work_given_to_a_division_reaches_the_inbox_of_its_staff(world):
    assignment = make_assignment(world.director, lead=world.division, due_on=DUE)

    (item,) = inbox_of(world.specialist, EARLY)

    assert (item.record, item.state) == (assignment, DueState.DUE_SOON)


def test_coordinators_are_named_once_each(world):
    assignment = due_work(world, coordinators=[world.other_agency, world.division, world.other_agency])

    assert assignment.coordinators_text == "Sở Mẫu Khác; Phòng QLKH"


def test_the_record_that_gave_the_work_becomes_its_basis(world):
    origin = make_evidence(world.office, "Thông báo kết luận mẫu")

    assignment = due_work(world, origin_register=origin.REGISTER, origin_id=origin.pk)

    (link,) = Link.objects.from_(assignment.ref)
    assert (link.kind, link.target) == (LinkKind.BASIS, origin.ref)
    assert list(Assignment.objects.of_origin(origin.ref)) == [assignment]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"lead_organisation": None}, "đúng một đơn vị chủ trì"),
        ({"both": True}, "đúng một đơn vị chủ trì"),
        ({"precision": "month"}, "thiếu ngày"),
        ({"due_on": date(2021, 9, 1)}, "từ ngày giao trở đi"),
        ({"title": "  "}, "Ghi nội dung"),
    ],
)
def test_work_said_badly_is_refused_with_the_reason(world, fields, reason):
    both = {"lead_division": world.division} if fields.pop("both", False) else {}
    values = {"title": "Việc mẫu", "assigned_on": GIVEN_ON, "lead_organisation": world.agency, **both, **fields}

    with pytest.raises(NotPossible, match=reason):
        give_assignment(assignment=Assignment(office=world.office, **values), actor=world.monitor, on=GIVEN_ON)

    assert not Assignment.objects.exists()


def test_acknowledging_keeps_its_day(world):
    assignment = due_work(world)

    acknowledge_assignment(assignment=assignment, actor=world.agency_user, on=EARLY)

    assert (assignment.state, assignment.acknowledged_on) == (S.ACKNOWLEDGED, EARLY)


def test_progress_keeps_words_share_and_evidence(world):
    assignment, proof = due_work(world), make_evidence(world.office)

    report_progress(
        assignment=assignment, text="Đã khảo sát", percent=30, on=EARLY, actor=world.agency_user, evidence=[proof]
    )

    entry = assignment.progress.get()
    assert (entry.text, entry.percent, entry.evidence, entry.says_done) == ("Đã khảo sát", 30, [proof.ref], False)
    assert assignment.state == S.IN_PROGRESS


def test_a_result_without_evidence_is_refused_with_the_reason(world):
    assignment = due_work(world)

    with pytest.raises(NotPossible, match="Thiếu minh chứng"):
        report_done(assignment=assignment, text="Xong", on=EARLY, actor=world.agency_user, evidence=[])

    assert Assignment.objects.get().state == S.GIVEN
    assert not assignment.progress.exists()


def test_a_report_dated_before_the_work_was_given_is_refused(world):
    assignment = due_work(world)

    with pytest.raises(NotPossible, match="không được trước ngày giao"):
        report_progress(assignment=assignment, text="x", percent=None, on=date(2021, 9, 1), actor=world.agency_user)


def test_the_clock_stands_still_while_the_monitor_looks(world):
    assignment = walk(due_work(world), S.REPORTED_DONE, lead=world.agency_user, monitor=world.monitor, on=EARLY)

    assert clock(assignment).state_on(LATE) == DueState.PAUSED


@pytest.mark.parametrize(
    ("reported_on", "late", "state"),
    [(EARLY, False, DueState.DONE), (DUE, False, DueState.DONE), (LATE, True, DueState.DONE_LATE)],
)
def test_lateness_is_judged_on_the_day_the_result_was_reported(world, reported_on, late, state):
    assignment = walk(due_work(world), S.REPORTED_DONE, lead=world.agency_user, monitor=world.monitor, on=reported_on)

    close_assignment(assignment=assignment, on=date(2021, 11, 30), actor=world.monitor)

    assert (assignment.state, assignment.is_done_late, clock(assignment).state_on(LATE)) == (S.CLOSED, late, state)


def test_whoever_reported_the_result_does_not_accept_it(world):
    assignment = due_work(world, responsible=world.monitor)
    report_done(
        assignment=assignment,
        text="Theo công văn",
        on=EARLY,
        actor=world.monitor,
        evidence=[make_evidence(world.office)],
    )

    with pytest.raises(NotPermitted, match="không được tự xác nhận"):
        close_assignment(assignment=assignment, on=EARLY, actor=world.monitor)

    close_assignment(assignment=Assignment.objects.get(), on=EARLY, actor=world.director)
    assert Assignment.objects.get().state == S.CLOSED


def test_returned_work_is_owed_again_by_the_same_deadline(world):
    assignment = walk(due_work(world), S.RETURNED, lead=world.agency_user, monitor=world.monitor, on=EARLY)

    assert (assignment.completed_on, clock(assignment).state_on(LATE)) == (None, DueState.OVERDUE)
    assert assignment.is_overdue(LATE)


def test_returning_needs_a_reason(world):
    assignment = walk(due_work(world), S.REPORTED_DONE, lead=world.agency_user, monitor=world.monitor, on=EARLY)

    with pytest.raises(NotPossible, match="Ghi lý do"):
        return_assignment(assignment=assignment, on=EARLY, actor=world.monitor, note=" ")


def test_a_granted_extension_moves_the_deadline_and_keeps_the_first(world):
    assignment = due_work(world)
    asked = request_extension(
        assignment=assignment,
        reason="Chờ dự toán",
        requested_due_on=date(2021, 11, 30),
        actor=world.agency_user,
        on=EARLY,
    )

    decide_extension(extension=asked, approved=True, actor=world.monitor, on=EARLY)

    assignment = Assignment.objects.get()
    assert (assignment.due_on, assignment.original_due_on) == (date(2021, 11, 30), DUE)
    assert (asked.previous_due_on, asked.outcome, clock(assignment).effective_on) == (DUE, "granted", assignment.due_on)


def test_work_done_within_its_extension_is_on_time_and_past_its_first_deadline(world):
    assignment = due_work(world)
    asked = request_extension(
        assignment=assignment,
        reason="Chờ dự toán",
        requested_due_on=date(2021, 11, 30),
        actor=world.agency_user,
        on=EARLY,
    )
    decide_extension(extension=asked, approved=True, actor=world.monitor, on=EARLY, due_on=date(2021, 10, 31))

    walk(assignment, S.CLOSED, lead=world.agency_user, monitor=world.monitor, on=LATE)

    assert (assignment.is_done_late, assignment.is_past_its_original_deadline, assignment.was_extended) == (
        False,
        True,
        True,
    )


def test_a_refused_extension_leaves_the_deadline(world):
    assignment = due_work(world)
    asked = request_extension(
        assignment=assignment, reason="Bận", requested_due_on=date(2021, 12, 1), actor=world.agency_user, on=EARLY
    )

    decide_extension(extension=asked, approved=False, actor=world.director, on=EARLY, note="Việc gấp")

    assert (Assignment.objects.get().due_on, asked.outcome) == (DUE, ExtensionOutcome.REFUSED)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"reason": ""}, "Nêu lý do"),
        ({"requested_due_on": DUE}, "sau hạn hiện nay"),
        ({"requested_due_on": date(2021, 10, 16), "on": LATE}, "sau ngày xin"),
    ],
)
def test_a_bad_request_for_time_is_refused_with_the_reason(world, fields, reason):
    assignment = due_work(world)
    asked = {"reason": "Chờ", "requested_due_on": date(2021, 12, 1), "on": EARLY, **fields}

    with pytest.raises(NotPossible, match=reason):
        request_extension(assignment=assignment, actor=world.agency_user, **asked)


def test_one_request_for_time_waits_at_once_and_blocks_the_result(world):
    assignment = due_work(world)
    asked = {
        "assignment": assignment,
        "reason": "Chờ",
        "requested_due_on": date(2021, 12, 1),
        "actor": world.agency_user,
    }
    request_extension(**asked, on=EARLY)

    with pytest.raises(NotPossible, match="chờ quyết định"):
        request_extension(**asked, on=EARLY)
    with pytest.raises(NotPossible, match="gia hạn chờ quyết định"):
        report_done(
            assignment=assignment,
            text="Xong",
            on=EARLY,
            actor=world.agency_user,
            evidence=[make_evidence(world.office)],
        )


def test_an_extension_is_decided_once_and_not_by_who_asked(world):
    assignment = due_work(world, responsible=world.monitor)
    asked = request_extension(
        assignment=assignment, reason="Chờ", requested_due_on=date(2021, 12, 1), actor=world.monitor, on=EARLY
    )

    with pytest.raises(NotPermitted, match="không được tự quyết định"):
        decide_extension(extension=asked, approved=True, actor=world.monitor, on=EARLY)
    decide_extension(extension=asked, approved=True, actor=world.director, on=EARLY)
    with pytest.raises(NotPossible, match="đã có quyết định"):
        decide_extension(extension=asked, approved=False, actor=world.director, on=EARLY, note="x")


def test_suspended_work_is_neither_overdue_nor_lost(world):
    assignment = due_work(world)

    suspend_assignment(assignment=assignment, on=EARLY, actor=world.monitor, note="Chờ ý kiến cấp trên")

    assert (assignment.is_overdue(LATE), clock(assignment).state_on(LATE)) == (False, DueState.PAUSED)


def test_resumed_work_keeps_its_deadline_unless_another_is_set(world):
    assignment = walk(due_work(world), S.SUSPENDED, lead=world.agency_user, monitor=world.monitor, on=EARLY)

    resume_assignment(
        assignment=assignment, on=LATE, actor=world.monitor, due_on=date(2021, 12, 31), note="Đã có ý kiến"
    )

    assert (assignment.state, assignment.suspended_on, assignment.due_on) == (S.IN_PROGRESS, None, date(2021, 12, 31))
    assert clock(assignment).state_on(LATE) == DueState.NOT_DUE


def test_resumed_work_without_another_deadline_may_be_overdue_at_once(world):
    assignment = walk(due_work(world), S.SUSPENDED, lead=world.agency_user, monitor=world.monitor, on=EARLY)

    resume_assignment(assignment=assignment, on=LATE, actor=world.monitor)

    assert clock(assignment).state_on(LATE) == DueState.OVERDUE


def test_withdrawn_work_stays_with_its_reason_and_ends_its_clock(world):
    assignment = due_work(world)

    cancel_assignment(assignment=assignment, on=EARLY, actor=world.monitor, note="Gộp vào nhiệm vụ khác")

    kept = Assignment.objects.get()
    assert (kept.state, kept.withdrawn_on, kept.withdrawal_reason) == (S.CANCELLED, EARLY, "Gộp vào nhiệm vụ khác")
    assert clock(kept).state_on(LATE) == DueState.CANCELLED


def test_continuous_work_ends_only_by_its_closing_rule(world):
    assignment = make_assignment(world.monitor, lead=world.agency, precision=DeadlinePrecision.CONTINUOUS)
    walk(assignment, S.REPORTED_DONE, lead=world.agency_user, monitor=world.monitor, on=EARLY)

    with pytest.raises(NotPossible, match="quy tắc kết thúc"):
        close_assignment(assignment=assignment, on=LATE, actor=world.monitor)

    assignment = Assignment.objects.get()
    set_closing_rule(
        assignment=assignment, closing_rule="Hai kỳ liền đạt", review_on=DUE, actor=world.monitor, on=EARLY
    )
    close_assignment(assignment=assignment, on=LATE, actor=world.monitor)
    assert not Obligation.objects.about(assignment.ref).open().exists()


def test_work_with_a_deadline_has_no_closing_rule(world):
    assignment = due_work(world)

    with pytest.raises(NotPossible, match="Chỉ việc thường xuyên"):
        set_closing_rule(assignment=assignment, closing_rule="x", review_on=None, actor=world.monitor, on=EARLY)


def test_a_reminder_keeps_the_deadline_it_spoke_of(world):
    assignment = due_work(world)

    urge(assignment=assignment, level=UrgingLevel.OFFICER, text="Còn năm ngày", actor=world.monitor, on=EARLY)

    reminder = assignment.urgings.get()
    assert (reminder.due_on, reminder.urged_by, reminder.level) == (DUE, world.monitor, UrgingLevel.OFFICER)


def test_nobody_is_reminded_of_work_that_is_done(world):
    assignment = walk(due_work(world), S.CLOSED, lead=world.agency_user, monitor=world.monitor, on=EARLY)

    with pytest.raises(NotPossible, match="không ở trạng thái đang làm"):
        urge(assignment=assignment, level=UrgingLevel.OFFICER, text="Nhắc", actor=world.monitor, on=LATE)


def test_only_the_director_lets_those_above_see_lateness(world):
    assignment, now = due_work(world), datetime(2021, 10, 20, 2, tzinfo=UTC)

    with pytest.raises(NotPermitted):
        release_lateness(assignment=assignment, actor=world.monitor, at=now)
    release_lateness(assignment=assignment, actor=world.director, at=now)

    assert (assignment.lateness_released_at, assignment.lateness_released_by) == (now, world.director)


def test_the_paper_of_the_committee_is_linked_into_the_chain(world):
    assignment, paper = due_work(world, advise_only=True), make_organisation(world.office, "Công văn mẫu")

    link_chain_paper(assignment=assignment, paper=paper, actor=world.monitor, on=EARLY)

    assert Link.objects.from_(assignment.ref).get().kind == LinkKind.PAPER


def test_history_tells_each_step_with_its_person(world):
    assignment = walk(due_work(world), S.CLOSED, lead=world.agency_user, monitor=world.monitor, on=EARLY)

    told = [(entry.label, entry.actor) for entry in history_of(assignment)]

    assert told == [
        ("xác nhận hoàn thành", "Người monitor"),
        ("báo cáo hoàn thành", str(world.agency_user)),
        ("giao nhiệm vụ", "Người monitor"),
    ]
