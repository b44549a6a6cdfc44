from __future__ import annotations

import pytest
from django.utils.module_loading import autodiscover_modules

from khcn.kernel.tests.factories import make_office

autodiscover_modules("registers")


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR


@pytest.fixture(autouse=True)
def static_files(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path


@pytest.fixture
def office(db):
    return make_office()
