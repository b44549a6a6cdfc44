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
from khcn.language.words import words as _

S = PaperState
DECREE = _("NĐ 30/2020/NĐ-CP")
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
    label=_("Văn bản đi, đến"),
    states=PaperState,
    initial=S.REGISTERED,
    info={
        S.REGISTERED: StateInfo(Tone.NOT_DUE, "inbox", _("Lãnh đạo Sở"), _("Đã vào sổ, chờ ý kiến phân công.")),
        S.INSTRUCTED: StateInfo(Tone.DUE_SOON, "writing", _("Người, phòng được giao"), _("Đã có bút phê, đang xử lý.")),
        S.HANDLED: StateInfo(Tone.DONE, "check", _("Văn thư"), _("Đã xử lý xong, chờ lưu hồ sơ.")),
        S.FILED: StateInfo(Tone.DONE, "archive", _("Không còn"), _("Đã lưu hồ sơ."), final=True),
        S.DRAFT: StateInfo(Tone.NOT_DUE, "pencil", _("Người soạn thảo"), _("Đang soạn thảo.")),
        S.SUBMITTED: StateInfo(Tone.DUE_SOON, "signature", _("Người ký"), _("Đã trình, chờ ký.")),
        S.SIGNED: StateInfo(Tone.DUE_SOON, "file-certificate", _("Văn thư"), _("Đã ký, có số; chờ phát hành.")),
        S.SENT: StateInfo(Tone.DONE, "send", _("Không còn"), _("Đã gửi đến nơi nhận.")),
        S.RECALLED: StateInfo(
            Tone.PAUSED, "arrow-left", _("Không còn"), _("Đã thu hồi; số không dùng lại."), final=True
        ),
    },
    transitions=(
        Transition(
            "instruct",
            frozenset({S.REGISTERED, S.INSTRUCTED}),
            S.INSTRUCTED,
            _("Ghi bút phê"),
            _("ghi bút phê"),
            may_instruct,
            INSTRUCTOR_WORDS,
            requires=(
                Requirement(_("Có nội dung bút phê."), _has_instruction),
                Requirement(_("Có phòng hoặc người được giao xử lý."), _has_someone_to_act),
            ),
        ),
        Transition(
            "mark_handled",
            frozenset({S.INSTRUCTED}),
            S.HANDLED,
            _("Ghi đã xử lý"),
            _("ghi đã xử lý xong"),
            may_handle,
            HANDLER_WORDS,
            note=Note.REQUIRED,
        ),
        Transition(
            "file",
            frozenset({S.REGISTERED, S.HANDLED, S.SENT}),
            S.FILED,
            _("Lưu hồ sơ"),
            _("lưu hồ sơ"),
            may_file,
            FILER_WORDS,
        ),
        Transition(
            "submit",
            frozenset({S.DRAFT}),
            S.SUBMITTED,
            _("Trình ký"),
            _("trình ký"),
            may_draft,
            DRAFTER_WORDS,
            requires=(
                Requirement(_("Có loại văn bản."), _has_kind, _("Sửa dự thảo và chọn loại.")),
                Requirement(_("Có nơi nhận."), _has_addressees, _("Sửa dự thảo và ghi nơi nhận.")),
            ),
        ),
        Transition(
            "return_draft",
            frozenset({S.SUBMITTED}),
            S.DRAFT,
            _("Trả lại để sửa"),
            _("trả lại dự thảo"),
            may_return,
            RETURNER_WORDS,
            note=Note.REQUIRED,
        ),
        Transition(
            "sign",
            frozenset({S.SUBMITTED}),
            S.SIGNED,
            _("Ghi số, ngày đã ký"),
            _("ghi số và ngày của bản đã ký"),
            may_register,
            CLERK_WORDS,
            requires=(Requirement(_("Có số, ký hiệu và ngày do hệ thống quản lý văn bản cấp."), _has_number_and_date),),
            starts=TimeLimit(SEND, _("Phát hành văn bản đã ký"), REGISTER_WITHIN, until=("send", "recall")),
            legal_basis=_("{decree} điều 15").format(decree=DECREE),
        ),
        Transition(
            "send",
            frozenset({S.SIGNED}),
            S.SENT,
            _("Ghi đã phát hành"),
            _("phát hành"),
            may_register,
            CLERK_WORDS,
            requires=(Requirement(_("Có nơi nhận."), _has_addressees),),
            legal_basis=_("{decree} điều 18").format(decree=DECREE),
        ),
        Transition(
            "recall",
            frozenset({S.REGISTERED, S.INSTRUCTED, S.HANDLED, S.SIGNED, S.SENT}),
            S.RECALLED,
            _("Ghi thu hồi"),
            _("ghi thu hồi văn bản"),
            may_recall,
            RECALLER_WORDS,
            note=Note.REQUIRED,
            legal_basis=_("{decree} điều 18").format(decree=DECREE),
        ),
    ),
)
