"""Hold the research field and the track of a task against the code lists and rules, on the day that counts for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from khcn.kernel.classifications.models import Classification
from khcn.kernel.classifications.schemes import RESEARCH_FIELDS
from khcn.kernel.classifications.selectors import schemes_in_force
from khcn.kernel.identity.models import Office
from khcn.kernel.records.recording import current_recording
from khcn.kernel.rulebook.selectors import RuleUnknown, rule_in_force, said_of
from khcn.kernel.rulebook.timeline import applying
from khcn.language.words import words as _
from khcn.research.field_codes import FieldEntry, FieldTable, field_faults, field_table
from khcn.research.models import OutsideResult, ResearchTask
from khcn.research.states import TaskTrack
from khcn.ui import formats

LEVELS_RULE = "research.field.levels"
Fielded = ResearchTask | OutsideResult
FIELD_SCHEMES = RESEARCH_FIELDS
"""Schemes of research fields begin so; a task's field may by mistake be of another list."""


def known_fields() -> FieldTable:
    """Return all entries of all schemes of research fields; one query."""
    rows = Classification.objects.filter(scheme__startswith=FIELD_SCHEMES).order_by("scheme", "code")
    return field_table(_entry(row) for row in rows)


def _entry(row: Classification) -> FieldEntry:
    return FieldEntry(row.scheme, row.code, row.attributes.get("level"), row.valid_from, row.valid_to)


def allowed_levels(office: Office) -> Callable[[date], Sequence[int] | None]:
    """Return what tells the levels that the rule allows on a day, None for any; one query for all days.

    A value of the office itself goes before the country's, as everywhere.
    """
    said = said_of(LEVELS_RULE)

    def levels(day: date) -> Sequence[int] | None:
        found = applying(said, on=day, office=office.pk)
        return None if found is None else found.value

    return levels


def reference_day(record: Fielded, on: date) -> date:
    """Return the day on which a field must be in force.

    Of a task that of its approval, until then the day said; of a result done without the State's money that on which
    its dossier came.
    """
    return record.received_on if isinstance(record, OutsideResult) else record.approved_on or on


def field_in_its_time(field: Classification | None, day: date) -> Classification | None:
    """Return the entry of the same code that was in force on the day, where this one was not and just one was.

    A sheet of old tasks names codes only, and one code may stand in the lists of 2008 and of 2025.
    """
    if field is None or not field.scheme.startswith(FIELD_SCHEMES) or _entry(field).is_valid_on(day):
        return field
    found = Classification.objects.filter(scheme__startswith=FIELD_SCHEMES, code=field.code).valid_on(day)[:2]
    return found[0] if len(found) == 1 else field


def field_refusals(record: Fielded, on: date) -> list[str]:
    """Return why the record cannot have its field, in sentences with the rule; [] where it can or has none."""
    if record.field is None:
        return []
    day = reference_day(record, on)
    try:
        rule = rule_in_force(LEVELS_RULE, on=day, office=record.office)
    except RuleUnknown:
        levels, basis = None, ""
    else:
        levels, basis = rule.value, rule.legal_basis
    own = record.field
    known = known_fields() if own.scheme.startswith(FIELD_SCHEMES) else field_table(())
    found = [fault.words for fault in field_faults(own.code, day, known, levels, scheme=own.scheme)]
    if not found:
        return []
    by_rule = [_("Theo: {basis}.").format(basis=basis)] if basis else []
    return [*found, *by_rule, *_what_to_load(day)]


def _what_to_load(day: date) -> list[str]:
    """Say what to do where no list of research fields holds codes for the day; [] where one does."""
    if schemes_in_force(FIELD_SCHEMES, day):
        return []
    words = _(
        "Bảng mã lĩnh vực có hiệu lực ngày {day} chưa được nạp: nhờ quản trị hệ thống nhập ở trang «Bảng phân loại», "
        "hoặc để trống lĩnh vực rồi bổ sung sau."
    )
    return [words.format(day=formats.day(day))]


def track_refusals(task: ResearchTask) -> list[str]:
    """Return why a task cannot have the kind of support that is written on it."""
    if task.innovation_kind and task.track != TaskTrack.INNOVATION:
        words = _("Chỉ nhiệm vụ «{track}» mới có nội dung hỗ trợ.")
        return [words.format(track=TaskTrack.INNOVATION.label)]
    return []


def corrected_field_refusals(before: Any, after: Any) -> list[str]:
    """Return why a corrected field of a task or result, or the track of a task, cannot stand; [] for other records."""
    if not isinstance(after, Fielded):
        return []
    reasons = _track_change_refusals(before, after) if isinstance(after, ResearchTask) else []
    if before.field_id == after.field_id:
        return reasons
    change = current_recording()
    return reasons + field_refusals(after, change.on or timezone.localdate(change.recorded_from))


def _track_change_refusals(before: Any, after: ResearchTask) -> list[str]:
    reasons = track_refusals(after)
    if before.track != after.track and before.approved_on is not None:
        reasons.append(_("Nhiệm vụ đã phê duyệt thì không đổi loại: thời hạn và thủ tục đã theo loại ấy."))
    return reasons
