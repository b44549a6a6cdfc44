"""A small world: an office, its shipped rules, and the people who appraise."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from khcn.kernel.access.roles import Role
from khcn.kernel.rulebook.services import load_shipped_rules
from khcn.transfer.tests.factories import make_division, make_office, make_user


@pytest.fixture
def world(db):
    load_shipped_rules()
    office = make_office()
    division = make_division(office)
    return SimpleNamespace(
        office=office,
        division=division,
        director=make_user(office, Role.DIRECTOR),
        specialist=make_user(office, Role.SPECIALIST, division=division),
        clerk=make_user(office, Role.CLERK),
    )
