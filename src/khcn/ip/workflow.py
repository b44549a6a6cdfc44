"""The steps of a protection title and of a registration abroad."""

from __future__ import annotations

from typing import Any

from khcn.ip.permissions import STAFF_WORDS, may_update_title
from khcn.ip.states import ForeignState, TitleState
from khcn.kernel.workflow.table import Note, Requirement, StateInfo, Tone, Transition, Workflow


def _has_number_and_date(title: Any) -> bool:
    return bool(title.title_number and title.granted_on)


def _has_registration(record: Any) -> bool:
    return bool(record.registered_on)


def _has_refusal(record: Any) -> bool:
    return bool(record.refused_on)


TITLE_WORKFLOW = Workflow(
    key="protection-title",
    label="Văn bằng bảo hộ",
    states=TitleState,
    initial=TitleState.FILED,
    info={
        TitleState.FILED: StateInfo(
            Tone.NOT_DUE, "file-text", "Chủ đơn, cơ quan sở hữu trí tuệ quốc gia", "Đơn đã nộp, đang thẩm định."
        ),
        TitleState.GRANTED: StateInfo(Tone.DONE, "certificate", "Chủ văn bằng", "Văn bằng đã cấp, đang có hiệu lực."),
        TitleState.REFUSED: StateInfo(
            Tone.DONE_LATE, "x", "Không còn", "Đơn kết thúc mà không được cấp văn bằng.", final=True
        ),
        TitleState.LAPSED: StateInfo(Tone.PAUSED, "clock", "Không còn", "Văn bằng hết hiệu lực.", final=True),
    },
    transitions=(
        Transition(
            "grant",
            frozenset({TitleState.FILED}),
            TitleState.GRANTED,
            "Ghi nhận đã cấp",
            "ghi nhận đã cấp văn bằng",
            may_update_title,
            STAFF_WORDS,
            requires=(Requirement("Có số văn bằng và ngày cấp.", _has_number_and_date),),
        ),
        Transition(
            "refuse",
            frozenset({TitleState.FILED}),
            TitleState.REFUSED,
            "Ghi nhận từ chối",
            "ghi nhận đơn bị từ chối",
            may_update_title,
            STAFF_WORDS,
            note=Note.REQUIRED,
        ),
        Transition(
            "lapse",
            frozenset({TitleState.GRANTED}),
            TitleState.LAPSED,
            "Ghi nhận hết hiệu lực",
            "ghi nhận văn bằng hết hiệu lực",
            may_update_title,
            STAFF_WORDS,
            note=Note.REQUIRED,
        ),
    ),
)

FOREIGN_WORKFLOW = Workflow(
    key="foreign-registration",
    label="Đăng ký bảo hộ ở nước ngoài",
    states=ForeignState,
    initial=ForeignState.PREPARING,
    info={
        ForeignState.PREPARING: StateInfo(
            Tone.NOT_DUE, "pencil", "Phòng phụ trách", "Đã có chủ trương, đang chuẩn bị đơn."
        ),
        ForeignState.FILED: StateInfo(
            Tone.NOT_DUE, "file-text", "Cơ quan sở hữu trí tuệ nước ngoài", "Đơn đang được xử lý ở nước ngoài."
        ),
        ForeignState.REGISTERED: StateInfo(Tone.DONE, "certificate", "Chủ nhãn hiệu", "Đã được bảo hộ ở nước đó."),
        ForeignState.REFUSED: StateInfo(Tone.DONE_LATE, "x", "Không còn", "Không được bảo hộ ở nước đó.", final=True),
        ForeignState.LAPSED: StateInfo(
            Tone.PAUSED, "clock", "Không còn", "Bảo hộ ở nước đó đã hết hiệu lực.", final=True
        ),
    },
    transitions=(
        Transition(
            "file",
            frozenset({ForeignState.PREPARING}),
            ForeignState.FILED,
            "Ghi nhận đã nộp đơn",
            "ghi nhận đã nộp đơn ở nước ngoài",
            may_update_title,
            STAFF_WORDS,
        ),
        Transition(
            "register",
            frozenset({ForeignState.FILED}),
            ForeignState.REGISTERED,
            "Ghi nhận được bảo hộ",
            "ghi nhận được bảo hộ",
            may_update_title,
            STAFF_WORDS,
            requires=(Requirement("Có ngày được bảo hộ.", _has_registration),),
        ),
        Transition(
            "refuse",
            frozenset({ForeignState.FILED}),
            ForeignState.REFUSED,
            "Ghi nhận bị từ chối",
            "ghi nhận bị từ chối",
            may_update_title,
            STAFF_WORDS,
            requires=(Requirement("Có ngày bị từ chối.", _has_refusal),),
            note=Note.REQUIRED,
        ),
        Transition(
            "lapse",
            frozenset({ForeignState.REGISTERED}),
            ForeignState.LAPSED,
            "Ghi nhận hết hiệu lực",
            "ghi nhận hết hiệu lực",
            may_update_title,
            STAFF_WORDS,
            note=Note.REQUIRED,
        ),
    ),
)
