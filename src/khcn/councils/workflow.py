"""The steps of a council, from naming its members to its conclusion."""

from __future__ import annotations

from typing import Any

from khcn.councils.bodies import composition_faults, quorum_faults, teller_faults
from khcn.councils.permissions import RUNNER_WORDS, may_establish, may_run
from khcn.councils.selectors import body_of, seats_of, sittings, unsettled_slips
from khcn.councils.states import CouncilState
from khcn.kernel.workflow.table import Note, Requirement, StateInfo, Tone, Transition, Workflow
from khcn.language.words import words as _

S = CouncilState
HEAD_WORDS = _("Lãnh đạo phòng phụ trách; lãnh đạo Sở")


def _has_decision(council: Any) -> bool:
    return bool(council.decision_number.strip() and council.decided_on)


def _is_composed(council: Any) -> bool:
    return not composition_faults(body_of(council), sittings(seats_of(council)))


def _has_matters(council: Any) -> bool:
    return bool(council.matters.all())


def _is_invited(council: Any) -> bool:
    return bool(council.meets_on and council.documents_sent_on)


def _has_quorum(council: Any) -> bool:
    return not quorum_faults(body_of(council), sittings(seats_of(council)))


def _has_tellers(council: Any) -> bool:
    return not teller_faults(body_of(council), sittings(seats_of(council)))


def _has_products(council: Any) -> bool:
    return not council.is_judged or not council.matters.filter(items=None).exists()


def _all_settled(council: Any) -> bool:
    return not unsettled_slips(council).exists()


def _all_concluded(council: Any) -> bool:
    return all(matter.conclusion for matter in council.matters.all())


COMPOSED = Requirement(_("Đủ số thành viên và vai trò theo quy định."), _is_composed)
WITH_MATTERS = Requirement(_("Có ít nhất một hồ sơ để xem xét."), _has_matters)
COUNCIL_WORKFLOW = Workflow(
    key="council",
    label=_("Hội đồng tư vấn"),
    states=CouncilState,
    initial=S.FORMING,
    info={
        S.FORMING: StateInfo(Tone.NOT_DUE, "users", _("Phòng phụ trách"), _("Đang chọn thành viên và hồ sơ.")),
        S.ESTABLISHED: StateInfo(Tone.NOT_DUE, "file-certificate", _("Phòng phụ trách"), _("Đã có quyết định.")),
        S.INVITED: StateInfo(
            Tone.NOT_DUE, "mail-forward", _("Thành viên hội đồng"), _("Đã gửi tài liệu, đã có ngày họp.")
        ),
        S.SCORING: StateInfo(
            Tone.DUE_SOON, "edit", _("Thành viên hội đồng"), _("Đang ghi phiếu; phiếu niêm phong đến khi kiểm.")
        ),
        S.COUNTED: StateInfo(
            Tone.NOT_DUE, "list-check", _("Phòng phụ trách"), _("Đã kiểm phiếu, phiếu không đổi được.")
        ),
        S.CONCLUDED: StateInfo(Tone.DONE, "circle-check", _("Không còn"), _("Biên bản đã thông qua."), final=True),
        S.DISSOLVED: StateInfo(Tone.PAUSED, "circle-x", _("Không còn"), _("Đã giải tán, có lý do."), final=True),
    },
    transitions=(
        Transition(
            "establish",
            frozenset({S.FORMING}),
            S.ESTABLISHED,
            _("Ghi quyết định thành lập"),
            _("ghi quyết định thành lập"),
            may_establish,
            HEAD_WORDS,
            requires=(
                Requirement(_("Có số và ngày quyết định."), _has_decision, _("Ghi theo văn bản đã ban hành.")),
                COMPOSED,
                WITH_MATTERS,
            ),
        ),
        Transition(
            "invite",
            frozenset({S.ESTABLISHED, S.INVITED}),
            S.INVITED,
            _("Ghi đã gửi tài liệu, hẹn ngày họp"),
            _("gửi tài liệu, hẹn ngày họp"),
            may_run,
            RUNNER_WORDS,
            requires=(COMPOSED, Requirement(_("Có ngày gửi tài liệu và ngày họp."), _is_invited)),
        ),
        Transition(
            "open",
            frozenset({S.INVITED}),
            S.SCORING,
            _("Mở phiếu"),
            _("mở phiếu"),
            may_run,
            RUNNER_WORDS,
            requires=(
                COMPOSED,
                WITH_MATTERS,
                Requirement(_("Đã điểm danh và đủ số thành viên phải có mặt."), _has_quorum),
                Requirement(_("Đã chọn đủ người kiểm phiếu trong số có mặt."), _has_tellers),
                Requirement(_("Nghiệm thu xếp loại: mỗi hồ sơ có sản phẩm để đánh giá."), _has_products),
            ),
        ),
        Transition(
            "count",
            frozenset({S.SCORING}),
            S.COUNTED,
            _("Kiểm phiếu"),
            _("kiểm phiếu"),
            may_run,
            RUNNER_WORDS,
            requires=(Requirement(_("Mọi phiếu đã khóa, hoặc ghi rõ vì sao không hợp lệ."), _all_settled),),
        ),
        Transition(
            "conclude",
            frozenset({S.COUNTED}),
            S.CONCLUDED,
            _("Ghi biên bản đã thông qua"),
            _("ghi biên bản đã thông qua"),
            may_run,
            RUNNER_WORDS,
            requires=(Requirement(_("Mỗi hồ sơ có kết luận của hội đồng."), _all_concluded),),
        ),
        Transition(
            "dissolve",
            frozenset({S.FORMING, S.ESTABLISHED, S.INVITED, S.SCORING}),
            S.DISSOLVED,
            _("Giải tán hội đồng"),
            _("giải tán hội đồng"),
            may_establish,
            HEAD_WORDS,
            note=Note.REQUIRED,
        ),
    ),
)
