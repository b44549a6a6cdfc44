"""The steps by which the province evaluates and certifies a result done without the State's money."""

from __future__ import annotations

from typing import Any

from khcn.councils.states import Purpose
from khcn.kernel.workflow.table import Note, Requirement, StateInfo, TimeLimit, Tone, Transition, Workflow
from khcn.language.words import words as _
from khcn.research.evaluating import ANSWER, concluded_on, vote_passed
from khcn.research.permissions import (
    DECIDER_WORDS,
    KEEPER_WORDS,
    SIGNED_WORDS,
    may_decide,
    may_keep,
    may_record_signed,
)
from khcn.research.selectors import is_before_council
from khcn.research.states import OutsideState

S = OutsideState
STAFF, APPLICANT, COUNCIL, NOBODY = _("Phòng phụ trách"), _("Bên đề nghị"), _("Hội đồng"), _("Không còn")
LIMIT = "research.limit.outside-evaluation"
BASIS = _("NĐ 268/2025/NĐ-CP điều 64; TTHC 1.014444")


def _said(*names: str) -> Any:
    return lambda result: all(str(getattr(result, name) or "").strip() for name in names)


CONCLUDED = Requirement(_("Hội đồng đánh giá kết quả đã kết luận."), lambda result: concluded_on(result) is not None)
OUTSIDE_WORKFLOW = Workflow(
    key="outside-result",
    label=_("Kết quả nhiệm vụ không sử dụng ngân sách nhà nước"),
    states=OutsideState,
    initial=S.RECEIVED,
    info={
        S.RECEIVED: StateInfo(Tone.NOT_DUE, "inbox", STAFF, _("Đã nhận, chờ kiểm tra hồ sơ.")),
        S.SUPPLEMENTING: StateInfo(Tone.PAUSED, "hourglass", APPLICANT, _("Hồ sơ thiếu; chờ bên đề nghị bổ sung.")),
        S.VALID: StateInfo(Tone.DUE_SOON, "clipboard-check", STAFF, _("Hồ sơ hợp lệ, đang tính thời hạn trả kết quả.")),
        S.COUNCIL: StateInfo(Tone.DUE_SOON, "users", COUNCIL, _("Hội đồng đánh giá đang xem xét.")),
        S.CERTIFIED: StateInfo(Tone.DONE, "award", NOBODY, _("Đã cấp giấy chứng nhận; khuyến khích đăng ký kết quả.")),
        S.REGISTERED: StateInfo(Tone.DONE, "certificate", NOBODY, _("Có giấy chứng nhận đăng ký kết quả."), final=True),
        S.REFUSED: StateInfo(Tone.PAUSED, "circle-x", NOBODY, _("Không cấp giấy chứng nhận, có lý do."), final=True),
        S.WITHDRAWN: StateInfo(Tone.PAUSED, "x", NOBODY, _("Bên đề nghị đã rút."), final=True),
    },
    transitions=(
        Transition(
            "ask_supplement",
            frozenset({S.RECEIVED}),
            S.SUPPLEMENTING,
            _("Yêu cầu bổ sung"),
            _("yêu cầu bổ sung hồ sơ"),
            may_keep,
            KEEPER_WORDS,
            note=Note.REQUIRED,
        ),
        Transition(
            "receive_supplement",
            frozenset({S.SUPPLEMENTING}),
            S.RECEIVED,
            _("Ghi đã bổ sung"),
            _("nhận hồ sơ bổ sung"),
            may_keep,
            KEEPER_WORDS,
            requires=(Requirement(_("Có ngày bổ sung."), _said("supplemented_on")),),
        ),
        Transition(
            "find_valid",
            frozenset({S.RECEIVED}),
            S.VALID,
            _("Ghi hồ sơ hợp lệ"),
            _("ghi hồ sơ hợp lệ"),
            may_keep,
            KEEPER_WORDS,
            requires=(Requirement(_("Có ngày hồ sơ hợp lệ."), _said("complete_on")),),
            starts=TimeLimit(ANSWER, _("Đánh giá, trả kết quả"), LIMIT, until=("certify", "refuse")),
            legal_basis=BASIS,
        ),
        Transition(
            "send_to_council",
            frozenset({S.VALID}),
            S.COUNCIL,
            _("Đưa ra hội đồng đánh giá"),
            _("đưa ra hội đồng đánh giá"),
            may_keep,
            KEEPER_WORDS,
            requires=(
                Requirement(
                    _("Đã đưa vào một hội đồng đánh giá kết quả có quyết định thành lập."),
                    lambda result: is_before_council(result, Purpose.EVALUATE),
                    _("Thêm kết quả vào hồ sơ xem xét của hội đồng."),
                ),
            ),
        ),
        Transition(
            "certify",
            frozenset({S.COUNCIL}),
            S.CERTIFIED,
            _("Ghi giấy chứng nhận"),
            _("cấp giấy chứng nhận"),
            may_record_signed,
            SIGNED_WORDS,
            requires=(
                CONCLUDED,
                Requirement(_("Đủ tỷ lệ thành viên có mặt bỏ phiếu «Đạt» theo quy định."), vote_passed),
                Requirement(_("Có số và ngày giấy chứng nhận."), _said("certificate_number", "certified_on")),
            ),
            legal_basis=BASIS,
        ),
        Transition(
            "refuse",
            frozenset({S.COUNCIL}),
            S.REFUSED,
            _("Ghi không cấp giấy chứng nhận"),
            _("không cấp giấy chứng nhận"),
            may_decide,
            DECIDER_WORDS,
            requires=(
                CONCLUDED,
                Requirement(
                    _("Không đủ tỷ lệ thành viên có mặt bỏ phiếu «Đạt»."), lambda result: not vote_passed(result)
                ),
            ),
            note=Note.REQUIRED,
            legal_basis=BASIS,
        ),
        Transition(
            "turn_down",
            frozenset({S.RECEIVED, S.SUPPLEMENTING}),
            S.REFUSED,
            _("Trả lại hồ sơ"),
            _("trả lại hồ sơ không hợp lệ"),
            may_decide,
            DECIDER_WORDS,
            note=Note.REQUIRED,
        ),
        Transition(
            "withdraw",
            frozenset({S.RECEIVED, S.SUPPLEMENTING, S.VALID, S.COUNCIL}),
            S.WITHDRAWN,
            _("Ghi đã rút"),
            _("ghi nhận bên đề nghị rút"),
            may_keep,
            KEEPER_WORDS,
            note=Note.REQUIRED,
        ),
        Transition(
            "register",
            frozenset({S.CERTIFIED}),
            S.REGISTERED,
            _("Ghi đăng ký kết quả"),
            _("đăng ký kết quả"),
            may_keep,
            KEEPER_WORDS,
            requires=(Requirement(_("Có số và ngày đăng ký kết quả."), _said("registration_number", "registered_on")),),
        ),
    ),
)
