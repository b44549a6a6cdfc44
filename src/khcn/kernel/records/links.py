"""Links between records of any registers: papers, evidence, bases, what followed."""

from __future__ import annotations

from typing import Any

from django.db import models

from khcn.kernel.identity.models import Office
from khcn.kernel.records.record import Record
from khcn.kernel.records.recording import recording
from khcn.kernel.records.refs import RecordRef
from khcn.kernel.records.tracked import Tracked, TrackedQuerySet
from khcn.language.words import Words, in_source
from khcn.language.words import words as _


class LinkKind(models.TextChoices):
    """What a link says of its target, and (second half of the label) what the target says of its source."""

    EVIDENCE = "evidence", _("Minh chứng|Là minh chứng cho")
    PAPER = "paper", _("Văn bản|Văn bản của")
    BASIS = "basis", _("Căn cứ|Là căn cứ của")
    RESULT = "result", _("Kết quả|Là kết quả của")
    FOLLOWS = "follows", _("Tiếp nối|Được tiếp nối bởi")
    MENTIONS = "mentions", _("Nhắc đến|Được nhắc đến trong")

    def words(self, *, backwards: bool = False) -> str:
        """Return the words of the link read forwards or backwards."""
        half = 1 if backwards else 0
        return Words(in_source(self.label).split("|")[half], lambda: str(self.label).split("|")[half])


class LinkQuerySet(TrackedQuerySet):
    """Choose links by their ends."""

    def from_(self, ref: RecordRef) -> LinkQuerySet:
        """Keep the links that leave the record."""
        return self.filter(source_register=ref.register, source_id=ref.id)

    def to(self, ref: RecordRef) -> LinkQuerySet:
        """Keep the links that reach the record."""
        return self.filter(target_register=ref.register, target_id=ref.id)


class Link(Tracked):
    """A statement that one record has another as its paper, evidence, basis or result."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    kind = models.CharField(_("Loại liên kết"), max_length=12, choices=LinkKind)
    source_register = models.CharField(max_length=60)
    source_id = models.BigIntegerField()
    target_register = models.CharField(max_length=60)
    target_id = models.BigIntegerField()
    note = models.TextField(_("Ghi chú"), blank=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("liên kết")
        verbose_name_plural = _("liên kết")
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "source_register", "source_id", "target_register", "target_id"),
                name="link_is_said_once",
            ),
        )
        indexes = (models.Index(fields=("target_register", "target_id"), name="link_target"),)

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"

    @property
    def source(self) -> RecordRef:
        """Return the record the link leaves."""
        return RecordRef(self.source_register, self.source_id)

    @property
    def target(self) -> RecordRef:
        """Return the record the link reaches."""
        return RecordRef(self.target_register, self.target_id)


def link_records(*, source: Record, target: Record | RecordRef, kind: LinkKind, actor: Any, note: str = "") -> Link:
    """State a link; saying it twice changes nothing."""
    ref = target if isinstance(target, RecordRef) else target.ref
    ends = {
        "kind": kind,
        "source_register": source.REGISTER,
        "source_id": source.pk,
        "target_register": ref.register,
        "target_id": ref.id,
    }
    with recording(actor=actor, verb="link", label=_("gắn {kind}").format(kind=kind.words().lower())):
        found = Link.objects.filter(**ends).first()
        if found is None:
            found = Link(office=source.office, note=note, **ends)
            found.save()
    return found
