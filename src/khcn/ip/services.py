"""Enter protection titles and registrations abroad, and take their steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from khcn.ip.models import ForeignRegistration, ProtectionTitle, TitleHolder
from khcn.ip.permissions import may_enter_title
from khcn.ip.workflow import FOREIGN_WORKFLOW, TITLE_WORKFLOW
from khcn.kernel.records.record import Record
from khcn.kernel.records.recording import recording
from khcn.kernel.workflow.services import enter, perform
from khcn.language.words import words as _
from khcn.parties.models import Organisation, Person


def enter_title(
    *, title: ProtectionTitle, holders: Sequence[Organisation | Person], actor: Any, on: date
) -> ProtectionTitle:
    """Enter an application with its holders, in the state «filed».

    Raises: NotPermitted.
    """
    may_enter_title(actor, title).enforce()
    with recording(actor=actor, verb="create", label=_("nhập đơn đăng ký bảo hộ"), on=on):
        enter(TITLE_WORKFLOW, title, actor=actor, on=on, label=_("nhập đơn đăng ký bảo hộ"))
        for party in holders:
            add_holder(title=title, party=party)
    return title


def add_holder(*, title: ProtectionTitle, party: Organisation | Person, in_province: bool = True) -> TitleHolder:
    """Add one holder inside the change under way.

    Raises: UnrecordedChange.
    """
    side = {"organisation": party} if isinstance(party, Organisation) else {"person": party}
    holder = TitleHolder(title=title, in_province=in_province, **side)
    holder.save()
    return holder


def grant_title(
    *,
    title: ProtectionTitle,
    title_number: str,
    granted_on: date,
    actor: Any,
    on: date,
    expires_on: date | None = None,
    note: str = "",
    evidence: Sequence[Record] = (),
) -> ProtectionTitle:
    """Record that the national office granted the title, and until when where that is known.

    Raises: NotPermitted; NotPossible.
    """
    title.title_number, title.granted_on = title_number, granted_on
    title.expires_on = expires_on or title.expires_on
    perform(TITLE_WORKFLOW, "grant", title, actor=actor, on=on, note=note, evidence=evidence)
    return title


def start_foreign_registration(*, registration: ForeignRegistration, actor: Any, on: date) -> ForeignRegistration:
    """Enter the intention to protect a mark abroad.

    Raises: NotPermitted.
    """
    may_enter_title(actor, registration).enforce()
    enter(FOREIGN_WORKFLOW, registration, actor=actor, on=on, label=_("mở hồ sơ đăng ký ở nước ngoài"))
    return registration


def record_foreign_filing(
    *,
    registration: ForeignRegistration,
    actor: Any,
    on: date,
    started_on: date | None = None,
    route: str = "",
    note: str = "",
    evidence: Sequence[Record] = (),
) -> ForeignRegistration:
    """Record that the application abroad was filed; a beginning and a route already known stay where none is given.

    Raises: NotPermitted; NotPossible.
    """
    registration.started_on = started_on or registration.started_on
    registration.route = route or registration.route
    perform(FOREIGN_WORKFLOW, "file", registration, actor=actor, on=on, note=note, evidence=evidence)
    return registration


def record_foreign_protection(
    *,
    registration: ForeignRegistration,
    registered_on: date,
    actor: Any,
    on: date,
    number: str = "",
    note: str = "",
    evidence: Sequence[Record] = (),
) -> ForeignRegistration:
    """Record that the mark is protected in the country.

    Raises: NotPermitted; NotPossible.
    """
    registration.registered_on = registered_on
    registration.number = number or registration.number
    perform(FOREIGN_WORKFLOW, "register", registration, actor=actor, on=on, note=note, evidence=evidence)
    return registration


def record_foreign_refusal(
    *,
    registration: ForeignRegistration,
    refused_on: date,
    actor: Any,
    on: date,
    note: str,
    evidence: Sequence[Record] = (),
) -> ForeignRegistration:
    """Record that the country does not protect the mark, with the reason in `note`.

    Raises: NotPermitted; NotPossible.
    """
    registration.refused_on = refused_on
    perform(FOREIGN_WORKFLOW, "refuse", registration, actor=actor, on=on, note=note, evidence=evidence)
    return registration
