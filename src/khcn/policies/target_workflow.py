"""The steps of targets and of the values reported for them."""

from __future__ import annotations

from khcn.kernel.workflow.table import Note, StateInfo, Tone, Transition, Workflow
from khcn.language.words import words as _
from khcn.policies.permissions import DECIDER_WORDS, DRAFTER_WORDS, may_decide_report, may_follow_target
from khcn.policies.states import TargetReportState, TargetState

T, R = TargetState, TargetReportState

TARGET_WORKFLOW = Workflow(
    key="programme-target",
    label=_("Chỉ tiêu của chương trình"),
    states=TargetState,
    initial=T.FOLLOWED,
    info={
        T.FOLLOWED: StateInfo(
            Tone.NOT_DUE, "target", _("Cơ quan chịu trách nhiệm"), _("Đang theo dõi số liệu từng kỳ.")
        ),
        T.DROPPED: StateInfo(Tone.PAUSED, "x", _("Không còn"), _("Thôi theo dõi, có lý do."), final=True),
    },
    transitions=(
        Transition(
            "drop",
            frozenset({T.FOLLOWED}),
            T.DROPPED,
            _("Thôi theo dõi", "step"),
            _("thôi theo dõi chỉ tiêu"),
            may_follow_target,
            DRAFTER_WORDS,
            note=Note.REQUIRED,
        ),
    ),
)

TARGET_REPORT_WORKFLOW = Workflow(
    key="target-report",
    label=_("Số liệu chỉ tiêu"),
    states=TargetReportState,
    initial=R.REPORTED,
    info={
        R.REPORTED: StateInfo(Tone.DUE_SOON, "report", _("Phòng phụ trách chương trình"), _("Chờ chấp nhận.")),
        R.RETURNED: StateInfo(Tone.PAUSED, "x", _("Cơ quan báo cáo"), _("Đã trả lại, có lý do."), final=True),
        R.ACCEPTED: StateInfo(Tone.DONE, "circle-check", _("Không còn"), _("Số liệu đang dùng.")),
        R.SUPERSEDED: StateInfo(Tone.PAUSED, "x", _("Không còn"), _("Đã có số đính chính cùng kỳ."), final=True),
    },
    transitions=(
        Transition(
            "accept",
            frozenset({R.REPORTED}),
            R.ACCEPTED,
            _("Chấp nhận"),
            _("chấp nhận số liệu"),
            may_decide_report,
            DECIDER_WORDS,
        ),
        Transition(
            "return",
            frozenset({R.REPORTED}),
            R.RETURNED,
            _("Trả lại"),
            _("trả lại số liệu"),
            may_decide_report,
            DECIDER_WORDS,
            note=Note.REQUIRED,
        ),
        Transition(
            "supersede",
            frozenset({R.ACCEPTED}),
            R.SUPERSEDED,
            _("Thay bằng số đính chính"),
            _("thay bằng số đính chính"),
            lambda actor, report: may_follow_target(actor, report.target),
            _("Không ai bấm riêng: phần mềm ghi khi số đính chính cùng kỳ được chấp nhận"),
            note=Note.REQUIRED,
            consequence=True,
        ),
    ),
)
