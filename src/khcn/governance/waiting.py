"""What a conclusion waits for, on whom, and since when; and which conclusions stand before others for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Any

from khcn.assignments.states import AssignmentState, BoardState
from khcn.governance.following_up import ENDED, FollowLine, TaskLine
from khcn.governance.states import ConclusionState
from khcn.language.words import words as _
from khcn.ui import formats

MONITOR = _("Người theo dõi nhiệm vụ")


class Stuck(IntEnum):
    """How badly something is stuck: what stands first comes first on the page."""

    OVERDUE = 0  # its deadline has passed, and the reader may know
    NOT_GIVEN = 1  # nobody was asked to do it
    WITHOUT_PAPER = 2  # we can only advise, and the paper that gives it is missing
    NOT_ANSWERED = 3  # given, the lead has not said that it knows
    TO_CONFIRM = 4  # reported or ended, the monitor has not answered
    RUNNING = 5
    SUSPENDED = 6
    DONE = 7


@dataclass(frozen=True)
class Waiting:
    """What is waited for: on whom, for what, since which day; `whom` is empty where nothing is waited for."""

    stuck: Stuck
    whom: str = ""
    what: str = ""
    since: date | None = None

    def words(self, today: date) -> str:
        """Return one sentence for people."""
        if not self.whom:
            return self.what
        if self.since is None:
            return _("Chờ {whom} {what}").format(whom=self.whom, what=self.what)
        days = (today - self.since).days
        counted = _(", {days} ngày").format(days=formats.number(days)) if days > 0 else ""
        return _("Chờ {whom} {what}, từ {since}{counted}").format(
            whom=self.whom, what=self.what, since=formats.day(self.since), counted=counted
        )


def waiting_of(line: FollowLine, held_on: date | None) -> Waiting:
    """Return what a conclusion waits for: the most stuck of its tasks, or what it lacks itself."""
    state = line.followed.conclusion.state
    if state in (ConclusionState.CARRIED_OUT, ConclusionState.NOTED):
        return Waiting(Stuck.DONE)
    if line.followed.is_finished:
        closed = [task.task.closed_on for task in line.tasks if task.task.closed_on]
        return Waiting(Stuck.TO_CONFIRM, MONITOR, _("ghi nhận ý kiến đã thực hiện"), max(closed, default=None))
    if state == ConclusionState.RECORDED:
        return Waiting(Stuck.NOT_GIVEN, MONITOR, _("giao nhiệm vụ"), held_on)
    return min(
        (task_waiting(task) for task in line.tasks), key=lambda found: found.stuck, default=Waiting(Stuck.RUNNING)
    )


def task_waiting(line: TaskLine) -> Waiting:
    """Return what one task waits for; that it is late only where its board says so to the reader."""
    task = line.task
    if line.board in ENDED or line.board is BoardState.CANCELLED:
        return Waiting(Stuck.DONE)
    if line.board is BoardState.SUSPENDED:
        return Waiting(Stuck.SUSPENDED, what=_("Đang tạm dừng"))
    if line.board is BoardState.AWAITING:
        return Waiting(Stuck.TO_CONFIRM, MONITOR, _("xác nhận kết quả"), task.completed_on)
    if line.board is BoardState.OVERDUE:
        return Waiting(Stuck.OVERDUE, line.agency, _("hoàn thành (quá hạn)"), task.due_on)
    if task.advise_only and not line.followed.papers:
        return Waiting(Stuck.WITHOUT_PAPER, _("cấp có thẩm quyền"), _("ban hành văn bản giao"), task.assigned_on)
    if task.state == AssignmentState.GIVEN:
        return Waiting(Stuck.NOT_ANSWERED, line.agency, _("nhận nhiệm vụ"), task.assigned_on)
    return Waiting(Stuck.RUNNING, line.agency, _("báo cáo kết quả"), task.assigned_on)


def stuck_first(lines: Sequence[FollowLine], held_on: date | None) -> list[FollowLine]:
    """Return the lines with the most stuck first, those equally stuck in the order they were said."""
    return sorted(lines, key=lambda line: (waiting_of(line, held_on).stuck, line.number))


def waiting_rows_of(lines: Sequence[FollowLine], held_on: date | None, today: date) -> list[dict[str, Any]]:
    """Return the lines with the words of what each waits for, as the page shows them."""
    return [{"line": line, "waiting": waiting_of(line, held_on).words(today)} for line in lines]
