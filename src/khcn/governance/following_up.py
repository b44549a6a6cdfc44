"""What became of each conclusion, as rows of the one-page report: for the screen, for paper and for the phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from khcn.assignments.models import Assignment
from khcn.assignments.selectors import board_state
from khcn.assignments.states import AssignmentState, BoardState
from khcn.governance.models import WorkingSession
from khcn.governance.selectors import FollowedConclusion, FollowedTask, Onlooker, follow_up_of
from khcn.governance.states import ConclusionState
from khcn.governance.workflow import CONCLUSION_WORKFLOW
from khcn.kernel.records.record import Record
from khcn.language.words import with_capital
from khcn.language.words import words as _
from khcn.ui import formats
from khcn.ui.values import State, Tone

TONES = {
    BoardState.OVERDUE: Tone.OVERDUE,
    BoardState.DUE_SOON: Tone.DUE_SOON,
    BoardState.AWAITING: Tone.DUE_SOON,
    BoardState.SUSPENDED: Tone.PAUSED,
    BoardState.CANCELLED: Tone.PAUSED,
    BoardState.DONE: Tone.DONE,
    BoardState.FINISHED: Tone.DONE,
    BoardState.DONE_LATE: Tone.DONE_LATE,
}
LONGEST_SENTENCE = 170
ENDED = (BoardState.DONE, BoardState.FINISHED, BoardState.DONE_LATE)


@dataclass(frozen=True)
class TaskLine:
    """One task of a conclusion as the report shows it."""

    followed: FollowedTask
    agency: str
    helpers: str
    due: str
    state: State
    board: BoardState

    @property
    def task(self) -> Assignment:
        """Return the task."""
        return self.followed.task


@dataclass(frozen=True)
class FollowLine:
    """One conclusion of the report with its tasks; `state` speaks where there is no task."""

    followed: FollowedConclusion
    number: int
    sentence: str
    tasks: tuple[TaskLine, ...]
    state: State

    @property
    def row_count(self) -> int:
        """Return how many lines of the table it takes."""
        return max(1, len(self.tasks))


@dataclass(frozen=True)
class FollowCounts:
    """How the conclusions of a session stand: told in one line above the table.

    `done`: carried out or only to be known, `to_confirm` among them: those whose tasks have ended.
    """

    total: int
    done: int
    to_confirm: int
    under_way: int
    not_given: int
    overdue: int


def follow_lines(session: WorkingSession, onlooker: Onlooker, today: date) -> list[FollowLine]:
    """Return the lines of the report; lateness only where the onlooker may see it."""
    return lines_from(follow_up_of(session, onlooker), onlooker, today)


def lines_from(rows: list[FollowedConclusion], onlooker: Onlooker, today: date) -> list[FollowLine]:
    """Return conclusions already read as lines; `today`: the day on which lateness is judged."""
    return [
        FollowLine(
            followed=row,
            number=number,
            sentence=as_sentence(shortened(row.conclusion.sentence or row.conclusion.title)),
            tasks=tuple(_task_line(task, onlooker, today) for task in row.tasks),
            state=conclusion_state(row.conclusion.state),
        )
        for number, row in enumerate(rows, start=1)
    ]


def counts_of(lines: list[FollowLine]) -> FollowCounts:
    """Count the conclusions by where they stand, and their overdue tasks."""
    states = [line.followed.conclusion.state for line in lines]
    finished = sum(state in (ConclusionState.CARRIED_OUT, ConclusionState.NOTED) for state in states)
    tasked = [line.followed for line in lines if line.followed.conclusion.state == ConclusionState.TASKED]
    to_confirm = sum(followed.is_finished for followed in tasked)
    boards = [task.board for line in lines for task in line.tasks]
    return FollowCounts(
        total=len(lines),
        done=finished + to_confirm,
        to_confirm=to_confirm,
        under_way=len(tasked) - to_confirm,
        not_given=states.count(ConclusionState.RECORDED),
        overdue=boards.count(BoardState.OVERDUE),
    )


def conclusion_state(state: str) -> State:
    """Return a conclusion's state as the interface shows it."""
    info = CONCLUSION_WORKFLOW.state_info(state)
    return State(str(info.tone), CONCLUSION_WORKFLOW.state_label(state), info.icon)


