"""The steps of official papers, in and out."""

from __future__ import annotations

from typing import Any

from khcn.correspondence.permissions import (
    CLERK_WORDS,
    DRAFTER_WORDS,
    FILER_WORDS,
    HANDLER_WORDS,
    INSTRUCTOR_WORDS,
    RECALLER_WORDS,
    RETURNER_WORDS,
    may_draft,
    may_file,
    may_handle,
    may_instruct,
    may_recall,
    may_register,
    may_return,
)
from khcn.correspondence.rules import REGISTER_WITHIN
from khcn.correspondence.states import PaperState
from khcn.kernel.workflow.table import Note, Requirement, StateInfo, TimeLimit, Tone, Transition, Workflow

S = PaperState
DECREE = "NĐ 30/2020/NĐ-CP"
HANDLE = "handle-paper"
SEND = "send-paper"


def _has_instruction(paper: Any) -> bool:
    return bool(paper.instruction.strip())


def _has_someone_to_act(paper: Any) -> bool:
    return paper.division_id is not None or paper.responsible_id is not None


def _has_kind(paper: Any) -> bool:
    return paper.kind_id is not None


def _has_addressees(paper: Any) -> bool:
    return paper.pk is not None and paper.addressees.exists()


def _has_number_and_date(paper: Any) -> bool:
    return bool(paper.number and paper.issued_on)


PAPER_WORKFLOW = Workflow(
    key="paper",
    label="Văn bản đi, đến",
    states=PaperState,
    initial=S.REGISTERED,
    info={
        S.REGISTERED: StateInfo(Tone.NOT_DUE, "inbox", "Lãnh đạo Sở", "Đã vào sổ, chờ ý kiến phân công."),
        S.INSTRUCTED: StateInfo(Tone.DUE_SOON, "writing", "Người, phòng được giao", "Đã có bút phê, đang xử lý."),
        S.HANDLED: StateInfo(Tone.DONE, "check", "Văn thư", "Đã xử lý xong, chờ lưu hồ sơ."),
        S.FILED: StateInfo(Tone.DONE, "archive", "Không còn", "Đã lưu hồ sơ.", final=True),
        S.DRAFT: StateInfo(Tone.NOT_DUE, "pencil", "Người soạn thảo", "Đang soạn thảo."),
        S.SUBMITTED: StateInfo(Tone.DUE_SOON, "signature", "Người ký", "Đã trình, chờ ký."),
        S.SIGNED: StateInfo(Tone.DUE_SOON, "file-certificate", "Văn thư", "Đã ký, có số; chờ phát hành."),
        S.SENT: StateInfo(Tone.DONE, "send", "Không còn", "Đã gửi đến nơi nhận."),
        S.RECALLED: StateInfo(Tone.PAUSED, "arrow-left", "Không còn", "Đã thu hồi; số không dùng lại.", final=True),
    },
    transitions=(
        Transition(
            "instruct",
            frozenset({S.REGISTERED, S.INSTRUCTED}),
            S.INSTRUCTED,
            "Ghi bút phê",
            "ghi bút phê",
            may_instruct,
            INSTRUCTOR_WORDS,
            requires=(
                Requirement("Có nội dung bút phê.", _has_instruction),
                Requirement("Có phòng hoặc người được giao xử lý.", _has_someone_to_act),
            ),
        ),
        Transition(
            "mark_handled",
            frozenset({S.INSTRUCTED}),
            S.HANDLED,
            "Ghi đã xử lý",
            "ghi đã xử lý xong",
            may_handle,
            HANDLER_WORDS,
            note=Note.REQUIRED,
        ),
        Transition(
            "file",
            frozenset({S.REGISTERED, S.HANDLED, S.SENT}),
            S.FILED,
            "Lưu hồ sơ",
            "lưu hồ sơ",
            may_file,
            FILER_WORDS,
        ),
        Transition(
            "submit",
            frozenset({S.DRAFT}),
            S.SUBMITTED,
            "Trình ký",
            "trình ký",
            may_draft,
            DRAFTER_WORDS,
            requires=(
                Requirement("Có loại văn bản.", _has_kind, "Sửa dự thảo và chọn loại."),
                Requirement("Có nơi nhận.", _has_addressees, "Sửa dự thảo và ghi nơi nhận."),
            ),
        ),
        Transition(
            "return_draft",
            frozenset({S.SUBMITTED}),
            S.DRAFT,
            "Trả lại để sửa",
            "trả lại dự thảo",
            may_return,
            RETURNER_WORDS,
            note=Note.REQUIRED,
        ),
        Transition(
            "sign",
            frozenset({S.SUBMITTED}),
            S.SIGNED,
            "Ghi số, ngày đã ký",
            "ghi số và ngày của bản đã ký",
            may_register,
            CLERK_WORDS,
            requires=(Requirement("Có số, ký hiệu và ngày do hệ thống quản lý văn bản cấp.", _has_number_and_date),),
            starts=TimeLimit(SEND, "Phát hành văn bản đã ký", REGISTER_WITHIN, until=("send", "recall")),
            legal_basis=f"{DECREE} điều 15",
        ),
        Transition(
            "send",
            frozenset({S.SIGNED}),
            S.SENT,
            "Ghi đã phát hành",
            "phát hành",
            may_register,
            CLERK_WORDS,
            requires=(Requirement("Có nơi nhận.", _has_addressees),),
            legal_basis=f"{DECREE} điều 18",
        ),
        Transition(
            "recall",
            frozenset({S.REGISTERED, S.INSTRUCTED, S.HANDLED, S.SIGNED, S.SENT}),
            S.RECALLED,
            "Ghi thu hồi",
            "ghi thu hồi văn bản",
            may_recall,
            RECALLER_WORDS,
            note=Note.REQUIRED,
            legal_basis=f"{DECREE} điều 18",
        ),
    ),
)
