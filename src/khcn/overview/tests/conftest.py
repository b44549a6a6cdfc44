from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client

from khcn.governance.tests.factories import make_conclusion, make_organisation, make_session, people_of_the_office
from khcn.kernel.rulebook.services import load_shipped_rules

TODAY = date(2021, 11, 1)


@pytest.fixture
def world(db):
    load_shipped_rules()
    people = people_of_the_office()
    session = make_session(people["specialist"])
    return SimpleNamespace(
        **people,
        office=people["director"].office,
        division=people["specialist"].division,
        session=session,
        conclusion=make_conclusion(session, people["specialist"]),
        agency_org=make_organisation(people["specialist"], "Sở Mẫu"),
    )


@pytest.fixture
def pages(world):
    def of(name):
        client = Client()
        client.force_login(getattr(world, name), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return of
