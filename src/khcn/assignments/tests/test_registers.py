from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from khcn.assignments.models import Assignment
from khcn.assignments.presenting import lead_choices
from khcn.assignments.registers import ASSIGNMENTS
from khcn.assignments.services import add_coordinator, import_assignment
from khcn.assignments.states import AssignmentState
from khcn.assignments.tests.factories import change, make_agency_user, make_assignment
from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.exchange.values import value_of
from khcn.kernel.files.permissions import may_attach
from khcn.kernel.obligations.models import Obligation
from khcn.kernel.obligations.selectors import inbox_of
from khcn.kernel.records.recording import recording
from khcn.kernel.records.registry import Column
from khcn.kernel.search.visibility import tokens_of_record, viewer_of
from khcn.kernel.workflow.services import NotPossible

pytestmark = pytest.mark.django_db

ON = date(2021, 9, 24)


def sheet(world, **values):
    return {"title": "Việc cũ", "lead_organisation": world.agency, "assigned_on": date(2021, 3, 1), **values}


def test_search_opens_work_to_the_agencies_that_lead_or_help_and_to_no_other(world):
    helper = make_agency_user(world.other_agency)
    assignment = make_assignment(world.monitor, lead=world.agency, coordinators=[world.other_agency])
    alone = make_assignment(world.monitor, lead=world.agency)

    opened = [
        bool(tokens_of_record(row) & viewer_of(person).tokens)
        for row in (assignment, alone)
        for person in (world.agency_user, helper, world.monitor)
    ]

    assert opened == [True, True, True, True, False, True]


def test_work_led_from_outside_is_in_the_inbox_of_the_agency(world):
    assignment = make_assignment(world.monitor, lead=world.agency, due_on=date(2021, 10, 1))
    make_assignment(world.monitor, lead=world.other_agency, due_on=date(2021, 10, 1))

    assert [item.record for item in inbox_of(world.agency_user, ON)] == [assignment]


def test_the_agency_may_attach_files_to_its_own_work_only(world):
    own = make_assignment(world.monitor, lead=world.agency)
    foreign = make_assignment(world.monitor, lead=world.other_agency)

    assert [bool(may_attach(world.agency_user, row)) for row in (own, foreign)] == [True, False]


def test_an_agency_that_helps_since_today_reads_the_past_as_who_may_see_it_today(world):
    assignment = make_assignment(world.monitor, lead=world.other_agency)
    instant = timezone.now()
    with recording(actor=world.monitor, verb="test", label="thêm phối hợp"):
        add_coordinator(assignment=assignment, party=world.agency)

    before = Assignment.objects.as_of(instant).visible_to(world.agency_user)
    after = Assignment.objects.visible_to(world.agency_user).as_of(timezone.now())

    assert (list(before), list(after)) == ([], [assignment])


def test_imported_open_work_falls_due(world):
    found = import_assignment(sheet(world, due_on=date(2021, 12, 31)), actor=world.monitor, on=ON)

    assert (found.state, found.precision, found.original_due_on) == ("given", "day", date(2021, 12, 31))
    assert Obligation.objects.about(found.ref).open().get().effective_on == date(2021, 12, 31)


def test_imported_finished_work_keeps_its_days_and_owes_nothing(world):
    days = {"completed_on": date(2021, 5, 1), "closed_on": date(2021, 5, 4)}
    since = datetime(2021, 6, 1, tzinfo=UTC)

    found = import_assignment(
        sheet(world, state=AssignmentState.CLOSED, **days), actor=world.monitor, on=ON, known_from=since
    )

    assert not Obligation.objects.about(found.ref).exists()
    assert list(Assignment.objects.as_of(datetime(2021, 7, 1, tzinfo=UTC))) == [found]


def test_imported_finished_work_without_its_days_is_refused(world):
    with pytest.raises(NotPossible, match="phải có ngày hoàn thành"):
        import_assignment(sheet(world, state=AssignmentState.CLOSED), actor=world.monitor, on=ON)


def test_only_those_who_give_work_import_it(world):
    with pytest.raises(NotPermitted):
        import_assignment(sheet(world), actor=world.specialist, on=ON)


def test_a_confidential_organisation_stands_in_lists_by_its_code_and_in_no_filter_of_others(world):
    assignment = make_assignment(world.monitor, lead=world.agency, coordinators=[world.other_agency])
    for agency in (world.agency, world.other_agency):
        change(agency, confidentiality=Confidentiality.CONFIDENTIAL)
    row = Assignment.objects.get(pk=assignment.pk)

    shown = [value_of(ASSIGNMENTS, row, Column(name)) for name in ("lead_text", "lead_organisation")]
    offered = {name: [label for _, label in lead_choices(getattr(world, name))] for name in ("monitor", "director")}

    assert [*shown, row.coordinators_text] == [world.agency.code, world.agency.code, world.other_agency.code]
    assert world.agency.title not in ASSIGNMENTS.search_text(row)
    assert offered == {"monitor": [], "director": [world.agency.title]}


def test_the_system_itself_imports_into_the_office_of_the_installation(world):
    found = import_assignment(sheet(world), actor=None, on=ON)

    assert (found.office, found.state) == (world.office, AssignmentState.GIVEN)
