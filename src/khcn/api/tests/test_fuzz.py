from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khcn.api.tests.factories import make_code
from khcn.api.tests.fuzzing import ask_anything, description, known_records, one_connection

pytestmark = pytest.mark.django_db
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much]


@pytest.fixture
def asking(world):
    with one_connection():
        yield SimpleNamespace(
            described=description(), records=known_records(world.director), code=make_code(world.director)
        )


@settings(max_examples=60, deadline=None, suppress_health_check=QUIET)
@given(data=st.data())
def test_whatever_is_asked_is_answered_as_described(asking, data):
    ask_anything(data, asking.described, asking.records, asking.code)
