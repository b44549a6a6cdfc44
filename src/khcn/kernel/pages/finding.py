"""Find records by words without marks, and single records by their code."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import Concat

from khcn.kernel.records.record import Record
from khcn.kernel.records.registry import Register, registers
from khcn.kernel.text.folding import search_key, without_marks

LONGEST_QUESTION, MOST_WORDS = 300, 20
SEPARATORS = (",", ";", "\n")


class Folded(Func):
    """A text of the database folded as `search_key` folds the words that are sought."""

    function = "khcn_search_key"
    output_field: ClassVar[Any] = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra_context: Any) -> Any:
        """Let SQLite call `search_key` itself."""
        connection.ensure_connection()
        connection.connection.create_function("khcn_search_key", 1, _folded, deterministic=True)
        return self.as_sql(compiler, connection, **extra_context)

    def as_postgresql(self, compiler: Any, connection: Any, **extra_context: Any) -> Any:
        """Say the same in PostgreSQL's own functions."""
        marked, plain = _marked_letters()
        unmarked = f"translate(lower(normalize(%(expressions)s, NFC)), '{marked}', '{plain}')"
        template = f"regexp_replace({unmarked}, '[^[:alnum:]]+', ' ', 'g')"
        return self.as_sql(compiler, connection, template=template, **extra_context)


def _folded(text: str | None) -> str:
    return search_key(text or "")


def _marked_letters() -> tuple[str, str]:
    letters = [chr(code) for span in ((0xC0, 0x250), (0x1EA0, 0x1EFA)) for code in range(*span)]
    found = [
        x for x in letters if x == x.lower() and x.isalpha() and len(without_marks(x)) == 1 and without_marks(x) != x
    ]
    found = [letter for letter in found if unicodedata.is_normalized("NFC", letter)]
    return "".join(found), "".join(without_marks(letter) for letter in found)


def matching(rows: Any, text: str) -> Any:
    """Keep the records whose code and title contain every word of the text, marks and case aside.

    Of a very long text only the beginning is sought.
    """
    words = list(dict.fromkeys(search_key(text[:LONGEST_QUESTION]).split()))[:MOST_WORDS]
    if not words:
        return rows
    rows = rows.annotate(_folded=Folded(Concat(F("code"), Value(" "), F("title"), output_field=TextField())))
    condition = Q()
    for word in words:
        condition &= Q(_folded__contains=word)
    return rows.filter(condition)


def find_record(register: Register, code: str, user: Any, as_of: datetime | None = None) -> Record | None:
    """Return the record of that code which the user may know of, that of the user's own office first."""
    rows = list(register.visible_to(user).as_of(as_of).filter(code=code))
    if as_of is not None:  # reading the past opens nothing that was closed since
        still_visible = set(
            register.visible_to(user).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True)
        )
        rows = [row for row in rows if row.pk in still_visible]
    return next((row for row in rows if row.office_id == user.office_id), rows[0] if rows else None)


def records_named(text: str, user: Any) -> tuple[list[Record], list[str]]:
    """Return the records whose codes stand in a text, separated by commas or lines, and the codes not found."""
    for separator in SEPARATORS:
        text = text.replace(separator, ",")
    codes = [code.strip() for code in text.split(",") if code.strip()]
    found: list[Record] = []
    unknown: list[str] = []
    for code in dict.fromkeys(codes):
        record = _by_code(code, user) or (_by_code(code.upper(), user) if code != code.upper() else None)
        found += [record] if record is not None else []
        unknown += [] if record is not None else [code]
    return found, unknown


def _by_code(code: str, user: Any) -> Record | None:
    for register in _likely_registers(code):
        if (record := find_record(register, code, user)) is not None:
            return record
    return None


def _likely_registers(code: str) -> Sequence[Register]:
    """Return all registers, those first whose codes begin like this one."""
    prefix = code.partition("-")[0].upper()
    return sorted(registers(), key=lambda one: one.model.CODE_PREFIX.upper() != prefix)
