"""The steps of sessions, readings, conclusions and recommendations."""

from __future__ import annotations

from typing import Any

from khcn.governance.permissions import MONITOR_WORDS, RECORDER_WORDS, may_follow_conclusions, may_record_session
from khcn.governance.selectors import all_tasks_finished, session_is_followed_through, tasks_of
from khcn.governance.states import ConclusionState, ReadingState, RecommendationState, SessionState
from khcn.kernel.workflow.table import Evidence, Note, Requirement, StateInfo, Tone, Transition, Workflow
from khcn.language.words import words as _

SS, CS, RS, DS = SessionState, ConclusionState, RecommendationState, ReadingState


def _has_day(session: Any) -> bool:
    return session.held_on is not None


def _has_conclusions(session: Any) -> bool:
    return bool(session.conclusions.standing().exists())


def _has_task(conclusion: Any) -> bool:
    return bool(tasks_of(conclusion))


def _has_outcome(recommendation: Any) -> bool:
    return bool(recommendation.outcome and recommendation.answered_on)


def _nothing_undecided(reading: Any) -> bool:
    return not reading.items.undecided().exists()


SESSION_WORKFLOW = Workflow(
    key="working-session",
    label=_("Buổi làm việc"),
    states=SessionState,
    initial=SS.PLANNED,
    info={
        SS.PLANNED: StateInfo(Tone.NOT_DUE, "calendar", _("Phòng tham mưu"), _("Đã có lịch, chưa họp.")),
        SS.HELD: StateInfo(Tone.DUE_SOON, "users", _("Người theo dõi"), _("Đã họp; kết luận chưa được ghi từng câu.")),
        SS.CONCLUDED: StateInfo(
            Tone.NOT_DUE, "list-check", _("Cơ quan được giao"), _("Kết luận đã ghi, đang thực hiện.")
        ),
        SS.CLOSED: StateInfo(
            Tone.DONE, "check", _("Không còn"), _("Mọi kết luận đã thực hiện hoặc chỉ để biết."), final=True
        ),
    },
    transitions=(
        Transition(
            "hold",
            frozenset({SS.PLANNED}),
            SS.HELD,
            _("Ghi nhận đã họp"),
            _("ghi nhận đã họp"),
            may_record_session,
            RECORDER_WORDS,
            requires=(Requirement(_("Có ngày họp."), _has_day),),
        ),
        Transition(
            "conclude",
            frozenset({SS.HELD}),
            SS.CONCLUDED,
            _("Xác nhận đã ghi đủ kết luận"),
            _("xác nhận đã ghi đủ kết luận"),
            may_record_session,
            RECORDER_WORDS,
            requires=(Requirement(_("Có ít nhất một ý kiến chỉ đạo."), _has_conclusions),),
        ),
        Transition(
            "close",
            frozenset({SS.CONCLUDED}),
            SS.CLOSED,
            _("Kết thúc theo dõi"),
            _("kết thúc theo dõi"),
            may_follow_conclusions,
            MONITOR_WORDS,
            requires=(
                Requirement(_("Mọi ý kiến chỉ đạo đã thực hiện hoặc chỉ để biết."), session_is_followed_through),
            ),
        ),
    ),
)

READING_WORKFLOW = Workflow(
    key="session-reading",
    label=_("Bài đọc"),
    states=ReadingState,
    initial=DS.REVIEWING,
    info={
        DS.REVIEWING: StateInfo(
            Tone.DUE_SOON, "eye", _("Người rà soát"), _("Các đề xuất chờ một người chấp nhận, sửa hoặc bỏ.")
        ),
        DS.CONFIRMED: StateInfo(
            Tone.DONE, "check", _("Không còn"), _("Những gì được chấp nhận đã vào sổ."), final=True
        ),
        DS.ABANDONED: StateInfo(Tone.PAUSED, "x", _("Không còn"), _("Đã bỏ; không có gì vào sổ."), final=True),
    },
    transitions=(
        Transition(
            "confirm",
            frozenset({DS.REVIEWING}),
            DS.CONFIRMED,
            _("Xác nhận, đưa vào sổ"),
            _("xác nhận và đưa vào sổ"),
            may_record_session,
            RECORDER_WORDS,
            requires=(Requirement(_("Mọi đề xuất đã được chấp nhận, sửa hoặc bỏ."), _nothing_undecided),),
        ),
        Transition(
            "abandon",
            frozenset({DS.REVIEWING}),
            DS.ABANDONED,
            _("Bỏ bài đọc"),
            _("bỏ bài đọc"),
            may_record_session,
            RECORDER_WORDS,
            note=Note.REQUIRED,
        ),
    ),
)

