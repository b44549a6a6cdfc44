"""Make titles by walking their workflow."""

from __future__ import annotations

from datetime import date
from typing import Any

from khcn.ip.models import ProtectionTitle
from khcn.ip.services import enter_title, grant_title
from khcn.ip.states import TitleKind
from khcn.kernel.records.recording import recording
from khcn.kernel.workflow.services import enter
from khcn.parties.models import Organisation
from khcn.parties.workflow import ORGANISATION_WORKFLOW


def make_organisation(office: Any, title: str = "Hợp tác xã mẫu") -> Organisation:
    """Return an organisation of the province."""
    organisation = Organisation(office=office, title=title)
    return enter(ORGANISATION_WORKFLOW, organisation, actor=None, on=date(2021, 1, 4))


def make_title(
    office: Any, actor: Any, *, granted_on: date | None = None, number: str = "", on: date = date(2021, 1, 4)
) -> ProtectionTitle:
    """Return an application, or a granted title where a date is given."""
    title = ProtectionTitle(office=office, title=f"Nhãn hiệu mẫu {number}", kind=TitleKind.MARK)
    holder = make_organisation(office)
    with recording(actor=actor, verb="make", label="lập", on=on):
        enter_title(title=title, holders=[holder], actor=actor, on=on)
        if granted_on:
            grant_title(title=title, title_number=number or "4-0001", granted_on=granted_on, actor=actor, on=on)
    return title
