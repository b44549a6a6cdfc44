"""The steps of a protection title and of a registration abroad."""

from __future__ import annotations

from typing import Any

from khcn.ip.permissions import STAFF_WORDS, may_update_title
from khcn.ip.states import ForeignState, TitleState
from khcn.kernel.workflow.table import Note, Requirement, StateInfo, Tone, Transition, Workflow
from khcn.language.words import words as _


def _has_number_and_date(title: Any) -> bool:
    return bool(title.title_number and title.granted_on)


def _has_registration(record: Any) -> bool:
    return bool(record.registered_on)


def _has_refusal(record: Any) -> bool:
    return bool(record.refused_on)


TITLE_WORKFLOW = Workflow(
    key="protection-title",
    label=_("Văn bằng bảo hộ"),
    states=TitleState,
    initial=TitleState.FILED,
    info={
        TitleState.FILED: StateInfo(
            Tone.NOT_DUE, "file-text", _("Chủ đơn, cơ quan sở hữu trí tuệ quốc gia"), _("Đơn đã nộp, đang thẩm định.")
        ),
        TitleState.GRANTED: StateInfo(
            Tone.DONE, "certificate", _("Chủ văn bằng"), _("Văn bằng đã cấp, đang có hiệu lực.")
        ),
        TitleState.REFUSED: StateInfo(
            Tone.DONE_LATE, "x", _("Không còn"), _("Đơn kết thúc mà không được cấp văn bằng."), final=True
        ),
        TitleState.LAPSED: StateInfo(Tone.PAUSED, "clock", _("Không còn"), _("Văn bằng hết hiệu lực."), final=True),
    },
    transitions=(
        Transition(
            "grant",
            frozenset({TitleState.FILED}),
            TitleState.GRANTED,
            _("Ghi nhận đã cấp"),
            _("ghi nhận đã cấp văn bằng"),
            may_update_title,
            STAFF_WORDS,
            requires=(Requirement(_("Có số văn bằng và ngày cấp."), _has_number_and_date),),
        ),
        Transition(
            "refuse",
            frozenset({TitleState.FILED}),
            TitleState.REFUSED,
            _("Ghi nhận từ chối"),
            _("ghi nhận đơn bị từ chối"),
            may_update_title,
            STAFF_WORDS,
            note=Note.REQUIRED,
        ),
        Transition(
            "lapse",
            frozenset({TitleState.GRANTED}),
            TitleState.LAPSED,
            _("Ghi nhận hết hiệu lực"),
            _("ghi nhận văn bằng hết hiệu lực"),
            may_update_title,
            STAFF_WORDS,
            note=Note.REQUIRED,
        ),
    ),
)

FOREIGN_WORKFLOW = Workflow(
    key="foreign-registration",
    label=_("Đăng ký bảo hộ ở nước ngoài"),
    states=ForeignState,
    initial=ForeignState.PREPARING,
    info={
        ForeignState.PREPARING: StateInfo(
            Tone.NOT_DUE, "pencil", _("Phòng phụ trách"), _("Đã có chủ trương, đang chuẩn bị đơn.")
        ),
        ForeignState.FILED: StateInfo(
            Tone.NOT_DUE, "file-text", _("Cơ quan sở hữu trí tuệ nước ngoài"), _("Đơn đang được xử lý ở nước ngoài.")
        ),
        ForeignState.REGISTERED: StateInfo(
            Tone.DONE, "certificate", _("Chủ nhãn hiệu"), _("Đã được bảo hộ ở nước đó.")
        ),
        ForeignState.REFUSED: StateInfo(
            Tone.DONE_LATE, "x", _("Không còn"), _("Không được bảo hộ ở nước đó."), final=True
        ),
        ForeignState.LAPSED: StateInfo(
            Tone.PAUSED, "clock", _("Không còn"), _("Bảo hộ ở nước đó đã hết hiệu lực."), final=True
        ),
    },
    transitions=(
        Transition(
            "file",
            frozenset({ForeignState.PREPARING}),
            ForeignState.FILED,
            _("Ghi nhận đã nộp đơn"),
            _("ghi nhận đã nộp đơn ở nước ngoài"),
            may_update_title,
            STAFF_WORDS,
        ),
        Transition(
            "register",
            frozenset({ForeignState.FILED}),
            ForeignState.REGISTERED,
            _("Ghi nhận được bảo hộ"),
            _("ghi nhận được bảo hộ"),
            may_update_title,
            STAFF_WORDS,
            requires=(Requirement(_("Có ngày được bảo hộ."), _has_registration),),
        ),
        Transition(
            "refuse",
            frozenset({ForeignState.FILED}),
            ForeignState.REFUSED,
            _("Ghi nhận bị từ chối"),
            _("ghi nhận bị từ chối"),
            may_update_title,
            STAFF_WORDS,
            requires=(Requirement(_("Có ngày bị từ chối."), _has_refusal),),
            note=Note.REQUIRED,
        ),
        Transition(
            "lapse",
            frozenset({ForeignState.REGISTERED}),
            ForeignState.LAPSED,
            _("Ghi nhận hết hiệu lực"),
            _("ghi nhận hết hiệu lực"),
            may_update_title,
            STAFF_WORDS,
            note=Note.REQUIRED,
        ),
    ),
)
