"""Make the engine's documents from records as they are now."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from khcn.kernel.files.selectors import words_of_many
from khcn.kernel.records.record import Record
from khcn.kernel.records.refs import RecordRef
from khcn.kernel.records.registry import Register, registers
from khcn.kernel.search.contracts import Change, SearchDocument
from khcn.kernel.search.visibility import tokens_of_record

logger = logging.getLogger(__name__)

LONGEST_FILE = 1_000_000
_YEAR_OF_CODE = re.compile(r"-(\d{4})-")


def changes_for(refs: Iterable[RecordRef]) -> list[Change]:
    """Return what the engine must know of these records now; a few queries per register.

    A reference to a record that does not exist becomes a removal.
    """
    wanted = sorted(set(refs))
    documents = documents_of(wanted)
    return [Change(ref, documents.get(ref)) for ref in wanted]


def documents_of(refs: Iterable[RecordRef]) -> dict[RecordRef, SearchDocument]:
    """Return the documents of the records that exist in registers of the product."""
    known = {register.key: register for register in registers()}
    by_register: dict[str, list[int]] = {}
    for ref in refs:
        by_register.setdefault(ref.register, []).append(ref.id)
    found: dict[RecordRef, SearchDocument] = {}
    for key, ids in by_register.items():
        if key in known:
            words = words_of_many([RecordRef(key, number) for number in ids])
            rows = records_of(known[key], ids)
            found |= {row.ref: _document(known[key], row, words.get(row.ref, [])) for row in rows}
    return found


def records_of(register: Register, ids: Iterable[int]) -> Iterable[Any]:
    """Return records with what their texts are made of already fetched."""
    return register.model.objects.filter(pk__in=list(ids)).prefetch_related(*register.related)


def body_of(register: Register, record: Record) -> str:
    """Return the text of a record beside its title, as its register defines it.

    A record whose text cannot be made is found by its title; it must not hold up all the others.
    """
    try:
        return register.search_text(record) or ""
    except Exception:
        logger.exception("the text of a record could not be made", extra={"register": register.key, "id": record.pk})
        return ""


def _document(register: Register, record: Record, files: list[str]) -> SearchDocument:
    return SearchDocument(
        ref=record.ref,
        title=record.title,
        code=record.code,
        body=body_of(register, record),
        files=[text[:LONGEST_FILE] for text in files],
        office=record.office_id,
        visible=tokens_of_record(record),
        day=_day(register, record),
        field=record.field_id,
        place=record.place_id,
    )


def _day(register: Register, record: Record) -> date | None:
    """Return the record's own date; where it has none yet, the first day of the year in its code."""
    own = getattr(record, register.date_field, None) if register.date_field else None
    if isinstance(own, datetime):
        return own.date()
    if isinstance(own, date):
        return own
    year = _YEAR_OF_CODE.search(record.code)
    return date(int(year[1]), 1, 1) if year else None
