"""What an import declares before its first row: who, for whom, when, and since when the data was known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from khcn.kernel.exchange.permissions import may_declare_past
from khcn.kernel.identity.models import Office
from khcn.kernel.records.clock import recording_instant
from khcn.kernel.records.models import RegisterOpening
from khcn.kernel.records.registry import Register
from khcn.language.words import words as _
from khcn.ui import formats


class PastRefused(Exception):
    """What was declared of the past cannot stand; the message says why and what to do."""


@dataclass(frozen=True)
class Declaration:
    """Who imports what, for which office, on which day, known since when, from which file."""

    register: Register
    actor: Any
    office: Office
    on: date
    known_from: datetime | None
    source: str


def enforce_past(declaration: Declaration) -> None:
    """Stop unless the import may say since when its data was known; without such a declaration nothing is asked.

    The past that may be declared ends where the register was opened here: from then on it speaks for itself.
    Raises: NotPermitted; PastRefused.
    """
    if declaration.known_from is None:
        return
    may_declare_past(declaration.actor, declaration.office).enforce()
    if declaration.known_from >= recording_instant():
        raise PastRefused(_("Không khai được dữ liệu đã biết từ một thời điểm chưa tới. Chọn một ngày đã qua."))
    opened_at = opening_of(declaration.register, declaration.office)
    if opened_at is not None and declaration.known_from >= opened_at:
        raise PastRefused(
            _(
                "Sổ «{label}» đã mở tại đây lúc {opened_at}; chỉ khai được dữ liệu đã biết từ trước lúc đó. Chọn "
                "ngày trước lúc mở sổ, hoặc bỏ phần khai này để nhập như dữ liệu mới."
            ).format(label=declaration.register.label, opened_at=formats.instant(timezone.localtime(opened_at)))
        )


def opening_of(register: Register, office: Office) -> datetime | None:
    """Return the instant from which the office keeps the register here, None where none was set."""
    found: datetime | None = (
        RegisterOpening.objects.filter(office=office, register=register.key).values_list("opened_at", flat=True).first()
    )
    return found
