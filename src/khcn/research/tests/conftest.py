"""The department of 2025 and its specialist at the screen, for the tests of pages."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from khcn.research.tests import factories as make
from khcn.research.tests.factories import World


@pytest.fixture
def department(db: None) -> World:
    """Return a department with its people early in 2025."""
    return make.make_world(on=date(2025, 1, 8))


@pytest.fixture
def signed_in(department: World) -> Client:
    """Return the browser of its specialist."""
    client = Client()
    client.force_login(department.specialist)
    return client
