"""Bring the shipped places into the database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from khcn.kernel.places.models import Place, PlaceSuccession
from khcn.kernel.places.shipped import REFORM, ShippedPlace, shipped_places, shipped_successions

BATCH = 2000
WORDS = ("name", "full_name", "name_en", "unit_type", "valid_to", "source")
_Key = tuple[str, str, date | None]


@dataclass(frozen=True)
class Loaded:
    """How many rows a load added, and how many it corrected."""

    places: int
    successions: int
    corrected: int


@transaction.atomic
def load_places() -> Loaded:
    """Enter the shipped units and what became of them; a second run changes nothing.

    Units are known by level, code and first day; words that a newer list corrects are corrected, nothing is taken away.
    """
    shipped = shipped_places()
    rows = {row.key: row for row in shipped}
    known: dict[_Key, Place] = {(place.level, place.code, place.valid_from): place for place in Place.objects.all()}
    corrected = _correct(known, rows)
    added = 0
    for level in ("country", "province", "district", "commune"):
        fresh = [row for row in shipped if row.level == level and row.key not in known]
        above = _by_code(known.values())
        places = [_place(row, _parent(row, above)) for row in fresh]
        Place.objects.bulk_create(places, batch_size=BATCH)
        known |= {row.key: place for row, place in zip(fresh, places, strict=True)}
        added += len(places)
    return Loaded(added, _load_successions(known), corrected)


def _place(row: ShippedPlace, parent: Place | None) -> Place:
    words = {name: getattr(row, name) for name in WORDS}
    return Place(code=row.code, level=row.level, valid_from=row.valid_from, parent=parent, **words)


def _parent(row: ShippedPlace, above: dict[str, list[Place]]) -> Place | None:
    """Find the unit above: of that code, standing on the last day of the unit, or since the reform."""
    if not row.parent:
        return None
    return next(place for place in above[row.parent] if place.existed_on(row.valid_to or REFORM))


def _by_code(places: Iterable[Place]) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    for place in places:
        found.setdefault(place.code, []).append(place)
    return found


def _correct(known: dict[_Key, Place], rows: dict[_Key, ShippedPlace]) -> int:
    changed = []
    for key, place in known.items():
        row = rows.get(key)
        if row is not None and any(getattr(place, name) != getattr(row, name) for name in WORDS):
            for name in WORDS:
                setattr(place, name, getattr(row, name))
            changed.append(place)
    Place.objects.bulk_update(changed, WORDS, batch_size=BATCH)
    return len(changed)


def _load_successions(known: dict[_Key, Place]) -> int:
    ended: dict[str, Place] = {}
    standing: dict[str, Place] = {}
    for place in known.values():
        (standing if place.valid_to is None else ended)[place.code] = place
    said = set(PlaceSuccession.objects.values_list("predecessor_id", "successor_id"))
    fresh = []
    for row in shipped_successions():
        old, new = ended[row.old], standing[row.new]
        if (old.pk, new.pk) not in said:
            fresh.append(
                PlaceSuccession(predecessor=old, successor=new, in_part=row.in_part, legal_basis=row.legal_basis)
            )
    PlaceSuccession.objects.bulk_create(fresh, batch_size=BATCH)
    return len(fresh)
