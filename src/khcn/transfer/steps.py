"""Let the shared record page take the steps of appraisals through this module's services."""

from __future__ import annotations

from typing import Any

from khcn.kernel.pages.steps import add_step
from khcn.transfer import services
from khcn.transfer.forms import AnswerStepForm, CouncilStepForm
from khcn.transfer.models import TechnologyAppraisal


def _begin(*, record: Any, actor: Any, on: Any, **_rest: Any) -> Any:
    return services.begin_appraisal(request=record, actor=actor, on=on)


def _consult(*, record: Any, actor: Any, on: Any, evidence: Any, data: dict[str, Any], **_rest: Any) -> Any:
    return services.record_council(request=record, actor=actor, on=on, evidence=evidence, **data)


def _answer(*, record: Any, actor: Any, on: Any, evidence: Any, data: dict[str, Any], **_rest: Any) -> Any:
    return services.answer_request(request=record, actor=actor, on=on, evidence=evidence, **data)


def _return(*, record: Any, actor: Any, on: Any, note: str, **_rest: Any) -> Any:
    return services.return_request(request=record, actor=actor, on=on, note=note)


add_step(TechnologyAppraisal.REGISTER, "begin", _begin)
add_step(TechnologyAppraisal.REGISTER, "consult_council", _consult, CouncilStepForm)
add_step(TechnologyAppraisal.REGISTER, "answer", _answer, AnswerStepForm)
add_step(TechnologyAppraisal.REGISTER, "return", _return)
