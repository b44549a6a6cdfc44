"""What falls due while a task is carried out: each clock by the rule that the law governing the task has for it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from khcn.kernel.obligations.models import Obligation
from khcn.kernel.obligations.services import close_obligations, open_obligation
from khcn.kernel.rulebook.selectors import RuleUnknown
from khcn.language.words import words as _
from khcn.research.models import ResearchTask
from khcn.research.selectors import regime_of

FINAL_FILE, REPORT, MONTHLY = "final-file", "report", "monthly"
CLEARING, VERIFYING, SETTLING_CAUSE = "clear", "verify", "cause"


def open_clock(task: ResearchTask, kind: str, action: str, started_on: date | None, actor: Any) -> None:
    """Let something fall due by the rule that the law governing the task has for it.

    Raises: RuleUnknown.
    """
    if started_on is not None:
        key = f"research.limit.{kind}.{regime_of(task, started_on)}"
        open_obligation(record=task, kind=kind, action=action, started_on=started_on, rule_key=key, actor=actor)


def ask_monthly(task: ResearchTask, since: date | None, actor: Any) -> None:
    """Let the next monthly update fall due, where the law of the task has any."""
    try:
        open_clock(task, MONTHLY, _("Cập nhật tình hình thực hiện hằng tháng"), since, actor)
    except RuleUnknown:
        return  # this law asks for periodic reports only


def ask_at_the_end(task: ResearchTask, actor: Any) -> None:
    """Let fall due what the end of the contract sets: the final file, and that the money advanced is cleared.

    Raises: RuleUnknown.
    """
    open_clock(task, FINAL_FILE, _("Nộp hồ sơ đánh giá, nghiệm thu"), task.last_day, actor)
    ask_to_clear(task, task.last_day, actor)


def ask_to_clear(task: ResearchTask, end: date | None, actor: Any) -> None:
    """Let fall due that the money advanced is cleared.

    Raises: RuleUnknown.
    """
    open_clock(task, CLEARING, _("Thanh toán hết kinh phí đã tạm ứng"), end, actor)


def close_clocks(task: ResearchTask, *, actor: Any, on: date, besides: Collection[str] = ()) -> None:
    """Take away everything that still falls due on the task but the kinds said: it ended without it.

    Called once the task's row is held: whoever holds clocks first and the row then would wait for another for ever.
    """
    found = Obligation.objects.about(task.ref).open().exclude(kind__in=besides)
    kinds = list(found.values_list("kind", flat=True))
    close_obligations(record=task, kinds=kinds, on=on, actor=actor, cancelled=True)
