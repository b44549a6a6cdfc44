"""Hold the research field and the track of a task against the code lists and rules, on the day that counts for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from khcn.kernel.classifications.models import Classification
from khcn.kernel.identity.models import Office
from khcn.kernel.records.recording import current_recording
from khcn.kernel.rulebook.selectors import RuleUnknown, rule_in_force, said_of
from khcn.kernel.rulebook.timeline import applying
from khcn.language.words import words as _
from khcn.research.field_codes import FieldEntry, FieldTable, field_faults, field_table
from khcn.research.models import ResearchTask
from khcn.research.states import TaskTrack

LEVELS_RULE = "research.field.levels"
FIELD_SCHEMES = "research-field"
"""Schemes of research fields begin so; a task's field may by mistake be of another list."""


def known_fields() -> FieldTable:
    """Return all entries of all schemes of research fields; one query."""
    rows = Classification.objects.filter(scheme__startswith=FIELD_SCHEMES).order_by("scheme", "code")
    return field_table(
        FieldEntry(row.scheme, row.code, row.attributes.get("level"), row.valid_from, row.valid_to) for row in rows
    )


def allowed_levels(office: Office) -> Callable[[date], Sequence[int] | None]:
    """Return what tells the levels that the rule allows on a day, None for any; one query for all days.

    A value of the office itself goes before the country's, as everywhere.
    """
    said = said_of(LEVELS_RULE)

    def levels(day: date) -> Sequence[int] | None:
        found = applying(said, on=day, office=office.pk)
        return None if found is None else found.value

    return levels


def reference_day(task: ResearchTask, on: date) -> date:
    """Return the day on which a task's field must be in force: that of its approval, until then the day said."""
    return task.approved_on or on


def field_refusals(task: ResearchTask, on: date) -> list[str]:
    """Return why the task cannot have its field, in sentences with the rule; [] where it can or has none."""
    if task.field is None:
        return []
    day = reference_day(task, on)
    try:
        rule = rule_in_force(LEVELS_RULE, on=day, office=task.office)
    except RuleUnknown:
        levels, basis = None, ""
    else:
        levels, basis = rule.value, rule.legal_basis
    own = task.field
    known = known_fields() if own.scheme.startswith(FIELD_SCHEMES) else field_table(())
    found = [fault.words for fault in field_faults(own.code, day, known, levels)]
    return [*found, _("Theo: {basis}.").format(basis=basis)] if found and basis else found


def track_refusals(task: ResearchTask) -> list[str]:
    """Return why a task cannot have the kind of support that is written on it."""
    if task.innovation_kind and task.track != TaskTrack.INNOVATION:
        words = _("Chỉ nhiệm vụ «{track}» mới có nội dung hỗ trợ.")
        return [words.format(track=TaskTrack.INNOVATION.label)]
    return []


def corrected_field_refusals(before: Any, after: Any) -> list[str]:
    """Return why a task's corrected field or track cannot stand; [] for other records, and where they are as before."""
    if not isinstance(after, ResearchTask):
        return []
    reasons = track_refusals(after)
    if before.track != after.track and before.approved_on is not None:
        reasons.append(_("Nhiệm vụ đã phê duyệt thì không đổi loại: thời hạn và thủ tục đã theo loại ấy."))
    if before.field_id == after.field_id:
        return reasons
    change = current_recording()
    return reasons + field_refusals(after, change.on or timezone.localdate(change.recorded_from))
