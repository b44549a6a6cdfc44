from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine


@pytest.fixture
def time_machine_at_noon():
    """Let the edge read the clock of 24 September 2021."""
    with time_machine.travel(datetime(2021, 9, 24, 5, tzinfo=UTC), tick=True):
        yield
