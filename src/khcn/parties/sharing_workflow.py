"""The steps of a booking of shared equipment."""

from __future__ import annotations

from khcn.kernel.workflow.table import Note, StateInfo, Tone, Transition, Workflow
from khcn.language.words import words as _
from khcn.parties.permissions import (
    CANCELLER_WORDS,
    OWNER_WORDS,
    may_cancel_booking,
    may_decide_booking,
)
from khcn.parties.states import BookingState

B = BookingState
NOBODY = _("Không còn")

BOOKING_WORKFLOW = Workflow(
    key="equipment-booking",
    label=_("Sử dụng thiết bị dùng chung"),
    states=BookingState,
    initial=B.REQUESTED,
    info={
        B.REQUESTED: StateInfo(Tone.DUE_SOON, "clock", OWNER_WORDS, _("Chờ nhận hoặc từ chối.")),
        B.ACCEPTED: StateInfo(
            Tone.NOT_DUE, "calendar-event", OWNER_WORDS, _("Đã xếp lịch; ghi giờ dùng và phí sau khi dùng.")
        ),
        B.USED: StateInfo(Tone.DONE, "circle-check", NOBODY, _("Đã dùng, có số giờ và phí."), final=True),
        B.REFUSED: StateInfo(Tone.PAUSED, "x", NOBODY, _("Bị từ chối, có lý do."), final=True),
        B.CANCELLED: StateInfo(Tone.PAUSED, "archive", NOBODY, _("Đã hủy, có lý do; vẫn còn trong sổ."), final=True),
    },
    transitions=(
        Transition(
            "accept",
            frozenset({B.REQUESTED}),
            B.ACCEPTED,
            _("Nhận, xếp lịch"),
            _("nhận lượt sử dụng thiết bị"),
            may_decide_booking,
            OWNER_WORDS,
        ),
        Transition(
            "record_use",
            frozenset({B.ACCEPTED}),
            B.USED,
            _("Ghi giờ dùng và phí"),
            _("ghi giờ dùng và phí sử dụng thiết bị"),
            may_decide_booking,
            OWNER_WORDS,
        ),
        Transition(
            "refuse",
            frozenset({B.REQUESTED}),
            B.REFUSED,
            _("Từ chối", "step"),
            _("từ chối lượt sử dụng thiết bị"),
            may_decide_booking,
            OWNER_WORDS,
            note=Note.REQUIRED,
        ),
        Transition(
            "cancel",
            frozenset({B.REQUESTED, B.ACCEPTED}),
            B.CANCELLED,
            _("Hủy lượt sử dụng"),
            _("hủy lượt sử dụng thiết bị"),
            may_cancel_booking,
            CANCELLER_WORDS,
            note=Note.REQUIRED,
        ),
    ),
)
