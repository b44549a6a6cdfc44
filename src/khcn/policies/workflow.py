"""The steps of legal documents, programmes and items of the work plan."""

from __future__ import annotations

from typing import Any

from khcn.assignments.selectors import assignments_from
from khcn.assignments.states import OPEN_STATES, AssignmentState
from khcn.kernel.workflow.table import Note, Requirement, StateInfo, TimeLimit, Tone, Transition, Workflow
from khcn.language.words import words as _
from khcn.policies.permissions import DRAFTER_WORDS, ISSUE_WORDS, may_advance, may_record_issue
from khcn.policies.states import LegalDocumentState, ProgrammeState, WorkPlanState

L, P, W = LegalDocumentState, ProgrammeState, WorkPlanState
TRACK = _("Luật Ban hành văn bản quy phạm pháp luật (trình tự; chưa đối chiếu từng điều)")


def _has_number_and_day(record: Any) -> bool:
    return bool(record.number.strip() and record.issued_on)


def _has_appraisal(record: Any) -> bool:
    return record.appraised_on is not None


def _has_successor(record: Any) -> bool:
    return record.successor_id is not None and record.successor_id != record.pk


def _has_expiry(record: Any) -> bool:
    return record.expired_on is not None


def _owes_nothing(programme: Any) -> bool:
    running = (*OPEN_STATES, AssignmentState.REPORTED_DONE, AssignmentState.SUSPENDED)
    return not assignments_from(programme).filter(state__in=running).exists()


NUMBERED = Requirement(_("Có số, ký hiệu và ngày ban hành."), _has_number_and_day, _("Ghi theo bản đã ký."))

LEGAL_DOCUMENT_WORKFLOW = Workflow(
    key="legal-document",
    label=_("Văn bản quy phạm pháp luật"),
    states=LegalDocumentState,
    initial=L.PROPOSED,
    info={
        L.PROPOSED: StateInfo(Tone.NOT_DUE, "bulb", _("Phòng phụ trách"), _("Đã đề nghị xây dựng, chờ chấp thuận.")),
        L.DRAFTING: StateInfo(Tone.NOT_DUE, "pencil", _("Phòng phụ trách"), _("Đang soạn thảo.")),
        L.CONSULTING: StateInfo(
            Tone.NOT_DUE, "message", _("Cơ quan, tổ chức góp ý"), _("Dự thảo đang được lấy ý kiến.")
        ),
        L.APPRAISED: StateInfo(
            Tone.NOT_DUE, "scale", _("Phòng phụ trách"), _("Tư pháp đã thẩm định, đang hoàn thiện để trình.")
        ),
        L.SUBMITTED: StateInfo(Tone.DUE_SOON, "send", _("Cơ quan ban hành"), _("Đã trình, chờ thông qua và ký.")),
        L.ISSUED: StateInfo(Tone.DONE, "certificate", _("Phòng phụ trách"), _("Đã ban hành, theo dõi thi hành.")),
        L.EXPIRED: StateInfo(Tone.PAUSED, "archive", _("Không còn"), _("Hết hiệu lực."), final=True),
        L.REPLACED: StateInfo(Tone.PAUSED, "refresh", _("Không còn"), _("Đã có văn bản khác thay thế."), final=True),
        L.DROPPED: StateInfo(Tone.PAUSED, "x", _("Không còn"), _("Dừng trước khi ban hành, có lý do."), final=True),
    },
    transitions=(
        Transition(
            "start_drafting",
            frozenset({L.PROPOSED}),
            L.DRAFTING,
            _("Bắt đầu soạn thảo"),
            _("bắt đầu soạn thảo"),
            may_advance,
            DRAFTER_WORDS,
            legal_basis=TRACK,
        ),
        Transition(
            "consult",
            frozenset({L.DRAFTING}),
            L.CONSULTING,
            _("Lấy ý kiến"),
            _("đưa dự thảo ra lấy ý kiến"),
            may_advance,
            DRAFTER_WORDS,
            legal_basis=TRACK,
            starts=TimeLimit(
                "legal-document-consulting",
                _("Tổng hợp ý kiến, gửi Tư pháp thẩm định"),
                "policies.consulting",
                until=("record_appraisal", "redraft", "drop"),
            ),
        ),
        Transition(
            "redraft",
            frozenset({L.CONSULTING, L.APPRAISED, L.SUBMITTED}),
            L.DRAFTING,
            _("Soạn lại"),
            _("đưa về soạn lại"),
            may_advance,
            DRAFTER_WORDS,
            note=Note.REQUIRED,
        ),
        Transition(
            "record_appraisal",
            frozenset({L.CONSULTING}),
            L.APPRAISED,
            _("Ghi nhận thẩm định"),
            _("ghi nhận Tư pháp đã thẩm định"),
            may_advance,
            DRAFTER_WORDS,
            legal_basis=TRACK,
            requires=(Requirement(_("Có ngày thẩm định."), _has_appraisal, _("Ghi theo báo cáo thẩm định.")),),
        ),
        Transition(
            "submit",
            frozenset({L.APPRAISED}),
            L.SUBMITTED,
            _("Trình ban hành"),
            _("trình ban hành"),
            may_advance,
            DRAFTER_WORDS,
            legal_basis=TRACK,
        ),
        Transition(
            "issue",
            frozenset({L.SUBMITTED}),
            L.ISSUED,
            _("Ghi nhận đã ban hành"),
            _("ghi nhận đã ban hành"),
            may_record_issue,
            ISSUE_WORDS,
            requires=(NUMBERED,),
        ),
        Transition(
            "expire",
            frozenset({L.ISSUED}),
            L.EXPIRED,
            _("Ghi nhận hết hiệu lực"),
            _("ghi nhận hết hiệu lực"),
            may_advance,
            DRAFTER_WORDS,
            note=Note.REQUIRED,
            requires=(Requirement(_("Có ngày hết hiệu lực."), _has_expiry),),
        ),
        Transition(
            "replace",
            frozenset({L.ISSUED}),
            L.REPLACED,
            _("Ghi nhận bị thay thế"),
            _("ghi nhận bị thay thế"),
            may_advance,
            DRAFTER_WORDS,
            requires=(
                Requirement(_("Có văn bản thay thế."), _has_successor),
                Requirement(_("Có ngày hết hiệu lực."), _has_expiry),
            ),
        ),
        Transition(
            "drop",
            frozenset({L.PROPOSED, L.DRAFTING, L.CONSULTING, L.APPRAISED, L.SUBMITTED}),
            L.DROPPED,
            _("Dừng, không ban hành"),
            _("dừng, không ban hành"),
            may_advance,
            DRAFTER_WORDS,
            note=Note.REQUIRED,
        ),
    ),
)

