"""Enter, correct and take out the parts of a task: members, products, lines of the estimate, milestones, reports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from khcn.kernel.access.decisions import Decision
from khcn.kernel.obligations.services import close_obligations
from khcn.kernel.records.recording import recording
from khcn.kernel.workflow.services import NotPossible
from khcn.kernel.workflow.standing import refuse_withdrawn
from khcn.language.words import words as _
from khcn.research.models import (
    BudgetLine,
    Inspection,
    Milestone,
    ProgressReport,
    ResearchTask,
    ResultUse,
    RiskFile,
    TaskChange,
    TaskMember,
    TaskPartner,
    TaskProduct,
    Tranche,
)
from khcn.research.models.tasks import TaskPart
from khcn.research.part_rules import (
    change_faults,
    line_faults,
    member_faults,
    past_faults,
    tranche_faults,
    use_faults,
)
from khcn.research.permissions import may_decide, may_keep, may_report
from khcn.research.services.part_clocks import keep_clock, milestone_clock
from khcn.research.states import BEFORE_APPROVAL, UNDER_WAY, TaskState

S = TaskState
EVER = tuple(TaskState)
PREPARED = (*BEFORE_APPROVAL, S.APPROVED)
WORKED_ON = (*PREPARED, *UNDER_WAY)
AFTER_ACCEPTANCE = (S.ACCEPTED, S.ACCEPTED_AFTER_FIX, S.RESULT_REGISTERED, S.SETTLED, S.LIQUIDATED, S.TRANSFERRED)
FOLLOWED = (*AFTER_ACCEPTANCE, S.TRACKING)
Faults = Callable[[Any, date], list[str]]


@dataclass(frozen=True)
class PartKind:
    """One kind of part: which table, in which states it may be entered or corrected, by whom, what refuses it.

    `adding`, `changing`, `dropping`: what history says. `kept`: entered once and never taken out, as a report is.
    """

    key: str
    model: type[TaskPart]
    states: tuple[TaskState, ...]
    may: Callable[[Any, Any], Decision]
    faults: Faults
    adding: str
    changing: str
    dropping: str = ""

    @property
    def kept(self) -> bool:
        """Tell whether parts of this kind are never taken out."""
        return not self.dropping


def _none(_part: Any, _on: date) -> list[str]:
    return []


PART_KINDS = {
    one.key: one
    for one in (
        PartKind(
            "thanh-vien",
            TaskMember,
            WORKED_ON,
            may_keep,
            member_faults,
            _("ghi thành viên"),
            _("sửa thành viên"),
            _("bỏ thành viên"),
        ),
        PartKind(
            "phoi-hop",
            TaskPartner,
            WORKED_ON,
            may_keep,
            _none,
            _("ghi tổ chức phối hợp"),
            _("sửa tổ chức phối hợp"),
            _("bỏ tổ chức phối hợp"),
        ),
        PartKind(
            "san-pham",
            TaskProduct,
            WORKED_ON,
            may_keep,
            past_faults("delivered_on"),
            _("ghi sản phẩm"),
            _("sửa sản phẩm"),
            _("bỏ sản phẩm"),
        ),
        PartKind(
            "du-toan",
            BudgetLine,
            BEFORE_APPROVAL,
            may_keep,
            line_faults,
            _("ghi dòng dự toán"),
            _("sửa dòng dự toán"),
            _("bỏ dòng dự toán"),
        ),
        PartKind(
            "dot-cap",
            Tranche,
            (S.BUDGET_APPRAISAL, S.APPROVED, S.RUNNING, S.EXTENDED, S.ADJUSTING),
            may_keep,
            tranche_faults,
            _("ghi đợt cấp kinh phí"),
            _("sửa đợt cấp kinh phí"),
            _("bỏ đợt cấp kinh phí"),
        ),
        PartKind(
            "moc",
            Milestone,
            WORKED_ON,
            may_keep,
            past_faults("done_on"),
            _("ghi mốc tiến độ"),
            _("sửa mốc tiến độ"),
            _("bỏ mốc tiến độ"),
        ),
        PartKind(
            "bao-cao",
            ProgressReport,
            UNDER_WAY,
            may_report,
            past_faults("reported_on"),
            _("ghi báo cáo thực hiện"),
            _("sửa báo cáo thực hiện"),
        ),
        PartKind(
            "kiem-tra",
            Inspection,
            UNDER_WAY,
            may_keep,
            past_faults("inspected_on"),
            _("ghi đợt kiểm tra"),
            _("sửa đợt kiểm tra"),
        ),
        PartKind(
            "dieu-chinh",
            TaskChange,
            (S.RUNNING, S.EXTENDED),
            may_report,
            change_faults,
            _("ghi đề nghị điều chỉnh"),
            _("sửa đề nghị điều chỉnh"),
        ),
        PartKind(
            "rui-ro",
            RiskFile,
            (S.TERMINATED, S.NOT_ACCEPTED),
            may_decide,
            past_faults("reported_on"),
            _("lập hồ sơ chấp nhận rủi ro"),
            _("sửa hồ sơ chấp nhận rủi ro"),
        ),
        PartKind(
            "ung-dung",
            ResultUse,
            FOLLOWED,
            may_report,
            use_faults,
            _("ghi phiếu ứng dụng"),
            _("sửa phiếu ứng dụng"),
        ),
    )
}


def part_kind(part: TaskPart) -> PartKind:
    """Return the kind of a part.

    Raises: KeyError, for a table that is not a part of tasks.
    """
    return next(one for one in PART_KINDS.values() if isinstance(part, one.model))


def keep_part(*, part: TaskPart, actor: Any, on: date, why: str = "") -> TaskPart:
    """Write a part, new or corrected, while the task stands where such parts may be written.

    Raises: NotPermitted; NotPossible, with every reason.
    """
    kind, task, adding = part_kind(part), part.task, part.pk is None
    verb = kind.adding if adding else kind.changing
    kind.may(actor, task).enforce()
    with recording(actor=actor, verb=f"part-{kind.key}", label=verb, why=why, on=on):
        _hold(task, verb, kind)
        if faults := kind.faults(part, on):
            raise NotPossible(task, _sentence(verb), faults)
        part.save()
        if adding or isinstance(part, Milestone):
            keep_clock(part, actor=actor, on=on)
    return part


def drop_part(*, part: TaskPart, actor: Any, on: date, why: str) -> None:
    """Take out a part that was entered by mistake, with the reason; history keeps it.

    Raises: NotPermitted; NotPossible, for a kind that is never taken out.
    """
    kind, task = part_kind(part), part.task
    kind.may(actor, task).enforce()
    with recording(actor=actor, verb=f"drop-{kind.key}", label=kind.dropping or kind.changing, why=why, on=on):
        _hold(task, kind.dropping or kind.changing, kind)
        reasons = [] if why.strip() else [_("Ghi lý do bỏ.")]
        if kind.kept:
            reasons.append(_("Phần này là bằng chứng đã báo cáo; sửa được, không bỏ được."))
        if isinstance(part, Tranche) and part.movements.exists():
            reasons.append(_("Đợt cấp này đã giải ngân; đảo bút toán trước."))
        if reasons:
            raise NotPossible(task, _sentence(kind.dropping or kind.changing), reasons)
        if isinstance(part, Milestone):
            close_obligations(record=task, kinds=[milestone_clock(part)], on=on, actor=actor, cancelled=True)
        part.remove()


def _hold(task: ResearchTask, label: str, kind: PartKind) -> None:
    task.settle()
    refuse_withdrawn(task, _sentence(label))
    if task.state not in kind.states:
        words = _("Nhiệm vụ đang ở «{state}»; phần này không ghi ở bước ấy.")
        raise NotPossible(task, _sentence(label), [words.format(state=TaskState(task.state).label)])


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
