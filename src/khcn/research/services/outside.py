"""Results done without the State's money: receive, complete, evaluate, certify or refuse, register."""

from __future__ import annotations

from datetime import date
from typing import Any

from khcn.kernel.obligations.services import close_obligations
from khcn.kernel.records.recording import recording
from khcn.kernel.text.folding import name_key
from khcn.kernel.workflow.services import NotPossible, enter, perform
from khcn.language.words import words as _
from khcn.research.evaluating import ANSWER, Concluded, concluded_on
from khcn.research.models import OutsideResult
from khcn.research.outside_workflow import OUTSIDE_WORKFLOW
from khcn.research.permissions import may_enter
from khcn.research.selectors import registered_under
from khcn.research.services.taking import Day, refuse_days
from khcn.research.states import OutsideState
from khcn.research.task_fields import field_refusals
from khcn.ui import formats

RECEIVING = _("Nhận hồ sơ đề nghị đánh giá kết quả")
ENDED = (OutsideState.REFUSED, OutsideState.WITHDRAWN)


def receive_result(*, result: OutsideResult, actor: Any, on: date) -> OutsideResult:
    """Enter a result that somebody wants evaluated.

    Raises: NotPermitted; NotPossible, without anybody who asks, for a day to come, a field whose code is not right, or
    one that the same applicant brought before.
    """
    may_enter(actor).enforce()
    if faults := [*_entering_faults(result, on), *field_refusals(result, on)]:
        raise NotPossible(result, RECEIVING, faults)
    enter(OUTSIDE_WORKFLOW, result, actor=actor, on=on, label=_("nhận hồ sơ đề nghị đánh giá kết quả"))
    return result


def enter_result_values(*, values: dict[str, Any], actor: Any, on: date) -> OutsideResult:
    """Receive a result from the answers of the form.

    Raises: NotPermitted; NotPossible.
    """
    said = {"division": actor.division, **values}
    return receive_result(result=OutsideResult(office=actor.working_office, **said), actor=actor, on=on)


def ask_supplement(*, result: OutsideResult, actor: Any, on: date, note: str) -> OutsideResult:
    """Ask for what the dossier lacks.

    Raises: NotPermitted; NotPossible, without saying what.
    """
    result.supplement_text = note.strip()
    perform(OUTSIDE_WORKFLOW, "ask_supplement", result, actor=actor, on=on, note=note)
    return result


def receive_supplement(*, result: OutsideResult, supplemented_on: date, actor: Any, on: date) -> OutsideResult:
    """Record that the dossier was supplemented, to be checked again.

    Raises: NotPermitted; NotPossible.
    """
    _refuse_days(result, "receive_supplement", on, (_("Ngày bổ sung"), supplemented_on))
    result.supplemented_on = supplemented_on
    perform(OUTSIDE_WORKFLOW, "receive_supplement", result, actor=actor, on=on)
    return result


def find_valid(*, result: OutsideResult, complete_on: date, actor: Any, on: date) -> OutsideResult:
    """Record that the dossier is valid; the time to answer runs from the day on which it was, not from the entry.

    Raises: NotPermitted; NotPossible; RuleUnknown, where no rule says how long.
    """
    came = (_("Ngày bổ sung"), result.supplemented_on)
    _refuse_days(result, "find_valid", on, came, (_("Ngày hồ sơ hợp lệ"), complete_on))
    result.complete_on = complete_on
    perform(OUTSIDE_WORKFLOW, "find_valid", result, actor=actor, on=complete_on)
    return result


def send_to_council(*, result: OutsideResult, actor: Any, on: date) -> OutsideResult:
    """Record that the council has it.

    Raises: NotPermitted; NotPossible.
    """
    perform(OUTSIDE_WORKFLOW, "send_to_council", result, actor=actor, on=on)
    return result


def certify(
    *, result: OutsideResult, certificate_number: str, certified_on: date, actor: Any, on: date
) -> OutsideResult:
    """Record the certificate of the province; its day ends the time to answer.

    Raises: NotPermitted; NotPossible, where the slips do not bear it out, with the count, or for a number given before.
    """
    found, label = _take_over_meeting(result), _label("certify")
    _refuse_days(result, "certify", on, (_("Ngày cấp giấy chứng nhận"), certified_on))
    if found is not None and not found.passed:
        raise NotPossible(result, label, [found.words])
    number = certificate_number.strip()
    taken = OutsideResult.objects.standing().filter(office=result.office, certificate_number=number)
    if (other := taken.exclude(pk=result.pk).first()) is not None:
        said = _("Số giấy chứng nhận {number} đã ghi cho {code}; mỗi số một lần.")
        raise NotPossible(result, label, [said.format(number=number, code=other.code)])
    result.certificate_number, result.certified_on = number, certified_on
    perform(OUTSIDE_WORKFLOW, "certify", result, actor=actor, on=certified_on)
    return result


