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
from khcn.kernel.identity.models import Division, User
from khcn.kernel.pages.steps import add_step
from khcn.kernel.records.record import Record


class InstructionFields(forms.Form):
    """What an instruction says: the words, who acts."""

    instruction = forms.CharField(label="Nội dung bút phê", widget=forms.Textarea(attrs={"rows": 3}))
    division = forms.ModelChoiceField(Division.objects.all(), label="Giao phòng", required=False)
    person = forms.ModelChoiceField(User.objects.filter(is_active=True), label="Giao người", required=False)
    due_on = forms.DateField(label="Hạn xử lý", required=False, input_formats=["%d/%m/%Y", "%Y-%m-%d"])


class SignatureFields(forms.Form):
    """What the document system gave the signed paper."""

    number = forms.CharField(label="Số, ký hiệu", max_length=80, help_text="Ghi đúng như bản đã ký, ví dụ 12/BC-SKHCN.")
    signed_on = forms.DateField(label="Ngày văn bản", input_formats=["%d/%m/%Y", "%Y-%m-%d"])
    signer_role = forms.CharField(label="Quyền hạn, chức vụ người ký", max_length=300, required=False)


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
        add_step(Paper.REGISTER, name, _plain(service))


def _plain(service: Callable[..., Paper]) -> Callable[..., Paper]:
    def take(*, record: Paper, actor: Any, on: date, note: str, **_more: Any) -> Paper:
        return service(paper=record, actor=actor, on=on, note=note)

    return take


def _mark_handled(*, record: Paper, actor: Any, on: date, note: str, evidence: Sequence[Record], **_more: Any) -> Paper:
    return mark_handled(paper=record, actor=actor, on=on, note=note, evidence=evidence)


def _instruct(*, record: Paper, actor: Any, on: date, data: dict[str, Any], **_more: Any) -> Paper:
    return instruct(paper=record, actor=actor, on=on, **data)


def _sign(*, record: Paper, actor: Any, on: date, data: dict[str, Any], **_more: Any) -> Paper:
    return record_signature(paper=record, signature=Signature(**data), actor=actor, on=on)
