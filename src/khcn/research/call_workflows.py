"""The steps of notices, of proposals, and of dossiers that apply for tasks."""

from __future__ import annotations

from typing import Any

from khcn.kernel.workflow.table import Note, Requirement, StateInfo, Tone, Transition, Workflow
from khcn.language.words import words as _
from khcn.research.permissions import DECIDER_WORDS, KEEPER_WORDS, may_decide, may_keep, may_take_back
from khcn.research.states import ApplicationState, CallState, ProposalState

C, P, A = CallState, ProposalState, ApplicationState
STAFF, NOBODY = _("Phòng phụ trách"), _("Không còn")


def _has_days(call: Any) -> bool:
    return bool(call.number.strip() and call.opens_on and call.closes_on)


CALL_WORKFLOW = Workflow(
    key="task-call",
    label=_("Thông báo nhận đề xuất, hồ sơ"),
    states=CallState,
    initial=C.DRAFT,
    info={
        C.DRAFT: StateInfo(Tone.NOT_DUE, "edit", STAFF, _("Chưa đăng.")),
        C.OPEN: StateInfo(Tone.DUE_SOON, "speakerphone", STAFF, _("Đã đăng, đang nhận.")),
        C.CLOSED: StateInfo(Tone.DONE, "circle-check", NOBODY, _("Hết thời gian nhận."), final=True),
        C.CANCELLED: StateInfo(Tone.PAUSED, "circle-x", NOBODY, _("Đã hủy, có lý do."), final=True),
    },
    transitions=(
        Transition(
            "open",
            frozenset({C.DRAFT}),
            C.OPEN,
            _("Ghi thông báo đã đăng"),
            _("đăng thông báo"),
            may_keep,
            KEEPER_WORDS,
            requires=(Requirement(_("Có số thông báo, ngày bắt đầu và kết thúc nhận."), _has_days),),
        ),
        Transition(
            "close", frozenset({C.OPEN}), C.CLOSED, _("Đóng thông báo"), _("đóng thông báo"), may_keep, KEEPER_WORDS
        ),
        Transition(
            "cancel",
            frozenset({C.DRAFT, C.OPEN}),
            C.CANCELLED,
            _("Hủy thông báo"),
            _("hủy thông báo"),
            may_decide,
            DECIDER_WORDS,
            note=Note.REQUIRED,
        ),
    ),
)
PROPOSAL_WORKFLOW = Workflow(
    key="task-proposal",
    label=_("Đề xuất nhiệm vụ"),
    states=ProposalState,
    initial=P.RECEIVED,
    info={
        P.RECEIVED: StateInfo(Tone.NOT_DUE, "inbox", STAFF, _("Đã nhận, chờ rà soát.")),
        P.SCREENED: StateInfo(Tone.NOT_DUE, "search", STAFF, _("Đã so với nhiệm vụ, đề xuất trước.")),
        P.GROUPED: StateInfo(Tone.DONE, "circle-check", NOBODY, _("Thuộc một nhiệm vụ."), final=True),
        P.REJECTED: StateInfo(Tone.PAUSED, "circle-x", NOBODY, _("Không đưa vào xét, có lý do."), final=True),
        P.WITHDRAWN: StateInfo(Tone.PAUSED, "x", NOBODY, _("Bên đề xuất đã rút."), final=True),
    },
    transitions=(
        Transition(
            "screen",
            frozenset({P.RECEIVED, P.SCREENED}),
            P.SCREENED,
            _("Ghi kết quả rà soát"),
            _("rà soát trùng lặp"),
            may_keep,
            KEEPER_WORDS,
            requires=(Requirement(_("Có kết quả rà soát."), lambda row: bool(row.similarity_note.strip())),),
        ),
        Transition(
            "group",
            frozenset({P.SCREENED}),
            P.GROUPED,
            _("Đưa vào nhiệm vụ"),
            _("đưa vào nhiệm vụ"),
            may_keep,
            KEEPER_WORDS,
            requires=(Requirement(_("Nêu nhiệm vụ nhận đề xuất này."), lambda row: row.task_id is not None),),
        ),
        Transition(
            "reject",
            frozenset({P.RECEIVED, P.SCREENED}),
            P.REJECTED,
            _("Không đưa vào xét"),
            _("không đưa vào xét"),
            may_decide,
            DECIDER_WORDS,
            note=Note.REQUIRED,
        ),
        Transition(
            "withdraw",
            frozenset({P.RECEIVED, P.SCREENED}),
            P.WITHDRAWN,
            _("Rút đề xuất"),
            _("rút đề xuất"),
            may_take_back,
            _("Người gửi, hoặc phòng phụ trách."),
            note=Note.REQUIRED,
        ),
    ),
)
APPLICATION_WORKFLOW = Workflow(
    key="task-application",
    label=_("Hồ sơ đăng ký chủ trì"),
    states=ApplicationState,
    initial=A.FILED,
    info={
        A.FILED: StateInfo(Tone.NOT_DUE, "inbox", STAFF, _("Đã nộp, chờ kiểm tra.")),
        A.VALID: StateInfo(Tone.NOT_DUE, "clipboard-check", STAFF, _("Đủ điều kiện ra hội đồng.")),
        A.INVALID: StateInfo(Tone.PAUSED, "circle-x", NOBODY, _("Không hợp lệ, có lý do."), final=True),
        A.CHOSEN: StateInfo(Tone.DONE, "award", STAFF, _("Được giao thực hiện.")),
        A.NOT_CHOSEN: StateInfo(Tone.PAUSED, "circle", NOBODY, _("Không được chọn."), final=True),
        A.WITHDRAWN: StateInfo(Tone.PAUSED, "x", NOBODY, _("Tổ chức đăng ký đã rút."), final=True),
    },
    transitions=(
        Transition(
            "find_valid",
            frozenset({A.FILED}),
            A.VALID,
            _("Hồ sơ hợp lệ"),
            _("ghi hồ sơ hợp lệ"),
            may_keep,
            KEEPER_WORDS,
        ),
        Transition(
            "find_invalid",
            frozenset({A.FILED}),
            A.INVALID,
            _("Hồ sơ không hợp lệ"),
            _("ghi hồ sơ không hợp lệ"),
            may_keep,
            KEEPER_WORDS,
            note=Note.REQUIRED,
        ),
        Transition(
            "choose",
            frozenset({A.VALID}),
            A.CHOSEN,
            _("Chọn hồ sơ"),
            _("chọn hồ sơ"),
            may_keep,
            KEEPER_WORDS,
            consequence=True,
        ),
        Transition(
            "pass_over",
            frozenset({A.FILED, A.VALID, A.CHOSEN}),
            A.NOT_CHOSEN,
            _("Không chọn hồ sơ"),
            _("không chọn hồ sơ"),
            may_keep,
            KEEPER_WORDS,
            note=Note.REQUIRED,
            consequence=True,
        ),
        Transition(
            "withdraw",
            frozenset({A.FILED, A.VALID}),
            A.WITHDRAWN,
            _("Ghi đã rút"),
            _("ghi nhận tổ chức đăng ký rút"),
            may_keep,
            KEEPER_WORDS,
            note=Note.REQUIRED,
        ),
    ),
)
