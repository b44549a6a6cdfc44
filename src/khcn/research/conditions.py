"""What must hold before a research task takes a step: the papers, councils and parts that the step rests on."""

from __future__ import annotations

from typing import Any

from khcn.councils.states import Purpose
from khcn.kernel.obligations.models import Obligation
from khcn.kernel.workflow.table import Requirement
from khcn.language.words import words as _
from khcn.research.models import ResearchTask
from khcn.research.selectors import (
    USE_CLOCK,
    applications_of,
    asked_back,
    given_back,
    is_before_council,
    money_by_source,
    standing_of,
    was_concluded_on,
)
from khcn.research.states import MANAGED, Account, ApplicationState, ChangeOutcome, TerminationCause


def _said(*names: str) -> Any:
    """Return the question whether the record says something in all of the fields."""
    return lambda record: all(str(getattr(record, name) or "").strip() for name in names)


def _before(purpose: Purpose) -> Any:
    return lambda task: is_before_council(task, purpose)


def _concluded(purpose: Purpose) -> Any:
    return lambda task: was_concluded_on(task, purpose)


def _has(relation: str) -> Any:
    return lambda task: getattr(task, relation).exists()


def _all_checked(task: ResearchTask) -> bool:
    found = applications_of(task)
    checked = all(one.state != ApplicationState.FILED for one in found)
    return checked and any(one.state == ApplicationState.VALID for one in found)


def _somebody_applied(task: ResearchTask) -> bool:
    return any(one.state == ApplicationState.FILED for one in applications_of(task))


def _valid_ones_are_before_a_council(task: ResearchTask) -> bool:
    valid = [one for one in applications_of(task) if one.state == ApplicationState.VALID]
    return bool(valid) and all(is_before_council(one, Purpose.SELECT) for one in valid)


def _chosen_was_concluded_on(task: ResearchTask) -> bool:
    chosen = [one for one in applications_of(task) if one.state == ApplicationState.CHOSEN]
    return len(chosen) == 1 and was_concluded_on(chosen[0], Purpose.SELECT)


def _tranches_meet_the_estimate(task: ResearchTask) -> bool:
    estimated = money_by_source(task.budget_lines.all())
    planned = money_by_source(task.tranches.all())
    return bool(estimated) and all(planned.get(one, 0) == estimated.get(one, 0) for one in MANAGED)


def _products_were_delivered(task: ResearchTask) -> bool:
    return all(one.delivered_on is not None for one in task.products.all())


def _shares_are_settled(task: ResearchTask) -> bool:
    shares = [one.share_percent for one in task.members.all()]
    return bool(shares) and None not in shares and sum(shares) == 100  # noqa: PLR2004 (per cent)


def _change_is_asked(task: ResearchTask) -> bool:
    return bool(task.changes.filter(outcome=ChangeOutcome.ASKED).exists())


def _nothing_is_open(task: ResearchTask) -> bool:
    standing = standing_of(task)
    waiting = (Account.UNALLOCATED, Account.ALLOCATED, Account.ADVANCED, Account.VERIFIED)
    return not any(amount for place, amount in standing.items() if place.account in waiting)


def _risk_was_decided(task: ResearchTask) -> bool:
    found = getattr(task, "risk_file", None)
    return found is not None and bool(found.recovery)


def _cause_is_not_risk(task: ResearchTask) -> bool:
    return task.termination_cause != TerminationCause.RISK or _risk_was_decided(task)


def _money_was_decided(task: ResearchTask) -> bool:
    return task.was_accepted or asked_back(task) is not None


def _asked_back_came(task: ResearchTask) -> bool:
    asked = asked_back(task)
    return asked is None or given_back(task, asked[1]) >= asked[0]


