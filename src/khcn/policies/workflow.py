"""The steps of legal documents, programmes and items of the work plan."""

from __future__ import annotations

from typing import Any

from khcn.assignments.selectors import assignments_from
from khcn.assignments.states import OPEN_STATES, AssignmentState
from khcn.kernel.workflow.table import Note, Requirement, StateInfo, TimeLimit, Tone, Transition, Workflow
from khcn.policies.permissions import DRAFTER_WORDS, ISSUE_WORDS, may_advance, may_record_issue
from khcn.policies.states import LegalDocumentState, ProgrammeState, WorkPlanState

L, P, W = LegalDocumentState, ProgrammeState, WorkPlanState
TRACK = "Luật Ban hành văn bản quy phạm pháp luật (trình tự; chưa đối chiếu từng điều)"


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


NUMBERED = Requirement("Có số, ký hiệu và ngày ban hành.", _has_number_and_day, "Ghi theo bản đã ký.")

LEGAL_DOCUMENT_WORKFLOW = Workflow(
    key="legal-document",
    label="Văn bản quy phạm pháp luật",
    states=LegalDocumentState,
    initial=L.PROPOSED,
    info={
        L.PROPOSED: StateInfo(Tone.NOT_DUE, "bulb", "Phòng phụ trách", "Đã đề nghị xây dựng, chờ chấp thuận."),
        L.DRAFTING: StateInfo(Tone.NOT_DUE, "pencil", "Phòng phụ trách", "Đang soạn thảo."),
        L.CONSULTING: StateInfo(Tone.NOT_DUE, "message", "Cơ quan, tổ chức góp ý", "Dự thảo đang được lấy ý kiến."),
        L.APPRAISED: StateInfo(
            Tone.NOT_DUE, "scale", "Phòng phụ trách", "Tư pháp đã thẩm định, đang hoàn thiện để trình."
        ),
        L.SUBMITTED: StateInfo(Tone.DUE_SOON, "send", "Cơ quan ban hành", "Đã trình, chờ thông qua và ký."),
        L.ISSUED: StateInfo(Tone.DONE, "certificate", "Phòng phụ trách", "Đã ban hành, theo dõi thi hành."),
        L.EXPIRED: StateInfo(Tone.PAUSED, "archive", "Không còn", "Hết hiệu lực.", final=True),
        L.REPLACED: StateInfo(Tone.PAUSED, "refresh", "Không còn", "Đã có văn bản khác thay thế.", final=True),
        L.DROPPED: StateInfo(Tone.PAUSED, "x", "Không còn", "Dừng trước khi ban hành, có lý do.", final=True),
    },
    transitions=(
        Transition(
            "start_drafting",
            frozenset({L.PROPOSED}),
            L.DRAFTING,
            "Bắt đầu soạn thảo",
            "bắt đầu soạn thảo",
            may_advance,
            DRAFTER_WORDS,
            legal_basis=TRACK,
        ),
        Transition(
            "consult",
            frozenset({L.DRAFTING}),
            L.CONSULTING,
            "Lấy ý kiến",
            "đưa dự thảo ra lấy ý kiến",
            may_advance,
            DRAFTER_WORDS,
            legal_basis=TRACK,
            starts=TimeLimit(
                "legal-document-consulting",
                "Tổng hợp ý kiến, gửi Tư pháp thẩm định",
                "policies.consulting",
                until=("record_appraisal", "redraft", "drop"),
            ),
        ),
        Transition(
            "redraft",
            frozenset({L.CONSULTING, L.APPRAISED, L.SUBMITTED}),
            L.DRAFTING,
            "Soạn lại",
            "đưa về soạn lại",
            may_advance,
            DRAFTER_WORDS,
            note=Note.REQUIRED,
        ),
        Transition(
            "record_appraisal",
            frozenset({L.CONSULTING}),
            L.APPRAISED,
            "Ghi nhận thẩm định",
            "ghi nhận Tư pháp đã thẩm định",
            may_advance,
            DRAFTER_WORDS,
            legal_basis=TRACK,
            requires=(Requirement("Có ngày thẩm định.", _has_appraisal, "Ghi theo báo cáo thẩm định."),),
        ),
        Transition(
            "submit",
            frozenset({L.APPRAISED}),
            L.SUBMITTED,
            "Trình ban hành",
            "trình ban hành",
            may_advance,
            DRAFTER_WORDS,
            legal_basis=TRACK,
        ),
        Transition(
            "issue",
            frozenset({L.SUBMITTED}),
            L.ISSUED,
            "Ghi nhận đã ban hành",
            "ghi nhận đã ban hành",
            may_record_issue,
            ISSUE_WORDS,
            requires=(NUMBERED,),
        ),
        Transition(
            "expire",
            frozenset({L.ISSUED}),
            L.EXPIRED,
            "Ghi nhận hết hiệu lực",
            "ghi nhận hết hiệu lực",
            may_advance,
            DRAFTER_WORDS,
            note=Note.REQUIRED,
            requires=(Requirement("Có ngày hết hiệu lực.", _has_expiry),),
        ),
        Transition(
            "replace",
            frozenset({L.ISSUED}),
            L.REPLACED,
            "Ghi nhận bị thay thế",
            "ghi nhận bị thay thế",
            may_advance,
            DRAFTER_WORDS,
            requires=(
                Requirement("Có văn bản thay thế.", _has_successor),
                Requirement("Có ngày hết hiệu lực.", _has_expiry),
            ),
        ),
        Transition(
            "drop",
            frozenset({L.PROPOSED, L.DRAFTING, L.CONSULTING, L.APPRAISED, L.SUBMITTED}),
            L.DROPPED,
            "Dừng, không ban hành",
            "dừng, không ban hành",
            may_advance,
            DRAFTER_WORDS,
            note=Note.REQUIRED,
        ),
    ),
)

