"""A small world: an office, its people, the rules it works by."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.test import Client

from khcn.governance.tests.factories import people_of_the_office
from khcn.kernel.rulebook.services import load_shipped_rules

REFUSALS = "khcn.kernel.pages.errors.RefusalMiddleware"


@pytest.fixture
def world(db):
    load_shipped_rules()
    people = people_of_the_office()
    return SimpleNamespace(**people, office=people["director"].office, division=people["specialist"].division)


@pytest.fixture
def pages(world, settings):
    settings.ROOT_URLCONF = "khcn.governance.tests.urls"
    if REFUSALS not in settings.MIDDLEWARE:
        settings.MIDDLEWARE = [*settings.MIDDLEWARE, REFUSALS]

    def of(name):
        client = Client()
        client.force_login(getattr(world, name), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return of
