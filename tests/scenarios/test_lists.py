"""The lists of every register on the demonstration's data: what a page costs does not depend on its rows."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from khcn.config.demo import load_demo
from khcn.kernel.classifications.services import load_classifications
from khcn.kernel.identity.models import User
from khcn.kernel.obligations.work_calendar import load_shipped_days
from khcn.kernel.pages import listing
from khcn.kernel.pages.paging import page_of
from khcn.kernel.places.services import load_places
from khcn.kernel.records.registry import registers
from khcn.kernel.rulebook.services import load_shipped_rules

pytestmark = [pytest.mark.django_db, pytest.mark.scenario]

MOST_QUERIES = 20


def test_a_list_costs_the_same_however_many_rows_it_shows(client, monkeypatch):
    """
    1. The demonstration is loaded: every register that it fills has rows.
    2. The director opens each list with one row on the page, then with fifty.
    3. Both ask the database equally often, and at most twenty times; once more only where the list ends on the page and
       the rows without a value in the sorted column follow.
    """
    for load in (load_places, load_classifications, load_shipped_rules, load_shipped_days):
        load()
    list(load_demo())
    client.force_login(User.objects.get(username="giam-doc"))

    asked = {(one.key, size): questions(client, monkeypatch, one.key, size) for one in registers() for size in (1, 50)}

    assert {key: count for key, count in asked.items() if count > MOST_QUERIES} == {}
    assert {key: count for key, count in asked.items() if not 0 <= count - asked[key[0], 1] <= 1} == {}


def questions(client, monkeypatch, key, size):
    monkeypatch.setattr(listing, "page_of", lambda *args, **said: page_of(*args, **said, size=size))
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/so/{key}/").status_code == 200
    return len(queries)
