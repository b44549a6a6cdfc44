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
