"""The states and kinds of legal documents, programmes and items of the work plan."""

from __future__ import annotations

from django.db.models import TextChoices


class LegalDocumentKind(TextChoices):
    """Legal normative documents of a province, by who issues them."""

    COUNCIL_RESOLUTION = "council_resolution", "Nghị quyết của Hội đồng nhân dân tỉnh"
    COMMITTEE_DECISION = "committee_decision", "Quyết định của Ủy ban nhân dân tỉnh"
    CHAIRMAN_DECISION = "chairman_decision", "Quyết định của Chủ tịch Ủy ban nhân dân tỉnh"


class LegalDocumentState(TextChoices):
    """Where a legal document stands."""

    PROPOSED = "proposed", "Đã đề nghị xây dựng"  # nobody agreed to it yet
    DRAFTING = "drafting", "Đang soạn thảo"
    CONSULTING = "consulting", "Đang lấy ý kiến"
    APPRAISED = "appraised", "Tư pháp đã thẩm định"
    SUBMITTED = "submitted", "Đã trình"  # with the body that issues it
    ISSUED = "issued", "Đã ban hành"
    EXPIRED = "expired", "Hết hiệu lực"  # without a successor
    REPLACED = "replaced", "Đã được thay thế"  # the successor is named
    DROPPED = "dropped", "Không ban hành"  # stopped before issue, with the reason


EVER_ISSUED = (LegalDocumentState.ISSUED, LegalDocumentState.EXPIRED, LegalDocumentState.REPLACED)
"""A later end does not undo an issue."""


class ProgrammeKind(TextChoices):
    """What a programme is called."""

    PROGRAMME = "programme", "Chương trình"
    PLAN = "plan", "Kế hoạch"
    SCHEME = "scheme", "Đề án"
    PROJECT = "project", "Dự án"
    PARTY_RESOLUTION = "party_resolution", "Nghị quyết của Đảng"


COUNTED_KINDS = (ProgrammeKind.PROGRAMME, ProgrammeKind.PLAN, ProgrammeKind.SCHEME)
"""What period reports add up as «chương trình, kế hoạch, đề án»."""


class ProgrammeState(TextChoices):
    """Where a programme stands."""

    DRAFTING = "drafting", "Đang soạn thảo"
    SUBMITTED = "submitted", "Đã trình"
    ISSUED = "issued", "Đã ban hành"
    CARRIED_OUT = "carried_out", "Đang thực hiện"
    CONCLUDED = "concluded", "Đã tổng kết"
    DROPPED = "dropped", "Không ban hành"


PROGRAMMES_EVER_ISSUED = (ProgrammeState.ISSUED, ProgrammeState.CARRIED_OUT, ProgrammeState.CONCLUDED)


class WorkPlanState(TextChoices):
    """Where an item of the work plan stands."""

    PLANNED = "planned", "Đã lên kế hoạch"
    DOING = "doing", "Đang làm"
    DONE = "done", "Đã xong"
    DROPPED = "dropped", "Không làm nữa"


class TargetDirection(TextChoices):
    """How a value is held against its target."""

    AT_LEAST = "at_least", "Ít nhất"
    AT_MOST = "at_most", "Nhiều nhất"
    EXACTLY = "exactly", "Đúng bằng"


class TargetState(TextChoices):
    """Where a target stands."""

    FOLLOWED = "followed", "Đang theo dõi"
    DROPPED = "dropped", "Thôi theo dõi"  # the programme no longer asks for it, with the reason


class TargetReportState(TextChoices):
    """Where a reported value of a target stands."""

    REPORTED = "reported", "Đã báo cáo, chờ chấp nhận"
    RETURNED = "returned", "Đã trả lại"  # with the reason; the agency reports anew
    ACCEPTED = "accepted", "Đã chấp nhận"
    SUPERSEDED = "superseded", "Đã có số thay thế"  # a later report of the same period was accepted


class ReportingPeriod(TextChoices):
    """The periods for which values of targets are reported; the names are those of the kernel's periods."""

    SIX_MONTH = "six-month", "6 tháng đầu năm"
    NINE_MONTH = "nine-month", "9 tháng đầu năm"
    YEAR = "year", "Cả năm"


class Comparator(TextChoices):
    """How exactly a value was said."""

    EXACT = "exact", "đúng"
    OVER = "over", "trên"
    ABOUT = "about", "khoảng"


class Progress(TextChoices):
    """How a value stands against the target of its year."""

    REACHED = "reached", "Đạt"
    ON_THE_WAY = "on_the_way", "Đúng tiến độ"
    BEHIND = "behind", "Chậm so với tiến độ"
    MISSED = "missed", "Không đạt"  # the year is over
    WAITING = "waiting", "Chưa có số liệu cả năm"  # the year is over, the latest value speaks of a part of it
    OPEN = "open", "Chưa đạt, còn thời hạn"  # no rule says how fast it should grow
    NO_VALUE = "no_value", "Chưa có số liệu"
    NO_NUMBER = "no_number", "Chỉ tiêu không nêu con số"
