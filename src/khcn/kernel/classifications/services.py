"""Bring code lists into the database: those that ship with the product, and those that an office takes from a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from khcn.kernel.classifications.models import Classification
from khcn.kernel.classifications.planning import Changed, ClassFault, ClassPlan, Entry, StatedClass, plan_classes
from khcn.kernel.classifications.schemes import Scheme
from khcn.kernel.classifications.shipped import shipped_classes
from khcn.language.words import words as _

WORDS = ("name", "valid_to", "legal_basis", "confidence", "attributes")
STATED = ("name", "name_en", "valid_to", "legal_basis", "confidence")
BATCH = 500


class ClassesRefused(ValueError):
    """Rows of a file cannot stand in a classification; nothing was written. `faults`: which, why, what to do."""

    def __init__(self, scheme: Scheme, faults: Sequence[ClassFault]) -> None:
        self.faults = tuple(faults)
        words = _("Chưa nhập gì vào bảng «{label}»: {count} chỗ sai. Sửa trong tệp rồi nhập lại.")
        super().__init__(words.format(label=scheme.label, count=len(self.faults)))


@dataclass(frozen=True)
class Loaded:
    """How many entries a load added, and how many it corrected."""

    added: int
    corrected: int


@transaction.atomic
def load_classifications() -> Loaded:
    """Enter the shipped entries; a second run changes nothing, a newer list corrects words and takes nothing away.

    What an office took from a file stays as the office has it.
    """
    known = {(row.scheme, row.code, row.valid_from): row for row in Classification.objects.all()}
    by_code = {(row.scheme, row.code): row for row in known.values()}
    added = corrected = 0
    for row in shipped_classes():
        words = {name: getattr(row, name) for name in WORDS}
        found = known.get(row.key)
        if found is None:
            parent = by_code[row.scheme, row.parent] if row.parent else None
            by_code[row.scheme, row.code] = Classification.objects.create(
                scheme=row.scheme, code=row.code, valid_from=row.valid_from, parent=parent, **words
            )
            added += 1
        elif not found.imported and any(getattr(found, name) != value for name, value in words.items()):
            Classification.objects.filter(pk=found.pk).update(**words)
            corrected += 1
    return Loaded(added, corrected)


def plan_import(scheme: Scheme, stated: Sequence[StatedClass], whole_since: date | None = None) -> ClassPlan:
    """Return what the rows would change in the classification as it stands; nothing is written.

    `whole_since`: as `plan_classes` takes it.
    """
    rows = Classification.objects.select_for_update().of(scheme.key).order_by("code", "pk")
    with transaction.atomic():
        entries = [
            Entry(key=row.pk, code=row.code, valid_from=row.valid_from, **{name: getattr(row, name) for name in STATED})
            for row in rows
        ]
    return plan_classes(scheme, stated, entries, whole_since)


@transaction.atomic
def write_classes(scheme: Scheme, stated: Sequence[StatedClass], whole_since: date | None = None) -> ClassPlan:
    """Write what the rows say into the classification, all or nothing; the same rows again change nothing.

    Raises: ClassesRefused.
    """
    plan = plan_import(scheme, stated, whole_since)
    if plan.faults:
        raise ClassesRefused(scheme, plan.faults)
    for one in (*plan.corrected, *plan.ended):
        words = {name: getattr(one.after, name) for name in STATED}
        Classification.objects.of(scheme.key).filter(pk__in=[one.after.key]).update(imported=True, **words)
    for level, _length in enumerate(scheme.lengths, start=1):
        _add(scheme, [one for one in plan.added if scheme.level_of(one.after.code) == level], level)
    return plan


def _add(scheme: Scheme, added: Sequence[Changed], level: int) -> None:
    """Add entries of one level; those above them are there already."""
    above = _parents(scheme, {scheme.parent_of(one.after.code) for one in added})
    rows = [
        Classification(
            scheme=scheme.key,
            code=entry.code,
            valid_from=entry.valid_from,
            parent=_standing(above.get(scheme.parent_of(entry.code), ()), entry.first),
            attributes={"level": level},
            imported=True,
            **{name: getattr(entry, name) for name in STATED},
        )
        for entry in (one.after for one in added)
    ]
    Classification.objects.bulk_create(rows, batch_size=BATCH)


def _parents(scheme: Scheme, codes: set[str]) -> dict[str, list[Classification]]:
    found: dict[str, list[Classification]] = {}
    for row in Classification.objects.of(scheme.key).filter(code__in=codes - {""}).order_by("pk"):
        found.setdefault(row.code, []).append(row)
    return found


def _standing(rows: Iterable[Classification], day: date) -> Classification | None:
    """Return the entry in force on the day; every entry above is, or the plan has refused."""
    return next((one for one in rows if _first(one) <= day <= (one.valid_to or date.max)), None)


def _first(row: Classification) -> date:
    return row.valid_from or date.min
