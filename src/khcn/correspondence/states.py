"""The states, directions and kinds of urgency of official papers."""

from __future__ import annotations

from django.db.models import TextChoices

from khcn.language.words import words as _


class Direction(TextChoices):
    """Whether a paper came to the office or goes out of it."""

    INCOMING = "incoming", _("Văn bản đến")
    OUTGOING = "outgoing", _("Văn bản đi")


class PaperState(TextChoices):
    """Where a paper stands; the first four are of incoming papers, the next four of outgoing ones."""

    REGISTERED = "registered", _("Đã vào sổ")  # received and entered, nobody has said what to do
    INSTRUCTED = "instructed", _("Đã có bút phê")  # a leader said who does what by when
    HANDLED = "handled", _("Đã xử lý")  # what the leader asked for was done
    FILED = "filed", _("Đã lưu hồ sơ")  # nothing more to do, in or out
    DRAFT = "draft", _("Dự thảo")  # being written
    SUBMITTED = "submitted", _("Đã trình ký")  # with the one who signs
    SIGNED = "signed", _("Đã ký, có số")  # signed; number and date came back from the document system
    SENT = "sent", _("Đã phát hành")  # with its addressees
    RECALLED = "recalled", _("Đã thu hồi")  # taken back with a reason; its number is never used again


class Urgency(TextChoices):
    """How fast a paper must move."""

    NORMAL = "normal", _("Thường")
    URGENT = "urgent", _("Khẩn")
    VERY_URGENT = "very_urgent", _("Thượng khẩn")
    EXPRESS = "express", _("Hỏa tốc")


class NumberGivenBy(TextChoices):
    """Where the number of a paper comes from; never from this product."""

    ISSUER = "issuer", _("Cơ quan ban hành")
    DOCUMENT_SYSTEM = "document_system", _("Hệ thống quản lý văn bản")
    CLERK = "clerk", _("Văn thư ghi")


SHOWN_TO_ADDRESSEES = (PaperState.SENT, PaperState.FILED, PaperState.RECALLED)
