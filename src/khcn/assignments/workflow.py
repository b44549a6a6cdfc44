"""The steps of given work, from giving to the accepted result."""

from __future__ import annotations

from typing import Any

from khcn.assignments.permissions import CLOSER_WORDS, LEAD_WORDS, MONITOR_WORDS, may_accept, may_monitor, may_report
from khcn.assignments.states import OPEN_STATES, AssignmentState, DeadlinePrecision
from khcn.kernel.workflow.table import Evidence, Note, Requirement, StateInfo, Tone, Transition, Workflow
from khcn.language.words import words as _

S = AssignmentState
SOURCE = _("Quyết định 42/2014/QĐ-TTg (theo dõi nhiệm vụ được giao; quy định của tỉnh chưa đối chiếu)")


def _continuous_work_says_when_it_ends(assignment: Any) -> bool:
    return assignment.precision != DeadlinePrecision.CONTINUOUS or bool(assignment.closing_rule.strip())


def _has_no_pending_extension(assignment: Any) -> bool:
    return not assignment.extensions.filter(outcome="pending").exists()


ENDS = Requirement(
    _("Việc thường xuyên có quy tắc kết thúc."),
    _continuous_work_says_when_it_ends,
    _("Ghi khi nào việc được coi là xong ở mục Thời hạn."),
)
DECIDED = Requirement(
    _("Không còn đề nghị gia hạn chờ quyết định."), _has_no_pending_extension, _("Quyết định đề nghị gia hạn trước.")
)

ASSIGNMENT_WORKFLOW = Workflow(
    key="assignment",
    label=_("Nhiệm vụ giao"),
    states=AssignmentState,
    initial=S.GIVEN,
    info={
        S.GIVEN: StateInfo(
            Tone.NOT_DUE, "send", _("Cơ quan, phòng chủ trì"), _("Đã giao, chủ trì chưa xác nhận đã nhận.")
        ),
        S.ACKNOWLEDGED: StateInfo(
            Tone.NOT_DUE, "check", _("Cơ quan, phòng chủ trì"), _("Chủ trì đã nhận, chưa có báo cáo.")
        ),
        S.IN_PROGRESS: StateInfo(
            Tone.NOT_DUE, "player-play", _("Cơ quan, phòng chủ trì"), _("Đang làm, đã có báo cáo tiến độ.")
        ),
        S.REPORTED_DONE: StateInfo(
            Tone.DUE_SOON, "eye", _("Người theo dõi"), _("Chủ trì báo cáo đã xong kèm minh chứng; chờ xác nhận.")
        ),
        S.RETURNED: StateInfo(
            Tone.DUE_SOON, "arrow-left", _("Cơ quan, phòng chủ trì"), _("Kết quả chưa được chấp nhận, phải làm tiếp.")
        ),
        S.SUSPENDED: StateInfo(
            Tone.PAUSED, "player-pause", _("Cơ quan giao việc"), _("Tạm dừng theo ý kiến của cơ quan giao.")
        ),
        S.CLOSED: StateInfo(Tone.DONE, "circle-check", _("Không còn"), _("Sản phẩm đã được chấp nhận."), final=True),
        S.CANCELLED: StateInfo(Tone.PAUSED, "archive", _("Không còn"), _("Không còn phải làm, có lý do."), final=True),
    },
    transitions=(
        Transition(
            "acknowledge",
            frozenset({S.GIVEN}),
            S.ACKNOWLEDGED,
            _("Xác nhận đã nhận việc"),
            _("xác nhận đã nhận việc"),
            may_report,
            LEAD_WORDS,
        ),
        Transition(
            "report_progress",
            frozenset(OPEN_STATES),
            S.IN_PROGRESS,
            _("Báo cáo tiến độ"),
            _("báo cáo tiến độ"),
            may_report,
            LEAD_WORDS,
            note=Note.REQUIRED,
            legal_basis=SOURCE,
        ),
        Transition(
            "report_done",
            frozenset(OPEN_STATES),
            S.REPORTED_DONE,
            _("Báo cáo hoàn thành"),
            _("báo cáo hoàn thành"),
            may_report,
            LEAD_WORDS,
            requires=(DECIDED,),
            note=Note.REQUIRED,
            evidence=Evidence.REQUIRED,
            legal_basis=SOURCE,
        ),
        Transition(
            "close",
            frozenset({S.REPORTED_DONE}),
            S.CLOSED,
            _("Xác nhận hoàn thành"),
            _("xác nhận hoàn thành"),
            may_accept,
            CLOSER_WORDS,
            requires=(ENDS,),
            legal_basis=SOURCE,
        ),
        Transition(
            "return",
            frozenset({S.REPORTED_DONE}),
            S.RETURNED,
            _("Trả lại để làm tiếp", "step"),
            _("trả lại để làm tiếp"),
            may_accept,
            CLOSER_WORDS,
            note=Note.REQUIRED,
        ),
        Transition(
            "suspend",
            frozenset(OPEN_STATES),
            S.SUSPENDED,
            _("Tạm dừng", "step"),
            _("tạm dừng"),
            may_monitor,
            MONITOR_WORDS,
            note=Note.REQUIRED,
        ),
        Transition(
            "resume",
            frozenset({S.SUSPENDED}),
            S.IN_PROGRESS,
            _("Cho làm tiếp"),
            _("cho làm tiếp"),
            may_monitor,
            MONITOR_WORDS,
        ),
        Transition(
            "cancel",
            frozenset({*OPEN_STATES, S.REPORTED_DONE, S.SUSPENDED}),
            S.CANCELLED,
            _("Không phải làm nữa"),
            _("rút nhiệm vụ đã giao"),
            may_monitor,
            MONITOR_WORDS,
            note=Note.REQUIRED,
        ),
    ),
)
