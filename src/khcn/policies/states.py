"""The states and kinds of legal documents, programmes and items of the work plan."""

from __future__ import annotations

from django.db.models import TextChoices

from khcn.language.words import words as _


class LegalDocumentKind(TextChoices):
    """Legal normative documents of a province, by who issues them."""

    COUNCIL_RESOLUTION = "council_resolution", _("Nghị quyết của Hội đồng nhân dân tỉnh")
    COMMITTEE_DECISION = "committee_decision", _("Quyết định của Ủy ban nhân dân tỉnh")
    CHAIRMAN_DECISION = "chairman_decision", _("Quyết định của Chủ tịch Ủy ban nhân dân tỉnh")


class LegalDocumentState(TextChoices):
    """Where a legal document stands."""

    PROPOSED = "proposed", _("Đã đề nghị xây dựng")  # nobody agreed to it yet
    DRAFTING = "drafting", _("Đang soạn thảo")
    CONSULTING = "consulting", _("Đang lấy ý kiến")
    APPRAISED = "appraised", _("Tư pháp đã thẩm định")
    SUBMITTED = "submitted", _("Đã trình")  # with the body that issues it
    ISSUED = "issued", _("Đã ban hành")
    EXPIRED = "expired", _("Hết hiệu lực")  # without a successor
    REPLACED = "replaced", _("Đã được thay thế")  # the successor is named
    DROPPED = "dropped", _("Không ban hành")  # stopped before issue, with the reason


EVER_ISSUED = (LegalDocumentState.ISSUED, LegalDocumentState.EXPIRED, LegalDocumentState.REPLACED)
"""A later end does not undo an issue."""


class ProgrammeKind(TextChoices):
    """What a programme is called."""

    PROGRAMME = "programme", _("Chương trình")
    PLAN = "plan", _("Kế hoạch")
    SCHEME = "scheme", _("Đề án")
    PROJECT = "project", _("Dự án")
    PARTY_RESOLUTION = "party_resolution", _("Nghị quyết của Đảng")


COUNTED_KINDS = (ProgrammeKind.PROGRAMME, ProgrammeKind.PLAN, ProgrammeKind.SCHEME)
"""What period reports add up as «chương trình, kế hoạch, đề án»."""


class ProgrammeState(TextChoices):
    """Where a programme stands."""

    DRAFTING = "drafting", _("Đang soạn thảo")
    SUBMITTED = "submitted", _("Đã trình")
    ISSUED = "issued", _("Đã ban hành")
    CARRIED_OUT = "carried_out", _("Đang thực hiện")
    CONCLUDED = "concluded", _("Đã tổng kết")
    DROPPED = "dropped", _("Không ban hành")


PROGRAMMES_EVER_ISSUED = (ProgrammeState.ISSUED, ProgrammeState.CARRIED_OUT, ProgrammeState.CONCLUDED)


class WorkPlanState(TextChoices):
    """Where an item of the work plan stands."""

    PLANNED = "planned", _("Đã lên kế hoạch")
    DOING = "doing", _("Đang làm")
    DONE = "done", _("Đã xong")
    DROPPED = "dropped", _("Không làm nữa")


class TargetDirection(TextChoices):
    """How a value is held against its target."""

    AT_LEAST = "at_least", _("Ít nhất")
    AT_MOST = "at_most", _("Nhiều nhất")
    EXACTLY = "exactly", _("Đúng bằng")


class TargetState(TextChoices):
    """Where a target stands."""

    FOLLOWED = "followed", _("Đang theo dõi")
    DROPPED = "dropped", _("Thôi theo dõi")  # the programme no longer asks for it, with the reason


class TargetReportState(TextChoices):
    """Where a reported value of a target stands."""

    REPORTED = "reported", _("Đã báo cáo, chờ chấp nhận")
    RETURNED = "returned", _("Đã trả lại")  # with the reason; the agency reports anew
    ACCEPTED = "accepted", _("Đã chấp nhận")
    SUPERSEDED = "superseded", _("Đã có số thay thế")  # a later report of the same period was accepted


class ReportingPeriod(TextChoices):
    """The periods for which values of targets are reported; the names are those of the kernel's periods."""

    SIX_MONTH = "six-month", _("6 tháng đầu năm")
    NINE_MONTH = "nine-month", _("9 tháng đầu năm")
    YEAR = "year", _("Cả năm")


class Comparator(TextChoices):
    """How exactly a value was said."""

    EXACT = "exact", _("đúng")
    OVER = "over", _("trên")
    ABOUT = "about", _("khoảng")


class Progress(TextChoices):
    """How a value stands against the target of its year."""

    REACHED = "reached", _("Đạt")
    ON_THE_WAY = "on_the_way", _("Đúng tiến độ")
    BEHIND = "behind", _("Chậm so với tiến độ")
    MISSED = "missed", _("Không đạt")  # the year is over
    WAITING = "waiting", _("Chưa có số liệu cả năm")  # the year is over, the latest value speaks of a part of it
    OPEN = "open", _("Chưa đạt, còn thời hạn")  # no rule says how fast it should grow
    NO_VALUE = "no_value", _("Chưa có số liệu")
    NO_NUMBER = "no_number", _("Chỉ tiêu không nêu con số")