CONCLUSION_WORKFLOW = Workflow(
    key="conclusion",
    label=_("Ý kiến chỉ đạo"),
    states=ConclusionState,
    initial=CS.RECORDED,
    info={
        CS.RECORDED: StateInfo(Tone.DUE_SOON, "message", _("Người theo dõi"), _("Đã ghi, chưa thành nhiệm vụ của ai.")),
        CS.TASKED: StateInfo(
            Tone.NOT_DUE, "arrow-right", _("Cơ quan được giao"), _("Đã giao thành nhiệm vụ, đang thực hiện.")
        ),
        CS.NOTED: StateInfo(
            Tone.PAUSED, "info-circle", _("Không còn"), _("Không đặt ra việc phải theo dõi."), final=True
        ),
        CS.CARRIED_OUT: StateInfo(
            Tone.DONE, "check", _("Không còn"), _("Mọi nhiệm vụ đã hoàn thành có minh chứng."), final=True
        ),
    },
    transitions=(
        Transition(
            "task",
            frozenset({CS.RECORDED}),
            CS.TASKED,
            _("Giao thành nhiệm vụ"),
            _("giao thành nhiệm vụ"),
            may_follow_conclusions,
            MONITOR_WORDS,
            requires=(Requirement(_("Có ít nhất một nhiệm vụ giao từ ý kiến này."), _has_task),),
        ),
        Transition(
            "note",
            frozenset({CS.RECORDED}),
            CS.NOTED,
            _("Chỉ để biết"),
            _("ghi nhận chỉ để biết"),
            may_follow_conclusions,
            MONITOR_WORDS,
            note=Note.REQUIRED,
        ),
        Transition(
            "carry_out",
            frozenset({CS.TASKED}),
            CS.CARRIED_OUT,
            _("Ghi nhận đã thực hiện"),
            _("ghi nhận đã thực hiện"),
            may_follow_conclusions,
            MONITOR_WORDS,
            requires=(Requirement(_("Mọi nhiệm vụ đã được người theo dõi kết thúc."), all_tasks_finished),),
        ),
    ),
)

RECOMMENDATION_WORKFLOW = Workflow(
    key="recommendation",
    label=_("Kiến nghị, đề xuất"),
    states=RecommendationState,
    initial=RS.RAISED,
    info={
        RS.RAISED: StateInfo(Tone.DUE_SOON, "help-circle", _("Người theo dõi"), _("Đã nêu, chưa có cơ quan xem xét.")),
        RS.UNDER_STUDY: StateInfo(Tone.NOT_DUE, "search", _("Cơ quan xem xét"), _("Đang được xem xét.")),
        RS.ANSWERED: StateInfo(Tone.DONE, "check", _("Không còn"), _("Đã có văn bản trả lời."), final=True),
    },
    transitions=(
        Transition(
            "study",
            frozenset({RS.RAISED}),
            RS.UNDER_STUDY,
            _("Chuyển xem xét"),
            _("chuyển xem xét"),
            may_follow_conclusions,
            MONITOR_WORDS,
        ),
        Transition(
            "answer",
            frozenset({RS.RAISED, RS.UNDER_STUDY}),
            RS.ANSWERED,
            _("Ghi nhận trả lời"),
            _("ghi nhận đã trả lời"),
            may_follow_conclusions,
            MONITOR_WORDS,
            requires=(Requirement(_("Có kết quả và ngày trả lời."), _has_outcome),),
            evidence=Evidence.REQUIRED,
        ),
    ),
)
