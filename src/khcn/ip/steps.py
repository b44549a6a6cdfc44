"""Let the shared record page take the steps of titles and of registrations abroad through this module's services."""

from __future__ import annotations

from typing import Any

from khcn.ip.forms import FileAbroadStepForm, GrantStepForm, RefuseAbroadStepForm, RegisterAbroadStepForm
from khcn.ip.models import ForeignRegistration, ProtectionTitle
from khcn.ip.services import (
    grant_title,
    record_foreign_filing,
    record_foreign_protection,
    record_foreign_refusal,
)
from khcn.kernel.pages.steps import add_step


def _grant(*, record: Any, data: dict[str, Any], **said: Any) -> Any:
    return grant_title(title=record, **said, **data)


def _file(*, record: Any, data: dict[str, Any], **said: Any) -> Any:
    return record_foreign_filing(registration=record, **said, **data)


def _register(*, record: Any, data: dict[str, Any], **said: Any) -> Any:
    return record_foreign_protection(registration=record, **said, **data)


def _refuse(*, record: Any, data: dict[str, Any], **said: Any) -> Any:
    return record_foreign_refusal(registration=record, **said, **data)


def add_steps() -> None:
    """Register the steps that ask for more than day, note and evidence; the others need nothing besides."""
    add_step(ProtectionTitle.REGISTER, "grant", _grant, GrantStepForm)
    add_step(ForeignRegistration.REGISTER, "file", _file, FileAbroadStepForm)
    add_step(ForeignRegistration.REGISTER, "register", _register, RegisterAbroadStepForm)
    add_step(ForeignRegistration.REGISTER, "refuse", _refuse, RefuseAbroadStepForm)
