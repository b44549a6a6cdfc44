"""The steps of CVs, laboratories, equipment and yearly figures."""

from __future__ import annotations

from khcn.kernel.workflow.table import Note, StateInfo, Tone, Transition, Workflow
from khcn.language.words import words as _
from khcn.parties.permissions import HEAD_WORDS, STAFF_WORDS, may_confirm_figure, may_edit_party
from khcn.parties.states import EquipmentState, FigureState, LaboratoryState, ProfileState

P, L, E, F = ProfileState, LaboratoryState, EquipmentState, FigureState
KEEPER = _("Chuyên viên theo dõi tiềm lực")
NOBODY = _("Không còn")

PROFILE_WORKFLOW = Workflow(
    key="scientist",
    label=_("Lý lịch khoa học"),
    states=ProfileState,
    initial=P.KEPT,
    info={
        P.KEPT: StateInfo(Tone.DONE, "user", KEEPER, _("Đang theo dõi, cập nhật.")),
        P.CLOSED: StateInfo(Tone.PAUSED, "archive", KEEPER, _("Thôi theo dõi: chuyển đi, nghỉ, mất.")),
    },
    transitions=(
        Transition(
            "refresh",
            frozenset({P.KEPT}),
            P.KEPT,
            _("Xác nhận lý lịch còn đúng"),
            _("xác nhận lý lịch còn đúng"),
            may_edit_party,
            STAFF_WORDS,
        ),
        Transition(
            "close",
            frozenset({P.KEPT}),
            P.CLOSED,
            _("Thôi theo dõi", "step"),
            _("thôi theo dõi lý lịch"),
            may_edit_party,
            STAFF_WORDS,
            note=Note.REQUIRED,
        ),
        Transition(
            "reopen",
            frozenset({P.CLOSED}),
            P.KEPT,
            _("Theo dõi lại"),
            _("theo dõi lại lý lịch"),
            may_edit_party,
            STAFF_WORDS,
            note=Note.REQUIRED,
        ),
    ),
)

LABORATORY_WORKFLOW = Workflow(
    key="laboratory",
    label=_("Phòng thí nghiệm"),
    states=LaboratoryState,
    initial=L.WORKING,
    info={
        L.WORKING: StateInfo(Tone.DONE, "microscope", _("Tổ chức chủ quản"), _("Đang hoạt động.")),
        L.CLOSED: StateInfo(Tone.PAUSED, "archive", NOBODY, _("Đã ngừng hoạt động."), final=True),
    },
    transitions=(
        Transition(
            "close",
            frozenset({L.WORKING}),
            L.CLOSED,
            _("Ghi nhận ngừng hoạt động"),
            _("ghi nhận đã ngừng hoạt động"),
            may_edit_party,
            STAFF_WORDS,
            note=Note.REQUIRED,
        ),
    ),
)


def _equipment_step(name: str, sources: frozenset[str], target: str, label: str, verb: str) -> Transition:
    return Transition(name, sources, target, label, verb, may_edit_party, STAFF_WORDS, note=Note.REQUIRED)


EQUIPMENT_WORKFLOW = Workflow(
    key="equipment",
    label=_("Thiết bị nghiên cứu"),
    states=EquipmentState,
    initial=E.WORKING,
    info={
        E.WORKING: StateInfo(Tone.DONE, "circle-check", _("Tổ chức sở hữu"), _("Đang sử dụng.")),
        E.REPAIR: StateInfo(Tone.PAUSED, "settings", _("Tổ chức sở hữu"), _("Đang sửa chữa, chưa dùng được.")),
        E.IDLE: StateInfo(Tone.DUE_SOON, "clock", _("Tổ chức sở hữu"), _("Chưa hoặc không sử dụng, có lý do.")),
        E.DISPOSED: StateInfo(Tone.PAUSED, "archive", NOBODY, _("Đã thanh lý, chuyển giao."), final=True),
    },
    transitions=(
        _equipment_step(
            "repair",
            frozenset({E.WORKING, E.IDLE}),
            E.REPAIR,
            _("Ghi nhận đưa đi sửa chữa"),
            _("ghi nhận đưa thiết bị đi sửa chữa"),
        ),
        _equipment_step(
            "set_idle",
            frozenset({E.WORKING, E.REPAIR}),
            E.IDLE,
            _("Ghi nhận không sử dụng"),
            _("ghi nhận thiết bị không sử dụng"),
        ),
        _equipment_step(
            "use_again",
            frozenset({E.REPAIR, E.IDLE}),
            E.WORKING,
            _("Ghi nhận sử dụng lại"),
            _("ghi nhận thiết bị sử dụng lại"),
        ),
        _equipment_step(
            "dispose",
            frozenset({E.WORKING, E.REPAIR, E.IDLE}),
            E.DISPOSED,
            _("Ghi nhận thanh lý"),
            _("ghi nhận thiết bị đã thanh lý"),
        ),
    ),
)


def _figure_workflow(key: str, label: str) -> Workflow:
    return Workflow(
        key=key,
        label=label,
        states=FigureState,
        initial=F.ENTERED,
        info={
            F.ENTERED: StateInfo(
                Tone.DUE_SOON, "clock", HEAD_WORDS, _("Đã nhập; chưa ai đối chiếu với báo cáo của tổ chức.")
            ),
            F.CONFIRMED: StateInfo(
                Tone.DONE, "circle-check", NOBODY, _("Đúng như báo cáo của tổ chức; mở lại thì mới sửa được.")
            ),
        },
        transitions=(
            Transition(
                "confirm",
                frozenset({F.ENTERED}),
                F.CONFIRMED,
                _("Xác nhận đúng báo cáo"),
                _("xác nhận số liệu đúng báo cáo của tổ chức"),
                may_confirm_figure,
                HEAD_WORDS,
            ),
            Transition(
                "reopen",
                frozenset({F.CONFIRMED}),
                F.ENTERED,
                _("Mở lại để sửa"),
                _("mở lại số liệu để sửa"),
                may_confirm_figure,
                HEAD_WORDS,
                note=Note.REQUIRED,
            ),
        ),
    )


STAFFING_WORKFLOW = _figure_workflow("science-staffing", _("Nhân lực khoa học và công nghệ trong năm"))
SPENDING_WORKFLOW = _figure_workflow("science-spending", _("Chi cho khoa học và công nghệ"))
