"""Take files in, put them on records, take them off, and sweep what nothing refers to."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import PurePath
from typing import Any

from django.db import IntegrityError, transaction

from khcn.kernel.files import store
from khcn.kernel.files.filenames import plain_line, safe_filename
from khcn.kernel.files.intake import Intake, examine
from khcn.kernel.files.models import Attachment, AttachmentKind, FileText, StoredFile
from khcn.kernel.files.reading import refuse_secret_title
from khcn.kernel.records.record import Record
from khcn.kernel.records.recording import recording
from khcn.language.words import words as _

KEPT_UNREFERENCED = timedelta(days=1)


class NotAttached(Exception):
    """The file was taken off its record already."""


def store_upload(*, data: bytes, filename: str, at: datetime) -> tuple[StoredFile, Intake]:
    """Keep an upload byte for byte, once however often it comes, together with its words.

    Raises: UnreadableFile, of which SecretDocument is one: then nothing was written anywhere.
    """
    intake = examine(data, safe_filename(filename))
    digest = sha256(data).hexdigest()
    with transaction.atomic():
        stored = _held(digest, {"size": len(data), "media_type": intake.media_type, "stored_at": at})
        if not stored.path.exists() or stored.path.stat().st_size != len(data):
            store.write_bytes(digest, data)
        _keep_words(stored, intake)
    return stored, intake


def attach(
    *,
    record: Record,
    data: bytes,
    filename: str,
    actor: Any,
    on: date,
    kind: AttachmentKind = AttachmentKind.ORIGINAL,
    title: str = "",
) -> Attachment:
    """Put a file on a record. Whether the actor may was decided by the caller (`permissions.may_attach`).

    The same bytes on the same record as the same kind are not put there twice.
    Raises: UnreadableFile, of which SecretText is one: for a title with a mark of State secrecy.
    """
    name = safe_filename(filename)
    refuse_secret_title(title, _("Tên tệp"))
    with recording(actor=actor, verb="attach", label=_("đính kèm «{name}»").format(name=name), on=on) as change:
        stored, intake = store_upload(data=data, filename=name, at=change.at)
        there = Attachment.objects.about(record.ref).standing().filter(stored=stored, kind=kind).first()
        if there is not None:
            return there  # type: ignore[no-any-return]  # querysets of tracked tables are untyped
        attached = Attachment(
            office=record.office,
            register=record.REGISTER,
            record_id=record.pk,
            stored=stored,
            filename=name,
            title=plain_line(title) or PurePath(name).stem,
            kind=kind,
            text_state=intake.text_state,
            attached_on=on,
        )
        attached.save()
    return attached


def detach(*, attachment: Attachment, actor: Any, on: date, why: str) -> Attachment:
    """Take a file off its record with a reason; history and the file itself stay.

    Raises: NotAttached.
    """
    if attachment.detached_on is not None:
        raise NotAttached(
            _("Tệp «{attachment}» đã được gỡ ngày {detached_on:%d/%m/%Y}.").format(
                attachment=attachment, detached_on=attachment.detached_on
            )
        )
    with recording(
        actor=actor, verb="detach", label=_("gỡ tệp «{filename}»").format(filename=attachment.filename), why=why, on=on
    ):
        attachment.detached_on = on
        attachment.save()
    return attachment


def sweep_orphans(*, now: datetime) -> int:
    """Remove files older than a day that no attachment, present or past, refers to; returns how many.

    Such files come from uploads whose transaction did not commit.
    """
    oldest = now - KEPT_UNREFERENCED
    referred = Attachment.Version._base_manager.values("stored_id")
    unreferred = StoredFile.objects.filter(stored_at__lt=oldest).exclude(pk__in=referred)
    swept = sum(_sweep_row(pk) for pk in unreferred.values_list("pk", flat=True))
    for digest in store.digests_before(oldest.timestamp()):
        swept += _sweep_bytes(digest, now)
    return swept + store.remove_unfinished(oldest.timestamp())


def _held(digest: str, values: dict[str, Any]) -> StoredFile:
    """Return the row of these bytes, locked before they are written: that keeps the sweeper away from them."""
    rows = StoredFile.objects.select_for_update()
    StoredFile.objects.get_or_create(sha256=digest, defaults=values)
    # Between the two the sweeper may have taken an old row away; then nobody else holds the digest.
    return rows.filter(sha256=digest).first() or StoredFile.objects.create(sha256=digest, **values)


def _keep_words(stored: StoredFile, intake: Intake) -> None:
    if intake.words is None:
        return
    words = intake.words
    values = {
        "text": words.text,
        "kind": words.kind,
        "encoding": words.encoding,
        "warnings": list(words.warnings),
        "pages": words.pages,
    }
    FileText.objects.get_or_create(stored=stored, defaults=values)


def _sweep_row(pk: int) -> int:
    with transaction.atomic():
        stored = StoredFile.objects.select_for_update().filter(pk=pk).first()
        if stored is None or Attachment.Version._base_manager.filter(stored_id=pk).exists():
            return 0
        # The bytes go while the row is still locked: an upload of the same content waits and writes them anew.
        store.remove_bytes(stored.sha256)
        stored.delete()
    return 1


def _sweep_bytes(digest: str, now: datetime) -> int:
    """Remove bytes without a row; holding the row's unique digest meanwhile keeps an upload waiting."""
    try:
        with transaction.atomic():
            held = StoredFile.objects.create(sha256=digest, size=1, media_type="", stored_at=now)
            store.remove_bytes(digest)
            held.delete()
    except IntegrityError:
        return 0
    return 1
