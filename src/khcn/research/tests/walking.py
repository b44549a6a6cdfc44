"""Every step of a task as a test takes it, with what must stand before; and what must hold wherever a walk arrives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from khcn.kernel.records.history import history_of
from khcn.research.accounts import balances
from khcn.research.models import ResearchTask
from khcn.research.selectors import moves_of
from khcn.research.services import accepting, closing, identifying, recovering, running, selecting
from khcn.research.states import Account, FundingSource, Recovery, TaskState, TerminationCause
from khcn.research.tests import factories as make
from khcn.research.tests.factories import World
from khcn.research.workflow import TASK_WORKFLOW

Act = Callable[[World, ResearchTask], Any]
S = TaskState


def _by(world: World, actor: Any = None) -> dict[str, Any]:
    return {"actor": actor or world.specialist, "on": world.later()}


def _adjust(world: World, task: ResearchTask) -> None:
    running.adjust_task(task=task, number="4/QĐ", decided_on=world.later(), actor=world.specialist, on=world.day)


def _extend(world: World, task: ResearchTask) -> None:
    end = task.last_day
    assert end is not None
    said = {"extended_to": end.replace(year=end.year + 1, day=1), "number": "5/QĐ", "decided_on": world.later()}
    running.extend_task(task=task, actor=world.specialist, on=world.day, note="Mưa bão kéo dài", **said)


def _suspend(world: World, task: ResearchTask) -> None:
    said = {"stop_number": "6/QĐ", "stopped_on": world.later()}
    running.suspend_task(task=task, actor=world.head, on=world.day, note="Chờ làm rõ", **said)


def _accept_after_fix(world: World, task: ResearchTask) -> None:
    make.accept(world, task, needs_fix=True)


def _confirm_fix(world: World, task: ResearchTask) -> None:
    accepting.confirm_fix(task=task, fixed_on=world.later(), actor=world.specialist, on=world.day)


def _review_risk(world: World, task: ResearchTask) -> None:
    make.open_risk_file(world, task)
    running.review_risk(task=task, **_by(world))


def _settle(world: World, task: ResearchTask) -> None:
    if task.state == S.RISK_REVIEW:
        asked = recovering.Asked(Recovery.NONE, 0, "8/QĐ", world.later())
        recovering.decide_risk(risk=task.risk_file, asked=asked, opinion="Đồng ý", actor=world.head, on=world.day)
    elif not task.was_accepted:
        make.decide_recovery(world, task)
    make.settle(world, task)


def _call_again(world: World, task: ResearchTask) -> None:
    identifying.call_again(task=task, note="Không hồ sơ nào đạt", **_by(world, world.head))


def _revise(world: World, task: ResearchTask) -> None:
    if not task.budget_lines.exists():
        make.revise(world, task)
    else:
        selecting.file_revision(task=task, revised_on=world.later(), actor=world.specialist, on=world.day)


def _contract(world: World, task: ResearchTask) -> None:
    make.contract(world, task)


ACTS: dict[str, Act] = {
    "screen": make.screen,
    "send_to_identification": make.identify,
    "list": make.put_on_list,
    "open_call": make.open_call,
    "close_call": make.close_call,
    "call_again": _call_again,
    "check_eligibility": make.check,
    "send_to_selection": make.send_to_selection,
    "select": make.select,
    "file_revision": _revise,
    "return_for_revision": lambda w, t: selecting.return_for_revision(task=t, note="Thiếu báo giá", **_by(w)),
    "approve": make.approve,
    "sign_contract": _contract,
    "start": make.start,
    "ask_change": make.ask_change,
    "adjust": _adjust,
    "refuse_change": lambda w, t: running.refuse_change(task=t, note="Không đủ căn cứ", **_by(w, w.head)),
    "extend": _extend,
    "suspend": _suspend,
    "resume": lambda w, t: running.resume_task(task=t, **_by(w, w.head)),
    "terminate": make.terminate,
    "review_risk": _review_risk,
    "self_evaluate": make.self_evaluate,
    "file_final": make.file_final,
    "return_final": lambda w, t: accepting.return_final(task=t, note="Thiếu biên bản", **_by(w)),
    "send_to_acceptance": make.send_to_acceptance,
    "accept": make.accept,
    "accept_after_fix": _accept_after_fix,
    "confirm_fix": _confirm_fix,
    "refuse_result": make.fail,
    "register_result": make.register,
    "settle": _settle,
    "liquidate": make.liquidate,
    "transfer": make.transfer,
    "track": make.track,
    "close": make.close,
    "close_without_result": lambda w, t: closing.close_without_result(task=t, **_by(w, w.head)),
    "reject": lambda w, t: identifying.reject_task(task=t, note="Không cấp thiết", **_by(w, w.head)),
    "withdraw": lambda w, t: identifying.withdraw_task(task=t, note="Bên đề xuất rút", **_by(w)),
}
ONLY_WHERE: dict[str, Callable[[ResearchTask], bool]] = {
    "transfer": lambda task: task.was_accepted,
    "close_without_result": lambda task: not task.was_accepted,
    "settle": lambda task: task.state == S.RISK_REVIEW or task.termination_cause != TerminationCause.RISK,
}
"""Steps that the table has from a state, and that what happened before closes."""
DOCUMENTS: dict[TaskState, tuple[str, ...]] = {
    S.LISTED: ("similarity_on", "list_number", "listed_on"),
    S.CALL_OPEN: ("list_number", "call_number", "call_opens_on", "call_closes_on"),
    S.REVISING: ("list_number", "call_number", "host", "leader"),
    S.BUDGET_APPRAISAL: ("revised_on",),
    S.APPROVED: ("revised_on", "approval_number", "approved_on", "lump_sum", "regime"),
    S.CONTRACTED: ("approval_number", "contract_number", "contracted_on", "starts_on", "ends_on"),
    S.RUNNING: ("approval_number", "contract_number", "declared_on"),
    S.SELF_EVALUATED: ("contract_number", "self_evaluated_on"),
    S.FINAL_COUNCIL: ("self_evaluated_on", "final_filed_on"),
    S.ACCEPTED: ("final_filed_on", "rating", "accepted_on"),
    S.NOT_ACCEPTED: ("final_filed_on", "rating", "accepted_on"),
    S.RESULT_REGISTERED: ("accepted_on", "certificate_number", "registered_on"),
    S.SETTLED: ("approval_number", "contract_number", "settled_on"),
    S.LIQUIDATED: ("settled_on", "liquidation_number", "liquidated_on"),
    S.TRANSFERRED: ("certificate_number", "liquidation_number", "owner", "ownership_number"),
    S.TRACKING: ("certificate_number", "recognition_number", "ownership_number"),
    S.TERMINATED: ("contract_number", "stop_number", "stopped_on", "termination_cause"),
    S.RISK_REVIEW: ("contract_number",),
}
"""What a task must have, whichever way it came into the state."""


def legal_steps(task: ResearchTask) -> list[str]:
    """Return the steps that a person may take from where the task stands, by name."""
    steps = [one for one in TASK_WORKFLOW.transitions if task.state in one.sources and not one.consequence]
    return sorted(one.name for one in steps if ONLY_WHERE.get(one.name, lambda _task: True)(task))


def take_step(world: World, task: ResearchTask, step: str) -> None:
    """Take the step with all that it needs."""
    ACTS[step](world, task)
    task.refresh_from_db()


def faults_of(task: ResearchTask) -> list[str]:
    """Return what does not hold of a task where it stands now: papers, accounts."""
    state = TaskState(task.state)
    faults = [f"{state}: {name}" for name in DOCUMENTS.get(state, ()) if not getattr(task, name)]
    moves = moves_of(task.movements.all())
    for count in range(len(moves) + 1):
        standing = balances(moves[:count])
        faults += [f"{place} < 0" for place, sum_ in standing.items() if sum_ < 0 and place.account != Account.GRANTED]
        for source in FundingSource:
            if sum(amount for place, amount in standing.items() if place.source is source):
                faults.append(f"{source} does not add up to nothing")
    return faults


def told_verbs(task: ResearchTask) -> list[str]:
    """Return what history says was done to the task, the first first."""
    return [entry.label for entry in history_of(task)[::-1]]
