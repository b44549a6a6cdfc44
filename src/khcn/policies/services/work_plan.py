"""Plan the department's own work of the next period, and follow it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from khcn.kernel.obligations.services import close_obligations, open_obligation
from khcn.kernel.records.links import LinkKind, link_records
from khcn.kernel.records.record import Record
from khcn.kernel.records.recording import recording
from khcn.kernel.workflow.services import enter, perform
from khcn.language.words import words as _
from khcn.policies.models import WorkPlanItem
from khcn.policies.permissions import may_draft
from khcn.policies.workflow import WORK_PLAN_WORKFLOW

DUTY = "work-plan-item"


def plan_item(*, item: WorkPlanItem, actor: Any, on: date) -> WorkPlanItem:
    """Put one thing into the plan; it falls due for its division, and names what it comes from as basis.

    Raises: NotPermitted.
    """
    may_draft(actor).enforce()
    with recording(actor=actor, verb="plan", label=_("đưa vào kế hoạch công tác"), on=on):
        enter(WORK_PLAN_WORKFLOW, item, actor=actor, on=on, label=_("đưa vào kế hoạch công tác"))
        if item.origin is not None:
            link_records(source=item, target=item.origin, kind=LinkKind.BASIS, actor=actor)
        action = _("Làm việc trong kế hoạch công tác")
        open_obligation(record=item, kind=DUTY, action=action, started_on=on, actor=actor, due_on=item.due_on)
    return item


def start_item(*, item: WorkPlanItem, actor: Any, on: date) -> WorkPlanItem:
    """Begin the planned work.

    Raises: NotPermitted; NotPossible.
    """
    perform(WORK_PLAN_WORKFLOW, "start", item, actor=actor, on=on)
    return item


def finish_item(*, item: WorkPlanItem, actor: Any, on: date, evidence: Sequence[Record] = ()) -> WorkPlanItem:
    """Record that the planned work is done, with its product where there is one.

    Raises: NotPermitted; NotPossible.
    """
    item.done_on = on
    with recording(actor=actor, verb="finish", label=_("ghi nhận đã xong"), on=on):
        perform(WORK_PLAN_WORKFLOW, "finish", item, actor=actor, on=on, evidence=evidence)
        close_obligations(record=item, kinds=(DUTY,), on=on, actor=actor)
    return item


def drop_item(*, item: WorkPlanItem, actor: Any, on: date, note: str) -> WorkPlanItem:
    """Take the work out of the plan with the reason.

    Raises: NotPermitted; NotPossible.
    """
    with recording(actor=actor, verb="drop", label=_("bỏ khỏi kế hoạch"), on=on):
        perform(WORK_PLAN_WORKFLOW, "drop", item, actor=actor, on=on, note=note)
        close_obligations(record=item, kinds=(DUTY,), on=on, actor=actor, cancelled=True)
    return item
