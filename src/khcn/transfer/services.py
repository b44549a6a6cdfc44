"""Receive requests about the technology of investment projects, consult, answer, return."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from khcn.kernel.obligations.services import close_obligations, open_obligation
from khcn.kernel.records.links import LinkKind, link_records
from khcn.kernel.records.record import Record
from khcn.kernel.records.recording import recording
from khcn.kernel.workflow.services import enter, perform
from khcn.language.words import words as _
from khcn.transfer.models import TechnologyAppraisal
from khcn.transfer.permissions import may_receive
from khcn.transfer.workflow import APPRAISAL_WORKFLOW

DUTY = "technology-appraisal"
LIMIT_RULE = "transfer.opinion"


def receive_request(
    *, request: TechnologyAppraisal, actor: Any, on: date, paper: Record | None = None
) -> TechnologyAppraisal:
    """Enter a request; the time to answer runs from the day the department received it.

    A request about a project seen before is tied to the first request of that project.
    Raises: NotPermitted; RuleUnknown; CalendarUnknown.
    """
    may_receive(actor).enforce()
    first = request.first_request
    if first is not None and first.first_request is not None:
        request.first_request = first.first_request
    with recording(actor=actor, verb="receive", label=_("tiếp nhận đề nghị"), on=on):
        enter(APPRAISAL_WORKFLOW, request, actor=actor, on=on, label=_("tiếp nhận đề nghị"))
        if paper is not None:
            link_records(source=request, target=paper, kind=LinkKind.PAPER, actor=actor)
        open_obligation(
            record=request,
            kind=DUTY,
            action=_("Trả lời ý kiến về công nghệ của dự án"),
            started_on=request.received_on,
            actor=actor,
            rule_key=LIMIT_RULE,
        )
    return request


def begin_appraisal(*, request: TechnologyAppraisal, actor: Any, on: date) -> TechnologyAppraisal:
    """Begin to look at the project's technology.

    Raises: NotPermitted; NotPossible.
    """
    perform(APPRAISAL_WORKFLOW, "begin", request, actor=actor, on=on)
    return request


def record_council(
    *, request: TechnologyAppraisal, council_on: date, actor: Any, on: date, evidence: Sequence[Record] = ()
) -> TechnologyAppraisal:
    """Record that the advisory council met on the project.

    Raises: NotPermitted; NotPossible.
    """
    request.council_held, request.council_on = True, council_on
    perform(APPRAISAL_WORKFLOW, "consult_council", request, actor=actor, on=on, evidence=evidence)
    return request


def answer_request(
    *,
    request: TechnologyAppraisal,
    opinion: str,
    opinion_text: str,
    answer_number: str,
    answered_on: date,
    actor: Any,
    on: date,
    evidence: Sequence[Record] = (),
) -> TechnologyAppraisal:
    """Record the answer as it went out; the time to answer ends on its day.

    Raises: NotPermitted; NotPossible.
    """
    request.opinion, request.opinion_text = opinion, opinion_text
    request.answer_number, request.answered_on = answer_number, answered_on
    with recording(actor=actor, verb="answer", label=_("ghi nhận đã trả lời"), on=on):
        perform(APPRAISAL_WORKFLOW, "answer", request, actor=actor, on=on, evidence=evidence)
        close_obligations(record=request, kinds=(DUTY,), on=answered_on, actor=actor)
    return request


def return_request(*, request: TechnologyAppraisal, actor: Any, on: date, note: str) -> TechnologyAppraisal:
    """Return the request without an opinion, with the reason; nothing is owed any more.

    Raises: NotPermitted; NotPossible.
    """
    request.returned_on = on
    with recording(actor=actor, verb="return", label=_("trả hồ sơ"), on=on):
        perform(APPRAISAL_WORKFLOW, "return", request, actor=actor, on=on, note=note)
        close_obligations(record=request, kinds=(DUTY,), on=on, actor=actor)
    return request