SIMILARITY = Requirement(
    _("Đã rà soát trùng lặp với các nhiệm vụ trước."), _said("similarity_on"), _("Ghi kết quả rà soát ở bước này.")
)
BEFORE_IDENTIFICATION = Requirement(
    _("Đã đưa vào một hội đồng xác định nhiệm vụ có quyết định thành lập."),
    _before(Purpose.IDENTIFY),
    _("Thêm nhiệm vụ vào hồ sơ xem xét của hội đồng."),
)
IDENTIFIED = Requirement(_("Hội đồng xác định nhiệm vụ đã kết luận."), _concluded(Purpose.IDENTIFY))
LIST_DECISION = Requirement(_("Có số và ngày quyết định phê duyệt danh mục."), _said("list_number", "listed_on"))
CALL_NOTICE = Requirement(
    _("Có thông báo nhận hồ sơ: số, ngày bắt đầu, ngày kết thúc."),
    _said("call_number", "call_opens_on", "call_closes_on"),
)
SOMEBODY_APPLIED = Requirement(_("Có ít nhất một hồ sơ đăng ký chủ trì."), _somebody_applied)
ALL_CHECKED = Requirement(_("Mọi hồ sơ đã kiểm tra, ít nhất một hồ sơ hợp lệ."), _all_checked)
BEFORE_SELECTION = Requirement(
    _("Mọi hồ sơ hợp lệ đã đưa vào một hội đồng tuyển chọn có quyết định thành lập."), _valid_ones_are_before_a_council
)
CHOSEN = Requirement(
    _("Hội đồng tuyển chọn đã kết luận về hồ sơ được chọn."), _chosen_was_concluded_on, _("Chọn hồ sơ ở bước này.")
)
HOST = Requirement(_("Có tổ chức chủ trì và chủ nhiệm."), _said("host", "leader"))
REVISED = Requirement(_("Đã nộp thuyết minh hoàn thiện."), _said("revised_on"))
ESTIMATE = Requirement(_("Có dự toán theo nguồn và năm."), _has("budget_lines"))
PRODUCTS = Requirement(_("Có sản phẩm phải giao nộp."), _has("products"))
BUDGET_APPRAISED = Requirement(_("Tổ thẩm định kinh phí đã kết luận."), _concluded(Purpose.BUDGET))
APPROVAL = Requirement(
    _("Có số, ngày quyết định phê duyệt, phương thức khoán."), _said("approval_number", "approved_on", "lump_sum")
)
CONTRACT = Requirement(
    _("Có số, ngày ký hợp đồng, ngày bắt đầu và kết thúc."),
    _said("contract_number", "contracted_on", "starts_on", "ends_on"),
)
TRANCHES = Requirement(
    _("Các đợt cấp kinh phí bằng đúng dự toán của từng nguồn do Nhà nước quản lý."), _tranches_meet_the_estimate
)
CHANGE = Requirement(_("Có đề nghị điều chỉnh của tổ chức chủ trì."), _change_is_asked)
EXTENSION = Requirement(_("Có ngày gia hạn sau ngày kết thúc hợp đồng."), _said("extended_to"))
STOP_DECISION = Requirement(_("Có số và ngày quyết định."), _said("stop_number", "stopped_on"))
CAUSE = Requirement(_("Có nguyên nhân chấm dứt."), _said("termination_cause"))
SELF_EVALUATION = Requirement(_("Có ngày tự đánh giá của tổ chức chủ trì."), _said("self_evaluated_on"))
DELIVERED = Requirement(_("Mọi sản phẩm đã ghi số lượng và ngày giao nộp."), _products_were_delivered)
SHARES = Requirement(_("Tỷ lệ đóng góp của các thành viên cộng lại bằng 100%."), _shares_are_settled)
FINAL_FILE = Requirement(_("Có ngày nộp hồ sơ nghiệm thu."), _said("final_filed_on"))
BEFORE_ACCEPTANCE = Requirement(
    _("Đã đưa vào một hội đồng nghiệm thu có quyết định thành lập."), _before(Purpose.ACCEPT)
)
JUDGED = Requirement(_("Hội đồng nghiệm thu đã kết luận."), _concluded(Purpose.ACCEPT))
RATED = Requirement(_("Có xếp loại và ngày hội đồng nghiệm thu."), _said("rating", "accepted_on"))
CERTIFICATE = Requirement(_("Có số và ngày đăng ký kết quả."), _said("certificate_number", "registered_on"))
RECOGNISED = Requirement(
    _("Kết quả được nghiệm thu thì đã có quyết định công nhận."),
    lambda task: not task.was_accepted or task.recognised_on is not None,
    _("Ghi số, ngày ở «Ghi quyết định công nhận»."),
)
MONEY_AT_REST = Requirement(
    _("Không còn kinh phí chưa giao, chưa chi, chưa nghiệm thu hay chưa quyết toán."),
    _nothing_is_open,
    _("Ghi quyết toán, hoàn trả hoặc giảm kinh phí ở mục Kinh phí."),
)
RISK_FILE = Requirement(_("Có hồ sơ chấp nhận rủi ro."), lambda task: getattr(task, "risk_file", None) is not None)
RISK_DECIDED = Requirement(
    _("Nguyên nhân là rủi ro thì đã có quyết định về rủi ro và kinh phí."),
    _cause_is_not_risk,
    _("Chuyển sang xét chấp nhận rủi ro."),
)
MONEY_DECIDED = Requirement(
    _("Nhiệm vụ chấm dứt hay không đạt thì đã xác định nguyên nhân, quyết định về kinh phí."),
    _money_was_decided,
    _("Ghi ở «Quyết định về kinh phí»."),
)
RECOVERED = Requirement(
    _("Đã thu hồi đủ số tiền theo quyết định về kinh phí."),
    _asked_back_came,
    _("Ghi bút toán hoàn trả hoặc thu hồi ở mục Kinh phí."),
)
FOLLOWED = Requirement(
    _("Đã có phiếu ứng dụng của mọi năm phải theo dõi."),
    lambda task: not Obligation.objects.about(task.ref).open().filter(kind__startswith=USE_CLOCK).exists(),
    _("Ghi phiếu từng năm; năm không ứng dụng thì ghi «Chưa ứng dụng trong năm» và lý do."),
)
LIQUIDATION = Requirement(_("Có số và ngày biên bản thanh lý."), _said("liquidation_number", "liquidated_on"))
OWNERSHIP = Requirement(
    _("Có văn bản giao quyền: tổ chức nhận, số, ngày."), _said("owner", "ownership_number", "transferred_on")
)
WAS_ACCEPTED = Requirement(_("Kết quả được nghiệm thu."), lambda task: task.was_accepted)
WAS_NOT_ACCEPTED = Requirement(_("Kết quả không được nghiệm thu."), lambda task: not task.was_accepted)
