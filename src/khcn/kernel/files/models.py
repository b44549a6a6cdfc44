"""Files stored once by content, and what each is on a record."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from khcn.kernel.identity.models import Office
from khcn.kernel.records.refs import RecordRef
from khcn.kernel.records.tracked import Tracked, TrackedQuerySet
from khcn.language.words import words as _


class AttachmentKind(models.TextChoices):
    """What a file is to its record."""

    ORIGINAL = "original", _("Bản gốc nhận được")
    SIGNED = "signed", _("Bản đã ký")
    GENERATED = "generated", _("Dự thảo do hệ thống soạn")
    PHOTO = "photo", _("Ảnh")


class TextState(models.TextChoices):
    """Whether the file's words are known, so that search finds them."""

    READ = "read", _("Đã đọc được chữ")
    SCANNED = "scanned", _("Bản quét, chưa nhận dạng chữ")
    IMAGE = "image", _("Ảnh, không đọc chữ")
    EMPTY = "empty", _("Không có chữ")


class StoredFile(models.Model):
    """Bytes kept once, under the name of their SHA-256, never changed."""

    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    size = models.PositiveBigIntegerField(_("Dung lượng (byte)"))
    media_type = models.CharField(_("Loại tệp"), max_length=100)
    stored_at = models.DateTimeField(_("Lưu lúc"))

    class Meta:
        verbose_name = _("tệp trong kho")
        verbose_name_plural = _("tệp trong kho")
        default_permissions = ()
        indexes = (models.Index(fields=("stored_at",), name="stored_file_age"),)
        constraints = (models.CheckConstraint(condition=Q(size__gt=0), name="stored_file_is_not_empty"),)

    def __str__(self) -> str:
        return self.sha256

    @property
    def path(self) -> Path:
        """Return where the bytes lie."""
        return path_of(self.sha256)


class FileText(models.Model):
    """The words of a stored file, read once; they can be read again from the file at any time."""

    stored = models.OneToOneField(StoredFile, models.CASCADE, related_name="words")
    text = models.TextField()
    kind = models.CharField(max_length=20)
    encoding = models.CharField(max_length=20)
    warnings = models.JSONField(default=list)
    pages = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = _("chữ của tệp")
        verbose_name_plural = _("chữ của tệp")
        default_permissions = ()

    def __str__(self) -> str:
        return self.text[:80]


class AttachmentQuerySet(TrackedQuerySet):
    """Choose attachments by their record."""

    def about(self, ref: RecordRef) -> Self:
        """Keep the attachments of one record."""
        return self.filter(register=ref.register, record_id=ref.id)

    def standing(self) -> Self:
        """Keep those that were not taken off again."""
        return self.filter(detached_on=None)


class Attachment(Tracked):
    """A stored file on a record: what it is, and the name under which it came."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name=_("Cơ quan"))
    register = models.CharField(_("Sổ"), max_length=60)
    record_id = models.BigIntegerField(_("Hồ sơ"))
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="attachments", verbose_name=_("Tệp"))
    filename = models.CharField(_("Tên tệp"), max_length=160)
    title = models.CharField(_("Tên tài liệu"), max_length=300)
    kind = models.CharField(_("Loại"), max_length=10, choices=AttachmentKind, default=AttachmentKind.ORIGINAL)
    text_state = models.CharField(_("Đọc chữ"), max_length=10, choices=TextState)
    attached_on = models.DateField(_("Gắn ngày"))
    detached_on = models.DateField(_("Gỡ ngày"), null=True, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("tệp đính kèm")
        verbose_name_plural = _("tệp đính kèm")
        indexes = (models.Index(fields=("register", "record_id"), name="attachment_record"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(detached_on=None) | Q(detached_on__gte=models.F("attached_on")),
                name="attachment_time_is_ordered",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> RecordRef:
        """Return the record the file belongs to."""
        return RecordRef(self.register, self.record_id)

    @property
    def url(self) -> str:
        """Return the address from which those who see the record download the file."""
        return reverse("file", args=[self.pk, self.filename])


def path_of(sha256: str) -> Path:
    """Return where the bytes with this digest lie, stored or not."""
    return Path(settings.FILES_DIR) / sha256[:2] / sha256[2:4] / sha256
