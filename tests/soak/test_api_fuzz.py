"""The API over the whole demonstration: asked thousands of questions, walked to the end, and its queries counted."""

from __future__ import annotations

import os
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khcn.api.tests.factories import ask, make_code
from khcn.api.tests.fuzzing import ask_anything, description, known_records, one_connection
from khcn.config.demo import load_demo
from khcn.kernel.classifications.services import load_classifications
from khcn.kernel.identity.models import User
from khcn.kernel.obligations.work_calendar import load_shipped_days
from khcn.kernel.places.services import load_places
from khcn.kernel.records.registry import register, registers
from khcn.kernel.rulebook.services import load_shipped_rules

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not os.environ.get("KHCN_SOAK"), reason="chạy dài; dùng `make soak`"),
]
QUESTIONS = int(os.environ.get("KHCN_SOAK_QUESTIONS", "5000"))
QUIET = list(HealthCheck)


@pytest.fixture
def director(db):
    for load in (load_places, load_classifications, load_shipped_rules, load_shipped_days):
        load()
    list(load_demo())
    return User.objects.get(username="giam-doc").act_on(timezone.localdate())


@pytest.fixture
def asking(director):
    with one_connection():
        yield SimpleNamespace(described=description(), records=known_records(director), code=make_code(director))


@settings(max_examples=QUESTIONS, deadline=None, suppress_health_check=QUIET)
@given(data=st.data())
def test_whatever_is_asked_is_answered_as_described(asking, data):
    ask_anything(data, asking.described, asking.records, asking.code)


def walked(client, key, director):
    met, path = [], f"registers/{key}/records?limit=7&withdrawn=true"
    while path:
        page = ask(client, path, director).json()
        met += [item["code"] for item in page["items"]]
        path = (page["next_url"] or "").removeprefix("/api/v1/")
    return met


def test_every_register_is_walked_to_its_end(client, director):
    for one in registers():
        codes = register(one.key).visible_to(director).order_by("pk").values_list("code", flat=True)

        assert walked(client, one.key, director) == list(codes)


def queries(client, path, director):
    with CaptureQueriesContext(connection) as asked:
        found = ask(client, path, director).json()["items"]
    return len(asked), len(found)


def test_a_long_page_of_any_register_asks_no_more_than_a_short_one(client, director):
    ask(client, "registers", director)
    grown = {}
    for one in registers():
        short = queries(client, f"registers/{one.key}/records?limit=10", director)
        long = queries(client, f"registers/{one.key}/records?limit=200", director)
        # What a short page does not name at all is not fetched for it.
        if long[0] > short[0] + 3:
            grown[one.key] = (short, long)

    assert grown == {}
