"""Let the shared record page take the steps of councils through this module's services."""

from __future__ import annotations

from typing import Any

from khcn.councils.forms import EstablishStepForm, InviteStepForm
from khcn.councils.models import Council
from khcn.councils.services import forming, scoring
from khcn.kernel.pages.steps import add_step


def _establish(*, record: Any, actor: Any, on: Any, data: dict[str, Any], **_rest: Any) -> Any:
    return forming.establish(council=record, actor=actor, on=on, **data)


def _invite(*, record: Any, actor: Any, on: Any, data: dict[str, Any], **_rest: Any) -> Any:
    return forming.invite(council=record, actor=actor, on=on, **data)


def _open(*, record: Any, actor: Any, on: Any, **_rest: Any) -> Any:
    return scoring.open_slips(council=record, actor=actor, on=on)


def _count(*, record: Any, actor: Any, on: Any, **_rest: Any) -> Any:
    return scoring.count_slips(council=record, actor=actor, on=on)


def _conclude(*, record: Any, actor: Any, on: Any, **_rest: Any) -> Any:
    return forming.conclude(council=record, actor=actor, on=on)


def _dissolve(*, record: Any, actor: Any, on: Any, note: str, **_rest: Any) -> Any:
    return forming.dissolve(council=record, actor=actor, on=on, note=note)


add_step(Council.REGISTER, "establish", _establish, EstablishStepForm)
add_step(Council.REGISTER, "invite", _invite, InviteStepForm)
add_step(Council.REGISTER, "open", _open)
add_step(Council.REGISTER, "count", _count)
add_step(Council.REGISTER, "conclude", _conclude)
add_step(Council.REGISTER, "dissolve", _dissolve)
