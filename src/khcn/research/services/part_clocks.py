"""What falls due by the parts of a task: a milestone on its day, the next report after one, the use of a year."""

from __future__ import annotations

from datetime import date
from typing import Any

from khcn.kernel.obligations.models import Obligation
from khcn.kernel.obligations.services import close_obligations, open_obligation
from khcn.language.words import words as _
from khcn.research.models import Milestone, ProgressReport, ResultUse
from khcn.research.models.tasks import TaskPart
from khcn.research.selectors import advance_state
from khcn.research.services.clocks import MONTHLY, REPORT, VERIFYING, ask_monthly, open_clock
from khcn.research.services.closing import use_clock
from khcn.research.states import ReportKind


def keep_clock(part: TaskPart, *, actor: Any, on: date) -> None:
    """Let fall due, or be over, what the part says."""
    if isinstance(part, Milestone):
        _keep_milestone(part, actor, on)
    elif isinstance(part, ProgressReport):
        _keep_report(part, actor)
    elif isinstance(part, ResultUse):
        close_obligations(record=part.task, kinds=[use_clock(part.year)], on=part.reported_on, actor=actor)


def _keep_report(report: ProgressReport, actor: Any) -> None:
    """Let the next report fall due after this one, and where money is advanced, that its use be confirmed."""
    task, day = report.task, report.reported_on
    if report.kind == ReportKind.MONTHLY:
        if close_obligations(record=task, kinds=[MONTHLY], on=day, actor=actor):
            ask_monthly(task, day, actor)
        return
    if close_obligations(record=task, kinds=[REPORT], on=day, actor=actor):
        open_clock(task, REPORT, _("Báo cáo tiến độ và sử dụng kinh phí"), day, actor)
    if advance_state(task).unverified and not Obligation.objects.about(task.ref).open().filter(kind=VERIFYING).exists():
        open_clock(task, VERIFYING, _("Xác nhận khối lượng đã thực hiện"), day, actor)


def milestone_clock(milestone: Milestone) -> str:
    """Return the kind of obligation by which a milestone falls due."""
    return f"milestone-{milestone.pk}"


def _keep_milestone(milestone: Milestone, actor: Any, on: date) -> None:
    """Let a milestone fall due on its day, once and again where the day was moved; a done one is over."""
    done, kind = milestone.done_on, milestone_clock(milestone)
    close_obligations(record=milestone.task, kinds=[kind], on=done or on, actor=actor, cancelled=done is None)
    if done is None:
        said: dict[str, Any] = {"action": milestone.title[:200], "started_on": on, "due_on": milestone.due_on}
        open_obligation(record=milestone.task, kind=kind, actor=actor, **said)
