"""What a record says in the fields of an export profile, and what is wrong with it there.

What is confidential or withdrawn is given to nobody: a field that leads through such a record stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.classifications.models import Classification
from khcn.kernel.records.record import Record
from khcn.language.words import in_source
from khcn.parties.models import ScientistProfile
from khcn.research.export_profiles import ATTRIBUTE, REPEATED, MappedField, Parts, code_list
from khcn.research.field_codes import FieldTable, field_faults, field_table
from khcn.research.states import TaskState
from khcn.research.task_fields import FIELD_SCHEMES

TEXT = "#"
"""Under this name stands the text of an element that has attributes besides."""
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML cannot hold; they mean nothing in other formats either."""
SEPARATORS = re.compile(r"[,;\n]")
URN = "urn:khcn:"
Node = dict[str, Any]


@dataclass
class Findings:
    """What is wrong with one record: required fields that are empty, codes that are not right, what was kept back."""

    missing: list[str] = field(default_factory=list)
    codes: list[dict[str, str]] = field(default_factory=list)
    withheld: list[str] = field(default_factory=list)
    cleaned: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.missing or self.codes or self.withheld or self.cleaned)

    def told(self) -> dict[str, Any]:
        """Return what there is to tell, each path once."""
        said: dict[str, list[Any]] = {
            "missing_required": list(dict.fromkeys(self.missing)),
            "code_faults": self.codes,
            "withheld": list(dict.fromkeys(self.withheld)),
            "control_characters_removed": list(dict.fromkeys(self.cleaned)),
        }
        return {name: found for name, found in said.items() if found}


@dataclass(frozen=True)
class Reader:
    """Reads records by the fields of one entity.

    `on`: the day of the export; `known`: codes of research fields; `levels`: those that a code may have on a day, where
    the mapping itself does not say it (`field:3`).
    """

    fields: tuple[MappedField, ...]
    on: date
    known: FieldTable
    levels: Callable[[date], Collection[int] | None]

    def read(self, record: Any) -> tuple[Node, Findings]:
        """Return what the record says, as a tree, and what is wrong with it."""
        node: Node = {}
        found = Findings()
        day = getattr(record, "approved_on", None) or self.on
        for group, fields in self._ways():
            if not group:
                self._fill(node, fields, (record, day), found)
            elif items := list(self._items(fields, record, day, found)):
                _put(node, (*group[:-1], group[-1].removesuffix(REPEATED)), items)
        _attach(node, [one for one in self.fields if not one.group])
        return node, found

    def _ways(self) -> Iterator[tuple[tuple[str, ...], list[MappedField]]]:
        """Yield the fields in their order: those of one element that repeats together, each of the others alone."""
        seen: set[tuple[str, ...]] = set()
        for one in (one for one in self.fields if one.is_held):
            if not one.group:
                yield (), [one]
            elif one.group not in seen:
                seen.add(one.group)
                yield one.group, [other for other in self.fields if other.group == one.group and other.is_held]

    def _fill(self, node: Node, fields: Sequence[MappedField], of: tuple[Any, date], found: Findings) -> None:
        """Put what a record, or a part of it, says in the fields into a tree. `of`: it, and the day of its codes."""
        for one in (one for one in fields if one.constant is None):
            value = self._value(one, *of, found)
            if value is None:
                found.missing += [one.path] if one.required else []
            else:
                _put(node, one.inner, value, has_attributes=self._has_attributes(one))

    def _items(self, fields: Sequence[MappedField], record: Any, day: date, found: Findings) -> Iterator[Any]:
        first = fields[0]
        if first.parts is None:
            listed = self._value(first, record, day, found) or []
            constants = _constants(fields)
            yield from ({TEXT: text, **constants} if constants else text for text in listed)
            return
        for part in _parts_of(record, first.parts):
            item: Node = {}
            self._fill(item, fields, (part, day), found)
            if item:
                _attach(item, fields)
                yield item

    def _has_attributes(self, one: MappedField) -> bool:
        return any(other.path.startswith(f"{one.path}/{ATTRIBUTE}") for other in self.fields)

    def _value(self, one: MappedField, start: Any, day: date, found: Findings) -> Any:
        holder, value = _reached(start, one.steps)
        if isinstance(value, _Withheld):
            found.withheld.append(one.path)
            return None
        if value is None or value == "":
            return None
        kind, _, detail = one.transform.partition(":")
        if kind.startswith("field"):
            return self._field(one, value, day, found, as_urn=kind == "field-urn")
        if kind == "code":
            return _coded(one, value, detail, found)
        made = TRANSFORMS[kind](value, holder, one.steps[-1])
        return _cleaned(one, made, found)

    def _field(self, one: MappedField, value: Classification, day: date, found: Findings, *, as_urn: bool) -> Any:
        """Return the code of a research field; one that is wrong on the day is told, one of another list not given."""
        said = {int(level) for level in one.transform.partition(":")[2].split("+") if level}
        levels = said or self.levels(day)
        ours = value.scheme.startswith(FIELD_SCHEMES)
        known = self.known if ours else field_table(())
        for fault in field_faults(value.code, day, known, levels, scheme=value.scheme):
            told = {"path": one.path, "value": value.code, "fault": fault.kind.value, "day": day.isoformat()}
            found.codes.append({**told, "words": in_source(fault.words)})
        if not ours:
            return None
        return f"{URN}{value.scheme}:{value.code}" if as_urn else value.code


