from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

from khcn.kernel.files.services import attach
from khcn.kernel.keeping.health.examination import CHECKS, examine
from khcn.kernel.keeping.health.findings import Asked, Level
from khcn.kernel.obligations.work_calendar import load_shipped_days
from khcn.kernel.records.links import LinkKind, link_records
from khcn.kernel.search.services import index_pending
from khcn.kernel.tests.factories import TODAY, make_office, make_title

autodiscover_modules("registers")


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.SEARCH_DIR = tmp_path / "search"
    settings.FILES_DIR = tmp_path / "files"
    settings.STATIC_ROOT = tmp_path


@pytest.fixture
def titles(db):
    """Return three titles of a healthy installation: linked, one with a file, indexed, the calendar loaded."""
    make_office()
    found = [make_title(f"Nhãn hiệu {number}") for number in range(3)]
    attach(record=found[0], data=b"noi dung", filename="a.txt", actor=None, on=TODAY)
    link_records(source=found[0], target=found[1], kind=LinkKind.BASIS, actor=None)
    load_shipped_days()
    index_pending(now=timezone.now())
    return found


@pytest.fixture
def found():
    """Return a function that runs the named checks, or all: key → what each found, as «where: what» by level."""

    def run(*keys, level=Level.FAULT, all_files=True, later=timedelta(0)):
        asked = [check for check in CHECKS if not keys or check.key in keys]
        results = examine(Asked(timezone.now() + later, all_files), asked)
        return {
            result.check.key: [f"{one.where}: {one.what}" for one in result.findings if one.level == level]
            for result in results
            if any(one.level == level for one in result.findings)
        }

    return run
