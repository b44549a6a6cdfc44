"""Let the record page take the steps of papers through the module's services, with what each asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django import forms

from khcn.correspondence.models import Paper
from khcn.correspondence.services import (
    Signature,
    file_paper,
    instruct,
    mark_handled,
    recall_paper,
    record_signature,
    return_draft,
    send_paper,
    submit_for_signature,
)
from khcn.correspondence.workflow import PAPER_WORKFLOW
from khcn.kernel.identity.models import Division, User
from khcn.kernel.pages.steps import add_step
from khcn.kernel.records.record import Record
from khcn.kernel.text.dates import DateReadingError, parse_day
from khcn.kernel.workflow.services import NotPossible
from khcn.kernel.workflow.standing import refuse_future_day
from khcn.language.words import words as _


class InstructionFields(forms.Form):
    """What an instruction says: the words, who acts."""

    instruction = forms.CharField(label=_("Nội dung bút phê"), widget=forms.Textarea(attrs={"rows": 3}))
    division = forms.ModelChoiceField(Division.objects.all(), label=_("Giao phòng"), required=False)
    person = forms.ModelChoiceField(User.objects.filter(is_active=True), label=_("Giao người"), required=False)
    due_on = forms.CharField(label=_("Hạn xử lý"), required=False, help_text=_("24/9/2021, 24/9 hoặc +7."))


class SignatureFields(forms.Form):
    """What the document system gave the signed paper."""

    number = forms.CharField(
        label=_("Số, ký hiệu"), max_length=80, help_text=_("Ghi đúng như bản đã ký, ví dụ 12/BC-SKHCN.")
    )
    signed_on = forms.CharField(label=_("Ngày văn bản"), help_text=_("24/9/2021, 24/9 hoặc hôm nay."))
    signer_role = forms.CharField(label=_("Quyền hạn, chức vụ người ký"), max_length=300, required=False)


def add_paper_steps() -> None:
    """Enter the handlers and forms of all steps of papers."""
    add_step(Paper.REGISTER, "instruct", _instruct, InstructionFields)
    add_step(Paper.REGISTER, "sign", _sign, SignatureFields)
    add_step(Paper.REGISTER, "mark_handled", _mark_handled)
    plain: dict[str, Callable[..., Paper]] = {
        "file": file_paper,
        "submit": submit_for_signature,
        "return_draft": return_draft,
        "send": send_paper,
        "recall": recall_paper,
    }
    for name, service in plain.items():
        add_step(Paper.REGISTER, name, _plain(name, service))


def _plain(name: str, service: Callable[..., Paper]) -> Callable[..., Paper]:
    label = PAPER_WORKFLOW.by_name[name].label

    def take(*, record: Paper, actor: Any, on: date, note: str, **_more: Any) -> Paper:
        refuse_future_day(record, label, on, actor)
        return service(paper=record, actor=actor, on=on, note=note)

    return take


def _mark_handled(*, record: Paper, actor: Any, on: date, note: str, evidence: Sequence[Record], **_more: Any) -> Paper:
    refuse_future_day(record, _("Ghi kết quả xử lý"), on, actor)
    return mark_handled(paper=record, actor=actor, on=on, note=note, evidence=evidence)


def _instruct(*, record: Paper, actor: Any, on: date, data: dict[str, Any], **_more: Any) -> Paper:
    refuse_future_day(record, _("Ghi bút phê"), on, actor)
    due_on = _day(record, data["due_on"], on) if data["due_on"] else None
    return instruct(paper=record, actor=actor, on=on, **{**data, "due_on": due_on})


def _sign(*, record: Paper, actor: Any, on: date, data: dict[str, Any], **_more: Any) -> Paper:
    refuse_future_day(record, _("Ghi số, ngày đã ký"), on, actor)
    signature = Signature(**{**data, "signed_on": _day(record, data["signed_on"], on)})
    return record_signature(paper=record, signature=signature, actor=actor, on=on)


def _day(record: Paper, text: str, on: date) -> date:
    """Read a day as people type it, counted from the day of the step.

    Raises: NotPossible, telling what cannot be read.
    """
    try:
        return parse_day(text, on)
    except DateReadingError as error:
        raise NotPossible(record, _("Ghi ngày"), [str(error)]) from error
