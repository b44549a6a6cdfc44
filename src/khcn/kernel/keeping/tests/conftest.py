from __future__ import annotations

import pytest
from django.utils.module_loading import autodiscover_modules

from khcn.kernel.tests.factories import make_office

autodiscover_modules("registers")


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.SEARCH_DIR = tmp_path / "search"
    settings.FILES_DIR = tmp_path / "files"
    settings.STATIC_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def office(db):
    return make_office()


@pytest.fixture
def told():
    """Return the lines told about the progress; `told.append` takes them."""
    return []
