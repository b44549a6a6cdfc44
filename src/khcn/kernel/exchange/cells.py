"""Read cells as people type them: Vietnamese dates and numbers, choices by their words, rows by code or name."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from khcn.kernel.exchange.exporting import SIGNS_OF_FORMULAS
from khcn.kernel.exchange.lookups import Lookups
from khcn.kernel.exchange.values import field_of
from khcn.kernel.records.registry import Column, Register
from khcn.kernel.text.dates import DateReadingError, parse_day
from khcn.kernel.text.folding import nfc, search_key
from khcn.kernel.text.numbers import NumberReadingError, parse_number
from khcn.language.words import in_source, joined
from khcn.language.words import words as _

YES = frozenset({"co", "x", "true", "1", "dung", "yes"})
NO = frozenset({"khong", "false", "0", "sai", "no"})
HAS_YEAR = re.compile(r"\d{4}")
MEMORY = 4_096
"""How many cells of days and numbers a column remembers: sheets repeat them, and reading them takes longest."""
Reader = Callable[[Any], Any]


class BadCell(ValueError):
    """A cell cannot be what its column holds; the message is a clause in Vietnamese."""


class NotInList(BadCell):
    """A cell names none of the choices of its column."""


def reader_of(register: Register, column: Column, lookups: Lookups | None) -> Reader:
    """Return the function that turns a cell that is not empty into the value its field stores.

    The function raises BadCell or NotFound. `lookups`: None is enough for columns that name no other row.
    """
    field = field_of(register.model, column.name)
    if column.name == "state" and register.workflow is not None:
        return _choice_reader([(str(state.value), in_source(state.label)) for state in register.workflow.states])
    if field is None:
        return text_cell
    if field.choices:
        return _choice_reader([(value, in_source(label)) for value, label in field.flatchoices])
    if field.remote_field is not None and lookups is not None:
        return lambda cell: lookups.find(field, text_cell(cell))
    return _checked(field, _plain_reader(field))


def reads(reader: Any, cell: Any) -> bool:
    """Tell whether the reader of a column can read the cell."""
    try:
        reader(cell)
    except ValueError:
        return False
    return True


def is_empty(cell: Any) -> bool:
    """Tell whether a cell says nothing."""
    return cell is None or (isinstance(cell, str) and cell.strip() in ("", "—"))


def text_cell(cell: Any) -> str:
    """Return a cell as text: numbers of spreadsheets without `.0`, days as 24/9/2021."""
    if isinstance(cell, bool):
        return _("Có") if cell else _("Không")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date):
        return f"{cell.day}/{cell.month}/{cell.year}"
    text = nfc(str(cell)).strip()
    # The apostrophe that exports put before what looks like a formula is not part of the text.
    return text[1:] if text.startswith("'") and text[1:].startswith(SIGNS_OF_FORMULAS) else text


def _plain_reader(field: models.Field[Any, Any]) -> Reader:
    for kind, reader in (
        (models.DateTimeField, _instant_cell),
        (models.DateField, day_cell),
        (models.BooleanField, _yes_or_no),
        (models.DecimalField, number_cell),
        (models.FloatField, lambda cell: float(number_cell(cell))),
        (models.IntegerField, _whole_number),
    ):
        if isinstance(field, kind):
            return lru_cache(maxsize=MEMORY, typed=True)(reader)
    return text_cell


def day_cell(cell: Any) -> date:
    """Read a day; a text must name its year.

    Raises: BadCell.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = text_cell(cell)
    if not HAS_YEAR.search(text) or text.startswith(("+", "-")):
        raise BadCell(_("«{text}» không phải là ngày đủ năm; viết như 24/9/2021").format(text=text))
    try:
        return parse_day(text, date.min)
    except DateReadingError as error:
        raise BadCell(_("«{text}» không phải là ngày; viết như 24/9/2021").format(text=text)) from error


def _instant_cell(cell: Any) -> datetime:
    if not isinstance(cell, datetime):
        try:
            cell = datetime.fromisoformat(text_cell(cell))
        except ValueError:
            day = day_cell(cell)
            cell = datetime.combine(day, time.min)
    return cell if timezone.is_aware(cell) else timezone.make_aware(cell)


def number_cell(cell: Any) -> Decimal:
    """Read a number in Vietnamese writing, or one that the spreadsheet holds as such.

    Raises: BadCell.
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return Decimal(repr(cell))
    try:
        return parse_number(text_cell(cell))
    except NumberReadingError as error:
        raise BadCell(_("«{cell}» không phải là số; viết như 1.234.567,89").format(cell=text_cell(cell))) from error


def _whole_number(cell: Any) -> int:
    number = number_cell(cell)
    if number != number.to_integral_value():
        raise BadCell(_("«{cell}» phải là số nguyên").format(cell=text_cell(cell)))
    return int(number)


def _yes_or_no(cell: Any) -> bool:
    if isinstance(cell, bool):
        return cell
    word = search_key(text_cell(cell))
    if word not in YES | NO:
        raise BadCell(_("«{cell}» không rõ; ghi Có hoặc Không").format(cell=text_cell(cell)))
    return word in YES


def _choice_reader(choices: list[tuple[Any, str]]) -> Reader:
    known = {search_key(str(value)): value for value, _ in choices} | {
        search_key(label): value for value, label in choices
    }

    as_written: dict[str, Any] = {}  # a sheet writes the same few words in every row

    def read(cell: Any) -> Any:
        text = text_cell(cell)
        if text not in as_written:
            if search_key(text) not in known:
                raise NotInList(
                    _("«{text}» không có trong danh sách: {value}").format(
                        text=text, value=joined("; ", [label for _, label in choices])
                    )
                )
            as_written[text] = known[search_key(text)]
        return as_written[text]

    return read


def _checked(field: models.Field[Any, Any], reader: Reader) -> Reader:
    """Return the reader followed by the field's own checks of length and form."""

    def read(cell: Any) -> Any:
        value = reader(cell)
        if isinstance(value, str) and field.max_length and len(value) > field.max_length:
            raise BadCell(
                _("dài {count} ký tự, tối đa {max_length}").format(count=len(value), max_length=field.max_length)
            )
        try:
            field.run_validators(value)
        except ValidationError as error:
            raise BadCell(" ".join(error.messages).rstrip(".")) from error
        return value

    return read
