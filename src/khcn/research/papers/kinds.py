"""The papers of a task by their names in addresses, with where a task must stand for each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from khcn.kernel.documents.model import OfficialDocument
from khcn.language.words import words as _
from khcn.research.models import ResearchTask, RiskFile
from khcn.research.papers.accepting import recognition_document
from khcn.research.papers.approving import approval_document
from khcn.research.papers.closing import liquidation_document
from khcn.research.papers.contracting import contract_document
from khcn.research.papers.ending import risk_document, termination_document
from khcn.research.papers.reading import Printing
from khcn.research.papers.sheets import ongoing_sheet, result_sheet
from khcn.research.states import NEVER_APPROVED, UNDER_WAY, TaskState, TerminationCause


@dataclass(frozen=True)
class PaperKind:
    """One kind of paper: its name in addresses and for people, how it is made, which tasks have it.

    `listed`: whether the task's own page offers it, told from the task alone; `possible`: whether it can be made, which
    may ask the database. `needs`: what is missing where it cannot.
    """

    key: str
    label: str
    make: Callable[[Printing], OfficialDocument]
    listed: Callable[[ResearchTask], bool]
    needs: str
    has_parts: Callable[[ResearchTask], bool] | None = None

    def possible(self, task: ResearchTask) -> bool:
        """Tell whether the paper can be made of the task as it stands."""
        if task.withdrawn_on is not None:
            return False
        return self.has_parts(task) if self.has_parts is not None else self.listed(task)


def _was_approved(task: ResearchTask) -> bool:
    return task.state not in NEVER_APPROVED


def _runs(task: ResearchTask) -> bool:
    return task.state in UNDER_WAY


def _was_stopped(task: ResearchTask) -> bool:
    return bool(task.termination_cause)


def _risk_is_known(task: ResearchTask) -> bool:
    return task.state == TaskState.RISK_REVIEW or task.termination_cause == TerminationCause.RISK


def _has_risk_file(task: ResearchTask) -> bool:
    return bool(RiskFile.objects.filter(task=task).exists())


def _was_accepted(task: ResearchTask) -> bool:
    return task.was_accepted and task.state != TaskState.ACCEPTED_AFTER_FIX


def _was_settled(task: ResearchTask) -> bool:
    return task.settled_on is not None


_APPROVED = _("nhiệm vụ chưa được phê duyệt")
_ACCEPTED = _("kết quả chưa được nghiệm thu hoặc hồ sơ chưa hoàn thiện")
DECISIONS = {
    one.key: one
    for one in (
        PaperKind("phe-duyet", _("Quyết định phê duyệt nhiệm vụ"), approval_document, _was_approved, _APPROVED),
        PaperKind(
            "cham-dut",
            _("Quyết định chấm dứt"),
            termination_document,
            _was_stopped,
            _("nhiệm vụ chưa ghi quyết định chấm dứt"),
        ),
        PaperKind(
            "rui-ro",
            _("Hồ sơ chấp nhận rủi ro"),
            risk_document,
            _risk_is_known,
            _("nhiệm vụ chưa có hồ sơ rủi ro"),
            _has_risk_file,
        ),
        PaperKind("cong-nhan", _("Quyết định công nhận kết quả"), recognition_document, _was_accepted, _ACCEPTED),
    )
}
"""Papers that the department or who stands above it issues alone."""
JOINT = {
    one.key: one
    for one in (
        PaperKind("hop-dong", _("Hợp đồng và phụ lục"), contract_document, _was_approved, _APPROVED),
        PaperKind(
            "phieu-dang-tien-hanh",
            _("Phiếu thông tin nhiệm vụ đang tiến hành"),
            ongoing_sheet,
            _runs,
            _("nhiệm vụ không ở thời gian thực hiện hợp đồng"),
        ),
        PaperKind("phieu-ket-qua", _("Phiếu đăng ký kết quả"), result_sheet, _was_accepted, _ACCEPTED),
        PaperKind(
            "thanh-ly",
            _("Biên bản thanh lý hợp đồng"),
            liquidation_document,
            _was_settled,
            _("kinh phí chưa quyết toán"),
        ),
    )
}
"""Papers that the host signs too, or alone."""
