"""Read the lists of places that come with the product; pure, without a database."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

DATA = Path(__file__).with_name("data")
REFORM = date(2025, 7, 1)
"""The first day of two-level local government: districts ended the day before."""
NOW_SOURCE = "thanglequoc/vietnamese-provinces-database cd5806329958 (MIT)"
OLD_SOURCE = "vietnamadminunits 1.0.4 (MIT)"
COUNTRY = "VN"
OLD_TYPES = ("Tỉnh", "Thành phố", "Thị xã", "Thị trấn", "Quận", "Huyện", "Phường", "Xã")


@dataclass(frozen=True)
class ShippedPlace:
    """One unit: its code within its level and time, the code of the unit above, inclusive days of its life."""

    code: str
    name: str
    full_name: str
    name_en: str
    level: str
    unit_type: str
    parent: str
    valid_from: date | None
    valid_to: date | None
    source: str

    @property
    def key(self) -> tuple[str, str, date | None]:
        """Return what tells this unit from every other: level, code, first day."""
        return self.level, self.code, self.valid_from


@dataclass(frozen=True)
class ShippedSuccession:
    """One statement that an older unit became a newer one, as their codes."""

    old: str
    new: str
    in_part: bool
    legal_basis: str


def shipped_places() -> list[ShippedPlace]:
    """Return all units, those above before those below: country, provinces, districts, communes."""
    country = ShippedPlace(COUNTRY, "Việt Nam", "Việt Nam", "Viet Nam", "country", "", "", None, None, "")
    old = list(_old_units())
    above = [unit for unit in old if unit.level != "commune"]
    return [country, *_provinces(), *above, *_communes(), *(unit for unit in old if unit.level == "commune")]


def shipped_successions() -> list[ShippedSuccession]:
    """Return what became of the older units."""
    return [
        ShippedSuccession(row["old"], row["new"], bool(row["in_part"]), row["legal_basis"])
        for row in _rows("successions.csv")
    ]


def _provinces() -> Iterator[ShippedPlace]:
    for row in _rows("provinces.csv"):
        yield ShippedPlace(
            code=row["code"],
            name=row["name"],
            full_name=row["full_name"],
            name_en=row["name_en"],
            level="province",
            unit_type=row["unit_type"],
            parent=COUNTRY,
            valid_from=_day(row["valid_from"]),
            valid_to=None,
            source=NOW_SOURCE,
        )


def _communes() -> Iterator[ShippedPlace]:
    for row in _rows("communes.csv"):
        yield ShippedPlace(
            code=row["code"],
            name=row["name"],
            full_name=row["full_name"],
            name_en="",
            level="commune",
            unit_type=row["unit_type"],
            parent=row["province"],
            valid_from=REFORM,
            valid_to=None,
            source=NOW_SOURCE,
        )


def _old_units() -> Iterator[ShippedPlace]:
    for row in _rows("old_units.csv"):
        yield ShippedPlace(
            code=row["code"],
            name=row["name"],
            full_name=row["full_name"],
            name_en="",
            level=row["level"],
            unit_type=next(words for words in OLD_TYPES if row["full_name"].startswith(words)),
            parent=row["parent"] or COUNTRY,
            valid_from=None,
            valid_to=_day(row["valid_to"]),
            source=OLD_SOURCE,
        )


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
