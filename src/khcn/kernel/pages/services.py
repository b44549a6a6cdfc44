"""Enter a record once however often its form is sent, and withdraw one with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from khcn.kernel.obligations.models import Obligation
from khcn.kernel.obligations.services import close_obligations
from khcn.kernel.pages.permissions import may_enter, may_withdraw
from khcn.kernel.pages.submitting import entered_once
from khcn.kernel.records.constraints import broken_constraint
from khcn.kernel.records.corrections import CorrectionRefused
from khcn.kernel.records.record import Record
from khcn.kernel.records.recording import recording
from khcn.kernel.records.registry import Register, register
from khcn.language.words import words as _


def enter_once(found: Register, values: Mapping[str, Any], *, actor: Any, on: date, token: UUID) -> tuple[Record, bool]:
    """Enter the record; returns it, and whether it was made now rather than by an earlier sending of the same form.

    Raises: NotPermitted; CorrectionRefused, where a constraint would break; FormSentBefore; whatever the register's
    own service refuses with.
    """
    may_enter(actor, found).enforce()

    def enter() -> Record:
        _refuse_conflict(found, values, actor)
        return found.enter(values=dict(values), actor=actor, on=on)  # type: ignore[misc]  # may_enter asked

    entered = entered_once(found.key, enter, actor=actor, token=token)
    return entered.record, entered.made


def withdraw_record(*, record: Record, actor: Any, on: date, why: str) -> Record:
    """Withdraw a record entered by mistake or no longer to count; what fell due on it is dropped.

    Raises: NotPermitted; CorrectionRefused, without a reason or when it was withdrawn meanwhile.
    """
    may_withdraw(actor, register(record.REGISTER), record).enforce()
    if not why.strip():
        raise CorrectionRefused(_("Ghi lý do thu hồi."))
    with recording(actor=actor, verb="withdraw", label=_("thu hồi hồ sơ"), why=why.strip(), on=on):
        current: Record = type(record).objects.select_for_update(of=("self",)).get(pk=record.pk)
        if current.withdrawn_on is not None:
            raise CorrectionRefused(_("Hồ sơ {code} vừa được người khác thu hồi.").format(code=current.code))
        current.withdrawn_on, current.withdrawal_reason = on, why.strip()
        current.save()
        kinds = Obligation.objects.about(current.ref).open().values_list("kind", flat=True)
        close_obligations(record=current, kinds=sorted(set(kinds)), on=on, actor=actor, cancelled=True)
    return current


def _refuse_conflict(found: Register, values: Mapping[str, Any], actor: Any) -> None:
    stored = {name: value for name, value in values.items() if found.question(name) is None}
    initial = found.workflow.initial if found.workflow is not None else ""
    candidate = found.model(office=actor.working_office, state=initial, **stored)
    if broken := broken_constraint(candidate, actor):
        raise CorrectionRefused(broken.sentence, broken.names)