def as_sentence(text: str) -> str:
    """Return a clause with a capital at its beginning."""
    return with_capital(text)


def shortened(text: str, longest: int = LONGEST_SENTENCE) -> str:
    """Return a text cut at a word, with an ellipsis, where it is too long for one page."""
    plain = " ".join(text.split())
    return plain if len(plain) <= longest else plain[:longest].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def paper_words(record: Record) -> str:
    """Return a paper as reports cite it: number and date, else code and title."""
    number, issued_on = getattr(record, "number", ""), getattr(record, "issued_on", None)
    if number:
        return (
            _("{number} ngày {issued_on}").format(number=number, issued_on=formats.day(issued_on))
            if issued_on
            else str(number)
        )
    return f"{record.code} {shortened(record.title, 60)}"


def progress_steps(line: FollowLine, session: WorkingSession) -> list[list[dict[str, Any]]]:
    """Return the thin lines from a conclusion to its evidence, one for each task; one that stops early without any."""
    said = {"label": _("Kết luận"), "state": "done", "on": session.held_on}
    if line.followed.conclusion.state == ConclusionState.NOTED:
        return [[said, {"label": _("Chỉ để biết"), "state": "done"}]]
    if not line.tasks:
        return [
            [said, {"label": _("Chưa giao nhiệm vụ"), "state": "current"}, {"label": _("Minh chứng"), "state": "todo"}]
        ]
    return [[said, *_task_steps(task)] for task in line.tasks]


def _task_steps(line: TaskLine) -> list[dict[str, Any]]:
    task = line.task
    given = {
        "label": _("Giao {agency}").format(agency=line.agency),
        "state": "done",
        "on": task.assigned_on,
        "record": task,
    }
    chain = _chain_steps(line)
    waits = any(step["state"] == "current" for step in chain)
    return [given, *chain, _work_step(line, waits=waits), _proof_step(line)]


def _chain_steps(line: TaskLine) -> list[dict[str, Any]]:
    """Return the paper by which the task reached its lead; where we only advise, also that it is still missing."""
    paper = next(iter(line.followed.papers), None)
    if paper is not None:
        return [{"label": paper_words(paper), "state": "done", "record": paper}]
    return [{"label": _("Chưa có văn bản giao"), "state": "current"}] if line.task.advise_only else []


def _work_step(line: TaskLine, *, waits: bool) -> dict[str, Any]:
    if line.task.completed_on is not None:
        return {"label": _("Báo cáo hoàn thành"), "state": "done", "on": line.task.completed_on}
    due = _(" · hạn {due}").format(due=line.due) if line.due else ""
    state = "late" if line.board is BoardState.OVERDUE else "todo" if waits else "current"
    return {"label": _("Đang thực hiện{due}").format(due=due), "state": state}


def _proof_step(line: TaskLine) -> dict[str, Any]:
    proof = next(iter(line.followed.evidence), None)
    reported = "current" if line.task.completed_on is not None else "todo"
    state = "late" if line.board is BoardState.DONE_LATE else "done" if line.board in ENDED else reported
    label = paper_words(proof) if proof is not None else _("Minh chứng")
    return {"label": label, "state": state, "record": proof, "on": line.task.closed_on}


def _task_line(followed: FollowedTask, onlooker: Onlooker, today: date) -> TaskLine:
    task = followed.task
    board = board_state(task, today, withheld=not onlooker.sees_lateness)
    due = formats.day(task.due_on) if task.due_on else task.deadline_text
    # «Không đặt hạn» says nothing of how the work stands; the step it has reached does.
    label = AssignmentState(task.state).label if board is BoardState.NO_DEADLINE else board.label
    state = State(TONES.get(board, Tone.NOT_DUE), str(label))
    return TaskLine(followed, task.lead_text, task.coordinators_text, due, state, board)
