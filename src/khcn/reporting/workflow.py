"""The steps of a period report."""

from __future__ import annotations

from typing import Any

from khcn.kernel.workflow.table import Note, Requirement, StateInfo, Tone, Transition, Workflow
from khcn.language.words import words as _
from khcn.reporting.permissions import DRAFT_WORDS, SIGN_WORDS, may_draft_report, may_sign_report
from khcn.reporting.states import ReportState as S


def _has_sections(report: Any) -> bool:
    return bool(report.sections.exists())


def _is_frozen(report: Any) -> bool:
    return report.frozen_at is not None


REPORT_WORKFLOW = Workflow(
    key="period-report",
    label=_("Báo cáo kỳ"),
    states=S,
    initial=S.DRAFT,
    info={
        S.DRAFT: StateInfo(
            Tone.NOT_DUE, "pencil", _("Người soạn"), _("Số liệu còn sống theo sổ; lời văn còn sửa được.")
        ),
        S.SUBMITTED: StateInfo(Tone.DUE_SOON, "send", _("Lãnh đạo Sở"), _("Chờ ký; số liệu vẫn theo sổ.")),
        S.SIGNED: StateInfo(Tone.DONE, "signature", _("Không còn"), _("Số liệu và danh sách hồ sơ đã chốt.")),
        S.REPLACED: StateInfo(Tone.PAUSED, "archive", _("Không còn"), _("Đã có báo cáo khác thay thế."), final=True),
    },
    transitions=(
        Transition(
            "submit",
            frozenset({S.DRAFT}),
            S.SUBMITTED,
            _("Trình ký"),
            _("trình ký"),
            may_draft_report,
            DRAFT_WORDS,
            requires=(Requirement(_("Báo cáo có nội dung."), _has_sections),),
        ),
        Transition(
            "return",
            frozenset({S.SUBMITTED}),
            S.DRAFT,
            _("Trả lại để sửa"),
            _("trả lại để sửa"),
            may_sign_report,
            SIGN_WORDS,
            note=Note.REQUIRED,
        ),
        Transition(
            "sign",
            frozenset({S.SUBMITTED}),
            S.SIGNED,
            _("Ký và chốt số liệu"),
            _("ký và chốt số liệu"),
            may_sign_report,
            SIGN_WORDS,
            requires=(Requirement(_("Số liệu đã được chốt."), _is_frozen),),
            form="reporting:sign",
        ),
        Transition(
            "replace",
            frozenset({S.SIGNED}),
            S.REPLACED,
            _("Ghi nhận bị thay thế"),
            _("ghi nhận bị thay thế"),
            may_sign_report,
            SIGN_WORDS,
            note=Note.REQUIRED,
        ),
    ),
)