PROGRAMME_WORKFLOW = Workflow(
    key="programme",
    label=_("Chương trình, kế hoạch, đề án"),
    states=ProgrammeState,
    initial=P.DRAFTING,
    info={
        P.DRAFTING: StateInfo(Tone.NOT_DUE, "pencil", _("Phòng phụ trách"), _("Đang soạn thảo.")),
        P.SUBMITTED: StateInfo(
            Tone.DUE_SOON, "send", _("Cơ quan ban hành"), _("Đã trình, chờ ban hành hoặc phê duyệt.")
        ),
        P.ISSUED: StateInfo(
            Tone.DONE, "certificate", _("Phòng phụ trách"), _("Đã ban hành, chưa giao việc thực hiện.")
        ),
        P.CARRIED_OUT: StateInfo(Tone.NOT_DUE, "player-play", _("Các đơn vị được giao"), _("Đang thực hiện.")),
        P.CONCLUDED: StateInfo(Tone.DONE, "circle-check", _("Không còn"), _("Đã tổng kết."), final=True),
        P.DROPPED: StateInfo(Tone.PAUSED, "x", _("Không còn"), _("Dừng trước khi ban hành, có lý do."), final=True),
    },
    transitions=(
        Transition("submit", frozenset({P.DRAFTING}), P.SUBMITTED, _("Trình"), _("trình"), may_advance, DRAFTER_WORDS),
        Transition(
            "redraft",
            frozenset({P.SUBMITTED}),
            P.DRAFTING,
            _("Soạn lại"),
            _("đưa về soạn lại"),
            may_advance,
            DRAFTER_WORDS,
            note=Note.REQUIRED,
        ),
        Transition(
            "issue",
            frozenset({P.SUBMITTED}),
            P.ISSUED,
            _("Ghi nhận đã ban hành"),
            _("ghi nhận đã ban hành"),
            may_record_issue,
            ISSUE_WORDS,
            requires=(NUMBERED,),
        ),
        Transition(
            "carry_out",
            frozenset({P.ISSUED}),
            P.CARRIED_OUT,
            _("Bắt đầu thực hiện"),
            _("bắt đầu thực hiện"),
            may_advance,
            DRAFTER_WORDS,
        ),
        Transition(
            "conclude",
            frozenset({P.CARRIED_OUT}),
            P.CONCLUDED,
            _("Tổng kết"),
            _("tổng kết"),
            may_advance,
            DRAFTER_WORDS,
            requires=(
                Requirement(
                    _("Mọi việc giao thực hiện đã xong hoặc đã rút."), _owes_nothing, _("Xem mục Nhiệm vụ giao.")
                ),
            ),
        ),
        Transition(
            "drop",
            frozenset({P.DRAFTING, P.SUBMITTED}),
            P.DROPPED,
            _("Dừng, không ban hành"),
            _("dừng, không ban hành"),
            may_advance,
            DRAFTER_WORDS,
            note=Note.REQUIRED,
        ),
    ),
)

WORK_PLAN_WORKFLOW = Workflow(
    key="work-plan-item",
    label=_("Kế hoạch công tác"),
    states=WorkPlanState,
    initial=W.PLANNED,
    info={
        W.PLANNED: StateInfo(Tone.NOT_DUE, "calendar", _("Phòng chủ trì"), _("Đã đưa vào kế hoạch, chưa bắt đầu.")),
        W.DOING: StateInfo(Tone.NOT_DUE, "player-play", _("Phòng chủ trì"), _("Đang làm.")),
        W.DONE: StateInfo(Tone.DONE, "circle-check", _("Không còn"), _("Đã có sản phẩm."), final=True),
        W.DROPPED: StateInfo(Tone.PAUSED, "x", _("Không còn"), _("Không làm nữa, có lý do."), final=True),
    },
    transitions=(
        Transition(
            "start", frozenset({W.PLANNED}), W.DOING, _("Bắt đầu", "step"), _("bắt đầu làm"), may_advance, DRAFTER_WORDS
        ),
        Transition(
            "finish",
            frozenset({W.PLANNED, W.DOING}),
            W.DONE,
            _("Đã xong", "step"),
            _("ghi nhận đã xong"),
            may_advance,
            DRAFTER_WORDS,
        ),
        Transition(
            "drop",
            frozenset({W.PLANNED, W.DOING}),
            W.DROPPED,
            _("Không làm nữa", "step"),
            _("bỏ khỏi kế hoạch"),
            may_advance,
            DRAFTER_WORDS,
            note=Note.REQUIRED,
        ),
    ),
)