class _Withheld:
    """What stands for a value that is kept back."""


WITHHELD = _Withheld()


def leaves(record: Record) -> bool:
    """Tell whether a record may be given to another system: neither confidential nor withdrawn.

    Of a CV nothing leaves before its person agreed to have it published (ADR 11).
    """
    if isinstance(record, ScientistProfile) and record.consented_on is None:
        return False
    return record.confidentiality != Confidentiality.CONFIDENTIAL and record.withdrawn_on is None


def _reached(start: Any, steps: Sequence[str]) -> tuple[Any, Any]:
    """Return the last object of the way and the value there; nothing beyond what may not leave."""
    holder, value = start, start
    for name in steps:
        if value is None:
            return holder, None
        if value is not start and isinstance(value, Record) and not leaves(value):
            return holder, WITHHELD
        try:
            holder, value = value, getattr(value, name)
        except ObjectDoesNotExist:  # nobody keeps the other side of a one-to-one relation
            return value, None
    return holder, value


def _parts_of(record: Any, parts: Parts) -> Iterator[Any]:
    rows = getattr(record, parts.relation).all()
    kept = (lambda row: (str(getattr(row, parts.field)) == parts.value) is not parts.is_not) if parts.field else bool
    return filter(kept, rows)


def _coded(one: MappedField, value: Any, name: str, found: Findings) -> str | None:
    code = code_list(name).get(str(value))
    if code is None:
        found.codes.append({"path": one.path, "value": str(value), "fault": "not-in-the-list", "list": name})
    return code


def _cleaned(one: MappedField, value: Any, found: Findings) -> Any:
    """Return the value without characters that files cannot hold; None where nothing is left."""
    if isinstance(value, list):
        return [text for text in (_cleaned(one, text, found) for text in value) if text] or None
    if not isinstance(value, str):
        return value
    if ILLEGAL.search(value):
        found.cleaned.append(one.path)
        value = ILLEGAL.sub("", value)
    return value.strip() or None


def _put(node: Node, steps: Sequence[str], value: Any, *, has_attributes: bool = False) -> None:
    for step in steps[:-1]:
        node = node.setdefault(step, {})
    node[steps[-1]] = {TEXT: value} if has_attributes else value


def _constants(fields: Sequence[MappedField]) -> Mapping[str, str]:
    return {one.inner[-1]: one.constant for one in fields if one.constant is not None}


def _attach(node: Node, fields: Sequence[MappedField]) -> None:
    """Put constant attributes onto the elements that are there."""
    for one in fields:
        place: Any = node
        for step in one.inner[:-1]:
            place = place.get(step) if isinstance(place, dict) else None
        if one.constant is not None and isinstance(place, dict):
            place[one.inner[-1]] = one.constant


def _plain(value: Any, _holder: Any, _name: str) -> str:
    return str(in_source(value))


def _day(value: date, _holder: Any, _name: str) -> str:
    return value.isoformat()


def _number(value: Any, _holder: Any, _name: str) -> Any:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else int(value)


def _label(value: Any, holder: Any, name: str) -> str:
    choices = TaskState.choices if name == "state" else holder._meta.get_field(name).flatchoices
    return str(in_source(dict(choices).get(value, value)))


def _listed(value: str, _holder: Any, _name: str) -> list[str]:
    return [text for text in (piece.strip() for piece in SEPARATORS.split(value)) if text]


def _name_part(part: slice) -> Callable[[Any, Any, str], str]:
    """Return what takes some syllables of a Vietnamese name: the family's stands first, the given one last."""

    def taken(value: str, _holder: Any, _name: str) -> str:
        first, *rest = value.split() or [""]
        return " ".join([first, *rest][part] if part.start is None else rest[part])

    return taken


def _urn(value: Any, _holder: Any, _name: str) -> str:
    return f"{URN}{value}"


TRANSFORMS: Mapping[str, Callable[[Any, Any, str], Any]] = {
    "": _plain,
    "date": _day,
    "money": _number,
    "number": _number,
    "boolean": lambda value, _holder, _name: bool(value),
    "label": _label,
    "list": _listed,
    "family": _name_part(slice(None, 1)),
    "middle": _name_part(slice(0, -1)),
    "given": _name_part(slice(-1, None)),
    "orcid": lambda value, _holder, _name: f"https://orcid.org/{value}",
    "urn": _urn,
    "state-urn": lambda value, _holder, _name: f"{URN}research-task-state:{value}",
}
"""What is made of a value, by the word in the mapping; `code:LIST` and `field` are asked apart, they find faults."""
