"""Given work is reminded of by the kernel; what that means here: agencies, the record's page, those above."""

from __future__ import annotations

from datetime import date

import pytest

from khcn.assignments.selectors import assignments_to_urge
from khcn.assignments.services import note_urging, release_lateness, report_done
from khcn.assignments.tests.factories import make_agency_user, make_assignment, make_evidence, make_user
from khcn.kernel.access.roles import Role
from khcn.kernel.notices.models import Notice
from khcn.kernel.obligations.models import Obligation
from khcn.kernel.obligations.reminding import remind_due
from khcn.kernel.obligations.states import UrgingLevel
from khcn.kernel.obligations.tests.worlds import at, make_duty, make_rule
from khcn.kernel.pages.inbox import inbox_values

pytestmark = pytest.mark.django_db
DUE = date(2021, 10, 11)
BEFORE, NEAR, LATE, VERY_LATE = date(2021, 10, 4), date(2021, 10, 8), date(2021, 10, 12), date(2021, 10, 18)


@pytest.fixture
def people(world, rules):
    return {
        "agency": world.agency_user,
        "other agency": make_agency_user(world.other_agency),
        "monitor": world.monitor,
        "director": world.director,
        "specialist": world.specialist,
        "head": make_user(world.office, Role.DIVISION_HEAD, name="head", division=world.division),
        "provincial leader": world.leader,
        "leader who works here": make_user(world.office, Role.PROVINCIAL_LEADER, Role.DIRECTOR, name="both"),
    }


def told(people):
    known = {user.pk: name for name, user in people.items()}
    return {known[number] for number in Notice.objects.values_list("user_id", flat=True)}


@pytest.mark.parametrize(
    ("day", "outside", "inside"),
    [
        (BEFORE, {"agency"}, {"specialist"}),  # T-7
        (NEAR, {"agency"}, {"specialist", "head"}),  # T-3
        (LATE, {"director", "leader who works here"}, {"director", "leader who works here"}),  # T+1
        (VERY_LATE, {"director", "leader who works here", "monitor"}, {"director", "leader who works here", "monitor"}),
    ],
)
def test_agencies_and_divisions_are_reminded_and_those_above_never(world, people, day, outside, inside):
    make_assignment(world.monitor, lead=world.agency, due_on=DUE)
    remind_due(now=at(day))
    first = told(people)
    Notice.objects.all().delete()
    make_assignment(world.monitor, lead=world.division, due_on=DUE)
    remind_due(now=at(day))

    assert (first, told(people)) == (outside, inside)


def test_not_even_a_leader_named_for_the_work_hears_of_lateness_before_its_release(world, people):
    make_rule(1, "assignment.urge.officer", office=world.office)  # this office reminds when it is late
    given = make_assignment(world.monitor, lead=world.division, due_on=DUE, responsible=world.leader)

    remind_due(now=at(LATE))
    before = told(people)
    release_lateness(assignment=given, actor=world.director, at=at(LATE))
    remind_due(now=at(LATE))

    assert "provincial leader" not in before
    assert "provincial leader" in told(people)


def test_each_reminder_is_kept_with_the_work_and_not_due_again(world, people):
    given = make_assignment(world.monitor, lead=world.agency, due_on=DUE)

    remind_due(now=at(VERY_LATE))

    assert list(given.urgings.values_list("level", "due_on", "urged_on", "urged_by")) == [
        ("director", DUE, VERY_LATE, None),
        ("issuer", DUE, VERY_LATE, None),
    ]
    assert assignments_to_urge(VERY_LATE, office=world.office) == []


def test_work_reported_done_is_not_reminded_of(world, people):
    given = make_assignment(world.monitor, lead=world.agency, due_on=DUE)
    report_done(
        assignment=given, text="Xong", on=BEFORE, actor=world.agency_user, evidence=[make_evidence(world.office)]
    )

    assert remind_due(now=at(LATE)) == 0


def test_what_falls_due_elsewhere_leaves_no_mark_here(world):
    duty = make_duty(record=world.agency)

    note_urging(duty, UrgingLevel.OFFICER, "Nhắc", BEFORE)

    assert Obligation.objects.get() == duty


def test_a_release_alone_does_not_make_those_above_receive_reminders(world, people):
    given = make_assignment(world.monitor, lead=world.agency, due_on=DUE)
    release_lateness(assignment=given, actor=world.director, at=at(LATE))

    remind_due(now=at(LATE))

    assert "provincial leader" not in told(people)


def test_the_inbox_of_a_leader_named_for_the_work_tells_lateness_only_once_it_is_released(world):
    given = make_assignment(world.monitor, lead=world.division, due_on=DUE, responsible=world.leader)
    leader = world.leader.act_on(LATE)

    before = inbox_values(leader, LATE)["groups"]
    release_lateness(assignment=given, actor=world.director, at=at(LATE))
    after = inbox_values(leader, LATE)["groups"]

    assert [group["heading"] for group in before] == ["Sau đó"]
    assert before[0]["rows"][0]["due"].sentence == "Hạn 11/10/2021"
    assert [group["heading"] for group in after] == ["Quá hạn"]
