"""Read the files of records."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from khcn.kernel.files.models import Attachment, AttachmentQuerySet
from khcn.kernel.records.record import Record
from khcn.kernel.records.refs import RecordRef
from khcn.kernel.records.registry import resolve


def attachments_of(record: Record) -> AttachmentQuerySet:
    """Return the files of a record, oldest first; `.as_of(instant)` reads them as they were known then."""
    return Attachment.objects.about(record.ref).standing().select_related("stored").order_by("attached_on", "pk")


def words_of_many(refs: Iterable[RecordRef]) -> dict[RecordRef, list[str]]:
    """Return the words of the files of records as search indexes them: for each file its title, then its text.

    One query per register.
    """
    ids: dict[str, list[int]] = {}
    for ref in refs:
        ids.setdefault(ref.register, []).append(ref.id)
    found: dict[RecordRef, list[str]] = {}
    for register, numbers in ids.items():
        rows = Attachment.objects.standing().filter(register=register, record_id__in=numbers)
        for row in rows.select_related("stored__words").order_by("pk"):
            found.setdefault(row.ref, []).append(_words(row))
    return found


def visible_attachment(number: int, user: Any) -> Attachment | None:
    """Return a file if the user may know of its record, else None."""
    found = Attachment.objects.standing().select_related("stored").filter(pk=number).first()
    if found is None or found.ref not in resolve([found.ref], user):
        return None
    return found  # type: ignore[no-any-return]  # querysets of tracked tables are untyped


def _words(row: Attachment) -> str:
    words = getattr(row.stored, "words", None)
    return f"{row.title}\n{words.text}" if words else row.title
