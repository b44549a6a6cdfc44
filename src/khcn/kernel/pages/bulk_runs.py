"""Do an act with many records, each in a transaction of its own, and keep what became of each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.pages.bulk import BulkAct, Said, do_with
from khcn.kernel.pages.models import BulkOutcome, BulkRun
from khcn.kernel.pages.steps import NotPossible, step_refusals
from khcn.kernel.pages.submitting import FormSentBefore
from khcn.kernel.records.constraints import NOT_KEPT
from khcn.kernel.records.corrections import CorrectionRefused
from khcn.kernel.records.registry import Register
from khcn.language.words import words as _

GONE = _("Hồ sơ không còn trong sổ bạn được xem.")


def run_act(
    register: Register,
    act: BulkAct,
    said: Said,
    wanted: Mapping[int, int],
    *,
    actor: Any,
    at: datetime,
    token: UUID,
) -> BulkRun:
    """Do the act with each of the records; what one refuses does not undo the others.

    `wanted`: number of a record → the stamp of the version that the person saw. A form sent again does nothing and
    returns the run of its first sending.
    Raises: FormSentBefore, where the number of the form belongs to another person or register.
    """
    defaults = {
        "user": actor,
        "register": register.key,
        "act": act.label,
        "wanted": list(wanted),
        "started_at": at,
    }
    run, first = BulkRun.objects.get_or_create(token=token, defaults=defaults)
    if not first and (run.user_id != actor.pk or run.register != register.key):
        raise FormSentBefore(_("Biểu mẫu này đã được gửi ở nơi khác. Chọn lại các hồ sơ rồi làm lại."))
    if first:
        for key, stamp in wanted.items():
            _do_one(run, register, act, said, key=key, stamp=stamp, actor=actor)
    return run


def _do_one(run: BulkRun, register: Register, act: BulkAct, said: Said, *, key: int, stamp: int, actor: Any) -> None:
    try:
        with transaction.atomic():
            record = register.visible_to(actor).filter(pk=key).first()
            remark = do_with(register, act, record, said, actor=actor, stamp=stamp) if record is not None else GONE
            BulkOutcome.objects.create(run=run, record_id=key, done=record is not None, why=remark)
    except IntegrityError:
        _failed(run, key, NOT_KEPT)
    except NotPossible as refusal:
        _failed(run, key, " ".join(refusal.reasons))
    except ValidationError as refusal:
        _failed(run, key, " ".join(refusal.messages))
    except _refusals() as refusal:
        _failed(run, key, str(refusal))


def _failed(run: BulkRun, key: int, why: str) -> None:
    BulkOutcome.objects.create(run=run, record_id=key, done=False, why=why)


def _refusals() -> tuple[type[Exception], ...]:
    return (NotPermitted, CorrectionRefused, *step_refusals)