def refuse(*, result: OutsideResult, refused_on: date, actor: Any, on: date, note: str) -> OutsideResult:
    """Record that no certificate is given, with the reason; that day ends the time to answer.

    Raises: NotPermitted; NotPossible, also where the council passed the result.
    """
    found = _take_over_meeting(result)
    _refuse_days(result, "refuse", on, (_("Ngày thông báo không cấp"), refused_on))
    if found is not None and found.passed:
        raise NotPossible(result, _label("refuse"), [found.words])
    result.refused_on, result.refusal_reason = refused_on, note.strip()
    perform(OUTSIDE_WORKFLOW, "refuse", result, actor=actor, on=refused_on, note=note)
    return result


def turn_down(*, result: OutsideResult, actor: Any, on: date, note: str) -> OutsideResult:
    """Give a dossier back that is not valid, with the reason.

    Raises: NotPermitted; NotPossible.
    """
    result.refused_on, result.refusal_reason = on, note.strip()
    perform(OUTSIDE_WORKFLOW, "turn_down", result, actor=actor, on=on, note=note)
    return result


def withdraw(*, result: OutsideResult, actor: Any, on: date, note: str) -> OutsideResult:
    """Record that whoever asked took it back; nothing falls due any more.

    Raises: NotPermitted; NotPossible.
    """
    verb = OUTSIDE_WORKFLOW.by_name["withdraw"].verb
    with recording(actor=actor, verb="withdraw", label=verb, why=note, on=on):
        perform(OUTSIDE_WORKFLOW, "withdraw", result, actor=actor, on=on, note=note)
        close_obligations(record=result, kinds=[ANSWER], on=on, actor=actor, cancelled=True)
    return result


def register(
    *, result: OutsideResult, registration_number: str, registered_on: date, actor: Any, on: date
) -> OutsideResult:
    """Record the certificate by which the result was registered; one number stands for one result, of a task or not.

    Raises: NotPermitted; NotPossible.
    """
    label, number = _label("register"), registration_number.strip()
    days = ((_("Ngày cấp giấy chứng nhận"), result.certified_on), (_("Ngày đăng ký kết quả"), registered_on))
    refuse_days(result, label, on, *days)
    if (other := registered_under(result, number)) is not None:
        words = _("Số đăng ký {number} đã ghi cho {code}; mỗi kết quả một giấy chứng nhận, không cấp lại.")
        raise NotPossible(result, label, [words.format(number=number, code=other.code)])
    result.registration_number, result.registered_on = number, registered_on
    perform(OUTSIDE_WORKFLOW, "register", result, actor=actor, on=on)
    return result


def same_result(result: OutsideResult) -> OutsideResult | None:
    """Return an earlier one of the same name by the same applicant that was neither refused nor taken back."""
    rows = OutsideResult.objects.standing().filter(office=result.office).exclude(state__in=ENDED)
    wanted = _key_of(result)
    found = rows.filter(applicant=result.applicant, person=result.person)
    return next((row for row in found if row.pk != result.pk and _key_of(row) == wanted), None)


def _entering_faults(result: OutsideResult, on: date) -> list[str]:
    faults = []
    if result.applicant is None and result.person is None and not result.applicant_text.strip():
        faults.append(_("Ghi tổ chức hoặc cá nhân đề nghị."))
    if result.received_on > on:
        faults.append(_("Ngày nhận {day} chưa đến.").format(day=formats.day(result.received_on)))
    if (earlier := same_result(result)) is not None:
        words = _("Trùng với {code} của cùng bên đề nghị, nhận {day}; mở hồ sơ ấy.")
        faults.append(words.format(code=earlier.code, day=formats.day(earlier.received_on)))
    return faults


def _take_over_meeting(result: OutsideResult) -> Concluded | None:
    """Take decision and day over from the council that concluded, and return what it concluded."""
    found = concluded_on(result)
    if found is not None:
        council = found.matter.council
        result.council_number, result.evaluated_on = council.decision_number, council.meets_on
    return found


def _refuse_days(result: OutsideResult, step: str, on: date, *days: Day) -> None:
    """Stop where the days of the step are before what they rest on, or still to come."""
    known = [(_("Ngày nhận"), result.received_on), (_("Ngày hồ sơ hợp lệ"), result.complete_on)]
    known.append((_("Ngày hội đồng họp"), result.evaluated_on))
    refuse_days(result, _label(step), on, *known, *days)


def _label(step: str) -> str:
    return OUTSIDE_WORKFLOW.by_name[step].label


def _key_of(result: OutsideResult) -> tuple[str, str]:
    return name_key(result.title), name_key(result.applicant_text)
