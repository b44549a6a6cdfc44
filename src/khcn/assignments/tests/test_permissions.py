from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from khcn.assignments.models import Assignment, Extension
from khcn.assignments.permissions import (
    may_accept,
    may_decide_extension,
    may_give,
    may_monitor,
    may_release_lateness,
    may_report,
    may_see_lateness,
    may_urge,
)
from khcn.assignments.tests.factories import (
    make_agency_user,
    make_assignment,
    make_division,
    make_office,
    make_organisation,
    make_user,
)
from khcn.kernel.access.roles import Confidentiality, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(world):
    other_office = make_office("BG")
    helper = make_organisation(world.office, "Sở Mẫu Phối hợp")
    return {
        "specialist of the lead division": world.specialist,
        "specialist of another division": make_user(
            world.office, Role.SPECIALIST, division=make_division(world.office, "KHAC")
        ),
        "head of the lead division": make_user(world.office, Role.DIVISION_HEAD, division=world.division),
        "clerk": make_user(world.office, Role.CLERK),
        "monitor": world.monitor,
        "director": world.director,
        "provincial leader": world.leader,
        "user of the lead agency": world.agency_user,
        "user of a coordinating agency": make_agency_user(helper),
        "user of another agency": make_agency_user(world.other_agency),
        "former user of the lead agency": make_agency_user(world.agency, valid_to=date(2021, 1, 1)),
        "monitor of another office": make_user(other_office, Role.MONITOR),
        "nobody in particular": make_user(world.office),
        "coordinating agency": helper,
    }


def allowed(question, subject, people):
    asked = {name: person for name, person in people.items() if name != "coordinating agency"}
    return {name for name, person in asked.items() if question(person.act_on(date(2021, 10, 1)), subject)}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (may_give, {"head of the lead division", "monitor", "director"}),  # those who give work
        (may_urge, {"head of the lead division", "monitor", "director"}),  # the same remind of it
        (may_monitor, {"monitor", "director"}),  # they follow it for the giver
        (may_accept, {"monitor", "director"}),  # and accept its result
        (may_release_lateness, {"director"}),  # one answers for what goes up
        (may_report, {"user of the lead agency"}),  # only the lead answers for it
    ],
)
def test_of_work_led_by_an_agency_each_act_has_its_people(world, people, question, expected):
    assignment = make_assignment(world.monitor, lead=world.agency, coordinators=[people["coordinating agency"]])

    assert allowed(question, assignment, people) == expected


def test_work_led_by_a_division_is_reported_by_its_own_staff(world, people):
    assignment = make_assignment(world.monitor, lead=world.division)

    assert allowed(may_report, assignment, people) == {"specialist of the lead division", "head of the lead division"}


def test_the_officer_who_follows_an_agency_may_enter_its_report(world, people):
    officer = people["specialist of another division"]

    assignment = make_assignment(world.monitor, lead=world.agency, responsible=officer)

    assert allowed(may_report, assignment, people) == {"user of the lead agency", "specialist of another division"}


def test_the_one_who_reported_or_asked_may_not_decide(world):
    assignment = Assignment(office=world.office, reported_by=world.monitor, lead_organisation=world.agency)
    asked = Extension(assignment=assignment, requested_by=world.monitor)

    answers = [
        bool(question(person, subject))
        for question, subject in ((may_accept, assignment), (may_decide_extension, asked))
        for person in (world.monitor, world.director)
    ]

    assert answers == [False, True, False, True]


@pytest.mark.parametrize(
    ("released", "expected"),
    [
        (None, {"monitor", "agency_user", "specialist"}),
        (datetime(2021, 10, 1, tzinfo=UTC), {"monitor", "agency_user", "specialist", "leader"}),
    ],
)
def test_lateness_goes_up_only_when_released(world, released, expected):
    assignment = Assignment(office=world.office, lateness_released_at=released)

    seen = {
        name
        for name in ("monitor", "agency_user", "specialist", "leader")
        if may_see_lateness(getattr(world, name), assignment)
    }

    assert seen == expected


@pytest.mark.parametrize(
    ("confidentiality", "expected"),
    [
        (
            Confidentiality.INTERNAL,
            {
                "specialist of the lead division",
                "specialist of another division",
                "head of the lead division",
                "clerk",
                "monitor",
                "director",
                "provincial leader",
                "user of the lead agency",
                "user of a coordinating agency",
            },
        ),
        (
            Confidentiality.CONFIDENTIAL,
            {
                "specialist of the lead division",  # the record's division
                "head of the lead division",
                "director",
                "user of the lead agency",  # it is theirs to do
                "user of a coordinating agency",
            },
        ),
    ],
)
def test_each_sees_what_concerns_them_and_nothing_else(world, people, confidentiality, expected):
    assignment = make_assignment(
        world.director,
        lead=world.agency,
        coordinators=[people["coordinating agency"]],
        division=world.division,
        confidentiality=confidentiality,
    )

    def sees(person, _subject):
        return Assignment.objects.visible_to(person).filter(pk=assignment.pk).exists()

    assert allowed(sees, assignment, people) == expected


def test_an_agency_does_not_even_see_public_work_of_others(world):
    make_assignment(world.monitor, lead=world.other_agency, confidentiality=Confidentiality.PUBLIC)

    assert not Assignment.objects.visible_to(world.agency_user).exists()


def test_an_agency_reads_the_past_by_its_present_account(world):
    assignment = make_assignment(world.monitor, lead=world.agency)

    seen = Assignment.objects.as_of(datetime(2030, 1, 1, tzinfo=UTC)).visible_to(world.agency_user)

    assert list(seen) == [assignment]
