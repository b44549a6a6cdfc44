"""The states and kinds of research tasks, of the proposals they come from and of the dossiers that apply for them."""

from __future__ import annotations

from django.db.models import TextChoices

from khcn.language.words import words as _


class TaskState(TextChoices):
    """Where a research task stands, from its proposal to the last year in which its use is followed."""

    PROPOSED = "proposed", _("Đề xuất")
    SCREENED = "screened", _("Đã rà soát")  # held against earlier tasks
    IDENT_COUNCIL = "ident_council", _("Hội đồng xác định")
    LISTED = "listed", _("Trong danh mục")  # the list was approved
    CALL_OPEN = "call_open", _("Đang nhận hồ sơ")
    SUBMITTED = "submitted", _("Đã đóng nhận hồ sơ")
    ELIGIBILITY = "eligibility", _("Đã kiểm tra hồ sơ")
    SELECT_COUNCIL = "select_council", _("Hội đồng tuyển chọn")
    REVISING = "revising", _("Hoàn thiện thuyết minh")
    BUDGET_APPRAISAL = "budget_appraisal", _("Thẩm định kinh phí")
    APPROVED = "approved", _("Đã phê duyệt")  # the law that governs it is settled from here on
    CONTRACTED = "contracted", _("Đã ký hợp đồng")
    RUNNING = "running", _("Đang thực hiện")
    ADJUSTING = "adjusting", _("Chờ quyết định điều chỉnh")
    EXTENDED = "extended", _("Đang thực hiện, đã gia hạn")
    SUSPENDED = "suspended", _("Tạm dừng")
    SELF_EVALUATED = "self_evaluated", _("Đã tự đánh giá")
    FINAL_SUBMITTED = "final_submitted", _("Đã nộp hồ sơ nghiệm thu")
    FINAL_COUNCIL = "final_council", _("Hội đồng nghiệm thu")
    ACCEPTED = "accepted", _("Được nghiệm thu")
    ACCEPTED_AFTER_FIX = "accepted_after_fix", _("Đạt, phải hoàn thiện hồ sơ")
    NOT_ACCEPTED = "not_accepted", _("Không được nghiệm thu")
    RESULT_REGISTERED = "result_registered", _("Đã đăng ký kết quả")
    SETTLED = "settled", _("Đã quyết toán")
    LIQUIDATED = "liquidated", _("Đã thanh lý hợp đồng")
    TRANSFERRED = "transferred", _("Đã giao quyền, bàn giao")
    TRACKING = "tracking", _("Theo dõi ứng dụng")
    CLOSED = "closed", _("Đã khép hồ sơ")
    REJECTED = "rejected", _("Không thực hiện")  # the department, a council or the approver said no
    WITHDRAWN = "withdrawn", _("Đã rút")  # whoever proposed or hosts it took it back
    TERMINATED = "terminated", _("Chấm dứt")
    RISK_REVIEW = "risk_review", _("Xét chấp nhận rủi ro")


UNDER_WAY = (
    TaskState.CONTRACTED,
    TaskState.RUNNING,
    TaskState.ADJUSTING,
    TaskState.EXTENDED,
    TaskState.SUSPENDED,
    TaskState.SELF_EVALUATED,
    TaskState.FINAL_SUBMITTED,
    TaskState.FINAL_COUNCIL,
)
"""A contract was signed and the task is neither judged nor stopped."""
PLANNED = (
    TaskState.LISTED,
    TaskState.CALL_OPEN,
    TaskState.SUBMITTED,
    TaskState.ELIGIBILITY,
    TaskState.SELECT_COUNCIL,
    TaskState.REVISING,
    TaskState.BUDGET_APPRAISAL,
)
"""Tasks on an approved list that are not approved themselves: those that a coming year will open."""
BEFORE_APPROVAL = (TaskState.PROPOSED, TaskState.SCREENED, TaskState.IDENT_COUNCIL, *PLANNED)
AFTER_FILING = (
    TaskState.FINAL_SUBMITTED,
    TaskState.FINAL_COUNCIL,
    TaskState.ACCEPTED,
    TaskState.ACCEPTED_AFTER_FIX,
    TaskState.NOT_ACCEPTED,
    TaskState.RESULT_REGISTERED,
    TaskState.SETTLED,
    TaskState.LIQUIDATED,
    TaskState.TRANSFERRED,
    TaskState.TRACKING,
    TaskState.CLOSED,
)
"""The final file was handed in, also where an old record does not know the day."""
NEVER_APPROVED = (*BEFORE_APPROVAL, TaskState.REJECTED, TaskState.WITHDRAWN)


