"""The states of given work, how exactly its deadline was said, and where it stands on a day."""

from __future__ import annotations

from django.db.models import TextChoices

from khcn.kernel.obligations.states import UrgingLevel


class AssignmentState(TextChoices):
    """Where an assignment stands in its workflow."""

    GIVEN = "given", "Đã giao"  # nobody answered for it yet
    ACKNOWLEDGED = "acknowledged", "Đã nhận"  # the lead knows of it
    IN_PROGRESS = "in_progress", "Đang thực hiện"  # at least one report of progress
    REPORTED_DONE = "reported_done", "Đã báo cáo hoàn thành"  # waits for the monitor
    RETURNED = "returned", "Trả lại để làm tiếp"  # the monitor did not accept the result
    SUSPENDED = "suspended", "Tạm dừng"  # by decision of whoever gave it
    CLOSED = "closed", "Đã hoàn thành"  # the product was accepted
    CANCELLED = "cancelled", "Không còn phải làm"  # withdrawn with a reason


OPEN_STATES = (
    AssignmentState.GIVEN,
    AssignmentState.ACKNOWLEDGED,
    AssignmentState.IN_PROGRESS,
    AssignmentState.RETURNED,
)
"""The lead must act; the clock runs."""


class IssuerLevel(TextChoices):
    """Who gave the work, by level."""

    CENTRAL = "central", "Trung ương"
    PROVINCIAL_PARTY = "provincial_party", "Tỉnh ủy"
    PEOPLES_COUNCIL = "peoples_council", "Hội đồng nhân dân tỉnh"
    PEOPLES_COMMITTEE = "peoples_committee", "Ủy ban nhân dân tỉnh"
    MINISTRY = "ministry", "Bộ, ngành"
    DEPARTMENT = "department", "Sở"


class DeadlinePrecision(TextChoices):
    """How exactly the deadline was said; the date kept is the last day that still meets it."""

    DAY = "day", "Đến ngày"
    MONTH = "month", "Trong tháng"
    QUARTER = "quarter", "Trong quý"
    YEAR = "year", "Trong năm"
    CONTINUOUS = "continuous", "Thường xuyên"
    NONE = "none", "Không đặt hạn"


DATED = (DeadlinePrecision.DAY, DeadlinePrecision.MONTH, DeadlinePrecision.QUARTER, DeadlinePrecision.YEAR)


class Priority(TextChoices):
    """How pressing the work is."""

    NORMAL = "normal", "Bình thường"
    HIGH = "high", "Ưu tiên"
    URGENT = "urgent", "Khẩn"


class ExtensionOutcome(TextChoices):
    """What was decided on a request for more time."""

    PENDING = "pending", "Chờ quyết định"
    GRANTED = "granted", "Đồng ý"
    REFUSED = "refused", "Không đồng ý"


URGING_RULES = {
    UrgingLevel.OFFICER: "assignment.urge.officer",
    UrgingLevel.UNIT_HEAD: "assignment.urge.unit-head",
    UrgingLevel.DIRECTOR: "assignment.urge.director",
    UrgingLevel.ISSUER: "assignment.urge.issuer",
}
"""Level → key of the rule saying how many days after the deadline (negative: before) it is reached."""


class BoardState(TextChoices):
    """Where an assignment stands on a day, as the board counts it; computed, never stored."""

    OVERDUE = "overdue", "Quá hạn"
    DUE_SOON = "due_soon", "Sắp đến hạn"
    NOT_DUE = "not_due", "Trong hạn"
    NO_DEADLINE = "no_deadline", "Không đặt hạn"
    AWAITING = "awaiting", "Chờ xác nhận"
    SUSPENDED = "suspended", "Tạm dừng"
    DONE = "done", "Xong đúng hạn"
    DONE_LATE = "done_late", "Xong quá hạn"
    UNDER_WAY = "under_way", "Đang thực hiện"  # lateness not released to the viewer
    FINISHED = "finished", "Đã hoàn thành"  # lateness not released to the viewer
    CANCELLED = "cancelled", "Không còn phải làm"
