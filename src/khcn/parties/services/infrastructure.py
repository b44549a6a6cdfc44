"""Enter laboratories and equipment."""

from __future__ import annotations

from datetime import date
from typing import Any

from khcn.kernel.workflow.services import NotPossible, enter
from khcn.kernel.workflow.standing import withdrawn_reason
from khcn.language.words import words as _
from khcn.parties.models import Equipment, Laboratory
from khcn.parties.permissions import may_edit_party
from khcn.parties.science_selectors import PERSON_LEVELS, FieldRefused, field_named
from khcn.parties.science_workflow import EQUIPMENT_WORKFLOW, LABORATORY_WORKFLOW


def enter_laboratory(*, laboratory: Laboratory, field: str, actor: Any, on: date) -> Laboratory:
    """Enter a laboratory of an organisation.

    `field`: the code or name of its field. Raises: NotPermitted; NotPossible; RuleUnknown.
    """
    label = _("Ghi phòng thí nghiệm")
    if actor is not None:
        may_edit_party(actor, laboratory).enforce()
    if reason := withdrawn_reason(laboratory.organisation):
        raise NotPossible(laboratory, label, [reason])
    try:
        laboratory.field = field_named(field, on=on, office=laboratory.office, levels=PERSON_LEVELS)
    except FieldRefused as refusal:
        raise NotPossible(laboratory, label, [str(refusal)]) from refusal
    enter(LABORATORY_WORKFLOW, laboratory, actor=actor, on=on, label=_("ghi vào sổ phòng thí nghiệm"))
    return laboratory


def enter_equipment(*, equipment: Equipment, actor: Any, on: date) -> Equipment:
    """Enter a piece of equipment of an organisation.

    Raises: NotPermitted; NotPossible.
    """
    if actor is not None:
        may_edit_party(actor, equipment).enforce()
    if reason := withdrawn_reason(equipment.organisation):
        raise NotPossible(equipment, _("Ghi thiết bị"), [reason])
    enter(EQUIPMENT_WORKFLOW, equipment, actor=actor, on=on, label=_("ghi vào sổ thiết bị"))
    return equipment
