"""Let the record page confirm a CV through the module's service, which moves the day of the CV."""

from __future__ import annotations

from datetime import date
from typing import Any

from khcn.kernel.pages.steps import add_step
from khcn.parties.models import ScientistProfile
from khcn.parties.services.science import refresh_profile


def add_science_steps() -> None:
    """Enter the handlers of the steps of potential; the others do no more than change the state."""
    add_step(ScientistProfile.REGISTER, "refresh", _refresh)


def _refresh(*, record: ScientistProfile, actor: Any, on: date, note: str, **_more: Any) -> ScientistProfile:
    return refresh_profile(profile=record, actor=actor, on=on, note=note)
