"""The states of given work, how exactly its deadline was said, and where it stands on a day."""

from __future__ import annotations

from django.db.models import TextChoices

from khcn.kernel.obligations.states import UrgingLevel
from khcn.language.words import words as _


class AssignmentState(TextChoices):
    """Where an assignment stands in its workflow."""

    GIVEN = "given", _("Đã giao")  # nobody answered for it yet
    ACKNOWLEDGED = "acknowledged", _("Đã nhận")  # the lead knows of it
    IN_PROGRESS = "in_progress", _("Đang thực hiện")  # at least one report of progress
    REPORTED_DONE = "reported_done", _("Đã báo cáo hoàn thành")  # waits for the monitor
    RETURNED = "returned", _("Trả lại để làm tiếp")  # the monitor did not accept the result
    SUSPENDED = "suspended", _("Tạm dừng")  # by decision of whoever gave it
    CLOSED = "closed", _("Đã hoàn thành")  # the product was accepted
    CANCELLED = "cancelled", _("Không còn phải làm")  # withdrawn with a reason


OPEN_STATES = (
    AssignmentState.GIVEN,
    AssignmentState.ACKNOWLEDGED,
    AssignmentState.IN_PROGRESS,
    AssignmentState.RETURNED,
)
"""The lead must act; the clock runs."""


class IssuerLevel(TextChoices):
    """Who gave the work, by level."""

    CENTRAL = "central", _("Trung ương")
    PROVINCIAL_PARTY = "provincial_party", _("Tỉnh ủy")
    PEOPLES_COUNCIL = "peoples_council", _("Hội đồng nhân dân tỉnh")
    PEOPLES_COMMITTEE = "peoples_committee", _("Ủy ban nhân dân tỉnh")
    MINISTRY = "ministry", _("Bộ, ngành")
    DEPARTMENT = "department", _("Sở")


class DeadlinePrecision(TextChoices):
    """How exactly the deadline was said; the date kept is the last day that still meets it."""

    DAY = "day", _("Đến ngày")
    MONTH = "month", _("Trong tháng")
    QUARTER = "quarter", _("Trong quý")
    YEAR = "year", _("Trong năm")
    CONTINUOUS = "continuous", _("Thường xuyên")
    NONE = "none", _("Không đặt hạn")


DATED = (DeadlinePrecision.DAY, DeadlinePrecision.MONTH, DeadlinePrecision.QUARTER, DeadlinePrecision.YEAR)


class Priority(TextChoices):
    """How pressing the work is."""

    NORMAL = "normal", _("Bình thường")
    HIGH = "high", _("Ưu tiên")
    URGENT = "urgent", _("Khẩn")


class ExtensionOutcome(TextChoices):
    """What was decided on a request for more time."""

    PENDING = "pending", _("Chờ quyết định")
    GRANTED = "granted", _("Đồng ý")
    REFUSED = "refused", _("Không đồng ý")


URGING_RULES = {
    UrgingLevel.OFFICER: "assignment.urge.officer",
    UrgingLevel.UNIT_HEAD: "assignment.urge.unit-head",
    UrgingLevel.DIRECTOR: "assignment.urge.director",
    UrgingLevel.ISSUER: "assignment.urge.issuer",
}
"""Level → key of the rule saying how many days after the deadline (negative: before) it is reached."""


class BoardState(TextChoices):
    """Where an assignment stands on a day, as the board counts it; computed, never stored."""

    OVERDUE = "overdue", _("Quá hạn")
    DUE_SOON = "due_soon", _("Sắp đến hạn")
    NOT_DUE = "not_due", _("Trong hạn")
    NO_DEADLINE = "no_deadline", _("Không đặt hạn")
    AWAITING = "awaiting", _("Chờ xác nhận")
    SUSPENDED = "suspended", _("Tạm dừng")
    DONE = "done", _("Xong đúng hạn")
    DONE_LATE = "done_late", _("Xong quá hạn")
    UNDER_WAY = "under_way", _("Đang thực hiện")  # lateness not released to the viewer
    FINISHED = "finished", _("Đã hoàn thành")  # lateness not released to the viewer
    CANCELLED = "cancelled", _("Không còn phải làm")
