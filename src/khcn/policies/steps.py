"""Let the shared record page take the steps of policies through this module's services."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from khcn.kernel.pages.finding import find_record
from khcn.kernel.pages.steps import add_step
from khcn.kernel.records.registry import register
from khcn.kernel.workflow.services import NotPossible
from khcn.language.words import words as _
from khcn.policies import services
from khcn.policies.forms import AppraisalStepForm, ExpiryStepForm, IssueStepForm, ReplacementStepForm
from khcn.policies.models import LegalDocument


def _plain(service: Callable[..., Any], name: str) -> Callable[..., Any]:
    def take(*, record: Any, actor: Any, on: Any, **_rest: Any) -> Any:
        return service(**{name: record}, actor=actor, on=on)

    return take


def _noted(service: Callable[..., Any], name: str) -> Callable[..., Any]:
    def take(*, record: Any, actor: Any, on: Any, note: str, **_rest: Any) -> Any:
        return service(**{name: record}, actor=actor, on=on, note=note)

    return take


def _proved(service: Callable[..., Any], name: str) -> Callable[..., Any]:
    def take(*, record: Any, actor: Any, on: Any, evidence: Any, data: dict[str, Any], **_rest: Any) -> Any:
        return service(**{name: record}, actor=actor, on=on, evidence=evidence, **data)

    return take


def _expire(*, record: Any, actor: Any, on: Any, note: str, data: dict[str, Any], **_rest: Any) -> Any:
    return services.expire_document(document=record, actor=actor, on=on, note=note, **data)


def _conclude(*, record: Any, actor: Any, on: Any, note: str, evidence: Any, **_rest: Any) -> Any:
    return services.conclude_programme(programme=record, actor=actor, on=on, note=note, evidence=evidence)


def _replace(*, record: Any, actor: Any, on: Any, data: dict[str, Any], **_rest: Any) -> Any:
    code = data["successor"].strip()
    successor = find_record(register(record.REGISTER), code, actor)
    if not isinstance(successor, LegalDocument):
        raise NotPossible(
            record, _("Ghi nhận bị thay thế"), [_("Không có văn bản mang mã {code} trong sổ.").format(code=code)]
        )
    return services.replace_document(
        document=record, successor=successor, expired_on=data["expired_on"], actor=actor, on=on
    )


for _step, _handler, _form in (
    ("start_drafting", _plain(services.start_drafting, "document"), None),
    ("consult", _plain(services.consult_on_document, "document"), None),
    ("redraft", _noted(services.redraft_document, "document"), None),
    ("record_appraisal", _proved(services.record_appraisal, "document"), AppraisalStepForm),
    ("submit", _plain(services.submit_document, "document"), None),
    ("issue", _proved(services.issue_document, "document"), IssueStepForm),
    ("expire", _expire, ExpiryStepForm),
    ("replace", _replace, ReplacementStepForm),
    ("drop", _noted(services.drop_document, "document"), None),
):
    add_step("legal-document", _step, _handler, _form)
for _step, _handler, _form in (
    ("submit", _plain(services.submit_programme, "programme"), None),
    ("redraft", _noted(services.redraft_programme, "programme"), None),
    ("issue", _proved(services.issue_programme, "programme"), IssueStepForm),
    ("carry_out", _plain(services.carry_out_programme, "programme"), None),
    ("conclude", _conclude, None),
    ("drop", _noted(services.drop_programme, "programme"), None),
):
    add_step("programme", _step, _handler, _form)
for _step, _handler in (
    ("start", _plain(services.start_item, "item")),
    ("finish", _proved(services.finish_item, "item")),
    ("drop", _noted(services.drop_item, "item")),
):
    add_step("work-plan-item", _step, _handler)
for _step, _handler in (
    ("accept", _noted(services.accept_report, "report")),
    ("return", _noted(services.return_report, "report")),
):
    add_step("target-report", _step, _handler)
add_step("programme-target", "drop", _noted(services.drop_target, "target"))
