"""What tests of several folders ask for."""

from __future__ import annotations

import pytest
from django.utils.translation import trans_real

from tests.marking import Marking


@pytest.fixture
def marking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let English be the language of brackets."""
    trans_real.translation("en")
    monkeypatch.setitem(trans_real._translations, "en", Marking())
