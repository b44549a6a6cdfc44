"""A small world: an office, one division, one agency, and the people around given work."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import time_machine

from khcn.assignments.tests.factories import (
    make_agency_user,
    make_division,
    make_office,
    make_organisation,
    make_user,
)
from khcn.kernel.access.roles import Role
from khcn.kernel.rulebook.services import load_shipped_rules


@pytest.fixture
def world(db):
    office = make_office()
    division = make_division(office)
    agency = make_organisation(office, "Sở Mẫu Chủ trì")
    return SimpleNamespace(
        office=office,
        division=division,
        agency=agency,
        other_agency=make_organisation(office, "Sở Mẫu Khác"),
        monitor=make_user(office, Role.MONITOR, name="monitor"),
        director=make_user(office, Role.DIRECTOR, name="director"),
        specialist=make_user(office, Role.SPECIALIST, name="specialist", division=division),
        leader=make_user(office, Role.PROVINCIAL_LEADER, name="leader"),
        agency_user=make_agency_user(agency),
    )


@pytest.fixture
def rules(db):
    load_shipped_rules()


@pytest.fixture
def time_machine_at():
    """Stop the clock at an instant for the rest of the test."""
    travellers = []

    def stop(instant):
        traveller = time_machine.travel(instant, tick=False)
        traveller.start()
        travellers.append(traveller)

    yield stop
    for traveller in travellers:
        traveller.stop()
