"""The export profiles as data: which field of which entity is filled with what of our registers; pure.

`export_profiles.csv` names the profiles, `export_mapping.csv` their fields, `export_codes.csv` the code lists
(TT 25/2015/TT-BKHCN, as restated). A profile is changed or added there, not in code.

`path`: the way to an element (`host/name`), to an attribute (`Title/@xml:lang`), through one that repeats
(`members[]/name`). `source`: the way from the record (`host.title`), through its parts (`members[].person.title`, or
only some: `members[role!=leader]`), a constant (`=vi`), or nothing where our registers do not hold it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

REPEATED = "[]"
ATTRIBUTE = "@"
CONSTANT = "="
FORMATS = ("json", "csv", "xml")


class UnknownProfile(Exception):
    """No profile has this key; the message names those that there are."""


@dataclass(frozen=True)
class Parts:
    """Which parts of a record are walked: those of the relation, or those whose field is, or is not, a value."""

    relation: str
    field: str = ""
    value: str = ""
    is_not: bool = False


@dataclass(frozen=True)
class MappedField:
    """One field of an entity. `note`: what it means, or why it is empty."""

    path: str
    source: str
    transform: str
    required: bool
    note: str
    formats: tuple[str, ...]

    @property
    def is_held(self) -> bool:
        """Tell whether our registers hold the field at all."""
        return bool(self.source)

    @property
    def constant(self) -> str | None:
        """Return the value that is the same for all records, None where there is none."""
        return self.source.removeprefix(CONSTANT) if self.source.startswith(CONSTANT) else None

    @property
    def group(self) -> tuple[str, ...]:
        """Return the way to the element that repeats, () where none does."""
        steps = self.path.split("/")
        place = next((number for number, step in enumerate(steps) if step.endswith(REPEATED)), -1)
        return tuple(steps[: place + 1])

    @property
    def inner(self) -> tuple[str, ...]:
        """Return the way on from the element that repeats, the whole way where none does."""
        return tuple(self.path.split("/")[len(self.group) :])

    @property
    def parts(self) -> Parts | None:
        """Return the parts that the source walks through, None where it does not."""
        if "[" not in self.source:
            return None
        relation, _, rest = self.source.partition("[")
        said = rest.partition("]")[0]
        field, sign, value = said.partition("=")
        if not sign:
            return Parts(relation)
        return Parts(relation, field.removesuffix("!"), value, is_not=field.endswith("!"))

    @property
    def steps(self) -> tuple[str, ...]:
        """Return the names of the fields that lead from the record, or from its part, to the value."""
        rest = self.source.partition("].")[2] if self.parts is not None else self.source
        return tuple(rest.split("."))


@dataclass(frozen=True)
class Profile:
    """One way to give our registers to another system. `entities`: their fields by the name of the entity."""

    key: str
    version: str
    label: str
    namespace: str
    root: str
    basis: str
    confidence: str
    note: str
    entities: Mapping[str, tuple[MappedField, ...]]

    @property
    def formats(self) -> tuple[str, ...]:
        """Return the formats in which any field is given, in our order."""
        said = {one for fields in self.entities.values() for field in fields for one in field.formats}
        return tuple(one for one in FORMATS if one in said)

    @property
    def not_held(self) -> list[str]:
        """Return the fields that our registers do not hold, as entity and path."""
        return [f"{entity}/{one.path}" for entity, fields in self.entities.items() for one in fields if not one.is_held]


@cache
def profiles() -> Mapping[str, Profile]:
    """Return all profiles by their key."""
    mapped: dict[str, dict[str, list[MappedField]]] = {}
    for row in _rows("export_mapping.csv"):
        mapped.setdefault(row["profile"], {}).setdefault(row["entity"], []).append(_field(row))
    return {
        row["profile"]: Profile(
            key=row["profile"],
            entities={entity: tuple(fields) for entity, fields in mapped[row["profile"]].items()},
            **{name: row[name] for name in ("version", "label", "namespace", "root", "basis", "confidence", "note")},
        )
        for row in _rows("export_profiles.csv")
    }


def profile_named(key: str) -> Profile:
    """Return the profile of that key.

    Raises: UnknownProfile.
    """
    if key not in profiles():
        raise UnknownProfile(", ".join(profiles()))
    return profiles()[key]


@cache
def code_list(name: str) -> Mapping[str, str]:
    """Return the codes of a list by our own values."""
    return {row["value"]: row["code"] for row in _rows("export_codes.csv") if row["list"] == name}


def _field(row: dict[str, str]) -> MappedField:
    formats = tuple(row["format"].split("+"))
    return MappedField(row["path"], row["source"], row["transform"], bool(row["required"]), row["note"], formats)


def _rows(name: str) -> Iterable[dict[str, str]]:
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
