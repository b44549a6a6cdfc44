"""What waits to be indexed, and who may write the index."""

from __future__ import annotations

from django.db import models

from khcn.kernel.records.refs import RecordRef
from khcn.language.words import words as _


class SearchOutbox(models.Model):
    """One write to one record, in the transaction of that write; the indexer reads the record as it is by then."""

    register = models.CharField(max_length=60)
    record_id = models.BigIntegerField()
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("thay đổi chờ lập chỉ mục")
        verbose_name_plural = _("thay đổi chờ lập chỉ mục")
        default_permissions = ()
        ordering = ("pk",)

    def __str__(self) -> str:
        return str(self.ref)

    @property
    def ref(self) -> RecordRef:
        """Return the record that was written."""
        return RecordRef(self.register, self.record_id)


class IndexLease(models.Model):
    """The right to write the index, held by one worker until an instant."""

    name = models.CharField(max_length=40, unique=True)
    holder = models.CharField(max_length=120)
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = _("quyền ghi chỉ mục")
        verbose_name_plural = _("quyền ghi chỉ mục")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.name}: {self.holder}"