class TaskTrack(TextChoices):
    """By which body of rules a task is found and carried out."""

    RESEARCH = "research", _("Nghiên cứu khoa học, phát triển công nghệ")
    INNOVATION = "innovation", _("Đổi mới sáng tạo (NĐ 268/2025/NĐ-CP)")


class InnovationKind(TextChoices):
    """What an innovation task supports. Source: NĐ 268/2025/NĐ-CP, Arts 5–18."""

    RENEWAL = "renewal", _("Đổi mới công nghệ")
    PRODUCTIVITY = "productivity", _("Sở hữu trí tuệ, năng suất, chất lượng")
    STARTUP = "startup", _("Hỗ trợ khởi nghiệp sáng tạo")
    INTEREST = "interest", _("Hỗ trợ lãi suất vay")
    VOUCHER = "voucher", _("Phiếu hỗ trợ đổi mới sáng tạo")


class TaskForm(TextChoices):
    """What kind of task it is, as the national statistics tell them apart."""

    TOPIC = "topic", _("Đề tài")
    SCHEME = "scheme", _("Đề án khoa học")
    PROJECT = "project", _("Dự án")


class TaskLevel(TextChoices):
    """At which level of the State a task is managed."""

    NATIONAL = "national", _("Cấp quốc gia")
    MINISTRY = "ministry", _("Cấp bộ")
    PROVINCE = "province", _("Cấp tỉnh")
    GRASSROOTS = "grassroots", _("Cấp cơ sở")
    OTHER = "other", _("Cấp khác")


class AwardMode(TextChoices):
    """How the host of a task is found; the law of 2025 has new words for it."""

    SELECTION = "selection", _("Tuyển chọn")
    DIRECT = "direct", _("Giao trực tiếp")
    FUNDING = "funding", _("Tài trợ")
    ORDER = "order", _("Đặt hàng")


class LumpSum(TextChoices):
    """How the money of a task is spent and accounted for."""

    ITEMISED = "itemised", _("Theo dự toán chi tiết")
    IN_PARTS = "in_parts", _("Khoán từng phần")
    FINAL_PRODUCT = "final_product", _("Khoán đến sản phẩm cuối cùng")


class FundingSource(TextChoices):
    """Whose money it is."""

    STATE_CENTRAL = "state_central", _("Ngân sách trung ương")
    STATE_LOCAL = "state_local", _("Ngân sách địa phương")
    PROVINCIAL_FUND = "provincial_fund", _("Quỹ phát triển KH&CN của tỉnh")
    FIRM = "firm", _("Doanh nghiệp")
    UNIVERSITY = "university", _("Trường đại học")
    FOREIGN = "foreign", _("Nước ngoài")
    OTHER = "other", _("Nguồn khác")


STATE_BUDGET = (FundingSource.STATE_CENTRAL, FundingSource.STATE_LOCAL)
MANAGED = (*STATE_BUDGET, FundingSource.PROVINCIAL_FUND)
"""Money that passes through whoever manages the task; a firm spends its own itself."""


class CostItem(TextChoices):
    """What an estimate pays for."""

    LABOUR = "labour", _("Công lao động")
    MATERIALS = "materials", _("Nguyên vật liệu, năng lượng")
    EQUIPMENT = "equipment", _("Thiết bị, máy móc")
    CONSTRUCTION = "construction", _("Xây dựng, sửa chữa nhỏ")
    TRAVEL_ABROAD = "travel_abroad", _("Đoàn ra")
    OTHER = "other", _("Chi khác")


