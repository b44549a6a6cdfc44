"""The states of a council, who sits in it as what, what a slip may be, and in which words products are judged."""

from __future__ import annotations

from django.db.models import TextChoices

from khcn.language.words import words as _


class Regime(TextChoices):
    """Under which law something was approved; it keeps the rules of that law for its whole life."""

    LAW_29 = "law29", _("Luật KH&CN 29/2013/QH13")
    LAW_93 = "law93", _("Luật KH,CN và ĐMST 93/2025/QH15")


class Purpose(TextChoices):
    """What a council is asked for."""

    IDENTIFY = "identify", _("Xác định nhiệm vụ")
    SELECT = "select", _("Tuyển chọn, giao trực tiếp")
    BUDGET = "budget", _("Thẩm định kinh phí")
    ACCEPT = "accept", _("Đánh giá, nghiệm thu")
    EVALUATE = "evaluate", _("Đánh giá kết quả không dùng ngân sách nhà nước")
    ADVISE = "advise", _("Tư vấn khác")


VOTING = (Purpose.EVALUATE,)
"""What is settled by a vote on each dossier, passed or not, without points or products."""


class CouncilState(TextChoices):
    """Where a council stands."""

    FORMING = "forming", _("Đang lập")  # members are being named
    ESTABLISHED = "established", _("Đã có quyết định")
    INVITED = "invited", _("Đã gửi tài liệu")  # every member has the documents, the meeting day is set
    SCORING = "scoring", _("Đang đánh giá")  # quorum was checked; slips are open
    COUNTED = "counted", _("Đã kiểm phiếu")  # the seal is broken; nothing of a slip can change
    CONCLUDED = "concluded", _("Đã kết luận")  # minutes are approved
    DISSOLVED = "dissolved", _("Đã giải tán")  # ended without a conclusion, with the reason


CHANGEABLE = (CouncilState.FORMING, CouncilState.ESTABLISHED, CouncilState.INVITED)
"""While members and dossiers may still change: before slips are open."""


BEFORE_THE_MEETING = (CouncilState.ESTABLISHED, CouncilState.INVITED)
"""Members are decided on and no slip is open: they choose tellers, and ask in writing."""


class SeatRole(TextChoices):
    """As what a member sits."""

    CHAIR = "chair", _("Chủ tịch")
    VICE_CHAIR = "vice_chair", _("Phó Chủ tịch")
    REVIEWER = "reviewer", _("Ủy viên phản biện")
    SECRETARY = "secretary", _("Thư ký khoa học")
    MEMBER = "member", _("Ủy viên")


class Presence(TextChoices):
    """Whether a member is at the meeting."""

    UNKNOWN = "unknown", _("Chưa điểm danh")
    PRESENT = "present", _("Có mặt")
    WRITTEN = "written", _("Vắng mặt, có phiếu gửi trước")
    ABSENT = "absent", _("Vắng mặt")


class ConflictAnswer(TextChoices):
    """What a member declared about interests in a matter."""

    UNDECLARED = "undeclared", _("Chưa kê khai")
    NONE = "none", _("Không có xung đột lợi ích")
    SOME = "some", _("Có quan hệ, lợi ích liên quan")


class KnownFact(TextChoices):
    """Whether something is so, where nobody may have looked yet."""

    UNKNOWN = "unknown", _("Chưa rõ", "fact")
    YES = "yes", _("Có")
    NO = "no", _("Không")


class Rating(TextChoices):
    """How a product, a report or a task is rated."""

    EXCELLENT = "excellent", _("Xuất sắc")  # beyond the order
    PASS = "pass", _("Đạt", "rating")
    FAIL = "fail", _("Không đạt", "rating")  # below the order


class Vote(TextChoices):
    """How a member votes on a dossier."""

    PASS = "pass", _("Đạt", "vote")
    FAIL = "fail", _("Không đạt", "vote")


class Judged(TextChoices):
    """What of a product is judged."""

    QUANTITY = "quantity", _("Số lượng", "criterion")
    VOLUME = "volume", _("Khối lượng")
    QUALITY = "quality", _("Chất lượng")
    KIND = "kind", _("Chủng loại")
    REPORT = "report", _("Báo cáo tổng hợp")
