"""It is known that…"""

from datetime import date, timedelta

import pytest

from khcn.assignments.services import (
    acknowledge_assignment,
    cancel_assignment,
    close_assignment,
    report_done,
    report_progress,
    request_extension,
    suspend_assignment,
)
from khcn.assignments.tests.factories import change, make_agency_user, make_evidence
from khcn.governance.services.following import note_conclusion
from khcn.governance.states import Standstill
from khcn.governance.stuck import OF_MONITOR, stuck_conclusions
from khcn.governance.tests.factories import (
    HELD_ON,
    READ_ON,
    make_conclusion,
    make_organisation,
    make_session,
    make_task,
)
from khcn.kernel.rulebook.models import Rule
from khcn.parties.models import Organisation

LONG = timedelta(days=60)


@pytest.fixture
def conclusion(world):
    return make_conclusion(make_session(world.specialist), world.specialist)


@pytest.fixture
def agency(world):
    found = make_organisation(world.specialist, "Sở Mẫu")
    world.agency_user = make_agency_user(found)
    return found


@pytest.fixture
def task(world, conclusion, agency):
    return make_task(conclusion, world.monitor, lead=agency, due_on=date(2022, 6, 1), precision="day")


def told(world, on, who="director"):
    return [(one.waits_for, one.whose, one.since) for one in stuck_conclusions(getattr(world, who), on)]


def test_a_conclusion_nobody_was_asked_to_carry_out_is_told_after_a_week(world, conclusion):
    assert told(world, HELD_ON + timedelta(days=6)) == []
    assert told(world, HELD_ON + timedelta(days=7)) == [(Standstill.GIVING, OF_MONITOR, HELD_ON)]


def test_a_conclusion_only_to_be_known_waits_for_nothing(world, conclusion):
    note_conclusion(conclusion=conclusion, actor=world.monitor, on=READ_ON, why="Chỉ để biết")

    assert told(world, READ_ON + LONG) == []


def test_work_nobody_answered_for_waits_for_its_lead(world, task):
    assert told(world, READ_ON + timedelta(days=13)) == []
    assert told(world, READ_ON + timedelta(days=14)) == [(Standstill.RECEIPT, "Sở Mẫu", READ_ON)]


def test_silence_is_counted_from_the_last_word(world, task):
    acknowledge_assignment(assignment=task, actor=world.agency_user, on=READ_ON + timedelta(days=1))
    heard = READ_ON + timedelta(days=10)
    report_progress(assignment=task, text="Đang làm", percent=10, on=heard, actor=world.agency_user)

    assert told(world, heard + timedelta(days=13)) == []
    assert told(world, heard + timedelta(days=14)) == [(Standstill.REPORT, "Sở Mẫu", heard)]


def test_a_result_waits_for_its_acceptance_from_the_first_day(world, task):
    report_done(
        assignment=task, text="Xong", on=READ_ON, actor=world.agency_user, evidence=[make_evidence(world.office)]
    )

    assert told(world, READ_ON) == [(Standstill.ACCEPTANCE, OF_MONITOR, READ_ON)]


def test_a_request_for_more_time_waits_for_a_decision_from_the_first_day(world, task):
    asked = {"reason": "Chờ số liệu", "requested_due_on": date(2022, 7, 1)}
    request_extension(assignment=task, actor=world.agency_user, on=READ_ON, **asked)

    assert told(world, READ_ON) == [(Standstill.EXTENSION, OF_MONITOR, READ_ON)]


def test_work_past_its_day_is_told_at_once_to_the_office_and_not_to_the_province(world, task):
    late = date(2022, 6, 2)
    report_progress(assignment=task, text="Đang làm", percent=10, on=date(2022, 5, 31), actor=world.agency_user)

    assert told(world, late) == [(Standstill.RESULT, "Sở Mẫu", date(2022, 6, 1))]
    assert told(world, late, "leader") == []


def test_what_rests_is_told_after_a_while(world, task):
    suspend_assignment(assignment=task, on=READ_ON, actor=world.monitor, note="Chờ ý kiến")

    assert told(world, READ_ON + LONG) == [(Standstill.REST, OF_MONITOR, READ_ON)]


def test_where_the_department_only_advises_the_missing_paper_is_waited_for(world, conclusion, agency):
    make_task(conclusion, world.monitor, lead=agency, advise_only=True)

    assert told(world, READ_ON + timedelta(days=7)) == [(Standstill.PAPER, OF_MONITOR, READ_ON)]


def test_when_all_tasks_ended_the_conclusion_waits_to_be_closed(world, task):
    report_done(
        assignment=task, text="Xong", on=READ_ON, actor=world.agency_user, evidence=[make_evidence(world.office)]
    )
    close_assignment(assignment=task, on=READ_ON, actor=world.monitor)

    assert told(world, READ_ON + timedelta(days=7)) == [(Standstill.CLOSING, OF_MONITOR, READ_ON)]


def test_a_conclusion_whose_only_task_was_taken_back_waits_to_be_given_anew(world, task):
    cancel_assignment(assignment=task, on=READ_ON, actor=world.monitor, note="Gộp việc khác")

    assert told(world, READ_ON + timedelta(days=7)) == [(Standstill.GIVING, OF_MONITOR, READ_ON)]


def test_what_hurts_first_stands_first(world, conclusion, agency):
    make_task(conclusion, world.monitor, lead=agency, due_on=date(2021, 10, 15), precision="day")
    make_conclusion(conclusion.session, world.specialist, "Việc khác")

    assert [kind for kind, _, _ in told(world, date(2021, 12, 1))] == [Standstill.RESULT, Standstill.GIVING]


def test_an_office_may_set_its_own_patience(world, conclusion):
    change(Rule.objects.get(key="governance.stuck.giving-after-days"), value=30)

    assert told(world, HELD_ON + timedelta(days=29)) == []
    assert told(world, HELD_ON + timedelta(days=30)) != []


def test_without_a_rule_the_usual_days_are_taken(world, conclusion):
    change(Rule.objects.get(key="governance.stuck.giving-after-days"), valid_from=date(2030, 1, 1))

    assert told(world, HELD_ON + timedelta(days=7)) != []


def test_a_withdrawn_session_is_not_waited_for(world, conclusion):
    change(conclusion.session, withdrawn_on=READ_ON, withdrawal_reason="nhập trùng")

    assert told(world, READ_ON + LONG) == []


def test_the_lead_is_named_as_lists_name_it(world, task):
    assert Organisation.objects.get(title="Sở Mẫu").listed_name == told(world, READ_ON + LONG)[0][1]
