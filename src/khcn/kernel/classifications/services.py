"""Bring the shipped code lists into the database."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from khcn.kernel.classifications.models import Classification
from khcn.kernel.classifications.shipped import shipped_classes

WORDS = ("name", "valid_to", "legal_basis", "confidence", "attributes")


@dataclass(frozen=True)
class Loaded:
    """How many entries a load added, and how many it corrected."""

    added: int
    corrected: int


@transaction.atomic
def load_classifications() -> Loaded:
    """Enter the shipped entries; a second run changes nothing, a newer list corrects words and takes nothing away."""
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
        elif any(getattr(found, name) != value for name, value in words.items()):
            Classification.objects.filter(pk=found.pk).update(**words)
            corrected += 1
    return Loaded(added, corrected)
