"""The states of sessions, readings, conclusions and recommendations."""

from __future__ import annotations

from django.db.models import TextChoices

from khcn.language.words import words as _


class SessionState(TextChoices):
    """Where a working session stands."""

    PLANNED = "planned", _("Dự kiến")  # on the leaders' calendar
    HELD = "held", _("Đã họp")  # held, its conclusions not yet confirmed
    CONCLUDED = "concluded", _("Đã có kết luận")  # conclusions recorded sentence by sentence
    CLOSED = "closed", _("Đã thực hiện xong")  # every conclusion carried out or noted


class ReadingState(TextChoices):
    """Where the reading of a text stands."""

    REVIEWING = "reviewing", _("Đang rà soát")  # proposals wait for a person
    CONFIRMED = "confirmed", _("Đã xác nhận")  # what was accepted is in the registers
    ABANDONED = "abandoned", _("Đã bỏ")  # nothing entered a register


class ItemKind(TextChoices):
    """What the reader proposes."""

    SESSION = "session", _("Buổi làm việc", "one")
    PERSON = "person", _("Người dự", "one")
    FIGURE = "figure", _("Số liệu", "one")
    DISCUSSION = "discussion", _("Ý kiến thảo luận", "one")
    DIRECTIVE = "directive", _("Ý kiến chỉ đạo", "one")
    PETITION = "petition", _("Kiến nghị, đề xuất", "one")
    PHOTO = "photo", _("Ảnh", "one")


class ItemDecision(TextChoices):
    """What a person decided on a proposal."""

    PROPOSED = "proposed", _("Chờ rà soát")
    ACCEPTED = "accepted", _("Chấp nhận", "state")
    EDITED = "edited", _("Đã sửa")
    REJECTED = "rejected", _("Bỏ", "state")


class Comparator(TextChoices):
    """How exactly a figure was said."""

    EXACT = "exact", _("đúng")
    OVER = "over", _("trên")
    UNDER = "under", _("dưới")
    ABOUT = "about", _("khoảng")


class AttendancePart(TextChoices):
    """The part a person had in the session."""

    CHAIR = "chair", _("Chủ trì")
    HOST = "host", _("Đơn vị tiếp")
    REPORTER = "reporter", _("Báo cáo")
    SPEAKER = "speaker", _("Phát biểu")
    ATTENDEE = "attendee", _("Dự")
    MENTIONED = "mentioned", _("Được nhắc đến")


class ConclusionState(TextChoices):
    """Where one conclusion stands."""

    RECORDED = "recorded", _("Mới ghi nhận")  # no task given yet
    TASKED = "tasked", _("Đã giao nhiệm vụ")  # at least one task carries it
    NOTED = "noted", _("Chỉ để biết")  # asks for nothing that can be followed
    CARRIED_OUT = "carried_out", _("Đã thực hiện")  # all its tasks are closed with evidence


class Standstill(TextChoices):
    """What a conclusion that does not move waits for; what hurts first stands first."""

    RESULT = "result", _("Chờ kết quả, đã quá hạn")  # the deadline in force has passed
    ACCEPTANCE = "acceptance", _("Chờ xác nhận kết quả")  # reported done with evidence
    EXTENSION = "extension", _("Chờ quyết định gia hạn")  # the lead asked for more time
    GIVING = "giving", _("Chưa giao thành nhiệm vụ")  # nobody was asked to carry it out
    PAPER = "paper", _("Chờ văn bản giao của Ủy ban nhân dân tỉnh")  # the department can only advise
    RECEIPT = "receipt", _("Chờ xác nhận đã nhận việc")  # the lead has not answered at all
    REPORT = "report", _("Chờ báo cáo tiến độ")  # nothing heard for long
    REST = "rest", _("Đang tạm dừng")  # rests by decision
    CLOSING = "closing", _("Chờ ghi nhận đã thực hiện")  # its tasks have ended


class RecommendationState(TextChoices):
    """Where a recommendation stands; every one must end with an answer."""

    RAISED = "raised", _("Đã nêu")  # said at the session, nobody studies it yet
    UNDER_STUDY = "under_study", _("Đang xem xét")  # someone was asked to answer
    ANSWERED = "answered", _("Đã trả lời")  # answered by a document


class Outcome(TextChoices):
    """How a recommendation was answered."""

    ACCEPTED = "accepted", _("Chấp thuận")
    PARTLY = "partly", _("Chấp thuận một phần")
    REJECTED = "rejected", _("Không chấp thuận, có lý do")
    FORWARDED = "forwarded", _("Chuyển cấp có thẩm quyền")
    NEEDS_LAW = "needs_law", _("Cần sửa quy định")
