"""The steps of a research task, from its proposal to the last year in which its use is followed, and its side exits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from khcn.councils.states import Regime
from khcn.kernel.workflow.table import Note, Requirement, StateInfo, TimeLimit, Tone, Transition, Workflow
from khcn.language.words import words as _
from khcn.research import conditions as need
from khcn.research.permissions import (
    DECIDER_WORDS,
    HOST_WORDS,
    KEEPER_WORDS,
    SIGNED_WORDS,
    may_decide,
    may_keep,
    may_record_signed,
    may_report,
)
from khcn.research.selectors import regime_of
from khcn.research.states import BEFORE_APPROVAL, TaskState, TaskTrack

S = TaskState
STAFF, HOST = _("Phòng phụ trách"), _("Tổ chức chủ trì")
COUNCIL, NOBODY = _("Hội đồng"), _("Không còn")
WORKING = (S.RUNNING, S.EXTENDED)
ONLY_OF_INNOVATION = ("check", "examine", "contract")
OF_INNOVATION = (*ONLY_OF_INNOVATION, "revise", "budget-meeting", "change")
"""Kinds of clocks that NĐ 268/2025/NĐ-CP sets for innovation tasks; the first of them no law sets for others."""
WORDS: dict[Callable[..., Any], str] = {
    may_keep: KEEPER_WORDS,
    may_decide: DECIDER_WORDS,
    may_record_signed: SIGNED_WORDS,
    may_report: HOST_WORDS,
}


def limit(kind: str, action: str, *until: str) -> TimeLimit:
    """Return a clock whose time the rulebook gives for each law, and of some kinds for innovation tasks."""
    innovation = (TaskTrack.INNOVATION,) if kind in OF_INNOVATION else ()
    laws = () if kind in ONLY_OF_INNOVATION else tuple(Regime.values)

    def by_rules(task: Any, on: date) -> str:
        if task.track in innovation:
            return str(task.track)
        return regime_of(task, on) if laws else ""

    return TimeLimit(kind, action, f"research.limit.{kind}", until, variants=(*laws, *innovation), variant=by_rules)


def _step(
    name: str,
    sources: tuple[TaskState, ...],
    target: TaskState,
    label: str,
    verb: str,
    *,
    may: Callable[..., Any] = may_keep,
    requires: tuple[Requirement, ...] = (),
    **more: Any,
) -> Transition:
    words = WORDS[may]
    return Transition(name, frozenset(sources), target, label, verb, may, words, requires, **more)


def going_on(step: str, task: Any) -> str:
    """Return the name of the step by which the task goes on: into its extension where it was given one."""
    return f"{step}_extended" if task.extended_to else step


def _going_on(name: str, source: TaskState, label: str, verb: str, **more: Any) -> tuple[Transition, Transition]:
    """Return a step after which the work goes on, and its twin for a task that was extended; services choose."""
    return (
        _step(name, (source,), S.RUNNING, label, verb, **more),
        _step(f"{name}_extended", (source,), S.EXTENDED, label, verb, consequence=True, **more),
    )


_OF_IDENTIFYING = (
    _step(
        "screen",
        (S.PROPOSED,),
        S.SCREENED,
        _("Ghi kết quả rà soát"),
        _("rà soát trùng lặp"),
        requires=(need.SIMILARITY,),
    ),
    _step(
        "send_to_identification",
        (S.SCREENED,),
        S.IDENT_COUNCIL,
        _("Đưa ra hội đồng xác định"),
        _("đưa ra hội đồng xác định nhiệm vụ"),
        requires=(need.BEFORE_IDENTIFICATION,),
    ),
    _step(
        "list",
        (S.IDENT_COUNCIL,),
        S.LISTED,
        _("Ghi quyết định danh mục"),
        _("đưa vào danh mục được phê duyệt"),
        may=may_record_signed,
        requires=(need.IDENTIFIED, need.LIST_DECISION),
    ),
    _step(
        "open_call",
        (S.LISTED,),
        S.CALL_OPEN,
        _("Ghi thông báo nhận hồ sơ"),
        _("thông báo nhận hồ sơ"),
        requires=(need.CALL_NOTICE,),
    ),
    _step(
        "close_call",
        (S.CALL_OPEN,),
        S.SUBMITTED,
        _("Đóng nhận hồ sơ"),
        _("đóng nhận hồ sơ"),
        requires=(need.SOMEBODY_APPLIED,),
        starts=limit("check", _("Kiểm tra hồ sơ đăng ký"), "check_eligibility", "call_again"),
    ),
    _step(
        "call_again",
        (S.CALL_OPEN, S.SUBMITTED, S.ELIGIBILITY, S.SELECT_COUNCIL),
        S.LISTED,
        _("Thông báo lại"),
        _("đưa về danh mục để thông báo lại"),
        may=may_decide,
        note=Note.REQUIRED,
    ),
)
_OF_SELECTING = (
    _step(
        "check_eligibility",
        (S.SUBMITTED,),
        S.ELIGIBILITY,
        _("Ghi đã kiểm tra hồ sơ"),
        _("kiểm tra tính hợp lệ của hồ sơ"),
        requires=(need.ALL_CHECKED,),
        starts=limit("examine", _("Xét duyệt hồ sơ hợp lệ"), "select", "call_again"),
    ),
    _step(
        "send_to_selection",
        (S.ELIGIBILITY,),
        S.SELECT_COUNCIL,
        _("Đưa ra hội đồng tuyển chọn"),
        _("đưa ra hội đồng tuyển chọn"),
        requires=(need.BEFORE_SELECTION,),
    ),
    _step(
        "select",
        (S.SELECT_COUNCIL,),
        S.REVISING,
        _("Ghi hồ sơ được chọn"),
        _("ghi hồ sơ được chọn"),
        requires=(need.CHOSEN, need.HOST),
        starts=limit("revise", _("Hoàn thiện thuyết minh theo kết luận của hội đồng"), "file_revision"),
    ),
    _step(
        "file_revision",
        (S.REVISING,),
        S.BUDGET_APPRAISAL,
        _("Ghi đã nộp thuyết minh hoàn thiện"),
        _("nộp thuyết minh hoàn thiện"),
        requires=(need.REVISED, need.ESTIMATE, need.PRODUCTS),
        starts=limit("budget-meeting", _("Họp tổ thẩm định kinh phí"), "approve", "return_for_revision"),
    ),
    _step(
        "return_for_revision",
        (S.BUDGET_APPRAISAL,),
        S.REVISING,
        _("Yêu cầu hoàn thiện lại"),
        _("yêu cầu hoàn thiện lại thuyết minh"),
        note=Note.REQUIRED,
        starts=limit("revise", _("Hoàn thiện thuyết minh theo yêu cầu"), "file_revision"),
    ),
    _step(
        "approve",
        (S.BUDGET_APPRAISAL,),
        S.APPROVED,
        _("Ghi quyết định phê duyệt"),
        _("phê duyệt nhiệm vụ"),
        may=may_record_signed,
        requires=(need.BUDGET_APPRAISED, need.APPROVAL),
        starts=limit("contract", _("Ký hợp đồng"), "sign_contract", "withdraw"),
    ),
    _step(
        "sign_contract",
        (S.APPROVED,),
        S.CONTRACTED,
        _("Ghi hợp đồng đã ký"),
        _("ký hợp đồng"),
        may=may_record_signed,
        requires=(need.CONTRACT, need.TRANCHES),
        starts=limit("declare", _("Khai báo nhiệm vụ đang thực hiện với cơ sở dữ liệu quốc gia"), "start"),
    ),
)
_OF_RUNNING = (
    _step(
        "start",
        (S.CONTRACTED,),
        S.RUNNING,
        _("Khai báo, bắt đầu thực hiện"),
        _("bắt đầu thực hiện"),
        requires=(Requirement(_("Có ngày khai báo nhiệm vụ đang thực hiện."), lambda task: bool(task.declared_on)),),
    ),
    _step(
        "ask_change",
        WORKING,
        S.ADJUSTING,
        _("Ghi đề nghị điều chỉnh"),
        _("đề nghị điều chỉnh"),
        may=may_report,
        requires=(need.CHANGE,),
        starts=limit("change", _("Quyết định về đề nghị điều chỉnh"), "terminate"),
    ),
    *_going_on("adjust", S.ADJUSTING, _("Ghi quyết định điều chỉnh"), _("điều chỉnh nhiệm vụ"), may=may_record_signed),
    *_going_on(
        "refuse_change",
        S.ADJUSTING,
        _("Không điều chỉnh"),
        _("không đồng ý điều chỉnh"),
        may=may_decide,
        note=Note.REQUIRED,
    ),
    _step(
        "extend",
        (S.RUNNING, S.ADJUSTING, S.EXTENDED),
        S.EXTENDED,
        _("Ghi quyết định gia hạn"),
        _("gia hạn thực hiện"),
        may=may_record_signed,
        requires=(need.EXTENSION,),
    ),
    _step(
        "suspend",
        WORKING,
        S.SUSPENDED,
        _("Tạm dừng"),
        _("tạm dừng thực hiện"),
        may=may_decide,
        requires=(need.STOP_DECISION,),
        note=Note.REQUIRED,
    ),
    *_going_on("resume", S.SUSPENDED, _("Cho tiếp tục"), _("cho tiếp tục thực hiện"), may=may_decide),
    _step(
        "terminate",
        (S.CONTRACTED, S.RUNNING, S.ADJUSTING, S.EXTENDED, S.SUSPENDED, S.SELF_EVALUATED, S.FINAL_SUBMITTED),
        S.TERMINATED,
        _("Chấm dứt"),
        _("chấm dứt thực hiện"),
        may=may_decide,
        requires=(need.STOP_DECISION, need.CAUSE),
        note=Note.REQUIRED,
        starts=limit("cause", _("Quyết định về kinh phí của nhiệm vụ không hoàn thành")),
    ),
    _step(
        "review_risk",
        (S.TERMINATED, S.NOT_ACCEPTED),
        S.RISK_REVIEW,
        _("Xét chấp nhận rủi ro"),
        _("đưa ra xét chấp nhận rủi ro"),
        requires=(need.RISK_FILE,),
    ),
)
_OF_ACCEPTING = (
    _step(
        "self_evaluate",
        WORKING,
        S.SELF_EVALUATED,
        _("Ghi kết quả tự đánh giá"),
        _("tự đánh giá kết quả"),
        may=may_report,
        requires=(need.SELF_EVALUATION,),
    ),
    _step(
        "file_final",
        (S.SELF_EVALUATED,),
        S.FINAL_SUBMITTED,
        _("Nộp hồ sơ nghiệm thu"),
        _("nộp hồ sơ nghiệm thu"),
        may=may_report,
        requires=(need.FINAL_FILE, need.DELIVERED, need.SHARES),
        starts=limit("acceptance-council", _("Thành lập hội đồng nghiệm thu"), "send_to_acceptance", "return_final"),
    ),
    _step(
        "return_final",
        (S.FINAL_SUBMITTED,),
        S.SELF_EVALUATED,
        _("Yêu cầu bổ sung hồ sơ"),
        _("yêu cầu bổ sung hồ sơ nghiệm thu"),
        note=Note.REQUIRED,
        starts=limit("supplement", _("Bổ sung hồ sơ nghiệm thu"), "file_final", "terminate"),
    ),
    _step(
        "send_to_acceptance",
        (S.FINAL_SUBMITTED,),
        S.FINAL_COUNCIL,
        _("Đưa ra hội đồng nghiệm thu"),
        _("đưa ra hội đồng nghiệm thu"),
        requires=(need.BEFORE_ACCEPTANCE,),
        starts=limit("acceptance-meeting", _("Họp hội đồng nghiệm thu"), "accept", "accept_after_fix", "refuse_result"),
    ),
    _step(
        "accept",
        (S.FINAL_COUNCIL,),
        S.ACCEPTED,
        _("Ghi kết quả: được nghiệm thu"),
        _("ghi kết quả được nghiệm thu"),
        requires=(need.JUDGED, need.RATED, need.WAS_ACCEPTED),
        starts=limit("register", _("Nộp hồ sơ đăng ký kết quả"), "register_result"),
    ),
    _step(
        "accept_after_fix",
        (S.FINAL_COUNCIL,),
        S.ACCEPTED_AFTER_FIX,
        _("Ghi kết quả: đạt, phải hoàn thiện"),
        _("ghi kết quả đạt, phải hoàn thiện hồ sơ"),
        requires=(need.JUDGED, need.RATED, need.WAS_ACCEPTED),
        starts=limit("fix", _("Hoàn thiện hồ sơ sau nghiệm thu"), "confirm_fix"),
    ),
    _step(
        "confirm_fix",
        (S.ACCEPTED_AFTER_FIX,),
        S.ACCEPTED,
        _("Xác nhận đã hoàn thiện"),
        _("xác nhận hồ sơ đã hoàn thiện"),
        requires=(Requirement(_("Có ngày hoàn thiện."), lambda task: task.fixed_on is not None),),
        starts=limit("register", _("Nộp hồ sơ đăng ký kết quả"), "register_result"),
    ),
    _step(
        "refuse_result",
        (S.FINAL_COUNCIL,),
        S.NOT_ACCEPTED,
        _("Ghi kết quả: không được nghiệm thu"),
        _("ghi kết quả không được nghiệm thu"),
        requires=(need.JUDGED, need.RATED, need.WAS_NOT_ACCEPTED),
        note=Note.REQUIRED,
        starts=limit("cause", _("Xác định nguyên nhân, quyết định về kinh phí")),
    ),
)
_OF_AFTERWARDS = (
    _step(
        "register_result",
        (S.ACCEPTED,),
        S.RESULT_REGISTERED,
        _("Ghi đăng ký kết quả"),
        _("đăng ký kết quả"),
        requires=(need.CERTIFICATE,),
        starts=limit("recognise", _("Quyết định công nhận kết quả")),
    ),
    _step(
        "settle",
        (S.RESULT_REGISTERED, S.NOT_ACCEPTED, S.TERMINATED, S.RISK_REVIEW),
        S.SETTLED,
        _("Ghi đã quyết toán"),
        _("quyết toán kinh phí"),
        requires=(need.RISK_DECIDED, need.MONEY_DECIDED, need.RECOVERED, need.MONEY_AT_REST),
    ),
    _step(
        "liquidate",
        (S.SETTLED,),
        S.LIQUIDATED,
        _("Ghi thanh lý hợp đồng"),
        _("thanh lý hợp đồng"),
        may=may_record_signed,
        requires=(need.RECOGNISED, need.LIQUIDATION),
    ),
    _step(
        "transfer",
        (S.LIQUIDATED,),
        S.TRANSFERRED,
        _("Ghi giao quyền, bàn giao"),
        _("giao quyền sở hữu, sử dụng kết quả"),
        may=may_record_signed,
        requires=(need.WAS_ACCEPTED, need.OWNERSHIP),
    ),
    _step("track", (S.TRANSFERRED,), S.TRACKING, _("Theo dõi ứng dụng"), _("bắt đầu theo dõi ứng dụng")),
    _step(
        "close",
        (S.TRACKING,),
        S.CLOSED,
        _("Khép hồ sơ"),
        _("khép hồ sơ"),
        may=may_decide,
        requires=(need.FOLLOWED,),
        note=Note.REQUIRED,
    ),
    _step(
        "close_without_result",
        (S.LIQUIDATED,),
        S.CLOSED,
        _("Khép hồ sơ, không có kết quả"),
        _("khép hồ sơ không có kết quả được nghiệm thu"),
        may=may_decide,
        requires=(need.WAS_NOT_ACCEPTED,),
    ),
    _step(
        "reject",
        tuple(state for state in BEFORE_APPROVAL if state != S.CALL_OPEN),
        S.REJECTED,
        _("Không thực hiện"),
        _("quyết định không thực hiện"),
        may=may_decide,
        note=Note.REQUIRED,
    ),
    _step(
        "withdraw",
        (S.PROPOSED, S.SCREENED, S.IDENT_COUNCIL, S.LISTED, S.REVISING, S.BUDGET_APPRAISAL, S.APPROVED),
        S.WITHDRAWN,
        _("Ghi đã rút"),
        _("ghi nhận bên đề xuất hoặc chủ trì rút"),
        note=Note.REQUIRED,
    ),
)
TASK_WORKFLOW = Workflow(
    key="research-task",
    label=_("Nhiệm vụ khoa học và công nghệ"),
    states=TaskState,
    initial=S.PROPOSED,
    info={
        S.PROPOSED: StateInfo(Tone.NOT_DUE, "bulb", STAFF, _("Đã có tên, mục tiêu; chưa rà soát.")),
        S.SCREENED: StateInfo(Tone.NOT_DUE, "search", STAFF, _("Đã so với các nhiệm vụ trước.")),
        S.IDENT_COUNCIL: StateInfo(Tone.DUE_SOON, "users", COUNCIL, _("Hội đồng xác định đang xem xét.")),
        S.LISTED: StateInfo(Tone.NOT_DUE, "list-check", STAFF, _("Danh mục đã được phê duyệt.")),
        S.CALL_OPEN: StateInfo(Tone.DUE_SOON, "speakerphone", STAFF, _("Tổ chức nộp hồ sơ đăng ký chủ trì.")),
        S.SUBMITTED: StateInfo(Tone.NOT_DUE, "files", STAFF, _("Hết hạn nhận; hồ sơ chờ kiểm tra.")),
        S.ELIGIBILITY: StateInfo(Tone.NOT_DUE, "clipboard-check", STAFF, _("Biết hồ sơ nào hợp lệ.")),
        S.SELECT_COUNCIL: StateInfo(Tone.DUE_SOON, "users", COUNCIL, _("Hội đồng tuyển chọn đang xem xét.")),
        S.REVISING: StateInfo(Tone.DUE_SOON, "edit", HOST, _("Sửa thuyết minh theo kết luận của hội đồng.")),
        S.BUDGET_APPRAISAL: StateInfo(Tone.DUE_SOON, "scale", COUNCIL, _("Tổ thẩm định kinh phí đang xem xét.")),
        S.APPROVED: StateInfo(Tone.NOT_DUE, "file-certificate", STAFF, _("Đã phê duyệt; chờ ký hợp đồng.")),
        S.CONTRACTED: StateInfo(Tone.NOT_DUE, "contract", STAFF, _("Hợp đồng đã ký; chờ khai báo, bắt đầu.")),
        S.RUNNING: StateInfo(Tone.DUE_SOON, "player-play", HOST, _("Đang làm theo hợp đồng.")),
        S.ADJUSTING: StateInfo(Tone.DUE_SOON, "adjustments", STAFF, _("Đề nghị điều chỉnh chờ quyết định.")),
        S.EXTENDED: StateInfo(Tone.DUE_SOON, "clock", HOST, _("Đang làm, thời gian đã gia hạn.")),
        S.SUSPENDED: StateInfo(Tone.PAUSED, "player-pause", STAFF, _("Tạm dừng theo quyết định.")),
        S.SELF_EVALUATED: StateInfo(Tone.DUE_SOON, "checkbox", HOST, _("Chủ trì đã tự đánh giá; chờ nộp hồ sơ.")),
        S.FINAL_SUBMITTED: StateInfo(Tone.DUE_SOON, "send", STAFF, _("Hồ sơ nghiệm thu đã nộp.")),
        S.FINAL_COUNCIL: StateInfo(Tone.DUE_SOON, "users", COUNCIL, _("Hội đồng nghiệm thu đang xem xét.")),
        S.ACCEPTED: StateInfo(Tone.NOT_DUE, "award", HOST, _("Kết quả đạt; chờ đăng ký.")),
        S.ACCEPTED_AFTER_FIX: StateInfo(Tone.DUE_SOON, "edit", HOST, _("Kết quả đạt; phải hoàn thiện hồ sơ.")),
        S.NOT_ACCEPTED: StateInfo(Tone.OVERDUE, "circle-x", STAFF, _("Không đạt; chờ xử lý kinh phí.")),
        S.RESULT_REGISTERED: StateInfo(Tone.NOT_DUE, "certificate", STAFF, _("Có giấy chứng nhận đăng ký.")),
        S.SETTLED: StateInfo(Tone.NOT_DUE, "check", STAFF, _("Kinh phí đã quyết toán hết.")),
        S.LIQUIDATED: StateInfo(Tone.NOT_DUE, "signature", STAFF, _("Hợp đồng đã thanh lý.")),
        S.TRANSFERRED: StateInfo(Tone.NOT_DUE, "transfer", STAFF, _("Quyền đối với kết quả đã giao.")),
        S.TRACKING: StateInfo(Tone.DUE_SOON, "trending-up", HOST, _("Mỗi năm có phiếu ứng dụng kết quả.")),
        S.CLOSED: StateInfo(Tone.DONE, "circle-check", NOBODY, _("Hồ sơ đã khép."), final=True),
        S.REJECTED: StateInfo(Tone.PAUSED, "circle-x", NOBODY, _("Không thực hiện, có lý do."), final=True),
        S.WITHDRAWN: StateInfo(Tone.PAUSED, "x", NOBODY, _("Bên đề xuất hoặc chủ trì đã rút."), final=True),
        S.TERMINATED: StateInfo(Tone.OVERDUE, "hand-stop", STAFF, _("Đã chấm dứt; chờ xử lý kinh phí.")),
        S.RISK_REVIEW: StateInfo(Tone.DUE_SOON, "shield-check", STAFF, _("Xét chấp nhận rủi ro, xử lý kinh phí.")),
    },
    transitions=(*_OF_IDENTIFYING, *_OF_SELECTING, *_OF_RUNNING, *_OF_ACCEPTING, *_OF_AFTERWARDS),
)
