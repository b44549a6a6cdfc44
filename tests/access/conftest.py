"""The world of the access tests: built once for each file, taken back after it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from khcn.kernel.rulebook.services import load_shipped_rules
from tests.access.worlds import make_people, make_records


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[dict[str, Any], dict[Any, Any]]]:
    """Return the people by role and the records by register and kind, with the rules that ship."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_shipped_rules()
        yield make_people(), make_records()
        transaction.set_rollback(True)
