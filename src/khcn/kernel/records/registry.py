"""The registers of the product: what each is called, what its lists show, who may see it, how it is imported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from khcn.kernel.records.record import Record
from khcn.kernel.records.refs import RecordRef
from khcn.language.words import words as _

BATCH = 10_000


class UnknownRegister(Exception):
    """No register has this key."""


@dataclass(frozen=True)
class Column:
    """One column of a register: a field of its model, or a property of its rows.

    `name`: a model field or a property. `wide`: shown in lists by default. `importable`: may stand in an import
    sheet; `key` marks the columns by which an import recognises a record it has seen before. `also`: what people write
    over the column in their own sheets.
    """

    name: str
    label: str = ""
    wide: bool = True
    importable: bool = False
    required: bool = False
    key: bool = False
    numeric: bool = False
    write: Callable[[Any], Any] | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class RecordFilter:
    """One filter of a list, said in plain words: a label, its choices, and what each keeps."""

    name: str
    label: str
    choices: Callable[[Any], Iterable[tuple[str, str]]]
    keep: Callable[[models.QuerySet[Any], str], models.QuerySet[Any]]


@dataclass(frozen=True)
class Question:
    """What a form asks in one text besides the fields of the model, e.g. the parties of a record.

    `parse`: called with text, actor and day, gives the value; raises ValueError with words for people. `read`: the
    record → the text the form begins with. `same`: whether the record already holds the value. `write`: called with
    record and value inside the change under way.
    """

    name: str
    label: str
    parse: Callable[[str, Any, date], Any]
    read: Callable[[Any], str]
    same: Callable[[Any, Any], bool]
    write: Callable[[Any, Any], None]
    required: bool = True
    help_text: str = ""


@dataclass(frozen=True, eq=False)  # a register is itself: there is one of each
class Register:
    """All that the kernel's lists, pages, forms, imports, exports and search need to know of a register.

    `enter`: writes a record from the shared form, called with `values`, `actor` and `on` by name; `entered` names what
    that form asks. `editable`: what may be corrected later, by whom `may_edit` says. Both name fields of the model or
    `questions`. `may_withdraw`: overrides who may withdraw records: directors and the head of the division in charge.
    `known_to`: in words, to whom the register's own `visible_to` opens records beyond the general rule, or closes them.
    `may_see_lateness`: from whom it is kept that a record is late, until that is released. `read_once`: relations that
    the record's page asks for in several places, by name or as a prefetch. `page_first`: the register's own part of the
    page stands before the facts. `read_rows`: fills in what columns need beside the rows themselves, for a page of a
    list or a slice of an export at once. `hides_empty`: facts that a later step writes are shown once they are known.
    """

    model: type[Record]
    label: str
    label_one: str
    group: str
    columns: tuple[Column, ...]
    description: str = ""
    filters: tuple[RecordFilter, ...] = ()
    date_field: str = ""
    workflow: Any = None
    facts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    parts: tuple[str, ...] = ()
    search_text: Callable[[Any], str] = field(default=lambda row: str(row.source_note))
    related: tuple[str, ...] = ()
    create_url: str = ""
    may_create: Callable[[Any], Any] | None = None
    import_row: Callable[..., Any] | None = None
    enter: Callable[..., Record] | None = None
    entered: tuple[str, ...] = ()
    editable: tuple[str, ...] = ()
    may_edit: Callable[[Any, Any], Any] | None = None
    may_withdraw: Callable[[Any, Any], Any] | None = None
    may_see_lateness: Callable[[Any, Any], Any] | None = None
    known_to: str = ""
    questions: tuple[Question, ...] = ()
    page_template: str = ""
    page_first: bool = False
    page_context: Callable[[Any, Any], dict[str, Any]] | None = None
    read_once: tuple[Any, ...] = ()
    read_rows: Callable[[Sequence[Any]], None] | None = None
    hides_empty: bool = False

    @property
    def key(self) -> str:
        """Return the register's key, as commands and addresses name it."""
        return self.model.REGISTER

    def visible_to(self, user: Any) -> Any:
        """Return the records of the register that the user may know of."""
        return self.model.objects.visible_to(user)

    def column(self, name: str) -> Column:
        """Return the column of that name.

        Raises: KeyError.
        """
        return {column.name: column for column in self.columns}[name]

    def question(self, name: str) -> Question | None:
        """Return the question of that name, None where the name is a field."""
        return next((one for one in self.questions if one.name == name), None)


_registers: dict[str, Register] = {}


def add_register(register: Register) -> None:
    """Enter a register into the product; called from a module's apps.py."""
    _registers[register.key] = register


def registers() -> list[Register]:
    """Return all registers, by group and label."""
    return sorted(_registers.values(), key=lambda register: (register.group, register.label))


def register(key: str) -> Register:
    """Return one register.

    Raises: UnknownRegister, with the keys that exist.
    """
    if key not in _registers:
        raise UnknownRegister(
            _("Không có sổ «{key}». Các sổ hiện có: {_registers}.").format(
                key=key, _registers=", ".join(sorted(_registers))
            )
        )
    return _registers[key]


def resolve(refs: Iterable[RecordRef], user: Any = None, *, everything: bool = False) -> dict[RecordRef, Record]:
    """Return the records behind references, those that the user may see (all of them if `everything`).

    One query per register and ten thousand records; references to registers not yet written are passed over.
    """
    wanted: dict[str, set[int]] = {}
    for ref in refs:
        wanted.setdefault(ref.register, set()).add(ref.id)
    found: dict[RecordRef, Record] = {}
    for key, ids in wanted.items():
        if key not in _registers:
            continue
        rows = _registers[key].model.objects.all() if everything else _registers[key].visible_to(user)
        # A figure may rest on more records than a database takes parameters.
        numbers = sorted(ids)
        for start in range(0, len(numbers), BATCH):
            found |= {row.ref: row for row in rows.filter(pk__in=numbers[start : start + BATCH])}
    return found
