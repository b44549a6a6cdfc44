"""Write batches of parsed rows: new records, changed ones, and the reason of each row that cannot be written."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.calendar import CalendarError
from khcn.kernel.exchange.declaring import Declaration
from khcn.kernel.exchange.refusing import conflict_of, refuse_change, refuse_new
from khcn.kernel.exchange.reports import BadRow, ShownChange
from khcn.kernel.exchange.rows import ParsedRow, Recogniser, differences
from khcn.kernel.exchange.values import label_of, text_of, value_of
from khcn.kernel.records.bulk import write_changed, write_new
from khcn.kernel.records.record import Provenance, Record
from khcn.kernel.records.recording import recording
from khcn.kernel.records.registry import Column
from khcn.kernel.rulebook.selectors import RuleUnknown
from khcn.kernel.workflow.services import NotPossible
from khcn.language.words import words as _

REFUSALS = (NotPossible, NotPermitted, RuleUnknown, CalendarError, ValidationError, ValueError)


@dataclass
class Counts:
    """How many rows were created, changed, found as they are, and left out."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0


class Writer:
    """Writes batches; each batch is one change in history."""

    def __init__(self, declaration: Declaration, recogniser: Recogniser) -> None:
        self.said = declaration
        self.recogniser = recogniser
        self.model = declaration.register.model
        self._blank: Record = self.model(
            office=declaration.office,
            state=declaration.register.workflow.initial if declaration.register.workflow is not None else "",
            provenance=Provenance.IMPORTED,
            division=declaration.actor.division if declaration.actor is not None else None,
        )
        fields = self.model._meta.local_concrete_fields
        self._fields = {name for field in fields for name in (field.name, field.attname)}
        self._made_anew = [field for field in fields if field.has_default() and callable(field.default)]
        self.shown: list[ShownChange] = []
        self.shows = 0
        self.changes: list[int] = []
        """Keys of the changes in history that hold what was written."""

    def write(self, rows: Sequence[ParsedRow]) -> Counts:
        """Write the good rows of a batch, marking as bad those that the database or the register refuses."""
        counts = Counts()
        self.recogniser.find([row for row in rows if not row.bad])
        new, changed = self._sorted(rows, counts)
        try:
            written = self._write(new, changed)
        except IntegrityError:
            self._find_culprits(new, changed)
            new, changed = [[row for row in part if not row.bad] for part in (new, changed)]
            written = self._write(new, changed)
        self.changes += written
        counts.created = sum(not row.bad for row in new)
        counts.updated = sum(not row.bad for row in changed)
        counts.skipped = sum(bool(row.bad) for row in rows)
        return counts

    def _sorted(self, rows: Sequence[ParsedRow], counts: Counts) -> tuple[list[ParsedRow], list[ParsedRow]]:
        new, changed = [], []
        for row in rows:
            if row.bad:
                continue
            if row.record is None:
                refuse_new(self.said, row)
                new.append(row)
            elif names := differences(row.record, row.values):
                refuse_change(self.said, row, names)
                if len(self.shown) < self.shows and not row.bad:
                    self.shown.append(self._shown(row, names))
                changed.append(row)
            else:
                counts.unchanged += 1
        return [row for row in new if not row.bad], [row for row in changed if not row.bad]

    def _shown(self, row: ParsedRow, names: Sequence[str]) -> ShownChange:
        register = self.said.register
        fields = []
        for column in (one for one in register.columns if one.name in names):
            before = text_of(value_of(register, row.record, column), column)
            fields.append((label_of(register, column), before, self._words(column, row.values[column.name])))
        return ShownChange(row.number, row.record.pk, row.record.code, tuple(fields))

    def _words(self, column: Column, value: Any) -> str:
        said = self.model(**{column.name: value})
        return text_of(value_of(self.said.register, said, column), column)

    def _write(self, new: Sequence[ParsedRow], changed: Sequence[ParsedRow]) -> list[int]:
        if not new and not changed:
            return []
        with transaction.atomic(), self._recording(new, changed) as change:
            if changed:
                self._write_changed(changed)
            if new and self.said.register.import_row is not None:
                _ = change.change  # written before the first row, whose failure would take it along
                for row in new:
                    self._import_one(row)
            elif new:
                write_new([self._made(row) for row in new])
            return [change.change.pk]

    def _recording(self, new: Sequence[ParsedRow], changed: Sequence[ParsedRow]) -> Any:
        numbers = [row.number for row in (*new, *changed)]
        span = (
            _("dòng {numbers}–{numbers2}").format(numbers=min(numbers), numbers2=max(numbers))
            if len(numbers) > 1
            else _("dòng {value}").format(value=numbers[0])
        )
        return recording(
            actor=self.said.actor,
            verb="import",
            label=_("nhập từ tệp {source}").format(source=self.said.source)[:200],
            why=span,
            on=self.said.on,
            known_from=self.said.known_from,
            imported=True,
        )

    def _write_changed(self, rows: Sequence[ParsedRow]) -> None:
        fields: set[str] = set()
        for row in rows:
            for name in differences(row.record, row.values):
                setattr(row.record, name, row.values[name])
                fields.add(name)
        write_changed([row.record for row in rows], sorted(fields))

    def _import_one(self, row: ParsedRow) -> None:
        said = self.said
        try:
            with transaction.atomic():
                row.record = said.register.import_row(
                    row.values, actor=said.actor, on=said.on, known_from=said.known_from
                )  # type: ignore[misc]  # asked for only where the register gives one
        except IntegrityError:
            row.bad.append(BadRow(row.number, "", self._conflict(row)))
        except REFUSALS as refusal:
            row.bad.append(BadRow(row.number, "", _reason(refusal)))

    def _made(self, row: ParsedRow) -> Record:
        """Return a new record of what the row says. A copy of the blank one: making each anew took half an import."""
        made = copy(self._blank)
        for field in self._made_anew:
            setattr(made, field.attname, field.get_default())
        made.source_note = _("Tệp {source}, dòng {number}").format(source=self.said.source, number=row.number)
        for name, value in row.values.items():
            if name in self._fields:
                setattr(made, name, value)
        return made

    def _find_culprits(self, new: Sequence[ParsedRow], changed: Sequence[ParsedRow]) -> None:
        """Write row after row, as a trial that is undone, to learn which of them the database refuses."""
        with transaction.atomic():
            for row in (*new, *changed):
                one = ([row], []) if row in new else ([], [row])
                try:
                    self._write(*one)
                except IntegrityError:
                    row.bad.append(BadRow(row.number, "", self._conflict(row)))
            transaction.set_rollback(True)

    def _conflict(self, row: ParsedRow) -> str:
        return conflict_of(row.record or self._made(row), self.recogniser.records)


def _reason(refusal: Exception) -> str:
    text = " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
    return text.rstrip(".")
