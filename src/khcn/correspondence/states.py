"""The states, directions and kinds of urgency of official papers."""

from __future__ import annotations

from django.db.models import TextChoices


class Direction(TextChoices):
    """Whether a paper came to the office or goes out of it."""

    INCOMING = "incoming", "Văn bản đến"
    OUTGOING = "outgoing", "Văn bản đi"


class PaperState(TextChoices):
    """Where a paper stands; the first four are of incoming papers, the next four of outgoing ones."""

    REGISTERED = "registered", "Đã vào sổ"  # received and entered, nobody has said what to do
    INSTRUCTED = "instructed", "Đã có bút phê"  # a leader said who does what by when
    HANDLED = "handled", "Đã xử lý"  # what the leader asked for was done
    FILED = "filed", "Đã lưu hồ sơ"  # nothing more to do, in or out
    DRAFT = "draft", "Dự thảo"  # being written
    SUBMITTED = "submitted", "Đã trình ký"  # with the one who signs
    SIGNED = "signed", "Đã ký, có số"  # signed; number and date came back from the document system
    SENT = "sent", "Đã phát hành"  # with its addressees
    RECALLED = "recalled", "Đã thu hồi"  # taken back with a reason; its number is never used again


class Urgency(TextChoices):
    """How fast a paper must move."""

    NORMAL = "normal", "Thường"
    URGENT = "urgent", "Khẩn"
    VERY_URGENT = "very_urgent", "Thượng khẩn"
    EXPRESS = "express", "Hỏa tốc"


class NumberGivenBy(TextChoices):
    """Where the number of a paper comes from; never from this product."""

    ISSUER = "issuer", "Cơ quan ban hành"
    DOCUMENT_SYSTEM = "document_system", "Hệ thống quản lý văn bản"
    CLERK = "clerk", "Văn thư ghi"


SHOWN_TO_ADDRESSEES = (PaperState.SENT, PaperState.FILED, PaperState.RECALLED)