PROGRAMME_WORKFLOW = Workflow(
    key="programme",
    label="Chương trình, kế hoạch, đề án",
    states=ProgrammeState,
    initial=P.DRAFTING,
    info={
        P.DRAFTING: StateInfo(Tone.NOT_DUE, "pencil", "Phòng phụ trách", "Đang soạn thảo."),
        P.SUBMITTED: StateInfo(Tone.DUE_SOON, "send", "Cơ quan ban hành", "Đã trình, chờ ban hành hoặc phê duyệt."),
        P.ISSUED: StateInfo(Tone.DONE, "certificate", "Phòng phụ trách", "Đã ban hành, chưa giao việc thực hiện."),
        P.CARRIED_OUT: StateInfo(Tone.NOT_DUE, "player-play", "Các đơn vị được giao", "Đang thực hiện."),
        P.CONCLUDED: StateInfo(Tone.DONE, "circle-check", "Không còn", "Đã tổng kết.", final=True),
        P.DROPPED: StateInfo(Tone.PAUSED, "x", "Không còn", "Dừng trước khi ban hành, có lý do.", final=True),
    },
    transitions=(
        Transition("submit", frozenset({P.DRAFTING}), P.SUBMITTED, "Trình", "trình", may_advance, DRAFTER_WORDS),
        Transition(
            "redraft",
            frozenset({P.SUBMITTED}),
            P.DRAFTING,
            "Soạn lại",
            "đưa về soạn lại",
            may_advance,
            DRAFTER_WORDS,
            note=Note.REQUIRED,
        ),
        Transition(
            "issue",
            frozenset({P.SUBMITTED}),
            P.ISSUED,
            "Ghi nhận đã ban hành",
            "ghi nhận đã ban hành",
            may_record_issue,
            ISSUE_WORDS,
            requires=(NUMBERED,),
        ),
        Transition(
            "carry_out",
            frozenset({P.ISSUED}),
            P.CARRIED_OUT,
            "Bắt đầu thực hiện",
            "bắt đầu thực hiện",
            may_advance,
            DRAFTER_WORDS,
        ),
        Transition(
            "conclude",
            frozenset({P.CARRIED_OUT}),
            P.CONCLUDED,
            "Tổng kết",
            "tổng kết",
            may_advance,
            DRAFTER_WORDS,
            requires=(
                Requirement("Mọi việc giao thực hiện đã xong hoặc đã rút.", _owes_nothing, "Xem mục Nhiệm vụ giao."),
            ),
        ),
        Transition(
            "drop",
            frozenset({P.DRAFTING, P.SUBMITTED}),
            P.DROPPED,
            "Dừng, không ban hành",
            "dừng, không ban hành",
            may_advance,
            DRAFTER_WORDS,
            note=Note.REQUIRED,
        ),
    ),
)

WORK_PLAN_WORKFLOW = Workflow(
    key="work-plan-item",
    label="Kế hoạch công tác",
    states=WorkPlanState,
    initial=W.PLANNED,
    info={
        W.PLANNED: StateInfo(Tone.NOT_DUE, "calendar", "Phòng chủ trì", "Đã đưa vào kế hoạch, chưa bắt đầu."),
        W.DOING: StateInfo(Tone.NOT_DUE, "player-play", "Phòng chủ trì", "Đang làm."),
        W.DONE: StateInfo(Tone.DONE, "circle-check", "Không còn", "Đã có sản phẩm.", final=True),
        W.DROPPED: StateInfo(Tone.PAUSED, "x", "Không còn", "Không làm nữa, có lý do.", final=True),
    },
    transitions=(
        Transition("start", frozenset({W.PLANNED}), W.DOING, "Bắt đầu", "bắt đầu làm", may_advance, DRAFTER_WORDS),
        Transition(
            "finish",
            frozenset({W.PLANNED, W.DOING}),
            W.DONE,
            "Đã xong",
            "ghi nhận đã xong",
            may_advance,
            DRAFTER_WORDS,
        ),
        Transition(
            "drop",
            frozenset({W.PLANNED, W.DOING}),
            W.DROPPED,
            "Không làm nữa",
            "bỏ khỏi kế hoạch",
            may_advance,
            DRAFTER_WORDS,
            note=Note.REQUIRED,
        ),
    ),
)
