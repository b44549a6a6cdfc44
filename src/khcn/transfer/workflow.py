"""The steps of a request for appraisal or opinion."""

from __future__ import annotations

from typing import Any

from khcn.kernel.workflow.table import Note, Requirement, StateInfo, Tone, Transition, Workflow
from khcn.language.words import words as _
from khcn.transfer.permissions import APPRAISER_WORDS, may_appraise
from khcn.transfer.states import AppraisalState, Opinion

S = AppraisalState


def _has_answer(record: Any) -> bool:
    return bool(record.answer_number.strip() and record.answered_on)


def _has_opinion(record: Any) -> bool:
    return bool(record.opinion)


def _says_its_conditions(record: Any) -> bool:
    return record.opinion != Opinion.CONDITIONS or bool(record.opinion_text.strip())


def _council_has_its_day(record: Any) -> bool:
    return record.council_held and record.council_on is not None


APPRAISAL_WORKFLOW = Workflow(
    key="technology-appraisal",
    label=_("Thẩm định, ý kiến về công nghệ"),
    states=AppraisalState,
    initial=S.RECEIVED,
    info={
        S.RECEIVED: StateInfo(
            Tone.NOT_DUE, "inbox", _("Phòng phụ trách"), _("Đã nhận văn bản đề nghị, thời hạn đang tính.")
        ),
        S.APPRAISING: StateInfo(
            Tone.NOT_DUE, "microscope", _("Phòng phụ trách"), _("Đang xem xét công nghệ của dự án.")
        ),
        S.COUNCIL_CONSULTED: StateInfo(Tone.NOT_DUE, "users", _("Phòng phụ trách"), _("Hội đồng tư vấn đã họp.")),
        S.ANSWERED: StateInfo(Tone.DONE, "mail-forward", _("Không còn"), _("Đã có văn bản trả lời."), final=True),
        S.RETURNED: StateInfo(
            Tone.PAUSED, "arrow-left", _("Cơ quan hỏi ý kiến"), _("Đã trả hồ sơ, có lý do."), final=True
        ),
    },
    transitions=(
        Transition(
            "begin",
            frozenset({S.RECEIVED}),
            S.APPRAISING,
            _("Bắt đầu thẩm định"),
            _("bắt đầu thẩm định"),
            may_appraise,
            APPRAISER_WORDS,
        ),
        Transition(
            "consult_council",
            frozenset({S.APPRAISING}),
            S.COUNCIL_CONSULTED,
            _("Ghi nhận hội đồng đã họp"),
            _("ghi nhận hội đồng tư vấn đã họp"),
            may_appraise,
            APPRAISER_WORDS,
            requires=(Requirement(_("Có ngày hội đồng họp."), _council_has_its_day),),
        ),
        Transition(
            "answer",
            frozenset({S.APPRAISING, S.COUNCIL_CONSULTED}),
            S.ANSWERED,
            _("Ghi nhận đã trả lời"),
            _("ghi nhận đã trả lời"),
            may_appraise,
            APPRAISER_WORDS,
            requires=(
                Requirement(_("Có số và ngày văn bản trả lời."), _has_answer, _("Ghi theo văn bản đã phát hành.")),
                Requirement(_("Có ý kiến: đồng ý, đồng ý có điều kiện hoặc không đồng ý."), _has_opinion),
                Requirement(_("Đồng ý có điều kiện thì ghi điều kiện."), _says_its_conditions),
            ),
        ),
        Transition(
            "return",
            frozenset({S.RECEIVED, S.APPRAISING}),
            S.RETURNED,
            _("Trả hồ sơ"),
            _("trả hồ sơ"),
            may_appraise,
            APPRAISER_WORDS,
            note=Note.REQUIRED,
        ),
    ),
)
