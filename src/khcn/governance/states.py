"""The states of sessions, readings, conclusions and recommendations."""

from __future__ import annotations

from django.db.models import TextChoices


class SessionState(TextChoices):
    """Where a working session stands."""

    PLANNED = "planned", "Dự kiến"  # on the leaders' calendar
    HELD = "held", "Đã họp"  # held, its conclusions not yet confirmed
    CONCLUDED = "concluded", "Đã có kết luận"  # conclusions recorded sentence by sentence
    CLOSED = "closed", "Đã thực hiện xong"  # every conclusion carried out or noted


class ReadingState(TextChoices):
    """Where the reading of a text stands."""

    REVIEWING = "reviewing", "Đang rà soát"  # proposals wait for a person
    CONFIRMED = "confirmed", "Đã xác nhận"  # what was accepted is in the registers
    ABANDONED = "abandoned", "Đã bỏ"  # nothing entered a register


class ItemKind(TextChoices):
    """What the reader proposes."""

    SESSION = "session", "Buổi làm việc"
    PERSON = "person", "Người dự"
    FIGURE = "figure", "Số liệu"
    DISCUSSION = "discussion", "Ý kiến thảo luận"
    DIRECTIVE = "directive", "Ý kiến chỉ đạo"
    PETITION = "petition", "Kiến nghị, đề xuất"
    PHOTO = "photo", "Ảnh"


class ItemDecision(TextChoices):
    """What a person decided on a proposal."""

    PROPOSED = "proposed", "Chờ rà soát"
    ACCEPTED = "accepted", "Chấp nhận"
    EDITED = "edited", "Đã sửa"
    REJECTED = "rejected", "Bỏ"


class Comparator(TextChoices):
    """How exactly a figure was said."""

    EXACT = "exact", "đúng"
    OVER = "over", "trên"
    UNDER = "under", "dưới"
    ABOUT = "about", "khoảng"


class AttendancePart(TextChoices):
    """The part a person had in the session."""

    CHAIR = "chair", "Chủ trì"
    HOST = "host", "Đơn vị tiếp"
    REPORTER = "reporter", "Báo cáo"
    SPEAKER = "speaker", "Phát biểu"
    ATTENDEE = "attendee", "Dự"
    MENTIONED = "mentioned", "Được nhắc đến"


class ConclusionState(TextChoices):
    """Where one conclusion stands."""

    RECORDED = "recorded", "Mới ghi nhận"  # no task given yet
    TASKED = "tasked", "Đã giao nhiệm vụ"  # at least one task carries it
    NOTED = "noted", "Chỉ để biết"  # asks for nothing that can be followed
    CARRIED_OUT = "carried_out", "Đã thực hiện"  # all its tasks are closed with evidence


class Standstill(TextChoices):
    """What a conclusion that does not move waits for; what hurts first stands first."""

    RESULT = "result", "Chờ kết quả, đã quá hạn"  # the deadline in force has passed
    ACCEPTANCE = "acceptance", "Chờ xác nhận kết quả"  # reported done with evidence
    EXTENSION = "extension", "Chờ quyết định gia hạn"  # the lead asked for more time
    GIVING = "giving", "Chưa giao thành nhiệm vụ"  # nobody was asked to carry it out
    PAPER = "paper", "Chờ văn bản giao của Ủy ban nhân dân tỉnh"  # the department can only advise
    RECEIPT = "receipt", "Chờ xác nhận đã nhận việc"  # the lead has not answered at all
    REPORT = "report", "Chờ báo cáo tiến độ"  # nothing heard for long
    REST = "rest", "Đang tạm dừng"  # rests by decision
    CLOSING = "closing", "Chờ ghi nhận đã thực hiện"  # its tasks have ended


class RecommendationState(TextChoices):
    """Where a recommendation stands; every one must end with an answer."""

    RAISED = "raised", "Đã nêu"  # said at the session, nobody studies it yet
    UNDER_STUDY = "under_study", "Đang xem xét"  # someone was asked to answer
    ANSWERED = "answered", "Đã trả lời"  # answered by a document


class Outcome(TextChoices):
    """How a recommendation was answered."""

    ACCEPTED = "accepted", "Chấp thuận"
    PARTLY = "partly", "Chấp thuận một phần"
    REJECTED = "rejected", "Không chấp thuận, có lý do"
    FORWARDED = "forwarded", "Chuyển cấp có thẩm quyền"
    NEEDS_LAW = "needs_law", "Cần sửa quy định"
