"""Let the shared record page take the steps of tasks, proposals, notices, dossiers through this module's services."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from khcn.kernel.exchange.lookups import Lookups, NotFound
from khcn.kernel.pages.finding import find_record
from khcn.kernel.pages.steps import add_step
from khcn.kernel.records.registry import register
from khcn.kernel.workflow.services import NotPossible
from khcn.language.words import words as _
from khcn.research import forms, outside_forms
from khcn.research.models import OutsideResult, ResearchTask, TaskApplication, TaskCall, TaskProposal
from khcn.research.services import accepting, calls, closing, identifying, outside, running, selecting
from khcn.research.services.taking import label_of


def _plain(service: Callable[..., Any], name: str = "task") -> Callable[..., Any]:
    def take(*, record: Any, actor: Any, on: Any, data: dict[str, Any], **_rest: Any) -> Any:
        return service(**{name: record}, actor=actor, on=on, **data)

    return take


def _noted(service: Callable[..., Any], name: str = "task") -> Callable[..., Any]:
    def take(*, record: Any, actor: Any, on: Any, note: str, data: dict[str, Any], **_rest: Any) -> Any:
        return service(**{name: record}, actor=actor, on=on, note=note, **data)

    return take


def _proved(service: Callable[..., Any], **said: Any) -> Callable[..., Any]:
    def take(*, record: Any, actor: Any, on: Any, evidence: Any, data: dict[str, Any], **_rest: Any) -> Any:
        return service(task=record, actor=actor, on=on, evidence=evidence, **data, **said)

    return take


def _terminate(*, record: Any, actor: Any, on: Any, note: str, evidence: Any, data: dict[str, Any]) -> Any:
    return running.terminate_task(task=record, actor=actor, on=on, note=note, evidence=evidence, **data)


def _select(*, record: Any, actor: Any, on: Any, data: dict[str, Any], **_rest: Any) -> Any:
    found = _named(TaskApplication, data["application"], record, actor, label_of("select"))
    return selecting.select_application(task=record, application=found, actor=actor, on=on)


def _group(*, record: Any, actor: Any, on: Any, data: dict[str, Any], **_rest: Any) -> Any:
    found = _named(ResearchTask, data["task"], record, actor, _("Đưa vào nhiệm vụ"))
    return calls.group_proposal(proposal=record, task=found, actor=actor, on=on)


def _transfer(*, record: Any, actor: Any, on: Any, data: dict[str, Any], **_rest: Any) -> Any:
    lookups = Lookups(actor=actor, office=record.office, on=on)
    said = dict(data)
    try:
        said["owner"] = lookups.find(ResearchTask._meta.get_field("owner"), said["owner"])
    except NotFound as unknown:
        raise NotPossible(record, label_of("transfer"), [f"{unknown}."]) from unknown
    return closing.transfer_result(task=record, actor=actor, on=on, **said)


def _named(model: Any, code: str, record: Any, actor: Any, label: str) -> Any:
    found = find_record(register(model.REGISTER), code.strip(), actor)
    if not isinstance(found, model):
        raise NotPossible(record, label, [_("Không có hồ sơ mang mã {code}.").format(code=code.strip())])
    return found


def _check(*, valid: bool) -> Callable[..., Any]:
    def take(*, record: Any, actor: Any, on: Any, note: str, data: dict[str, Any], **_rest: Any) -> Any:
        findings = note or data.get("findings", "")
        return calls.check_application(application=record, is_valid=valid, findings=findings, actor=actor, on=on)

    return take


Taken = tuple[str, Callable[..., Any], Any]
_of_tasks: tuple[Taken, ...] = (
    ("screen", _plain(identifying.screen_task), forms.ScreenStepForm),
    ("send_to_identification", _plain(identifying.send_to_identification), None),
    ("list", _plain(identifying.list_task), forms.ListStepForm),
    ("open_call", _plain(identifying.open_call), forms.CallStepForm),
    ("close_call", _plain(identifying.close_call), None),
    ("call_again", _noted(identifying.call_again), None),
    ("reject", _noted(identifying.reject_task), None),
    ("withdraw", _noted(identifying.withdraw_task), None),
    ("check_eligibility", _plain(selecting.check_eligibility), None),
    ("send_to_selection", _plain(selecting.send_to_selection), None),
    ("select", _select, forms.SelectStepForm),
    ("file_revision", _plain(selecting.file_revision), forms.RevisionStepForm),
    ("return_for_revision", _noted(selecting.return_for_revision), None),
    ("approve", _proved(selecting.approve_task), forms.ApproveStepForm),
    ("sign_contract", _proved(selecting.sign_contract), forms.ContractStepForm),
    ("start", _plain(running.start_task), forms.DeclareStepForm),
    ("ask_change", _plain(running.ask_change), None),
    ("adjust", _noted(running.adjust_task), forms.DecisionStepForm),
    ("refuse_change", _noted(running.refuse_change), None),
    ("extend", _noted(running.extend_task), forms.ExtendStepForm),
    ("suspend", _noted(running.suspend_task), forms.SuspendStepForm),
    ("resume", _plain(running.resume_task), None),
    ("terminate", _terminate, forms.TerminateStepForm),
    ("review_risk", _plain(running.review_risk), None),
    ("self_evaluate", _plain(accepting.self_evaluate), forms.SelfEvaluationStepForm),
    ("file_final", _plain(accepting.file_final), forms.FinalStepForm),
    ("return_final", _noted(accepting.return_final), None),
    ("send_to_acceptance", _plain(accepting.send_to_acceptance), None),
    ("accept", _proved(accepting.accept_result, needs_fix=False), forms.AcceptStepForm),
    ("accept_after_fix", _proved(accepting.accept_result, needs_fix=True), forms.AcceptStepForm),
    ("refuse_result", _noted(accepting.refuse_result), forms.RefuseStepForm),
    ("confirm_fix", _plain(accepting.confirm_fix), forms.FixStepForm),
    ("register_result", _plain(accepting.register_result), forms.RegisterStepForm),
    ("settle", _plain(closing.settle_task), forms.SettleStepForm),
    ("liquidate", _plain(closing.liquidate_task), forms.LiquidateStepForm),
    ("transfer", _transfer, forms.TransferStepForm),
    ("track", _plain(closing.track_use), None),
    ("close", _noted(closing.close_task), None),
    ("close_without_result", _noted(closing.close_without_result), None),
)
_of_proposals: tuple[Taken, ...] = (
    ("screen", _plain(calls.screen_proposal, "proposal"), forms.ScreenStepForm),
    ("group", _group, forms.GroupStepForm),
    ("reject", _noted(calls.reject_proposal, "proposal"), None),
    ("withdraw", _noted(calls.withdraw_proposal, "proposal"), None),
)
_of_calls: tuple[Taken, ...] = (
    ("open", _plain(calls.open_notice, "call"), forms.NoticeStepForm),
    ("close", _plain(calls.close_notice, "call"), None),
    ("cancel", _noted(calls.cancel_notice, "call"), None),
)
_of_applications: tuple[Taken, ...] = (
    ("find_valid", _check(valid=True), forms.CheckStepForm),
    ("find_invalid", _check(valid=False), None),
    ("withdraw", _noted(calls.withdraw_application, "application"), None),
)
_of_outside: tuple[Taken, ...] = (
    ("ask_supplement", _noted(outside.ask_supplement, "result"), None),
    ("receive_supplement", _plain(outside.receive_supplement, "result"), outside_forms.SupplementStepForm),
    ("find_valid", _plain(outside.find_valid, "result"), outside_forms.ValidStepForm),
    ("send_to_council", _plain(outside.send_to_council, "result"), None),
    ("certify", _plain(outside.certify, "result"), outside_forms.CertificateStepForm),
    ("refuse", _noted(outside.refuse, "result"), outside_forms.RefusalStepForm),
    ("turn_down", _noted(outside.turn_down, "result"), None),
    ("withdraw", _noted(outside.withdraw, "result"), None),
    ("register", _plain(outside.register, "result"), outside_forms.RegistrationStepForm),
)
for _register, _taken in (
    (ResearchTask.REGISTER, _of_tasks),
    (TaskProposal.REGISTER, _of_proposals),
    (TaskCall.REGISTER, _of_calls),
    (TaskApplication.REGISTER, _of_applications),
    (OutsideResult.REGISTER, _of_outside),
):
    for _step, _handler, _form in _taken:
        add_step(_register, _step, _handler, _form)
