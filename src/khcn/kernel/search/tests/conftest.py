from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils.module_loading import autodiscover_modules

from khcn.kernel.search import services
from khcn.kernel.tests.factories import make_office

autodiscover_modules("registers")
NOW = datetime(2021, 9, 24, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.SEARCH_DIR = tmp_path / "search"
    settings.FILES_DIR = tmp_path / "files"
    return tmp_path


@pytest.fixture(autouse=True)
def static_files(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path


@pytest.fixture
def office(db):
    return make_office()


@pytest.fixture
def indexed(db):
    """Return a function that brings the index up to date."""
    return lambda: services.index_pending(now=NOW)