class Account(TextChoices):
    """Where the money of a task is; every movement takes from one account and puts into another."""

    GRANTED = "granted", _("Được phê duyệt")  # what the others came from, so it stands below zero
    UNALLOCATED = "unallocated", _("Chưa giao dự toán")
    ALLOCATED = "allocated", _("Đã giao, chưa chi")  # kept apart by budget year
    ADVANCED = "advanced", _("Đã chi, chờ nghiệm thu khối lượng")
    VERIFIED = "verified", _("Chờ quyết toán")
    SETTLED = "settled", _("Đã quyết toán")
    RETURNED = "returned", _("Đã hoàn trả")


class MovementKind(TextChoices):
    """What moved the money."""

    APPROVE = "approve", _("Phê duyệt kinh phí")
    ALLOCATE = "allocate", _("Giao dự toán năm")
    DISBURSE = "disburse", _("Giải ngân, tạm ứng")
    VERIFY = "verify", _("Nghiệm thu khối lượng")
    SETTLE = "settle", _("Quyết toán")
    RETURN = "return", _("Hoàn trả")
    CARRY_OVER = "carry_over", _("Chuyển nguồn sang năm sau")
    RELEASE = "release", _("Hủy dự toán đã giao")
    REDUCE = "reduce", _("Giảm kinh phí được duyệt")
    RECOVER = "recover", _("Thu hồi khoản đã nghiệm thu khối lượng")


class MemberRole(TextChoices):
    """As what somebody takes part in a task."""

    LEADER = "leader", _("Chủ nhiệm")
    SECRETARY = "secretary", _("Thư ký khoa học")
    KEY = "key", _("Thành viên chính")
    MEMBER = "member", _("Thành viên")


class ProductKind(TextChoices):
    """What a task promises, grouped by how it is judged."""

    TANGIBLE = "tangible", _("Sản phẩm đo đếm được")  # materials, devices, varieties
    METHOD = "method", _("Quy trình, mô hình, phần mềm, đề án")
    PUBLICATION = "publication", _("Bài báo, sách")
    INTELLECTUAL_PROPERTY = "intellectual_property", _("Đơn, văn bằng sở hữu trí tuệ")
    TRAINING = "training", _("Đào tạo")


class TerminationCause(TextChoices):
    """Why a task was stopped before its end."""

    OBJECTIVE = "objective", _("Khách quan")
    SUBJECTIVE = "subjective", _("Chủ quan")
    RISK = "risk", _("Rủi ro được xem xét chấp nhận")
    BREACH = "breach", _("Vi phạm")


class RiskKind(TextChoices):
    """What kind of risk came true."""

    HYPOTHESIS = "hypothesis", _("Giả thuyết khoa học không được xác nhận")
    TECHNICAL = "technical", _("Kỹ thuật, công nghệ")
    EVENT = "event", _("Sự kiện khách quan")
    OTHER = "other", _("Khác")


class Recovery(TextChoices):
    """What of the money is asked back."""

    NONE = "none", _("Không thu hồi")
    PARTIAL = "partial", _("Thu hồi một phần")
    FULL = "full", _("Thu hồi toàn bộ")


class ChangeKind(TextChoices):
    """What of a running task is asked to be changed."""

    CONTENT = "content", _("Nội dung, sản phẩm")
    BUDGET = "budget", _("Mục chi, tiến độ cấp kinh phí")
    PEOPLE = "people", _("Chủ nhiệm, thành viên, đơn vị phối hợp")
    DURATION = "duration", _("Thời gian thực hiện")
    OTHER = "other", _("Khác")


class ChangeOutcome(TextChoices):
    """What came of a request for change."""

    ASKED = "asked", _("Chờ quyết định")
    APPROVED = "approved", _("Được điều chỉnh")
    REFUSED = "refused", _("Không điều chỉnh")


