"""Turn the rows of a sheet into values, and recognise the records they speak of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from khcn.kernel.exchange.cells import NotInList, Reader, is_empty, reader_of, text_cell
from khcn.kernel.exchange.headers import Sheet
from khcn.kernel.exchange.lookups import Lookups, Unknown
from khcn.kernel.exchange.reports import BadRow
from khcn.kernel.exchange.values import field_of, label_of
from khcn.kernel.records.record import Record
from khcn.kernel.records.registry import Register
from khcn.language.words import words as _

Key = tuple[Any, ...]


@dataclass
class ParsedRow:
    """One row: its number, the values of its cells that say something, by column name, and what is wrong in it.

    `record`: the record it became or changed, once that is known.
    """

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    bad: list[BadRow] = field(default_factory=list)
    key: Key = ()
    record: Any = None


class RowReader:
    """Reads the rows of one sheet, in order, and notices rows that speak of the same record."""

    def __init__(self, register: Register, sheet: Sheet, lookups: Lookups) -> None:
        self.register = register
        self.columns = sheet.columns
        self.labels = {c.name: label_of(register, c) for c in register.columns}
        self.readers: dict[int, Reader] = {place: reader_of(register, c, lookups) for place, c in sheet.columns.items()}
        self.keys = [c.name for c in register.columns if c.key and c.name != "code"]
        self.seen: dict[Key, int] = {}

    def read(self, number: int, cells: Sequence[Any]) -> ParsedRow:
        """Return the row's values; what cannot be read is named in `bad`."""
        row = ParsedRow(number)
        for place, column in self.columns.items():
            cell = cells[place] if place < len(cells) else None
            if is_empty(cell):
                if column.required or column.name == "title":
                    row.bad.append(BadRow(number, self.labels[column.name], _("chưa ghi, mà cột này bắt buộc")))
                continue
            try:
                row.values[column.name] = self.readers[place](cell)
            except ValueError as error:
                unknown = text_cell(cell) if isinstance(error, Unknown | NotInList) else ""
                row.bad.append(BadRow(number, self.labels[column.name], str(error), unknown))
        if not row.bad:
            self._recognise(row)
        return row

    def _recognise(self, row: ParsedRow) -> None:
        row.key = self.key_of(row.values)
        earlier = self.seen.setdefault(row.key, row.number)
        if earlier != row.number:
            row.bad.append(
                BadRow(row.number, "", _("trùng với dòng {earlier} của chính tệp này").format(earlier=earlier))
            )

    def key_of(self, values: dict[str, Any]) -> Key:
        """Return what the row is recognised by: its code, else all its key columns, else everything it says."""
        if values.get("code"):
            return ("code", values["code"])
        if self.keys and all(name in values for name in self.keys):
            return ("keys", *(_comparable(values[name]) for name in self.keys))
        return ("all", *sorted((name, str(_comparable(value))) for name, value in values.items()))


class Recogniser:
    """Finds the records that rows speak of; at most three queries for a batch.

    `records`: those the importing person may know of; of two that fit, the one that stands is meant.
    """

    def __init__(self, reader: RowReader, records: Any) -> None:
        self.reader = reader
        self.records = records
        self.model = records.model

    def find(self, rows: Iterable[ParsedRow]) -> None:
        """Set `record` on the rows whose record exists."""
        by_kind: dict[str, list[ParsedRow]] = {"code": [], "keys": [], "all": []}
        for row in rows:
            by_kind[row.key[0]].append(row)
        self._by_code(by_kind["code"])
        # A row may give a code of its own for a record that is already here under its other keys.
        unknown = [row for row in by_kind["code"] if row.record is None and self._has_keys(row)]
        self._by_keys(by_kind["keys"] + unknown)
        self._by_everything(by_kind["all"])

    def _has_keys(self, row: ParsedRow) -> bool:
        return bool(self.reader.keys) and all(name in row.values for name in self.reader.keys)

    def _by_code(self, rows: list[ParsedRow]) -> None:
        if rows:
            found = {
                record.code: record for record in self.records.filter(code__in=[row.values["code"] for row in rows])
            }
            for row in rows:
                row.record = found.get(row.values["code"])

    def _by_keys(self, rows: list[ParsedRow]) -> None:
        if not rows:
            return
        names = self.reader.keys
        first = names[0]
        candidates = self.records.filter(**{f"{first}__in": {row.values[first] for row in rows}})
        found: dict[Key, Record] = {}
        for record in sorted(candidates, key=_is_withdrawn):
            found.setdefault(tuple(_comparable(getattr(record, self._attname(name))) for name in names), record)
        for row in rows:
            row.record = found.get(tuple(_comparable(row.values[name]) for name in names))

    def _by_everything(self, rows: list[ParsedRow]) -> None:
        if not rows:
            return
        candidates: dict[str, list[Record]] = {}
        for record in self.records.filter(title__in={row.values["title"] for row in rows}):
            candidates.setdefault(record.title, []).append(record)
        for row in rows:
            alike = sorted(candidates.get(row.values["title"], ()), key=_is_withdrawn)
            same = (r for r in alike if not differences(r, row.values))
            row.record = next(same, None)

    def _attname(self, name: str) -> str:
        found = field_of(self.model, name)
        return found.attname if found is not None else name


def differences(record: Record, values: dict[str, Any]) -> list[str]:
    """Return the names of the fields that a row says otherwise; what is no field is not compared."""
    found = []
    for name, value in values.items():
        stored = field_of(type(record), name)
        if stored is not None and getattr(record, stored.attname) != _comparable(value):
            found.append(name)
    return found


def _is_withdrawn(record: Record) -> bool:
    return record.withdrawn_on is not None


def _comparable(value: Any) -> Any:
    return value.pk if hasattr(value, "_meta") else value
