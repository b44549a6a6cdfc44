"""Evaluate what a task delivered and register its result."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from khcn.councils.models import Matter, MatterItem
from khcn.councils.services import considering
from khcn.councils.states import CHANGEABLE, Purpose, Rating
from khcn.kernel.obligations.services import close_obligations
from khcn.kernel.records.record import Record
from khcn.kernel.records.recording import recording
from khcn.kernel.workflow.services import NotPossible
from khcn.kernel.workflow.standing import refuse_withdrawn
from khcn.language.words import words as _
from khcn.research.models import ResearchTask
from khcn.research.permissions import may_record_signed
from khcn.research.selectors import matters_of, rating_by_slips, registered_under, was_filed_late
from khcn.research.services.clocks import FINAL_FILE, MONTHLY, REPORT, open_clock
from khcn.research.services.taking import label_of, refuse_days, take
from khcn.research.workflow import TASK_WORKFLOW

VALIDITY, RECOGNISING = "validity", "recognise"
RECOGNITION = _("Ghi quyết định công nhận kết quả")


def self_evaluate(*, task: ResearchTask, self_evaluated_on: date, actor: Any, on: date) -> ResearchTask:
    """Record that the host evaluated its own work.

    Raises: NotPermitted; NotPossible.
    """
    days = ((_("Ngày bắt đầu"), task.starts_on), (_("Ngày tự đánh giá"), self_evaluated_on))
    refuse_days(task, label_of("self_evaluate"), on, *days)
    return take(task, "self_evaluate", actor=actor, on=on, self_evaluated_on=self_evaluated_on)


def file_final(*, task: ResearchTask, final_filed_on: date, actor: Any, on: date) -> ResearchTask:
    """Record that the file for the final evaluation was handed in; progress is not reported any more.

    Raises: NotPermitted; NotPossible; RuleUnknown.
    """
    days = ((_("Ngày tự đánh giá"), task.self_evaluated_on), (_("Ngày nộp hồ sơ"), final_filed_on))
    refuse_days(task, label_of("file_final"), on, *days)
    with recording(actor=actor, verb="file_final", label=TASK_WORKFLOW.by_name["file_final"].verb, on=on):
        take(task, "file_final", actor=actor, on=on, final_filed_on=final_filed_on)
        close_obligations(record=task, kinds=[FINAL_FILE], on=final_filed_on, actor=actor)
        running = [REPORT, MONTHLY, *(f"milestone-{one.pk}" for one in task.milestones.all())]
        close_obligations(record=task, kinds=running, on=on, actor=actor, cancelled=True)
        open_clock(task, VALIDITY, _("Thông báo hồ sơ nghiệm thu đủ hay phải bổ sung"), final_filed_on, actor)
    return task


def return_final(*, task: ResearchTask, actor: Any, on: date, note: str) -> ResearchTask:
    """Ask the host for what the file lacks, with the reason.

    Raises: NotPermitted; NotPossible; RuleUnknown.
    """
    with recording(actor=actor, verb="return_final", label=TASK_WORKFLOW.by_name["return_final"].verb, on=on):
        take(task, "return_final", actor=actor, on=on, note=note)
        close_obligations(record=task, kinds=[VALIDITY], on=on, actor=actor)
    return task


def send_to_acceptance(*, task: ResearchTask, actor: Any, on: date) -> ResearchTask:
    """Record that the council that evaluates has the file; its slips ask for what the task promised and delivered.

    Raises: NotPermitted; NotPossible; RuleUnknown.
    """
    with recording(
        actor=actor, verb="send_to_acceptance", label=TASK_WORKFLOW.by_name["send_to_acceptance"].verb, on=on
    ):
        take(task, "send_to_acceptance", actor=actor, on=on)
        close_obligations(record=task, kinds=[VALIDITY], on=on, actor=actor)
        for matter in matters_of(task, Purpose.ACCEPT):
            if matter.council.is_judged and matter.council.state in CHANGEABLE:
                _put_before(matter, task, actor, on)
    return task


def accept_result(
    *,
    task: ResearchTask,
    rating: Rating | None,
    accepted_on: date,
    needs_fix: bool,
    actor: Any,
    on: date,
    evidence: Sequence[Record] = (),
) -> ResearchTask:
    """Record that the council accepted the result; `needs_fix`: the file must be completed first.

    `rating`: what its minutes say; where the council rated on slips, what follows from them, which may be left out.
    Raises: NotPermitted; NotPossible, also for a rating that the slips do not bear out; RuleUnknown.
    """
    step = "accept_after_fix" if needs_fix else "accept"
    _refuse_council_day(task, step, accepted_on, on)
    said: dict[str, Any] = {"rating": _rating_borne_out(task, step, rating), "accepted_on": accepted_on}
    return take(task, step, actor=actor, on=on, evidence=evidence, **said)


def refuse_result(*, task: ResearchTask, accepted_on: date, actor: Any, on: date, note: str) -> ResearchTask:
    """Record that the council did not accept the result, with the reason.

    Raises: NotPermitted; NotPossible.
    """
    _refuse_council_day(task, "refuse_result", accepted_on, on)
    _rating_borne_out(task, "refuse_result", Rating.FAIL)
    said: dict[str, Any] = {"rating": Rating.FAIL, "accepted_on": accepted_on}
    return take(task, "refuse_result", actor=actor, on=on, note=note, **said)


def confirm_fix(*, task: ResearchTask, fixed_on: date, actor: Any, on: date) -> ResearchTask:
    """Confirm that the file was completed as the council asked; the time to register the result starts.

    Raises: NotPermitted; NotPossible; RuleUnknown.
    """
    days = ((_("Ngày hội đồng nghiệm thu"), task.accepted_on), (_("Ngày hoàn thiện"), fixed_on))
    refuse_days(task, label_of("confirm_fix"), on, *days)
    return take(task, "confirm_fix", actor=actor, on=on, fixed_on=fixed_on)


def register_result(
    *, task: ResearchTask, certificate_number: str, registered_on: date, actor: Any, on: date
) -> ResearchTask:
    """Record the certificate by which the result was registered; one number stands for one result.

    Raises: NotPermitted; NotPossible.
    """
    label = label_of("register_result")
    days = ((_("Ngày nghiệm thu"), task.fixed_on or task.accepted_on), (_("Ngày đăng ký kết quả"), registered_on))
    refuse_days(task, label, on, *days)
    if (other := registered_under(task, certificate_number)) is not None:
        words = _("Số đăng ký {number} đã ghi cho {code}; mỗi kết quả một giấy chứng nhận, không cấp lại.")
        raise NotPossible(task, label, [words.format(number=certificate_number, code=other.code)])
    said: dict[str, Any] = {"certificate_number": certificate_number, "registered_on": registered_on}
    return take(task, "register_result", actor=actor, on=on, **said)


def recognise_result(
    *, task: ResearchTask, recognition_number: str, recognised_on: date, actor: Any, on: date
) -> ResearchTask:
    """Record the decision that recognises the result.

    Raises: NotPermitted; NotPossible, for a result that was not registered or is recognised already.
    """
    may_record_signed(actor, task).enforce()
    with recording(actor=actor, verb="recognise-result", label=_("ghi quyết định công nhận kết quả"), on=on):
        task.settle()
        refuse_withdrawn(task, RECOGNITION)
        if task.registered_on is None:
            raise NotPossible(task, RECOGNITION, [_("Kết quả chưa đăng ký.")])
        if task.recognised_on is not None:
            words = _("Kết quả đã được công nhận theo {number}.")
            raise NotPossible(task, RECOGNITION, [words.format(number=task.recognition_number)])
        days = ((_("Ngày đăng ký kết quả"), task.registered_on), (_("Ngày quyết định công nhận"), recognised_on))
        refuse_days(task, RECOGNITION, on, *days)
        task.recognition_number, task.recognised_on = recognition_number, recognised_on
        task.save()
        close_obligations(record=task, kinds=[RECOGNISING], on=recognised_on, actor=actor)
    return task


def _put_before(matter: Matter, task: ResearchTask, actor: Any, on: date) -> None:
    """Let the slips ask for every product of the task, and say whether its file came too late."""
    why = _("Theo sản phẩm và hồ sơ của nhiệm vụ {code}").format(code=task.code)
    known = set(matter.items.values_list("name", flat=True))
    for product in task.products.all():
        if product.name not in known:
            amounts = {"unit": product.unit, "ordered": product.ordered, "delivered": product.delivered}
            item = MatterItem(matter=matter, name=product.name, **amounts)
            considering.add_item(item=item, actor=actor, on=on, why=why)
    if was_filed_late(task) != matter.filed_late:
        considering.record_filing(matter=matter, filed_late=not matter.filed_late, actor=actor, on=on, why=why)


def _rating_borne_out(task: ResearchTask, step: str, said: Rating | None) -> Rating:
    """Return the rating that follows from the slips of the council; what was said where it rated without slips."""
    found = rating_by_slips(task)
    if found is None and said is None:
        raise NotPossible(task, label_of(step), [_("Ghi xếp loại theo biên bản của hội đồng.")])
    if found is not None and said not in (None, found):
        words = _("Theo phiếu, hội đồng xếp loại «{found}», không phải «{said}».")
        raise NotPossible(task, label_of(step), [words.format(found=found.label, said=said.label if said else "")])
    return found or said or Rating.FAIL


def _refuse_council_day(task: ResearchTask, step: str, day: date, on: date) -> None:
    days = ((_("Ngày nộp hồ sơ nghiệm thu"), task.final_filed_on), (_("Ngày hội đồng nghiệm thu"), day))
    refuse_days(task, label_of(step), on, *days)