class ReportKind(TextChoices):
    """Which report of the host it is."""

    MONTHLY = "monthly", _("Cập nhật hằng tháng")
    PERIODIC = "periodic", _("Báo cáo định kỳ")


class Schedule(TextChoices):
    """How an inspection found the work to stand."""

    ON_TIME = "on_time", _("Đúng tiến độ")
    LATE = "late", _("Chậm tiến độ")


class ProposerKind(TextChoices):
    """Who proposes a task."""

    AGENCY = "agency", _("Cơ quan nhà nước, tổ chức chính trị - xã hội")
    UNIVERSITY = "university", _("Viện, trường")
    FIRM = "firm", _("Doanh nghiệp, hợp tác xã")
    CITIZEN = "citizen", _("Cá nhân")


class ProposalState(TextChoices):
    """Where a proposal stands."""

    RECEIVED = "received", _("Đã nhận")
    SCREENED = "screened", _("Đã rà soát")
    GROUPED = "grouped", _("Đã đưa vào nhiệm vụ")
    REJECTED = "rejected", _("Không đưa vào xét")
    WITHDRAWN = "withdrawn", _("Đã rút")


class CallKind(TextChoices):
    """What a notice asks for."""

    PROPOSALS = "proposals", _("Nhận đề xuất nhiệm vụ")
    APPLICATIONS = "applications", _("Nhận hồ sơ đăng ký chủ trì")


class CallState(TextChoices):
    """Where a notice stands."""

    DRAFT = "draft", _("Đang soạn")
    OPEN = "open", _("Đang nhận")
    CLOSED = "closed", _("Đã đóng")
    CANCELLED = "cancelled", _("Đã hủy")


class ApplicationState(TextChoices):
    """Where a dossier that applies for a task stands."""

    FILED = "filed", _("Đã nộp")
    VALID = "valid", _("Hợp lệ")
    INVALID = "invalid", _("Không hợp lệ", "application")
    CHOSEN = "chosen", _("Được chọn")
    NOT_CHOSEN = "not_chosen", _("Không được chọn")
    WITHDRAWN = "withdrawn", _("Đã rút")


IN_THE_RUNNING = (ApplicationState.FILED, ApplicationState.VALID, ApplicationState.CHOSEN)
"""Dossiers that may still be given the task; of an earlier call none is left."""


class UseForm(TextChoices):
    """In which way the result of a task is used."""

    PRODUCTION = "production", _("Sản xuất, kinh doanh")
    MANAGEMENT = "management", _("Quản lý, hoạch định chính sách")
    TRAINING = "training", _("Đào tạo, nghiên cứu tiếp")
    TRANSFER = "transfer", _("Chuyển giao, thương mại hóa")
    NOT_USED = "not_used", _("Chưa ứng dụng trong năm")  # a year's report too, and no use
    OTHER = "other", _("Khác")


class OutsideState(TextChoices):
    """Where the evaluation of a result stands that was reached without the State's money."""

    RECEIVED = "received", _("Đã nhận")
    SUPPLEMENTING = "supplementing", _("Chờ bổ sung")
    VALID = "valid", _("Hợp lệ")  # the time to answer runs
    COUNCIL = "council", _("Hội đồng đánh giá")
    CERTIFIED = "certified", _("Đã cấp giấy chứng nhận")
    REGISTERED = "registered", _("Đã đăng ký kết quả")  # encouraged, not asked of anybody
    REFUSED = "refused", _("Không cấp giấy chứng nhận")
    WITHDRAWN = "withdrawn", _("Đã rút")


HOLDS_CERTIFICATE = (OutsideState.CERTIFIED, OutsideState.REGISTERED)
"""The council passed the result and the province certified it."""


class ExportState(TextChoices):
    """Where an export that was asked for stands."""

    WAITING = "waiting", _("Đang lập")
    READY = "ready", _("Đã lập xong")
    REFUSED = "refused", _("Không lập được")
